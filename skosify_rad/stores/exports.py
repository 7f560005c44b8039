"""Read exports back from disk, to load or query them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.graph.readers.limits import MAX_BYTES, check_limits
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.outputs import RDF_OUTPUTS
from skosify_rad.outputs.output_format import FILE_STEM
from skosify_rad.stores.sparql_text import to_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SUFFIXES: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""Suffixes in order of preference. All formats of an export hold the same triples; Turtle is written by default."""
_BLANK_NODE: Final = re.compile(rb"_:|[^ ]+ [^ ]+ _:")
_SCHEME: Final = f" <{RDF.type}> <{SKOS.ConceptScheme}> .".encode()


@dataclass(frozen=True, slots=True)
class LoadableExport:
    """The triples of an export."""

    triples: tuple[bytes, ...]
    """The distinct triples as N-Triples lines, in the order of the file."""
    scheme: str
    """IRI of the concept scheme; empty if there is none or more than one."""
    name: str
    """The file or vault that the triples come from."""


_CHECKED: Final = {ox.RdfFormat.JSON_LD: "JSON_LD", ox.RdfFormat.RDF_XML: "RDF_XML"}
"""Syntaxes with limits of their own."""


def find_export(path: Path) -> Path | None:
    """Return the file of an export: the path itself, or `concepts.*` in a folder. Return None if there is none."""
    if path.is_file():
        return path
    found = (path / f"{FILE_STEM}{suffix}" for suffix in _SUFFIXES)
    return next((file for file in found if file.is_file()), None)


def read_export(path: Path) -> LoadableExport:
    """Read a whole export.

    Raises:
        InputError: There is no export, its format is unknown, it does not parse, or it contains blank nodes.

    """
    file = find_export(path)
    if file is None:
        raise InputError(f"{path}: no export found ({FILE_STEM}.ttl or another format); run `rad2skos build` first")
    syntax = ox.RdfFormat.from_extension(file.suffix[1:])
    if syntax is None:
        known = ", ".join(output.suffix for output in RDF_OUTPUTS)
        raise InputError(f"{file}: unknown format; known formats: {known}")
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError(f"{file}: is larger than {MAX_BYTES:,} bytes")
        if syntax in _CHECKED:
            check_limits(file.read_bytes(), _CHECKED[syntax])
        return make_loadable((quad.triple for quad in ox.parse(path=str(file), format=syntax)), str(file))
    except (SyntaxError, ValueError, MemoryError) as error:
        raise InputError(f"{file}: does not parse as {syntax.name}: {error}") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error


def make_loadable(triples: Iterable[ox.Triple], name: str) -> LoadableExport:
    """Return triples as a loadable export.

    Raises:
        InputError: There are blank nodes, which stores duplicate on every load.

    """
    lines = tuple(dict.fromkeys(to_lines(triples)))
    blank = next((line for line in lines if b"_:" in line and _BLANK_NODE.match(line)), None)
    if blank is not None:
        raise InputError(f"{name}: contains blank nodes, which stores duplicate on every load: {blank.decode()}")
    schemes = [line[1 : line.index(b">")].decode() for line in lines if line.endswith(_SCHEME)]
    return LoadableExport(lines, schemes[0] if len(schemes) == 1 else "", name)
