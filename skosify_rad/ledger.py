"""What the notes name, before an edit and after it: by how many words a thing is named, and which come first.

A thing that no note describes is called as it is written, and has its first place in the vault as evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from skosify_rad.diagnostics import Place
from skosify_rad.edits import known, require
from skosify_rad.moves import Moves
from skosify_rad.namings import Naming, read_namings, write_namings
from skosify_rad.statements import Mention


class Ledger:
    """All that is named: before an edit, and after it as far as that has been entered."""

    def __init__(self, kept: Mapping[str, Sequence[Any]], moves: Mapping[str, Moves]) -> None:
        """Take what is named in each note, as `Basis.namings` has it, and where the places of edited notes move to."""
        self._kept = kept
        self._moves = moves
        self._stand = {path: [*self._read(path)] for path in moves}
        """Path of an edited note -> what of it still stands, at its former place."""
        self.come: list[Naming] = []
        """What is named now and was not; whoever finds it enters it."""
        self.dropped: list[Naming] = []
        """What is named no more, at its former place."""

    def _read(self, path: str) -> Iterable[Naming]:
        return read_namings(path, self._kept.get(path, ()))

    def find(self, place: Place, words: str) -> str:
        """Return the identifier of what words named at a place of an edited note before.

        Raises:
            WholeNeededError: of none, or of several.

        """
        found = self._before.get((place, words), set())
        require(len(found) == 1)
        return min(found)

    @cached_property
    def _before(self) -> Mapping[tuple[Place, str], set[str]]:
        """Place and words of the edited notes -> the identifiers of what they named."""
        found: dict[tuple[Place, str], set[str]] = defaultdict(set)
        for naming in chain.from_iterable(map(self._read, self._moves)):
            found[naming.place, naming.words].add(naming.id)
        return found

    def drop(self, mention: Mention) -> Naming | None:
        """Take out what a mention named before, and return it; None where it named nothing by its words."""
        standing = self._stand[mention.place.path]
        found = [n for n in standing if n.place == mention.place and n.words == mention.words]
        if not found:
            return None
        require(len({n.id for n in found}) == 1)
        standing.remove(found[0])
        self.dropped.append(found[0])
        return found[0]

    def stands(self, naming: Naming) -> bool:
        """Tell whether what named a thing before still does."""
        path = naming.place.path
        return path not in self._stand or naming in self._stand[path]

    @property
    def touched(self) -> frozenset[str]:
        """Identifiers of what is named once more, or once less."""
        return frozenset(naming.id for naming in (*self.dropped, *self.come))

    def list_before(self, identifier: str) -> list[Naming]:
        """Return all that named a thing, in the order of the vault."""
        return sorted(self._read_all(identifier))

    def list_after(self, identifier: str) -> list[Naming]:
        """Return all that names it now."""
        elsewhere = [n for n in self._read_all(identifier) if n.place.path not in self._moves]
        moved = [self.move(n) for standing in self._stand.values() for n in standing if n.id == identifier]
        return sorted((*elsewhere, *moved, *(n for n in self.come if n.id == identifier)))

    def _read_all(self, identifier: str) -> Iterable[Naming]:
        rows = ((path, row) for path in self._paths.get(identifier, ()) for row in self._kept[path])
        return [n for path, row in rows if row[2] == identifier for n in read_namings(path, (row,))]

    @cached_property
    def _paths(self) -> Mapping[str, dict[str, None]]:
        """Identifier -> the paths of the notes that named the thing, in order."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for path, rows in self._kept.items():
            for row in rows:
                found[row[2]][path] = None
        return found

    def move(self, naming: Naming) -> Naming:
        """Return a naming that still stands at the place where it is now."""
        moves = self._moves.get(naming.place.path)
        return naming if moves is None else naming._replace(place=known(moves(naming.place)))

    def iter_after(self) -> Iterator[Naming]:
        """Yield all that is named now; of what stands, the places are those of before."""
        for path in self._kept:
            yield from self._stand[path] if path in self._stand else self._read(path)
        yield from self.come

    def render(self) -> dict[str, Sequence[Any]]:
        """Return path -> what is named there now."""
        now: dict[str, list[Naming]] = defaultdict(list)
        for naming in (*(self.move(n) for some in self._stand.values() for n in some), *self.come):
            now[naming.place.path].append(naming)
        rest = {path: rows for path, rows in self._kept.items() if path not in self._moves}
        return {**rest, **{path: write_namings(some) for path, some in now.items()}}
