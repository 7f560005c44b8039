"""What endpoints and people need beside the concepts: a description of the data set, and of the service.

Sources: https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/,
https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import DCAT, DCT, FOAF, OWL, PREFIXES, RDF, SD, SH, SKOS, VANN, VOID, XSD
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from skosify_rad.model.statements import Term

_TAKEN_OVER: Final = (
    *(DCT.title, DCT.description, DCT.creator, DCT.publisher, DCT.license, DCT.created, DCT.modified),
    *(OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
)
"""What the scheme says of itself holds for the data set, too."""
_EXAMPLES: Final = 3


def description_graph(scheme: str) -> str:
    """Return the IRI of the graph that describes a data set, where VoID looks for it.

    >>> description_graph("https://w3id.org/acme/rad/")
    'https://w3id.org/acme/rad/.well-known/void'
    """
    return scheme.rstrip("/#") + "/.well-known/void"


def previous_graph(graph: str) -> str:
    """Return the IRI of the graph that keeps what a graph held before.

    >>> previous_graph("https://w3id.org/acme/rad/")
    'https://w3id.org/acme/rad/.well-known/previous'
    """
    return graph.rstrip("/#") + "/.well-known/previous"


def describe_dataset(triples: Sequence[ox.Triple], scheme: str, endpoint: str = "") -> Graph:
    """Return the description of the data set with this scheme, and of the endpoint that serves it, where there is one.

    The endpoint's own part is left out when `endpoint` is empty: where there is none, or where it describes itself.
    """
    document = description_graph(scheme)
    dataset = f"{document}#dataset"
    about = _properties_of(triples, scheme)
    subjects: dict[str, Mapping[str, tuple[Term, ...]]] = {
        document: {RDF.type: (VOID.DatasetDescription,), DCT.title: _titles(about), FOAF.topic: (dataset,)},
        dataset: {
            RDF.type: (DCAT.Dataset, VOID.Dataset),
            **{predicate: about[predicate] for predicate in _TAKEN_OVER if predicate in about},
            **_count(triples, dataset),
            VOID.vocabulary: _vocabularies(triples),
            VOID.exampleResource: _examples(triples),
            VOID.rootResource: (scheme,),
            VOID.uriSpace: (Literal(scheme),),
            SH.declare: tuple(sorted(_declare_prefixes(triples, dataset))),
            **({VOID.sparqlEndpoint: (endpoint,)} if endpoint else {}),
        },
    }
    subjects.update(_partitions(triples, dataset))
    subjects.update(_declare_prefixes(triples, dataset))
    if endpoint:
        subjects.update(_describe_service(scheme, dataset, endpoint))
    kept = {subject: {p: terms for p, terms in properties.items() if terms} for subject, properties in subjects.items()}
    return Graph(kept)


def _properties_of(triples: Sequence[ox.Triple], scheme: str) -> dict[str, tuple[Term, ...]]:
    found: dict[str, tuple[Term, ...]] = {}
    for triple in triples:
        if getattr(triple.subject, "value", "") == scheme:
            predicate = triple.predicate.value
            found[predicate] = (*found.get(predicate, ()), from_ox(triple.object))
    return found


def from_ox(term: object) -> Term:
    """Return pyoxigraph's term as ours."""
    value: str = getattr(term, "value", "")
    if not hasattr(term, "datatype"):
        return value
    language = getattr(term, "language", None) or ""
    datatype = term.datatype.value
    return Literal(value, language, "" if language or datatype == XSD.string else datatype)


def _titles(about: Mapping[str, tuple[Term, ...]]) -> tuple[Term, ...]:
    titles = (term for term in about.get(DCT.title, ()) if isinstance(term, Literal))
    return tuple(title._replace(value=f"Description of {title.value}") for title in titles)


def _number(value: int) -> tuple[Term, ...]:
    return (Literal(str(value), datatype=XSD.integer),)


def _count(triples: Sequence[ox.Triple], dataset: str) -> dict[str, tuple[Term, ...]]:
    return {
        VOID.triples: _number(len(triples)),
        VOID.entities: _number(len(_concepts(triples))),
        VOID.distinctSubjects: _number(len({getattr(t.subject, "value", "") for t in triples})),
        VOID.properties: _number(len({t.predicate.value for t in triples})),
        VOID.classPartition: tuple(sorted(_partitions(triples, dataset))),
    }


def _partitions(triples: Sequence[ox.Triple], dataset: str) -> dict[str, Mapping[str, tuple[Term, ...]]]:
    classes = Counter(getattr(t.object, "value", "") for t in triples if t.predicate.value == RDF.type)
    return {
        f"{dataset}-{iri.replace('#', '/').rsplit('/', 1)[-1]}": {VOID.class_: (iri,), VOID.entities: _number(number)}
        for iri, number in sorted(classes.items())
    }


def _vocabularies(triples: Sequence[ox.Triple]) -> tuple[Term, ...]:
    return tuple(sorted(_used_prefixes(triples).values()))


def _used_prefixes(triples: Sequence[ox.Triple]) -> dict[str, str]:
    used = {t.predicate.value for t in triples}
    used |= {getattr(t.object, "value", "") for t in triples if t.predicate.value == RDF.type}
    return {prefix: ns for prefix, ns in PREFIXES.items() if any(iri.startswith(ns) for iri in used)}


def _declare_prefixes(triples: Sequence[ox.Triple], dataset: str) -> dict[str, Mapping[str, tuple[Term, ...]]]:
    """Return the prefixes that queries need, as SHACL has them declared.

    Source: https://www.w3.org/TR/shacl/#sparql-prefixes.
    """
    return {
        f"{dataset}-prefix-{prefix}": {
            SH.prefix: (Literal(prefix),),
            SH.namespace: (Literal(namespace, datatype=XSD.NS + "anyURI"),),
        }
        for prefix, namespace in _used_prefixes(triples).items()
    }


def _examples(triples: Sequence[ox.Triple]) -> tuple[Term, ...]:
    """Return the concepts with most relations: the ones that show most."""
    sizes = Counter(getattr(t.subject, "value", "") for t in triples)
    return tuple(sorted(_concepts(triples), key=lambda iri: (-sizes[iri], iri))[:_EXAMPLES])


def _concepts(triples: Sequence[ox.Triple]) -> set[str]:
    typed = (t for t in triples if t.predicate.value == RDF.type)
    return {getattr(t.subject, "value", "") for t in typed if getattr(t.object, "value", "") == SKOS.Concept}


def _describe_service(scheme: str, dataset: str, endpoint: str) -> dict[str, Mapping[str, tuple[Term, ...]]]:
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
