"""The benchmark itself: it counts as the gold's rules say, and it can fail."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import extraction
from quality.corpora import COMMITTED, Corpus, Measured, beside, committed, measure
from quality.gold import read_gold
from quality.scoring import MEASURES, Score, score, tally

from skosify_rad.model.namespaces import SKOS
from skosify_rad.outputs import render_evidence

measure_once = cache(measure)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def garden() -> Measured:
    return measure_once(committed("garden-b"))


@pytest.fixture(autouse=True)
def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "measure", measure_once)


def rescore(measured: Measured, lines: list[dict[str, object]]) -> Score:
    evidence = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    return score(read_gold(measured.corpus.gold), evidence, measured.export.graph)


def lines_of(measured: Measured) -> list[dict[str, object]]:
    return [json.loads(line) for line in render_evidence(measured.export.sources).splitlines()]


def test_a_mutilated_export_scores_lower(garden: Measured) -> None:
    whole = tally(garden.score.outcomes)
    kept = [line for i, line in enumerate(lines_of(garden)) if i % 2]
    half = tally(rescore(garden, kept).outcomes)
    for measure_name in MEASURES:
        assert half[measure_name].recall < whole[measure_name].recall


def test_an_export_of_nothing_scores_nothing(garden: Measured) -> None:
    found = tally(rescore(garden, []).outcomes)
    assert {figures[:1] + figures[2:] for figures in found.values()} == {(0, 0)}
    assert all(figures.missed > 0 for figures in found.values())


def test_relations_of_other_notes_are_inventions(garden: Measured) -> None:
    """Every relation said again in a note that is not about it: precision falls, recall stays."""
    lines = lines_of(garden)
    elsewhere = [{**line, "note": "Radiology/Breast/Gynaecomastia.md"} for line in lines]
    whole, found = tally(garden.score.outcomes), tally(rescore(garden, lines + elsewhere).outcomes)
    for relation in ("narrower", "related", "altLabels"):
        assert found[relation].precision < whole[relation].precision
        assert found[relation].recall == whole[relation].recall


def test_relations_that_the_graph_lacks_do_not_count(garden: Measured) -> None:
    lines = [{**line, "object": line["object"] and f"{line['object']}-else"} for line in lines_of(garden)]
    found = rescore(garden, lines)
    assert found.unsupported > 300
    assert tally(found.outcomes)["narrower"].right == tally(found.outcomes)["related"].right == 0


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = extraction.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_a_figure_below_its_bar_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bars = tmp_path / "bars.json"
    arguments = ("--corpus", "garden-b", "--shared", tmp_path, "--bars", bars)
    bars.write_text('{"garden-b": {"related": {"f1": 0.1, "precision": 0.1}}}', encoding="utf-8")
    assert run(capsys, *arguments)[0] == 0
    bars.write_text('{"garden-b": {"related": {"f1": 1.01}}}', encoding="utf-8")
    code, out = run(capsys, *arguments)
    assert (code, "garden-b: related f1" in out, "below its bar 1.01" in out) == (1, True, True)


def test_every_real_corpus_beside_the_repository_has_its_bars() -> None:
    real = {corpus.name for corpus in beside(ROOT.parent / "shared")}
    if not real:
        pytest.skip("there is no gold beside the repository")
    bars = json.loads(extraction.BARS.read_text(encoding="utf-8"))
    assert real <= set(bars)
    assert all(set(kinds) == {"f1", "precision"} for by_relation in bars.values() for kinds in by_relation.values())


def test_a_vault_of_ones_own_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden = committed("garden-b")
    code, out = run(capsys, "--vault", garden.vault, "--gold", garden.gold, "--shared", tmp_path)
    assert code == 0
    assert "38 notes" in out


def test_bars_that_cannot_be_read_are_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extraction.main(["--bars", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_listed_stands_where_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "--corpus", "obsidian-e", "--shared", tmp_path, "--list")
    figures = tally(measure_once(committed("obsidian-e")).score.outcomes).values()
    listed = re.findall(r"^  (.+\.md):(\d+): (?:missed|invented) \((\w+)\): ", out, flags=re.MULTILINE)
    assert len(listed) == sum(figure.missed + figure.invented for figure in figures) > 0
    for note, line, _ in listed:
        assert (committed("obsidian-e").vault / note).read_text(encoding="utf-8").split("\n")[int(line) - 1].strip()


def test_of_a_corpus_held_out_nothing_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "--corpus", "notes-h", "--shared", tmp_path, "--list")
    assert "held out" in out
    assert ".md:" not in out


def test_an_unknown_corpus_cannot_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extraction.main(["--corpus", "garden-z", "--shared", str(tmp_path)]) == 2
    assert "known are garden-b" in capsys.readouterr().err


@pytest.mark.parametrize("corpus", COMMITTED, ids=lambda corpus: corpus.name)
def test_gold_is_about_notes_and_lines_that_exist(corpus: Corpus) -> None:
    gold = read_gold(corpus.gold)
    assert set(gold) == {path.relative_to(corpus.vault).as_posix() for path in corpus.vault.rglob("*.md")}
    for note in gold.values():
        lines = (corpus.vault / note.path).read_text(encoding="utf-8").split("\n")
        for line in (edge.line for edges in note.edges.values() for edge in edges):
            assert lines[line - 1].strip()
        assert all(lines[line - 1].strip() for line in note.definition)


def test_predicates_are_those_that_the_library_writes(garden: Measured) -> None:
    written = {line["predicate"] for line in lines_of(garden)}
    assert {"skos:narrower", "skos:related", "skos:altLabel", "skos:definition"} <= written
    assert SKOS.NS == "http://www.w3.org/2004/02/skos/core#"
