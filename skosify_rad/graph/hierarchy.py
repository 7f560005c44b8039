"""Closures over a hierarchy: cycles, levels and reachability, all iterative, so that depth costs nothing.

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


def gather(*columns: tuple[Sequence[_Node], Sequence[_Node]]) -> Edges[_Node]:
    """Return the nodes that each node of the first columns has beside it; equal sets of one are one object.

    >>> sorted(gather((["a", "b"], ["x", "x"]), (["b"], ["y"]))["b"])
    ['x', 'y']
    """
    one: dict[_Node, _Node] = {}
    for nodes, others in columns:
        one.update(zip(nodes, others, strict=True))
    alone = {other: frozenset((other,)) for other in set(one.values())}
    found: dict[_Node, AbstractSet[_Node]] = dict(zip(one, map(alone.__getitem__, one.values()), strict=True))
    several: dict[_Node, set[_Node]] = {}
    for nodes, others in columns:  # mostly each has one, stated from both ends
        known = map(one.__getitem__, nodes)
        for node, other in compress(zip(nodes, others, strict=True), map(ne, known, others)):
            several.setdefault(node, {one[node]}).add(other)
    found.update(several)
    return found


def find_components(edges: Edges[str]) -> list[tuple[str, ...]]:
    """Return the strongly connected components of more than one node, sorted inside and out."""
    return sorted(map(tuple, strong_components(edges)))


def find_leaders(links: Iterable[tuple[_Ordered, _Ordered]]) -> dict[_Ordered, _Ordered]:
    """Return node -> the first, in order, of all nodes that links connect it to, in either direction.

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


def _count_levels(edges: Edges[_Node]) -> tuple[dict[_Node, int], set[_Node]]:
    """Return each node's level, 1 for a root, else one more than its deepest parent, and the nodes in or below a cycle.

    Parents come first. Goes up from each node to what is known: files mostly name parents first, and most nodes have
    one parent, so that one step is enough.
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
    """Find the level of a node by way of those above it, or that it is stuck in or below a cycle, as is all the way."""
    work, way = [start], set[_Node]()
    while work:
        node = work[-1]
        above = edges[node] if node not in levels else ()
        unknown = [parent for parent in above if parent not in levels]
        if not unknown:
            if node not in levels:
                levels[node] = 1 + max(map(levels.__getitem__, above), default=0)
            way.discard(work.pop())
            continue
        way.add(node)
        if not (way.isdisjoint(unknown) and stuck.isdisjoint(unknown)):
            stuck |= way
            return
        work += unknown


class Reach(Generic[_Node]):
    """Answers "does x lie above y?"; nodes of one cycle count as one.

    An ancestor has a lower level: what lies too high already is not entered, and most questions are answered in a few
    steps. Where all of them together take many, since the hierarchy is deep or dense, it is numbered, once.
    """

    __slots__ = ("_edges", "_key", "_numbers", "_patience", "component_of", "components", "edges", "levels")

    def __init__(self, edges: Edges[_Node], key: Callable[[_Node], str] = str) -> None:
        """Index a hierarchy given as child -> parents; `key` says by what the nodes of a cycle are put in order."""
        self.edges = edges
        self._edges = edges
        self._key = key
        self._numbers: _Numbers[_Node] | None = None
        self._patience = _PATIENCE * len(edges)
        self.components: list[tuple[_Node, ...]] = []
        self.component_of: dict[_Node, _Node] = {}
        self.levels, stuck = _count_levels(edges)
        """Level of each node, parents first; that of a cycle at its first node alone."""
        if stuck:
            self._condense(stuck)

    def _condense(self, stuck: set[_Node]) -> None:
        """Make one node of each cycle; only what is stuck in or below a cycle changes."""
        levels, key = self.levels, self._key
        within: Mapping[Any, AbstractSet[Any]] = {node: self.edges[node] & stuck for node in stuck}
        found: list[list[_Node]] = strong_components(within)
        self.components = [tuple(sorted(component, key=key)) for component in found]
        self.components.sort(key=lambda component: [*map(key, component)])
        self.component_of = of = {n: c[0] for c in self.components for n in c}
        mended: dict[_Node, set[_Node]] = {}
        for child in stuck:
            own = of.get(child, child)
            mended.setdefault(own, set()).update({of.get(p, p) for p in self.edges[child]} - {own})
        self._edges = condensed = dict(self.edges)
        for node in of:
            del condensed[node]
        condensed.update(mended)
        for node in _count_levels({node: above & mended.keys() for node, above in mended.items()})[0]:
            levels[node] = 1 + max((levels[p] for p in mended[node]), default=0)

    def find_roots(self) -> dict[_Node, _Node]:
        """Return node -> one of the roots above it, itself for a root."""
        tops = [node for node, level in self.levels.items() if level == 1]
        roots: dict[_Node, _Node] = dict.fromkeys(self.levels, tops[0]) if len(tops) == 1 else {}
        for node in () if roots else self.levels:
            parents = self._edges.get(node)
            roots[node] = roots[next(iter(parents))] if parents else node
        roots.update({node: roots[first] for node, first in self.component_of.items()})
        return roots

    def reaches(self, descendant: _Node, ancestor: _Node) -> bool:
        """Tell whether `ancestor` lies above `descendant`; nodes of one cycle lie above each other and themselves."""
        start = self.component_of.get(descendant, descendant)
        goal = self.component_of.get(ancestor, ancestor)
        if start == goal:
            return descendant in self.component_of or descendant in self.edges.get(descendant, _NONE)
        height = self.levels.get(goal, 0)
        if not 0 < height < self.levels.get(start, 0):
            return False
        if self._numbers is not None:
            return self._numbers.reaches(start, goal)
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
                self._numbers = _Numbers(edges, self._key)
                return self._numbers.reaches(start, goal)
        return False


_PATIENCE: Final = 10
"""Steps up, for each concept with a parent, before a hierarchy is numbered, which costs about as much."""


class _Numbers(Generic[_Node]):
    """A hierarchy without cycles, numbered: at once on trees, with a pruned search on polyhierarchies.

    Each node hangs below its deepest parent in a spanning forest: an ancestor there is found by comparing two numbers.
    Elsewhere the search enters only nodes that may still have the goal above them: those with a higher post-order,
    whose lowest post-order above them is not higher than the goal's.
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
        """Tell whether one node lies above another."""
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
