"""The Turtle and JSON-LD of one concept: what the graph says of it, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
from sample_graphs import graph_of
from site_graphs import hostile_triples

from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.outputs.site.extracts import Extracts

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config
    from skosify_rad.pipeline import Export


def read(content: bytes, syntax: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format=syntax)}


def check(graph: Graph) -> None:
    """Hold every resource's two files to the triples of the graph, and the context to the terms used."""
    extracts, triples = Extracts(graph), set(to_triples(graph, Nodes()))
    for iri in graph.subjects:
        (_, turtle), (_, jsonld) = extracts.write("x", {iri})
        said = {triple for triple in triples if triple.subject == ox.NamedNode(iri)}
        assert read(turtle, ox.RdfFormat.TURTLE) == said
        assert read(jsonld, ox.RdfFormat.JSON_LD) == said
    (_, turtle), (_, jsonld) = extracts.write("x", graph.subjects)
    assert read(turtle, ox.RdfFormat.TURTLE) == read(jsonld, ox.RdfFormat.JSON_LD) == triples


def test_extracts_say_what_the_graph_says(example: tuple[Export, Config]) -> None:
    check(example[0].graph)
    check(graph_of(hostile_triples()))


def test_an_extract_has_no_term_and_no_prefix_that_it_does_not_need(example: tuple[Export, Config]) -> None:
    graph = example[0].graph
    iri = f"{graph.scheme}osteoporosis"
    (_, turtle), (_, jsonld) = Extracts(graph).write("x", {iri})
    document = json.loads(jsonld)
    (made,) = document["@graph"]
    extra = set(document["@context"]) - made.keys() - {"@base", "@version", "type", "Concept", made.get("status")}
    assert extra == set()
    prefixes, _, block = turtle.partition(b"\n\n")
    assert all(line.split()[1] in block for line in prefixes.splitlines())
    assert b"vann:" not in turtle
