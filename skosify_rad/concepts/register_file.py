"""The files of the register: one line for each identifier ever published, and the sketches of its notes beside it.

People read `register.jsonl` in a diff and git merges it line by line; the sketches serve comparison only.
"""

import struct
import sys
from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from skosify_rad.concepts.sketches import LIKE, Sketch, Sketches, sketch
from skosify_rad.language.spelling import fold
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import DCT, SKOS
from skosify_rad.model.regular_files import read_regular
from skosify_rad.vault.notes import Note

ASSIGNED: Final = lazy_pattern(r"(?:collection/(?!.*-in-order$))?[a-z0-9]+(?:-[a-z0-9]+)*")
"""An identifier made from a name; those of ordered collections are made from their scales'."""
_MADE: Final = lazy_pattern(r"collection/(?:[a-z0-9-]+-in-order|folder(?:/[a-z0-9-]+)+)")
NOTE: Final = "note"
"""State of what a note describes."""
STUB: Final = "stub"
"""State of what is only named."""
MADE: Final = "made"
"""State of a collection made of a folder or of a scale's steps; its identifier follows from theirs."""
UNDATED: Final = "undated"
"""Deprecated by a build without a date."""
_WRITTEN: Final = {
    "id": "id",
    "label": "label",
    "title": "title",
    "state": "state",
    "parent": "parent",
    "words": "words",
    "permalink": "permalink",
    "path": "path",
    "alt": "altLabel",
    "definition": "definition",
    "created": "created",
    "modified": "modified",
    "deprecated": "deprecated",
    "replaced_by": "replacedBy",
}
"""Attribute -> key of the file, in the order of writing."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """One identifier and the concept or collection it stands for."""

    id: str
    """Last part of the IRI, never reused; `collection/...` for collections."""
    label: str
    """Preferred label when last published."""
    state: str
    """`note`, `stub` or `made`: what it was when last published."""
    title: str = ""
    """Title of the note, or the name of the stub, if it is not the label."""
    parent: str = ""
    """Identifier of the concept that completes the name of a stub: `choledochal-cyst` of `Choledochal cyst type I`."""
    words: str = ""
    """The stub's words as written below its parent: `Type I`."""
    permalink: str = ""
    """Permalink of the note."""
    path: str = ""
    """Path of the note if others have its title: only the path distinguishes notes with the same text."""
    alt: tuple[str, ...] = ()
    """Alternative labels when last published."""
    definition: str = ""
    """Definition when last published."""
    created: str = ""
    """Date of the first dated build that published it, or the one its note states; ISO 8601."""
    modified: str = ""
    """Date of the last change of labels or definition; empty if they changed after the last dated build."""
    deprecated: str = ""
    """Date of the first dated build without it, or `undated`; empty if it is current."""
    replaced_by: tuple[str, ...] = ()
    """Identifiers of the replacements of a deprecated concept."""
    folder: str = ""
    """Identifier of the folder's collection that it was a member of when last published."""
    sketch: Sketch = ()
    """Sketch of the note's lines, to find a note that was renamed, moved and edited at once."""

    @property
    def name(self) -> str:
        """The title, by which notes and names are matched."""
        return self.title or self.label

    @property
    def is_collection(self) -> bool:
        """Whether it stands for a collection."""
        return self.id.startswith("collection/")

    @property
    def name_key(self) -> tuple[str, bool]:
        """The folded name, and whether it is that of a collection."""
        return fold(self.name), self.is_collection

    def as_json(self) -> dict[str, Any]:
        """Return the entry as a JSON object of the register file."""
        data = {key: getattr(self, name) for name, key in _WRITTEN.items()}
        data["title"] = "" if self.title == self.label else self.title
        return {key: value for key, value in data.items() if value}


def parse_entry(data: dict[str, Any]) -> Entry:
    """Return the entry of a line of the register, of this version or of 0.1.

    Raises:
        ValueError, KeyError, TypeError: the line is not an entry.

    """
    state, replaced = data["state"], data.get("replacedBy", [])
    if state == "deprecated":  # version 0.1 kept no more
        data = {**data, "state": STUB, "deprecated": UNDATED}
    values = {name: data[key] for name, key in _WRITTEN.items() if key in data}
    values |= {"replaced_by": tuple([replaced] if isinstance(replaced, str) else replaced)}
    values |= {"alt": tuple(data.get("altLabel", []))}
    texts = [*values["replaced_by"], *values["alt"], *(v for k, v in values.items() if k not in ("replaced_by", "alt"))]
    ids = [data["id"], *values["replaced_by"]]
    if not all(isinstance(text, str) for text in texts) or not all(map(_is_identifier, ids)) or not data["label"]:
        raise ValueError(data["id"])
    return Entry(**values)


def index_permalinks(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return permalink -> the identifiers of notes that had it."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.permalink:
            found[entry.permalink].append(entry.id)
    return found


def _is_identifier(text: str) -> bool:
    return bool(ASSIGNED.fullmatch(text) or _MADE.fullmatch(text))


def publish(entry: Entry, stated: Mapping[str, list[str]], date: str) -> Entry:
    """Return an entry with what is published of it: property -> its literals. The dates are its note's, or `date`."""
    label, definition = stated[SKOS.prefLabel][0], min(stated.get(SKOS.definition, ()), default="")
    now = replace(entry, label=label, alt=tuple(sorted(stated.get(SKOS.altLabel, ()))), definition=definition)
    modified = entry.modified if now == entry else ""
    created, updated = (max(stated.get(predicate, ()), default="") for predicate in (DCT.created, DCT.modified))
    return replace(now, created=created or entry.created or date, modified=updated or modified or date)


def register_path(config: Config, out: Path) -> Path:
    """Return the path of the register: as configured, relative to the configuration, else in the output folder."""
    if not config.output.register:
        return out / "register.jsonl"
    return (config.path.parent if config.path else Path()) / config.output.register


def sketches_path(register: Path) -> Path:
    """Return the path of the sketches of a register, beside it."""
    return register.with_suffix(".sketches.tsv")


def render_entries(entries: Iterable[Entry]) -> bytes:
    """Return entries as JSON Lines."""
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    return b"".join(orjson.dumps(entry.as_json()) + b"\n" for entry in entries)


def render_sketches(entries: Iterable[Entry]) -> bytes:
    """Return the sketches of entries, one a line: identifier, 32-bit numbers in base64, folder, with tabs between."""
    kept = [entry for entry in entries if entry.sketch or entry.folder]
    numbers = (b64encode(struct.pack(f"<{len(e.sketch)}I", *e.sketch)).decode() for e in kept)
    lines = (f"{e.id}\t{text}\t{e.folder}".rstrip("\t") + "\n" for e, text in zip(kept, numbers, strict=True))
    return "".join(lines).encode()


def read_entries(path: Path) -> list[Entry]:
    """Read a register with its sketches; return no entries if there is no file.

    Raises:
        InputError: a line is invalid, or two have one identifier. Going on would assign identifiers twice.

    """
    import orjson  # noqa: PLC0415 - as above

    advice = "not a line of the register; restore it from version control"
    entries: dict[str, Entry] = {}
    for place, entry in _read_lines(path, lambda line: parse_entry(orjson.loads(line)), advice):
        if entry.id in entries:
            raise InputError(f"{place}: {entry.id} stands twice in the register; keep one of the two lines")
        entries[entry.id] = entry
    beside = sketches_path(path)
    advice = "not a line of sketches; restore the file, or delete it: renamed notes are then recognised by name only"
    for _, (identifier, numbers, folder) in _read_lines(beside, _parse_sketch, advice):
        if identifier in entries:
            entries[identifier] = replace(entries[identifier], sketch=numbers, folder=folder)
    return list(entries.values())


def is_foreign(entries: Iterable[Entry], notes: Collection[Note]) -> bool:
    """Return whether entries belong to another vault: fewer than half of its notes, or of these, match."""
    known = [e for e in entries if e.state == NOTE and not e.deprecated]
    links = {e.permalink for e in known if e.permalink}
    names = {fold(e.name) for e in known}
    sketches = Sketches((e.id, e.sketch) for e in known)
    same = sum(
        note.permalink in links
        or fold(note.title) in names
        or any(fold(alias) in names for alias in note.aliases)
        or any(score >= LIKE for score, _ in sketches.find(sketch(note)))
        for note in notes
    )
    return same * 2 < min(len(known), len(notes))


def _parse_sketch(line: bytes) -> tuple[str, Sketch, str]:
    identifier, numbers, folder = [*line.decode().split("\t"), ""][:3]
    if folder and not _is_identifier(folder):
        raise ValueError(folder)
    sketch = array("I", [n for (n,) in struct.iter_unpack("<I", b64decode(numbers, validate=True))])
    return identifier, sketch, sys.intern(folder)


def _read_lines(path: Path, parse: Callable[[bytes], _Value], advice: str) -> Iterator[tuple[str, _Value]]:
    """Yield the place and value of each line of a file that exists."""
    try:
        lines = read_regular(path).splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path}: the register cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield f"{path}:{number}", parse(line)
        except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
            raise InputError(f"{path}:{number}: {advice}") from error
