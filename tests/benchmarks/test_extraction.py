"""The benchmark itself: it counts as the gold's rules say, and it can fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import extraction
from quality.bars import MARGIN, Bars, find_lowered, find_shortfalls, raise_bars, read_bars
from quality.corpora import COMMITTED, Corpus, Measured, committed, measure
from quality.gold import read_gold
from quality.reference import find_differences
from quality.scoring import MEASURES, Figures, Score, score, tally
from quality.splits import split_notes, spread

from skosify_rad.model.namespaces import SKOS
from skosify_rad.outputs import render_evidence

measure_once = cache(measure)
ROOT = Path(__file__).parents[2]
BARS_PATH = "benchmarks/bars.json"


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


def write_bars(path: Path, bars: Bars) -> Path:
    path.write_text(json.dumps(bars), encoding="utf-8")
    return path


def test_a_figure_below_its_bar_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str], garden: Measured) -> None:
    bars = raise_bars({}, {"garden-b": tally(garden.score.outcomes)})
    arguments = ("--corpus", "garden-b", "--shared", tmp_path, "--bars")
    assert run(capsys, *arguments, write_bars(tmp_path / "today.json", bars))[0] == 0
    higher = {"garden-b": {**bars["garden-b"], "related": {**bars["garden-b"]["related"], "f1": 1.01}}}
    code, out = run(capsys, *arguments, write_bars(tmp_path / "higher.json", higher))
    assert (code, "garden-b: related f1" in out, "below its bar 1.01" in out) == (1, True, True)


def test_a_bar_that_is_missing_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = write_bars(tmp_path / "bars.json", {})
    code, out = run(capsys, "--corpus", "garden-b", "--shared", tmp_path, "--bars", empty)
    assert (code, out.count("has no bar")) == (1, 10)


def test_raising_sets_bars_just_below_and_lowers_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bars = write_bars(tmp_path / "bars.json", {"garden-b": {"related": {"recall": 0.1, "f1": 1.01}}})
    code, _ = run(capsys, "--corpus", "garden-b", "--shared", tmp_path, "--bars", bars, "--raise")
    raised = read_bars(bars)["garden-b"]
    figures = tally(measure_once(committed("garden-b")).score.outcomes)
    assert code == 1
    assert raised["related"]["f1"] == 1.01
    assert 0 <= figures["related"].recall - raised["related"]["recall"] - MARGIN < 0.0101
    assert set(raised) == set(MEASURES)
    run(capsys, "--corpus", "garden-b", "--shared", tmp_path, "--bars", bars, "--raise")
    assert read_bars(bars)["garden-b"] == raised


def test_raising_never_lowers_whatever_the_figures() -> None:
    low = {"x": dict.fromkeys(MEASURES, Figures(1, 9, 9))}
    high = {"x": dict.fromkeys(MEASURES, Figures(9, 1, 1))}
    bars = raise_bars({}, high)
    assert raise_bars(bars, low) == bars
    assert find_lowered(bars, raise_bars(bars, low)) == []
    assert len(find_lowered(bars, raise_bars({}, low))) == len(find_lowered(bars, {})) == 10


def test_what_was_asked_of_rad_dev_holds_whatever_the_bars() -> None:
    figures = dict.fromkeys(MEASURES, Figures(8, 2, 2))
    bars = raise_bars({}, {"rad-dev": figures, "other": figures})
    assert find_shortfalls("other", figures, bars) == []
    assert [wrong.split(" 0.8")[0] for wrong in find_shortfalls("rad-dev", figures, bars)] == [
        "rad-dev: narrower precision",
        "rad-dev: narrower f1",
        "rad-dev: related precision",
        "rad-dev: related f1",
        "rad-dev: altLabels recall",
        "rad-dev: definition recall",
    ]


def test_every_corpus_has_its_bars() -> None:
    assert set(read_bars(ROOT / BARS_PATH)) == {*(corpus.name for corpus in COMMITTED), "rad-dev"}


def git(*arguments: str) -> str:
    command = ["git", "-c", f"safe.directory={ROOT}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no history in an unpacked sdist")
def test_the_bars_have_only_risen() -> None:
    commits = git("log", "--reverse", "--format=%H", "--", BARS_PATH).split()
    history = [json.loads(git("show", f"{commit}:{BARS_PATH}")) for commit in commits]
    history.append(read_bars(ROOT / BARS_PATH))
    for before, after in pairwise(history):
        assert find_lowered(before, after) == []


def test_what_is_listed_stands_where_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "--corpus", "obsidian-e", "--shared", tmp_path, "--list")
    figures = tally(measure_once(committed("obsidian-e")).score.outcomes).values()
    listed = re.findall(r"^  (.+\.md):(\d+): (?:missed|invented) \((\w+), [\w ]+\): ", out, flags=re.MULTILINE)
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


def test_a_vault_of_ones_own_has_no_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden = committed("garden-b")
    empty = write_bars(tmp_path / "bars.json", {})
    arguments = ("--vault", garden.vault, "--gold", garden.gold, "--shared", tmp_path, "--bars", empty, "--raise")
    assert run(capsys, *arguments)[0] == 0
    assert read_bars(empty) == {}


def test_another_scorers_figures_are_compared(tmp_path: Path, garden: Measured) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("print('{\"notes\": 37}')", encoding="utf-8")
    found = find_differences(garden, scorer)
    assert "garden-b: notes is 38 here and 37 by score.py" in found
    assert len(found) == 6


@pytest.mark.parametrize("broken", ["score.py", "bars.json"])
def test_what_cannot_be_read_is_told_in_a_line(broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold").mkdir()
    files = {"score.py": tmp_path / "gold" / "score.py", "bars.json": tmp_path / "bars.json"}
    files["score.py"].write_text("print('{}')", encoding="utf-8")
    files["bars.json"].write_text("{}", encoding="utf-8")
    files[broken].write_text("raise SystemExit('no rdflib')", encoding="utf-8")
    arguments = ("--corpus", "garden-b", "--shared", str(tmp_path), "--bars", str(files["bars.json"]))
    assert extraction.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(str(files[broken]))
    assert error.count("\n") == 1


def test_halves_of_a_split_are_halves() -> None:
    notes = [f"{i}.md" for i in range(21)]
    first, second = split_notes(notes, 1)
    assert (len(first), len(second)) == (10, 11)
    assert first | second == set(notes)
    assert split_notes(notes[::-1], 1) == (first, second) != split_notes(notes, 2)


def test_the_spread_lies_around_the_whole(garden: Measured) -> None:
    found = spread(garden.score.outcomes, "narrower", range(10))
    assert found.lowest < tally(garden.score.outcomes)["narrower"].f1 < found.highest
    assert found.lowest < found.mean < found.highest
    assert 0 < found.mean_gap < found.widest_gap
    with pytest.raises(ValueError, match="at least one"):
        spread(garden.score.outcomes, "narrower", ())


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
