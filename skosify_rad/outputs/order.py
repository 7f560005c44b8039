"""The order in which outputs write: the scheme first, then concepts, then collections."""

from collections.abc import Iterator, Sequence
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.properties import rank_property
from skosify_rad.model.statements import Literal, Term

TYPE_ORDER: Final[tuple[str, ...]] = (
    SKOS.ConceptScheme,
    SKOS.Concept,
    SKOS.Collection,
    SKOS.OrderedCollection,
)
"""Resources are grouped by type in this order; those of no such type follow."""

_TYPE_RANK: Final[dict[Term, int]] = {iri: rank for rank, iri in enumerate(TYPE_ORDER)}
_LAST: Final = len(TYPE_ORDER)


def order_graph(graph: Graph) -> Iterator[tuple[str, list[tuple[str, tuple[Term, ...]]]]]:
    """Yield subject and (property, objects) in the order of writing; the objects are as `order_terms` finds them."""
    orders: dict[tuple[str, ...], list[str]] = {}  # a few hundred sets of properties, had by all subjects
    ranks: dict[tuple[Term, ...], int] = {}  # as few of types
    ranked: list[tuple[int, str]] = []
    for subject, properties in graph.subjects.items():
        types = properties.get(RDF.type, ())
        rank = ranks.get(types)
        if rank is None:
            ranks[types] = rank = rank_types(types)
        ranked.append((-1 if subject == graph.scheme else rank, subject))
    ranked.sort()
    for _, subject in ranked:
        properties = graph.subjects[subject]
        names = tuple(properties)
        order = orders.get(names)
        if order is None:
            orders[names] = order = sorted(names, key=rank_property)
        if names:
            yield subject, [(name, properties[name]) for name in order]


def rank_types(types: tuple[Term, ...]) -> int:
    """Return what groups a resource of these types with others; within a group they are in the order of their IRIs."""
    return min((_TYPE_RANK.get(t, _LAST) for t in types), default=_LAST)


def order_terms(terms: tuple[Term, ...]) -> Sequence[Term]:
    """Return the objects of one property: IRIs first, then literals by value and language."""
    if len(terms) == 1:
        return terms
    try:
        return sorted(terms)  # nearly always all are of one sort, and need no key
    except TypeError:
        return sorted(terms, key=_rank_term)


def _rank_term(term: Term) -> tuple[bool, Term]:
    return isinstance(term, Literal), term
