"""The concepts of the last export, read in part from the Turtle it wrote."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skosify_rad.config import Config
from skosify_rad.edits import WholeNeededError, known, require
from skosify_rad.graph import Graph, Properties, Subjects
from skosify_rad.outputs import find_output
from skosify_rad.outputs.order import rank_types
from skosify_rad.outputs.turtle import TurtleWriter
from skosify_rad.statements import Literal, Term
from skosify_rad.vocab import RAD, RDF, XSD

MOST_READ: Final = 5000
"""More resources are too many to be called a part."""
_PLAIN: Final = (XSD.string, RDF.langString)


class Exported:
    """Resource -> what an export says of it, whose file is known to be as it was written."""

    def __init__(self, out: Path, config: Config) -> None:
        """Take the folder of the files, of which nothing is read before it is asked for.

        Whoever asks gets a WholeNeededError where the export has no Turtle, or one that declares nothing.
        """
        self._file = out / find_output("turtle").file_name if "turtle" in config.output.formats else None
        self._prefix, self._base = config.scheme.prefix, config.scheme.base
        self._writer = TurtleWriter(self.make_graph({}, config))
        self._read: dict[str, Properties] = {}

    @cached_property
    def _pieces(self) -> list[bytes]:
        pieces = known(self._file).read_bytes().split(b"\n\n")
        require(pieces[0].startswith(b"@prefix "))
        return pieces

    @property
    def _head(self) -> bytes:
        return self._pieces[0]

    @cached_property
    def _blocks(self) -> list[bytes]:
        return self._pieces[1:]

    @cached_property
    def _at(self) -> dict[bytes, int]:
        """How Turtle writes a resource -> the number of its block."""
        return {block[: block.index(b" ")]: number for number, block in enumerate(self._blocks)}

    @staticmethod
    def make_graph(subjects: Subjects, config: Config) -> Graph:
        """Return a graph under the scheme and prefix of a configuration."""
        return Graph(subjects, config.scheme.base, MappingProxyType({config.scheme.prefix: config.scheme.base}))

    def __getitem__(self, iri: str) -> Properties:
        """Return what is said of a resource; nothing where it is none of this export."""
        if iri not in self._read:
            self.load((iri,))
        return self._read[iri]

    def load(self, iris: Iterable[str]) -> None:
        """Read some resources at once, which is cheaper than one by one.

        Raises:
            WholeNeededError: these are too many, or the file is none of ours.

        """
        import pyoxigraph as ox  # noqa: PLC0415 - 3 ms

        wanted = {iri: self._at.get(self._writer[iri].encode()) for iri in set(iris) - self._read.keys()}
        found: dict[str, dict[str, list[Term]]] = {iri: {} for iri in wanted}
        blocks = [self._blocks[number] for number in wanted.values() if number is not None]
        try:
            for quad in ox.parse(b"\n\n".join([self._head, *blocks]), format=ox.RdfFormat.TURTLE) if blocks else ():
                terms = found[quad.subject.value].setdefault(quad.predicate.value, [])
                terms.append(_read_term(quad.object))
        except (SyntaxError, KeyError) as error:
            raise WholeNeededError from error
        self._read |= {iri: {name: tuple(terms) for name, terms in said.items()} for iri, said in found.items()}
        require(len(self._read) <= MOST_READ)

    def find_before(self, iri: str, types: tuple[Term, ...]) -> str:
        """Return the resource of the file behind which one of these types stands, or would stand."""
        wanted = (rank_types(types), iri)
        return self._name(bisect_left(range(1, len(self._blocks)), wanted, key=self._find_rank))  # scheme first

    def _find_rank(self, number: int) -> tuple[int, str]:
        iri = self._name(number)
        return rank_types(self[iri].get(RDF.type, ())), iri

    def _name(self, number: int) -> str:
        import pyoxigraph as ox  # noqa: PLC0415 - as above

        block = self._blocks[number]
        quad = next(iter(ox.parse(b"\n\n".join([self._head, block]), format=ox.RdfFormat.TURTLE)))
        return str(quad.subject.value)

    def find_note(self, path: str) -> str:
        """Return the resource that a note describes.

        Raises:
            WholeNeededError: there is none.

        """
        return self._name(known(self._notes.get(self._writer.write_literal(Literal(path)).encode())))

    @cached_property
    def _notes(self) -> dict[bytes, int]:
        """How Turtle writes the path of a note -> the number of the block that tells it."""
        mark = f"\n    {self._writer[RAD.note]} ".encode()  # where a property begins, and nothing else
        rests = [(number, block.partition(mark)[2]) for number, block in enumerate(self._blocks)]
        told = [(rest[: rest.rfind(b'"', 0, rest.find(b"\n")) + 1], number) for number, rest in rests if rest]
        many = Counter(path for path, _ in told)  # paths that differ in blanks alone are told alike
        return {path: number for path, number in told if many[path] == 1}

    @cached_property
    def maps_inside(self) -> bool:
        """Whether a mapping may lead from a concept of this export to another: it then counts as a relation."""
        own = b"|".join(re.escape(name.encode()) for name in (f"{self._prefix}:", f"<{self._base}"))
        inside = re.compile(rb"Match [^;]*?(?:%b)" % own)
        return any(b"Match " in block and inside.search(block) for block in self._blocks)


def _read_term(term: Any) -> Term:  # noqa: ANN401 - pyoxigraph's
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return str(term.value)
    return Literal(term.value, term.language or "", "" if datatype.value in _PLAIN else datatype.value)
