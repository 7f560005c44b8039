"""Break cycles: choose the weakest edges to remove, and no more than needed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from skosify_rad.graph.components import find_path, strong_components
from skosify_rad.graph.hierarchy import Reach

Edge = tuple[str, str]
"""Parent and child."""


class Closing(NamedTuple):
    """An edge that closes a cycle with stronger ones."""

    parent: str
    child: str
    step: str
    """The parent of `parent` on the shortest path up to `child`; empty if it was not searched for."""


class Ancestry:
    """Ancestors in a hierarchy without cycles."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        """Index edges; of paths of equal length, the one whose edges come first is used."""
        self._parents: dict[str, dict[str, None]] = defaultdict(dict)
        for parent, child in edges:
            self._parents[child][parent] = None
        self._reach = Reach({child: set(above) for child, above in self._parents.items()})

    @property
    def levels(self) -> Mapping[str, int]:
        """Level of each node, parents before children."""
        return self._reach.levels

    def find_step(self, low: str, high: str) -> str:
        """Return the parent of `low` on the shortest path up to `high`; empty if `high` is not an ancestor."""
        if high in self._parents.get(low, ()):  # the fast case first, since a node may have ten thousand parents
            return high
        if not self._reach.reaches(low, high):
            return ""
        steps = [parent for parent in self._parents[low] if self._reach.reaches(parent, high)]
        return steps[0] if len(steps) == 1 else find_path(low, high, self._parents)[1]


def find_weakest(edges: Sequence[Edge]) -> list[Closing]:
    """Return the edges to remove so that no cycle remains; `edges` come in order of strength, the strongest first.

    The result is that of adding edges one by one and rejecting each that closes a cycle. To be fast, all edges that
    close no cycle with any stronger edge are accepted at once, and those that contradict them are rejected at once, so
    that only overlapping cycles are worked through edge by edge.

    >>> find_weakest([("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")])
    [Closing(parent='c', child='a', step='b'), Closing(parent='b', child='a', step='a')]
    """
    positions = set(_find_closing(edges))
    kept = [edge for position, edge in enumerate(edges) if position not in positions]
    ancestry = Ancestry(kept)
    found = [Closing(*edges[position], ancestry.find_step(*edges[position])) for position in sorted(positions)]
    if all(edge.step for edge in found):
        return found
    order = _Order(kept, ancestry.levels)
    rejected = (edge if edge.step else order.add(edge.parent, edge.child) for edge in found)
    return [edge for edge in rejected if edge is not None]


class _Order:
    """A topological order, parents before children, maintained while edges are added (Pearce and Kelly 2006)."""

    def __init__(self, edges: Iterable[Edge], levels: Mapping[str, int]) -> None:
        """Start with edges that close no cycle, and the levels of their nodes."""
        self._patience = _PATIENCE
        self._parents: dict[str, list[str]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        for parent, child in edges:
            self._link(parent, child)
        self._ranks = {node: rank for rank, node in enumerate(sorted(levels, key=lambda n: (levels[n], n)))}

    def _link(self, parent: str, child: str) -> None:
        self._parents[child].append(parent)
        self._children[parent].append(child)

    def add(self, parent: str, child: str) -> Closing | None:
        """Add an edge, or return it if it closes a cycle."""
        ranks = self._ranks
        high, low = ranks.setdefault(parent, len(ranks)), ranks.setdefault(child, len(ranks))
        if low < high:
            above = self._search(parent, self._parents, (low, high), child)
            if child in above:
                return Closing(parent, child, _first_step(above, child))
            below = self._search(child, self._children, (low, high), "")
            if self._patience < 0:
                return Closing(parent, child, "")
            moved = [*sorted(above, key=ranks.__getitem__), *sorted(below, key=ranks.__getitem__)]
            ranks.update(zip(moved, sorted(ranks[node] for node in moved), strict=True))
        self._link(parent, child)
        return None

    def _search(
        self, start: str, edges: Mapping[str, Sequence[str]], ranks: tuple[int, int], goal: str
    ) -> dict[str, str]:
        """Return node -> predecessor for the nodes reached between two ranks, until the goal or the budget's end."""
        low, high = ranks
        came_from = {start: ""}
        pending = [start]
        for node in pending:
            following = edges.get(node, ())
            self._patience -= len(following)
            for other in (goal,) if goal in following else following:
                if other not in came_from and low <= self._ranks[other] <= high:
                    came_from[other] = node
                    pending.append(other)
            if goal in came_from or self._patience < 0:
                break
        return came_from


def _first_step(came_from: Mapping[str, str], end: str) -> str:
    while came_from[came_from[end]]:
        end = came_from[end]
    return end


_PATIENCE: Final = 5_000_000
"""Search steps (about two seconds). After that, every edge against the order found so far is rejected unsearched."""


def _find_closing(edges: Sequence[Edge]) -> list[int]:
    """Return the positions, unordered, of the edges that close a cycle with edges before them.

    An edge closes a cycle if the edges up to it strongly connect its ends. Divide and conquer finds these edges; a
    search for each edge would be quadratic.
    """
    closing: list[int] = []
    work = [(0, len(edges), [(i, *edge) for i, edge in enumerate(edges)])]
    while work:
        low, high, undecided = work.pop()  # fewer than `low` edges do not connect their ends
        if not undecided or low == len(edges):
            continue
        middle = (low + high) // 2
        within, across = _split(undecided, middle + 1)
        if low == high:
            closing += [position for position, _, _ in within if position == low]
            continue
        closing += [position for position, _, _ in within if position > middle]
        work.append((low, middle, [edge for edge in within if edge[0] <= middle]))
        work.append((middle + 1, high, across))
    return closing


_Placed = tuple[int, str, str]


def _split(edges: list[_Placed], limit: int) -> tuple[list[_Placed], list[_Placed]]:
    """Split edges into those within a strong component of the edges before `limit`, and those between components.

    In the edges between components, each component is replaced by its first node.
    """
    graph: dict[str, list[str]] = {}
    for position, start, end in edges:
        if position < limit:
            graph.setdefault(start, []).append(end)
    of = {node: nodes[0] for nodes in strong_components(graph) for node in nodes}
    within, across = [], []
    for position, start, end in edges:
        if start in of and of[start] == of.get(end):
            within.append((position, start, end))
        else:
            across.append((position, of.get(start, start), of.get(end, end)))
    return within, across
