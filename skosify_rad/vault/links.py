"""Links and names -> notes, as Obsidian resolves them; and the names a vault knows."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, partial
from itertools import chain, islice
from typing import Final, NamedTuple, Protocol

from skosify_rad.language.spelling import fold
from skosify_rad.model.memo import Remembered
from skosify_rad.vault.notes import Note, Vault

_TARGET: Final = re.compile(r"\[\[(?<!!\[\[)([^\[\]\n|\\#]+)")
_LOWER_WORD: Final = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
VOCABULARY_NOTES: Final = 2000
"""So many notes are enough to know which words a vault writes in small letters."""

_TARGETS: Final = 1 << 15
"""So many link targets are remembered: the same notes are linked to again and again."""
MOST_OTHERS: Final = 10
"""So many notes of one name are told."""


class Resolved(NamedTuple):
    """What a link leads to."""

    path: str
    """Path of the note; empty where there is none."""
    others: tuple[str, ...] = ()
    """Further notes of the same name, where the link does not tell which; no more than `MOST_OTHERS`."""
    more: int = 0
    """How many there are beside those."""


class Knowing(Protocol):
    """What knows names."""

    def knows(self, name: str) -> bool:
        """Tell whether a name is a title, an alias or the target of a link anywhere in the vault."""


class Asking:
    """The names a vault knows, remembering which of them it was asked for."""

    __slots__ = ("_names", "known", "unknown")

    def __init__(self, names: frozenset[str]) -> None:
        """Take the names, folded."""
        self._names = names
        self.known: set[str] = set()
        """Names asked for, folded, that it knows."""
        self.unknown: set[str] = set()
        """Names asked for, folded, that it does not know."""

    def knows(self, name: str) -> bool:
        """Tell whether it knows a name."""
        key = fold(name)
        known = key in self._names
        (self.known if known else self.unknown).add(key)
        return known


def find_targets(note: Note) -> list[str]:
    """Return the targets of a note's links, as written and in order."""
    return _TARGET.findall(note.text, note.body_start)


def find_name(target: str) -> str:
    """Return the name, folded, that a link teaches the vault: the last part of its target."""
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
            for alias in note.aliases:
                by_alias[fold(alias)].paths.append(note.path)
        self._by_stem, self._by_fold, self._by_alias = dict(by_stem), dict(by_fold), dict(by_alias)
        index = (self._by_path, self._by_stem, self._by_alias, self._by_fold)
        self._by_target = Remembered(partial(_find, index), _TARGETS)  # no method: a cycle would keep all notes alive

    def release(self) -> None:
        """Let go of the notes, once all is found that is told from their texts: these are a sixth of all memory."""
        _ = self._scanned, self._lower_words
        self._notes = ()

    def resolve(self, target: str, source: str) -> Resolved:
        """Return the note a link target leads to, seen from the note at path `source`.

        Full path first, then the file name (nearest to the source where there are several), then aliases; a path
        that no longer exists is found by its last part, since notes are moved more often than links are mended.
        """
        return self._by_target[target].nearest(source)

    def note_named(self, name: str, source: str) -> Resolved:
        """Return the note whose title or alias is this name, spelling and plural folded."""
        key = fold(name)
        return (self._by_fold.get(key) or self._by_alias.get(key) or _NONE).nearest(source)

    @cached_property
    def names(self) -> frozenset[str]:
        """Titles, aliases and the targets of links, folded: all that reading a note asks of the others."""
        return self._scanned[0]

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Paths of the notes of which some link leads nowhere, to several notes or to an attachment."""
        return self._scanned[1]

    @cached_property
    def _scanned(self) -> tuple[frozenset[str], frozenset[str]]:
        """All that is told from looking for the links of every note, which is done once."""
        found = [(note.path, find_targets(note)) for note in self._notes]
        targets = set(chain.from_iterable(targets for _, targets in found))
        names = {*self._by_fold, *self._by_alias, *map(find_name, targets)}
        unsound = {target for target in targets if not self._is_sound(target.strip())}
        return frozenset(names), frozenset(path for path, targets in found if not unsound.isdisjoint(targets))

    def _is_sound(self, target: str) -> bool:
        """Tell whether a target leads to one note, wherever it stands; a path does where the last part of it does."""
        paths = self._by_target[target].paths
        return len(paths) == 1 or (len(paths) > 1 and "/" in target)

    def knows(self, name: str) -> bool:
        """Tell whether a name is a title, an alias or the target of a link anywhere in the vault."""
        return fold(name) in self.names

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        return find_lower_words(note.body for note in self._notes[:VOCABULARY_NOTES])

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters somewhere: then it is no proper name."""
        return word in self._lower_words


def find_lower_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that stand in small letters in some text."""
    words: set[str] = set()  # with what clings to them; looking in each once takes a third of looking in the notes
    for text in texts:
        words.update(text.split())
    return frozenset(_LOWER_WORD.findall(" ".join(words)))


class Namesakes:
    """The notes of one name. There may be ten thousand called `README`: none is compared with all the others."""

    __slots__ = ("_best", "paths")

    def __init__(self, paths: Iterable[str] = ()) -> None:
        """Take their paths."""
        self.paths = list(paths)
        """Their paths, in order."""
        self._best: dict[str, tuple[int, int, str]] = {}

    def nearest(self, source: str) -> Resolved:
        """Return the one fewest folders away from the source, then with the shortest path, then the first by name."""
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
        """Find the best path below every folder: seen from there, the least deep one, then the shortest."""
        for path in self.paths:
            folders = _above(path)
            for folder in folders:
                found = (len(folders), len(path), path)
                self._best[folder] = min(found, self._best.get(folder, found))


_NONE: Final = Namesakes()

_Index = tuple[dict[str, str], dict[str, Namesakes], dict[str, Namesakes], dict[str, Namesakes]]
"""Path -> the note there; file name, alias and folded title -> the notes of that name."""


def _find(index: _Index, target: str) -> Namesakes:
    """Return the notes a link target may lead to, wherever it stands."""
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
    """Return the folders a path lies in, the vault itself first."""
    return ["", *(path[: at.start()] for at in re.finditer("/", path))]
