"""Kinds that came or went: what lies above and below them, as far as the rules about the hierarchy look."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import cached_property

from skosify_rad.region import Region
from skosify_rad.statements import Triple
from skosify_rad.vocab import SKOS


class Descent:
    """The lines of descent on which some pairs of a parent and a kind stand."""

    def __init__(self, region: Region, touched: Iterable[Triple]) -> None:
        """Take triples that were or are stated; those of `skos:narrower` count."""
        self._region = region
        pairs = [(t.subject, str(t.object)) for t in touched if t.predicate == SKOS.narrower]
        self._parents = frozenset(parent for parent, _ in pairs)
        self.kinds = frozenset(kind for _, kind in pairs)
        """The kinds themselves."""

    @cached_property
    def above(self) -> AbstractSet[str]:
        """The parents and all above them."""
        return self._region.climb(self._parents)

    @cached_property
    def below(self) -> AbstractSet[str]:
        """The kinds and all below them: between these and those above descent may change, and between no others."""
        return self._region.go_down(self.kinds)

    def find_around(self, core: AbstractSet[str]) -> AbstractSet[str]:
        """Return all that must be at hand for the rules about the hierarchy.

        That is all above these, by whatever way; and of each kind what it is related to, the core of the edit too,
        with all below a parent that the two share.
        """
        region = self._region
        related = core | region.follow(self.kinds, SKOS.related)
        shared = region.follow(related, SKOS.broader) & (self._parents | region.follow(self.kinds, SKOS.broader))
        shared |= self._parents if len(self.kinds) > 1 else set()  # of two that come, each may be related to the other
        return region.climb(self.above | self.below) | related | region.follow(shared, SKOS.narrower)

    def find_siblings(self) -> AbstractSet[str]:
        """Return all kinds of the parents: the steps of one scale have a code each."""
        return self._region.follow(self._parents, SKOS.narrower)
