"""The whole story: from files to files, all or none, the same bytes everywhere."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from skosify_rad import pipeline
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import InputError, OutputError

if TYPE_CHECKING:
    from pathlib import Path

NOTES = {
    "MSK/Gout.md": "---\naliases: [Podagra]\n---\nGout is an arthropathy.\n\n## Types\n- Acute\n- Chronic\n",
    "MSK/Pseudogout.md": "## DDx\n- [[Gout]]: tophi\n- Septic arthritis (SA): fever\n- GCT\n",
    "Cyst/A/Cyst.md": "A cyst is a cavity.\n\n## DDx\n- SA: x\n- haemangioma\n- [[Lost tumour]]\n",
    "Cyst/B/Cyst.md": "## Classification\n- Type II: b\n- Type I\n- By location\n    - Bone cyst\n    - Renal cyst\n",
    "Giant cell tumour.md": "---\naliases: [GCT]\n---\n## Types\n- [[Granular cell tumour]]\n",
    "Granular cell tumour.md": "---\naliases: [GCT]\n---\n## Types\n- [[Giant cell tumour]]\n## DDx\n- Hemangiomas\n",
    "Gout vs Pseudogout.md": "| | Gout | Pseudogout |\n|---|---|---|\n| Crystal | urate | CPPD |\n",
    "List of tumours.md": "- [[Granular cell tumour]]\n- Lost tumours\n",
}
SCRIPT = """
import sys
from pathlib import Path
from skosify_rad import pipeline
from skosify_rad.model.config import Config
root, out = map(Path, sys.argv[1:])
pipeline.write(pipeline.build(root, Config(), out=out), out, Config())
"""


def write_vault(root: Path, order: list[str]) -> Path:
    """Write the notes in an order, so that the folder lists them in another."""
    for path in order:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(NOTES[path], encoding="utf-8")
    return root


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_nothing_is_written_by_building(tmp_path: Path) -> None:
    root = write_vault(tmp_path / "vault", sorted(NOTES))
    export = pipeline.build(root, Config(), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert export.counts.notes_read == len(NOTES)
    receipt = pipeline.write(export, tmp_path / "out", Config())
    assert {path.name for path in receipt.files} == set(bytes_of(tmp_path / "out"))


def test_the_same_bytes_whatever_the_hash_seed_and_the_order_of_files(tmp_path: Path) -> None:
    exports = []
    for seed in (0, 1, 2):
        order = sorted(NOTES)
        random.Random(seed).shuffle(order)  # noqa: S311 - a shuffle, no secret
        root = write_vault(tmp_path / str(seed) / "vault", order)
        out = tmp_path / str(seed) / "out"
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-c", SCRIPT, str(root), str(out)], check=True, env=environment)
        exports.append(bytes_of(out))
    assert len(exports[0]) >= 6
    for other in exports[1:]:
        assert [name for name in exports[0] if exports[0][name] != other[name]] == []


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    root, out = write_vault(tmp_path / "vault", sorted(NOTES)), tmp_path / "out"
    for _ in range(2):
        pipeline.write(pipeline.build(root, Config(), out=out), out, Config())
        first = bytes_of(out)
    pipeline.write(pipeline.build(root, Config(), out=out), out, Config())
    assert bytes_of(out) == first


def test_findings_are_in_order_and_have_places(tmp_path: Path) -> None:
    export = pipeline.build(write_vault(tmp_path / "vault", sorted(NOTES)), Config(), out=tmp_path / "out")
    slugs = {d.rule.slug for d in export.diagnostics}
    assert {"hierarchy-cycle", "duplicate-note-name", "ambiguous-name", "broken-link"} <= slugs
    assert list(export.diagnostics) == sorted(export.diagnostics, key=lambda d: d.sort_key)


def test_an_empty_vault_is_a_scheme_without_concepts(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    export = pipeline.build(tmp_path / "vault", Config(), out=tmp_path / "out")
    pipeline.write(export, tmp_path / "out", Config())
    assert (export.counts.concepts, export.counts.notes_read) == (0, 0)


def test_a_vault_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        pipeline.build(tmp_path / "nowhere", Config(), out=tmp_path / "out")


def test_an_export_of_another_vault_is_not_written(tmp_path: Path) -> None:
    root = write_vault(tmp_path / "vault", sorted(NOTES))
    export = replace(pipeline.build(root, Config(), out=tmp_path / "out"), foreign=True)
    with pytest.raises(OutputError, match="another vault"):
        pipeline.write(export, tmp_path / "out", Config())
    assert not (tmp_path / "out").exists()
