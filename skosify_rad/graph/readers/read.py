"""Read RDF files, folders and addresses with pyoxigraph into one Graph."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from skosify_rad.graph.columns import Columns, ReadGraph, make_columns
from skosify_rad.graph.graph import Graph
from skosify_rad.graph.readers.address import fetch
from skosify_rad.graph.readers.archives import ARCHIVES, find_suffix, unpack, unpacked_limit
from skosify_rad.graph.readers.file_places import FilePlaces, Source
from skosify_rad.graph.readers.limits import MAX_BYTES, MAX_LITERAL, check_limits
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL, XSD
from skosify_rad.model.statements import Literal, Term

SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".ttl": "TURTLE",
        ".nt": "N_TRIPLES",
        ".nq": "N_QUADS",
        ".trig": "TRIG",
        ".rdf": "RDF_XML",
        ".owl": "RDF_XML",
        ".xml": "RDF_XML",
        ".skos": "RDF_XML",
        ".jsonld": "JSON_LD",
        ".json": "JSON_LD",
        ".n3": "N3",
    }
)
"""File suffix -> syntax, in pyoxigraph's spelling."""
_JSON_LD: Final = re.compile(rb'"@(?:context|graph|id)"')
_UNSUPPORTED: Final = frozenset({".zst", ".7z", ".tar", ".tgz", ".rar"})

_Subjects = dict[str, dict[str, tuple[Term, ...]]]
_Many = dict[tuple[str, str], dict[Term, None]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary as read."""

    graph: Graph
    """All files as one graph; named graphs are merged."""
    places: FilePlaces
    """Triple -> file and line, found on demand."""
    diagnostics: tuple[Diagnostic, ...]
    """Files that could not be parsed, or the absence of SKOS."""
    files: tuple[str, ...]
    """Paths and addresses of the files."""


def read_vocabulary(inputs: Iterable[str]) -> Vocabulary:
    """Return the vocabulary in files (compressed or not), folders (all RDF files in them) and http(s) addresses.

    Raises:
        InputError: an input does not exist or contains no RDF.

    """
    return read_sources(_list_sources(inputs))


def read_sources(files: Iterable[Source]) -> Vocabulary:
    """Return the vocabulary in files that are in memory."""
    subjects: _Subjects = {}
    columns = make_columns()
    sources: list[Source] = []
    found: list[Diagnostic] = []
    for source in files:
        sources.append(source)
        try:
            _parse(source, subjects, columns, len(sources))
        except (SyntaxError, ValueError, MemoryError) as error:
            found.append(_as_diagnostic(source, error))
    scheme = next((s for s, p in subjects.items() if SKOS.ConceptScheme in p.get(RDF.type, ())), "")
    if not found and not _has_skos(subjects):
        found.append(_report_no_skos(sources[0].path if sources else ""))
    places = FilePlaces(tuple(sources), subjects)
    return Vocabulary(
        ReadGraph(subjects, scheme, columns=columns), places, tuple(found), tuple(s.path for s in sources)
    )


def _list_sources(inputs: Iterable[str]) -> Iterator[Source]:
    for item in inputs:
        if item.startswith(("http://", "https://")):
            data, syntax = fetch(item)
            yield Source(item, data, syntax)
            continue
        path = Path(item)
        files = [path]
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if find_suffix(p) in (*SUFFIXES, ".zip") and _may_hold_rdf(p))
        read = [source for file in files for source in _read_file(file)]
        if not read:
            raise InputError(f"{item}: contains no RDF file ({', '.join(SUFFIXES)})")
        yield from read


def _may_hold_rdf(path: Path) -> bool:
    """Return whether a file found in a folder is to be read: of JSON files only JSON-LD, no reports."""
    try:
        return path.is_file() and (path.suffix.lower() != ".json" or _JSON_LD.search(path.read_bytes()) is not None)
    except OSError:
        return True  # the reader says why it cannot be read


def _read_file(path: Path) -> Iterator[Source]:
    """Yield a file, or the RDF files in an archive."""
    if path.suffix.lower() in _UNSUPPORTED:
        raise InputError(f"{path}: this compression is not supported; unpack it first, or use gzip or zip")
    if find_suffix(path) not in (*SUFFIXES, ".zip"):
        raise InputError(f"{path}: unknown file type; supported are {', '.join(SUFFIXES)}, also with .gz")
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: is not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: is larger than {MAX_BYTES} bytes")
        files = (
            unpack(path, unpacked_limit(path))
            if path.suffix.lower() in ARCHIVES
            else [(path.as_posix(), path.read_bytes())]
        )
        for name, data in files:
            syntax = SUFFIXES.get(find_suffix(Path(name)))
            if syntax:
                yield Source(name, data.removeprefix(BOM_UTF8), syntax)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _parse(source: Source, subjects: _Subjects, columns: Columns, number: int) -> None:
    check_limits(source.data, source.syntax)
    syntax = getattr(ox.RdfFormat, source.syntax)
    quads = ox.parse(source.data, format=syntax, base_iri=source.base, lenient=True)
    many: _Many = {}
    names = _Names(number)
    try:
        _fill((subjects, columns), quads, names, many)
    finally:  # keep the statements before a syntax error
        for (subject, predicate), terms in many.items():
            subjects[subject][predicate] = tuple(terms)
        source.labels.update(names.list_labels())


def _fill(graph: tuple[_Subjects, Columns], quads: Iterable[ox.Quad], names: "_Names", many: _Many) -> None:
    """Add quads to the graph. This is the inner loop: a function call per term would add half of its time."""
    subjects, (numbers, links, texts) = graph
    named, literal, iris, tags = ox.NamedNode, ox.Literal, names.iris, names.tags
    subject, number = "", -1
    properties: dict[str, tuple[Term, ...]] = {}
    for quad in quads:
        start, end = quad.subject, quad.object
        value = start.value if isinstance(start, named) else names.of(start)
        if value != subject:  # most statements about one subject are adjacent
            subject = (iris.get(value) or iris.setdefault(value, (value,)))[0]
            number = numbers.setdefault(subject, len(numbers))
            properties = subjects.setdefault(subject, {})
        value = quad.predicate.value
        predicate = (iris.get(value) or iris.setdefault(value, (value,)))[0]
        rows, alone = links, None
        if isinstance(end, named):
            value = end.value
            alone = iris.get(value) or iris.setdefault(value, (value,))
            term: Term = alone[0]
        elif isinstance(end, literal):
            rows, tag = texts, end.language
            if len(end.value) > MAX_LITERAL:
                raise ValueError(f"a literal is longer than {MAX_LITERAL:,} characters")
            if tag:
                term = Literal(end.value, tags.get(tag) or tags.setdefault(tag, tag.lower()))
            else:
                value = end.datatype.value
                kind = "" if value == XSD.string else (iris.get(value) or iris.setdefault(value, (value,)))[0]
                term = Literal(end.value, "", kind)
        else:
            term = names.of(end)
        if predicate not in properties:
            properties[predicate] = alone or (term,)
        elif not _is_added(term, properties, (subject, predicate), many):
            continue
        column = rows[predicate]
        column[0].append(number)
        column[1].append(term)


def _is_added(term: Term, properties: dict[str, tuple[Term, ...]], key: tuple[str, str], many: _Many) -> bool:
    """Add another object of a property; return whether it is new."""
    terms = properties[key[1]]
    if len(terms) >= _FEW:
        group = many.get(key) or many.setdefault(key, dict.fromkeys(terms))
        before = len(group)
        group[term] = None
        return len(group) > before
    if term in terms:
        return False
    properties[key[1]] = (*terms, term)
    return True


_FEW: Final = 16
"""Up to this many objects of one property are a tuple searched linearly; more are the keys of a dict."""


class _Names:
    """The names in one file: each IRI and language tag once, and blank nodes, which are numbered in order."""

    def __init__(self, number: int) -> None:
        self.iris: Final[dict[str, tuple[str]]] = {}
        self.tags: Final[dict[str, str]] = {}
        self._prefix = f"_:f{number}-b"
        self._blanks: dict[str, str] = {}

    def of(self, node: object) -> str:
        """Return the name of a node that is not an IRI; the parser's own names of blank nodes are random."""
        if isinstance(node, ox.BlankNode):
            return self._blanks.setdefault(node.value, f"{self._prefix}{len(self._blanks) + 1}")
        return str(node)

    def list_labels(self) -> dict[str, str]:
        """Return blank node -> its label in the file, or the parser's name for it."""
        return {name: label for label, name in self._blanks.items()}


def _has_skos(subjects: _Subjects) -> bool:
    """Return whether any statement has a property or object of SKOS or SKOS-XL."""
    spaces = (SKOS.NS, SKOSXL.NS)
    return any(
        name.startswith(spaces) or any(isinstance(term, str) and term.startswith(spaces) for term in terms)
        for properties in subjects.values()
        for name, terms in properties.items()
    )


def _report_no_skos(path: str) -> Diagnostic:
    message = "No SKOS found, so there is nothing to check"
    hint = f"Check that this is the right file or graph, and that its SKOS namespace is {SKOS.NS}."
    return Diagnostic(BY_SLUG["no-skos"], Place(path), message, hint, subject=path)


_REMOTE: Final = lazy_pattern(r'"@(?:context|import)"\s*:\s*(?:\[[^\]"{}]*)?("[^"]*")')
"""A JSON-LD context given as an address."""


def _as_diagnostic(source: Source, error: Exception) -> Diagnostic:
    line, column = 1, 1
    if isinstance(error, SyntaxError):
        line, column = error.lineno or 1, error.offset or 1
    message = str(error.msg if isinstance(error, SyntaxError) else error).strip()
    if isinstance(error, MemoryError):
        message = f"Too large for the parser (a literal must not be longer than {MAX_LITERAL:,} characters): {message}"
    hint = "Fix this error: only the statements before it were checked."
    if "LoadDocumentCallback" in message:
        found = _REMOTE.search(source.text)
        offset = found.start(1) if found else 0
        line = source.text.count("\n", 0, offset) + 1
        column = offset - source.text.rfind("\n", 0, offset)
        address = found[1] if found else "elsewhere"
        message = f"The @context is the address {address}, which is not fetched, so the file could not be read"
        hint = "Replace the address by the context itself, or convert the file to Turtle and check that."
    return Diagnostic(BY_SLUG["unreadable-file"], Place(source.path, line, column), message, hint, subject=source.path)
