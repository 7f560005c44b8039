"""CSV of concepts: what a spreadsheet reads back, and no cell that it would run."""

from __future__ import annotations

import csv
import io

import pytest
from sample_graphs import BASE, NASTY, graph_of, small_triples

from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import ADMS, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.concepts_csv import COLUMNS, CSV


def read(triples: list[Triple]) -> list[dict[str, str]]:
    """Return the rows as Python's own reader finds them."""
    written = CSV.render(graph_of(triples), Config()).decode()
    return list(csv.DictReader(io.StringIO(written, newline="")))


def label(name: str, text: str) -> list[Triple]:
    return [Triple(BASE + name, RDF.type, SKOS.Concept), Triple(BASE + name, SKOS.prefLabel, Literal(text, "en"))]


def test_a_row_says_what_the_graph_says() -> None:
    osteoma = BASE + "osteoma"
    triples = [
        *label("osteoma", "Osteoma"),
        *label("tumour", "Bone tumour"),
        *label("island", "Bone island"),
        Triple(osteoma, SKOS.altLabel, Literal("Ivory tumour", "en")),
        Triple(osteoma, SKOS.altLabel, Literal("eburnated bone", "en")),
        Triple(osteoma, SKOS.definition, Literal('A tumour, "benign".\nOf bone.', "en")),
        Triple(osteoma, SKOS.broader, BASE + "tumour"),
        Triple(osteoma, SKOS.related, BASE + "island"),
        Triple(osteoma, ADMS.status, ADMS.Completed),
        Triple(osteoma, RAD.note, Literal("Bone/Osteoma.md")),
    ]
    (row,) = [row for row in read(triples) if row["id"] == "osteoma"]
    assert row == {
        "id": "osteoma",
        "label": "Osteoma",
        "alternative labels": "eburnated bone | Ivory tumour",
        "definition": 'A tumour, "benign".\nOf bone.',
        "parents": "Bone tumour",
        "differentials": "Bone island",
        "status": "Completed",
        "note": "Bone/Osteoma.md",
    }


def test_only_concepts_have_rows() -> None:
    rows = read(small_triples())
    assert {row["id"] for row in rows} >= {"bone", "bone-marrow"}
    assert "stage" not in {row["id"] for row in rows}
    assert list(rows[0]) == list(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-oma", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = read(label("x", text))
    assert row["label"] == "'" + text


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip() and text[0] not in "@-"])
def test_any_text_reads_back(text: str) -> None:
    assert read(label("x", text))[0]["label"] == text
