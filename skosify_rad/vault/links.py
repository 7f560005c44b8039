"""Resolve links and names to notes as Obsidian does, and index the names in a vault."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, partial
from itertools import chain, islice
from typing import Final, NamedTuple, Protocol

from skosify_rad.language.spelling import fold
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.memo import Remembered
from skosify_rad.vault.notes import Note, Vault

_TARGET: Final = lazy_pattern(r"\[\[(?<!!\[\[)([^\[\]\n|\\#]+)")
_PAGE_ALIASES: Final = lazy_pattern(
    r"^[ \t]*(?:-[ \t]+)?alias(?:es)?::[ \t]*(?P<names>\S.*)$", re.MULTILINE | re.IGNORECASE
)
_HEAD: Final = 2000
"""Characters at the top of a page that hold its properties."""
_LOWER_WORD: Final = lazy_pattern(r"(?<![\w-])[a-z]{3,}(?![\w-])")
VOCABULARY_NOTES: Final = 2000
"""Notes searched for words in lower case."""

_TARGETS: Final = 1 << 15
"""Link targets cached."""
MOST_OTHERS: Final = 10
"""Other notes of a name that are listed."""


class Resolved(NamedTuple):
    """The note that a link points to."""

    path: str
    """Path of the note; empty if there is none."""
    others: tuple[str, ...] = ()
    """Other notes that the link may mean, at most `MOST_OTHERS`."""
    more: int = 0
    """Number of further notes."""


class Knowing(Protocol):
    """An index of names."""

    def knows(self, name: str) -> bool:
        """Return whether a name is a title, an alias or a link target anywhere in the vault."""


class Asking:
    """An index of names that records its look-ups."""

    __slots__ = ("_names", "known", "unknown")

    def __init__(self, names: frozenset[str]) -> None:
        """Take folded names."""
        self._names = names
        self.known: set[str] = set()
        """Folded names that were looked up and found."""
        self.unknown: set[str] = set()
        """Folded names that were looked up and not found."""

    def knows(self, name: str) -> bool:
        """Return whether a name is in the index, and record the look-up."""
        key = fold(name)
        known = key in self._names
        (self.known if known else self.unknown).add(key)
        return known


def find_targets(note: Note) -> list[str]:
    """Return the targets of a note's links as written, in order."""
    return _TARGET.findall(note.text, note.body_start)


def find_page_aliases(note: Note) -> list[str]:
    """Return the other names that a Logseq page gives at its top: `alias:: a, b`."""
    match = _PAGE_ALIASES.search(note.text, note.body_start, note.body_start + _HEAD) if "::" in note.text else None
    names = match["names"].replace("[[", "").replace("]]", "").split(",") if match else []
    return [name.strip() for name in names if name.strip()]


def find_name(target: str) -> str:
    """Return the folded name in a link target: its last part."""
    return fold(target.rsplit("/", 1)[-1])


class Links:
    """The index of titles, aliases, paths and link targets of one vault."""

    def __init__(self, vault: Vault) -> None:
        self._notes = vault.notes
        self._by_path = {note.path[:-3].casefold(): note.path for note in vault.notes}
        by_stem: dict[str, Namesakes] = defaultdict(Namesakes)
        by_fold: dict[str, Namesakes] = defaultdict(Namesakes)
        by_alias: dict[str, Namesakes] = defaultdict(Namesakes)
        for note in vault.notes:
            by_stem[note.name.casefold()].paths.append(note.path)
            for key in {fold(note.title), fold(note.name)}:
                by_fold[key].paths.append(note.path)
            for alias in (*note.aliases, *find_page_aliases(note)):
                by_alias[fold(alias)].paths.append(note.path)
        self._by_stem, self._by_fold, self._by_alias = dict(by_stem), dict(by_fold), dict(by_alias)
        index = (self._by_path, self._by_stem, self._by_alias, self._by_fold)
        self._by_target = Remembered(partial(_find, index), _TARGETS)  # no method: a cycle would keep all notes alive

    def release(self) -> None:
        """Drop the notes after computing everything that needs their texts, a sixth of all memory."""
        _ = self._scanned, self._lower_words
        self._notes = ()

    def resolve(self, target: str, source: str) -> Resolved:
        """Return the note that a link target points to, from the note at path `source`.

        The full path counts first, then the file name (the nearest note if there are several), then aliases. A path
        that does not exist is resolved by its last part, since notes are moved without updating links.
        """
        return self._by_target[target].nearest(source)

    def note_named(self, name: str, source: str) -> Resolved:
        """Return the note with this title or alias, ignoring spelling variants and plural."""
        key = fold(name)
        return (self._by_fold.get(key) or self._by_alias.get(key) or _NONE).nearest(source)

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded titles, aliases and link targets: all that reading a note needs of the others."""
        return self._scanned[0]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Paths of notes with a link that points to no note, several notes or an attachment."""
        return self._scanned[1]

    @cached_property
    def _scanned(self) -> tuple[frozenset[str], frozenset[str]]:
        """Names and doubtful notes, from one search for the links of every note."""
        found = [(note.path, find_targets(note)) for note in self._notes]
        targets = set(chain.from_iterable(targets for _, targets in found))
        names = {*self._by_fold, *self._by_alias, *map(find_name, targets)}
        unsound = {target for target in targets if not self._is_sound(target.strip())}
        return frozenset(names), frozenset(path for path, targets in found if not unsound.isdisjoint(targets))

    def _is_sound(self, target: str) -> bool:
        """Return whether a target points to one note from every note; a path does if its last part does."""
        paths = self._by_target[target].paths
        return len(paths) == 1 or (len(paths) > 1 and "/" in target)

    def knows(self, name: str) -> bool:
        """Return whether a name is a title, an alias or a link target anywhere in the vault."""
        return fold(name) in self.names

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        return find_lower_words(note.body for note in self._notes[:VOCABULARY_NOTES])

    def seen_lower(self, word: str) -> bool:
        """Return whether a word occurs in lower case in the vault, so that it is no proper name."""
        return word in self._lower_words


def find_lower_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that occur in lower case."""
    words: set[str] = set()  # with punctuation; searching each distinct word once takes a third of the time
    for text in texts:
        words.update(text.split())
    return frozenset(_LOWER_WORD.findall(" ".join(words)))


class Namesakes:
    """The notes of one name, indexed by folder, since thousands may share a name."""

    __slots__ = ("_best", "paths")

    def __init__(self, paths: Iterable[str] = ()) -> None:
        """Take the paths of the notes."""
        self.paths = list(paths)
        """Paths, in order."""
        self._best: dict[str, tuple[int, int, str]] = {}

    def nearest(self, source: str) -> Resolved:
        """Return the note the fewest folders away from the source, then the shortest path, then the first path."""
        if len(self.paths) <= 1:
            return Resolved(self.paths[0] if self.paths else "")
        if not self._best:
            self._index()
        here = _above(source)
        best = min(
            (len(here) + depth - 2 * shared, length, path)
            for shared, folder in enumerate(here)
            if folder in self._best
            for depth, length, path in (self._best[folder],)
        )[2]
        others = tuple(islice((path for path in self.paths if path != best), MOST_OTHERS))
        return Resolved(best, others, len(self.paths) - 1 - len(others))

    def _index(self) -> None:
        """Index the best path below every folder: the least deep, then the shortest."""
        for path in self.paths:
            folders = _above(path)
            for folder in folders:
                found = (len(folders), len(path), path)
                self._best[folder] = min(found, self._best.get(folder, found))


_NONE: Final = Namesakes()

_Index = tuple[dict[str, str], dict[str, Namesakes], dict[str, Namesakes], dict[str, Namesakes]]
"""Path -> the note there; file name, alias and folded title -> the notes of that name."""


def _find(index: _Index, target: str) -> Namesakes:
    """Return the notes that a link target may point to, from any note."""
    by_path, by_stem, by_alias, by_fold = index
    wanted = target.strip().strip("/").casefold().removesuffix(".md")
    if not wanted:
        return _NONE
    if wanted in by_path:
        return Namesakes([by_path[wanted]])
    if wanted.startswith(("../", "./")):
        wanted = wanted.lstrip("./")
    stem = wanted.rsplit("/", 1)[-1]
    found = by_stem.get(stem)
    if found is None:
        key = fold(stem)
        found = by_alias.get(key) or by_fold.get(key) or _NONE
    if "/" in wanted and len(found.paths) > 1:
        below = [p for p in found.paths if p[:-3].casefold().endswith("/" + wanted)]
        found = Namesakes(below) if below else found
    return found


def _above(path: str) -> list[str]:
    """Return the folders above a path, the vault itself first."""
    return ["", *(path[: at.start()] for at in re.finditer("/", path))]
