"""Fixes: each resolves the findings of its rule without new ones; the patch shows the changes and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faulty_graphs import make_graph
from skos_fixtures import parse_graph

from skosify_rad.checks import View
from skosify_rad.checks.entailment import LABELS, RELATIONS, XL_LABELS
from skosify_rad.checks.fixes import FIXERS, fix_graph, render_patch
from skosify_rad.checks.validate import validate
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, Place, RuleClass
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Evidence, Triple

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.graph.graph import Graph

EX = "http://example.org/"


def faults(graph: Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for diagnostic in validate(graph, {}, Config()):
        found.setdefault(diagnostic.rule.slug, set()).add(diagnostic.subject)
    return found


def evidence(path: str, weight: int) -> tuple[Evidence, ...]:
    return (Evidence(Place(path, 4), (), "", "classification", weight),)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("slug", FIXERS)
def test_a_fix_resolves_its_findings_and_causes_none(slug: str, seed: int, tmp_path: Path) -> None:
    graph = make_graph(seed, tmp_path)
    needed = (slug, "cyclic-hierarchy") if slug == "related-and-broader" else (slug,)
    fixed, fixes = fix_graph(graph, {}, needed)
    before, after = faults(graph), faults(fixed)
    assert slug not in after
    assert bool(fixes) or before == after
    standard = {d.rule.slug for d in validate(fixed, {}, Config()) if d.rule.kind is RuleClass.STANDARD}
    assert standard <= before.keys()


def test_a_cycle_is_broken_at_the_weakest_evidence(tmp_path: Path) -> None:
    graph = parse_graph(
        ":a skos:broader :b . :b skos:broader :c . :c skos:broader :a . :a skos:narrower :c .", tmp_path
    )
    sources = {
        Triple(EX + "a", SKOS.broader, EX + "b"): evidence("A.md", 7),
        Triple(EX + "b", SKOS.broader, EX + "c"): evidence("B.md", 3),
        Triple(EX + "c", SKOS.broader, EX + "a"): evidence("C.md", 9),
    }
    fixed, (fix,) = fix_graph(graph, sources, ["cyclic-hierarchy"])
    assert fix.removed == (Triple(EX + "b", SKOS.broader, EX + "c"),)
    assert fixed.objects(EX + "a", SKOS.broader) == (EX + "b",)
    patch = render_patch([fix], sources)
    assert "weakest evidence (3 of 9)" in patch
    assert "#   at B.md:4:1\n- <http://example.org/b> <" in patch


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("slug", FIXERS)
def test_no_fix_merges_concepts_or_loses_a_name(slug: str, seed: int, tmp_path: Path) -> None:
    graph = make_graph(seed, tmp_path)
    fixed, fixes = fix_graph(graph, {}, [slug])

    def names(graph: Graph) -> set[tuple[str, object]]:
        labels = {(subject, term) for predicate in LABELS for subject, term in View(graph).list_labels(predicate)}
        return labels | {(triple.subject, triple.object) for triple in graph if triple.predicate == RDF.type}

    assert names(fixed) == names(graph)
    changed = {triple.predicate for fix in fixes for triple in (*fix.removed, *fix.added)}
    own = {EX + "p", EX + "q"}  # sub-properties of relations
    assert changed <= {*RELATIONS, *LABELS, *XL_LABELS, SKOS.hasTopConcept, SKOS.topConceptOf, *own}


def test_concepts_with_similar_names_are_left_alone(tmp_path: Path) -> None:
    graph = parse_graph(
        ':s skos:hasTopConcept :a , :b , :c . :a skos:prefLabel "Magnesium"@en . :b skos:prefLabel "Magnesia"@en .'
        ':c skos:prefLabel "Tumour"@en-GB ; skos:topConceptOf :s . :d skos:prefLabel "tumor"@en-US ; skos:broader :c .',
        tmp_path,
    )
    fixed, fixes = fix_graph(graph, {}, FIXERS)
    assert {triple.predicate for fix in fixes for triple in fix.added} == {SKOS.narrower, SKOS.topConceptOf}
    assert set(graph) <= set(fixed)


def test_reflexive_relations_get_no_inverse(tmp_path: Path) -> None:
    graph = parse_graph(
        ":a skos:broader :a ; skos:related :b . [] skos:broader :a . :b skos:prefLabel 'B'@en .", tmp_path
    )
    fixed, fixes = fix_graph(graph, {}, ["one-way-relation"])
    assert fixed.objects(EX + "a", SKOS.narrower) == ("_:f1-b1",)
    assert " _:f1-b1 ." in render_patch(fixes, {})
    assert len(fixes) == 2


def test_a_patch_cannot_steer_a_terminal(tmp_path: Path) -> None:
    label = '"A\\u001b[31m\\U0001F9B4\\u0007\\U000E0001"@en'
    graph = parse_graph(f":a skos:prefLabel {label} ; skos:altLabel {label} .", tmp_path)
    patch = render_patch(fix_graph(graph, {}, ["label-in-two-roles"])[1], {})
    assert all(c.isprintable() for c in patch.replace("\n", ""))
    assert '"A\\u001B[31m\U0001f9b4\\u0007\\U000E0001"@en .' in patch


def test_no_fix_runs_unless_named(tmp_path: Path) -> None:
    graph = parse_graph(":a skos:broader :a .", tmp_path)
    assert fix_graph(graph, {}, []) == (graph, ())


def test_unknown_fix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there are fixes for"):
        fix_graph(parse_graph(":a skos:broader :b .", tmp_path), {}, ["missing-label"])
