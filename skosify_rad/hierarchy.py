"""Contradictions in the hierarchy: cycles broken at the weakest edge, differentials among ancestors left out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

_Node = TypeVar("_Node", str, int)

Edges = Mapping[str, Collection[str]]
"""Parent -> children (or any directed graph)."""


def strong_components(edges: Mapping[_Node, Collection[_Node]]) -> list[list[_Node]]:
    """Return the strongly connected components of more than one node (Tarjan 1972, without recursion).

    >>> strong_components({"a": ["b"], "b": ["a", "c"], "c": []})
    [['a', 'b']]
    """
    index: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    path: list[_Node] = []
    on_path: set[_Node] = set()
    found: list[list[_Node]] = []
    for root in edges:
        if root in index:
            continue
        work: list[tuple[_Node, Iterator[_Node]]] = [(root, iter(edges.get(root, ())))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, children = work[-1]
            child = next(children, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    _close(node, path, on_path, found)
            elif child not in index:
                index[child] = low[child] = len(index)
                path.append(child)
                on_path.add(child)
                work.append((child, iter(edges.get(child, ()))))
            elif child in on_path:
                low[node] = min(low[node], index[child])
    return found


def _close(node: _Node, path: list[_Node], on_path: set[_Node], found: list[list[_Node]]) -> None:
    component = []
    while True:
        member = path.pop()
        on_path.discard(member)
        component.append(member)
        if member == node:
            break
    if len(component) > 1:
        found.append(sorted(component))


def find_closing(edges: Sequence[tuple[str, str]]) -> list[int]:
    """Return the positions of the edges that close a cycle with edges before them, in no order.

    Left out, weakest last, they leave no cycle. Found by halving: an edge closes a cycle when its ends are strongly
    connected by the edges up to it. A search for each edge would be quadratic; a clique of 300 takes half a second.

    >>> find_closing([("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")])
    [3, 1]
    """
    closing: list[int] = []
    work = [(0, len(edges), [(i, *edge) for i, edge in enumerate(edges)])]
    while work:
        low, high, undecided = work.pop()  # their ends are connected by no less than `low` edges
        if not undecided or low == len(edges):
            continue
        middle = (low + high) // 2
        within, across = _part(undecided, middle + 1)
        if low == high:
            closing += [position for position, _, _ in within if position == low]
            continue
        closing += [position for position, _, _ in within if position > middle]
        work.append((low, middle, [edge for edge in within if edge[0] <= middle]))
        work.append((middle + 1, high, across))
    return closing


_Placed = tuple[int, str, str]


def _part(edges: list[_Placed], many: int) -> tuple[list[_Placed], list[_Placed]]:
    """Part edges by whether the first `many` connect their ends; those across get one end for what is connected."""
    graph: dict[str, list[str]] = {}
    for position, start, end in edges:
        if position < many:
            graph.setdefault(start, []).append(end)
    of = {node: nodes[0] for nodes in strong_components(graph) for node in nodes}
    within, across = [], []
    for position, start, end in edges:
        if start in of and of[start] == of.get(end):
            within.append((position, start, end))
        else:
            across.append((position, of.get(start, start), of.get(end, end)))
    return within, across


def descends(child: str, ancestor: str, parents: Edges) -> list[str]:
    """Return the path from a concept up to an ancestor, both included; empty where it is none.

    >>> descends("c", "a", {"c": ["b"], "b": ["a"]})
    ['c', 'b', 'a']
    """
    if ancestor in parents.get(child, ()):
        return [child, ancestor]
    came_from: dict[str, str] = {child: ""}
    pending = [child]
    for node in pending:
        for parent in parents.get(node, ()):
            if parent not in came_from:
                came_from[parent] = node
                pending.append(parent)
                if parent == ancestor:
                    return _trace(ancestor, came_from)
    return []


def _trace(node: str, came_from: Mapping[str, str]) -> list[str]:
    path = [node]
    while came_from[path[-1]]:
        path.append(came_from[path[-1]])
    return path[::-1]
