"""Triple -> file, line and column, found by reading the files a second time when a finding asks."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Final, Protocol
from urllib.parse import quote

from skosify_rad.graph.readers.json_lines import JsonLines
from skosify_rad.graph.readers.turtle_lines import TurtleLines
from skosify_rad.graph.readers.xml_lines import XmlLines
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.statements import Evidence, Term, Triple


class Locator(Protocol):
    """Finds a triple in the text of a file."""

    def find(self, triple: Triple, nth: int = 0) -> tuple[int, bool] | None:
        """Return the offset of the triple's object and True, else of its subject and False, else None; in code points.

        A blank object is the nth that the property has there.
        """


LOCATORS: Final[Mapping[str, Callable[[str, str], Locator]]] = {
    **dict.fromkeys(("TURTLE", "TRIG", "N3", "N_TRIPLES", "N_QUADS"), TurtleLines),
    "RDF_XML": XmlLines,
    "JSON_LD": JsonLines,
}
"""Syntax -> what finds a triple in a text of it, given text and base."""


@dataclass(frozen=True)
class Source:
    """A file as it was read. Not slotted: its index is made when first asked for."""

    path: str
    """The path or address as given."""
    data: bytes
    """Its bytes."""
    syntax: str
    """As pyoxigraph names it."""
    labels: dict[str, str] = field(default_factory=dict)
    """Blank node -> the label it has in the text, or what the parser called it."""

    @property
    def base(self) -> str:
        """The IRI that relative IRIs are resolved against."""
        return self.path if "://" in self.path else "file:///" + quote(self.path.lstrip("/"), errors="replace")

    @cached_property
    def name(self) -> str:
        """The file's name."""
        return PurePosixPath(self.path).name

    @cached_property
    def text(self) -> str:
        """The file's text."""
        return self.data.decode("utf-8", "replace")

    @cached_property
    def _lines(self) -> list[int]:
        """How many lines end before each stretch of the text: to note where each begins takes ten times as long."""
        counts = (self.text.count("\n", start, start + _STRETCH) for start in range(0, len(self.text), _STRETCH))
        return list(accumulate(counts, initial=0))

    def read_line(self, line: int) -> str:
        """Return a line of the text, from 1; empty where there is none."""
        if not 0 < line <= self._lines[-1] + 1:
            return ""
        stretch = max(0, bisect_left(self._lines, line - 1) - 1)  # where the line before ends
        start = stretch * _STRETCH
        for _ in range(line - 1 - self._lines[stretch]):
            start = self.text.index("\n", start) + 1
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else None].rstrip("\r")

    @cached_property
    def _locator(self) -> Locator:
        return LOCATORS[self.syntax](self.text, self.base)

    def find(self, triple: Triple, nth: int = 0) -> tuple[Evidence, bool] | None:
        """Return where a triple stands in this file and True, else where its subject does and False, else None."""
        found = self._locator.find(triple, nth)
        if found is None:
            return None
        offset, is_stated = found
        stretch, start = offset // _STRETCH, self.text.rfind("\n", 0, offset) + 1
        line = self._lines[stretch] + self.text.count("\n", stretch * _STRETCH, offset) + 1
        end = self.text.find("\n", offset)
        written = self.text[start : end if end >= 0 else None].strip()
        return Evidence(Place(self.path, line, offset - start + 1), (), written[:_LONGEST], self.name), is_stated


_Subjects = Mapping[str, Mapping[str, tuple[Term, ...]]]
_LONGEST: Final = 200
"""Characters of a line that are kept as its words."""
_STRETCH: Final = 1 << 14
"""Characters whose lines are counted at once."""


class FilePlaces(Mapping[Triple, tuple[Evidence, ...]]):
    """A SourceMap over files: it has an entry for whatever stands in them."""

    def __init__(self, sources: tuple[Source, ...], subjects: _Subjects) -> None:
        self.sources = sources
        self._subjects = subjects
        self._known: dict[Triple, tuple[Evidence, ...]] = {}

    def __getitem__(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the places where a triple is stated."""
        if triple not in self._known:
            found = sorted(self._find(triple), key=itemgetter(1), reverse=True)  # the file that says so before others
            self._known[triple] = tuple(evidence for evidence, _ in found)
        if not self._known[triple]:
            raise KeyError(triple)
        return self._known[triple]

    def read_line(self, path: str, line: int) -> str:
        """Return a line of the file read from a path or an address, as it was; empty where there is none."""
        return next((source.read_line(line) for source in self.sources if source.path == path), "")

    def _find(self, triple: Triple) -> Iterator[tuple[Evidence, bool]]:
        for number, source in enumerate(self.sources, 1):
            if triple.subject.startswith("_:"):
                if triple.subject.startswith(f"_:f{number}-"):
                    yield self._find_blank(triple, source) or (Evidence(Place(source.path), (), "", source.name), False)
            elif found := source.find(triple):
                yield found

    def _find_blank(self, triple: Triple, source: Source) -> tuple[Evidence, bool] | None:
        """Return where a blank node is written by its label, else where what leads to it is stated."""
        found = source.find(triple._replace(subject="_:" + source.labels.get(triple.subject, "")))
        way = {triple.subject}
        while found is None and triple.subject in self._referrers:
            subject, predicate, nth = self._referrers[triple.subject]
            if subject in way:
                return None
            way.add(subject)
            triple = Triple(subject, predicate, "_:")
            if not subject.startswith("_:"):
                return source.find(triple, nth)
        return found

    @cached_property
    def _referrers(self) -> dict[str, tuple[str, str, int]]:
        """Blank node -> subject and property that lead to it, and as which of their blank nodes; in file order."""
        found: dict[str, tuple[str, str, int]] = {}
        for subject, properties in self._subjects.items():
            for predicate, terms in properties.items():
                blanks = [term for term in terms if isinstance(term, str) and term.startswith("_:")]
                for nth, blank in enumerate(blanks):
                    found.setdefault(blank, (subject, predicate, nth))
        return found

    def __iter__(self) -> Iterator[Triple]:
        """Yield nothing: places are looked up, not listed, so that no check takes files for notes."""
        return iter(())

    def __len__(self) -> int:
        """Return 0, as nothing is listed."""
        return 0
