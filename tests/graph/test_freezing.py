"""Frozen triples: Sources behave like a dict from triple to evidence."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from skosify_rad.graph.freezing import EvidenceByProperty, freeze, group
from skosify_rad.graph.graph import Graph
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.statements import Evidence, Literal, Triple

SUBJECTS = ("s/1", "s/2", "s/3")
PREDICATES = ("p/1", "p/2")
MANY = tuple(f"o/{number}" for number in range(40))
"""More objects than linear search handles."""
OBJECTS = (*MANY, Literal("o/7"), Literal("a", "en"), Literal("a", "de"), Literal("1", "", "t"))


def piece(line: int) -> Evidence:
    return Evidence(Place("N.md", line), (), "words", "rule")


def make_stated() -> tuple[dict[Triple, tuple[Evidence, ...]], EvidenceByProperty]:
    """Return some triples with evidence, as a dict and as an assembly stores them."""
    triples = [Triple(*t) for t in product(SUBJECTS[:2], PREDICATES, OBJECTS)][::3]
    expected = {t: tuple(piece(n) for n in range(1, 2 + number % 3)) for number, t in enumerate(triples)}
    grouped: EvidenceByProperty = defaultdict(dict)
    for triple, pieces in expected.items():
        grouped[triple.predicate][triple] = pieces if len(pieces) == 1 else [*reversed(pieces), pieces[0]]
    return expected, grouped


def test_sources_are_a_mapping_in_the_order_of_the_graph() -> None:
    expected, grouped = make_stated()
    stated = next(triple for triple in expected if triple[:2] == ("s/1", "p/2"))
    derived = {"p/2": {Triple("s/3", "p/2", "o/1"), Triple("s/1", "p/2", "o/99"), stated}}
    subjects, sources = freeze(group(grouped, derived), grouped, "s/2")
    graph = Graph(subjects)
    assert dict(sources) == dict(sources.items()) == expected
    assert list(sources) == [triple for triple in graph if triple in expected]
    assert len(sources) == len(expected)
    assert list(subjects) == ["s/2", "s/1", "s/3"]
    assert len(graph) == len(expected) + 2


def test_triples_without_evidence_are_not_in_the_sources() -> None:
    _, grouped = make_stated()
    derived = Triple("s/1", "p/2", "o/99")
    _, sources = freeze(group(grouped, {"p/2": {derived}}), grouped, "s/2")
    strangers = (
        derived,
        Triple("s/9", "p/1", "o/1"),
        Triple("s/1", "p/9", "o/1"),
        Triple("s/1", "p/1", Literal("o/3")),
    )
    for triple in strangers:
        assert triple not in sources
        assert sources.get(triple) is None
        assert sources.get(triple, ()) == ()
        with pytest.raises(KeyError):
            sources[triple]


def test_sources_without_evidence_are_empty() -> None:
    _, sources = freeze({"s/1": [Triple("s/1", "p/1", "o/1")]}, {}, "s/1")
    assert not sources
    assert list(sources) == []
