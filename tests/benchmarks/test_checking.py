"""The benchmark of the checks works; how fast anything is, no test asks."""

from __future__ import annotations

import sys
from pathlib import Path

from skosify_rad.checks.validate import validate
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.config import Config

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from typing import TYPE_CHECKING

import checking
from vocabularies import SPINE, build_turtle, write_turtle

if TYPE_CHECKING:
    import pytest


def test_one_seed_gives_one_vocabulary() -> None:
    assert list(build_turtle(300, 3)) == list(build_turtle(300, 3))
    assert list(build_turtle(300, 3)) != list(build_turtle(300, 4))


def test_the_vocabulary_has_hubs_and_depth_and_every_fault(tmp_path: Path) -> None:
    vocabulary = read_vocabulary([str(write_turtle(tmp_path / "v.ttl", 4_000))])
    assert vocabulary.diagnostics == ()
    assert 6 * 4_000 < len(vocabulary.graph) < 7 * 4_000
    found = {d.rule.slug for d in validate(vocabulary.graph, vocabulary.places, Config())}
    assert found >= {
        *("second-preferred-label", "label-in-two-roles", "related-and-broader", "missing-language-tag"),
        *("cyclic-hierarchy", "reflexive-relation", "mapping-inside-scheme", "redundant-broader"),
    }
    assert SPINE == 100


def test_a_run_prints_costs_and_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    checking.main(["--concepts", "300", "--ways", "read", "validate"])
    printed = capsys.readouterr().out
    assert "300 concepts" in printed
    assert "validate" in printed.splitlines()[-1]
