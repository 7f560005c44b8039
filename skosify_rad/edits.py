"""The notes that were edited since the last export, as long as the rest of the vault sees nothing of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from skosify_rad.basis import Basis, Titles, list_faults
from skosify_rad.cache import ReadingCache, find_key
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Place
from skosify_rad.directives import may_direct
from skosify_rad.extract import LINK_SLUGS, iter_targets, read_chunk, report_broken
from skosify_rad.links import VOCABULARY_NOTES, find_lower_words
from skosify_rad.moves import Changes, Moves, find_changes
from skosify_rad.names import fold
from skosify_rad.readings import Reading, read_reading
from skosify_rad.vault import Note, Reader, find_title, is_published

MOST_EDITED: Final = 50
"""More notes are left to a whole export, which may read them in several processes."""

_Value = TypeVar("_Value")


class WholeNeededError(Exception):
    """An edit changes more than a part of the export tells: it takes a whole one. Caught in `refresh`."""


def require(holds: bool) -> None:  # noqa: FBT001 - reads like an assertion
    """Go on only where this holds.

    Raises:
        WholeNeededError: it does not.

    """
    if not holds:
        raise WholeNeededError


def known(value: _Value | None) -> _Value:
    """Return what is there.

    Raises:
        WholeNeededError: it is None.

    """
    if value is None:
        raise WholeNeededError
    return value


class Edits:
    """What was edited since an export."""

    def __init__(self, root: Path, config: Config, basis: Basis) -> None:
        """Look through the vault's files.

        Raises:
            WholeNeededError: notes came, went or were edited so that other notes may be read otherwise.

        """
        self._basis = basis
        self._config = config
        self._reader = Reader(root, config)
        self._texts = dict(self._reader.read())
        keys = {path: find_key(path, text) for path, text in self._texts.items()}
        require(keys.keys() == {*basis.keys, *basis.hidden})
        self._keys, self._hidden = ({path: keys[path] for path in paths} for paths in (basis.keys, basis.hidden))
        edited = [path for path, key in self._keys.items() if key != basis.keys[path]]
        require(len(edited) <= MOST_EDITED)
        self.paths = frozenset({*edited, *[path for path, key in self._hidden.items() if key != basis.hidden[path]]})
        """Paths of all notes that were edited, those not published too."""
        self._check_files()
        self.notes: dict[str, Note] = {path: self._parse(path) for path in edited}
        """Path -> the note as it is now, of those edited that are published."""
        self.moves: dict[str, Moves] = {}
        """Path -> where the note's places have moved to; filled by `read`."""
        self.changes: list[Changes] = []
        """What each of them says otherwise; filled by `read`."""
        self.titles = Titles(self._keys)
        """Where links lead to."""
        self.frames = {path: self.titles.frame(note) for path, note in self.notes.items()}
        """Path -> what the whole vault sees of it, of those edited that are published."""
        self._unknown: set[str] = set()
        self.taught = self._find_taught()
        """Names, folded, that the vault knows by a link for the first time."""
        self._check_words(list(self._keys)[:VOCABULARY_NOTES])

    def _find_taught(self) -> frozenset[str]:
        """Return the names that new links teach the vault; they lead to no note, and nobody has asked for them."""
        for path, frame in self.frames.items():
            before = self._basis.frames[path]
            require(frame.front == before.front and set(before.targets) <= set(frame.targets))
        return frozenset(self._teach(target) for path in self.frames for target in self._list_added(path))

    def _list_added(self, path: str) -> set[str]:
        """Return the targets of a note's links that it did not have, of those told in its frame."""
        return set(self.frames[path].targets) - set(self._basis.frames[path].targets)

    def _teach(self, target: str) -> str:
        name = target.strip().rsplit("/", 1)[-1]
        key = fold(name)
        require(bool(key) and "." not in target and key not in self._basis.names and key not in self._basis.unknown)
        require(all(find_title(path).casefold() != name.casefold() for path in self._basis.hidden))
        return key

    def _check_files(self) -> None:
        """Go on only where the same files cannot be read, for the same reasons, and the same notes are held back."""
        key = self._config.vault.publish
        require(bool(self._keys))  # where nothing is published, one note may decide that all is
        hidden = [self._reader.parse(path, self._texts[path]) for path in sorted(self._basis.hidden)]
        require(not any(is_published(note, "dg-publish" if key == "auto" else key) for note in hidden))
        faults = list_faults(self._reader.diagnostics, self._basis.hidden)
        require(faults == self._basis.faults)
        require(all(slug != "note-too-large" for slug, *_ in faults))  # reports show its first line, which is not read

    def _parse(self, path: str) -> Note:
        text, many = self._texts[path], len(self._reader.diagnostics)
        require(path not in self._basis.guarded and not may_direct(text))
        note = self._reader.parse(path, text)
        require(len(self._reader.diagnostics) == many)
        return note

    def _check_words(self, first: list[str]) -> None:
        """Go on only where each word that was asked for is still written in small letters somewhere, or nowhere."""
        if not self.notes.keys().isdisjoint(first):
            words = find_lower_words(self._reader.parse(path, self._texts[path]).body for path in first)
            require(all((word in words) == found for word, found in self._basis.asked.items()))

    def read(self, readings: ReadingCache) -> None:
        """Read the edited notes, find where their places have moved to, and keep what was read.

        Raises:
            WholeNeededError: what has changed is no matter of single statements.

        """
        notes = list(self.notes.values())
        require(not any(map(readings.hold_word, self.taught)))  # some other note may have asked for it
        made = read_chunk(notes, self._basis.names | self.taught, self._config.extraction)
        for note, reading in zip(notes, made, strict=True):
            before = known(readings.find_written(self._basis.keys[note.path]))
            changes = known(_compare(before, reading, note.path, self._basis.names))
            self.moves[note.path] = changes.moves
            self.changes.append(changes)
            require(readings.keep(note, reading))
        readings.use(self._keys.values())

    def is_guarded(self, path: str) -> bool:
        """Tell whether a note may exempt findings, or is a namesake of another."""
        return path in self._basis.guarded

    @property
    def exempts(self) -> bool:
        """Whether some note may exempt findings: what was found is then not all there is to find."""
        return self._basis.exempts

    def is_used(self, key: str) -> bool:
        """Tell whether something has a name, folded, or the vault knew it before."""
        return key in self._basis.used or key in self._basis.names

    def knows(self, name: str) -> bool:
        """Tell whether the vault knows a name; what it does not is kept in mind."""
        key = fold(name)
        if key in self._basis.names or key in self.taught:
            return True
        self._unknown.add(key)
        return False

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters.

        Raises:
            WholeNeededError: that was never asked.

        """
        return known(self._basis.asked.get(word))

    def basis(self, coined: Iterable[str]) -> Basis:
        """Return what the export rests on now, with names that were not used before."""
        frames = {**self._basis.frames, **self.frames}
        known_names, unknown = self._basis.names | self.taught, self._basis.unknown | self._unknown
        told = replace(self._basis, frames=frames, names=known_names, unknown=unknown)
        return replace(told, keys=self._keys, hidden=self._hidden, used=self._basis.used.union(coined))

    def find_broken(self) -> Iterator[Diagnostic]:
        """Yield a finding for each new link that leads to no note."""
        for path, note in self.notes.items():
            added = {target.strip() for target in self._list_added(path)}
            yield from (report_broken(target, place) for target, place in iter_targets(note) if target in added)

    def move(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield findings with the places where they are now.

        Raises:
            WholeNeededError: nobody can tell where one is.

        """
        links = {path: dict(iter_targets(note)) for path, note in self.notes.items()}
        for finding in found:
            place, second = finding.place, finding.second
            if place.path in links and finding.rule.slug in LINK_SLUGS:
                place = known(links[place.path].get(finding.words))
            else:
                place = self._move(place)
            there = self._move(second) if second is not None else None
            same = place == finding.place and there == second
            yield finding if same else replace(finding, place=place, second=there)

    def _move(self, place: Place) -> Place:
        moves = self.moves.get(place.path)
        return place if moves is None else known(moves(place))


def _compare(written: bytes, reading: Reading, path: str, names: frozenset[str]) -> Changes | None:
    """Return what has changed since a reading was kept; None, too, where what was kept is none."""
    try:
        return find_changes(read_reading(written, path), reading, names)
    except (ValueError, KeyError, IndexError, TypeError):
        return None
