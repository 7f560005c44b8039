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


@pytest.mark.parametrize(
    "name",
    [
        *("2024-03-05", "2024-03-05 Tuesday", "March 5th, 2024", "Tuesday, March 5 2024", "5. März 2024"),
        *("5 maggio 2024", "Mar 1st, 2024", "12. maj 2024", "2024-W10", "2024年3月5日"),
    ],
)
def test_daily_notes_in_several_languages(name: str) -> None:
    assert find_aside(f"Journal/{name}.md") == "a daily note"


@pytest.mark.parametrize(
    "name", ["WHO CNS 5 2021", "PI-RADS 2 2019", "Marfan 2 2010 Ghent", "May-Thurner 2", "20 year old"]
)
def test_names_with_numbers_are_no_daily_notes(name: str) -> None:
    assert find_aside(f"{name}.md") == ""
