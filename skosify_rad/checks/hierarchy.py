"""Closures over a hierarchy: cycles, levels and reachability, all iterative, so that depth costs nothing.

Source: Yildirim, GRAIL (VLDB 2010).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from skosify_rad.hierarchy import strong_components

Edges = Mapping[str, AbstractSet[str]]
"""Child -> its parents."""

_NONE: frozenset[str] = frozenset()


def gather(links: Sequence[tuple[str, str]], turned: Sequence[tuple[str, str]] = ()) -> Edges:
    """Return the second of each pair by the first, those of `turned` the other way; equal sets of one are one object.

    >>> sorted(gather([("a", "x"), ("b", "x")], [("y", "b")])["b"])
    ['x', 'y']
    """
    one = dict(links)
    more = [(node, other) for node, other in links if one[node] != other] if len(one) < len(links) else []
    more += [(node, other) for other, node in turned if one.setdefault(node, other) != other]
    alone = {other: frozenset((other,)) for other in set(one.values())}
    found: dict[str, AbstractSet[str]] = {node: alone[other] for node, other in one.items()}
    several: dict[str, set[str]] = {}
    for node, other in more:
        several.setdefault(node, {one[node]}).add(other)
    found.update(several)
    return found


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


def _count_levels(edges: Edges) -> dict[str, int] | None:
    """Return each node's level, 1 for a root, else one more than its deepest parent, parents first; None for a cycle.

    Goes up from each node to what is known: files mostly name parents first, so that one step is enough.
    """
    levels: dict[str, int] = {}
    for start in edges:
        work = [start] if start not in levels else []
        way: set[str] = set()
        while work:
            node = work[-1]
            above = edges.get(node, _NONE)
            unknown = [parent for parent in above if parent not in levels]
            if not unknown:
                levels[node] = 1 + max((levels[parent] for parent in above), default=0)
                way.discard(work.pop())
            elif way.isdisjoint(unknown) and node not in unknown:
                way.add(node)
                work += unknown
            else:
                return None
    return levels


def _peel(edges: Edges) -> tuple[dict[str, int], AbstractSet[str]]:
    """Return the same for the nodes that lie neither in nor below a cycle, and those that do."""
    children: defaultdict[str, list[str]] = defaultdict(list)
    for child, parents in edges.items():
        for parent in parents:
            children[parent].append(child)
    waits = {child: len(parents) for child, parents in edges.items() if parents}
    free = [node for node in edges.keys() | children.keys() if node not in waits]
    levels: dict[str, int] = {}
    level = 0
    while free:
        level += 1
        levels.update(dict.fromkeys(free, level))
        below = [child for node in free if node in children for child in children[node]]
        free = []
        for child in below:
            waits[child] -= 1
            if not waits[child]:
                free.append(child)
    return levels, {node for node in edges if node not in levels}


class Reach:
    """Answers "does x lie above y?"; nodes of one cycle count as one.

    An ancestor has a lower level: what lies too high already is not entered, and most questions are answered in a few
    steps. Where all of them together take many, since the hierarchy is deep or dense, it is numbered, once.
    """

    __slots__ = ("_edges", "_numbers", "_patience", "component_of", "components", "edges", "levels")

    def __init__(self, edges: Edges) -> None:
        """Index a hierarchy given as child -> parents."""
        self.edges = edges
        self._edges = edges
        self._numbers: _Numbers | None = None
        self._patience = _PATIENCE * len(edges)
        self.components: list[tuple[str, ...]] = []
        self.component_of: dict[str, str] = {}
        self.levels = _count_levels(edges) or self._condense()
        """Level of each node, parents first; that of a cycle at its first node alone."""

    def _condense(self) -> dict[str, int]:
        """Make one node of each cycle; only what is stuck in or below a cycle changes."""
        levels, stuck = _peel(self.edges)
        self.components = find_components({node: self.edges[node] & stuck for node in stuck})
        self.component_of = of = {n: c[0] for c in self.components for n in c}
        mended: dict[str, set[str]] = {}
        for child in stuck:
            own = of.get(child, child)
            mended.setdefault(own, set()).update({of.get(p, p) for p in self.edges[child]} - {own})
        others = {node for node, first in of.items() if node != first}
        self._edges = {n: mended.get(n, parents) for n, parents in self.edges.items() if n not in others}
        for node in _count_levels({node: above & mended.keys() for node, above in mended.items()}) or ():
            levels[node] = 1 + max((levels[p] for p in mended[node]), default=0)
        return levels

    def find_roots(self) -> dict[str, str]:
        """Return node -> one of the roots above it, itself for a root."""
        tops = [node for node, level in self.levels.items() if level == 1]
        roots: dict[str, str] = dict.fromkeys(self.levels, tops[0]) if len(tops) == 1 else {}
        for node in () if roots else self.levels:
            parents = self._edges.get(node)
            roots[node] = roots[next(iter(parents))] if parents else node
        roots.update({node: roots[first] for node, first in self.component_of.items()})
        return roots

    def reaches(self, descendant: str, ancestor: str) -> bool:
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

    def _search(self, start: str, goal: str, height: int) -> bool:
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
                self._numbers = _Numbers(edges)
                return self._numbers.reaches(start, goal)
        return False


_PATIENCE: Final = 10
"""Steps up, for each concept with a parent, before a hierarchy is numbered, which costs about as much."""


class _Numbers:
    """A hierarchy without cycles, numbered: at once on trees, with a pruned search on polyhierarchies.

    Each node hangs below its deepest parent in a spanning forest: an ancestor there is found by comparing two numbers.
    Elsewhere the search enters only nodes that may still have the goal above them: those with a higher post-order,
    whose lowest post-order above them is not higher than the goal's.
    """

    __slots__ = ("_edges", "_ends", "_lows", "_order", "_starts")

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._order = self._number()
        self._lows: dict[str, int] = {}
        for node, rank in self._order.items():
            self._lows[node] = min((self._lows[p] for p in self._edges.get(node, _NONE)), default=rank)
        self._starts, self._ends = self._plant()

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
        for node in self._order:
            parents = self._edges.get(node, _NONE)
            if parents:
                below.setdefault(max(parents, key=self._order.__getitem__), []).append(node)
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

    def reaches(self, start: str, goal: str) -> bool:
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
