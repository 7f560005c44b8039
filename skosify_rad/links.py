"""Links and names -> notes, as Obsidian resolves them; and the names a vault knows."""

import re
from collections import defaultdict
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from skosify_rad.names import fold
from skosify_rad.vault import Note, Vault

_TARGET: Final = re.compile(r"(?<!!)\[\[([^\[\]\n|\\#]+)")
_LOWER_WORD: Final = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
_VOCABULARY_NOTES: Final = 2000
"""So many notes are enough to know which words a vault writes in small letters."""


class Resolved(NamedTuple):
    """What a link leads to."""

    path: str
    """Path of the note; empty where there is none."""
    others: tuple[str, ...] = ()
    """Further notes of the same name, where the link does not tell which."""


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


class Links:
    """The index of titles, aliases, paths and link targets of one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.notes: dict[str, Note] = {note.path: note for note in vault.notes}
        """Every note, by path."""
        self._by_path = {note.path[:-3].casefold(): note.path for note in vault.notes}
        by_stem: dict[str, list[str]] = defaultdict(list)
        by_fold: dict[str, list[str]] = defaultdict(list)
        by_alias: dict[str, list[str]] = defaultdict(list)
        for note in vault.notes:
            by_stem[note.title.casefold()].append(note.path)
            by_fold[fold(note.title)].append(note.path)
            for alias in note.aliases:
                by_alias[fold(alias)].append(note.path)
        self._by_stem, self._by_fold, self._by_alias = dict(by_stem), dict(by_fold), dict(by_alias)

    def resolve(self, target: str, source: str) -> Resolved:
        """Return the note a link target leads to, seen from the note at path `source`.

        Full path first, then the file name (nearest to the source where there are several), then aliases; a path
        that no longer exists is found by its last part, since notes are moved more often than links are mended.
        """
        wanted = target.strip().strip("/").casefold().removesuffix(".md")
        if not wanted or wanted in self._by_path:
            return Resolved(self._by_path.get(wanted, ""))
        if wanted.startswith(("../", "./")):
            wanted = wanted.lstrip("./")
        stem = wanted.rsplit("/", 1)[-1]
        paths = self._by_stem.get(stem) or self._by_alias.get(fold(stem)) or self._by_fold.get(fold(stem)) or []
        if "/" in wanted and len(paths) > 1:
            paths = [p for p in paths if p[:-3].casefold().endswith("/" + wanted)] or paths
        return _nearest(paths, source)

    def note_named(self, name: str, source: str) -> Resolved:
        """Return the note whose title or alias is this name, spelling and plural folded."""
        key = fold(name)
        return _nearest(self._by_fold.get(key) or self._by_alias.get(key) or [], source)

    @cached_property
    def names(self) -> frozenset[str]:
        """Titles, aliases and the targets of links, folded: all that reading a note asks of the others."""
        names = set(self._by_fold) | set(self._by_alias)
        for note in self._vault.notes:
            names.update(fold(t.rsplit("/", 1)[-1]) for t in _TARGET.findall(note.body))
        return frozenset(names)

    def knows(self, name: str) -> bool:
        """Tell whether a name is a title, an alias or the target of a link anywhere in the vault."""
        return fold(name) in self.names

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        words: set[str] = set()
        for note in self._vault.notes[:_VOCABULARY_NOTES]:
            words.update(_LOWER_WORD.findall(note.body))
        return frozenset(words)

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters somewhere: then it is no proper name."""
        return word in self._lower_words


def _nearest(paths: list[str], source: str) -> Resolved:
    """Return the path that shares most folders with the source, then the shortest, then the first by name."""
    if len(paths) <= 1:
        return Resolved(paths[0] if paths else "")
    here = source.split("/")[:-1]

    def distance(path: str) -> tuple[int, int, str]:
        there = path.split("/")[:-1]
        shared = 0
        for a, b in zip(here, there, strict=False):
            if a != b:
                break
            shared += 1
        return (len(here) + len(there) - 2 * shared, len(path), path)

    best = min(paths, key=distance)
    ties = tuple(p for p in paths if p != best)
    return Resolved(best, ties)
