"""Practice rules: cases that a check might miss, and cases that it must not report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from skos_fixtures import parse_graph

from skosify_rad.checks.consumers import CONSUMERS
from skosify_rad.checks.fixes import fix_graph
from skosify_rad.checks.validate import validate
from skosify_rad.cli.validate import command
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import Severity
from skosify_rad.model.namespaces import OWL

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = "PREFIX dct: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
SCHEME = PREFIXES + ':s a skos:ConceptScheme ; dct:title "S"@en ; skos:hasTopConcept :a . '
SOUND = SCHEME + (
    ':a a skos:Concept ; skos:prefLabel "Aa"@en ; skos:inScheme :s ; skos:topConceptOf :s ; skos:narrower :b .'
    ':b a skos:Concept ; skos:prefLabel "Bb"@en ; skos:inScheme :s ; skos:broader :a . '
)
FOUND = (
    ("empty-label", SOUND + ':a skos:altLabel "\\u200b\\ufeff "@en .'),
    ("untitled-scheme", PREFIXES + ':s a skos:ConceptScheme ; dct:title " "@en .'),
    ("untitled-scheme", PREFIXES + ':a skos:inScheme :s . :s dct:creator "Me" .'),
    ("no-top-concept", PREFIXES + ':a skos:inScheme :s . :s dct:creator "Me" .'),
    ("invalid-language-tag", SOUND + ':a skos:altLabel "x"@english .'),
    ("invalid-language-tag", SOUND + ':a skos:altLabel "x"@jp .'),
    ("invalid-language-tag", SOUND + ':a skos:altLabel "x"@en-UK .'),
    ("unprintable-label", SOUND + ':a skos:altLabel "a\\u2028b"@en .'),
    ("cyclic-hierarchy", SOUND + ":a skos:broaderTransitive :b ."),
    ("cyclic-hierarchy", SOUND + ":a skos:broadMatch :b ."),
    ("top-concept-with-broader", SOUND + ':a skos:broader :c . :c a skos:Concept ; skos:prefLabel "C"@en .'),
    ("unlisted-top-concept", SOUND + ':c a skos:Concept ; skos:prefLabel "C"@en ; skos:topConceptOf :s .'),
    ("unlisted-top-concept", PREFIXES + ':c a skos:Concept ; skos:prefLabel "C"@en ; skos:topConceptOf :s .'),
    ("unlisted-top-concept", SOUND + f":c a skos:Concept ; skos:inScheme :s ; <{OWL.deprecated}> false ."),
    ("orphan-concept", SOUND + f":c a skos:Concept ; <{OWL.deprecated}> false ."),
    ("unknown-skos-term", SOUND + ":p rdfs:subPropertyOf skos:broaderPartitive ."),
    ("unknown-skos-term", SOUND + ":a xl:prefLable :l ."),
    ("unknown-skos-term", SOUND + ":a a <https://www.w3.org/2004/02/skos/core#Concept> ."),
    ("one-way-relation", SOUND + ":a skos:closeMatch :b ."),
    ("one-way-relation", SOUND + ":b skos:broaderTransitive :a ."),
    ("dangling-relation", SOUND + ':c a skos:OrderedCollection ; skos:prefLabel "C"@en ; skos:memberList ( :a :zz ) .'),
    ("overlapping-labels", SOUND + f":b skos:altLabel 'aa'@en ; <{OWL.deprecated}> false ."),
    ("untrimmed-label", SOUND + ':a skos:altLabel " x"@en .'),
    ("missing-language-tag", SOUND + ':a skos:altLabel "Gtin" .'),
    ("missing-language-tag", SOUND + ':a skos:prefLabel "GTIN" .'),
    ("untrimmed-label", SOUND + ':a skos:hiddenLabel "x\u00a0"@en .'),
    ("missing-label", SOUND + ':c a skos:Concept ; rdfs:label "C"@en .'),
    ("cyclic-hierarchy", SOUND + ":part rdfs:subPropertyOf :in . :in rdfs:subPropertyOf skos:broader . :a :part :b ."),
    ("label-in-two-roles", SOUND + ':name rdfs:subPropertyOf skos:altLabel . :a :name "Aa"@en .'),
    ("missing-label", SOUND + ":Term rdfs:subClassOf skos:Concept . :c a :Term ."),
    ("scheme-is-concept", SOUND + ":List rdfs:subClassOf skos:ConceptScheme . :a a :List ."),
    ("redundant-broader", SOUND + ":b skos:broadMatch :x . :x skos:broader :a ."),
    ("redundant-broader", SOUND + ":x skos:narrowMatch :b . :a skos:narrowMatch :x ."),
    ("related-siblings", SOUND + ":c skos:narrower :b ; skos:related :a ."),
    ("related-siblings", SOUND + ":c skos:broader :a ; skos:relatedMatch :b ."),
    ("top-concept-with-broader", SOUND + ":a skos:broaderTransitive :c . :c skos:inScheme :s ."),
    ("top-concept-with-broader", SOUND + ":c skos:narrowerTransitive :a ; skos:inScheme :s ."),
    ("unknown-skos-term", SOUND + ":a rdfs:seeAlso skos:ConceptSchema ."),
    ("unknown-skos-term", SOUND + "skos:broaderPartitive rdfs:label 'part of'@en ."),
    ("unknown-skos-term", SOUND + "xl:Labels rdfs:label 'labels'@en ."),
    ("unknown-scheme", SOUND + ":a skos:inScheme :elsewhere ."),
    ("unknown-scheme", SOUND + ":b skos:topConceptOf :elsewhere ."),
)
FINE = (
    ("overlapping-labels", SOUND + f":b skos:altLabel 'aa'@en ; <{OWL.deprecated}> true ."),
    ("invalid-language-tag", SOUND + ':a skos:altLabel "x"@zh-min-nan , "y"@x-ours , "z"@i-klingon , "w"@en-GB-oed .'),
    ("unprintable-label", SOUND + ':a skos:altLabel "\u0645\u06cc\\u200c\u062e\u0648"@fa .'),
    ("top-concept-with-broader", SOUND + ":a skos:broader :c . :c a skos:Concept ; skos:inScheme :t ."),
    ("unlisted-top-concept", SOUND + f":c a skos:Concept ; skos:inScheme :s ; <{OWL.deprecated}> true ."),
    ("orphan-concept", SOUND + f":c a skos:Concept ; <{OWL.deprecated}> true ."),
    (
        "undocumented-concept",
        SOUND + f":a skos:note 'n'@en . :b skos:note 'n'@en . :c a skos:Concept ; <{OWL.deprecated}> 1 .",
    ),
    ("no-top-concept", PREFIXES + ":a skos:inScheme :elsewhere ."),
    ("untitled-scheme", PREFIXES + ":a skos:inScheme :elsewhere ."),
    ("one-way-relation", SOUND + ":a skos:closeMatch <http://elsewhere.org/a> ."),
    ("unknown-skos-term", SOUND + ":p rdfs:subPropertyOf skos:broader ; rdfs:domain skos:Concept ."),
    (
        "unknown-skos-term",
        SOUND + ":s rdfs:seeAlso skos: , <http://www.w3.org/2004/02/skos/core> ; rdfs:isDefinedBy xl: .",
    ),
    ("missing-label", SOUND + f":c a skos:Concept ; rdfs:label 'C'@en ; <{OWL.deprecated}> true ."),
    ("missing-label", SOUND + ":p rdfs:label 'a property'@en ; skos:related :a ."),
    ("concept-without-scheme", SOUND + ":p a rdf:Property ; skos:exactMatch <http://elsewhere.org/p> ."),
    ("redundant-broader", SOUND + ":b skos:broadMatch :a ."),
    ("redundant-broader", SOUND + ":b skos:broaderTransitive :x . :x skos:broader :a ."),
    (
        "cyclic-hierarchy",
        SOUND + "skos:broadMatch rdfs:subPropertyOf skos:broader . :p rdfs:subPropertyOf :q . :a :p :b .",
    ),
    ("top-concept-with-broader", SOUND + ":a skos:broadMatch <http://elsewhere.org/a> ."),
    ("ambiguous-notation", SOUND + ":x skos:notation '7' . :y skos:notation '7' ."),
    ("untrimmed-label", SOUND + ':a skos:altLabel "x y"@en , " "@en .'),
    ("unknown-scheme", SOUND),
    ("missing-language-tag", SOUND + ':a skos:altLabel "GTIN-13" ; skos:hiddenLabel "PET/CT" .'),
)


def slugs(text: str, folder: Path) -> set[str]:
    return {d.rule.slug for d in validate(parse_graph(text, folder), {}, Config())}


@pytest.mark.parametrize(("slug", "text"), FOUND)
def test_it_is_found(slug: str, text: str, tmp_path: Path) -> None:
    assert slug in slugs(text, tmp_path)


@pytest.mark.parametrize(("slug", "text"), FINE)
def test_it_is_not_reported(slug: str, text: str, tmp_path: Path) -> None:
    assert slug not in slugs(text, tmp_path)


def test_a_scheme_that_lists_no_top_concepts_has_one_finding_and_one_fix_per_concept(tmp_path: Path) -> None:
    text = "".join(f':c{n} a skos:Concept ; skos:prefLabel "C{n}"@en ; skos:topConceptOf :s . ' for n in range(11))
    graph = parse_graph(text, tmp_path)
    found = [d for d in validate(graph, {}, Config()) if d.rule.slug == "unlisted-top-concept"]
    assert len(found) == 1
    assert found[0].message.endswith("(also 10 more of 11)")
    fixed, fixes = fix_graph(graph, {}, ["unlisted-top-concept"])
    assert len(fixes) == 11
    assert not [d for d in validate(fixed, {}, Config()) if d.rule.slug == "unlisted-top-concept"]


@pytest.mark.parametrize("name", [name for name, slugs in CONSUMERS.items() if "cyclic-hierarchy" in slugs])
def test_consumers_that_need_acyclic_hierarchies_reject_reflexive_relations(name: str, tmp_path: Path) -> None:
    found = validate(parse_graph(SOUND + ":b skos:broader :b .", tmp_path), {}, Config(), (name,))
    assert [d.level for d in found if d.rule.slug == "reflexive-relation"] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text", [":a skos:broaderTransitive :b .", ":b skos:narrowMatch :a .", ":a skos:broadMatch :b ."]
)
def test_a_cycle_by_other_properties_is_broken_too(text: str, tmp_path: Path) -> None:
    fixed, fixes = fix_graph(parse_graph(SOUND + text, tmp_path), {}, ["cyclic-hierarchy"])
    assert len(fixes) == 1
    assert "cyclic-hierarchy" not in {d.rule.slug for d in validate(fixed, {}, Config())}


def test_a_conflict_of_mappings_shows_the_exact_match_it_is_about(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(
        "PREFIX : <http://e/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        ":m skos:exactMatch :a .\n:m skos:exactMatch :z .\n:m skos:broadMatch :z .\n:m skos:relatedMatch :q .\n"
        ":q skos:exactMatch :a .\n",
        encoding="utf-8",
    )
    vocabulary = read_vocabulary([str(path)])
    found = validate(vocabulary.graph, vocabulary.places, Config(checks=Checks(select=("RAD515",))))
    assert [(d.place.line, d.second and d.second.line, "through others" in d.message) for d in found] == [
        (4, 3, False),
        (5, 2, True),
    ]


def test_a_statement_of_a_sub_property_is_the_place_and_is_what_a_fix_removes(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(
        "PREFIX : <http://e/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n:in rdfs:subPropertyOf skos:broader .\n"
        ":a skos:broader :b .\n:b skos:broader :c .\n:a\n  :in :c .\n",
        encoding="utf-8",
    )
    vocabulary = read_vocabulary([str(path)])
    config = Config(checks=Checks(select=("RAD552",)))
    (found,) = validate(vocabulary.graph, vocabulary.places, config)
    assert found.place.line == 7
    fixed, _ = fix_graph(vocabulary.graph, vocabulary.places, ["redundant-broader"])
    assert validate(fixed, {}, config) == ()
    assert not fixed.objects("http://e/a", "http://e/in")


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("missing-label", ":c{0} a skos:Concept ."),
        ("concept-without-scheme", ":c{0} a skos:Concept ; skos:prefLabel 'c{0}'@en ."),
        ("missing-language-tag", ":c{0} skos:prefLabel 'c{0}' ."),
        ("dangling-relation", ":c{0} skos:broader :x{0} ."),
    ],
)
def test_a_fault_of_a_whole_vocabulary_is_one_finding(slug: str, text: str, tmp_path: Path) -> None:
    few, many = (parse_graph("".join(text.format(n) for n in range(size)), tmp_path) for size in (10, 11))
    config = Config(checks=Checks(select=(slug,)))
    assert len(validate(few, {}, config)) == 10
    (found,) = validate(many, {}, config)
    assert found.message.endswith("(also 10 more of 11)")


def test_after_an_error_in_a_file_no_rule_counts_as_passed(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text("@prefix : <http://e/> .\n:a :b :c .\n:a ;;; x", encoding="utf-8")
    run = CliRunner().invoke(command, [str(path), "--report", "json"])
    report = json.loads(run.output)
    assert [d["slug"] for d in report["diagnostics"]] == ["unreadable-file"]
    assert {rule["slug"] for rule in report["not_checked"]} == BY_SLUG.keys() - {"unreadable-file", "no-skos"}
