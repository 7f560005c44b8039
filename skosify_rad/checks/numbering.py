"""What is kept by number and asked for by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from skosify_rad.model.namespaces import RDF
from skosify_rad.model.statements import Triple


class Names:
    """The names of resources by number, and the numbers by name."""

    __slots__ = ("names", "numbers")

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Begin with names that are numbered in order."""
        self.names: list[str] = list(numbers)
        self.numbers: dict[str, int] = dict(numbers)

    def number(self, names: Sequence[str]) -> list[int]:
        """Return the number of each name; those that have none yet get one."""
        try:
            return list(map(self.numbers.__getitem__, names))
        except KeyError:
            for name in names:
                if name not in self.numbers:
                    self.numbers[name] = len(self.names)
                    self.names.append(name)
            return list(map(self.numbers.__getitem__, names))

    def sort(self, numbers: Iterable[int]) -> list[str]:
        """Return the names of numbers, in order."""
        return sorted(map(self.names.__getitem__, numbers))


class Members(Mapping[str, Triple]):
    """Members of a class, stated or entailed, each with the first triple that says so.

    The triple of a stated member is made when it is asked for: of most nobody asks.
    """

    def __init__(self, names: Names, stated: Mapping[int, str]) -> None:
        """Begin with the members that are stated, by number, each with the class that it is stated to be in."""
        self.numbers: dict[int, str | Triple] = dict(stated)
        """Number of a member -> the class it is stated to be in, or the triple that entails it; the stated first."""
        self.stated: Final = len(stated)
        """How many are stated."""
        self._names = names

    def __getitem__(self, name: str) -> Triple:
        """Return the triple that makes a resource a member."""
        reason = self.numbers[self._names.numbers[name]]
        return reason if isinstance(reason, Triple) else Triple(name, RDF.type, reason)

    def __contains__(self, name: object) -> bool:
        """Tell whether a resource is a member."""
        return isinstance(name, str) and self._names.numbers.get(name) in self.numbers

    def __iter__(self) -> Iterator[str]:
        """Yield the members."""
        return map(self._names.names.__getitem__, self.numbers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)


class NamedEdges(Mapping[str, AbstractSet[str]]):
    """Node -> nodes, by name."""

    def __init__(self, edges: Mapping[int, AbstractSet[int]], names: Names) -> None:
        """Give numbered edges names."""
        self._edges = edges
        self._names = names

    def __getitem__(self, name: str) -> AbstractSet[str]:
        """Return the names of what a node leads to."""
        return frozenset(map(self._names.names.__getitem__, self._edges[self._names.numbers[name]]))

    def __iter__(self) -> Iterator[str]:
        """Yield the nodes that lead to any."""
        return map(self._names.names.__getitem__, self._edges)

    def __len__(self) -> int:
        """Return how many do."""
        return len(self._edges)
