"""Closures over a hierarchy: cycles, levels and reachability, all iterative, so that depth costs nothing.

Source: Yildirim, GRAIL (VLDB 2010).
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from skosify_rad.hierarchy import strong_components

Edges = Mapping[str, AbstractSet[str]]
"""Child -> its parents."""

_NONE: frozenset[str] = frozenset()


def invert(edges: Edges) -> dict[str, set[str]]:
    """Return parent -> children of child -> parents."""
    children: dict[str, set[str]] = {}
    for child, parents in edges.items():
        for parent in parents:
            children.setdefault(parent, set()).add(child)
    return children


def find_components(edges: Edges) -> list[tuple[str, ...]]:
    """Return the strongly connected components of more than one node, sorted inside and out."""
    return sorted(map(tuple, strong_components(edges)))


def find_leaders(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return node -> the first, in order, of all nodes that links connect it to, in either direction.

    >>> find_leaders([("b", "c"), ("c", "a"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    leaders: dict[str, str] = {}

    def find(node: str) -> str:
        while leaders.setdefault(node, node) != node:
            leaders[node] = leaders[leaders[node]]
            node = leaders[node]
        return node

    for one, other in links:
        a, b = find(one), find(other)
        leaders[max(a, b)] = min(a, b)
    return {node: find(node) for node in leaders}


def find_cycle(edges: Edges, component: Iterable[str]) -> tuple[str, ...]:
    """Return one shortest cycle through the first node of a component: a, its parent, ... back to before a."""
    members = frozenset(component)
    start = min(members)
    came_from: dict[str, str] = {}
    level = [start]
    while level:
        following: list[str] = []
        for node in level:
            for parent in sorted(edges.get(node, _NONE) & members):
                if parent == start:
                    return _trace(node, start, came_from)
                if parent not in came_from:
                    came_from[parent] = node
                    following.append(parent)
        level = following
    return (start,)


def _trace(node: str, start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    path = [node]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


class Reach:
    """Answers "does x lie above y?" at once on trees, and with a pruned search on polyhierarchies.

    Nodes of one cycle count as one. Each node hangs below its deepest parent in a spanning forest: an ancestor there
    is found by comparing two numbers. Elsewhere the search enters only nodes that may still have the goal above them:
    those with a higher post-order, whose lowest post-order above them is not higher than the goal's.
    """

    __slots__ = ("_edges", "_ends", "_lows", "_starts", "component_of", "components", "edges", "order")

    def __init__(self, edges: Edges) -> None:
        """Index a hierarchy given as child -> parents."""
        self.edges = edges
        self.components = find_components(edges)
        self.component_of = {n: c[0] for c in self.components for n in c}
        self._edges = self._condense()
        self.order = self._number()
        self._lows: dict[str, int] = {}
        for node, rank in self.order.items():
            self._lows[node] = min((self._lows[p] for p in self._edges.get(node, _NONE)), default=rank)
        self._starts, self._ends = self._plant()

    def _condense(self) -> Edges:
        of = self.component_of
        if not of and not any(child in parents for child, parents in self.edges.items()):
            return self.edges
        condensed: dict[str, set[str]] = {}
        for child, parents in self.edges.items():
            own = of.get(child, child)
            condensed.setdefault(own, set()).update({of.get(p, p) for p in parents} - {own})
        return condensed

    def _number(self) -> dict[str, int]:
        order: dict[str, int] = {}
        seen: set[str] = set()
        for root in self._edges:
            if root in seen:
                continue
            seen.add(root)
            work = [(root, iter(sorted(self._edges.get(root, _NONE))))]
            while work:
                node, following = work[-1]
                for parent in following:
                    if parent not in seen:
                        seen.add(parent)
                        work.append((parent, iter(sorted(self._edges.get(parent, _NONE)))))
                        break
                else:
                    work.pop()
                    order[node] = len(order)
        return order

    def _plant(self) -> tuple[dict[str, int], dict[str, int]]:
        below: dict[str, list[str]] = {}
        roots: list[str] = []
        for node in self.order:
            parents = self._edges.get(node, _NONE)
            if parents:
                below.setdefault(max(parents, key=self.order.__getitem__), []).append(node)
            else:
                roots.append(node)
        starts: dict[str, int] = {}
        ends: dict[str, int] = {}
        work = [(root, False) for root in roots]
        while work:
            node, left = work.pop()
            if left:
                ends[node] = len(starts)
                continue
            starts[node] = len(starts)
            work.append((node, True))
            work.extend((child, False) for child in below.get(node, ()))
        return starts, ends

    def reaches(self, descendant: str, ancestor: str) -> bool:
        """Tell whether `ancestor` lies above `descendant`; nodes of one cycle lie above each other and themselves."""
        start = self.component_of.get(descendant, descendant)
        goal = self.component_of.get(ancestor, ancestor)
        if start == goal:
            return descendant in self.component_of or descendant in self.edges.get(descendant, _NONE)
        order, lows, starts = self.order, self._lows, self._starts
        if start not in order or goal not in order:
            return False
        rank, first, last = order[goal], starts[goal], self._ends[goal]
        work, seen = [start], {start}
        while work:
            node = work.pop()
            if first <= starts[node] < last:
                return True
            for parent in self._edges.get(node, _NONE):
                if parent not in seen and lows[parent] <= rank <= order[parent]:
                    seen.add(parent)
                    work.append(parent)
        return False

    def count_levels(self) -> dict[str, int]:
        """Return each node's level: 1 for a root, else one more than its deepest parent; a cycle counts as one node."""
        levels: dict[str, int] = {}
        for node in self.order:
            levels[node] = 1 + max((levels[p] for p in self._edges.get(node, _NONE)), default=0)
        return levels
