"""JSON-LD that a JSON developer likes: short keys, language maps, arrays where there may be several.

Source: https://www.w3.org/TR/json-ld11/.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, starmap
from typing import Final, TypeVar

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import XSD
from skosify_rad.model.properties import Property
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.context import Base, build_context, context_names, context_terms
from skosify_rad.outputs.order import order_graph, order_terms
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import Nodes, check_language, encode_text, to_literal

Value = TypeVar("Value")

_AT_ONCE: Final = 500
"""So many resources are made and encoded at once: the objects of all would need three times the file's size."""
GAP: Final = b",\n    "
"""What stands between two objects."""
_NATIVE: Final = {"true": True, "false": False}


def write_jsonld(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the graph as JSON-LD: one object a resource, all in `@graph`, the scheme first.

    Raises:
        OutputError: text that JSON cannot hold, or an IRI that is none.

    """
    del config
    import orjson  # noqa: PLC0415 - loaded by those who write

    writer = ObjectWriter(graph)
    head, tail = writer.make_frame(build_context())
    objects = starmap(writer.make_object, order_graph(graph))
    gap = head
    try:
        while some := list(islice(objects, _AT_ONCE)):
            yield gap + encode_objects(some)
            gap = GAP
    except orjson.JSONEncodeError as error:
        raise explain(graph, error) from error
    yield tail if graph.subjects else head.rstrip() + b"]\n}\n"


def explain(graph: Graph, error: Exception) -> OutputError:
    """Return what half a UTF-16 pair is reported as; orjson does not say where it is."""
    for triple in graph:
        encode_text(triple.object.value if isinstance(triple.object, Literal) else "")
    return OutputError(f"the graph cannot be written as JSON-LD: {error}")


def encode_objects(objects: list[dict[str, object]]) -> bytes:
    """Return objects as they stand in `@graph`."""
    import orjson  # noqa: PLC0415 - as above

    return orjson.dumps(objects, option=orjson.OPT_INDENT_2)[4:-2].replace(b"\n", b"\n  ")


class _Identifiers(dict[str, str]):
    """IRI -> its shortest reference, each checked and shortened once."""

    def __init__(self, base: Base, nodes: Nodes) -> None:
        super().__init__()
        self.base = base
        self.nodes = nodes

    def __missing__(self, iri: str) -> str:
        self[iri] = short = self.base.shorten(iri)
        self.nodes[iri if short is iri else self.base.namespace]  # a sound one before such a name makes a sound IRI
        return short


class _Names(dict[str, str]):
    """IRI of a class or state -> its name in the context, or the IRI, checked once."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__()
        self.nodes = nodes

    def __missing__(self, iri: str) -> str:
        self.nodes[iri]
        self[iri] = name = context_names().get(iri, iri)
        return name


class ObjectWriter:
    """Makes the objects and their members."""

    def __init__(self, graph: Graph) -> None:
        self.base = Base(graph.scheme if graph.scheme[-1:] in "/#" else "")
        self.nodes = Nodes()
        self.iris = _Identifiers(self.base, self.nodes)
        self.names = _Names(self.nodes)
        self.short: Mapping[str, dict[str, str]] = {"@id": self.iris, "@vocab": self.names}
        """Coercion -> IRI -> its reference."""
        self.languages = _Languages()

    def make_frame(self, context: dict[str, object]) -> tuple[bytes, bytes]:
        """Return what stands before and after the objects of a document."""
        import orjson  # noqa: PLC0415 - as above

        context = ({"@base": self.base.namespace} if self.base.namespace else {}) | context
        layout = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        head, tail = orjson.dumps({"@context": context, "@graph": [None]}, option=layout).rsplit(b"null", 1)
        return head, tail

    def make_object(self, subject: str, properties: list[tuple[str, tuple[Term, ...]]]) -> dict[str, object]:
        """Return a resource as a JSON object."""
        terms, short = context_terms(), self.short
        made: dict[str, object] = {"id": self.iris[subject]}
        for predicate, values in properties:
            term, only = terms.get(predicate), values[0] if len(values) == 1 else None
            if term and isinstance(only, str) and term.coercion in short:  # seven of ten
                reference = short[term.coercion][only]
                made[term.key] = [reference] if term.is_set else reference
            else:
                made |= self.write_members(predicate, order_terms(values))
        return made

    def write_members(self, predicate: str, values: Sequence[Term]) -> dict[str, object]:
        """Return a property as members: one for values that its term fits, one for those to be spelt out."""
        term = context_terms().get(predicate)
        fitting = [v for v in values if _fits(v, term)] if term else []
        members: dict[str, object] = {}
        if term and fitting:
            members[term.key] = self._write_values(fitting, term)
        if len(fitting) < len(values):
            self.nodes[predicate]  # checks it
            members[predicate] = [self._expand(v) for v in values if not (term and _fits(v, term))]
        return members

    def _write_values(self, values: list[Term], term: Property) -> object:
        if term.coercion != "@language":
            return _unwrap([self._write_value(v, term) for v in values], term)
        by_language: dict[str, list[str]] = {}
        for value in values:
            assert isinstance(value, Literal)
            by_language.setdefault(self.languages[value.language], []).append(value.value)
        return {language: _unwrap(by_language[language], term) for language in sorted(by_language)}

    def _write_value(self, value: Term, term: Property) -> str | bool:
        if isinstance(value, str):
            return self.short[term.coercion][value]
        return _NATIVE[value.value] if term.coercion == XSD.boolean else value.value

    def _expand(self, value: Term) -> dict[str, str]:
        """Return a value as JSON-LD spells it out, for what no term of the context fits."""
        if isinstance(value, str):
            return {"@id": self.iris[value]}
        to_literal(value, self.nodes)
        if value.language:
            return {"@value": value.value, "@language": value.language}
        return {"@value": value.value, "@type": value.datatype} if value.datatype else {"@value": value.value}


class _Languages(dict[str, str]):
    """Language tag -> itself, checked once."""

    def __missing__(self, tag: str) -> str:
        check_language(tag)
        self[tag] = tag
        return tag


def _unwrap(values: list[Value], term: Property) -> Value | list[Value]:
    """Return one value alone where its term allows it."""
    return values if term.is_set or len(values) > 1 else values[0]


def _fits(value: Term, term: Property) -> bool:
    """Return whether the term's coercion says all there is to say about the value."""
    if isinstance(value, str):
        return term.coercion in ("@id", "@vocab")
    if term.coercion == XSD.boolean and value.value not in _NATIVE:
        return False
    if term.coercion == "@language":
        return bool(value.language)
    return not value.language and value.datatype == term.coercion


JSONLD: Final = Output("jsonld", ".jsonld", "application/ld+json", write_jsonld)
