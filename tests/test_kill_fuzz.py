"""Whenever a build is killed, no file is torn, and the next build leaves what one that nothing stopped leaves."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hostile_vaults import write_vault

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = int(os.environ.get("RAD2SKOS_FUZZ_ROUNDS", "200")) // 50
"""Builds killed; for a longer run, RAD2SKOS_FUZZ_ROUNDS=20000 pytest tests/test_kill_fuzz.py."""
LEFT = (".rad2skos.lock", ".rad2skos-new", ".rad2skos-switching")
"""What a killed build may leave beside the output's files."""


def start(vault: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a build of all that is written most slowly."""
    formats = ("--format", "csv", "--format", "fhir", "--format", "site")
    command = [sys.executable, "-m", "skosify_rad", "build", str(vault), "--out", str(out), *formats]
    return subprocess.Popen([*command, "--no-cache", "--quiet", "--shapes", "none"], stdout=-3, stderr=-3)


def read(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_build_tears_no_file(tmp_path: Path) -> None:
    old, new, vault = tmp_path / "old", tmp_path / "new", tmp_path / "vault"
    write_vault(vault, 1)
    assert start(vault, old).wait() in (0, 1)
    write_vault(vault, 2)
    shutil.copytree(old, new)
    began = time.monotonic()
    assert start(vault, new).wait() in (0, 1)
    whole, before, after = time.monotonic() - began, read(old), read(new)
    assert before != after
    killed = 0
    for seed in range(ROUNDS):
        chance, out = random.Random(seed), tmp_path / f"out-{seed}"  # noqa: S311 - to repeat it
        shutil.copytree(old, out)
        began, build = time.monotonic(), start(vault, out)
        with suppress(subprocess.TimeoutExpired):
            build.wait(whole * chance.uniform(0.6, 1.1))
            whole = time.monotonic() - began  # it ended: the machine is less busy than it was
        killed += build.poll() is None
        build.kill()
        build.wait()
        for name, content in read(out).items():
            sound = content in (before.get(name), after.get(name))
            assert sound or any(left in name for left in LEFT), f"seed {seed}: {name} is torn"
        known = {json.loads(line)["id"] for line in (out / "register.jsonl").read_text().splitlines()}
        with (out / "concepts.csv").open(encoding="utf-8-sig", newline="") as table:
            assert {row["id"] for row in csv.DictReader(table)} <= known, f"seed {seed}: an identifier is not kept"
        assert start(vault, out).wait() in (0, 1)
        assert read(out) == after, f"seed {seed}"
        shutil.rmtree(out)
    assert killed or ROUNDS < 4, "no build was killed before its end"
