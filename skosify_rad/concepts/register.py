"""The register of every identifier ever published, so that IRIs are stable and never reused."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from skosify_rad.concepts.sketches import ALIKE, Sketch, Sketches, likeness, sketch
from skosify_rad.language.spelling import digest, fold, slug
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.regular_files import read_regular
from skosify_rad.vault.notes import Note

_MOST_TWINS: Final = 100
"""Entries with one label or permalink that a note is compared with; thousands may share a name."""
_ID: Final = lazy_pattern(r"(?:collection/(?!.*-in-order$))?[a-z0-9]+(?:-[a-z0-9]+)*")
"""An identifier; those of ordered collections are made from their scales'."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One identifier and the concept or collection it stands for."""

    id: str
    """Last part of the IRI, never reused; `collection/...` for collections."""
    label: str
    """Preferred label when last published, or the note's title."""
    state: str
    """`note`, `stub` or `deprecated`."""
    permalink: str = ""
    """Permalink of the note."""
    sketch: Sketch = ()
    """Sketch of the note's lines, to find a note that was renamed, moved and edited at once."""
    path: str = ""
    """Path of the note if others have its title: only the path distinguishes notes with the same text."""
    replaced_by: str = ""
    """Identifier of the replacement of a deprecated concept."""

    def as_json(self) -> dict[str, Any]:
        """Return the entry as a JSON object of the register file."""
        data: dict[str, Any] = {"id": self.id, "label": self.label, "state": self.state}
        if self.permalink:
            data["permalink"] = self.permalink
        if self.sketch:
            data["sketch"] = list(self.sketch)
        if self.path:
            data["path"] = self.path
        if self.replaced_by:
            data["replacedBy"] = self.replaced_by
        return data


class Register:
    """Assigns identifiers, the same in every build, and knows all that were ever assigned."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._old: dict[str, Entry] = {entry.id: entry for entry in entries}
        self._new: dict[str, Entry] = {}
        self._numbers: dict[str, int] = {}
        self._titles: Counter[str] = Counter()
        self._by_label: dict[tuple[str, bool], list[str]] = {}
        """(label, whether of a collection) -> identifiers not yet taken, in order."""
        for entry in self._old.values():
            self._by_label.setdefault(_label_key(entry), []).append(entry.id)

    def identify_notes(self, notes: Iterable[Note], collections: frozenset[str]) -> dict[str, str]:
        """Return path -> identifier of every note: by permalink, title, alias, content, or as the stub of its name.

        A permalink shared by several notes (copied front matter) counts after titles and aliases. Content counts before
        stubs: a link to the old name of a renamed note creates a stub, which must not win if the note is renamed back.
        `collections` holds the paths of notes that are lists.
        """
        found: dict[str, str] = {}
        pending = list(notes)
        self._titles = Counter(fold(note.title) for note in pending)
        many = Counter(note.permalink for note in pending)
        placed = {(fold(e.label), e.path): e.id for e in self._old.values() if e.path}
        by_permalink = self._find_permalinks()

        def linked(note: Note) -> list[str]:
            found = by_permalink.get(note.permalink, [])
            return found if len(found) <= _MOST_TWINS else []

        def named(note: Note, names: Iterable[str]) -> list[str]:
            return [i for name in names for i in self._labelled(name, note.path in collections)]

        def described(identifiers: list[str]) -> list[str]:
            return [i for i in identifiers if self._old[i].state == "note"]

        def stayed(note: Note) -> list[str]:
            identifier = placed.get((fold(note.title), note.path))
            if identifier is None or likeness(sketch(note), self._old[identifier].sketch) < ALIKE:
                return []
            return [identifier]

        steps: tuple[Callable[[Note], list[str]], ...] = (
            lambda note: linked(note) if many[note.permalink] == 1 and len(linked(note)) == 1 else [],
            stayed,
            lambda note: described(named(note, [note.title])),
            lambda note: described(named(note, note.aliases)),
            linked,
            lambda note: missing.find(sketch(note), self._new),
            lambda note: named(note, [note.title, *note.aliases]),
        )
        missing = Sketches((e.id, e.sketch) for e in self._old.values() if e.id not in self._new)
        for step in steps:
            pending = [note for note in pending if not self._take(note, step(note), found, collections)]
        for note in pending:
            prefix = "collection/" if note.path in collections else ""
            found[note.path] = self._keep(note, self._fresh(note.title, prefix))
        return found

    def _find_permalinks(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self._old.values():
            if entry.permalink:
                found[entry.permalink].append(entry.id)
        return found

    def is_foreign(self, notes: Iterable[Note]) -> bool:
        """Tell whether the register belongs to another vault: fewer than half of its notes, or of these, match."""
        known = [e for e in self._old.values() if e.state == "note"]
        links = {e.permalink for e in known if e.permalink}
        labels = {fold(e.label) for e in known}
        sketches = Sketches((e.id, e.sketch) for e in known)
        here = list(notes)
        same = sum(
            note.permalink in links
            or fold(note.title) in labels
            or any(fold(alias) in labels for alias in note.aliases)
            or bool(sketches.find(sketch(note)))
            for note in here
        )
        return same * 2 < min(len(known), len(here))

    def _labelled(self, label: str, is_collection: bool) -> list[str]:  # noqa: FBT001 - private
        return self._by_label.get((fold(label), is_collection), [])[:_MOST_TWINS]

    def _take(self, note: Note, candidates: list[str], found: dict[str, str], collections: frozenset[str]) -> bool:
        """Assign a note the first candidate that is free; tell whether there was one."""
        if len(candidates) > 1:  # several notes have this title: compare their content
            mine = sketch(note)
            candidates = sorted(candidates, key=lambda i: self._rank(i, mine, note.title))
        for identifier in candidates:
            if identifier not in self._new and identifier.startswith("collection/") == (note.path in collections):
                found[note.path] = self._keep(note, identifier)
                return True
        return False

    def _rank(self, identifier: str, mine: Sketch, title: str) -> tuple[float, bool, int, str]:
        """Return the sort key of a candidate: likeness, title, then order of assignment (`x-9` before `x-10`)."""
        entry = self._old[identifier]
        return -likeness(mine, entry.sketch), entry.label != title, len(identifier), identifier

    def _keep(self, note: Note, identifier: str) -> str:
        path = note.path if self._titles[fold(note.title)] > 1 else ""
        return self._give(Entry(identifier, note.title, "note", note.permalink, sketch(note), path))

    def _give(self, entry: Entry) -> str:
        """Store an entry in place of the old one: keeping both took 60 MB for 100,000 notes."""
        self._new[entry.id] = entry
        if entry.id in self._old:
            self._by_label[_label_key(self._old[entry.id])].remove(entry.id)
            self._old[entry.id] = entry
        return entry.id

    def identify(self, label: str, prefix: str = "") -> str:
        """Return the identifier of a stub, or of a collection (`prefix` is `collection/`)."""
        for identifier in self._labelled(label, bool(prefix)):
            if identifier not in self._new:
                return self._give(replace(self._old[identifier], label=label, state="stub", replaced_by=""))
        return self._give(Entry(self._fresh(label, prefix), label, "stub"))

    def _fresh(self, label: str, prefix: str) -> str:
        stem = prefix + (slug(label) or "x" + digest(label)[:10])
        number = self._numbers.get(stem, 1)  # all lower numbers are taken
        while (
            (identifier := f"{stem}-{number}" if number > 1 else stem) in self._old
            or identifier in self._new
            or not _ID.fullmatch(identifier)
        ):
            number += 1
        self._numbers[stem] = number
        return identifier

    def gone(self) -> list[Entry]:
        """Return the entries no longer in the vault, as deprecated, sorted by identifier."""
        return [replace(e, state="deprecated") for i, e in sorted(self._old.items()) if i not in self._new]

    def replace_gone(self, replacements: Mapping[str, str]) -> None:
        """Set the replacements of identifiers that are gone."""
        for identifier, successor in replacements.items():
            self._old[identifier] = replace(self._old[identifier], replaced_by=successor)

    def entries(self) -> list[Entry]:
        """Return all entries, by identifier."""
        return sorted([*self._new.values(), *self.gone()], key=lambda e: e.id)

    def render(self) -> bytes:
        """Return the register as JSON Lines, sorted by identifier."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        return b"".join(orjson.dumps(entry.as_json()) + b"\n" for entry in self.entries())


def _label_key(entry: Entry) -> tuple[str, bool]:
    return fold(entry.label), entry.id.startswith("collection/")


def register_path(config: Config, out: Path) -> Path:
    """Return the path of the register: as configured, relative to the configuration, else in the output folder."""
    if not config.output.register:
        return out / "register.jsonl"
    return (config.path.parent if config.path else Path()) / config.output.register


def read_register(path: Path) -> Register:
    """Read a register; return an empty one if there is no file.

    Raises:
        InputError: a line is invalid. Going on would assign identifiers twice.

    """
    import orjson  # noqa: PLC0415 - as above

    try:
        lines = read_regular(path).splitlines()
    except FileNotFoundError:
        return Register()
    except OSError as error:
        raise InputError(f"{path}: the register cannot be read: {error.strerror}") from error
    entries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(parse_entry(orjson.loads(line)))
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise InputError(f"{path}:{number}: not a line of the register; restore it from version control") from error
    return Register(entries)


def parse_entry(data: dict[str, Any]) -> Entry:
    """Return the entry of a line of the register.

    Raises:
        ValueError, KeyError, TypeError, OverflowError: the line is not an entry.

    """
    if not _ID.fullmatch(data["id"]) or not isinstance(data["label"], str):
        raise ValueError(data["id"])
    return Entry(
        data["id"],
        data["label"],
        data["state"],
        str(data.get("permalink", "")),
        array("I", data.get("sketch", ())),
        str(data.get("path", "")),
        str(data.get("replacedBy", "")),
    )
