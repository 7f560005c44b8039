"""Turtle for reading in a diff: one resource a block, one object a line, prefixes only where used.

Written here and not by pyoxigraph: its Turtle has one line a property, and the layout would have to be made by
taking its text apart again, which costs twice what writing it does. Both parsers of the tests read it back.

Source: https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterator
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
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {c: f"\\u{c:04X}" for c in (*range(0x20), 0x7F)} | {
    ord(c): "\\" + e for c, e in zip('"\\\n\r\t', '"\\nrt', strict=True)
}


def render_turtle(graph: Graph, config: Config) -> bytes:
    """Return the graph as Turtle.

    Raises:
        OutputError: a term or prefix that no RDF syntax can write.

    """
    del config
    writer = TurtleWriter(graph)
    blocks = "\n\n".join(writer.write_blocks())
    return encode_text("\n\n".join(part for part in (writer.write_prefixes(), blocks) if part) + "\n")


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
        for prefix in graph.prefixes:
            if not _PREFIX.fullmatch(prefix):
                raise OutputError(f"the prefix {prefix!a} cannot be written: use letters, digits, - and _")

    def __missing__(self, iri: str) -> str:
        """Shorten an IRI not met before."""
        self.nodes[iri]  # checks it
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.by_namespace.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(iri, end):
            written = f"<{iri}>"
        else:
            self.used.add(prefix)
            written = f"{prefix}:{iri[end:]}"
        self[iri] = written
        return written

    def write_prefixes(self) -> str:
        """Return the declarations of the prefixes used so far, by name."""
        return "\n".join(f"@prefix {prefix}: <{self.known[prefix]}> ." for prefix in sorted(self.used))

    def write_blocks(self) -> Iterator[str]:
        """Yield one resource after the other, without the line end."""
        subject = ""
        lines: list[str] = []
        for resource, predicate, objects in order_graph(self.graph):
            if resource != subject and lines:
                yield " ;\n    ".join(lines) + " ."
                lines = []
            verb = "a" if predicate == RDF.type else self[predicate]
            line = f"{verb} {self.write_objects(objects)}"
            lines.append(line if lines else f"{self[resource]} {line}")
            subject = resource
        if lines:
            yield " ;\n    ".join(lines) + " ."

    def write_objects(self, objects: list[Term]) -> str:
        """Return the objects of one property, one a line."""
        return " ,\n        ".join([self.write_literal(o) if isinstance(o, Literal) else self[o] for o in objects])

    def write_literal(self, literal: Literal) -> str:
        """Return a literal; every line end in it is an escape, so that a line of the file is one of the syntax."""
        value, language, datatype = literal
        text = value.translate(_ESCAPES) if _ESCAPED.search(value) else value
        if language:
            return f'"{text}"@{self.write_language(language)}'
        if datatype == XSD.boolean and value in ("true", "false"):
            return value
        return f'"{text}"^^{self[datatype]}' if datatype and datatype != XSD.string else f'"{text}"'

    def write_language(self, tag: str) -> str:
        """Return a language tag, each checked once."""
        key = "@" + tag  # no IRI begins so
        if key not in self:
            self[key] = check_language(tag)
        return self[key]


TURTLE: Final = Output("turtle", ".ttl", "text/turtle", render_turtle)
