"""Every format: the same bytes for the same graph, and the same graph back in two parsers."""

import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import assume, given, settings
from sample_graphs import BASE, NASTY, graph_of, graphs, small_triples

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, OutputError
from skosify_rad.model.namespaces import OWL, RDF, SKOS, XSD
from skosify_rad.model.properties import PROPERTIES
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs import RDF_OUTPUTS, Output, find_output
from skosify_rad.outputs.context import Base, build_context
from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.outputs.rdfxml import named_in_xml

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
"""rdflib's Dataset warns of itself while it parses."""


@pytest.fixture(autouse=True)
def _literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from turning 01 into 1."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def read_rdflib(written: bytes, output: Output) -> rdflib.Graph:
    """Parse in rdflib, named graphs merged."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(io.BytesIO(written), format=output.media_type)
    graph = rdflib.Graph()
    for subject, predicate, term, _ in dataset.quads():
        graph.add((subject, predicate, term))
    return graph


def read_pyoxigraph(written: bytes, output: Output) -> set[ox.Triple]:
    """Parse in pyoxigraph, named graphs merged."""
    syntax = ox.RdfFormat.from_media_type(output.media_type)
    assert syntax is not None
    return {quad.triple for quad in ox.parse(written, format=syntax)}


def assert_same_graph(graph: Graph, output: Output) -> None:
    """Write and read back in both parsers."""
    written = output.render(graph, Config())
    assert read_pyoxigraph(written, output) == set(to_triples(graph, Nodes()))
    # There are no blank nodes, so that isomorphic means equal.
    theirs, ours = set(read_rdflib(written, output)), set(graph.to_rdflib())
    assert (theirs - ours, ours - theirs) == (set(), set())


@pytest.mark.parametrize("output", RDF_OUTPUTS, ids=lambda o: o.name)
def test_reads_back_in_two_parsers(output: Output) -> None:
    assert_same_graph(graph_of(small_triples()), output)


@pytest.mark.parametrize("output", RDF_OUTPUTS, ids=lambda o: o.name)
def test_reads_back_under_a_hash_namespace_and_without_scheme(output: Output) -> None:
    triples = [
        Triple(subject.replace(BASE, base), predicate, term.replace(BASE, base) if type(term) is str else term)
        for base in ("https://example.org/r#",)
        for subject, predicate, term in small_triples()
    ]
    assert_same_graph(graph_of(triples, "https://example.org/r#"), output)
    assert_same_graph(Graph(graph_of(triples).subjects), output)
    assert_same_graph(Graph({}), output)


@pytest.mark.parametrize("output", RDF_OUTPUTS, ids=lambda o: o.name)
def test_bytes_do_not_depend_on_the_order_of_building(output: Output) -> None:
    triples = small_triples()
    expected = output.render(graph_of(triples), Config())
    for seed in range(5):
        random.Random(seed).shuffle(triples)  # noqa: S311 - a shuffle, no secret
        assert output.render(graph_of(triples), Config()) == expected


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import hashlib; from test_outputs import *; from skosify_rad.outputs import OUTPUTS;"
        "g = graph_of(set(small_triples()));"
        "print([hashlib.sha256(o.render(g, Config())).hexdigest() for o in OUTPUTS])"
    )
    seen = set()
    for seed in ("0", "1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        }
        seen.add(
            subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True).stdout
        )
    assert len(seen) == 1


@pytest.mark.parametrize("output", RDF_OUTPUTS, ids=lambda o: o.name)
def test_any_graph_reads_back(output: Output) -> None:
    @settings(max_examples=60, deadline=None)
    @given(graphs)
    def check(graph: Graph) -> None:
        assume(output.name != "rdfxml" or all(iri[-1].isalpha() for iri in named_in_xml(graph)))
        assert_same_graph(graph, output)

    check()


def test_turtle_for_reading() -> None:
    marrow = [
        Triple(BASE + "marrow", SKOS.altLabel, Literal('The "medulla" , ossium', "en")),
        Triple(BASE + "marrow", SKOS.related, BASE + "fat"),
        Triple(BASE + "marrow", SKOS.related, BASE + "blood"),
        Triple(BASE + "marrow", OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        Triple(BASE + "marrow", SKOS.prefLabel, Literal("Marrow", "en")),
        Triple(BASE + "marrow", RDF.type, SKOS.Concept),
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
    ]
    assert find_output("turtle").render(graph_of(marrow), Config()).decode() == (
        """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vault: <https://example.org/radiology/> .

vault: a skos:ConceptScheme .

vault:marrow a skos:Concept ;
    skos:prefLabel "Marrow"@en ;
    skos:altLabel "The \\"medulla\\" , ossium"@en ;
    skos:related vault:blood ,
        vault:fat ;
    owl:deprecated true .
"""
    )


def test_json_for_developers() -> None:
    document = json.loads(find_output("jsonld").render(graph_of(small_triples()), Config()))
    scheme, bone = document["@graph"][0], next(o for o in document["@graph"] if o["id"] == "bone")
    assert scheme["id"] == BASE
    assert scheme["title"] == {"en": "Bone", "fr": "Os"}
    assert scheme["hasTopConcept"] == ["bone"]
    assert bone["type"] == "Concept"
    assert bone["prefLabel"] == {"en": "Bone"}
    assert sorted(bone["altLabel"]["en"]) == sorted(text for text in NASTY if text)
    assert bone["narrower"] == [BASE, "bone-marrow"]
    assert bone["deprecated"] is True
    assert bone["status"] == ["UnderDevelopment", "https://example.org/other"]
    assert document["@context"] == {"@base": BASE, **build_context()}


def test_keys_of_the_context_are_unique() -> None:
    keys = [known.key for known in PROPERTIES]
    assert len(set(keys)) == len(keys)


def test_scheme_names_the_graph() -> None:
    for name in ("nquads", "trig"):
        output = find_output(name)
        quads = ox.parse(
            output.render(graph_of(small_triples()), Config()), format=ox.RdfFormat.from_extension(output.suffix[1:])
        )
        assert {quad.graph_name for quad in quads} == {ox.NamedNode(BASE)}


@pytest.mark.parametrize("output", RDF_OUTPUTS, ids=lambda o: o.name)
@pytest.mark.parametrize(
    ("triple", "words"),
    [
        (Triple("https://example.org/a b", RDF.type, SKOS.Concept), "a b"),
        (Triple(BASE + "a", SKOS.exactMatch, "https://example.org/>"), "/>"),
        (Triple(BASE + "a", SKOS.exactMatch, "no scheme"), "no scheme"),
        (Triple(BASE + "a", "relative", BASE + "b"), "relative"),
        (Triple(BASE + "a", SKOS.prefLabel, Literal("half \ud83d", "en")), "half"),
        (Triple(BASE + "a", SKOS.prefLabel, Literal("bone", "en us")), "language"),
        (Triple(BASE + "a", SKOS.notation, Literal("bone", datatype="no type")), "no type"),
    ],
)
def test_what_cannot_be_written_is_said(output: Output, triple: Triple, words: str) -> None:
    with pytest.raises(OutputError, match=words):
        output.render(graph_of([triple]), Config())


def test_class_that_xml_cannot_name_is_said() -> None:
    with pytest.raises(OutputError, match="the other formats can"):
        find_output("rdfxml").render(graph_of([Triple(BASE + "a", RDF.type, "urn:x:1")]), Config())


def test_prefix_that_turtle_cannot_write_is_said() -> None:
    with pytest.raises(OutputError, match="prefix"):
        find_output("turtle").render(Graph({}, BASE, {"1 x": BASE}), Config())


def test_unknown_format_is_said() -> None:
    with pytest.raises(ConfigError, match="turtle, jsonld"):
        find_output("docx")


@pytest.mark.parametrize("local", ["", "a:b", "../a", "a/../b", "/a", ".", "a//b", "?a", "#a", "a b", "\u00e9"])
def test_base_leaves_alone_what_would_not_resolve_back(local: str) -> None:
    assert Base(BASE).shorten(BASE + local) == BASE + local


@pytest.mark.parametrize("name", ["id", "type", "Concept", "broader", "graph"])
def test_a_concept_may_be_called_like_a_key_of_json_ld(name: str) -> None:
    """`id` and `type` are aliases of keywords in our context, so that no reference may be written so."""
    iri = f"{BASE}{name}"
    triples = [
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
        Triple(iri, RDF.type, SKOS.Concept),
        Triple(f"{BASE}other", SKOS.broader, iri),
    ]
    written = find_output("jsonld").render(graph_of(triples), Config())
    read = {str(quad.triple) for quad in ox.parse(written, format=ox.RdfFormat.JSON_LD)}
    assert f"<{BASE}other> <{SKOS.broader}> <{iri}>" in read
    assert f"<{iri}> <{RDF.type}> <{SKOS.Concept}>" in read
