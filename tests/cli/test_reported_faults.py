"""Faults that users reported in their first hour."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad.cli import query
from skosify_rad.cli.run import run_build
from skosify_rad.cli.watch import describe_changes
from skosify_rad.model.namespaces import SKOS

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]
    MakeVault = Callable[..., Path]

OUTPUT = Path(__file__).parents[2] / "output"
GOUT = {"Gout.md": "Gout is an arthritis.\n\n## Differential diagnosis\n- Septic arthritis: fever\n"}


@pytest.mark.parametrize(
    "heading", ["> [!warning] DDx\n> - Enostosis\n", "**DDx**\n- Enostosis\n", "**DDx:** Enostosis\n"]
)
def test_differentials_after_a_list_of_types_are_read(make_vault: MakeVault, tmp_path: Path, heading: str) -> None:
    text = f"Osteoma is a benign tumour of bone.\n\n## Types\n- Ivory osteoma\n- Mature osteoma\n\n{heading}"
    run = run_build(make_vault({"Osteoma.md": text}), {"out": tmp_path / "out", "no_cache": True})
    assert run.export is not None
    graph = run.export.graph
    assert graph.objects(f"{graph.scheme}osteoma", SKOS.related) == (f"{graph.scheme}enostosis",)
    assert len(graph.objects(f"{graph.scheme}osteoma", SKOS.narrower)) == 2


def test_validating_an_output_folder_reads_the_concepts_only(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    run("build", make_vault(GOUT), "--out", tmp_path / "out", "--format", "fhir")
    (tmp_path / "out" / "validation.json").write_text("{half a report", encoding="utf-8")
    result = run("validate", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "RAD570" not in result.output
    (tmp_path / "out" / "more.json").write_text('{"@context": ', encoding="utf-8")
    assert "RAD570" in run("validate", tmp_path / "out").output


def test_changed_needs_a_previous_graph(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault, out, store = make_vault(GOUT), tmp_path / "out", tmp_path / "store"
    run("build", vault, "--out", out)
    run("load", out, "--to", store)
    result = run("query", "changed", "--on", store)
    assert result.exit_code == 2
    assert "load it with --keep-previous" in result.stderr
    (vault / "Pannus.md").write_text("Pannus is synovium.\n", encoding="utf-8")
    run("build", vault, "--out", out)
    run("load", out, "--to", store, "--keep-previous")
    changed = run("query", "changed", "--on", store, "--format", "csv").stdout.splitlines()
    assert any(line.startswith("added,") and "pannus" in line for line in changed)
    assert not any("void" in line for line in changed)


def test_a_rules_page_is_found_with_a_vault_too(run: Run, make_vault: MakeVault) -> None:
    assert run("explain", "RAD401", "--vault", make_vault(GOUT)).stdout.startswith("# RAD401")
    assert run("explain", "configuration", "--vault", make_vault(GOUT)).stdout.startswith("# ")


def test_the_queries_in_the_help_find_something(run: Run) -> None:
    lines = re.findall(r"^  rad2skos (query .*?)(?:   .*)?$", query.EXAMPLES, re.MULTILINE)
    tried = [line for line in lines if "--on" not in line and "my.rq" not in line]
    assert len(tried) >= 3
    for line in tried:
        result = run(*shlex.split(line), "--on", OUTPUT) if line != "query" else run("query")
        assert result.exit_code == 0, result.output
        assert "(0 rows)" not in result.stdout


@pytest.mark.parametrize(("name", "word"), [("Osteoprosis", "Osteoporosis"), ("Nothing", "'Nothing'")])
def test_a_name_that_no_concept_has(run: Run, name: str, word: str) -> None:
    result = run("query", "tree", name, "--on", OUTPUT)
    assert result.exit_code == 2
    assert word in result.stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["biuld", "notes"], "build"),
        (["query", "tre", "Osteoporosis"], "tree"),
        (["explain", "brokn-link"], "broken-link"),
        (["check", "{vault}", "--select", "brokn-link"], "broken-link"),
    ],
)
def test_what_was_meant_is_suggested(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, words: list[str], meant: str
) -> None:
    vault = make_vault(GOUT)
    monkeypatch.chdir(vault)
    result = run(*(word.format(vault=vault) for word in words))
    assert result.exit_code == 2
    assert f"did you mean '{meant}'" in result.stderr


def test_tables_fit_the_terminal(run: Run) -> None:
    shown = run("query", "differentials", "Osteoporosis", "--on", OUTPUT).stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "Hyperparathyroidism" in shown


@pytest.mark.parametrize(
    ("notes", "reason"),
    [
        ({}, "it holds no .md file"),
        ({"2024-03-05.md": "Text."}, "1 a daily note"),
        ({"A.md": "---\ndg-publish: false\n---\n"}, "1 not published"),
    ],
)
def test_a_folder_without_notes_is_refused(
    run: Run, make_vault: MakeVault, tmp_path: Path, notes: dict[str, str], reason: str
) -> None:
    vault = make_vault({"gone.md": "x", **notes})
    (vault / "gone.md").unlink()
    result = run("build", vault, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert reason in result.stderr
    assert not (tmp_path / "out").exists()


def test_reports_say_why_a_rule_was_not_checked(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(GOUT)
    shown = run("check", vault, "--report", "json", "--ignore", "broken-link").stdout
    assert re.search(r'"broken-link"[^}]*"ignored"', shown)
    assert re.search(
        r'"broken-link"[^}]*"not selected"', run("check", vault, "--report", "json", "--select", "RAD5").stdout
    )
    run("build", vault, "--out", tmp_path / "out", "--for", "skohub")
    assert "only with --for skohub" not in (tmp_path / "out" / "validation.json").read_text(encoding="utf-8")


def test_after_a_rename_watch_prints_no_pairs_of_findings(make_vault: MakeVault, tmp_path: Path) -> None:
    notes = {f"Note {n}.md": f"Disease {n}.\n\n## DDx\n- [[Osteoma]]\n" for n in range(5)}
    vault = make_vault({**notes, "Osteoma.md": "It hurts. [[Nowhere]]\n\n## DDx\n- Enostosis\n"})
    before = run_build(vault, {"out": tmp_path / "out", "no_cache": True, "shapes": "none"})
    (vault / "Osteoma.md").rename(vault / "Bone osteoma.md")
    for name, text in notes.items():
        (vault / name).write_text(text.replace("[[Osteoma]]", "[[Bone osteoma]]"), encoding="utf-8")
    after = run_build(vault, {"out": tmp_path / "out", "no_cache": True, "shapes": "none"})
    added, removed, new, fixed = describe_changes(before, after)
    assert "+ Bone osteoma  skos:prefLabel  Bone osteoma" in added
    assert len(removed) <= 3
    assert new == fixed == []


def test_a_concept_is_called_as_its_note(make_vault: MakeVault, tmp_path: Path) -> None:
    notes = {
        "A.md": "Disease.\n\n## DDx\n- [[Osteoid Osteoma]]\n- GOUT\n",
        "osteoid osteoma.md": "Text.\n",
        "Gout.md": "Text.\n",
    }
    run = run_build(make_vault(notes), {"out": tmp_path / "out", "no_cache": True})
    labels = (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")
    assert run.counts.concepts == 3
    assert 'skos:prefLabel "osteoid osteoma"@en' in labels
    assert 'skos:prefLabel "Gout"@en' in labels
