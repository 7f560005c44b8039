"""The graph as plain dicts, and the map from each triple to its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from skosify_rad.model.namespaces import INVERSES, SKOS
from skosify_rad.model.statements import Evidence, Literal, Term, Triple

if TYPE_CHECKING:
    import rdflib

Properties = Mapping[str, tuple[Term, ...]]
"""Property -> objects, of one subject."""

Subjects = Mapping[str, Properties]
"""Subject -> its properties."""

SourceMap = Mapping[Triple, tuple[Evidence, ...]]
"""Triple -> its evidence; kept separate from the graph."""

MATERIALISED: Final = (SKOS.narrower, SKOS.broader, SKOS.related)
"""Properties whose inverse is added to the graph. Only the direction that a note states has evidence."""


def evidence_of(sources: SourceMap, triple: Triple) -> tuple[Evidence, ...]:
    """Return the evidence of a triple, or, if it has none, that of its inverse, which means the same."""
    found = sources.get(triple, ())
    inverse = INVERSES.get(triple.predicate)
    if found or inverse is None or isinstance(triple.object, Literal):
        return found
    return sources.get(Triple(triple.object, inverse, triple.subject), ())


@dataclass(frozen=True, slots=True)
class Graph:
    """An RDF graph as plain dicts: subject -> predicate -> objects. Graphs built from notes have no blank nodes."""

    subjects: Subjects
    """All triples; subjects and predicates in output order."""
    scheme: str = ""
    """IRI of the concept scheme (also the namespace of its concepts)."""
    prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Prefixes of the graph's own namespaces, in addition to `namespaces.PREFIXES`."""

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple, in output order."""
        for subject, properties in self.subjects.items():
            for predicate, objects in properties.items():
                for term in objects:
                    yield Triple(subject, predicate, term)

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(objects) for properties in self.subjects.values() for objects in properties.values())

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of a subject and predicate."""
        return self.subjects.get(subject, {}).get(predicate, ())

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the graph as an `rdflib.Graph`, for users of the library."""
        import rdflib  # noqa: PLC0415 - 90 ms, for users of the library only

        def convert(term: Term) -> rdflib.term.Node:
            if isinstance(term, str):
                return rdflib.URIRef(term)
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype) if term.datatype else None)

        graph = rdflib.Graph()
        for subject, predicate, term in self:
            graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), convert(term)))
        return graph
