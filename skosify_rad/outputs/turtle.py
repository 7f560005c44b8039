"""Turtle for reading in a diff: one resource a block, one object a line, prefixes only where used.

Written here and not by pyoxigraph: its Turtle has one line a property, and the layout would have to be made by
taking its text apart again, which costs twice what writing it does. Both parsers of the tests read it back.

Source: https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from skosify_rad.config import Config
from skosify_rad.diagnostics import OutputError
from skosify_rad.graph import Graph
from skosify_rad.outputs.base import Output
from skosify_rad.outputs.order import order_graph
from skosify_rad.outputs.terms import Nodes, check_language, encode_text
from skosify_rad.statements import Literal, Term
from skosify_rad.vocab import PREFIXES, RDF, XSD

_PREFIX: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LOCAL: Final = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
"""Narrower than Turtle's PN_LOCAL: names that need no escape; all others are written as whole IRIs."""
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
    blocks = list(writer.write_blocks())  # all, since only then it is known which prefixes are used
    yield writer.write_prefixes() if blocks else b"\n"
    gap = b"\n" if writer.used else b""
    for block in blocks:
        yield gap + block + b"\n"
        gap = b"\n"


class TurtleWriter(dict[str, bytes]):
    """IRI -> how Turtle writes it, each checked and shortened once; knows which prefixes were used.

    All in bytes, since orjson quotes and encodes a text in a tenth of the time that looking for what to escape takes.
    """

    def __init__(self, graph: Graph) -> None:
        """Prepare the prefixes.

        Raises:
            OutputError: a prefix that Turtle cannot write.

        """
        import orjson  # noqa: PLC0415 - 18 ms, and only for those who write

        super().__init__()
        self.graph = graph
        self.nodes = Nodes()
        self.dumps = orjson.dumps
        self.known = {**PREFIXES, **graph.prefixes}
        self.by_namespace = {namespace: prefix for prefix, namespace in self.known.items()}
        self.used: set[str] = set()
        self.tags: dict[str, bytes] = {}
        for prefix in graph.prefixes:
            if not _PREFIX.fullmatch(prefix):
                raise OutputError(f"the prefix {prefix!a} cannot be written: use letters, digits, - and _")

    def __missing__(self, iri: str) -> bytes:
        """Shorten an IRI not met before."""
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.by_namespace.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(iri, end):
            self.nodes[iri]  # checks it
            written = f"<{iri}>".encode()
        else:
            self.nodes[iri[:end]]  # a sound namespace before such a name makes a sound IRI
            self.used.add(prefix)
            written = f"{prefix}:{iri[end:]}".encode()
        self[iri] = written
        return written

    def write_prefixes(self) -> bytes:
        """Return the declarations of the prefixes used so far, by name."""
        return b"".join([f"@prefix {prefix}: <{self.known[prefix]}> .\n".encode() for prefix in sorted(self.used)])

    def write_blocks(self) -> Iterator[bytes]:
        """Yield one resource after the other, without the line end."""
        for subject, properties in order_graph(self.graph):
            lines = [self.write_property(predicate, objects) for predicate, objects in properties]
            yield self[subject] + b" " + b" ;\n    ".join(lines) + b" ."

    def write_property(self, predicate: str, objects: Sequence[Term]) -> bytes:
        """Return a property with its objects, one a line."""
        written = [self[o] if isinstance(o, str) else self.write_literal(o) for o in objects]
        verb = b"a " if predicate == RDF.type else self[predicate] + b" "
        return verb + b" ,\n        ".join(written)

    def write_literal(self, literal: Literal) -> bytes:
        """Return a literal; every line end in it is an escape, so that a line of the file is one of the syntax."""
        value, language, datatype = literal
        text = self.write_text(value)
        if language:
            return text + self.write_language(language)
        if datatype == XSD.boolean and value in ("true", "false"):
            return value.encode()
        return text + b"^^" + self[datatype] if datatype and datatype != XSD.string else text

    def write_text(self, text: str) -> bytes:
        """Return a text in quotes; where nothing needs an escape, Turtle's are JSON's."""
        try:
            quoted = self.dumps(text)
        except TypeError:
            return encode_text(text)  # raises, and says what is wrong
        return encode_text(f'"{text.translate(_ESCAPES)}"') if b"\\" in quoted or b"\x7f" in quoted else quoted

    def write_language(self, tag: str) -> bytes:
        """Return a language tag with its sign, each checked once."""
        if tag not in self.tags:
            self.tags[tag] = f"@{check_language(tag)}".encode()
        return self.tags[tag]


TURTLE: Final = Output("turtle", ".ttl", "text/turtle", write_turtle)
