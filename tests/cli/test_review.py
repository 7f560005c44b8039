"""`rad2skos review`: a table out, its decisions back, and the next build applies them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

NOTES = {
    "Cyst.md": "A cyst is a closed sac.\n\n## Types\n- Simple cyst\n- Septated cyst\n- @home cyst\n",
    "Lipoma.md": "## Differential diagnosis\n- [[Cyst]]\n- Liposarcoma: septa\n",
}


def read_rows(table: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table), delimiter=delimiter))


def write_rows(path: Path, rows: list[dict[str, str]], delimiter: str, encoding: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.DictWriter(file, rows[0], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")], ids=["comma", "BOM", "UTF-16"]
)
def test_a_table_comes_back(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path, delimiter: str, encoding: str
) -> None:
    vault = make_vault(NOTES)
    rows = read_rows(run("review", vault).stdout)
    assert any(row["label"].startswith("'@") or "'@" in row["words"] for row in rows)  # no formula for a spreadsheet
    for row in rows:
        if row["statement"].startswith("“Septated cyst” is a kind"):
            row |= {"decision": "reject", "comment": "seen once"}
        if row["statement"].startswith("“Simple cyst” is a concept"):
            row["decision"] = "Rename to Unilocular cyst"
    table = write_rows(tmp_path / "filled.csv", rows, delimiter, encoding)
    kept = run("review", vault, "--apply", table)
    assert (kept.exit_code, kept.output.split(";")[0]) == (0, "2 decisions kept")
    assert (vault / "decisions.tsv").read_text(encoding="utf-8") == (
        "subject\tproperty\tobject\tdecision\tcomment\n"
        "cyst\tnarrower\tseptated-cyst\treject\tseen once\n"
        "simple-cyst\tconcept\t\trename to Unilocular cyst\t\n"
    )
    assert run("build", vault, "--out", tmp_path / "out", "--shapes", "none").exit_code == 0
    turtle = (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")
    assert "Unilocular cyst" in turtle
    assert "Septated" not in turtle
    left = read_rows(run("review", vault, "--format", "tsv").stdout, "\t")
    assert {row["id"] for row in left} < {row["id"] for row in rows}
    assert not [
        row for row in left if "Septated" in row["statement"] or "Simple cyst” is a concept" in row["statement"]
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("id,decision\nnothing,accept\n", "filled.csv:2: the notes have no statement with the id 'nothing'"),
        ("label,decision\nCyst,accept\n", "filled.csv:1: the table needs the columns id and decision"),
        ("", "filled.csv:1: the table needs the columns id and decision"),
        ("id,decision\n{id},perhaps\n", "filled.csv:2: 'perhaps' is no decision about"),
        ("id,decision\n{id},accept\n{id},same as Nothing\n", "filled.csv:3:"),
    ],
)
def test_a_wrong_table_keeps_nothing(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path, table: str, message: str
) -> None:
    vault = make_vault(NOTES)
    path = tmp_path / "filled.csv"
    path.write_text(table.format(id=read_rows(run("review", vault).stdout)[0]["id"]), encoding="utf-8")
    refused = run("review", vault, "--apply", path)
    assert refused.exit_code == 2
    assert message in refused.output
    assert refused.output.count("\n") == 1
    assert not (vault / "decisions.tsv").exists()


def test_a_file_of_decisions_with_faults_is_not_overwritten(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    vault = make_vault({**NOTES, "decisions.tsv": "cyst\tnarrower\tseptated-cyst\tmaybe\t\n"})
    path = tmp_path / "filled.csv"
    path.write_text(f"id,decision\n{read_rows(run('review', vault).stdout)[0]['id']},accept\n", encoding="utf-8")
    refused = run("review", vault, "--apply", path)
    assert (refused.exit_code, "decisions.tsv:1:" in refused.output) == (2, True)
    assert "maybe" in (vault / "decisions.tsv").read_text(encoding="utf-8")
    assert run("review", vault, "--apply", path, "--serve").exit_code == 2


TERMS = "format-version: 1.2\n\n[Term]\nid: DOID:1\nname: cyst\n\n[Term]\nid: DOID:2\nname: lipoma\n"
"""Another vocabulary."""


def test_what_align_proposes_is_decided(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    head = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    vault = make_vault({**NOTES, "terms.obo": TERMS, "m.sssom.tsv": head}, '[mappings]\nfiles = ["m.sssom.tsv"]\n')
    asked = run("align", vault, "--to", vault / "terms.obo", "--out", vault / "m.sssom.tsv")
    assert asked.exit_code == 0, asked.output
    proposed = [row for row in read_rows(run("review", vault).stdout) if "DOID_" in row["statement"]]
    assert len(proposed) == 2
    assert "“Cyst”: same as “cyst”, http://purl.obolibrary.org/obo/DOID_1." in {row["statement"] for row in proposed}
    for row in proposed:
        row["decision"] = "accept" if row["label"] == "Cyst" else "reject"
    assert run("review", vault, "--apply", write_rows(tmp_path / "filled.csv", proposed, ",", "utf-8")).exit_code == 0
    built = run("build", vault, "--out", tmp_path / "out", "--shapes", "none")
    assert "proposed mappings" not in built.output
    turtle = (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")
    assert turtle.count("DOID_1") == 1
    assert "DOID_2" not in turtle
    assert "DOID_" not in run("review", vault).stdout


def test_each_format_says_what_was_accepted(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    vault, out = make_vault({**NOTES, "decisions.tsv": "cyst\tnarrower\tsimple-cyst\taccept\t\n"}), tmp_path / "out"
    assert run("build", vault, "--out", out, "--format", "turtle,csv,fhir,site", "--shapes", "none").exit_code == 0
    rows = {row["id"]: row["status"] for row in read_rows((out / "concepts.csv").read_text(encoding="utf-8-sig"))}
    assert rows["cyst"] == "Completed"
    assert rows["simple-cyst"] == "accepted"
    assert rows["septated-cyst"] == "UnderDevelopment"
    assert (out / "concepts.ttl").read_text(encoding="utf-8").count("bibo/status/accepted") == 1
    codes = json.loads((out / "concepts.fhir.json").read_text(encoding="utf-8"))
    resource = next(e["resource"] for e in codes["entry"] if e["resource"]["resourceType"] == "CodeSystem")
    assert find_states(resource["concept"]) >= {
        ("cyst", "active"),
        ("simple-cyst", "active"),
        ("septated-cyst", "draft"),
    }


def find_states(concepts: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return code and status of each concept."""
    found = {(c["code"], p["valueCode"]) for c in concepts for p in c["property"] if p["code"] == "status"}
    return found.union(*(find_states(c.get("concept", [])) for c in concepts))
