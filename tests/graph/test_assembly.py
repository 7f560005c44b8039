"""Assembly of the graph: contradictions resolved and reported, inverses added."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from skosify_rad.graph.assembly import build_graph
from skosify_rad.model.config import Config, Scheme
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS, VANN, XSD
from skosify_rad.model.statements import Evidence, Literal, Stated, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = Scheme().base


def said(subject: str, predicate: str, term: Term, line: int = 1, weight: int = 5) -> Stated:
    """Return a stated triple about `subject`, at a line of its own note."""
    place = Place(f"{subject}.md", line)
    target = BASE + term if predicate in (SKOS.narrower, SKOS.related) and isinstance(term, str) else term
    return Stated(
        Triple(BASE + subject, predicate, target), Evidence(place, ("Types",), subject, "classification", weight)
    )


def concepts(*names: str) -> list[Stated]:
    """Return the statements that make these names concepts."""
    return [
        stated
        for name in names
        for stated in (
            said(name, RDF.type, SKOS.Concept, weight=9),
            said(name, SKOS.prefLabel, Literal(name.upper(), "en"), weight=9),
        )
    ]


def related(names: Iterable[Term]) -> list[str]:
    return [str(name).removeprefix(BASE) for name in names]


def test_inverses_and_membership_are_made() -> None:
    graph, sources, found = build_graph(
        [*concepts("a", "b", "c"), said("a", SKOS.narrower, "b"), said("b", SKOS.related, "c")], Config()
    )
    assert graph.objects(BASE + "b", SKOS.broader) == (BASE + "a",)
    assert graph.objects(BASE + "c", SKOS.related) == (BASE + "b",)
    assert graph.objects(BASE, SKOS.hasTopConcept) == (BASE + "a", BASE + "c")
    assert graph.objects(BASE + "a", SKOS.topConceptOf) == (BASE,)
    assert graph.objects(BASE + "b", SKOS.topConceptOf) == ()
    assert all(graph.objects(BASE + name, SKOS.inScheme) == (BASE,) for name in "abc")
    assert Triple(BASE + "b", SKOS.broader, BASE + "a") not in sources
    assert found == []


def test_a_cycle_breaks_at_its_weakest_edge() -> None:
    edges = [
        said("a", SKOS.narrower, "b", 10, weight=7),
        said("b", SKOS.narrower, "c", 20, weight=3),
        said("c", SKOS.narrower, "a", 30, weight=5),
    ]
    graph, sources, found = build_graph([*concepts("a", "b", "c"), *edges], Config())
    assert graph.objects(BASE + "b", SKOS.narrower) == ()
    assert graph.objects(BASE + "a", SKOS.narrower) == (BASE + "b",)
    assert graph.objects(BASE + "c", SKOS.narrower) == (BASE + "a",)
    assert edges[1].triple not in sources
    (only,) = found
    assert only.rule.slug == "hierarchy-cycle"
    assert only.place == Place("b.md", 20)
    assert only.second is not None
    assert only.second.path in ("a.md", "c.md")


def test_two_statements_outweigh_one() -> None:
    edges = [
        said("a", SKOS.narrower, "b", 10),
        said("a", SKOS.narrower, "b", 11),
        said("b", SKOS.narrower, "a", 20),
    ]
    graph, _, _ = build_graph([*concepts("a", "b"), *edges], Config())
    assert graph.objects(BASE + "a", SKOS.narrower) == (BASE + "b",)
    assert graph.objects(BASE + "b", SKOS.narrower) == ()


def test_a_differential_of_an_ancestor_is_dropped() -> None:
    stated = [
        *concepts("a", "b", "c"),
        said("a", SKOS.narrower, "b", 10),
        said("b", SKOS.narrower, "c", 20),
        said("c", SKOS.related, "a", 30),
    ]
    graph, _, found = build_graph(stated, Config())
    assert graph.objects(BASE + "c", SKOS.related) == ()
    assert graph.objects(BASE + "a", SKOS.related) == ()
    assert graph.objects(BASE + "c", SKOS.broader) == (BASE + "b",)
    (only,) = found
    assert only.rule.slug == "related-in-hierarchy"
    assert only.place == Place("c.md", 30)
    assert only.second in (Place("a.md", 10), Place("b.md", 20))


def test_two_parents_are_fine() -> None:
    stated = [*concepts("a", "b", "c"), said("a", SKOS.narrower, "c"), said("b", SKOS.narrower, "c")]
    graph, _, found = build_graph(stated, Config())
    assert related(graph.objects(BASE + "c", SKOS.broader)) == ["a", "b"]
    assert found == []


def test_siblings_may_be_differentials() -> None:
    stated = [
        *concepts("a", "b", "c"),
        said("a", SKOS.narrower, "b"),
        said("a", SKOS.narrower, "c"),
        said("b", SKOS.related, "c"),
    ]
    graph, _, found = build_graph(stated, Config())
    assert related(graph.objects(BASE + "b", SKOS.related)) == ["c"]
    assert found == []


def test_a_preferred_label_wins_over_an_alternative_one() -> None:
    stated = [*concepts("a", "b"), said("b", SKOS.altLabel, Literal("A", "en"), 4)]
    graph, _, found = build_graph(stated, Config())
    assert graph.objects(BASE + "b", SKOS.altLabel) == ()
    assert graph.objects(BASE + "b", SKOS.hiddenLabel) == (Literal("A", "en"),)
    assert [(d.rule.slug, d.place) for d in found] == [("shared-label", Place("b.md", 4))]
    assert found[0].second is not None
    assert found[0].second.path == "a.md"


def test_an_alternative_label_of_many_is_one_finding() -> None:
    stated = [*concepts("a", "b", "c"), *(said(name, SKOS.altLabel, Literal("X", "en"), 4) for name in "cab")]
    graph, _, found = build_graph(stated, Config())
    assert all(graph.objects(BASE + name, SKOS.hiddenLabel) == (Literal("X", "en"),) for name in "abc")
    assert [(d.rule.slug, d.place) for d in found] == [("shared-label", Place("a.md", 4))]
    assert "“b”" in found[0].message.lower()
    assert "“c”" in found[0].message.lower()


def test_labels_of_a_deprecated_concept_are_free() -> None:
    gone = said("a", OWL.deprecated, Literal("true", "", XSD.boolean))
    stated = [*concepts("a", "b"), gone, said("b", SKOS.altLabel, Literal("A", "en"))]
    graph, _, found = build_graph(stated, Config())
    assert graph.objects(BASE + "b", SKOS.altLabel) == (Literal("A", "en"),)
    assert graph.objects(BASE + "a", SKOS.topConceptOf) == ()
    assert found == []


def test_a_concept_has_each_label_once() -> None:
    words = [(SKOS.altLabel, "bone"), (SKOS.altLabel, "Bone"), (SKOS.hiddenLabel, "BONE"), (SKOS.altLabel, "a")]
    stated = [*concepts("a"), *(said("a", p, Literal(w, "en")) for p, w in words)]
    graph, _, _ = build_graph(stated, Config())
    assert len(graph.objects(BASE + "a", SKOS.altLabel)) == 1
    assert graph.objects(BASE + "a", SKOS.hiddenLabel) == ()


def test_a_chain_of_five_thousand() -> None:
    names = [f"n{n:04}" for n in range(5000)]
    edges = [said(a, SKOS.narrower, b) for a, b in pairwise(names)]
    stated = [
        *concepts(*names),
        *edges,
        said(names[-1], SKOS.related, names[0]),
        said(names[-1], SKOS.narrower, names[0]),
    ]
    graph, _, found = build_graph(stated, Config())
    assert graph.objects(BASE, SKOS.hasTopConcept) != ()
    assert sorted(d.rule.slug for d in found) == ["hierarchy-cycle", "related-in-hierarchy"]


def test_a_hub_of_ten_thousand() -> None:
    names = [f"n{n:05}" for n in range(10_000)]
    stated = [*concepts("hub", *names), *(said("hub", SKOS.narrower, name) for name in names)]
    stated += [said(name, SKOS.related, "hub") for name in names[:100]]
    graph, _, found = build_graph(stated, Config())
    assert len(graph.objects(BASE + "hub", SKOS.narrower)) == 10_000
    assert graph.objects(BASE, SKOS.hasTopConcept) == (BASE + "hub",)
    assert [d.rule.slug for d in found] == ["related-in-hierarchy"] * 100


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_statements_does_not_matter(seed: int) -> None:
    names = [f"n{n}" for n in range(12)]
    source = random.Random(seed)  # noqa: S311 - a shuffle, no secret
    pairs = [tuple(source.sample(names, 2)) for _ in range(60)]
    stated = [
        *concepts(*names),
        *(said(a, (SKOS.narrower, SKOS.related)[n % 2], b, n + 1, n % 4 + 1) for n, (a, b) in enumerate(pairs)),
        *(said(name, SKOS.altLabel, Literal(f"x{n % 5}", "en"), n + 1) for n, name in enumerate(names)),
    ]
    first = build_graph(stated, Config(), "t")
    for _ in range(5):
        source.shuffle(stated)
        again = build_graph(stated, Config(), "t")
        assert list(again[0]) == list(first[0])
        assert dict(again[1]) == dict(first[1])
        assert sorted(d.sort_key for d in again[2]) == sorted(d.sort_key for d in first[2])


# The scheme


def test_scheme_metadata() -> None:
    scheme = Scheme(
        title="Bone",
        description="All on bone.",
        creator="https://orcid.org/0000-0002-1825-0097",
        publisher="Acme Hospital",
        license="https://creativecommons.org/licenses/by/4.0/",
        created="2026-01-31",
        version="1.2.0",
        prefix="msk",
        language="en-GB",
    )
    graph, _, _ = build_graph(concepts("a"), replace(Config(), scheme=scheme), "folder")
    expected = {
        RDF.type: SKOS.ConceptScheme,
        DCT.title: Literal("Bone", "en-gb"),
        DCT.description: Literal("All on bone.", "en-gb"),
        DCT.creator: scheme.creator,
        DCT.publisher: Literal("Acme Hospital"),
        DCT.license: scheme.license,
        DCT.created: Literal("2026-01-31", "", XSD.date),
        OWL.versionInfo: Literal("1.2.0"),
        VANN.preferredNamespacePrefix: Literal("msk"),
        VANN.preferredNamespaceUri: Literal(BASE),
    }
    assert {p: graph.objects(BASE, p) for p in expected} == {p: (term,) for p, term in expected.items()}
    assert next(iter(graph.subjects)) == BASE


def test_a_scheme_without_metadata_has_the_name_of_its_folder_and_nothing_computed() -> None:
    stated = [*concepts("a", "b"), said("a", DCT.modified, Literal("2026-02-28", "", XSD.date))]
    graph, _, _ = build_graph(stated, Config(), "My notes")
    assert graph.objects(BASE, DCT.title) == (Literal("My notes", "en"),)
    assert graph.objects(BASE, OWL.versionInfo) == graph.objects(BASE, DCT.modified) == ()
