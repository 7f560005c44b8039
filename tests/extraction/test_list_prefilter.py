"""Lists at a glance: no list is left unjudged that enumerates kinds, whatever its items look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.extraction.entries import could_enumerate, enumerates, judge_items
from skosify_rad.extraction.list_prefilter import _looks, _may_be_kind, _surely_names, may_enumerate
from skosify_rad.vault.markdown.blocks import Item

TITLES = ("Hemangioma", "Aneurysmal bone cyst", "Osteonecrosis", "Rebleed", "Ménière disease", "Lodwick grade")
NAMES = (
    *("Type I", "type IIb", "Grade 2", "variant A", "Le Fort II", "Stanford A", "PI-RADS 4", "T2a", "Ia", "①"),
    *(
        "Acute",
        "chronic",
        "**Benign**",
        "[[x/y|Congenital]]",
        "a) Primary",
        "Other acute",
        "1. Mixed",
        "Acute (late): oedema",
    ),
    *(
        "Capillary haemangioma",
        "Cavernous hemangiomas",
        "Primary ABC",
        "Solid **ABC**",
        "Early ON",
        "Re-bleed",
        "Late rebleed",
    ),
    *(
        "Meniere disease, early",
        "Unicameral bone cysts",
        "[[n/Aneurysmal bone cyst|Secondary one]]",
        "Medial osteonecroses",
    ),
    *(
        "Others",
        "None",
        "N/A",
        "Gout vs pseudogout",
        "(late)",
        "…",
        "> 2 cm",
        "DDx: gout",
        "Usually in adults",
        "",
        "Femur",
    ),
    *(
        "Lesion is lytic",
        "MRI: bright",
        "Miscellaneous",
        "Normal",
        "**M** etastasis",
        "Spine, hip or knee",
        "diff",
        "yes",
    ),
)


def knows(name: str) -> bool:
    return name == "Femur"


@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=7), st.sampled_from(TITLES))
def test_whatever_enumerates_is_possible_at_a_glance(raws: list[str], title: str) -> None:
    items = [Item(raw, 1, 1) for raw in raws]
    if enumerates(judge_items(items, knows, title), title):
        assert could_enumerate(items, knows, title)
        possible = sum(_may_be_kind(raw, _looks(title)) for raw in raws)
        assert possible > 1
        assert possible * 2 > sum(map(_surely_names, raws))


@pytest.mark.parametrize(
    ("raws", "title", "worth"),
    [
        (["Type I", "Type II"], "Odontoid fracture", True),
        (["Acute", "Chronic", "Femur"], "Osteomyelitis", True),
        (["Capillary hemangioma", "Cavernous hemangioma"], "Hemangioma", True),
        (["Femoral head", "Talus", "Scaphoid", "Spine"], "Osteonecrosis", False),
        (["**Pain** at rest", "Worse at night"], "Osteonecrosis", False),
        (["Acute pain", "Chronic pain", *(["Femoral head"] * 5)], "Osteomyelitis", False),
        (["Femur", "Tibia"] * 40, "Osteonecrosis", False),
        (["Osteonecrosis of the hip"], "Osteonecrosis", False),
    ],
)
def test_lists_worth_judging(raws: list[str], title: str, *, worth: bool) -> None:
    assert may_enumerate(raws, title) is worth


def test_names_are_read_no_further_than_needed() -> None:
    asked: list[str] = []

    def ask(name: str) -> bool:
        asked.append(name)
        return False

    items = [Item(name, 1, 1) for name in ("Femur", "Tibia", "Fibula", "Talus, cuboid", "Radius")]
    assert not could_enumerate(items, ask, "Osteonecrosis")
    assert all(item.__dict__.get("entry") for item in items[:3])
    assert "entry" not in items[4].__dict__
