"""The checks in code and the shapes, run by two independent SHACL engines, agree on random faulty graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from faulty_graphs import make_graph

from skosify_rad.checks import View
from skosify_rad.checks.iri_index import NamedEdges
from skosify_rad.checks.relations import list_redundant_broader, list_related_ancestors
from skosify_rad.checks.shacl import find_with_shapes, read_shapes
from skosify_rad.checks.validate import validate
from skosify_rad.graph.columns import entail_declared
from skosify_rad.graph.components import strong_components
from skosify_rad.model.catalogue import find_rule
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.graph.graph import Graph

STRUCTURAL = {"cyclic-hierarchy", "related-and-broader", "redundant-broader"}
"""Compared pair by pair or group by group below, since code and shapes count them differently."""
REPORTED_ONCE = {"overlapping-labels", "homograph-without-qualifier", "ambiguous-notation"}
"""Code reports the later of two concepts; shapes report both, but only for stated concepts and membership."""
NARROWER_SHAPE = {
    "mapping-inside-scheme",
    "missing-label",
    "concept-without-scheme",
    "untitled-scheme",
    "no-top-concept",
}
"""The shapes see only stated membership, and no concept or scheme that occurs only as an object."""


def slugs_of_shapes() -> set[str]:
    shapes = rdflib.Graph().parse(data=read_shapes(), format="turtle")
    found = (find_rule(str(code)) for code in shapes.objects(None, rdflib.URIRef(DCT.identifier)))
    return {rule.slug for rule in found if rule}


def compare(graph: Graph, engine: str) -> None:
    """Compare the subjects found for each rule that the shapes cover."""
    graph = entail_declared(graph)
    shapes: dict[str, set[str]] = {slug: set() for slug in slugs_of_shapes()}
    pairs: dict[str, set[tuple[str, ...]]] = {slug: set() for slug in STRUCTURAL}
    for finding in find_with_shapes(graph, engine):
        shapes[finding.slug].add(finding.subject)
        if finding.slug in STRUCTURAL and finding.triple:
            pairs[finding.slug].add((finding.triple.subject, str(finding.triple.object)))
    code: dict[str, set[str]] = {slug: set() for slug in shapes}
    for diagnostic in validate(graph, {}, Config()):
        if diagnostic.rule.slug in code:
            code[diagnostic.rule.slug].add(diagnostic.subject)
    for slug in shapes.keys() - STRUCTURAL:
        if slug in REPORTED_ONCE:
            assert not shapes[slug] or any(code[other] for other in REPORTED_ONCE), slug
        elif slug in NARROWER_SHAPE:
            assert shapes[slug] <= code[slug], slug
        else:
            assert code[slug] == shapes[slug], slug
    compare_structure(graph, pairs)


def compare_structure(graph: Graph, pairs: dict[str, set[tuple[str, ...]]]) -> None:
    view = View(graph)
    ancestors = {tuple(sorted(pair)) for pair in list_related_ancestors(view)}
    assert {tuple(sorted(pair)) for pair in pairs["related-and-broader"]} == ancestors
    edges = NamedEdges(view.entailed_reach.edges, view.index)
    loops = {(node,) for node, parents in edges.items() if node in parents}
    cycles = set(map(tuple, strong_components(edges))) | loops
    reported = {name for pair in pairs["cyclic-hierarchy"] for name in pair}
    assert reported <= {name for cycle in cycles for name in cycle}
    assert all(reported & set(cycle) for cycle in cycles)
    if not cycles:
        redundant = {tuple(sorted((child, far))) for child, far, _ in list_redundant_broader(view)}
        assert {tuple(sorted(pair)) for pair in pairs["redundant-broader"]} == redundant


@pytest.mark.parametrize("seed", [*range(90), 1046, 1094])  # the last two: deprecated homographs
def test_pyshifty_agrees(seed: int, tmp_path: Path) -> None:
    pytest.importorskip("shifty")
    compare(make_graph(seed, tmp_path), "pyshifty")


@pytest.mark.parametrize("seed", range(100, 108))
def test_pyshacl_agrees(seed: int, tmp_path: Path) -> None:
    compare(make_graph(seed, tmp_path), "pyshacl")


def test_random_graphs_contain_every_fault_that_shapes_cover(tmp_path: Path) -> None:
    seen: set[str] = set()
    for seed in range(90):
        seen |= {d.rule.slug for d in validate(make_graph(seed, tmp_path), {}, Config())}
    assert slugs_of_shapes() - seen <= {"iri-not-http"}
