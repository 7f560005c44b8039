"""The title of a note, and files that are no knowledge."""

from __future__ import annotations

import pytest

from skosify_rad.vault.titles import find_aside, find_title


@pytest.mark.parametrize(
    ("path", "front", "body", "title"),
    [
        ("a/ch-07-chest.md", {"title": "Chapter 7: Chest injuries"}, "", "Chest injuries"),
        ("a/bowel-loop.md", {}, "# Closed bowel loop\n", "Closed bowel loop"),
        ("IronOverload.md", {}, "# Iron overload\n", "Iron overload"),
        ("Non-ossifying fibroma.md", {}, "# Notes\n", "Non-ossifying fibroma"),
        ("X-ray.md", {}, "", "X-ray"),
    ],
)
def test_a_note_is_called(path: str, front: dict[str, str], body: str, title: str) -> None:
    assert find_title(path, front, body) == title


def test_files_that_are_no_knowledge() -> None:
    assert find_aside("README.md")
    assert find_aside("logseq/bak/Gout/2024.md")
    assert find_aside("journals/2024_03_01.md")
    assert not find_aside("Gout.md")
