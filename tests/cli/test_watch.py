"""`rad2skos watch` as a real process: it builds after each save and prints only what changed."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from contract.servers import free_port

from skosify_rad.cli.watch import list_changed, take_stamps, wait_for_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from skosify_rad.cli.watch import Stamps

PATIENCE_SECONDS = 60
NOTES = {
    "Osteoma.md": "## Overview\n- A bone-forming tumour.\n## Types\n- **Ivory osteoma**: dense\n",
    "Enostosis.md": "## Overview\n- A bone island.\n",
}


class Watching:
    """A running `rad2skos watch` and what it prints."""

    def __init__(self, vault: Path, out: Path, *options: str) -> None:
        command = [
            sys.executable,
            "-u",
            "-m",
            "skosify_rad",
            "watch",
            str(vault),
            "--out",
            str(out),
            "--interval",
            "0.1",
            *options,
        ]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def read_until(self, *words: str) -> list[str]:
        """Return the lines up to the last of these words, which must appear in this order."""
        lines, wanted = [], list(words)
        while wanted:
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            lines.append(line)
            if wanted[0] in line:
                wanted.pop(0)
        return lines


@pytest.fixture
def watching(make_vault: Callable[..., Path], tmp_path: Path) -> Iterator[Watching]:
    started = Watching(make_vault(NOTES), tmp_path / "out")
    try:
        yield started
    finally:
        started.close()


def test_a_save_starts_a_build_and_only_changes_are_printed(watching: Watching, tmp_path: Path) -> None:
    watching.read_until("watching")
    turtle = tmp_path / "out" / "concepts.ttl"
    assert "Spongy osteoma" not in turtle.read_text(encoding="utf-8")
    note = tmp_path / "vault" / "Osteoma.md"
    note.write_text(NOTES["Osteoma.md"] + "- **Spongy osteoma**\n", encoding="utf-8")
    lines = watching.read_until("Osteoma.md", "+ Osteoma  skos:narrower  Spongy osteoma")
    assert "Spongy osteoma" in turtle.read_text(encoding="utf-8")
    assert not any("Enostosis" in line or "Ivory" in line for line in lines)
    note.write_text(NOTES["Osteoma.md"], encoding="utf-8")
    watching.read_until("- Osteoma  skos:narrower  Spongy osteoma")


def test_an_edit_that_only_moves_lines_updates_the_evidence(watching: Watching, tmp_path: Path) -> None:
    watching.read_until("watching")
    note, evidence = tmp_path / "vault" / "Osteoma.md", tmp_path / "out" / "evidence.jsonl"
    line = '"line":4,"section":["Types"]'
    assert line in evidence.read_text(encoding="utf-8")
    moved = NOTES["Osteoma.md"].replace("## Types", "It does no harm.\n## Types")
    note.write_text(moved, encoding="utf-8")
    watching.read_until("Osteoma.md")
    assert line not in evidence.read_text(encoding="utf-8")
    note.write_text(moved + "- **Spongy osteoma**: see [[Nowhere]]\n", encoding="utf-8")
    lines = watching.read_until("Osteoma.md", "new ")
    added = [line.strip() for line in lines if line.startswith("  +")]
    assert "+ Osteoma  skos:narrower  Spongy osteoma" in added
    assert not any("Ivory" in line for line in added)


def test_the_site_is_served_and_kept_current(make_vault: Callable[..., Path], tmp_path: Path) -> None:
    port = free_port()
    started = Watching(make_vault(NOTES), tmp_path / "out", "--serve", "--site-port", str(port))
    try:
        started.read_until(f"site: http://127.0.0.1:{port}/", "watching")
        note = tmp_path / "vault" / "Osteoma.md"
        note.write_text(NOTES["Osteoma.md"] + "- **Spongy osteoma**\n", encoding="utf-8")
        started.read_until("+ Osteoma  skos:narrower  Spongy osteoma")
        with urlopen(f"http://127.0.0.1:{port}/osteoma.html", timeout=PATIENCE_SECONDS) as page:
            assert b"Spongy osteoma" in page.read()
    finally:
        started.close()


def test_each_change_is_printed_once(watching: Watching, tmp_path: Path) -> None:
    watching.read_until("watching")
    note, list_ = tmp_path / "vault" / "Enostosis.md", "\n## Differential diagnosis\n- [[Osteoma]]: lobulated\n"
    added = "Enostosis  skos:related  Osteoma"

    note.write_text(NOTES["Enostosis.md"] + list_, encoding="utf-8")
    watching.read_until("Enostosis.md", f"+ {added}")
    note.write_text(NOTES["Enostosis.md"].replace("bone island", "island of bone") + list_, encoding="utf-8")
    lines = watching.read_until("Enostosis.md", "+ Enostosis  skos:definition", "- Enostosis  skos:definition")
    note.write_text(NOTES["Enostosis.md"] + list_ + "\n## Types\n- Giant enostosis\n", encoding="utf-8")
    lines += watching.read_until("Enostosis.md", "+ Enostosis  skos:narrower  Giant enostosis", "- Enostosis  skos:def")
    assert not any(added in line for line in lines)
    note.write_text(NOTES["Enostosis.md"], encoding="utf-8")
    watching.read_until("Enostosis.md", f"- {added}")


def test_an_invalid_configuration_does_not_stop_watching(watching: Watching, tmp_path: Path) -> None:
    watching.read_until("watching")
    config = tmp_path / "vault" / "rad2skos.toml"
    config.write_text("[scheme]\nnonsense = 1\n", encoding="utf-8")
    watching.read_until("rad2skos: error:")
    config.write_text('[scheme]\ntitle = "Bone"\n', encoding="utf-8")
    watching.read_until("rad2skos.toml")
    note = tmp_path / "vault" / "Enostosis.md"
    note.write_text(NOTES["Enostosis.md"] + "## Types\n- **Giant bone island**\n", encoding="utf-8")
    watching.read_until("+ Enostosis  skos:narrower  Giant bone island")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process there")
def test_ctrl_c_stops_watching_cleanly(watching: Watching) -> None:
    watching.read_until("watching")
    os.kill(watching.process.pid, signal.SIGINT)
    watching.read_until("no file was left half-written")
    assert watching.process.wait(PATIENCE_SECONDS) == 130


def test_a_change_counts_once_the_file_stays_the_same() -> None:
    looks: list[Stamps] = [{"a": (1, 1)}, {"a": (2, 1)}, {"a": (3, 9)}, {"a": (3, 9)}]
    assert wait_for_change({"a": (1, 1)}, lambda: looks.pop(0), 0) == {"a": (3, 9)}
    assert looks == []


def test_added_removed_and_changed_files_are_listed() -> None:
    before: Stamps = {"gone": (1, 1), "same": (1, 1), "saved": (1, 1)}
    assert list_changed(before, {"same": (1, 1), "saved": (2, 1), "new": (1, 1)}) == ["gone", "new", "saved"]


def test_notes_and_configuration_are_watched_but_not_hidden_files(
    make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault({"a/b/Note.md": "x", ".trash/Old.md": "x", "picture.png": "x"}, "[scheme]\n")
    other = tmp_path / "other.toml"
    other.write_text("")
    found = {Path(path).name for path in take_stamps(vault, {"config": other})}
    assert found == {"Note.md", "rad2skos.toml", "other.toml"}
