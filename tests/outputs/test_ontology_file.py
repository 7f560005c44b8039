"""The ontology file: every term of ours, described; two parsers read it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import rdflib

from skosify_rad.docs import read_page
from skosify_rad.model.namespaces import OWL, RAD_NS, RDF, RDFS
from skosify_rad.model.ontology import OWN_TERMS, RAD
from skosify_rad.outputs.ontology_file import render_ontology

ROOT = Path(__file__).parents[2]


def read() -> rdflib.Graph:
    written = render_ontology()
    graph = rdflib.Graph().parse(data=written, format="turtle")
    assert len(graph) == len(list(ox.parse(written, format=ox.RdfFormat.TURTLE)))
    return graph


def test_every_term_is_described() -> None:
    graph = read()
    for term in OWN_TERMS:
        subject = rdflib.URIRef(term.iri)
        wanted = [RDFS.label, RDFS.comment] + ([RDFS.domain, RDFS.range] if term.range else [])
        for predicate in wanted:
            assert graph.value(subject, rdflib.URIRef(predicate)), f"{term.name} lacks {predicate}"
        is_class = (subject, rdflib.URIRef(RDF.type), rdflib.URIRef(OWL.Class)) in graph
        assert is_class is not bool(term.range)


def test_every_name_in_the_code_is_declared() -> None:
    names = {value for name, value in vars(RAD).items() if not name.startswith("_")}
    assert names == {term.iri for term in OWN_TERMS}


def test_exports_and_shapes_use_no_other_term_of_ours() -> None:
    used = set()
    for file in [*(ROOT / "output").glob("*.ttl"), *(ROOT / "shapes").glob("*.ttl")]:
        used |= set(re.findall(r"\brad:(\w+)", re.sub(r'"[^"\n]*"', "", file.read_text(encoding="utf-8"))))
    assert used - {"predicate"} <= {term.name for term in OWN_TERMS if term.in_exports}
    assert used >= {"note", "predicate", "distinguishedBy"}


def test_the_page_has_every_term() -> None:
    page = read_page("vocabulary")
    assert [term.name for term in OWN_TERMS if f"## rad:{term.name}\n" not in page] == []
    assert RAD_NS in page
