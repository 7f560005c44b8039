"""JSON-LD that a JSON developer likes: short keys, language maps, arrays where there may be several.

Source: https://www.w3.org/TR/json-ld11/.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from skosify_rad.config import Config
from skosify_rad.diagnostics import OutputError
from skosify_rad.graph import Graph
from skosify_rad.outputs.base import Output
from skosify_rad.outputs.context import Base, ContextTerm, context_names, context_terms, read_context
from skosify_rad.outputs.order import order_graph
from skosify_rad.outputs.terms import Nodes, check_language, encode_text, to_literal
from skosify_rad.statements import Literal, Term
from skosify_rad.vocab import XSD

_AT_ONCE: Final = 500
"""So many resources are made and encoded at once: the objects of all would need three times the file's size."""
_NATIVE: Final = {"true": True, "false": False}


def write_jsonld(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the graph as JSON-LD: one object a resource, all in `@graph`, the scheme first.

    Raises:
        OutputError: text that JSON cannot hold, or an IRI that is none.

    """
    del config
    import orjson  # noqa: PLC0415 - loaded by those who write

    layout = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    base = Base(graph.scheme if graph.scheme[-1:] in "/#" else "")
    context = ({"@base": base.namespace} if base.namespace else {}) | read_context()
    head, tail = orjson.dumps({"@context": context, "@graph": [None]}, option=layout).rsplit(b"null", 1)
    objects = build_objects(graph, base)
    gap = head
    try:
        while some := list(islice(objects, _AT_ONCE)):
            yield gap + orjson.dumps(some, option=orjson.OPT_INDENT_2)[4:-2].replace(b"\n", b"\n  ")
            gap = b",\n    "
    except orjson.JSONEncodeError as error:  # half a UTF-16 pair, and orjson does not say where
        for triple in graph:
            encode_text(triple.object.value if isinstance(triple.object, Literal) else "")
        raise OutputError(f"the graph cannot be written as JSON-LD: {error}") from error
    yield tail if graph.subjects else orjson.dumps({"@context": context, "@graph": []}, option=layout)


def build_objects(graph: Graph, base: Base) -> Iterator[dict[str, object]]:
    """Yield one JSON object for each resource, in the order of writing."""
    terms, iris = context_terms(), _Identifiers(base)
    for subject, properties in order_graph(graph):
        made: dict[str, object] = {"id": iris[subject]}
        for predicate, values in properties:
            term = terms.get(predicate)
            fitting = [v for v in values if _fits(v, term)] if term else []
            if term and fitting:
                made[term.key] = _write_values(fitting, term, iris)
            if len(fitting) < len(values):
                iris.nodes[predicate]  # checks it
                made[predicate] = [_expand(v, iris) for v in values if not (term and _fits(v, term))]
        yield made


class _Identifiers(dict[str, str]):
    """IRI -> its shortest reference, each checked and shortened once."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.base = base
        self.nodes = Nodes()
        self.languages: set[str] = set()

    def __missing__(self, iri: str) -> str:
        self[iri] = short = self.base.shorten(iri)
        self.nodes[iri if short is iri else self.base.namespace]  # a sound one before such a name makes a sound IRI
        return short

    def check_language(self, language: str) -> None:
        if language not in self.languages:
            check_language(language)
            self.languages.add(language)


def _fits(value: Term, term: ContextTerm) -> bool:
    """Tell whether the term's coercion says all there is to say about the value."""
    if not isinstance(value, Literal):
        return term.coercion in ("@id", "@vocab")
    if term.coercion == XSD.boolean and value.value not in _NATIVE:
        return False
    if term.coercion == "@language":
        return bool(value.language)
    return not value.language and value.datatype == term.coercion


def _write_values(values: list[Term], term: ContextTerm, iris: _Identifiers) -> object:
    if term.coercion == "@language":
        literals = (v for v in values if isinstance(v, Literal))
        return _write_language_map(literals, term, iris)
    written = [_write_value(v, term, iris) for v in values]
    return written if term.is_set or len(written) > 1 else written[0]


def _write_value(value: Term, term: ContextTerm, iris: _Identifiers) -> str | bool:
    if isinstance(value, Literal):
        return _NATIVE[value.value] if term.coercion == XSD.boolean else value.value
    if term.coercion == "@vocab":
        iris.nodes[value]  # checks it
        return context_names().get(value, value)
    return iris[value]


def _write_language_map(values: Iterable[Literal], term: ContextTerm, iris: _Identifiers) -> dict[str, object]:
    by_language: dict[str, list[str]] = {}
    for value in values:
        by_language.setdefault(value.language, []).append(value.value)
    for language in by_language:
        iris.check_language(language)
    return {
        language: texts if term.is_set or len(texts) > 1 else texts[0]
        for language, texts in sorted(by_language.items())
    }


def _expand(value: Term, iris: _Identifiers) -> dict[str, str]:
    """Return a value as JSON-LD spells it out, for what no term of the context fits."""
    if not isinstance(value, Literal):
        return {"@id": iris[value]}
    to_literal(value, iris.nodes)
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.datatype} if value.datatype else {"@value": value.value}


JSONLD: Final = Output("jsonld", ".jsonld", "application/ld+json", write_jsonld)
