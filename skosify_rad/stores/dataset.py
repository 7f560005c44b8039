"""Description of the dataset (VoID, DCAT) and of its SPARQL endpoint, loaded beside the concepts.

Sources: https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/,
https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import DCAT, DCT, FOAF, OWL, PREFIXES, RDF, SD, SH, SKOS, VANN, VOID, XSD
from skosify_rad.model.statements import Literal
from skosify_rad.stores.sparql_text import join_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skosify_rad.model.statements import Term

    Properties = Mapping[str, tuple[Term, ...]]

PREVIOUS_SUFFIX: Final = "/.well-known/previous"
_COPIED: Final = (
    *(DCT.title, DCT.description, DCT.creator, DCT.publisher, DCT.license, DCT.created, DCT.modified),
    *(OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
)
"""Properties of the concept scheme that also hold for the dataset."""
_EXAMPLES: Final = 3


def description_graph(scheme: str) -> str:
    """Return the IRI of the graph that describes a dataset, at VoID's well-known location.

    >>> description_graph("https://w3id.org/acme/rad/")
    'https://w3id.org/acme/rad/.well-known/void'
    """
    return scheme.rstrip("/#") + "/.well-known/void"


def previous_graph(graph: str) -> str:
    """Return the IRI of the graph that keeps the previous triples of a graph.

    >>> previous_graph("https://w3id.org/acme/rad/")
    'https://w3id.org/acme/rad/.well-known/previous'
    """
    return graph.rstrip("/#") + PREVIOUS_SUFFIX


def describe_dataset(lines: Sequence[bytes], scheme: str, endpoint: str = "") -> Graph:
    """Return the description of the dataset with this concept scheme, and of its SPARQL endpoint.

    Leave `endpoint` empty if there is no endpoint, or if it serves its own service description.
    """
    document = description_graph(scheme)
    dataset = f"{document}#dataset"
    counts = _count(lines, scheme)
    about = counts.about
    titles = (term for term in about.get(DCT.title, ()) if isinstance(term, Literal))
    prefixes, partitions = _declare_prefixes(counts, dataset), _partitions(counts, dataset)
    subjects: dict[str, Properties] = {
        document: {
            RDF.type: (VOID.DatasetDescription,),
            DCT.title: tuple(title._replace(value=f"Description of {title.value}") for title in titles),
            FOAF.topic: (dataset,),
        },
        dataset: {
            RDF.type: (DCAT.Dataset, VOID.Dataset),
            **{predicate: about[predicate] for predicate in _COPIED if predicate in about},
            VOID.triples: _number(len(lines)),
            VOID.entities: _number(len(counts.concepts)),
            VOID.distinctSubjects: _number(len(counts.subjects)),
            VOID.properties: _number(len(counts.predicates)),
            VOID.classPartition: tuple(sorted(partitions)),
            VOID.vocabulary: tuple(sorted(counts.prefixes.values())),
            VOID.exampleResource: counts.find_examples(),
            VOID.rootResource: (scheme,),
            VOID.uriSpace: (Literal(scheme),),
            SH.declare: tuple(sorted(prefixes)),
            **({VOID.sparqlEndpoint: (endpoint,)} if endpoint else {}),
        },
        **partitions,
        **prefixes,
        **(_describe_service(scheme, dataset, endpoint) if endpoint else {}),
    }
    kept = {subject: {p: terms for p, terms in properties.items() if terms} for subject, properties in subjects.items()}
    return Graph(kept)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts over a dataset, and what it says about its concept scheme."""

    subjects: Counter[bytes] = field(default_factory=Counter)
    """Subject, as in N-Triples -> number of triples."""
    predicates: set[str] = field(default_factory=set)
    classes: Counter[str] = field(default_factory=Counter)
    """IRI of a class -> number of instances."""
    concepts: list[bytes] = field(default_factory=list)
    """Instances of skos:Concept, as in N-Triples."""
    about: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    """Predicate -> objects of the concept scheme."""

    @property
    def prefixes(self) -> dict[str, str]:
        """Return the prefix and namespace of each vocabulary that the dataset uses."""
        used = self.predicates | self.classes.keys()
        return {prefix: ns for prefix, ns in PREFIXES.items() if any(iri.startswith(ns) for iri in used)}

    def find_examples(self) -> tuple[str, ...]:
        """Return the IRIs of the concepts with the most triples."""
        ordered = sorted(self.concepts, key=lambda concept: (-self.subjects[concept], concept))
        return tuple(concept[1:-1].decode() for concept in ordered[:_EXAMPLES])


def _count(lines: Sequence[bytes], scheme: str) -> _Counts:
    counts = _Counts()
    rdf_type, concept_class, own = (text.encode() for text in (f"<{RDF.type}>", f"<{SKOS.Concept}> .", f"<{scheme}>"))
    predicates, classes, about = set(), Counter[bytes](), []
    for line in lines:
        subject, predicate, term = line.split(b" ", 2)
        counts.subjects[subject] += 1
        predicates.add(predicate)
        if subject == own:
            about.append(line)
        if predicate == rdf_type:
            classes[term] += 1
            if term == concept_class:
                counts.concepts.append(subject)
    counts.predicates.update(predicate[1:-1].decode() for predicate in predicates)
    counts.classes.update({term[1 : -len("> .")].decode(): number for term, number in classes.items()})
    for quad in ox.parse(join_lines(about), format=ox.RdfFormat.N_TRIPLES):
        predicate = quad.predicate.value
        counts.about[predicate] = (*counts.about.get(predicate, ()), from_ox(quad.object))
    return counts


def from_ox(term: object) -> Term:
    """Convert a term of pyoxigraph."""
    value: str = getattr(term, "value", "")
    if not hasattr(term, "datatype"):
        return value
    language = getattr(term, "language", None) or ""
    datatype = term.datatype.value
    return Literal(value, language, "" if language or datatype == XSD.string else datatype)


def _number(value: int) -> tuple[Term, ...]:
    return (Literal(str(value), datatype=XSD.integer),)


def _partitions(counts: _Counts, dataset: str) -> dict[str, Properties]:
    return {
        f"{dataset}-{iri.replace('#', '/').rsplit('/', 1)[-1]}": {VOID.class_: (iri,), VOID.entities: _number(number)}
        for iri, number in sorted(counts.classes.items())
    }


def _declare_prefixes(counts: _Counts, dataset: str) -> dict[str, Properties]:
    """Return SHACL declarations of the prefixes that queries need.

    Source: https://www.w3.org/TR/shacl/#sparql-prefixes.
    """
    return {
        f"{dataset}-prefix-{prefix}": {
            SH.prefix: (Literal(prefix),),
            SH.namespace: (Literal(namespace, datatype=XSD.NS + "anyURI"),),
        }
        for prefix, namespace in counts.prefixes.items()
    }


def _describe_service(scheme: str, dataset: str, endpoint: str) -> dict[str, Properties]:
    service, graphs, graph = (f"{description_graph(scheme)}#{name}" for name in ("service", "graphs", "graph"))
    return {
        service: {
            RDF.type: (DCAT.DataService, SD.Service),
            SD.endpoint: (endpoint,),
            DCAT.endpointURL: (endpoint,),
            DCAT.servesDataset: (dataset,),
            SD.supportedLanguage: (SD.SPARQL11Query,),
            SD.defaultDataset: (graphs,),
        },
        graphs: {RDF.type: (SD.Dataset,), SD.namedGraph: (graph,)},
        graph: {RDF.type: (SD.NamedGraph,), SD.name: (scheme,), SD.graph: (dataset,)},
    }
