"""What an export rests on: enough of every note, and of the vault as a whole, to tell what an edit may change.

Taken while the notes' texts are at hand; kept from run to run (`last_export`), and asked by `refresh`.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple

from skosify_rad.cache import find_key, hash_bytes
from skosify_rad.diagnostics import Diagnostic
from skosify_rad.directives import may_direct
from skosify_rad.links import Links, find_targets
from skosify_rad.namings import list_namings
from skosify_rad.resolve import Names
from skosify_rad.titles import find_name
from skosify_rad.vault import FILE_SLUGS, Note, Vault

Fault = tuple[str, str, int, str]
"""Slug, path, line and message of what was wrong with a file."""


_NAMING: Final = (int, int, str, str, str)
"""Types of what is kept of a naming; other names follow."""


class Frame(NamedTuple):
    """What the whole vault sees of a note."""

    front: str
    """A hash of what counts of its front matter."""
    aliases: tuple[str, ...]
    """Its other names."""
    dates: tuple[str, str]
    """When it was made and changed, ISO 8601 or empty."""
    targets: tuple[str, ...]
    """Where its links lead to, of those that may lead nowhere, to several notes or by another name."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an export rests on beside the readings of its notes."""

    keys: Mapping[str, str]
    """Path -> the key of a note's text, under which its reading is kept."""
    frames: Mapping[str, Frame]
    """Path -> what the whole vault sees of the note."""
    guarded: frozenset[str]
    """Paths of notes an edit of which is never taken lightly: with a directive, a namesake, a fault of the file."""
    exempts: bool
    """Whether some note may exempt findings: what was found is then not all there is to find."""
    hidden: Mapping[str, str]
    """Path -> the key of the text of a note that is not published."""
    faults: frozenset[Fault]
    """What was wrong with files."""
    names: frozenset[str]
    """What the vault knows, folded: `Links.names`."""
    unknown: frozenset[str]
    """What it was asked for and does not know, folded; by resolving, while a reading keeps what itself asked for."""
    called: Mapping[str, str]
    """What some thing is or may be called, folded -> the identifier of what a plain name finds, if it is but one."""
    heard: frozenset[str]
    """What else was written or looked for, folded."""
    doubted: frozenset[str]
    """Names, folded, of which it matters where in the vault something is first called so, if it is."""
    others: Mapping[str, str]
    """Names, folded, that one thing alone has beside the one it goes by -> its identifier."""
    namings: Mapping[str, Sequence[Any]]
    """Path -> what is named there: line, column, identifier and the rest, as `Naming` has it."""
    asked: Mapping[str, bool]
    """Words it was asked for -> whether it writes them in small letters."""

    def render(self) -> bytes:
        """Return it as JSON, a tenth of the memory; empty where it cannot be written: half a UTF-16 pair in a name."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        data = {
            "notes": {path: [key, *self.frames[path]] for path, key in self.keys.items()},
            "guarded": sorted(self.guarded),
            "exempts": self.exempts,
            "hidden": dict(self.hidden),
            "faults": sorted(self.faults),
            "names": sorted(self.names),
            "unknown": sorted(self.unknown),
            "called": dict(self.called),
            "heard": sorted(self.heard),
            "doubted": sorted(self.doubted),
            "others": dict(self.others),
            "namings": dict(self.namings),
            "asked": dict(self.asked),
        }
        try:
            return orjson.dumps(data)
        except orjson.JSONEncodeError:
            return b""


def parse_basis(written: bytes) -> Basis:
    """Return a basis from JSON.

    Raises:
        KeyError, TypeError, ValueError: it is none.

    """
    import orjson  # noqa: PLC0415 - as above

    data = orjson.loads(written)
    notes = data["notes"].items()
    basis = Basis(
        {path: key for path, (key, *_) in notes},
        {path: _read_frame(*frame) for path, (_, *frame) in notes},
        frozenset(data["guarded"]),
        bool(data["exempts"]),
        dict(data["hidden"]),
        frozenset((slug, path, line, message) for slug, path, line, message in data["faults"]),
        frozenset(data["names"]),
        frozenset(data["unknown"]),
        dict(data["called"]),
        frozenset(data["heard"]),
        frozenset(data["doubted"]),
        dict(data["others"]),
        dict(data["namings"]),
        dict(data["asked"]),
    )
    frames = (text for f in basis.frames.values() for text in (f.front, *f.aliases, *f.dates, *f.targets))
    files = chain(basis.keys.values(), frames, basis.guarded, basis.hidden, basis.hidden.values())
    names = chain(basis.names, basis.unknown, basis.called, basis.heard, basis.doubted, basis.asked)
    things = chain(basis.called.values(), basis.others, basis.others.values())
    rows = [*chain.from_iterable(basis.namings.values())]
    beside = chain.from_iterable(row[len(_NAMING) :] for row in rows)
    if not {str}.issuperset(map(type, chain(files, names, things, beside))) or any(
        tuple(map(type, row[: len(_NAMING)])) != _NAMING for row in rows
    ):
        raise TypeError(written[:100])
    return basis


def _read_frame(front: str, aliases: list[str], dates: tuple[str, str], targets: list[str]) -> Frame:
    made, changed = dates
    return Frame(front, tuple(aliases), (made, changed), tuple(targets))


def take_basis(vault: Vault, links: Links, names: Names, found: Iterable[Diagnostic]) -> Basis:
    """Return what an export rests on, once all names are resolved to things; `found` is what reading has found."""
    found = list(found)
    titles = Titles(note.path for note in vault.notes)
    keys, hidden = ({n.path: find_key(n.path, n.text) for n in notes} for notes in (vault.notes, vault.hidden))
    guarded = {d.place.path for d in found}
    directing = {n.path for n in vault.notes if may_direct(n.text)}
    guarded |= directing.union(n.path for n in vault.notes if links.note_named(n.title, n.path).others)
    return Basis(
        keys,
        {note.path: titles.frame(note) for note in vault.notes},
        frozenset(guarded),
        bool(directing),
        hidden,
        list_faults(found, hidden),
        links.names,
        frozenset(links.unknown),
        *names.list_names(),
        names.list_others(),
        list_namings(names.things),
        links.asked,
    )


def list_faults(found: Iterable[Diagnostic], hidden: Container[str]) -> frozenset[Fault]:
    """Return what was wrong with files; of those that are not published, why they cannot tell that they are."""
    return frozenset(
        (d.rule.slug, d.place.path, d.place.line, d.message)
        for d in found
        if (d.rule.slug == "invalid-front-matter" if d.place.path in hidden else d.rule.slug in FILE_SLUGS)
    )


class Titles:
    """Which notes links lead to that say no more than a title or a path."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take the paths of all notes."""
        paths = list(paths)
        self._by_path = _find_single((path[:-3].casefold(), path) for path in paths)
        self._by_title = _find_single((find_name(path).casefold(), path) for path in paths)

    def find(self, target: str) -> str:
        """Return the path of the one note of a title or path; empty where it is not told so plainly."""
        wanted = target.strip().casefold()
        if not wanted or wanted.endswith(".md"):  # no link at all; and what a link may leave out or not
            return ""
        return (self._by_path if "/" in wanted else self._by_title).get(wanted, "")

    def frame(self, note: Note) -> Frame:
        """Return what the whole vault sees of a note.

        A link to the one note of a title or path teaches the vault no name, and nothing is ever found of it.
        """
        doubtful = {target for target in find_targets(note) if not self.find(target)}
        front = repr(note.seen).encode("utf-8", "surrogatepass")
        return Frame(hash_bytes(front), note.aliases, note.dates, tuple(sorted(doubtful)))


def _find_single(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return name -> path of the names that one note alone has."""
    found: dict[str, str] = {}
    twice = {name for name, path in named if found.setdefault(name, path) != path}
    return {name: path for name, path in found.items() if name not in twice}
