"""Readings kept from run to run: a note that has not changed is not read again.

An entry counts only while all it depends on is the same: the note (by a hash of path and text), the program and its
settings (by a hash of the code itself, not of a version somebody must remember to raise), and the answers the other
notes gave. The file is data, never code; a line that is not what was written is passed over, and the note is read.
"""

import hashlib
import os
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from skosify_rad.catalogue import RULES
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Place, Severity
from skosify_rad.statements import Mention, Statement
from skosify_rad.vault import Note

SUFFIX: Final = ".readings"
"""Ending of the files, one a vault."""
KEPT_SECONDS: Final = 90 * 24 * 3600
"""The file of a vault that was not built for so long is removed."""

_LOADED: Final = time.time()
_RULES: Final = {rule.code: rule for rule in RULES}


class Reading(NamedTuple):
    """What one note says, and what it had to ask."""

    statements: list[Statement]
    """In its own words."""
    diagnostics: list[Diagnostic]
    """What was wrong."""
    known: frozenset[str]
    """Names, folded, of which it had to know that the vault knows them."""
    unknown: frozenset[str]
    """Names, folded, of which it had to know that the vault does not."""


class ReadingCache:
    """The readings of one vault's notes, as they were kept."""

    def __init__(self, folder: Path, root: Path, config: Config) -> None:
        self._file = folder / (_hash(os.path.realpath(root).encode("utf-8", "surrogateescape")) + SUFFIX)
        self._environment = find_environment(config)
        self._lines = self._read()
        self._used: dict[str, bytes] = {}

    def _read(self) -> dict[str, bytes]:
        """Return key -> line of every entry that is whole; nothing where another program or setting wrote it."""
        try:
            head, *lines = self._file.read_bytes().split(b"\n")
            os.utime(self._file)
        except (OSError, ValueError):
            return {}
        if not self._environment or head != self._environment.encode():
            return {}
        return {line[9:41].decode("ascii", "replace"): line for line in lines if line[:8] == _checksum(line[9:])}

    def find(self, note: Note, names: frozenset[str]) -> Reading | None:
        """Return the reading of a note; None where it must be read, `names` being what the vault knows."""
        key = _key(note)
        line = self._lines.get(key)
        if line is None:
            return None
        try:
            reading = _decode(line[42:], note.path)
        except (ValueError, KeyError, IndexError, TypeError):
            return None
        if not reading.known <= names or not reading.unknown.isdisjoint(names):
            return None
        self._used[key] = line
        return reading

    def keep(self, note: Note, reading: Reading) -> None:
        """Keep a reading for the next run, where it can be written down."""
        data = _encode(reading, note.path)
        if data is not None:
            line = _key(note).encode() + b" " + data
            self._used[_key(note)] = _checksum(line) + b" " + line

    def write(self) -> None:
        """Write what this run used and nothing else, and remove the files of vaults long gone; failing is no error."""
        same = self._used.keys() == self._lines.keys() and all(self._lines[k] is v for k, v in self._used.items())
        if same or not self._environment:
            return
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as stream:
                stream.write(self._environment.encode())
                stream.writelines(b"\n" + line for line in self._used.values())
            temporary.replace(self._file)
            prune(self._file.parent)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def default_folder() -> Path:
    """Return `RAD2SKOS_CACHE`, or the folder for caches as this system has it."""
    if os.environ.get("RAD2SKOS_CACHE"):
        return Path(os.environ["RAD2SKOS_CACHE"])
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "rad2skos"


def prune(folder: Path) -> None:
    """Remove the files of vaults that were not built for long."""
    for file in folder.glob(f"*{SUFFIX}*"):
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            file.unlink(missing_ok=True)


def find_environment(config: Config) -> str:
    """Return a hash of all that readings depend on beside the notes: our code, the parser, the settings.

    Empty, for no cache, where the code was changed after it was loaded: what runs is then not what lies there.
    """
    code = hash_code(Path(__file__).parent)
    if not code:
        return ""
    return _hash(f"{code} {sys.version} {_stamp_parser()} {config.extraction}".encode(errors="surrogatepass"))


def _stamp_parser() -> str:
    """Return what tells one build of the Markdown parser from another, without loading it (its version costs 50 ms)."""
    spec = find_spec("pyromark")
    assert spec is not None
    assert spec.origin is not None
    files = [(file.name, file.stat()) for file in sorted(Path(spec.origin).parent.iterdir())]
    return " ".join(f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in files if not name.startswith("__"))


@lru_cache(maxsize=1)
def hash_code(folder: Path) -> str:
    """Return a hash of the code below a folder; empty where it was changed since this module was loaded."""
    files = sorted(folder.rglob("*.py"))
    if any(file.stat().st_mtime > _LOADED for file in files):
        return ""
    return _hash(b"\0".join(file.read_bytes() for file in files))


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _key(note: Note) -> str:
    return _hash(f"{note.path}\0{note.text}".encode("utf-8", "surrogatepass"))


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


def _encode(reading: Reading, path: str) -> bytes | None:
    """Return a reading as JSON; None where it cannot be written as such: half a UTF-16 pair, a place in another note.

    Texts, sections and mentions stand in tables: a note says most of its words several times, resolving tells mentions
    by identity, and a parent stands before its children.
    """
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    tables = _Tables(path)
    try:
        statements = [tables.write_statement(s) for s in reading.statements]
        diagnostics = [_write_diagnostic(d, path) for d in reading.diagnostics]
        asked = sorted(reading.known), sorted(reading.unknown)
        return orjson.dumps(
            [*asked, list(tables.texts), list(tables.sections), tables.mentions, statements, diagnostics]
        )
    except (ValueError, orjson.JSONEncodeError):
        return None


_Key = TypeVar("_Key")


class _Numbers(dict[_Key, int]):
    """What stands in a table -> its number, given when it is first met."""

    def __missing__(self, key: _Key) -> int:
        self[key] = number = len(self)
        return number


class _Tables:
    """What the statements of a note refer to by number."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.texts: _Numbers[str] = _Numbers()
        self.sections: _Numbers[tuple[int, ...]] = _Numbers()
        self.mentions: list[list[object]] = []
        self._numbers: dict[int, int] = {}
        """Identity of a mention -> its number."""

    def write_statement(self, statement: Statement) -> list[object]:
        """Return a statement as a row; where its object is a literal, the number of the text stands there inverted."""
        subject, predicate, target, place, section, rule, written, weight, remark = statement
        meant = self._write_mention(target) if isinstance(target, Mention) else ~self.texts[target]
        headings = self.sections[self._write_texts(section)]
        words = self._write_texts((predicate, rule, written, remark))
        return [self._write_mention(subject), meant, *_write_place(place, self._path), headings, weight, *words]

    def _write_mention(self, mention: Mention) -> int:
        """Return a mention's number, having put it and what it is a kind of into the table, without recursion."""
        pending: list[Mention] = []
        above: Mention | None = mention
        while above is not None and id(above) not in self._numbers:
            pending.append(above)
            above = above.parent
        for one in reversed(pending):
            words, place, link, note, parent, kind, others, notation = one
            if note not in ("", self._path):
                raise ValueError(note)
            number = self._numbers[id(parent)] if parent is not None else -1
            texts = self._write_texts((words, link, kind, notation, *others))
            self._numbers[id(one)] = len(self.mentions)
            self.mentions.append([*_write_place(place, self._path), note == self._path, number, *texts])
        return self._numbers[id(mention)]

    def _write_texts(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple([self.texts[text] for text in texts])


def _write_place(place: Place, path: str) -> tuple[int, int]:
    if place.path != path:
        raise ValueError(place.path)
    return place.line, place.column


def _write_diagnostic(d: Diagnostic, path: str) -> list[object]:
    second = _write_place(d.second, path) if d.second is not None else None
    return [d.rule.code, *_write_place(d.place, path), d.message, d.hint, second, d.words, d.subject, d.severity]


def _decode(data: bytes, path: str) -> Reading:
    """Return a reading from JSON.

    Raises:
        ValueError, KeyError, IndexError, TypeError: it is none.

    """
    import orjson  # noqa: PLC0415 - as above

    known, unknown, strings, numbered, rows, statements, diagnostics = orjson.loads(data)
    texts = [sys.intern(text) for text in strings]  # one in memory, in however many notes it stands
    sections = [tuple([texts[number] for number in section]) for section in numbered]
    mentions: list[Mention] = []
    for line, column, own, number, words, link, kind, notation, *others in rows:
        parent = mentions[number] if number >= 0 else None
        names = tuple([texts[other] for other in others]) if others else ()
        note = path if own else ""
        place = Place(path, line, column)
        mentions.append(Mention(texts[words], place, texts[link], note, parent, texts[kind], names, texts[notation]))
    return Reading(
        [
            Statement(
                mentions[subject],
                texts[predicate],
                mentions[target] if target >= 0 else texts[~target],
                Place(path, line, column),
                sections[section],
                texts[rule],
                texts[written],
                weight,
                texts[remark],
            )
            for subject, target, line, column, section, weight, predicate, rule, written, remark in statements
        ],
        [_read_diagnostic(row, path) for row in diagnostics],
        frozenset(known),
        frozenset(unknown),
    )


def _read_diagnostic(row: Sequence[Any], path: str) -> Diagnostic:
    code, line, column, message, hint, second, words, subject, severity = row
    there = Place(path, *second) if second is not None else None
    level = Severity(severity) if severity is not None else None
    return Diagnostic(_RULES[code], Place(path, line, column), message, hint, there, words, subject, level)
