"""`rad2skos align`: proposals, their review, and the next build and run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from skosify_rad.concepts.mapping_table import read_table
from skosify_rad.graph.readers.ontologies import read_ontology
from skosify_rad.model.diagnostics import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

OBO = """\
format-version: 1.2

[Term]
id: DOID:1
name: arthritis

[Term]
id: DOID:2
name: gout
synonym: "podagra \\"of old\\"" EXACT []
synonym: "foot trouble" BROAD []
is_a: DOID:1 ! arthritis

[Term]
id: DOID:3
name: calcium crystal disease
synonym: "Pseudogout" EXACT []

[Term]
id: DOID:4
name: carcinoma, renal

[Term]
id: DOID:5
name: hypertension

[Term]
id: DOID:6
name: osteoma
is_obsolete: true

[Term]
id: DOID:7
name: diffuse

[Typedef]
id: part_of
name: part of
"""
NOTES = {
    "Gout.md": "---\nbroader: '[[Arthritis]]'\n---\nA disease.",
    "Arthritis.md": "---\nbroader: '[[Renal carcinoma]]'\n---\nA disease.",
    "Pseudogout.md": "A disease.",
    "Renal carcinoma.md": "A tumour.",
    "Hypotension.md": "Not hypertension.",
    "Osteoma.md": "A tumour.",
    "Diffuse.md": "Everywhere.",
}
CONFIG = '[scheme]\nbase = "https://example.org/bone/"\nprefix = "bone"\n[mappings]\nfiles = ["m.sssom.tsv"]\n'


@pytest.fixture
def aligned(make_vault: Callable[..., Path], tmp_path: Path, run: Callable[..., Result]) -> tuple[Path, Result]:
    """Return the vault and what the command said; its file of mappings starts without rows."""
    vault = make_vault(NOTES, CONFIG)
    (tmp_path / "o.obo").write_text(OBO, encoding="utf-8")
    head = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    (vault / "m.sssom.tsv").write_text(head, encoding="utf-8")
    return vault, run("align", vault, "--to", tmp_path / "o.obo", "--out", vault / "m.sssom.tsv")


def pairs(file: Path) -> list[tuple[str, str, str]]:
    return [(r["subject_id"], r["predicate_id"], r["object_id"]) for _, r in read_table(file).rows]


def test_whole_names_only_are_proposed(aligned: tuple[Path, Result]) -> None:
    vault, result = aligned
    assert result.exit_code == 0, result.output
    assert pairs(vault / "m.sssom.tsv") == [
        ("bone:arthritis", "skos:exactMatch", "DOID:1"),
        ("bone:gout", "skos:exactMatch", "DOID:2"),
        ("bone:pseudogout", "skos:closeMatch", "DOID:3"),
        ("bone:renal-carcinoma", "skos:closeMatch", "DOID:4"),
    ]
    rows = read_table(vault / "m.sssom.tsv").rows
    assert [row.get("confidence", "") for _, row in rows] == ["0.95", "0.95", "0.62", ""]
    assert "(4 proposals added)" in result.output


def test_hierarchies_are_compared_at_the_notes_line(aligned: tuple[Path, Result], run: Callable[..., Result]) -> None:
    vault, result = aligned
    assert "hierarchy             1  (relations that the ontology has too; 0 that it has not)" in result.output
    (vault / "Arthritis.md").write_text("---\nbroader: '[[Gout]]'\n---\nA disease.", encoding="utf-8")
    (vault / "Gout.md").write_text("A disease.", encoding="utf-8")
    file = vault / "m.sssom.tsv"
    file.unlink()
    (vault / "rad2skos.toml").write_text(CONFIG.split("[mappings]", maxsplit=1)[0], encoding="utf-8")
    said = run("align", vault, "--to", "o.obo", "--out", file).output
    assert f"{vault / 'Arthritis.md'}:2: “gout” is below “arthritis” in the ontology, but above it here" in said
    (vault / "Arthritis.md").write_text("---\nbroader: '[[Hypertension]]'\n---\nA disease.", encoding="utf-8")
    said = run("align", vault, "--to", "o.obo", "--out", file).output
    assert "“hypertension” is neither above nor below “arthritis” in the ontology, but above it here" in said


def test_accepted_rows_count_and_rejected_ones_do_not_come_again(
    aligned: tuple[Path, Result], run: Callable[..., Result]
) -> None:
    vault, _ = aligned
    file = vault / "m.sssom.tsv"
    lines = file.read_text(encoding="utf-8").split("\n")
    names = next(line for line in lines if line.startswith("subject_id")).split("\t")
    reviewed = []
    for line in lines:
        cells = line.split("\t")
        if cells[0] == "bone:gout":
            cells[names.index("reviewer_label")] = "A. Radiologist"
        elif cells[0] == "bone:arthritis":
            cells[names.index("predicate_modifier")] = "Not"
        reviewed.append("\t".join(cells))
    file.write_text("\n".join(reviewed), encoding="utf-8")
    before = file.read_bytes()
    assert "(0 proposals added)" in run("align", vault, "--to", "o.obo", "--out", file).output
    assert file.read_bytes() == before
    built = run("build", vault, "--out", "out", "--format", "sssom,fhir", "--quiet")
    assert built.exit_code == 0, built.output
    assert pairs(vault.parent / "out" / "concepts.sssom.tsv") == [("bone:gout", "skos:exactMatch", "DOID:2")]
    bundle = json.loads((vault.parent / "out" / "concepts.fhir.json").read_text(encoding="utf-8"))
    (found,) = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "ConceptMap"]
    assert [(e["code"], [t["code"] for t in e["target"]]) for e in found["group"][0]["element"]] == [
        ("gout", ["DOID:2"])
    ]
    turtle = (vault.parent / "out" / "concepts.ttl").read_text(encoding="utf-8")
    assert turtle.count("Match") == 1
    assert "skos:exactMatch <http://purl.obolibrary.org/obo/DOID_2>" in turtle
    file.write_bytes(before.replace(b"A. Radiologist", b""))
    assert "up to date" not in run("build", vault, "--out", "out").output
    assert "Match" not in (vault.parent / "out" / "concepts.ttl").read_text(encoding="utf-8")


OWL = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX oio: <http://www.geneontology.org/formats/oboInOwl#> PREFIX : <http://purl.obolibrary.org/obo/>
:DOID_2 a owl:Class ; rdfs:label "gout" , "Gicht"@de ; oio:hasExactSynonym "podagra" ; rdfs:subClassOf :DOID_1 , [] .
:DOID_9 a owl:Class ; rdfs:label "gone" ; owl:deprecated true .
"""
SKOS = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX : <http://purl.obolibrary.org/obo/>
:DOID_2 a skos:Concept ; skos:prefLabel "gout"@en , "Gicht"@de ; skos:altLabel "podagra"@en ; skos:broader :DOID_1 .
"""
GRAPHS = json.dumps(
    {
        "graphs": [
            {
                "nodes": [
                    {
                        "id": "http://purl.obolibrary.org/obo/DOID_2",
                        "lbl": "gout",
                        "type": "CLASS",
                        "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": "podagra"}]},
                    },
                    {"id": "http://purl.obolibrary.org/obo/part_of", "lbl": "part of", "type": "PROPERTY"},
                    {"id": "http://purl.obolibrary.org/obo/DOID_9", "lbl": "gone", "meta": {"deprecated": True}},
                ],
                "edges": [
                    {
                        "sub": "http://purl.obolibrary.org/obo/DOID_2",
                        "pred": "is_a",
                        "obj": "http://purl.obolibrary.org/obo/DOID_1",
                    }
                ],
            }
        ]
    }
)
SHORT_OBO = '[Term]\nid: DOID:2\nname: gout\nsynonym: "podagra" EXACT []\nis_a: DOID:1\n'


@pytest.mark.parametrize(
    ("name", "text"), [("o.ttl", OWL), ("s.ttl", SKOS), ("o.json", GRAPHS), ("o.obo", SHORT_OBO)], ids=lambda x: x[:5]
)
def test_every_syntax_reads_the_same(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    (term,) = read_ontology(file).values()
    assert (term.iri, term.label) == ("http://purl.obolibrary.org/obo/DOID_2", "gout")
    assert term.synonyms == ["podagra"]
    assert "http://purl.obolibrary.org/obo/DOID_1" in term.parents


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("o.json", '{"graphs": [{"nodes": [3]}]}', "is not a valid ontology in JSON"),
        ("o.json", "{", "is not a valid ontology in JSON"),
        ("o.obo", "format-version: 1.2\n", "holds no term"),
        ("o.ttl", "a b", "o.ttl:1"),
        ("o.xlsx", "", "unknown file type"),
    ],
)
def test_what_is_no_ontology_is_an_error(name: str, text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_ontology(file)
