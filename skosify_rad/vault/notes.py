"""Read the files of a vault into notes; no other code reads notes."""

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, NamedTuple

from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.vault.decoding import decode_text
from skosify_rad.vault.directives import find_stated_role, may_direct
from skosify_rad.vault.frontmatter import iso_date, parse_front_matter
from skosify_rad.vault.roles import Role, find_role
from skosify_rad.vault.titles import find_aside, find_name, find_title

_SKIPPED_FOLDERS: Final = frozenset({"templates", "template", "_templates", "node_modules"})

_INK: Final = lazy_pattern(r"\S")
_ALIAS_KEYS: Final = ("aliases", "alias", "synonyms", "synonym")
"""Keys of the front matter that hold other names."""
FLAG: Final = "dg-publish"
"""Key with which a digital garden publishes a note."""


class Note(NamedTuple):
    """A note."""

    path: str
    """Vault-relative POSIX path, NFC."""
    title: str
    """Title, from the front matter, the file name or the first heading."""
    text: str
    """The whole file, with line ends normalised."""
    body_start: int
    """Offset in `text` of the first character after the front matter."""
    front_matter: Mapping[str, Any]
    """Front matter; keys of a nested `dg-note-properties` count unless the key is also outside."""
    role: Role
    """The note's role."""

    def released(self) -> "Note":
        """Return the note without its text, or unchanged if it holds a directive, which is read again later."""
        return self if may_direct(self.text) else self._replace(text="", body_start=0)

    @property
    def name(self) -> str:
        """File name without its suffix: the name Obsidian links by."""
        return find_name(self.path)

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.body_start :]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names in the front matter, in order."""
        names = [name for key in _ALIAS_KEYS for name in _strings(self.front_matter.get(key))]
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @property
    def permalink(self) -> str:
        """Path of its page on the site; may be empty."""
        link = self.front_matter.get("permalink", "")
        return link if isinstance(link, str) else ""

    @property
    def dates(self) -> tuple[str, str]:
        """Dates of creation and last change in the front matter, ISO 8601; each may be empty."""
        return iso_date(self.front_matter.get("created")), iso_date(self.front_matter.get("updated"))

    @property
    def folders(self) -> tuple[str, ...]:
        """Folders of `dg-path` if present, else of the file, outermost first."""
        path = self.front_matter.get("dg-path")
        return tuple(
            p for p in (path if isinstance(path, str) else self.path).split("/")[:-1] if p not in ("", ".", "..")
        )


@dataclass(frozen=True, slots=True)
class Vault:
    """The notes of a vault."""

    root: Path
    """The folder."""
    notes: tuple[Note, ...]
    """Notes, sorted by path."""
    skipped: Mapping[str, str]
    """Path -> reason, of Markdown files that were skipped."""
    unpublished: frozenset[str] = frozenset()
    """Casefolded names of unpublished notes."""

    @property
    def texts(self) -> dict[str, str]:
        """Path -> text of every note."""
        return {note.path: note.text for note in self.notes}

    def released(self) -> "Vault":
        """Return the vault without texts (a tenth of all memory), except those with a directive, read again later."""
        return replace(self, notes=tuple(note.released() for note in self.notes))


def read_vault(root: Path, config: Config) -> tuple[Vault, list[Diagnostic]]:
    """Read every note below a folder.

    Raises:
        InputError: the folder does not exist or is not a folder.

    """
    if not root.is_dir():
        raise InputError(f"{root}: no such folder; give the folder that holds your notes")
    reader = Reader(root, config)
    notes = [reader.parse(path, text) for path, text in reader.read()]
    return _publish(root, notes, reader, config)


def hash_notes(root: Path, config: Config) -> str:
    """Return a digest of the notes that `read_vault` would read, with the findings about files."""
    reader = Reader(root, config)
    digest = hashlib.sha256()
    for path, text in reader.read():
        digest.update(f"{path}\0{text}\0".encode("utf-8", "surrogatepass"))
    digest.update(repr((reader.diagnostics, reader.skipped)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class Reader:
    """Reads the files of one vault and collects findings."""

    def __init__(self, root: Path, config: Config) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._config = config
        self.diagnostics: list[Diagnostic] = []
        """Findings about files and front matter."""
        self.skipped: dict[str, str] = {}
        """Path -> reason it was skipped."""

    def read(self) -> Iterator[tuple[str, str]]:
        """Yield vault path and text of every readable Markdown file, sorted by vault path."""
        found = sorted(self._walk(str(self._root), ""))
        files = dict(found)  # of NFD and NFC names keep the NFC one, which sorts last and whose lines reports show
        for path, file in found:
            if files[path] != file:
                self._report("note-unreadable", path, "Another file has the same name, and was read instead.")
                continue
            aside = find_aside(path)
            if aside:
                self.skipped[path] = aside
            data = None if aside else self._load(path, file)
            if data is not None:
                yield path, self._decode(path, data)

    def _walk(self, root: str, prefix: str) -> Iterator[tuple[str, str]]:
        pending = [(root, prefix)]
        while pending:
            folder, prefix = pending.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda e: e.name)
            except OSError as error:
                self._report("note-unreadable", prefix or ".", f"The folder cannot be read: {error.strerror}.")
                continue
            for entry in entries:
                path = unicodedata.normalize("NFC", prefix + entry.name).encode("utf-8", "replace").decode()
                if entry.name.startswith(".") or not self._inside(entry, path):
                    continue
                if entry.is_dir():
                    if entry.name.casefold() not in _SKIPPED_FOLDERS and not self._excluded(path + "/"):
                        pending.append((entry.path, path + "/"))
                elif entry.name.casefold().endswith(".md") and not self._excluded(path):
                    yield path, entry.path

    def _inside(self, entry: os.DirEntry[str], path: str) -> bool:
        """Return whether an entry is inside the vault; a symbolic link to its own parent folder is not."""
        if not entry.is_symlink():
            return True
        real = os.path.realpath(entry.path)
        loops = os.path.realpath(os.path.dirname(entry.path)).startswith(real + os.sep) or real == self._real_root  # noqa: PTH120
        if os.path.commonpath([real, self._real_root]) == self._real_root and not loops and os.path.exists(real):  # noqa: PTH110
            return not os.path.isdir(real)  # noqa: PTH112 - a linked folder of the vault is read where it really is
        self._report("link-outside-vault", path, f"The symbolic link {path} leads out of the vault or nowhere.")
        self.skipped[path] = "symbolic link out of the vault"
        return False

    def _excluded(self, path: str) -> bool:
        patterns = self._config.vault.exclude
        return any(fnmatchcase(path, p) or fnmatchcase(path, p.rstrip("/") + "/") for p in patterns)

    def _load(self, path: str, file: str) -> bytes | None:
        """Return the bytes of a file, or None if it cannot be read."""
        try:
            found = os.stat(file)  # noqa: PTH116 - twice as fast, once a note
            size = found.st_size
            if not stat.S_ISREG(found.st_mode):  # a pipe would make us wait for ever
                self._report("note-unreadable", path, "It is a pipe, a device or a socket, not a file.")
                self.skipped[path] = "not a regular file"
                return None
            if size > (limit := self._config.vault.max_note_bytes):
                self._report("note-too-large", path, f"The note has {size} bytes; the limit is {limit}.")
                self.skipped[path] = "too large"
                return None
            with open(file, "rb") as stream:  # noqa: PTH123 - as above
                return stream.read(size + 1)
        except (OSError, ValueError) as error:
            self._report("note-unreadable", path, f"The note cannot be read: {getattr(error, 'strerror', error)}.")
            self.skipped[path] = "unreadable"
            return None

    def _decode(self, path: str, data: bytes) -> str:
        text, line = decode_text(data)
        if line:
            self._report("note-not-utf8", path, "The note is not UTF-8; it was read as Latin-1 (Windows-1252).", line)
        return text

    def parse(self, path: str, text: str) -> Note:
        """Return the note of a text."""
        front = parse_front_matter(text)
        if front.problem:
            self._report(
                "invalid-front-matter", path, f"The front matter was not read: {front.problem}.", front.problem_line
            )
        values = dict(front.values)
        nested = values.get("dg-note-properties")
        if isinstance(nested, dict):
            values = {**nested, **values}
        title = find_title(path, values, text[front.body_start :], self._config.scheme.language)
        role = find_stated_role(text) or find_role(title, _strings(values.get("tags")), self._config.extraction)
        if not _INK.search(text, front.body_start):
            self._report("empty-note", path, "The note holds no text.")
        return Note(path, title, text, front.body_start, values, role)

    def _report(self, slug: str, path: str, message: str, line: int = 1) -> None:
        rule = BY_SLUG[slug]
        self.diagnostics.append(Diagnostic(rule, Place(path, line), message, _HINTS.get(slug, "")))


def _publish(root: Path, notes: list[Note], reader: Reader, config: Config) -> tuple[Vault, list[Diagnostic]]:
    """Return the vault of published notes, and the findings; `auto` requires `dg-publish` if any note has it."""
    key = config.vault.publish
    if key == "auto":
        key = FLAG if any(FLAG in note.front_matter for note in notes) else "all"
    published = [n for n in notes if key == "all" or is_published(n, key)]
    hidden = [n for n in notes if not (key == "all" or is_published(n, key))]
    for note in hidden:
        reader.skipped[note.path] = "not published"
    names = {note.name.casefold() for note in published}
    unpublished = frozenset(n.name.casefold() for n in hidden) - names
    dropped = {note.path for note in hidden}
    invalid = BY_SLUG["invalid-front-matter"]
    diagnostics = [d for d in reader.diagnostics if d.place.path not in dropped]
    why = [d for d in reader.diagnostics if d.place.path in dropped and d.rule is invalid]  # may say that it is
    diagnostics += [replace(d, hint="Correct the lines between the two `---`; the note was skipped.") for d in why]
    unread = {d.place.path for d in why}
    for note in hidden:
        reason = "cannot be read" if note.path in unread else f"lacks `{key}: true`"
        message = f"The note is not published: its front matter {reason}."
        diagnostics.append(Diagnostic(BY_SLUG["note-unpublished"], Place(note.path), message))
    return Vault(root, tuple(published), dict(sorted(reader.skipped.items())), unpublished), diagnostics


def is_published(note: Note, key: str) -> bool:
    """Return whether a note's front matter has this key with the value true."""
    return note.front_matter.get(key) in (True, "true")


def _strings(value: object) -> tuple[str, ...]:
    """Return the strings of a front-matter value: a list, or text separated by commas."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,\n]", value) if part.strip())
    if isinstance(value, list):
        return tuple(str(v) for v in value if isinstance(v, (str, int, float)))
    return ()


_HINTS: Final = {
    "note-unreadable": "Check that the file exists and that you have permission to read it.",
    "note-not-utf8": "Save the note as UTF-8.",
    "note-too-large": "Split the note, or raise [vault] max_note_bytes.",
    "invalid-front-matter": "Correct the lines between the two `---`; the note's text was read anyway.",
    "empty-note": "Write its definition, or leave the note unpublished.",
    "link-outside-vault": "Copy the note into the vault.",
}
