"""The benchmarks work and compare like with like; how fast anything is, no test asks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS))

import compare  # noqa: E402 - scripts, not a package
import diffing  # noqa: E402
from stages import PIPELINES  # noqa: E402
from vaults import build_notes, make_name, write_vault  # noqa: E402

NOTES = 60


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_vault(tmp_path_factory.mktemp("bench") / "vault", NOTES)


def run_stages(pipeline: str, vault: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(BENCHMARKS / "stages.py"), pipeline, str(vault), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=BENCHMARKS.parent)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_one_seed_gives_one_vault() -> None:
    assert list(build_notes(200, seed=3)) == list(build_notes(200, seed=3))
    assert list(build_notes(200, seed=3)) != list(build_notes(200, seed=4))


def test_every_note_is_a_file_of_its_own() -> None:
    assert len({path for path, _ in build_notes(3_000)}) == 3_000


def test_names_do_not_repeat() -> None:
    assert len({make_name(number) for number in range(204_800)}) == 204_800


def test_the_notes_have_the_texture_of_real_ones() -> None:
    texts = [text for _, text in build_notes(2_000)]
    mean = {
        "characters": sum(map(len, texts)) / len(texts),
        "links": sum(text.count("[[") for text in texts) / len(texts),
        "classification": sum("## Classification" in text for text in texts) / len(texts),
        "differential": sum("## Differential" in text for text in texts) / len(texts),
    }
    assert 2_500 < mean["characters"] < 3_100
    assert 6.5 < mean["links"] < 8.5
    assert 0.28 < mean["classification"] < 0.38
    assert 0.6 < mean["differential"] < 0.72
    assert any(re.search(r"\n\t\t- ", text) for text in texts)
    assert any("> [!" in text for text in texts)
    assert any("\n| " in text for text in texts)


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_pipeline_exports_the_vault_and_tells_what_it_cost(pipeline: str, vault: Path, tmp_path: Path) -> None:
    found = run_stages(pipeline, vault, tmp_path)
    assert found["made"]["notes"] == NOTES
    assert found["made"]["concepts"] >= NOTES
    stages = (
        {"record", "whole"} if pipeline == "rad2skos-unchanged" else {"read", "extract", "graph", "outputs", "whole"}
    )
    assert stages <= found["seconds"].keys()
    assert sum(v for k, v in found["seconds"].items() if k != "whole") <= found["seconds"]["whole"] * 1.001
    assert found["peak_megabytes"] > 10
    assert (tmp_path / "concepts.ttl").stat().st_size > 0
    assert (tmp_path / "concepts.jsonld").stat().st_size > 0


def test_the_obvious_pipeline_reads_what_notes_say(tmp_path: Path) -> None:
    from rdflib import SKOS, Graph, URIRef  # noqa: PLC0415 - 90 ms, for this test only

    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "Osteoma.md").write_text(
        "## Overview\n- A bone tumour.\n## Types\n- **[[a/b/Ivory osteoma\\|Ivory]]**: dense\n\t- not this\n"
        "## Differential\n\n| Diagnosis | Key |\n| --- | --- |\n| **Enostosis** | inside |\n",
        encoding="utf-8",
    )
    run_stages("obvious-core", folder, tmp_path / "out")
    graph = Graph().parse(tmp_path / "out" / "concepts.ttl")
    base = "https://example.org/radiology/"
    assert set(graph.subject_objects(SKOS.broader)) == {(URIRef(base + "ivory-osteoma"), URIRef(base + "osteoma"))}
    assert (URIRef(base + "osteoma"), SKOS.related, URIRef(base + "enostosis")) in graph
    assert len(set(graph.subjects(SKOS.prefLabel))) == 3


def test_the_comparison_prints_ratios(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    compare.main(["--notes", "20", "--alone", "30", "--pipelines", "obvious-bare", "--json", str(figures)])
    printed = capsys.readouterr().out
    assert "20 notes, CPU seconds" in printed
    assert "30 notes, CPU seconds" in printed
    ratio = re.search(r"times ours\s+1\.00\s+(\d+\.\d\d)", printed)
    data = json.loads(figures.read_text(encoding="utf-8"))["20"]
    assert ratio is not None
    expected = data["obvious-bare"]["cpu_seconds"]["whole"] / data["rad2skos"]["cpu_seconds"]["whole"]
    assert float(ratio[1]) == pytest.approx(expected, abs=0.006)


def test_the_cost_of_a_diff_is_measured_on_few_and_on_most_changes(capsys: pytest.CaptureFixture[str]) -> None:
    diffing.main(["--concepts", "300"])
    rows = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert rows == [[name, what] for name in ("few", "most") for what in ("read", "diff,", "diff,", "diff,")]
