"""evidence.jsonl: every statement once, where it is said, in the order of the notes."""

import json
import random

from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Evidence, Literal, Triple
from skosify_rad.outputs import render_evidence

BASE = "https://example.org/radiology/"
BONE, MARROW = BASE + "bone", BASE + "marrow"


def said(line: int, written: str = "Marrow", column: int = 1) -> Evidence:
    return Evidence(Place("Bone/B.md", line, column), ("Types", "Ends \u2028"), written, "classification")


SOURCES = {
    Triple(MARROW, SKOS.broader, BONE): (said(9), said(12)),
    Triple(BONE, SKOS.narrower, MARROW): (said(9),),
    Triple(BASE, SKOS.hasTopConcept, BONE): (said(9),),
    Triple(BONE, SKOS.topConceptOf, BASE): (said(9),),
    Triple(BONE, SKOS.prefLabel, Literal('B "one"', "en")): (said(10, "B", 4), said(1, "B")),
}


def test_lines_are_those_of_the_contract() -> None:
    lines = [json.loads(line) for line in render_evidence(SOURCES).decode().split("\n")[:-1]]
    assert [(line["line"], line["predicate"]) for line in lines] == [
        (1, "skos:prefLabel"),
        (9, "skos:narrower"),
        (10, "skos:prefLabel"),
        (12, "skos:narrower"),
    ]
    assert lines[1] == {
        "note": "Bone/B.md",
        "line": 9,
        "section": ["Types", "Ends \u2028"],
        "subject": BONE,
        "predicate": "skos:narrower",
        "object": MARROW,
        "value": None,
        "written": "Marrow",
        "rule": "classification",
        "by": "author",
    }
    assert (lines[0]["object"], lines[0]["value"]) == (None, 'B "one"')


def test_reasons_and_confidence_stand_where_something_was_weighed() -> None:
    weighed = said(9)._replace(reasons=("list", "announced=1", "item:head"), confidence=0.8049)
    (line,) = map(json.loads, render_evidence({Triple(BONE, SKOS.narrower, MARROW): (weighed,)}).splitlines())
    assert (line["reasons"], line["confidence"]) == (["list", "announced=1", "item:head"], 0.8)
    assert all("reasons" not in json.loads(line) for line in render_evidence(SOURCES).splitlines())


def test_order_of_the_sources_does_not_matter() -> None:
    expected = render_evidence(SOURCES)
    items = list(SOURCES.items())
    for seed in range(5):
        random.Random(seed).shuffle(items)  # noqa: S311 - a shuffle, no secret
        assert render_evidence(dict(items)) == expected


def test_no_evidence_is_an_empty_file() -> None:
    assert render_evidence({}) == b""
