"""Cycles are broken at their weakest edges, with no more edges than needed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.graph import cycles
from skosify_rad.graph.components import strong_components
from skosify_rad.graph.cycles import Ancestry, find_weakest

if TYPE_CHECKING:
    import pytest

nodes = st.integers(0, 7).map(str)
tangles = st.lists(st.tuples(nodes, nodes).filter(lambda edge: edge[0] != edge[1]), unique=True, max_size=40)


def take_one_by_one(edges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the edges rejected when edges are added one by one unless they close a cycle."""
    above: dict[str, set[str]] = {}
    left: list[tuple[str, str]] = []
    for parent, child in edges:
        if child in above.get(parent, ()):
            left.append((parent, child))
            continue
        higher = {parent, *above.get(parent, ())}
        for node in {child, *(node for node, known in above.items() if child in known)}:
            above[node] = above.get(node, set()) | higher
    return left


@given(tangles)
def test_the_result_is_that_of_adding_edges_one_by_one(edges: list[tuple[str, str]]) -> None:
    found = find_weakest(edges)
    assert [(parent, child) for parent, child, _ in found] == take_one_by_one(edges)
    kept = [edge for edge in edges if edge not in {(parent, child) for parent, child, _ in found}]
    for parent, child, step in found:
        assert (step, parent) in kept
        assert step == child or Ancestry(kept).find_step(step, child)


def test_half_the_edges_of_a_clique_remain() -> None:
    edges = [(str(a), str(b)) for a in range(100) for b in range(100) if a != b]
    random.Random(5).shuffle(edges)  # noqa: S311 - no secret
    assert len(find_weakest(edges)) == len(edges) // 2


def test_an_exhausted_budget_leaves_no_cycle_and_keeps_consistent_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cycles, "_PATIENCE", 5)
    chain = [(str(n + 1), str(n)) for n in range(50)]
    back = [(str(n), str(n + 2)) for n in range(49)]
    edges = [edge for pair in zip(back, chain, strict=False) for edge in pair]
    left = {(parent, child) for parent, child, _ in find_weakest(edges)}
    children: dict[str, list[str]] = {}
    for parent, child in edges:
        if (parent, child) not in left:
            children.setdefault(parent, []).append(child)
    assert strong_components(children) == []
    assert left <= set(chain)
    assert len(left) >= len(take_one_by_one(edges))


def test_a_hub_with_ten_thousand_cycles_and_a_ring_of_ten_thousand() -> None:
    hub = [edge for n in range(10_000) for edge in (("hub", str(n)), (str(n), "hub"))]
    assert len(find_weakest(hub)) == 10_000
    ring = [(str(n), str((n + 1) % 10_000)) for n in range(10_000)]
    ((parent, child, step),) = find_weakest(ring)
    assert (parent, child, step) == ("9999", "0", "9998")
