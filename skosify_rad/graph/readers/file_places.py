"""Triple -> file, line and column, found by a second pass over the files when a finding needs it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Final, Protocol
from urllib.parse import quote

from skosify_rad.graph.readers.jsonld_locator import JsonLdLocator
from skosify_rad.graph.readers.rdfxml_locator import RdfXmlLocator
from skosify_rad.graph.readers.turtle_locator import TurtleLocator
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.statements import Evidence, Term, Triple


class Locator(Protocol):
    """Finds triples in the text of a file."""

    def find(self, triple: Triple, nth: int = 0) -> tuple[int, bool] | None:
        """Return (offset of the triple's object, True), else (offset of its subject, False), else None.

        Offsets count code points. If the object is a blank node, `nth` selects among the property's blank nodes there.
        """


LOCATORS: Final[Mapping[str, Callable[[str, str], Locator]]] = {
    **dict.fromkeys(("TURTLE", "TRIG", "N3", "N_TRIPLES", "N_QUADS"), TurtleLocator),
    "RDF_XML": RdfXmlLocator,
    "JSON_LD": JsonLdLocator,
}
"""Syntax -> locator, created from text and base IRI."""


@dataclass(frozen=True)
class Source:
    """A file that was read. Not slotted, since its properties are cached."""

    path: str
    """The path or address as given."""
    data: bytes
    """Its bytes."""
    syntax: str
    """As pyoxigraph names it."""
    labels: dict[str, str] = field(default_factory=dict)
    """Blank node -> its label in the text, or the parser's name for it."""

    @property
    def base(self) -> str:
        """The base IRI of the file."""
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
        """Number of lines that end before each chunk of the text. An index of all lines takes ten times as long."""
        counts = (self.text.count("\n", start, start + _CHUNK) for start in range(0, len(self.text), _CHUNK))
        return list(accumulate(counts, initial=0))

    def read_line(self, line: int) -> str:
        """Return a line of the text, counted from 1; empty if there is no such line."""
        if not 0 < line <= self._lines[-1] + 1:
            return ""
        chunk = max(0, bisect_left(self._lines, line - 1) - 1)  # the chunk in which the previous line ends
        start = chunk * _CHUNK
        for _ in range(line - 1 - self._lines[chunk]):
            start = self.text.index("\n", start) + 1
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else None].rstrip("\r")

    @cached_property
    def _locator(self) -> Locator:
        return LOCATORS[self.syntax](self.text, self.base)

    def find(self, triple: Triple, nth: int = 0) -> tuple[Evidence, bool] | None:
        """Return (place of the triple in this file, True), else (place of its subject, False), else None."""
        found = self._locator.find(triple, nth)
        if found is None:
            return None
        offset, is_stated = found
        chunk, start = offset // _CHUNK, self.text.rfind("\n", 0, offset) + 1
        line = self._lines[chunk] + self.text.count("\n", chunk * _CHUNK, offset) + 1
        written = self.text[start : start + 2 * _MAX_WORDS].partition("\n")[0].strip()  # a file may be one long line
        return Evidence(Place(self.path, line, offset - start + 1), (), written[:_MAX_WORDS], self.name), is_stated


_Subjects = Mapping[str, Mapping[str, tuple[Term, ...]]]
_MAX_WORDS: Final = 200
"""Characters of a line that are kept as evidence."""
_MAX_HOPS: Final = 32
"""Blank nodes followed up to a name: deeper ones are reported without a line, or 100,000 would take hours."""
_CHUNK: Final = 1 << 14
"""Characters in a chunk of the line index."""


class FilePlaces(Mapping[Triple, tuple[Evidence, ...]]):
    """A SourceMap over files: looks up any triple or subject in their text."""

    def __init__(self, sources: tuple[Source, ...], subjects: _Subjects) -> None:
        self.sources = sources
        self._subjects = subjects
        self._known: dict[Triple, tuple[Evidence, ...]] = {}
        self._last = ("", 0, "")

    def __getitem__(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the places of a triple, or of its subject."""
        if triple not in self._known:
            found = sorted(self._find(triple), key=itemgetter(1), reverse=True)  # files that state the triple first
            self._known[triple] = tuple(evidence for evidence, _ in found)
        if not self._known[triple]:
            raise KeyError(triple)
        return self._known[triple]

    def read_line(self, path: str, line: int) -> str:
        """Return a line of a file, given by path or address; empty if there is no such line."""
        if self._last[:2] != (path, line):  # a file may be one long line, with a thousand findings
            found = next((source.read_line(line) for source in self.sources if source.path == path), "")
            self._last = path, line, found
        return self._last[2]

    def _find(self, triple: Triple) -> Iterator[tuple[Evidence, bool]]:
        for number, source in enumerate(self.sources, 1):
            if triple.subject.startswith("_:"):
                if triple.subject.startswith(f"_:f{number}-"):
                    yield self._find_blank(triple, source) or (Evidence(Place(source.path), (), "", source.name), False)
            elif found := source.find(triple):
                yield found

    def _find_blank(self, triple: Triple, source: Source) -> tuple[Evidence, bool] | None:
        """Return the place of a blank node's label, else the place of a statement with it as object."""
        found = source.find(triple._replace(subject="_:" + source.labels.get(triple.subject, "")))
        seen = {triple.subject}
        while found is None and triple.subject in self._referrers and len(seen) <= _MAX_HOPS:
            subject, predicate, nth = self._referrers[triple.subject]
            if subject in seen:
                return None
            seen.add(subject)
            triple = Triple(subject, predicate, "_:")
            if not subject.startswith("_:"):
                return source.find(triple, nth)
        return found

    @cached_property
    def _referrers(self) -> dict[str, tuple[str, str, int]]:
        """Blank node -> subject and property with it as object, and its position among their blank nodes."""
        found: dict[str, tuple[str, str, int]] = {}
        for subject, properties in self._subjects.items():
            for predicate, terms in properties.items():
                blanks = [term for term in terms if isinstance(term, str) and term.startswith("_:")]
                for nth, blank in enumerate(blanks):
                    found.setdefault(blank, (subject, predicate, nth))
        return found

    def __iter__(self) -> Iterator[Triple]:
        """Yield nothing: places can only be looked up, so that checks do not mistake files for notes."""
        return iter(())

    def __len__(self) -> int:
        """Return 0, since nothing is listed."""
        return 0
