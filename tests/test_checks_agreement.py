"""Code and shapes say the same of random graphs full of faults, in two independent SHACL engines."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import rdflib
from skos_fixtures import parse_graph

from skosify_rad.catalogue import find_rule
from skosify_rad.checks import View
from skosify_rad.checks.hierarchy import find_components
from skosify_rad.checks.named import NamedEdges
from skosify_rad.checks.relations import list_redundant_broader, list_related_ancestors
from skosify_rad.checks.shacl import find_with_shapes, read_shapes
from skosify_rad.config import Config
from skosify_rad.validate import validate
from skosify_rad.vocab import DCT

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.graph import Graph

RELATIONS = (
    *("broader", "narrower", "related", "broaderTransitive", "narrowerTransitive", "semanticRelation"),
    *("broadMatch", "narrowMatch", "relatedMatch", "exactMatch", "closeMatch", "mappingRelation"),
)
LOOSER = RELATIONS[6:9]
LABELS = ('"a"@en', '"A"@EN', '"b"@en', '"b"', '"c"', '" "@en', '"a"@fr', '"b"@en-GB', "7", ":a")
TYPES = ("Concept", "Concept", "Concept", "ConceptScheme", "Collection", "OrderedCollection")
STRUCTURAL = {"cyclic-hierarchy", "related-and-broader", "redundant-broader"}
"""Compared pair by pair or group by group below, since code and shapes count them differently."""
TOLD_ONCE = {"overlapping-labels", "homograph-without-qualifier", "ambiguous-notation"}
"""Code tells the later of two concepts, shapes tell both, and only of concepts and membership that are stated."""
NARROWER_SHAPE = {
    "mapping-inside-scheme",
    "missing-label",
    "concept-without-scheme",
    "untitled-scheme",
    "no-top-concept",
}
"""The shapes see stated membership only, and no concept or scheme that is one merely as an object."""


def make_graph(seed: int, folder: Path) -> Graph:
    """Return a graph of a dozen resources, most of it sound, with faults strewn in."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = [f":n{i}" for i in range(12)]
    lines = []
    for index, name in enumerate(names):
        lines.append(f'{name} a skos:Concept ; skos:prefLabel "{name[1:]}"@en ; skos:inScheme :s .')
        if index:
            lines.append(f"{name} skos:broader {chance.choice(names[:index])} .")
    lines.extend((":s a skos:ConceptScheme .", ":s skos:hasTopConcept :n0 ."))
    kept = [line for line in lines if chance.random() < 0.85]
    things = [*names, ":s", ":t", ":l", ":x"]
    for _ in range(chance.randrange(1, 9)):
        one, other = chance.choice(names), chance.choice(things)
        kept.append(
            chance.choice(
                (
                    f"{one} skos:{chance.choice(RELATIONS)} {other} .",
                    f"{one} skos:{chance.choice(RELATIONS[:3])} {chance.choice(names)} .",
                    f"{one} skos:{chance.choice(('prefLabel', 'altLabel', 'hiddenLabel'))} {chance.choice(LABELS)} .",
                    f"{other} a skos:{chance.choice(TYPES)} .",
                    f"{other} skos:{chance.choice(('hasTopConcept', 'member', 'inScheme', 'topConceptOf'))} {one} .",
                    f"{one} skos:inScheme {other} .",
                    f"{other} skos:memberList ( {one} {chance.choice(things)} ) .",
                    f"{one} skos:notation {chance.choice(LABELS)} .",
                    f"{one} xl:{chance.choice(('prefLabel', 'altLabel', 'hiddenLabel'))} :l .",
                    f":l xl:literalForm {chance.choice(LABELS[:8])} .",
                    f'{one} skos:{chance.choice(RELATIONS)} "{other}" .',
                    f"{one} skos:notation 1 ; skos:inScheme :s . {chance.choice(names)} skos:notation 1 .",
                    f'{one} skos:prefLabel "b"@en . {chance.choice(names)} skos:prefLabel "b"@en .',
                    f'{one} skos:altLabel "b"@en . {chance.choice(names)} skos:altLabel "b"@en .',
                    f"{one} skos:exactMatch :m . :m skos:exactMatch :x . :x skos:{chance.choice(LOOSER)} {one} .",
                    f"{one} skos:narrower :n0 ; xl:altLabel :l .",
                    f"{one} xl:prefLabel :l ; xl:hiddenLabel :l . :l skos:{chance.choice(RELATIONS)} {one} .",
                    f"{other} skos:memberList ( {one} ) , {chance.choice(('()', ':x', '( :x )'))} .",
                )
            )
        )
    return parse_graph("\n".join(kept), folder)


def slugs_of_shapes() -> set[str]:
    shapes = rdflib.Graph().parse(data=read_shapes(), format="turtle")
    found = (find_rule(str(code)) for code in shapes.objects(None, rdflib.URIRef(DCT.identifier)))
    return {rule.slug for rule in found if rule}


def compare(graph: Graph, engine: str) -> None:
    """Compare subject by subject for each rule that the shapes know."""
    shapes: dict[str, set[str]] = {slug: set() for slug in slugs_of_shapes()}
    pairs: dict[str, set[tuple[str, ...]]] = {slug: set() for slug in STRUCTURAL}
    for finding in find_with_shapes(graph, engine):
        shapes[finding.slug].add(finding.subject)
        if finding.slug in STRUCTURAL and finding.triple:
            pairs[finding.slug].add((finding.triple.subject, str(finding.triple.object)))
    code: dict[str, set[str]] = {slug: set() for slug in shapes}
    for diagnostic in validate(graph, {}, Config()):
        if diagnostic.rule.slug in code:
            code[diagnostic.rule.slug].add(diagnostic.subject)
    for slug in shapes.keys() - STRUCTURAL:
        if slug in TOLD_ONCE:
            assert not shapes[slug] or any(code[other] for other in TOLD_ONCE), slug
        elif slug in NARROWER_SHAPE:
            assert shapes[slug] <= code[slug], slug
        else:
            assert code[slug] == shapes[slug], slug
    compare_structure(graph, pairs)


def compare_structure(graph: Graph, pairs: dict[str, set[tuple[str, ...]]]) -> None:
    view = View(graph)
    ancestors = {tuple(sorted(pair)) for pair in list_related_ancestors(view)}
    assert {tuple(sorted(pair)) for pair in pairs["related-and-broader"]} == ancestors
    edges = NamedEdges(view.entailed_reach.edges, view.names)
    loops = {(node,) for node, parents in edges.items() if node in parents}
    cycles = set(find_components(edges)) | loops
    told = {name for pair in pairs["cyclic-hierarchy"] for name in pair}
    assert told <= {name for cycle in cycles for name in cycle}
    assert all(told & set(cycle) for cycle in cycles)
    if not cycles:
        redundant = {tuple(sorted((child, far))) for child, far, _ in list_redundant_broader(view)}
        assert {tuple(sorted(pair)) for pair in pairs["redundant-broader"]} == redundant


@pytest.mark.parametrize("seed", range(90))
def test_pyshifty_agrees(seed: int, tmp_path: Path) -> None:
    pytest.importorskip("shifty")
    compare(make_graph(seed, tmp_path), "pyshifty")


@pytest.mark.parametrize("seed", range(100, 108))
def test_pyshacl_agrees(seed: int, tmp_path: Path) -> None:
    compare(make_graph(seed, tmp_path), "pyshacl")


def test_random_graphs_hold_every_fault_that_shapes_know(tmp_path: Path) -> None:
    seen: set[str] = set()
    for seed in range(90):
        seen |= {d.rule.slug for d in validate(make_graph(seed, tmp_path), {}, Config())}
    assert slugs_of_shapes() - seen <= {"iri-not-http"}
