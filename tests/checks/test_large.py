"""Deep, wide and dense graphs (chains, hubs, cliques, cycles) are checked in seconds, without recursion."""

from __future__ import annotations

import random
import time

import pytest

from skosify_rad.checks import CHECKS, CONSUMER_SLUGS, View
from skosify_rad.graph.graph import Graph
from skosify_rad.graph.hierarchy import Reach
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Literal, Term

SECONDS = 5.0
"""Of CPU time; each takes well below one."""


def build(edges: list[tuple[int, str, int]], size: int) -> Graph:
    subjects: dict[str, dict[str, tuple[Term, ...]]] = {
        f"http://e/{i}": {RDF.type: (SKOS.Concept,), SKOS.prefLabel: (Literal(f"Concept {i}", "en"),)}
        for i in range(size)
    }
    lists: dict[tuple[str, str], list[str]] = {}
    for one, predicate, other in edges:
        lists.setdefault((f"http://e/{one}", predicate), []).append(f"http://e/{other}")
    for (subject, predicate), objects in lists.items():
        subjects[subject][predicate] = tuple(objects)
    return Graph(subjects)


SHAPES = {
    "chain": (
        [(i, SKOS.broader, i - 1) for i in range(1, 5000)] + [(i, SKOS.related, i // 2) for i in range(9, 5000)],
        5000,
    ),
    "hub": (
        [(i, SKOS.broader, 0) for i in range(1, 10_000)] + [(i, SKOS.related, i - 1) for i in range(2, 10_000)],
        10_000,
    ),
    "fan": ([(0, SKOS.narrower, i) for i in range(1, 10_000)], 10_000),
    "many parents": ([(0, SKOS.broader, i) for i in range(1, 10_000)], 10_000),
    "clique": ([(i, SKOS.broader, j) for i in range(300) for j in range(i)], 300),
    "related clique": ([(i, SKOS.related, j) for i in range(300) for j in range(300) if i != j], 300),
    "ring": (
        [(i, SKOS.broader, (i + 1) % 5000) for i in range(5000)] + [(i, SKOS.related, 7) for i in range(5000)],
        5000,
    ),
    "knot": ([(i, SKOS.broader, j) for i in range(300) for j in range(300) if i != j], 300),
    "match chain": ([(i, SKOS.exactMatch, i + 1) for i in range(4999)] + [(0, SKOS.broadMatch, 4999)], 5000),
}


@pytest.mark.parametrize("name", SHAPES)
def test_hard_graphs_are_checked_in_seconds(name: str) -> None:
    view = View(build(*SHAPES[name]))
    started = time.process_time()
    for check in CHECKS:
        if CONSUMER_SLUGS.isdisjoint(check.slugs):
            for _ in check.run(view):
                pass
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("seed", range(60))
def test_reach_agrees_with_a_plain_search(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    size = 14
    edges: dict[str, set[str]] = {}
    for _ in range(chance.randrange(8, 30)):
        one, other = chance.randrange(size), chance.randrange(size)
        if seed % 2 or one > other:
            edges.setdefault(str(one), set()).add(str(other))
    reach = Reach(edges)
    for start in map(str, range(size)):
        above: set[str] = set()
        work = [start]
        while work:
            new = edges.get(work.pop(), set()) - above
            above |= new
            work.extend(new)
        assert {goal for goal in map(str, range(size)) if reach.reaches(start, goal)} == above
