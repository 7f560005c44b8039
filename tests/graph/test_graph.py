"""Graph and the evidence of its triples."""

from __future__ import annotations

import pytest
import rdflib
from sample_graphs import BASE, graph_of, small_triples

from skosify_rad.graph.graph import Graph, evidence_of
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import INVERSES, RDF, SKOS
from skosify_rad.model.statements import Evidence, Literal, Triple

HERE = Evidence(Place("A.md", 3), ("Types",), "B", "classification")
THERE = Evidence(Place("B.md", 5), (), "A", "differential")


def test_a_graph_yields_what_it_holds_in_its_order() -> None:
    triples = list(dict.fromkeys(small_triples()))
    graph = graph_of(triples)
    assert set(graph) == set(triples)
    assert len(graph) == len(triples) == len(list(graph))
    assert list(dict.fromkeys(t.subject for t in graph)) == list(graph.subjects)


def test_missing_subjects_and_properties_have_no_objects() -> None:
    graph = graph_of(small_triples())
    assert graph.objects(BASE + "nothing", SKOS.prefLabel) == ()
    assert graph.objects(BASE, SKOS.altLabel) == ()
    assert graph.objects(BASE, RDF.type) == (SKOS.ConceptScheme,)
    assert len(Graph({})) == 0


def test_rdflib_holds_the_same() -> None:
    graph = graph_of(small_triples())
    other = graph.to_rdflib()
    assert len(other) == len(graph) - 1  # "true" and "1" are one boolean to rdflib
    bone = rdflib.URIRef(BASE + "bone")
    assert (bone, rdflib.URIRef(SKOS.prefLabel), rdflib.Literal("Bone", lang="en")) in other
    assert (bone, rdflib.URIRef(SKOS.prefLabel), rdflib.Literal("Bone untagged")) in other
    assert not any(isinstance(node, rdflib.BNode) for triple in other for node in triple)


@pytest.mark.parametrize(("stated", "asked"), INVERSES.items())
def test_evidence_is_found_in_either_direction(stated: str, asked: str) -> None:
    sources = {Triple("a", stated, "b"): (HERE,)}
    assert evidence_of(sources, Triple("a", stated, "b"))[0] == HERE
    assert evidence_of(sources, Triple("b", asked, "a")) == (HERE,)
    assert evidence_of(sources, Triple("b", SKOS.member, "a")) == ()


def test_own_evidence_comes_before_that_of_the_inverse() -> None:
    sources = {Triple("a", SKOS.related, "b"): (HERE,), Triple("b", SKOS.related, "a"): (THERE,)}
    assert evidence_of(sources, Triple("a", SKOS.related, "b")) == (HERE,)
    assert evidence_of(sources, Triple("b", SKOS.related, "a")) == (THERE,)


def test_a_literal_has_no_inverse() -> None:
    label = Triple("a", SKOS.prefLabel, Literal("A", "en"))
    assert evidence_of({label: (HERE,)}, label) == (HERE,)
