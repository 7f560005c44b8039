"""The SKOS Reference's examples and the harder cases as graphs, for the tests of checks and shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from skosify_rad.graph.readers import read_vocabulary

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph

FOLDER = Path(__file__).parent / "fixtures" / "skos-reference"
PREFIXES = """\
PREFIX : <http://example.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xl: <http://www.w3.org/2008/05/skos-xl#>
"""


class Case(NamedTuple):
    """One fixture."""

    name: str
    """Number or name."""
    condition: str
    """The condition it violates, empty where it is consistent."""
    triples: tuple[ox.Triple, ...]
    """Its content."""


def read_cases(file: str) -> list[Case]:
    """Return the named graphs of a TriG file as cases."""
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=FOLDER / file, format=ox.RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    cases = []
    for iri, triples in graphs.items():
        _, _, name, verdict, condition = iri.split(":")
        assert (verdict == "inconsistent") == bool(condition), iri
        cases.append(Case(name, condition, tuple(triples)))
    return cases


def to_graph(triples: tuple[ox.Triple, ...], folder: Path) -> Graph:
    """Return triples as a graph, read as any other file."""
    file = folder / "case.nt"
    file.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return read_vocabulary([str(file)]).graph


def parse_graph(turtle: str, folder: Path) -> Graph:
    """Return Turtle as a graph; `skos:`, `xl:`, `rdf:` and `:` are declared."""
    file = folder / "case.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    vocabulary = read_vocabulary([str(file)])
    assert not vocabulary.diagnostics
    return vocabulary.graph
