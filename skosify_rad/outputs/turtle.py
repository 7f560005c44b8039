"""Turtle for reading in a diff: one resource a block, one object a line, prefixes only where used.

Written here and not by pyoxigraph: its Turtle has one line a property, and the layout would have to be made by
taking its text apart again, which costs twice what writing it does. Both parsers of the tests read it back.

Source: https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import PREFIXES, RDF, XSD
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.order import order_graph, order_terms
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import Nodes, check_language, encode_text, is_plain

_PREFIX: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LOCAL: Final = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
"""Narrower than Turtle's PN_LOCAL: names that need no escape; all others are written as whole IRIs."""
_AT_ONCE: Final = 500
"""So many resources are encoded at once."""
_NEXT_PROPERTY: Final = " ;\n    "
_NEXT_OBJECT: Final = " ,\n        "
_ESCAPES: Final = {c: f"\\u{c:04X}" for c in (*range(0x20), 0x7F)} | {
    ord(c): "\\" + e for c, e in zip('"\\\n\r\t', '"\\nrt', strict=True)
}


def write_turtle(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the graph as Turtle, the prefixes first, then a resource after the other.

    Raises:
        OutputError: a term or prefix that no RDF syntax can write.

    """
    del config
    writer = TurtleWriter(graph)
    blocks = writer.write_blocks()
    pieces: list[bytes] = []  # all, since only then it is known which prefixes are used
    while some := list(islice(blocks, _AT_ONCE)):
        pieces.append(encode_text("\n\n".join(some)))
    yield writer.write_prefixes() if pieces else b"\n"
    gap = b"\n" if writer.used else b""
    for piece in pieces:
        yield gap + piece + b"\n"
        gap = b"\n"


class TurtleWriter(dict[str, str]):
    """IRI -> how Turtle writes it, each checked and shortened once; knows which prefixes were used."""

    def __init__(self, graph: Graph) -> None:
        """Prepare the prefixes.

        Raises:
            OutputError: a prefix that Turtle cannot write.

        """
        super().__init__()
        self.graph = graph
        self.nodes = Nodes()
        self.known = {**PREFIXES, **graph.prefixes}
        self.by_namespace = {namespace: prefix for prefix, namespace in self.known.items()}
        self.used: set[str] = set()
        self.tags: dict[str, str] = {}
        for prefix in graph.prefixes:
            if not _PREFIX.fullmatch(prefix):
                raise OutputError(f"the prefix {prefix!a} cannot be written: use letters, digits, - and _")

    def __missing__(self, iri: str) -> str:
        """Shorten an IRI not met before."""
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.by_namespace.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(iri, end):
            self.nodes[iri]  # checks it
            written = f"<{iri}>"
        else:
            self.nodes[iri[:end]]  # a sound namespace before such a name makes a sound IRI
            self.used.add(prefix)
            written = f"{prefix}:{iri[end:]}"
        self[iri] = written
        return written

    def write_prefixes(self) -> bytes:
        """Return the declarations of the prefixes used so far, by name."""
        return "".join([f"@prefix {prefix}: <{self.known[prefix]}> .\n" for prefix in sorted(self.used)]).encode()

    def write_blocks(self) -> Iterator[str]:
        """Yield one resource after the other, without the line end."""
        for subject, properties in order_graph(self.graph):
            yield self.write_block(subject, properties)

    def write_block(self, subject: str, properties: list[tuple[str, tuple[Term, ...]]]) -> str:
        """Return a resource, without the line end."""
        lines = [self.write_property(predicate, objects) for predicate, objects in properties]
        return f"{self[subject]} {_NEXT_PROPERTY.join(lines)} ."

    def write_property(self, predicate: str, objects: tuple[Term, ...]) -> str:
        """Return a property with its objects, one a line."""
        verb = "a" if predicate == RDF.type else self[predicate]
        if len(objects) == 1:
            term = objects[0]
            return f"{verb} {self[term] if isinstance(term, str) else self.write_literal(term)}"
        written = [self[o] if isinstance(o, str) else self.write_literal(o) for o in order_terms(objects)]
        return f"{verb} {_NEXT_OBJECT.join(written)}"

    def write_literal(self, literal: Literal) -> str:
        """Return a literal; every line end in it is an escape, so that a line of the file is one of the syntax."""
        value, language, datatype = literal
        text = f'"{value if is_plain(value) else value.translate(_ESCAPES)}"'
        if language:
            return text + self.write_language(language)
        if datatype == XSD.boolean and value in ("true", "false"):
            return value
        return f"{text}^^{self[datatype]}" if datatype and datatype != XSD.string else text

    def write_language(self, tag: str) -> str:
        """Return a language tag with its sign, each checked once."""
        if tag not in self.tags:
            self.tags[tag] = f"@{check_language(tag)}"
        return self.tags[tag]


TURTLE: Final = Output("turtle", ".ttl", "text/turtle", write_turtle)
