"""Strongly connected components and shortest paths of a directed graph, without recursion."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

_Node = TypeVar("_Node", str, int)

Edges = Mapping[str, Collection[str]]
"""Node -> its successors."""


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


def find_path(child: str, ancestor: str, parents: Edges) -> list[str]:
    """Return the shortest path from a concept up to an ancestor, both included; empty if there is none.

    >>> find_path("c", "a", {"c": ["b"], "b": ["a"]})
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
