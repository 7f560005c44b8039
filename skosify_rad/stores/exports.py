"""Exports as they lie on the disk, read back for loading and querying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.outputs import RDF_OUTPUTS
from skosify_rad.outputs.base import FILE_STEM

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

_PREFERRED: Final = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
"""All formats of an export hold the same; Turtle is always there by default."""


@dataclass(frozen=True, slots=True)
class LoadableExport:
    """The triples of an export."""

    triples: tuple[ox.Triple, ...]
    """Every triple once, in the order of the file."""
    scheme: str
    """IRI of its concept scheme; empty where it has none or several."""
    name: str
    """The file it was read from."""


def find_export(path: Path) -> Path | None:
    """Return the file of an export: the path itself, or `concepts.*` in a folder; None where there is none."""
    if path.is_file():
        return path
    found = (path / f"{FILE_STEM}{suffix}" for suffix in _PREFERRED)
    return next((file for file in found if file.is_file()), None)


def read_export(path: Path) -> LoadableExport:
    """Read an export, checking it whole before anything is sent anywhere.

    Raises:
        InputError: there is none, its format is unknown, it does not parse, or it holds blank nodes.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    file = find_export(path)
    if file is None:
        raise InputError(f"{path}: holds no export ({FILE_STEM}.ttl or another format); run `rad2skos build` first")
    syntax = ox.RdfFormat.from_extension(file.suffix[1:])
    if syntax is None:
        known = ", ".join(output.suffix for output in RDF_OUTPUTS)
        raise InputError(f"{file}: unknown format; known are {known}")
    try:
        triples = tuple(dict.fromkeys(quad.triple for quad in ox.parse(path=str(file), format=syntax)))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file}: does not parse as {syntax.name}: {error}") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error
    return make_loadable(triples, str(file))


def make_loadable(triples: tuple[ox.Triple, ...], name: str) -> LoadableExport:
    """Return triples ready for loading.

    Raises:
        InputError: there are blank nodes, which servers would double each time.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise InputError(f"{name}: holds blank nodes, which no load can repeat; give them IRIs: {triple}")
    rdf_type, scheme = ox.NamedNode(RDF.type), ox.NamedNode(SKOS.ConceptScheme)
    schemes = [getattr(t.subject, "value", "") for t in triples if (t.predicate, t.object) == (rdf_type, scheme)]
    return LoadableExport(triples, schemes[0] if len(schemes) == 1 else "", name)
