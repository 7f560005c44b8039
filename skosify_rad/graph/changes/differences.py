"""Two graphs -> the triples that only one of them has."""

from collections.abc import Iterator
from typing import NamedTuple

from skosify_rad.graph.changes.blank_nodes import is_blank, name_blank_nodes
from skosify_rad.graph.graph import Graph, Properties, Subjects
from skosify_rad.model.statements import Triple


class Differences(NamedTuple):
    """The difference of two graphs. Blank nodes have names that are comparable (see `blank_nodes`)."""

    old: Subjects
    """The old graph."""
    new: Subjects
    """The new graph."""
    removed: tuple[Triple, ...]
    """Triples of the old graph that the new one lacks."""
    added: tuple[Triple, ...]
    """Triples of the new graph that the old one lacks."""

    @property
    def touches_blanks(self) -> bool:
        """Whether a changed triple has a blank node."""
        return any(is_blank(t.subject) or is_blank(t.object) for t in (*self.removed, *self.added))


def find_differences(old: Graph, new: Graph) -> Differences:
    """Return what changed, in the order of the graphs."""
    before, after = name_blank_nodes(old), name_blank_nodes(new)
    return Differences(before, after, tuple(_subtract(before, after)), tuple(_subtract(after, before)))


def _subtract(graph: Subjects, other: Subjects) -> Iterator[Triple]:
    nothing: Properties = {}
    for subject, properties in graph.items():
        there = other.get(subject, nothing)
        if properties == there:
            continue
        for predicate, terms in properties.items():
            known = there.get(predicate, ())
            if terms != known:
                kept = frozenset(known)
                yield from (Triple(subject, predicate, term) for term in terms if term not in kept)
