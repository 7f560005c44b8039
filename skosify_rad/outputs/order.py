"""The order in which outputs write: scheme first, labels before relations; kept in this one place."""

from collections.abc import Iterator, Sequence
from typing import Final

from skosify_rad.graph import Graph
from skosify_rad.statements import Literal, Term
from skosify_rad.vocab import ADMS, DCT, OWL, RAD, RDF, RDFS, SKOS, VANN

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
_TYPE_RANK: Final = {iri: rank for rank, iri in enumerate(TYPE_ORDER)}


def order_graph(graph: Graph) -> Iterator[tuple[str, list[tuple[str, Sequence[Term]]]]]:
    """Yield subject and (property, objects) in the order of writing, whatever the order of the graph."""
    orders: dict[tuple[str, ...], list[str]] = {}  # a few hundred sets of properties, had by all subjects
    ranked = sorted((_rank_subject(graph, subject), subject) for subject in graph.subjects)
    for _, subject in ranked:
        properties = graph.subjects[subject]
        names = tuple(properties)
        if names not in orders:
            orders[names] = sorted(names, key=_rank_property)
        if names:
            yield subject, [(name, order_terms(properties[name])) for name in orders[names]]


def order_terms(terms: tuple[Term, ...]) -> Sequence[Term]:
    """Return the objects of one property: IRIs first, then literals by value and language."""
    return sorted(terms, key=_rank_term) if len(terms) > 1 else terms


def _rank_subject(graph: Graph, subject: str) -> int:
    if subject == graph.scheme:
        return -1
    types = graph.subjects[subject].get(RDF.type, ())
    return min((_TYPE_RANK[t] for t in types if t in _TYPE_RANK), default=len(_TYPE_RANK))


def _rank_property(predicate: str) -> tuple[int, str]:
    return _PROPERTY_RANK.get(predicate, len(_PROPERTY_RANK)), predicate


def _rank_term(term: Term) -> tuple[bool, Term]:
    return isinstance(term, Literal), term
