"""Strong components and paths, on graphs of any shape and size."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from skosify_rad.graph.components import find_path, strong_components

nodes = st.integers(0, 9).map(str)
graphs = st.dictionaries(nodes, st.lists(nodes, max_size=4), max_size=10)


def reaches(edges: dict[str, list[str]], start: str) -> set[str]:
    """Return the nodes reachable from a node in one or more steps."""
    found: set[str] = set()
    pending = list(edges.get(start, ()))
    while pending:
        node = pending.pop()
        if node not in found:
            found.add(node)
            pending += edges.get(node, ())
    return found


@given(graphs)
def test_components_are_the_nodes_that_reach_each_other(edges: dict[str, list[str]]) -> None:
    everything = sorted({*edges, *(child for children in edges.values() for child in children)})
    expected = {
        frozenset(b for b in everything if a == b or (b in reaches(edges, a) and a in reaches(edges, b)))
        for a in everything
    }
    found = strong_components(edges)
    assert {frozenset(component) for component in found} == {c for c in expected if len(c) > 1}
    assert all(component == sorted(component) for component in found)


@given(graphs, nodes, nodes)
def test_a_path_follows_existing_edges(parents: dict[str, list[str]], child: str, ancestor: str) -> None:
    assume(child != ancestor)
    path = find_path(child, ancestor, parents)
    assert bool(path) == (ancestor in reaches(parents, child))
    if path:
        assert (path[0], path[-1]) == (child, ancestor)
        assert all(above in parents[below] for below, above in pairwise(path))


def test_a_chain_of_five_thousand() -> None:
    chain = {str(n): [str(n + 1)] for n in range(5000)}
    assert strong_components(chain) == []
    assert len(find_path("0", "5000", chain)) == 5001
    assert len(strong_components({**chain, "5000": ["0"]})[0]) == 5001


def test_a_hub_of_ten_thousand() -> None:
    hub = {"hub": [str(n) for n in range(10_000)]}
    assert strong_components(hub) == []
    assert len(strong_components({**hub, **{str(n): ["hub"] for n in range(10_000)}})[0]) == 10_001
