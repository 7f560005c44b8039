"""JSKOS for jskos-server and Cocoda: the concepts, the scheme and the mappings, one JSON object a line.

Source: https://gbv.github.io/jskos/ (0.7.1). It has no collections and no notation of a named system.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.order import order_graph, order_terms
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.sssom import PREDICATES

Item = dict[str, Any]

_LISTS: Final = {
    SKOS.altLabel: "altLabel",
    SKOS.hiddenLabel: "hiddenLabel",
    SKOS.definition: "definition",
    SKOS.scopeNote: "scopeNote",
    SKOS.example: "example",
    SKOS.note: "note",
    SKOS.changeNote: "changeNote",
    SKOS.editorialNote: "editorialNote",
    SKOS.historyNote: "historyNote",
    DCT.description: "definition",
}
"""Properties that hold text, several in a language."""
_REFERENCES: Final = {
    SKOS.inScheme: "inScheme",
    SKOS.topConceptOf: "topConceptOf",
    SKOS.hasTopConcept: "topConcepts",
    SKOS.broader: "broader",
    SKOS.narrower: "narrower",
    SKOS.related: "related",
    DCT.creator: "creator",
    DCT.publisher: "publisher",
    DCT.license: "license",
    DCT.source: "source",
    DCT.isReplacedBy: "replacedBy",
}
"""Properties that name other things; a name without an IRI is given by its label."""
_DATES: Final = {DCT.created: "created", DCT.modified: "modified"}


def write_jskos(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield every concept in the order of the Turtle, one a line."""
    del config
    for subject, properties in order_graph(graph):
        found = dict(properties)
        if SKOS.Concept in found.get(RDF.type, ()):
            yield _encode(_make_item(subject, found, SKOS.Concept))


def write_jskos_more(graph: Graph, config: Config) -> Iterator[tuple[str, bytes]]:
    """Yield the scheme and the mappings, each with the path of its file."""
    del config
    scheme = _make_item(graph.scheme, graph.subjects.get(graph.scheme, {}), SKOS.ConceptScheme)
    tags = {tag for triple in graph if isinstance(triple.object, Literal) and (tag := triple.object.language)}
    scheme |= {"namespace": graph.scheme, "languages": sorted(map(str.lower, tags))}
    yield "scheme.jskos.ndjson", _encode(scheme)
    yield "mappings.jskos.ndjson", b"".join(map(_encode, list_mappings(graph)))


def list_mappings(graph: Graph) -> Iterator[Item]:
    """Yield the mappings of every concept, ordered by concept."""
    for subject in sorted(graph.subjects):
        if SKOS.Concept in graph.objects(subject, RDF.type):
            for predicate in PREDICATES:
                for term in order_terms(graph.objects(subject, predicate)):
                    if isinstance(term, str):
                        start, end = ({"memberSet": [{"uri": uri}]} for uri in (subject, term))
                        yield {"type": [predicate], "fromScheme": {"uri": graph.scheme}, "from": start, "to": end}


def _make_item(uri: str, properties: Mapping[str, tuple[Term, ...]], kind: str) -> Item:
    """Return a concept or scheme."""
    made: Item = {"uri": uri, "type": [kind]}
    for predicate, values in properties.items():
        terms = order_terms(values)
        texts = [term for term in terms if isinstance(term, Literal) and term.value]
        if predicate == SKOS.prefLabel:
            made["prefLabel"] = {_tag(text): text.value for text in reversed(texts)}
        elif predicate in _LISTS:
            _add_texts(made.setdefault(_LISTS[predicate], {}), texts)
        elif predicate in _REFERENCES and terms:
            made[_REFERENCES[predicate]] = [_refer(term) for term in terms if term]
        elif predicate in _DATES and texts:
            made[_DATES[predicate]] = texts[0].value
        elif predicate == SKOS.notation and texts:
            made["notation"] = list(dict.fromkeys(text.value for text in texts))
        elif predicate == OWL.versionInfo and texts:
            made["version"] = texts[0].value
        elif predicate == OWL.deprecated and texts:
            made["deprecated"] = texts[0].value in ("true", "1")
    return made


def _add_texts(found: dict[str, list[str]], texts: list[Literal]) -> None:
    for text in texts:
        found.setdefault(_tag(text), []).append(text.value)


def _tag(text: Literal) -> str:
    """Return the language as JSKOS wants it, in lower case; `und` where there is none."""
    return text.language.lower() or "und"


def _refer(term: Term) -> Item:
    return {"uri": term} if isinstance(term, str) else {"prefLabel": {_tag(term): term.value}}


def _encode(item: Item) -> bytes:
    """Return an object as a line.

    Raises:
        OutputError: text that JSON cannot hold.

    """
    import orjson  # noqa: PLC0415 - loaded by those who write

    try:
        return orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as error:  # half a UTF-16 pair
        raise OutputError(f"{item.get('uri', 'a mapping')} cannot be written as JSKOS: {error}") from error


JSKOS: Final = Output(
    "jskos", ".jskos.ndjson", "application/x-ndjson", write_jskos, write_more=write_jskos_more, is_rdf=False
)
