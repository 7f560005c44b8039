"""The whole flow on small vaults: what a comment exempts, what a broken note leaves alone, the same bytes each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from skosify_rad.config import Config
from skosify_rad.pipeline import build, write

EXAMPLE = Path(__file__).parents[1] / "examples" / "vault"


def fill(root: Path, notes: dict[str, str]) -> Path:
    for name, text in notes.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def codes(root: Path) -> set[tuple[str, int]]:
    return {(d.rule.code, d.place.line) for d in build(root, Config()).diagnostics if d.place.path}


def test_a_comment_exempts_its_line_and_no_other(tmp_path: Path) -> None:
    text = "A tumour.\n\nSee [[Gone]]. %% rad2skos: ignore broken-link -- not written yet %%\n\nSee [[Lost]].\n"
    found = codes(fill(tmp_path, {"Alpha.md": text}))
    assert ("RAD401", 5) in found
    assert ("RAD401", 3) not in found


def test_a_comment_that_is_not_understood_is_told(tmp_path: Path) -> None:
    assert ("RAD304", 3) in codes(fill(tmp_path, {"Alpha.md": "A tumour.\n\n%% rad2skos: ingore RAD401 %%\n"}))


def test_a_broken_note_never_stops_the_others(tmp_path: Path) -> None:
    fill(tmp_path, {"Alpha.md": "A benign tumour of the bone.\n", "Beta.md": "---\naliases: [unclosed\n---\nA cyst.\n"})
    (tmp_path / "Gamma.md").write_bytes(b"\xff\xfe\x00broken \xe9\n")
    export = build(tmp_path, Config())
    assert "Alpha" in {n.title for n in export.vault.notes}
    assert export.counts.definitions >= 1
    assert {d.place.path for d in export.diagnostics} >= {"Beta.md", "Gamma.md"}


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_vault_gives_the_same_bytes(tmp_path: Path, seed: str) -> None:
    """Another process, another hash seed: every file is equal to what this process writes."""
    config = Config()
    write(build(EXAMPLE, config, out=tmp_path / "here"), tmp_path / "here", config)
    command = [sys.executable, "-m", "skosify_rad", "build", str(EXAMPLE), "--out", str(tmp_path / "there"), "--quiet"]
    toml = EXAMPLE / "rad2skos.toml"
    if toml.exists():  # the process above was given no configuration
        plain = tmp_path / "plain.toml"
        plain.write_text("", encoding="utf-8")
        command += ["--config", str(plain)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    here, there = ({p.name: p.read_bytes() for p in (tmp_path / d).iterdir()} for d in ("here", "there"))
    assert here == there
