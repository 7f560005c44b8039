"""Two small vocabularies -> the changes between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skosify_rad.graph.changes import KINDS, Bump, compare
from skosify_rad.graph.changes.differences import find_differences
from skosify_rad.graph.changes.versions import suggest_version
from skosify_rad.graph.readers import Source, read_sources

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph

PREFIXES = """\
@prefix : <http://x.test/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix rad: <https://w3id.org/rad2skos/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix adms: <http://www.w3.org/ns/adms#> .
: a skos:ConceptScheme ; owl:versionInfo "1.2.3" .
"""
BONE = ':bone a skos:Concept ; skos:prefLabel "Bone"@en ; skos:inScheme : .\n'
HIP = ':hip a skos:Concept ; skos:prefLabel "Hip"@en ; skos:inScheme : .\n'


def read(turtle: str) -> Graph:
    found = read_sources([Source("v.ttl", (PREFIXES + turtle).encode(), "TURTLE")])
    assert found.diagnostics == ()
    return found.graph


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """Return kind and local name of the subject of each change."""
    found = compare(read(old), read(new)).changes
    return [(change.kind.slug, change.subject.rsplit("/", 1)[-1]) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (BONE, BONE + HIP, [("concept-added", "hip")]),
        (BONE + HIP, BONE, [("concept-removed", "hip")]),
        (BONE + HIP, BONE + HIP.replace(":hip", ":h2"), [("identifier-changed", "hip")]),
        (HIP, HIP + ":hip owl:deprecated true .", [("concept-deprecated", "hip")]),
        (HIP + ":hip owl:deprecated true .", HIP, [("concept-restored", "hip")]),
        (HIP, HIP.replace("Hip", "Hip joint"), [("renamed", "hip")]),
        (HIP, HIP.replace("Hip", "Coxa") + ':hip skos:altLabel "Hip"@en .', [("renamed", "hip")]),
        (HIP, HIP.replace("Hip", "Spleen"), [("identifier-reused", "hip")]),
        (HIP, HIP.replace("Hip", "hip"), [("respelled", "hip")]),
        (HIP.replace("Hip", "Tumour"), HIP.replace("Hip", "Tumor"), [("respelled", "hip")]),
        (HIP.replace("Hip", "Ileum"), HIP.replace("Hip", "Ilium"), [("identifier-reused", "hip")]),
        (HIP, HIP + ':hip skos:altLabel "Coxa"@en .', [("label-changed", "hip")]),
        (HIP, HIP + ':hip skos:prefLabel "Hüfte"@de .', [("label-changed", "hip")]),
        (HIP + ':hip skos:definition "A joint."@en .', HIP, [("definition-changed", "hip")]),
        (
            HIP + ':hip skos:definition "A joint."@en .',
            HIP + ':hip skos:definition "A JOINT"@en .',
            [("definition-respelled", "hip")],
        ),
        (BONE + HIP, BONE + HIP + ":hip skos:broader :bone .", [("concept-moved", "hip")]),
        (BONE + HIP, BONE + HIP + ":bone skos:narrower :hip .", [("concept-moved", "hip")]),
        (HIP, HIP + ": skos:hasTopConcept :hip .", [("top-concept-changed", "hip")]),
        (BONE + HIP, BONE + HIP + ":hip skos:related :bone .", [("relation-changed", "bone")]),
        (HIP, HIP + ":hip skos:exactMatch <http://y.test/1> .", [("mapping-changed", "hip")]),
        (HIP, HIP + ':hip skos:notation "H" .', [("notation-changed", "hip")]),
        (HIP, HIP + ":hip adms:status <http://purl.org/adms/status/Completed> .", [("status-changed", "hip")]),
        (HIP, HIP + ':hip skos:scopeNote "Adults."@en .', [("note-changed", "hip")]),
        (HIP, HIP + ":hip rad:note 'Hip.md' .", [("other", "hip")]),
        (HIP, HIP + ": dct:title 'Joints' .", [("scheme-changed", "")]),
        (HIP, HIP + ":c a skos:Collection ; skos:member :hip .", [("collection-added", "c")]),
        (HIP, HIP.replace("skos:Concept ", "skos:Collection "), [("type-changed", "hip")]),
    ],
)
def test_each_kind_of_change(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert changes(old, new) == expected


def test_the_same_said_in_another_form_is_no_change() -> None:
    old = BONE + HIP + ":hip skos:broader :bone ; skos:related :bone . : skos:hasTopConcept :bone ."
    new = BONE + HIP + ":bone skos:narrower :hip ; skos:related :hip ; skos:topConceptOf : ."
    assert changes(old, new) == []
    plain = HIP + ':hip skos:altLabel "Coxa"@en .'
    labels = HIP + ':hip xl:altLabel [ a xl:Label ; xl:literalForm "Coxa"@en ] .'
    assert changes(plain, labels) == []


def test_dates_versions_and_change_notes_are_no_changes() -> None:
    new = HIP + ':hip dct:modified "2026-01-01" ; skos:changeNote "1.3.0: renamed"@en . : owl:priorVersion :1.2.3 .'
    assert changes(HIP, new) == []


def test_a_deprecated_concept_tells_its_replacement_or_the_new_concept_of_its_name() -> None:
    gone = HIP + ":hip owl:deprecated true ; dct:isReplacedBy :bone .\n"
    (change,) = compare(read(BONE + HIP), read(BONE + gone)).changes
    assert change.new == ("http://x.test/bone",)
    twin = HIP + ":hip owl:deprecated true .\n" + HIP.replace(":hip", ":h2")
    (change, added) = sorted(compare(read(HIP), read(twin)).changes, key=lambda c: c.kind.slug, reverse=True)
    assert (change.kind.slug, change.other) == ("concept-deprecated", "http://x.test/h2")
    assert added.kind.slug == "concept-added"


def test_a_differential_tells_what_distinguishes_it() -> None:
    both = (
        ":hip skos:related :bone . :d a rad:Differential ; rad:differentialOf :hip ; rad:differentialDiagnosis :bone ;"
    )
    old, new = (BONE + HIP + both + f' rad:distinguishedBy "{text}"@en .' for text in ("round", "flat"))
    assert changes(BONE + HIP, new) == [("differential-added", "hip")]
    assert changes(old, BONE + HIP) == [("differential-removed", "hip")]
    (change,) = compare(read(old), read(new)).changes
    assert change.kind.slug == "differential-changed"
    assert [str(text.value) for text in (*change.old, *change.new) if not isinstance(text, str)] == ["round", "flat"]


def test_an_older_concept_gains_a_new_differential_but_loses_none_to_a_removed_one() -> None:
    both = ":d a rad:Differential ; rad:differentialOf :hip ; rad:differentialDiagnosis :bone ."
    assert changes(HIP, BONE + HIP + both) == [("concept-added", "bone"), ("differential-added", "hip")]
    assert changes(BONE + HIP + both, HIP) == [("concept-removed", "bone")]


def test_a_notation_given_to_another_concept_breaks() -> None:
    found = changes(BONE + HIP + ":hip skos:notation '7' .", BONE + HIP + ":bone skos:notation '7' .")
    assert ("notation-reused", "bone") in found
    shared = "\n:hip skos:notation '7' . :knee a skos:Concept ; skos:notation '7' ."
    kept = "\n:bone skos:notation '7' . :knee a skos:Concept ; skos:notation '7' ."
    assert "notation-reused" not in dict(changes(BONE + HIP + shared, BONE + HIP + kept))


def test_the_members_of_an_ordered_collection_have_an_order() -> None:
    start = BONE + HIP + ":c a skos:OrderedCollection ; skos:memberList "
    assert changes(start + "( :hip :bone ) .", start + "( :bone :hip ) .") == [("collection-changed", "c")]
    assert changes(start + "( :hip :bone ) .", start + "( :hip :bone ) .") == []


def test_blank_nodes_are_known_by_what_they_hold_not_by_their_order() -> None:
    one = ':hip skos:note [ rdf:value "one"@en ] .'
    two = ':hip skos:note [ rdf:value "two"@en ; dct:source [ dct:title "S" ] ] .'
    old, new = read(HIP + one + two), read(two + HIP + one)
    found = find_differences(old, new)
    assert (found.removed, found.added) == ((), ())
    assert find_differences(old, read(HIP + two)).touches_blanks
    cycle = "_:a dct:relation _:b . _:b dct:relation _:a ."
    assert find_differences(read(HIP + cycle), read(HIP)).touches_blanks


def test_blank_nodes_in_deep_lists_and_cycles_end() -> None:
    deep = "".join(f"_:b{n} dct:relation _:b{n + 1} .\n" for n in range(20_000)) + "_:b20000 dct:relation _:b0 ."
    assert len(find_differences(read(HIP), read(HIP + deep)).added) == 20_001


@pytest.mark.parametrize(
    ("old", "new", "bump", "version"),
    [
        (BONE, BONE, Bump.NONE, ""),
        (BONE, BONE.replace("Bone", "bone"), Bump.PATCH, "1.2.4"),
        (BONE, BONE + HIP, Bump.MINOR, "1.3.0"),
        (BONE + HIP, BONE, Bump.MAJOR, "2.0.0"),
    ],
)
def test_the_next_version_follows_from_the_worst_change(old: str, new: str, bump: Bump, version: str) -> None:
    comparison = compare(read(old), read(new))
    found = suggest_version(comparison.changes, comparison.versions[0])
    assert (found.bump, found.version) == (bump, version)
    assert found.reason


def test_kinds_are_unique_and_ordered_from_breaking_to_small() -> None:
    assert len({kind.slug for kind in KINDS}) == len(KINDS)
    assert [kind.bump for kind in KINDS] == sorted((kind.bump for kind in KINDS), reverse=True)
