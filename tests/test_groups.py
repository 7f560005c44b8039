"""Groups of concepts that meet or part: told without a whole export, byte for byte as by one."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from refreshing import Desk

from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path

CHAINS = ("abcdefgh", "mnop", "xyz")
ALONE = "uv"
"""Of one letter a note: three groups, and two that stand alone."""


def write(before: str, *after: str) -> str:
    """Return a note that names others."""
    items = "".join(f"- [[{name} disease]]\n" for name in after)
    return f"{before} disease is a disease.\n" + (f"\n## DDx\n{items}" if items else "")


NOTES = {f"{one} disease.md": write(one, other) for chain in CHAINS for one, other in pairwise(chain)}
NOTES |= {f"{one} disease.md": write(one) for one in (*(chain[-1] for chain in CHAINS), *ALONE)}


pytestmark = pytest.mark.usefixtures("same_code")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, NOTES)


TOLD = {
    "two groups meet": {"p": "x"},
    "one joins the largest": {"m": "na"},
    "all meet": {"h": "m", "p": "x", "z": "uv"},
    "one that stood alone joins": {"u": "c"},
    "two that stood alone meet": {"u": "v"},
    "one stands alone": {"a": ""},
    "a small part of the largest goes": {"b": ""},
    "a small group parts": {"n": ""},
    "one part goes and another comes": {"b": "", "a": "xb", "m": "nu"},
    "one changes groups": {"g": "z"},
}


@pytest.mark.parametrize("edits", TOLD.values(), ids=TOLD)
def test_groups_are_told_as_by_a_whole_export(desk: Desk, edits: dict[str, str]) -> None:
    for one, others in edits.items():
        desk.put(f"{one} disease.md", write(one, *others))

    assert desk.refresh() is not None
    for one in edits:
        desk.put(f"{one} disease.md", NOTES[f"{one} disease.md"])
    assert desk.refresh() is not None


LEFT = {"the largest is no longer": {"d": ""}, "two are as large": {"c": "", "m": "na"}}


@pytest.mark.parametrize("edits", LEFT.values(), ids=LEFT)
def test_without_a_largest_group_it_takes_a_whole_export(desk: Desk, edits: dict[str, str]) -> None:
    for one, others in edits.items():
        desk.put(f"{one} disease.md", write(one, *others))

    assert desk.refresh() is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"ignore": ["orphan-concept"]}, False),
        ({"ignore": ["orphan-concept", "disconnected-cluster"]}, True),
        ({"severity": {"orphan-concept": "error", "disconnected-cluster": "warning"}}, True),
    ],
    ids=str,
)
def test_rules_about_groups_are_configured(tmp_path: Path, data: dict[str, object], *, told: bool) -> None:
    desk = Desk(tmp_path, NOTES, parse_config({"checks": data}))
    desk.put("u disease.md", write("u", "c"))
    desk.put("n disease.md", write("n"))

    assert (desk.refresh() is not None) == told


def test_random_groups_follow_one_another(desk: Desk) -> None:
    random_ = random.Random(3)  # noqa: S311 - edits, no secrets
    letters = [path[0] for path in NOTES]
    told = 0
    for _ in range(60):
        for one in random_.sample(letters, random_.choice([1, 1, 2, 3])):
            desk.put(f"{one} disease.md", write(one, *random_.sample(letters, random_.choice([0, 1, 1, 2]))))
        if desk.refresh() is None:
            desk.export()
        else:
            told += 1
    assert told > 20
