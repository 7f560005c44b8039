"""The graph as a value: plain dicts of triples, and the map from each triple to its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from skosify_rad.model.namespaces import INVERSES, SKOS
from skosify_rad.model.statements import Evidence, Literal, Term, Triple

if TYPE_CHECKING:
    import rdflib

Properties = Mapping[str, tuple[Term, ...]]
"""Property -> its objects, of one subject."""

Subjects = Mapping[str, Properties]
"""Subject -> what is said of it."""

SourceMap = Mapping[Triple, tuple[Evidence, ...]]
"""Triple -> the evidence that states it; kept beside the graph, never inside it."""

MATERIALISED: Final = (SKOS.narrower, SKOS.broader, SKOS.related)
"""Properties whose inverse is written too; evidence is kept for the way it was stated."""


def evidence_of(sources: SourceMap, triple: Triple) -> tuple[Evidence, ...]:
    """Return the evidence of a triple, or of its inverse where that is what a note states."""
    found = sources.get(triple, ())
    if triple.predicate not in MATERIALISED or isinstance(triple.object, Literal):
        return found
    return found + sources.get(Triple(triple.object, INVERSES[triple.predicate], triple.subject), ())


@dataclass(frozen=True, slots=True)
class Graph:
    """An RDF graph of plain dicts: subject -> predicate -> sorted objects. No blank nodes."""

    subjects: Subjects
    """Every triple, subjects and predicates in the order outputs write them."""
    scheme: str = ""
    """IRI of the concept scheme (also the namespace of its concepts)."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Prefixes of this graph's own namespaces, beside `vocab.PREFIXES`."""

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple, in the order of the outputs."""
        for subject, properties in self.subjects.items():
            for predicate, objects in properties.items():
                for term in objects:
                    yield Triple(subject, predicate, term)

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(objects) for properties in self.subjects.values() for objects in properties.values())

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of a subject and predicate, empty where there are none."""
        return self.subjects.get(subject, {}).get(predicate, ())

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the same graph as an `rdflib.Graph`, for pySHACL and for users of the library."""
        import rdflib  # noqa: PLC0415 - 90 ms, needed by few

        graph = rdflib.Graph()
        for subject, predicate, term in self:
            graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _rdflib_term(term)))
        return graph


def _rdflib_term(term: Term) -> "rdflib.term.Node":
    import rdflib  # noqa: PLC0415 - as above

    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype) if term.datatype else None)
    return rdflib.URIRef(term)
