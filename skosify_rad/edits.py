"""The notes that were edited since the last export, as long as the rest of the vault sees nothing of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from skosify_rad.basis import Basis, Frame, Titles, list_faults
from skosify_rad.cache import ReadingCache, find_key
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Place
from skosify_rad.directives import may_direct
from skosify_rad.extract import LINK_SLUGS, iter_targets, read_chunk, report_broken
from skosify_rad.links import VOCABULARY_NOTES, find_lower_words, find_name
from skosify_rad.moves import Changes, Moves, find_changes
from skosify_rad.names import fold
from skosify_rad.readings import Reading, read_reading
from skosify_rad.titles import find_name as find_note_name
from skosify_rad.vault import FLAG, Note, Reader, is_published

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
        self.before = basis
        """What the last export rests on."""
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
        self.nowhere: set[str] = set()
        """Targets, known to the vault, that must have been found to lead to no note."""
        self.taught = self._find_taught()
        """Names, folded, that the vault knows by a link for the first time."""
        self._asked = dict(basis.asked)
        self._check_words()

    def _find_taught(self) -> frozenset[str]:
        """Return the names that new links teach the vault; they lead to no note, and nobody has asked for them."""
        for path, frame in self.frames.items():
            before = self.before.frames[path]
            require(frame.front == before.front and set(before.aliases) <= set(frame.aliases))
            gone = {find_name(target) for target in set(before.targets) - set(frame.targets)}
            require(not gone or gone <= self.find_left())  # else the vault may know a name no more
        added = [target for path in self.frames for target in self._list_added(path)]
        taught = {key for target in added if (key := self._teach(target))}
        aliases = {fold(name) for path, frame in self.frames.items() for name in self._list_news(path, frame)}
        require(all(map(self._is_news, aliases)) and taught.isdisjoint(aliases))
        require(not aliases or aliases.isdisjoint(self._find_sought()))
        return frozenset(taught | aliases)

    def _list_news(self, path: str, frame: Frame) -> set[str]:
        return set(frame.aliases).difference(self.before.frames[path].aliases)

    def find_left(self) -> frozenset[str]:
        """Return the names, folded, by which links may lead nowhere, to several notes or by another name."""
        frames = {**self.before.frames, **self.frames}
        return frozenset(find_name(target) for frame in frames.values() for target in frame.targets)

    def _find_sought(self) -> frozenset[str]:
        """Return the names, folded, by which links may look for a note; `Foo.md` and `Foo/` look for `Foo`."""
        targets = (target for frame in self.before.frames.values() for target in frame.targets)
        return frozenset(find_name(target.strip().strip("/").casefold().removesuffix(".md")) for target in targets)

    def _list_added(self, path: str) -> set[str]:
        """Return the targets of a note's links that it did not have, of those told in its frame."""
        return set(self.frames[path].targets) - set(self.before.frames[path].targets)

    def _teach(self, target: str) -> str:
        """Return the name that a link teaches; empty where the vault knows it."""
        key = find_name(target)
        require(bool(key) and "." not in target)
        if key in self.before.names:
            self.expect_broken(target)
            return ""
        require(self._is_news(key))
        return key

    def _is_news(self, key: str) -> bool:
        """Tell whether nobody knows a name, folded, or has asked for it, or an unpublished note has it."""
        basis = self.before
        titles = map(find_note_name, basis.hidden)
        return bool(key) and key not in basis.names and key not in basis.unknown and key not in map(fold, titles)

    def expect_broken(self, target: str) -> None:
        """Keep in mind that a link of the vault, if it is known, must have been found to lead to no note."""
        if find_name(target) in self.before.names:
            self.nowhere.add(target.strip())

    def _check_files(self) -> None:
        """Go on only where the same files cannot be read, for the same reasons, and the same notes are held back."""
        key = self._config.vault.publish
        require(bool(self._keys))  # where nothing is published, one note may decide that all is
        hidden = [self._reader.parse(path, self._texts[path]) for path in sorted(self.before.hidden)]
        require(not any(is_published(note, FLAG if key == "auto" else key) for note in hidden))
        faults = list_faults(self._reader.diagnostics, self.before.hidden)
        require(faults == self.before.faults)
        require(all(slug != "note-too-large" for slug, *_ in faults))  # reports show its first line, which is not read

    def _parse(self, path: str) -> Note:
        text, many = self._texts[path], len(self._reader.diagnostics)
        require(path not in self.before.guarded and not may_direct(text))
        note = self._reader.parse(path, text)
        require(len(self._reader.diagnostics) == many)
        return note

    def _check_words(self) -> None:
        """Go on only where each word that was asked for is still written in small letters somewhere, or nowhere."""
        if not self.notes.keys().isdisjoint(list(self._keys)[:VOCABULARY_NOTES]):
            require(all((word in self._lower_words) == found for word, found in self._asked.items()))

    def read(self, readings: ReadingCache) -> None:
        """Read the edited notes, find where their places have moved to, and keep what was read.

        Raises:
            WholeNeededError: what has changed is no matter of single statements.

        """
        notes = list(self.notes.values())
        require(not any(map(readings.hold_word, self.taught)))  # some other note may have asked for it
        made = read_chunk(notes, self.before.names | self.taught, self._config.extraction)
        for note, reading in zip(notes, made, strict=True):
            before = known(readings.find_written(self.before.keys[note.path]))
            changes = known(_compare(before, reading, note.path, self.before.names))
            self.moves[note.path] = changes.moves
            self.changes.append(changes)
            require(readings.keep(note, reading))
        readings.use(self._keys.values())
        first = list(self._keys)[:VOCABULARY_NOTES]
        self._texts = {path: self._texts[path] for path in first}  # the rest is 260 MB of 100,000 notes

    def is_guarded(self, path: str) -> bool:
        """Tell whether a note may exempt findings, or is a namesake of another."""
        return path in self.before.guarded

    @property
    def exempts(self) -> bool:
        """Whether some note may exempt findings: what was found is then not all there is to find."""
        return self.before.exempts

    def is_heard(self, key: str) -> bool:
        """Tell whether a name, folded, was written or looked for, or the vault knew it before."""
        before = self.before
        return any(key in names for names in (before.called, before.heard, before.doubted, before.names))

    def knows(self, name: str) -> bool:
        """Tell whether the vault knows a name; what it does not is kept in mind."""
        key = fold(name)
        if key in self.before.names or key in self.taught:
            return True
        self._unknown.add(key)
        return False

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters; one that was not asked for before is kept in mind."""
        if word not in self._asked:
            self._asked[word] = word in self._lower_words
        return self._asked[word]

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        first = list(self._keys)[:VOCABULARY_NOTES]
        return find_lower_words(self._reader.parse(path, self._texts[path]).body for path in first)

    def list_dates(self) -> Iterator[tuple[Note, tuple[str, str], tuple[str, str]]]:
        """Yield the edited notes that have other dates, with those they had and those they have."""
        for path, note in self.notes.items():
            if note.dates != self.before.frames[path].dates:
                yield note, self.before.frames[path].dates, note.dates

    def basis(self, told: Basis) -> Basis:
        """Return what the export rests on now; given is what it rests on by what things are called."""
        told = replace(told, names=told.names | self.taught, unknown=told.unknown | self._unknown)
        frames = {**told.frames, **self.frames}
        return replace(told, keys=self._keys, hidden=self._hidden, frames=frames, asked=self._asked)

    @cached_property
    def _links(self) -> dict[str, dict[str, Place]]:
        """Path of an edited note -> the targets of its links, each where it stands first."""
        return {path: dict(iter_targets(note)) for path, note in self.notes.items()}

    def find_mended(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield those of some findings that tell of a link which an edited note has no more."""
        for finding in found:
            links = self._links.get(finding.place.path)
            if links is not None and finding.rule.slug in LINK_SLUGS and finding.words not in links:
                yield finding

    def find_broken(self) -> Iterator[Diagnostic]:
        """Yield a finding for each new link that leads to no note."""
        for path, links in self._links.items():
            added = {target.strip() for target in self._list_added(path)}
            yield from (report_broken(target, place) for target, place in links.items() if target in added)

    def move(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield findings with the places where they are now.

        Raises:
            WholeNeededError: nobody can tell where one is.

        """
        links = self._links
        for finding in found:
            place, second = finding.place, finding.second
            if place.path not in links and (second is None or second.path not in links):
                yield finding
                continue
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
