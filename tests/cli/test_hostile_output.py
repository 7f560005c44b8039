"""An output folder that came with the notes, two builds into one folder, builds that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from skosify_rad.model.outgoing import keep_secret
from skosify_rad.outputs.site import write_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

COMMAND = (sys.executable, "-m", "skosify_rad")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return a small vault that holds an empty output folder."""
    folder = tmp_path / "vault"
    (folder / "output").mkdir(parents=True)
    (folder / "Osteoma.md").write_text("## Types\n- Ivory osteoma\n- Mature osteoma\n")
    return folder


@pytest.mark.parametrize("link", ["site", "fhir", "site/site"])
def test_a_linked_folder_in_the_output_is_not_followed(vault: Path, run: Run, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (vault / "output" / link).parent.mkdir(exist_ok=True)
    (vault / "output" / link).symlink_to(outside)
    result = run("build", vault, "--out", vault / "output", "--format", link.partition("/")[0], "--no-cache")
    assert result.exit_code == 0, result.output
    assert [*outside.iterdir()] == []
    assert [*(vault / "output" / link).iterdir()]


@pytest.mark.parametrize(
    "name", ["site/index.html", "site/.rad2skos-files", "register.jsonl", "concepts.fhir.json", ".rad2skos.lock"]
)
def test_a_pipe_in_the_output_does_not_hang_a_build(vault: Path, name: str) -> None:
    pipe = vault / "output" / name
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    command = [*COMMAND, "build", ".", "--format", "site,fhir"]
    ended = subprocess.run(command, cwd=vault, capture_output=True, check=False, timeout=60, text=True)
    assert ended.returncode == (2 if name == "register.jsonl" else 0), ended.stderr
    assert "Traceback" not in ended.stderr


DYING = """
import os, pathlib, sys
from skosify_rad.model.outgoing import keep_secret
from skosify_rad.outputs.site import write_site
rename, left = os.replace, int(sys.argv[2])
def die(staged, target):
    global left
    if not left:
        os.kill(os.getpid(), 9)
    left -= 1
    return rename(staged, target)
os.replace = pathlib.Path.replace = die
write_site(pathlib.Path(sys.argv[1]), [("a.html", b"new"), ("b/b.html", b"new"), ("b/c.html", b"new")])
"""
"""Writes a site and dies instead of a renaming."""


@pytest.mark.parametrize("renamed", range(4))
def test_pages_of_a_killed_build_do_not_stay(tmp_path: Path, renamed: int) -> None:
    folder = tmp_path / "site"
    write_site(folder, [("a.html", b"old")])
    ended = subprocess.run([sys.executable, "-c", DYING, folder, str(renamed)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (folder / "a.html").read_bytes() in (b"old", b"new")
    write_site(folder, [("a.html", b"later")])
    assert {path.name for path in folder.iterdir()} == {"a.html", ".rad2skos-files"}
    assert (folder / "a.html").read_bytes() == b"later"


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def start_build(vault: Path, title: str, out: Path) -> subprocess.Popen[bytes]:
    """Start a build with a configuration of its own."""
    config = vault.parent / f"{title}.toml"
    config.write_text(f'[scheme]\ntitle = "{title}"\n')
    command = [*COMMAND, "build", str(vault), "--out", str(out), "--config", str(config), "--format", "site,csv", "-q"]
    return subprocess.Popen(command)


def test_two_builds_at_once_leave_the_files_of_one(vault: Path, tmp_path: Path) -> None:
    for number in range(40):
        (vault / f"Tumour {number}.md").write_text(f"## Types\n- Kind{number}a tumour\n- Kind{number}b tumour\n")
    alone = []
    for title in ("One", "Two"):
        assert start_build(vault, title, tmp_path / title).wait() == 0
        alone.append(read_folder(tmp_path / title))
    assert alone[0] != alone[1]
    for _ in range(3):
        builds = [start_build(vault, title, tmp_path / "both") for title in ("One", "Two")]
        assert [build.wait() for build in builds] == [0, 0]
        assert read_folder(tmp_path / "both") in alone


@pytest.mark.parametrize("command", [["check", "--report", "github"], ["check", "--verbose"], ["show"]])
def test_terminal_codes_of_a_note_and_secrets_are_not_printed(vault: Path, run: Run, command: list[str]) -> None:
    keep_secret("hunter2hunter2")
    note = vault / "Cyst.md"
    words = "\x1b[2JBone\x9b\x07 cyst hunter2hunter2"
    note.write_text(f"## Types\n- {words}\n\n%% rad2skos: {words} %%\n", encoding="utf-8")
    where = [note, "--stage", "blocks"] if command[0] == "show" else [vault, *command[1:]]
    output = run(command[0], *where).output
    assert "cyst" in output.lower()
    assert "hunter2" not in output
    assert output.replace("\n", "").isprintable()
