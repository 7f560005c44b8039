"""Cycles and ancestors: what is left out, and that neither depth nor number makes it slow to find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.hierarchy import descends, find_closing, strong_components

Edge = tuple[str, str]

nodes = st.sampled_from("abcdefg")
edges = st.lists(st.tuples(nodes, nodes).filter(lambda e: e[0] != e[1]), max_size=30, unique=True)


def graph_of(found: list[Edge]) -> dict[str, list[str]]:
    graph: dict[str, list[str]] = {}
    for start, end in found:
        graph.setdefault(start, []).append(end)
    return graph


def find_closing_slowly(found: list[Edge]) -> list[int]:
    """Take the last edge of each strongly connected component away until there is none: plain, and quadratic."""
    left, taken = dict(enumerate(found)), []
    while components := strong_components(graph_of(list(left.values()))):
        for component in components:
            last = max(i for i, (a, b) in left.items() if a in component and b in component)
            del left[last]
            taken.append(last)
    return sorted(taken)


@given(edges)
def test_the_last_edges_of_all_cycles_are_found(found: list[Edge]) -> None:
    assert sorted(find_closing(found)) == find_closing_slowly(found)


@given(edges)
def test_without_them_no_cycle_is_left(found: list[Edge]) -> None:
    closing = set(find_closing(found))
    assert strong_components(graph_of([e for i, e in enumerate(found) if i not in closing])) == []


def test_a_clique_and_a_hub_end() -> None:
    clique = [(str(a), str(b)) for a in range(150) for b in range(150) if a != b]
    hub = [edge for i in range(5_000) for edge in (("hub", str(i)), (str(i), "hub"))]
    assert len(find_closing(clique)) > 150 * 74
    assert sorted(find_closing(hub)) == list(range(1, 10_000, 2))


def test_a_chain_may_be_deep() -> None:
    chain = {str(i): [str(i + 1)] for i in range(5_000)}
    assert len(descends("0", "5000", chain)) == 5_001
    assert find_closing([(str(i), str((i + 1) % 5_000)) for i in range(5_000)]) == [4_999]
