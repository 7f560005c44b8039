"""The order in which outputs write: scheme first, labels before relations; kept in this one place."""

from collections.abc import Iterator, Sequence
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RAD, RDF, RDFS, SKOS, VANN
from skosify_rad.model.statements import Literal, Term

PROPERTY_ORDER: Final[tuple[str, ...]] = (
    RDF.type,
    # what it is called
    DCT.title,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    SKOS.notation,
    # what it is
    DCT.description,
    RDFS.comment,
    SKOS.definition,
    SKOS.scopeNote,
    SKOS.example,
    SKOS.note,
    # where it stands
    SKOS.inScheme,
    SKOS.topConceptOf,
    SKOS.hasTopConcept,
    SKOS.broader,
    SKOS.narrower,
    SKOS.related,
    SKOS.member,
    SKOS.memberList,
    RDF.first,
    RDF.rest,
    RAD.differentialOf,
    RAD.differentialDiagnosis,
    RAD.distinguishedBy,
    # what it matches elsewhere
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
    OWL.sameAs,
    # where it comes from and how it fares
    RDFS.isDefinedBy,
    DCT.source,
    RDFS.seeAlso,
    DCT.identifier,
    ADMS.status,
    OWL.deprecated,
    DCT.isReplacedBy,
    SKOS.editorialNote,
    SKOS.changeNote,
    SKOS.historyNote,
    DCT.creator,
    DCT.publisher,
    DCT.license,
    DCT.language,
    DCT.created,
    DCT.modified,
    OWL.versionInfo,
    VANN.preferredNamespacePrefix,
    VANN.preferredNamespaceUri,
)
"""Properties as a reader expects them; those not listed follow, by IRI."""

TYPE_ORDER: Final[tuple[str, ...]] = (
    SKOS.ConceptScheme,
    SKOS.Concept,
    SKOS.Collection,
    SKOS.OrderedCollection,
)
"""Resources are grouped by type in this order; those of no such type follow."""

_PROPERTY_RANK: Final = {iri: rank for rank, iri in enumerate(PROPERTY_ORDER)}
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
            orders[names] = order = sorted(names, key=_rank_property)
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


def _rank_property(predicate: str) -> tuple[int, str]:
    return _PROPERTY_RANK.get(predicate, len(_PROPERTY_RANK)), predicate


def _rank_term(term: Term) -> tuple[bool, Term]:
    return isinstance(term, Literal), term
