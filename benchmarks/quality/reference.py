"""The gold's own scorer, asked about the same export: our figures must be its figures."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quality.corpora import Measured
from quality.gold import RELATIONS
from quality.scoring import Score, tally
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.outputs import find_output, render_evidence


def find_differences(measured: Measured, scorer: Path) -> list[str]:
    """Return where the scorer at `scorer` counts otherwise than we do."""
    theirs, ours = ask_scorer(measured, scorer), describe(measured.score)
    return [
        f"{measured.corpus.name}: {name} is {ours.get(name)} here and {theirs.get(name)} by {scorer.name}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    ]


def ask_scorer(measured: Measured, scorer: Path) -> dict[str, Any]:
    """Write the export to a folder that goes away, and return what the scorer says of it.

    Raises:
        InputError: the scorer does not answer.

    """
    with TemporaryDirectory() as name:
        evidence, turtle = Path(name) / "evidence.jsonl", Path(name) / "concepts.ttl"
        evidence.write_bytes(render_evidence(measured.export.sources))
        turtle.write_bytes(find_output("turtle").render(measured.export.graph, Config()))
        command = [sys.executable, *map(str, (scorer, measured.corpus.gold, evidence, turtle)), "--json"]
        answer = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - the user's scorer
    if answer.returncode:
        raise InputError(f"{scorer} failed: {' '.join(answer.stderr.splitlines()[-1:])}")
    said: dict[str, Any] = json.loads(answer.stdout)
    return said


def describe(score: Score) -> dict[str, Any]:
    """Return our figures in the scorer's own shape."""
    figures = tally(score.outcomes)
    described: dict[str, Any] = {
        relation: {
            "tp": found.right,
            "fp": found.invented,
            "fn": found.missed,
            "precision": found.precision,
            "recall": found.recall,
            "f1": found.f1,
        }
        for relation in RELATIONS
        for found in (figures[relation],)
    }
    found = figures["definition"]
    described["definition"] = {"right": found.right, "of": found.right + found.missed, "share": found.recall}
    return {**described, "notes": score.notes, "evidence_not_in_graph": score.unsupported}
