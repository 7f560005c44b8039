"""IRIs as numbers: an index in both directions, and mappings that store numbers but are read by IRI."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from skosify_rad.model.namespaces import RDF
from skosify_rad.model.statements import Triple


class IriIndex:
    """Number -> IRI and IRI -> number."""

    __slots__ = ("iris", "numbers")

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Start with IRIs numbered in order."""
        self.iris: list[str] = list(numbers)
        self.numbers: dict[str, int] = dict(numbers)

    def number(self, iris: Sequence[str]) -> list[int]:
        """Return the number of each IRI; add those that have none yet."""
        try:
            return list(map(self.numbers.__getitem__, iris))
        except KeyError:
            for iri in iris:
                if iri not in self.numbers:
                    self.numbers[iri] = len(self.iris)
                    self.iris.append(iri)
            return list(map(self.numbers.__getitem__, iris))

    def sort_iris(self, numbers: Iterable[int]) -> list[str]:
        """Return the IRIs of some numbers, sorted."""
        return sorted(map(self.iris.__getitem__, numbers))


class Members(Mapping[str, Triple]):
    """Members of a class, stated or entailed, each with the first triple that makes it a member.

    The triples of stated members are created on demand, since few are needed.
    """

    def __init__(self, index: IriIndex, stated: Mapping[int, str]) -> None:
        """Start with the stated members: number -> class in `rdf:type`."""
        self.numbers: dict[int, str | Triple] = dict(stated)
        """Number -> class in `rdf:type`, or the triple that entails membership; stated members first."""
        self.stated: Final = len(stated)
        """Number of stated members."""
        self._index = index

    def __getitem__(self, iri: str) -> Triple:
        """Return the triple that makes a resource a member."""
        reason = self.numbers[self._index.numbers[iri]]
        return reason if isinstance(reason, Triple) else Triple(iri, RDF.type, reason)

    def __contains__(self, iri: object) -> bool:
        """Return whether a resource is a member."""
        return isinstance(iri, str) and self._index.numbers.get(iri) in self.numbers

    def __iter__(self) -> Iterator[str]:
        """Yield the members."""
        return map(self._index.iris.__getitem__, self.numbers)

    def __len__(self) -> int:
        """Return the number of members."""
        return len(self.numbers)


class NamedEdges(Mapping[str, AbstractSet[str]]):
    """Edges between numbers, read by IRI: node -> its successors."""

    def __init__(self, edges: Mapping[int, AbstractSet[int]], index: IriIndex) -> None:
        """Wrap numbered edges."""
        self._edges = edges
        self._index = index

    def __getitem__(self, iri: str) -> AbstractSet[str]:
        """Return the successors of a node."""
        return frozenset(map(self._index.iris.__getitem__, self._edges[self._index.numbers[iri]]))

    def __iter__(self) -> Iterator[str]:
        """Yield the nodes that have successors."""
        return map(self._index.iris.__getitem__, self._edges)

    def __len__(self) -> int:
        """Return the number of nodes that have successors."""
        return len(self._edges)
