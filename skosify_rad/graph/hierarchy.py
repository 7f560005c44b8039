"""Cycles, levels and reachability in a hierarchy, all iterative, so that depth is no limit.

Source: Yildirim, GRAIL (VLDB 2010).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from operator import ne
from typing import Any, Final, Generic, TypeVar

from skosify_rad.graph.components import strong_components

_Node = TypeVar("_Node", bound=Hashable)
_Ordered = TypeVar("_Ordered", str, int)
Edges = Mapping[_Node, AbstractSet[_Node]]
"""Child -> its parents."""

_NONE: frozenset[Any] = frozenset()


def collect_edges(*columns: tuple[Sequence[_Node], Sequence[_Node]]) -> Edges[_Node]:
    """Return child -> parents from columns of children and parents; equal one-element sets are shared.

    >>> sorted(collect_edges((["a", "b"], ["x", "x"]), (["b"], ["y"]))["b"])
    ['x', 'y']
    """
    last: dict[_Node, _Node] = {}
    for nodes, others in columns:
        last.update(zip(nodes, others, strict=True))
    singles = {other: frozenset((other,)) for other in set(last.values())}
    found: dict[_Node, AbstractSet[_Node]] = dict(zip(last, map(singles.__getitem__, last.values()), strict=True))
    several: dict[_Node, set[_Node]] = {}
    for nodes, others in columns:  # most nodes have one parent, stated in both directions
        known = map(last.__getitem__, nodes)
        for node, other in compress(zip(nodes, others, strict=True), map(ne, known, others)):
            several.setdefault(node, {last[node]}).add(other)
    found.update(several)
    return found


def find_leaders(links: Iterable[tuple[_Ordered, _Ordered]]) -> dict[_Ordered, _Ordered]:
    """Return node -> the smallest node of its connected component, ignoring the direction of links (union-find).

    >>> find_leaders([("b", "c"), ("c", "a"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    leaders: dict[_Ordered, _Ordered] = {}

    def find(node: _Ordered) -> _Ordered:
        while leaders.setdefault(node, node) != node:
            leaders[node] = leaders[leaders[node]]
            node = leaders[node]
        return node

    for one, other in links:
        a, b = find(one), find(other)
        leaders[max(a, b)] = min(a, b)
    return {node: find(node) for node in leaders}


def find_cycle(edges: Edges[str], component: Iterable[str]) -> tuple[str, ...]:
    """Return a shortest cycle through the smallest node of a component, as a path from child to parent."""
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


def _count_levels(edges: Edges[_Node]) -> tuple[dict[_Node, int], set[_Node]]:
    """Return node -> level, parents first, and the nodes in or below a cycle, which have none.

    A root has level 1, other nodes one more than their deepest parent. Most files name parents first and most nodes
    have one parent, so that one step up is usually enough.
    """
    levels = dict.fromkeys(set().union(*edges.values()) - edges.keys(), 1)
    stuck: set[_Node] = set()
    for start, parents in edges.items():
        if len(parents) == 1:
            (parent,) = parents
            if parent in levels:
                levels[start] = levels[parent] + 1
                continue
        if start not in levels:
            _climb(start, edges, levels, stuck)
    return levels, stuck


def _climb(start: _Node, edges: Edges[_Node], levels: dict[_Node, int], stuck: set[_Node]) -> None:
    """Find the levels of a node and its ancestors; if it is in or below a cycle, add the path to `stuck`."""
    work, path = [start], set[_Node]()
    while work:
        node = work[-1]
        above = edges[node] if node not in levels else ()
        unknown = [parent for parent in above if parent not in levels]
        if not unknown:
            if node not in levels:
                levels[node] = 1 + max(map(levels.__getitem__, above), default=0)
            path.discard(work.pop())
            continue
        path.add(node)
        if not (path.isdisjoint(unknown) and stuck.isdisjoint(unknown)):
            stuck |= path
            return
        work += unknown


class Reach(Generic[_Node]):
    """Answers "is x an ancestor of y?"; a cycle counts as one node.

    An ancestor has a lower level, so the search skips nodes above the goal's level and usually takes a few steps. If
    all searches together exceed a budget, because the hierarchy is deep or dense, an index is built once.
    """

    __slots__ = ("_edges", "_index", "_key", "_patience", "component_of", "components", "edges", "levels")

    def __init__(self, edges: Edges[_Node], key: Callable[[_Node], str] = str) -> None:
        """Take a hierarchy as child -> parents; `key` is the sort key of the nodes of a cycle."""
        self.edges = edges
        self._edges = edges
        self._key = key
        self._index: _Index[_Node] | None = None
        self._patience = _PATIENCE * len(edges)
        self.components: list[tuple[_Node, ...]] = []
        self.component_of: dict[_Node, _Node] = {}
        self.levels, stuck = _count_levels(edges)
        """Level of each node, parents first; of a cycle, only its first node."""
        if stuck:
            self._condense(stuck)

    def _condense(self, stuck: set[_Node]) -> None:
        """Replace each cycle by its first node; only nodes in or below a cycle change."""
        levels, key = self.levels, self._key
        within: Mapping[Any, AbstractSet[Any]] = {node: self.edges[node] & stuck for node in stuck}
        found: list[list[_Node]] = strong_components(within)
        self.components = [tuple(sorted(component, key=key)) for component in found]
        self.components.sort(key=lambda component: [*map(key, component)])
        self.component_of = of = {n: c[0] for c in self.components for n in c}
        changed: dict[_Node, set[_Node]] = {}
        for child in stuck:
            own = of.get(child, child)
            changed.setdefault(own, set()).update({of.get(p, p) for p in self.edges[child]} - {own})
        self._edges = condensed = dict(self.edges)
        for node in of:
            del condensed[node]
        condensed.update(changed)
        for node in _count_levels({node: above & changed.keys() for node, above in changed.items()})[0]:
            levels[node] = 1 + max((levels[p] for p in changed[node]), default=0)

    def find_roots(self) -> dict[_Node, _Node]:
        """Return node -> one of its root ancestors; a root maps to itself."""
        tops = [node for node, level in self.levels.items() if level == 1]
        roots: dict[_Node, _Node] = dict.fromkeys(self.levels, tops[0]) if len(tops) == 1 else {}
        for node in () if roots else self.levels:
            parents = self._edges.get(node)
            roots[node] = roots[next(iter(parents))] if parents else node
        roots.update({node: roots[first] for node, first in self.component_of.items()})
        return roots

    def reaches(self, descendant: _Node, ancestor: _Node) -> bool:
        """Return whether `ancestor` is above `descendant`; nodes of one cycle are above each other and themselves."""
        start = self.component_of.get(descendant, descendant)
        goal = self.component_of.get(ancestor, ancestor)
        if start == goal:
            return descendant in self.component_of or descendant in self.edges.get(descendant, _NONE)
        height = self.levels.get(goal, 0)
        if not 0 < height < self.levels.get(start, 0):
            return False
        if self._index is not None:
            return self._index.reaches(start, goal)
        return self._search(start, goal, height)

    def _search(self, start: _Node, goal: _Node, height: int) -> bool:
        edges, levels = self._edges, self.levels
        work, seen = [start], {start}
        while work:
            parents = edges[work.pop()]
            if goal in parents:
                return True
            new = [p for p in parents if levels[p] > height and p not in seen]
            seen.update(new)
            work += new
            self._patience -= len(parents)
            if self._patience < 0:
                self._index = _Index(edges, self._key)
                return self._index.reaches(start, goal)
        return False


_PATIENCE: Final = 10
"""Search steps per concept with a parent before the index is built, which costs about as much."""


class _Index(Generic[_Node]):
    """A reachability index (GRAIL) of a hierarchy without cycles: constant time on trees, pruned search elsewhere.

    In a spanning forest, each node is a child of its latest parent in post-order; an ancestor there is found by
    comparing two numbers. Otherwise the search enters only nodes whose interval of post-order numbers contains the
    goal's.
    """

    __slots__ = ("_edges", "_ends", "_key", "_lows", "_order", "_starts")

    def __init__(self, edges: Edges[_Node], key: Callable[[_Node], str]) -> None:
        self._edges = edges
        self._key = key
        self._order = self._number()
        self._lows: dict[_Node, int] = {}
        for node, rank in self._order.items():
            self._lows[node] = min((self._lows[p] for p in self._edges.get(node, _NONE)), default=rank)
        self._starts, self._ends = self._plant()

    def _number(self) -> dict[_Node, int]:
        order: dict[_Node, int] = {}
        seen: set[_Node] = set()
        for root in self._edges:
            if root in seen:
                continue
            seen.add(root)
            work = [(root, iter(sorted(self._edges.get(root, _NONE), key=self._key)))]
            while work:
                node, following = work[-1]
                for parent in following:
                    if parent not in seen:
                        seen.add(parent)
                        work.append((parent, iter(sorted(self._edges.get(parent, _NONE), key=self._key))))
                        break
                else:
                    work.pop()
                    order[node] = len(order)
        return order

    def _plant(self) -> tuple[dict[_Node, int], dict[_Node, int]]:
        below: dict[_Node, list[_Node]] = {}
        roots: list[_Node] = []
        for node in self._order:
            parents = self._edges.get(node, _NONE)
            if parents:
                below.setdefault(max(parents, key=self._order.__getitem__), []).append(node)
            else:
                roots.append(node)
        starts: dict[_Node, int] = {}
        ends: dict[_Node, int] = {}
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

    def reaches(self, start: _Node, goal: _Node) -> bool:
        """Return whether `goal` is above `start`."""
        order, lows, starts = self._order, self._lows, self._starts
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
