"""Our terms as pyoxigraph's, in the order of writing: the one door to the RDF syntaxes and the embedded store."""

from typing import TYPE_CHECKING

from skosify_rad.graph.graph import Graph
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import PREFIXES
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.order import order_graph, order_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox


class Nodes(dict[str, "ox.NamedNode"]):
    """IRI -> pyoxigraph's node, each made once: most IRIs of a graph occur many times.

    Raises:
        OutputError: an IRI that no RDF syntax can write.

    """

    def __missing__(self, iri: str) -> "ox.NamedNode":
        """Make the node of an IRI not met before."""
        import pyoxigraph as ox  # noqa: PLC0415 - 3 ms, and only for those who write

        try:
            node = ox.NamedNode(iri)
        except ValueError as error:
            raise OutputError(f"{iri!a} is not a valid IRI: {error}") from error
        self[iri] = node
        return node


def to_triples(graph: Graph, nodes: Nodes) -> "Iterator[ox.Triple]":
    """Yield every triple in the order of writing.

    Raises:
        OutputError: an IRI or literal that no RDF syntax can write; the message names it.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - as above

    for subject, properties in order_graph(graph):
        for predicate, objects in properties:
            for term in order_terms(objects):
                node = to_literal(term, nodes) if isinstance(term, Literal) else nodes[term]
                yield ox.Triple(nodes[subject], nodes[predicate], node)


def to_literal(literal: Literal, nodes: Nodes) -> "ox.Literal":
    """Return pyoxigraph's form of a literal.

    Raises:
        OutputError: a language tag that is none, or half a UTF-16 pair that UTF-8 cannot hold.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - as above

    try:
        if literal.language:
            return ox.Literal(literal.value, language=literal.language)
        if literal.datatype:
            return ox.Literal(literal.value, datatype=nodes[literal.datatype])
        return ox.Literal(literal.value)
    except ValueError as error:  # UnicodeEncodeError is one, too
        raise OutputError(f"the literal {literal.value[:60]!a} cannot be written: {error}") from error


def check_language(tag: str) -> str:
    """Return the language tag as it is written: in lower case.

    Raises:
        OutputError: it is no BCP 47 tag.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - as above

    try:
        return ox.Literal("", language=tag).language or ""
    except ValueError as error:
        raise OutputError(f"{tag!a} is no language tag: {error}") from error


def is_plain(text: str) -> bool:
    """Tell, in a tenth of the time of looking for what is not, whether every syntax can write a text as it is.

    What Python calls printable holds neither a control character nor half a UTF-16 pair nor what is no character.
    """
    return text.isprintable() and '"' not in text and "\\" not in text


def encode_text(text: str) -> bytes:
    """Return the text as UTF-8.

    Raises:
        OutputError: half a UTF-16 pair, which UTF-8 cannot hold.

    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        context = text[max(0, error.start - 30) : error.end + 30]
        raise OutputError(f"the text {context!a} cannot be written: {error.reason}") from error


def used_prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes that shorten at least one of the IRIs, the graph's own included."""
    iris = set(graph.subjects)
    for properties in graph.subjects.values():
        iris.update(properties)
        for objects in properties.values():
            iris.update(term.datatype if isinstance(term, Literal) else term for term in objects)
    known = {**PREFIXES, **graph.prefixes}
    return {prefix: ns for prefix, ns in known.items() if any(iri.startswith(ns) for iri in iris)}


def serialize_graph(graph: Graph, syntax: "ox.RdfFormat") -> bytes:
    """Return the graph in one of pyoxigraph's syntaxes; the scheme names the graph where a syntax has graphs.

    Raises:
        OutputError: a term or prefix that no RDF syntax can write.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - as above

    nodes = Nodes()
    statements: Iterator[ox.Triple] | Iterator[ox.Quad] = to_triples(graph, nodes)
    if syntax.supports_datasets:
        name = nodes[graph.scheme] if graph.scheme else ox.DefaultGraph()
        statements = (ox.Quad(t.subject, t.predicate, t.object, name) for t in to_triples(graph, nodes))
    try:  # streamed: a list of all triples would cost more than the writing
        written = ox.serialize(statements, format=syntax, prefixes=used_prefixes(graph))
    except ValueError as error:
        raise OutputError(f"the graph cannot be written as {syntax.name}: {error}") from error
    return written or b""
