"""What the graph says of one resource, as Turtle and as JSON-LD; each resource is written once and occurs in several.

A concept's file has its differentials with their words, and each of these stands in the files of two concepts.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from skosify_rad.graph.graph import Graph
from skosify_rad.outputs.context import KEYWORD_ALIASES, build_context, context_names
from skosify_rad.outputs.jsonld import GAP, JSONLD, ObjectWriter, encode_objects
from skosify_rad.outputs.order import order_graph
from skosify_rad.outputs.rdf_terms import encode_text
from skosify_rad.outputs.turtle import TURTLE, TurtleWriter

_ALWAYS: Final = frozenset({"@version", *KEYWORD_ALIASES})
"""Terms of every context."""


class _Written(NamedTuple):
    rank: int
    """Place in the order of writing."""
    turtle: bytes
    json: bytes
    terms: frozenset[str]
    """The terms that the JSON needs of the context."""


class Extracts:
    """Writes parts of a graph, with the prefixes and the terms of the JSON-LD context that each needs."""

    def __init__(self, graph: Graph) -> None:
        """Write every resource.

        Raises:
            OutputError: a term that no RDF syntax can write.

        """
        turtle, self._json = TurtleWriter(graph), ObjectWriter(graph)
        self._frame = cache(self._make_frame)
        self._written: dict[str, _Written] = {}
        same: dict[frozenset[str], frozenset[str]] = {}  # all resources have a few hundred sets of terms
        for rank, (subject, properties) in enumerate(order_graph(graph)):
            block = encode_text(turtle.write_block(subject, properties))
            made = self._json.make_object(subject, properties)
            iris = (term for _, terms in properties for term in terms if isinstance(term, str))
            names = [context_names()[iri] for iri in iris if iri in context_names()]
            used = frozenset((*made, *names))
            self._written[subject] = _Written(rank, block, encode_objects([made]), same.setdefault(used, used))
        self._prefixes = [(line.split(b" ", 2)[1], line) for line in turtle.write_prefixes().splitlines(keepends=True)]

    def write(self, path: str, iris: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the two files of some resources: path and content."""
        written = sorted([self._written[iri] for iri in iris if iri in self._written])
        blocks = b"\n\n".join([w.turtle for w in written])
        prefixes = b"".join([line for name, line in self._prefixes if name in blocks])
        yield f"{path}{TURTLE.suffix}", prefixes + (b"\n" if prefixes else b"") + blocks + b"\n"
        head, tail = self._frame(frozenset().union(*(w.terms for w in written)))
        yield f"{path}{JSONLD.suffix}", head + GAP.join([w.json for w in written]) + tail

    def _make_frame(self, terms: frozenset[str]) -> tuple[bytes, bytes]:
        used = _ALWAYS | terms
        return self._json.make_frame({term: meaning for term, meaning in build_context().items() if term in used})
