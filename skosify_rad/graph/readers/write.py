"""Write a Graph to a file."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from skosify_rad.graph.graph import Graph
from skosify_rad.graph.readers.read import SUFFIXES
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import PREFIXES, XSD
from skosify_rad.model.statements import Term


def write_graph(graph: Graph, path: Path) -> None:
    """Write a graph to a file, in the syntax given by its suffix.

    Raises:
        OutputError: the suffix is unknown, or the file cannot be written.

    """
    syntax = SUFFIXES.get(path.suffix.lower())
    if syntax in (None, "JSON_LD", "N3"):
        raise OutputError(f"{path}: unknown suffix; use .ttl, .nt, .rdf, .trig or .nq")

    def node(term: str) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode(term[2:]) if term.startswith("_:") else ox.NamedNode(term)

    def write(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if isinstance(term, str):
            return node(term)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype or XSD.string))

    used = {iri.rpartition(mark)[0] + mark for iri in _list_iris(graph) for mark in "#/"}
    partial = path.with_name(f".{path.name}.part")  # an existing file is replaced only by a complete one
    prefixes = {prefix: iri for prefix, iri in {**PREFIXES, **graph.prefixes}.items() if iri in used}
    try:
        triples = [ox.Triple(node(s), ox.NamedNode(p), write(o)) for s, p, o in graph]
        data = ox.serialize(triples, format=getattr(ox.RdfFormat, str(syntax)), prefixes=prefixes)
        partial.write_bytes(data or b"")
        partial.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError):
            partial.unlink()
        raise OutputError(f"{path}: cannot be written: {error}") from error


def _list_iris(graph: Graph) -> Iterator[str]:
    for triple in graph:
        yield from (term if isinstance(term, str) else term.datatype for term in triple)
