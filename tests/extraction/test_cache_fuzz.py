"""Builds from the cache of readings give the bytes of clean builds, whatever is edited in between."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from skosify_rad import pipeline
from skosify_rad.extraction.executors import Means
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import OutputError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("same_code")

ROUNDS = int(os.environ.get("RAD2SKOS_FUZZ_ROUNDS", "12"))
"""Edits of each vault; for a longer run, RAD2SKOS_FUZZ_ROUNDS=1000 pytest tests/extraction/test_cache_fuzz.py."""
NAMES = (
    "Osteoma",
    "Bone island",
    "Enostosis",
    "Lipoma",
    "Marrow tumour",
    "Ivory",
    "BI",
    "Bone tumours",
    "Bone islands",
)
LINES = (
    "{} is a benign tumour of bone.",
    "## Types\n- {}\n- [[{}]]: dense\n  - {}",
    "## Differential diagnosis\n- [[{}]]: older patients\n- {}",
    "## Classification\n1. Type I: {}\n2. Type II",
    "Also known as {}.",
    "| Diagnosis | Key |\n| --- | --- |\n| {} | fat |",
    "See [[{}|{}]] and [[{}#Types]].",
    "%% rad2skos: ignore broken-link -- meant %%",
)


def write_note(chance: random.Random) -> str:
    """Return the text of a note."""
    front = chance.choice(["", f"---\naliases: [{chance.choice(NAMES)}]\n---\n", "---\ndg-publish: true\n---\n"])
    lines = (chance.choice(LINES) for _ in range(chance.randrange(1, 5)))
    return front + "\n\n".join(line.format(*chance.choices(NAMES, k=3)) for line in lines) + "\n"


def edit(vault: Path, chance: random.Random) -> None:
    """Write, remove or rename a note."""
    path = vault / chance.choice(["", "Bone"]) / f"{chance.choice(NAMES)}.md"
    notes = sorted(vault.rglob("*.md"))
    way = chance.random()
    if way < 0.7 or len(notes) < 3:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_note(chance), encoding="utf-8")
    elif way < 0.85:
        chance.choice(notes).unlink()
    elif not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        chance.choice(notes).rename(path)


def export(vault: Path, out: Path, means: Means) -> dict[str, bytes]:
    """Build, and return what the output folder then holds; nothing new if the register seems to be another vault's."""
    with suppress(OutputError):
        pipeline.write(pipeline.build(vault, Config(), means, out), out, Config())
    return {file.name: file.read_bytes() for file in out.iterdir()}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_the_bytes_are_those_of_a_clean_build(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    vault, out, clean = tmp_path / "vault", tmp_path / "out", tmp_path / "clean"
    for _ in range(6):
        edit(vault, chance)
    export(vault, out, Means(cache=tmp_path / "cache"))
    for _ in range(ROUNDS):
        edit(vault, chance)
        shutil.copytree(out, clean)  # with the same register
        assert export(vault, out, Means(cache=tmp_path / "cache")) == export(vault, clean, Means())
        shutil.rmtree(clean)
