"""The rules of scoring on notes small enough to count by hand."""

from __future__ import annotations

import doctest
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from quality import gold
from quality.gold import fold, parse_note
from quality.scoring import Figures, score, tally
from sample_graphs import graph_of

from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = "https://example.org/"
NAMES = {
    "tumour": "Salivary tumour",
    "benign": "Benign salivary tumour",
    "warthin": "Warthin tumour",
    "cyst": "Cyst",
    "node": "Lymph node",
    "stone": "Stone",
}
Said = tuple[str, str, str]
Wanted = dict[str, list[dict[str, object]]]


def kind(label: str, parent: str = "Salivary tumour", **more: object) -> dict[str, object]:
    return {"label": label, "parent": parent, "kind": "kind", "line": 3, "status": "required", **more}


def count(said: Iterable[Said], wanted: Wanted, unsaid: Iterable[Said] = ()) -> dict[str, Figures]:
    """Score relations (subject, predicate, object) of one note; those in `unsaid` are in the evidence only."""
    data: dict[str, Any] = {"narrower": [], "related": [], "altLabels": [], "definition": None}
    note = parse_note({"note": "ENT/Salivary tumour.md", **data, **wanted})
    labels = [Triple(BASE + name, SKOS.prefLabel, Literal(label, "en")) for name, label in NAMES.items()]
    triples = [Triple(BASE + s, SKOS.NS + p, BASE + o) for s, p, o in said if p != "altLabel"]
    lines = [_line(each) for each in (*said, *unsaid)]
    found = score({note.path: note}, "".join(lines).encode(), graph_of([*labels, *triples]))
    return {**tally(found.outcomes), "unsupported": Figures(found.unsupported, 0, 0)}


def _line(said: Said) -> str:
    subject, predicate, other = said
    is_label = predicate == "altLabel"
    return (
        json.dumps(
            {
                "note": "ENT/Salivary tumour.md",
                "line": 3,
                "subject": BASE + subject,
                "predicate": f"skos:{predicate}",
                "object": None if is_label else BASE + other,
                "value": other if is_label else None,
                "written": "",
            }
        )
        + "\n"
    )


def test_right_missed_and_invented() -> None:
    wanted = {"narrower": [kind("Adenolymphoma"), kind("Cysts"), kind("Stone", status="optional")]}
    said = [("tumour", "narrower", "warthin"), ("tumour", "narrower", "stone"), ("tumour", "narrower", "node")]
    found = count(said, wanted)["narrower"]
    assert found == Figures(right=0, missed=2, invented=2)
    wanted["narrower"][0]["accept"] = ["Warthin tumor"]
    found = count(said, wanted)["narrower"]
    assert found == Figures(right=1, missed=1, invented=1)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_a_kind_under_another_parent_is_an_invention() -> None:
    wanted = {"narrower": [kind("Warthin tumour")]}
    said = [("cyst", "narrower", "warthin")]
    assert count(said, wanted)["narrower"] == Figures(right=0, missed=1, invented=1)
    wanted["narrower"][0]["parent_accept"] = ["cysts"]
    assert count(said, wanted)["narrower"] == Figures(right=1, missed=0, invented=0)


def test_groups_may_be_looked_through_and_kinds_not() -> None:
    said = [("tumour", "narrower", "benign"), ("tumour", "narrower", "warthin")]
    for between, expected in (
        ("group", Figures(2, 0, 0)),
        ("group|kind", Figures(2, 0, 0)),
        ("kind", Figures(1, 1, 1)),
    ):
        wanted = {
            "narrower": [
                kind("Benign salivary tumour", kind=between),
                kind("Warthin tumour", "Benign salivary tumour"),
            ]
        }
        assert count(said, wanted)["narrower"] == expected


def test_broader_is_narrower_the_other_way_round() -> None:
    wanted = {"narrower": [kind("Warthin tumour")]}
    assert count([("warthin", "broader", "tumour")], wanted)["narrower"] == Figures(1, 0, 0)


def test_members_count_for_but_never_against() -> None:
    wanted = {"narrower": [kind("Warthin tumour")]}
    said = [("tumour", "member", "warthin"), ("tumour", "member", "node")]
    assert count(said, wanted)["narrower"] == Figures(1, 0, 0)


def test_a_relation_said_twice_counts_once() -> None:
    said = [("tumour", "related", "node"), ("tumour", "related", "node")]
    assert count(said, {})["related"] == Figures(0, 0, 1)


def test_related_may_be_said_from_either_side() -> None:
    wanted: Wanted = {"related": [{"label": "Cyst", "line": 3, "status": "required"}]}
    assert count([("tumour", "related", "cyst")], wanted)["related"] == Figures(1, 0, 0)
    assert count([("cyst", "related", "tumour")], wanted)["related"] == Figures(1, 0, 0)
    assert count([("node", "related", "stone")], wanted)["related"] == Figures(0, 1, 1)


def test_labels_count_by_their_words() -> None:
    wanted: Wanted = {"altLabels": [{"label": "SGT", "line": 3, "status": "required"}]}
    said = [("tumour", "altLabel", "sgt"), ("tumour", "altLabel", "SGTs"), ("tumour", "altLabel", "Lump")]
    assert count(said, wanted)["altLabels"] == Figures(1, 0, 1)


def test_evidence_without_its_triple_does_not_count() -> None:
    wanted = {"narrower": [kind("Warthin tumour")]}
    found = count([], wanted, unsaid=[("tumour", "narrower", "warthin")])
    assert (found["narrower"], found["unsupported"].right) == (Figures(0, 1, 0), 1)


def test_a_definition_is_right_by_its_line() -> None:
    for lines, expected in (([2, 3], Figures(1, 0, 0)), ([4], Figures(0, 1, 0))):
        note = parse_note(
            {
                "note": "A.md",
                **{relation: [] for relation in ("narrower", "related", "altLabels")},
                "definition": {"lines": lines, "status": "required"},
            }
        )
        line = {"note": "A.md", "line": 3, "subject": BASE, "predicate": "skos:definition", "object": None}
        evidence = json.dumps({**line, "value": "A is.", "written": "A is."}).encode()
        assert tally(score({note.path: note}, evidence, graph_of([])).outcomes)["definition"] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tumours", "tumor"),
        ("oesophageal “web”", "Esophageal web"),
        ("T–cell –", "T-cell"),
        ("*Foot*  bones:", "foot bone"),
    ],
)
def test_names_that_count_as_the_same(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("gas", "ga"), ("Type I", "Type II"), ("bone cyst", "bone-cyst"), ("cystic", "cyst")]
)
def test_names_that_do_not(left: str, right: str) -> None:
    assert fold(left) != fold(right)


def test_the_examples_in_docstrings_run() -> None:
    found = doctest.testmod(gold)
    assert (found.failed, found.attempted > 0) == (0, True)
