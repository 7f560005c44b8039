"""The page on checking: its table matches the shapes; it lists every consumer, fix and engine."""

from __future__ import annotations

import re

import pytest
import rdflib

from skosify_rad.checks import CONSUMERS
from skosify_rad.checks.fixes import FIXERS
from skosify_rad.checks.shacl import CORE, ENGINES, SPARQL, find_shapes_folder
from skosify_rad.docs import read_page
from skosify_rad.model.catalogue import RULES, find_rule
from skosify_rad.model.namespaces import DCT, SH

PAGE = read_page("checking")
ROW = re.compile(r"^\| (RAD\d+) \| (\S+) \| .*? \| (yes|no) \| (yes|no) \| .*?\|$", re.MULTILINE)


def read(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(find_shapes_folder() / name)


@pytest.mark.parametrize(("name", "column"), [(CORE, 3), (SPARQL, 4)])
def test_table_matches_the_shapes(name: str, column: int) -> None:
    rows = list(ROW.finditer(PAGE))
    assert [row[1] for row in rows] == [rule.code for rule in RULES if "RAD510" <= rule.code < "RAD580"]
    codes = {str(code) for code in read(name).objects(None, rdflib.URIRef(DCT.identifier))}
    assert {row[1] for row in rows if row[column] == "yes"} == codes


def test_core_uses_core_only_and_every_shape_has_an_iri_and_a_rule() -> None:
    sparql = {rdflib.URIRef(SH.NS + word) for word in ("sparql", "select", "ask", "prefixes", "js", "rule")}
    assert not sparql & set(read(CORE).predicates())
    for name in (CORE, SPARQL):
        graph = read(name)
        for shape in graph.subjects(rdflib.RDF.type, rdflib.URIRef(SH.NS + "PropertyShape")):
            assert isinstance(shape, rdflib.URIRef)
            assert len(list(graph.objects(shape, rdflib.URIRef(SH.NS + "disjoint")))) <= 1
            code = graph.value(shape, rdflib.URIRef(DCT.identifier))
            rule = find_rule(str(code))
            assert rule is not None
            assert str(shape).rpartition("#")[2].startswith(rule.slug)


def test_lists_are_complete() -> None:
    for word in (*CONSUMERS, *FIXERS, *ENGINES):
        assert f"`{word}`" in PAGE
