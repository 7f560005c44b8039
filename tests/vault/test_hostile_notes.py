"""A note that is no file, or whose front matter is a bomb, is one finding and stops nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from reading import read

from skosify_rad.model.config import Config
from skosify_rad.vault.frontmatter import parse_front_matter
from skosify_rad.vault.markdown.blocks import ListBlock
from skosify_rad.vault.markdown.parser import parse_blocks
from skosify_rad.vault.notes import read_vault

if TYPE_CHECKING:
    from pathlib import Path

ALIASES = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
)


def test_a_pipe_is_skipped_with_a_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    (tmp_path / "y.md").symlink_to(tmp_path / "x.md")
    (tmp_path / "Osteoma.md").write_text("Osteoma is a tumour.\n")
    vault, found = read_vault(tmp_path, Config())
    assert [note.path for note in vault.notes] == ["Osteoma.md"]
    assert set(vault.skipped.values()) == {"not a regular file"}
    assert {d.rule.slug for d in found} == {"note-unreadable"}


def test_a_build_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    """Reports read the lines of findings, too."""
    (tmp_path / "vault").mkdir()
    os.mkfifo(tmp_path / "vault" / "x.md")
    (tmp_path / "vault" / "Osteoma.md").write_text("Osteoma is a tumour.\n")
    command = [sys.executable, "-m", "skosify_rad", "build", "vault", "--out", "out"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 1  # note-unreadable is an error
    assert b"not a regular file" in ended.stdout


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (ALIASES + "created: *a8\n", "more than 20,000 values"),
        ("a: &a [*a]\n", "more than 20,000 values"),
        ("created: 1" + ":59" * 5_000 + "\n", "more than 30 digits"),
        ("aliases: [0x" + "f" * 50_000 + "]\n", "more than 30 digits"),
        ("a: b\n" + "1" * 500 + ": x\n", "more than 30 digits"),
    ],
)
def test_a_bomb_is_a_problem(block: str, words: str) -> None:
    assert words in parse_front_matter(f"---\n{block}---\nText\n").problem


@pytest.mark.parametrize(
    "line",
    [
        "1. " * 10_000,
        "1.\t" * 30_000,
        "- 1. " * 5_000,
        "- a" + "\u00a0" * 10_000 + "b",
        "- a" + "&nbsp;" * 10_000 + "b",
        "- a" + " <i></i>" * 10_000,
    ],
    ids=["numbers", "tabs", "markers", "spaces", "entities", "tags"],
)
def test_a_long_line_takes_linear_time(line: str) -> None:
    """Each took 6 to 11 s of CPU time, and four times as much for twice the length."""
    started = time.process_time()
    read(f"## Types\n{line}\n- Small tumour\n")
    assert time.process_time() - started < 3


def test_an_inner_list_is_no_text_of_the_outer_item() -> None:
    (outer,) = parse_blocks("- - Ivory osteoma\n")
    assert isinstance(outer, ListBlock)
    assert outer.items[0].raw == ""
    (inner,) = outer.items[0].children
    assert isinstance(inner, ListBlock)
    assert inner.items[0].raw == "Ivory osteoma"
