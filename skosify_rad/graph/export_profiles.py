"""Export profiles: the graph as one tool needs it, where the default cannot be loaded; see docs/tools.md."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from skosify_rad.graph.freezing import freeze, group
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.namespaces import DCT, RDF, RDFS, SDO, SKOS, XSD
from skosify_rad.model.statements import Literal, Triple

_PERSON: Final = "https://orcid.org/"
_COLLECTIONS: Final = frozenset({SKOS.Collection, SKOS.OrderedCollection})


def apply_profile(graph: Graph, sources: SourceMap, name: str) -> tuple[Graph, SourceMap]:
    """Return the graph as a profile wants it, and the evidence of what is left of it.

    Raises:
        ConfigError: there is no such profile, or the scheme lacks metadata that it needs.

    """
    if not name:
        return graph, sources
    if name not in PROFILES:
        raise ConfigError(f"unknown profile {name!r}; known are {', '.join(PROFILES)}")
    made: dict[str, list[Triple]] = defaultdict(list)
    for triple in PROFILES[name](graph):
        made[triple.predicate].append(triple)
    subjects, _ = freeze(group({}, made), {}, graph.scheme)
    shaped = replace(graph, subjects=subjects)
    return shaped, {t: e for t, e in sources.items() if t.object in shaped.objects(t.subject, t.predicate)}


def shape_for_vocpub(graph: Graph) -> Iterator[Triple]:
    """Yield the graph as VocPub 5.2 wants it: nothing without a definition, and who made it as a typed IRI.

    A definition that the notes lack says so. Source: https://linked.data.gov.au/def/vocpub (sections 2.1 to 2.3).
    """
    yield from graph
    scheme = graph.scheme
    yield from _name_agents(graph)
    if not graph.objects(scheme, DCT.modified):
        for date in graph.objects(scheme, DCT.created):
            yield Triple(scheme, DCT.modified, date)
    for description in graph.objects(scheme, DCT.description):
        yield Triple(scheme, SKOS.definition, description)
    label = _find_label(graph, scheme)
    yield Triple(scheme, SKOS.historyNote, label._replace(value="Made from notes with rad2skos."))
    for subject in graph.subjects:
        types = set(graph.objects(subject, RDF.type))
        if types & _COLLECTIONS:
            yield Triple(subject, RDFS.isDefinedBy, scheme)
        if types & {SKOS.Concept, *_COLLECTIONS} and not graph.objects(subject, SKOS.definition):
            yield Triple(subject, SKOS.definition, _tell_no_definition(graph, subject))


def _name_agents(graph: Graph) -> Iterator[Triple]:
    """Yield the type of creator and publisher; the creator is the publisher too where none is named."""
    scheme = graph.scheme
    creators, publishers = graph.objects(scheme, DCT.creator), graph.objects(scheme, DCT.publisher)
    agents = [agent for agent in (*creators, *publishers) if isinstance(agent, str)]
    if not creators or len(agents) != len(creators + publishers) or not graph.objects(scheme, DCT.created):
        raise ConfigError(
            "the profile vocpub needs the date [scheme] created, and [scheme] creator and publisher as IRIs "
            "(without a publisher, it is the creator)"
        )
    for agent in agents:
        yield Triple(agent, RDF.type, SDO.Person if agent.startswith(_PERSON) else SDO.Organization)
        yield Triple(agent, SDO.name, Literal(agent))  # the configuration knows no other
        yield Triple(agent, SDO.url, Literal(agent, datatype=XSD.NS + "anyURI"))
    if not publishers:
        yield Triple(scheme, DCT.publisher, creators[0])


def _tell_no_definition(graph: Graph, subject: str) -> Literal:
    label = _find_label(graph, subject)
    if SKOS.Concept not in graph.objects(subject, RDF.type):
        return label._replace(value=f"What the notes list as “{label.value}”.")
    parents = [_find_label(graph, str(parent)).value for parent in graph.objects(subject, SKOS.broader)]
    place = " and ".join(f"“{parent}”" for parent in sorted(parents))
    return label._replace(
        value=f"Not defined in the notes; listed below {place}." if place else "Not defined in the notes."
    )


def _find_label(graph: Graph, subject: str) -> Literal:
    found = [term for term in graph.objects(subject, SKOS.prefLabel) if isinstance(term, Literal)]
    return found[0] if found else Literal(subject.removeprefix(graph.scheme))


def shape_for_skohub(graph: Graph) -> Iterator[Triple]:
    """Yield the graph as SkoHub Vocabs wants it: plain notations, collections of two or more concepts.

    A collection within a collection gives its concepts to the outer one.
    """
    members = {subject: sorted(_find_concepts(graph, subject)) for subject in _list_collections(graph)}
    gone = {subject for subject, concepts in members.items() if len(concepts) < 2}  # noqa: PLR2004 - SkoHub fails on one
    for triple in _leave_out(graph, gone):
        is_typed = triple.predicate == SKOS.notation and isinstance(triple.object, Literal) and triple.object.datatype
        if triple.predicate != SKOS.member and not is_typed:
            yield triple
    for subject in members.keys() - gone:
        yield from (Triple(subject, SKOS.member, concept) for concept in members[subject])


def _find_concepts(graph: Graph, collection: str) -> set[str]:
    """Return the concepts in a collection and in those within it."""
    seen, waiting = {collection}, [collection]
    while waiting:
        found = {term for term in graph.objects(waiting.pop(), SKOS.member) if isinstance(term, str)} - seen
        seen |= found
        waiting += found
    return {iri for iri in seen if SKOS.Concept in graph.objects(iri, RDF.type)}


def shape_for_atramhasis(graph: Graph) -> Iterator[Triple]:
    """Yield the graph as Atramhasis can import it: no collections, at which its library fails, and short identifiers.

    Without dcterms:identifier its pages would have a whole IRI in their address, and are not found.
    """
    for triple in _leave_out(graph, _list_collections(graph)):
        yield triple
        if (triple.predicate, triple.object) == (RDF.type, SKOS.Concept):
            yield Triple(triple.subject, DCT.identifier, Literal(triple.subject.removeprefix(graph.scheme)))


def _list_collections(graph: Graph) -> set[str]:
    return {s for s in graph.subjects if not _COLLECTIONS.isdisjoint(graph.objects(s, RDF.type))}


def _leave_out(graph: Graph, gone: set[str]) -> Iterator[Triple]:
    """Yield the triples that do not speak of these resources."""
    return (triple for triple in graph if triple.subject not in gone and triple.object not in gone)


PROFILES: Final[Mapping[str, Callable[[Graph], Iterable[Triple]]]] = MappingProxyType(
    {"atramhasis": shape_for_atramhasis, "skohub": shape_for_skohub, "vocpub": shape_for_vocpub}
)
"""Name -> the triples of a graph as that tool needs them."""
