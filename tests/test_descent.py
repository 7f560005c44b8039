"""Kinds that come or go: told without a whole export, byte for byte as by one, or left to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from refreshing import OTHER_CONFIGURATIONS, Desk, Edit

from skosify_rad import region
from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path


def ddx(*names: str) -> str:
    """Return a list of differentials."""
    return "\n## DDx\n" + "".join(f"- [[{name}]]\n" for name in names)


CARCINOMA = "Renal cell carcinoma.md"
NOTES = {
    CARCINOMA: "A tumour of the kidney.\n\n## Types\n- Clear cell\n- Papillary\n  - [[Type one]]\n- [[Oncocytoma]]\n",
    "Kidney tumour.md": "A tumour.\n\n## Types\n- [[Renal cell carcinoma]]\n- [[Angiomyolipoma]]\n" + ddx("Cyst"),
    "Oncocytoma.md": "A benign tumour.\n" + ddx("Angiomyolipoma", "Cyst"),
    "Type one.md": "A kind that is common.\n" + ddx("Cyst"),
    "Angiomyolipoma.md": "A tumour that holds fat.\n\n## Types\n- Classic\n- Epithelioid\n" + ddx("Oncocytoma"),
    "Cyst.md": "A hollow.\n\n## Types\n### By wall\n- Thin cyst\n- Thick cyst\n" + ddx("Kidney tumour"),
    "Bosniak classification.md": "A scale.\n\n## Categories\n- I: simple\n- II: few septa\n- III: many septa\n",
    "Lipoma.md": "A tumour of fat.\n" + ddx("Angiomyolipoma"),
    "Haemangioma.md": "A tumour of vessels.\n" + ddx("Cyst"),
}
"""Of the kidney, three deep, with kinds in plain words."""


pytestmark = pytest.mark.usefixtures("same_code")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, NOTES)


TOLD = {
    "a kind with a note": Edit("Angiomyolipoma.md", "- Classic\n", "- Classic\n- [[Haemangioma]]\n"),
    "a kind of another, too": Edit("Angiomyolipoma.md", "- Classic\n", "- Classic\n- [[Type one]]\n"),
    "a kind less": Edit(CARCINOMA, "- [[Oncocytoma]]\n", ""),
    "a kind that has kinds": Edit("Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- [[Renal cell carcinoma]]\n"),
    "one that a longer way leads to": Edit("Kidney tumour.md", "- [[Angio", "- [[Oncocytoma]]\n- [[Angio"),
    "the shorter way of two": Edit("Kidney tumour.md", "- [[Renal cell carcinoma]]\n", ""),
    "in plain words": Edit("Angiomyolipoma.md", "- Classic\n", "- Classic\n- Fatless tumour\n"),
    "in words that cannot stand alone": Edit(CARCINOMA, "- Clear cell\n", "- Clear cell\n- Chromophobe\n"),
    "such words less": Edit(CARCINOMA, "- Clear cell\n", ""),
    "below one in plain words": Edit(CARCINOMA, "  - [[Type one]]\n", "  - [[Type one]]\n  - [[Lipoma]]\n"),
    "a note in plain words": Edit("Angiomyolipoma.md", "- Classic\n", "- Classic\n- Haemangioma\n"),
    "a step of a scale": Edit("Bosniak classification.md", "- III", "- IIF: more septa\n- III"),
    "a step less": Edit("Bosniak classification.md", "- II: few septa\n", ""),
    "another order of steps": Edit(
        "Bosniak classification.md", "- I: simple\n- II: few septa", "- II: few\n- I: simple"
    ),
    "the same code in another scale": Edit("Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- Type I\n- Type II\n"),
    "one step": Edit("Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- Type I\n"),
    "two levels at once": Edit(
        "Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- Spindle cell lipoma\n  - [[Type one]]\n"
    ),
    "a sibling of a differential": Edit(CARCINOMA, "- [[Oncocytoma]]\n", "- [[Oncocytoma]]\n- [[Lipoma]]\n"),
    "a kind and a differential": Edit("Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- [[Type one]]\n" + ddx("Cyst")),
}


@pytest.mark.parametrize("edit", TOLD.values(), ids=TOLD)
def test_a_kind_is_told_as_by_a_whole_export(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])

    assert desk.refresh() is not None
    desk.put(edit.path, NOTES[edit.path])
    assert desk.refresh() is not None


LEFT = {
    "a cycle": Edit("Type one.md", "common.\n", "common.\n\n## Types\n- [[Kidney tumour]]\n"),
    "a differential of its own ancestor": Edit("Kidney tumour.md", "- [[Angio", "- [[Cyst]]\n- [[Angio"),
    "a principle of division": Edit("Cyst.md", "### By wall", "### By content\n- Watery cyst\n\n### By wall"),
    "words that no longer stand among their like": Edit(
        CARCINOMA, "- [[Oncocytoma]]", "- Lump\n- Wart\n- Node\n- Mole"
    ),
}


@pytest.mark.parametrize("edit", LEFT.values(), ids=LEFT)
def test_what_others_may_see_is_left_to_a_whole_export(desk: Desk, edit: Edit) -> None:
    before = desk.files()
    desk.edit(*edit[:3])

    assert desk.refresh() is None
    assert desk.files() == before


def test_what_was_left_out_of_the_hierarchy_is_left_to_a_whole_export(tmp_path: Path) -> None:
    """A cycle was broken, and a differential left out: the edge that mends it may bring them back."""
    cycle = {"Type one.md": "A kind.\n\n## Types\n- [[Kidney tumour]]\n"}
    related = {"Kidney tumour.md": NOTES["Kidney tumour.md"] + "- [[Oncocytoma]]\n"}
    for number, notes in enumerate((cycle, related)):
        desk = Desk(tmp_path / str(number), NOTES | notes)
        desk.edit(CARCINOMA, "  - [[Type one]]\n- [[Oncocytoma]]\n", "")
        assert desk.refresh() is None
        desk.export()
        desk.edit("Lipoma.md", "of fat.\n", "of fat.\n\n## Types\n- Spindle cell lipoma\n")
        assert desk.refresh() is not None


@pytest.mark.parametrize("rule", ["hierarchy-cycle", "RAD4", "related-in-hierarchy"])
def test_rules_that_tell_what_was_left_out_are_needed(tmp_path: Path, rule: str) -> None:
    desk = Desk(tmp_path, NOTES, parse_config({"checks": {"ignore": [rule]}}))
    desk.edit(*TOLD["a kind with a note"][:3])

    assert (desk.refresh() is None) == (rule != "RAD4")


@pytest.mark.parametrize("data", OTHER_CONFIGURATIONS, ids=str)
@pytest.mark.parametrize("name", ["a kind that has kinds", "in words that cannot stand alone"])
def test_a_kind_is_told_under_other_configurations(tmp_path: Path, data: dict[str, object], name: str) -> None:
    desk = Desk(tmp_path, NOTES, parse_config(data))
    desk.edit(*TOLD[name][:3])

    assert desk.refresh() is not None


def test_too_many_below_are_left_to_a_whole_export(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(region, "_MOST_SEARCHED", 4)
    desk.edit(*TOLD["a kind that has kinds"][:3])

    assert desk.refresh() is None
