"""What a second adversary found in edits that are told without a whole export; `Desk` holds each to a clean build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from refreshing import RING, Desk
from refreshing import list_differentials as ddx

from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("same_code")


RENAL = "Renal cell carcinoma is a tumour.\n\n## Types\n- Clear cell\n- Papillary\n- Chromophobe\n"
BARE = RENAL + "- Hybrid growth\n\n## DDx\n- [[Osteoma]]\n"
"""`Hybrid growth` stands among bare qualifiers: it is one, unless something was named so further up in the vault."""


# The order in which names are met


def test_what_stands_among_bare_qualifiers_is_named_so_further_down(tmp_path: Path) -> None:
    """A whole export has not met the thing yet, and completes the name."""
    notes = {
        "Renal cell carcinoma.md": RENAL + "\n## DDx\n- [[Osteoma]]\n",
        "Zebra.md": ddx("Hybrid growth", "[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Renal cell carcinoma.md", "- Chromophobe\n", "- Chromophobe\n- Hybrid growth\n")
    desk.refresh()


def test_a_thing_is_named_before_what_stands_among_bare_qualifiers(tmp_path: Path) -> None:
    """There is such a thing now when the other note, which is not edited, is come to."""
    desk = Desk(tmp_path, {**RING, "Renal cell carcinoma.md": BARE, "Zebra.md": ddx("Hybrid growth", "[[Osteoma]]")})
    desk.edit("Osteoma.md", "- [[Chordoma]]\n", "- [[Chordoma]]\n- Hybrid growth\n")
    desk.refresh()


def test_a_thing_is_no_longer_named_before_what_stands_among_bare_qualifiers(tmp_path: Path) -> None:
    notes = {"Renal cell carcinoma.md": BARE, "Zebra.md": ddx("Hybrid growth", "[[Osteoma]]")}
    desk = Desk(tmp_path, {**RING, "Osteoma.md": ddx("[[Chordoma]]", "Hybrid growth"), **notes})
    desk.edit("Osteoma.md", "- Hybrid growth\n", "")
    desk.refresh()


def test_an_abbreviation_in_a_link_is_learnt_where_it_stands(tmp_path: Path) -> None:
    """Above it the same letters name a thing of their own, which those below find; if it goes, they mean the other."""
    notes = {
        "Alpha.md": ddx("UPS", "[[Osteoma]]"),
        "Mid.md": ddx("[[Undifferentiated pleomorphic sarcoma (UPS)]]", "[[Osteoma]]"),
        "Zebra.md": ddx("UPS", "[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Alpha.md", "- UPS\n", "")
    desk.refresh()


def test_an_ambiguous_name_is_reported_where_it_stands_first(tmp_path: Path) -> None:
    notes = {
        "Fibroma.md": ddx("UPS or [[Osteoma]]", "[[Lipoma]]"),
        "Mid.md": ddx("Undifferentiated pleomorphic sarcoma (UPS)", "Ulcerative pan sarcoma (UPS)", "[[Osteoma]]"),
        "Zebra.md": ddx("UPS", "[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Fibroma.md", "UPS or [[Osteoma]]", "[[Osteoma]]")
    desk.refresh()


# Labels of others that hang on how a thing without a note is called


def test_words_are_a_hidden_label_once_nothing_is_called_so(tmp_path: Path) -> None:
    notes = {
        "Renal cell carcinoma.md": RENAL + "\n## DDx\n- [[Osteoma]]\n",
        "Zebra.md": ddx("Chromophobe", "[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Zebra.md", "- Chromophobe\n", "")
    desk.refresh()


SHOWN = "We see [[Tenosynovial giant cell tumour|TGCT]] too.\n\n"
"""Gives a thing without a note another label, once all things are named."""
TENO = SHOWN + ddx("[[Osteoma]]", "Tenosynovial giant cell tumour")


def test_another_label_is_no_longer_shared(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**RING, "Lupus.md": TENO, "Zebra.md": ddx("TGCT or [[Osteoma]]", "[[Lipoma]]")})
    desk.edit("Zebra.md", "TGCT or ", "")
    desk.refresh()


def test_a_shared_label_shows_where_the_other_thing_is_named_first(tmp_path: Path) -> None:
    notes = {"Fibroma.md": ddx("[[Osteoma]]"), "Lupus.md": TENO, "Zebra.md": ddx("TGCT", "[[Lipoma]]")}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Fibroma.md", "- [[Osteoma]]\n", "- [[Osteoma]]\n- TGCT\n")
    desk.refresh()


@pytest.mark.parametrize("shown", ["TGCT", "tgct"])
def test_another_label_is_not_hidden_too(tmp_path: Path, shown: str) -> None:
    desk = Desk(tmp_path, {**RING, "Lupus.md": TENO})
    desk.edit("Lupus.md", "- [[Osteoma]]\n", f"- [[Osteoma]]\n- [[Tenosynovial giant cell tumour|{shown}]]: x\n")
    desk.refresh()


@pytest.mark.parametrize("named", ["once", "twice"])
def test_a_thing_that_is_spelt_as_a_homograph_is_told_beside_it(tmp_path: Path, named: str) -> None:
    """The finding tells of two, and only one of them is in the part."""
    cyst = ddx("[[Osteoma]]", "[[Lipoma]]")
    notes = {"a/Cyst.md": cyst, "b/Cyst.md": cyst, "Fibroma.md": ddx("Cyst a or [[Osteoma]]", "[[Lipoma]]")}
    if named == "twice":
        notes["Zebra.md"] = ddx("Cyst a", "[[Osteoma]]")
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Fibroma.md", "Cyst a or ", "")
    desk.refresh()


def test_one_place_names_a_thing_twice(tmp_path: Path) -> None:
    """As a member of the list, and as what is nested below is a kind of: two mentions, and one of them stays."""
    fractures = {f"{name} fracture.md": ddx("[[Osteoma]]") for name in ("Stress", "March")}
    listed = "- [[Bone fracture|broken bones]]\n  - [[Stress fracture]]\n- [[Lipoma]]\n- [[Osteoma]]\n"
    desk = Desk(tmp_path, {**RING, **fractures, "List of cysts.md": listed})
    desk.edit("List of cysts.md", "  - [[Stress fracture]]\n", "")
    desk.refresh()


# What is found


def test_two_new_kinds_are_related_below_a_parent_of_many_such_pairs(tmp_path: Path) -> None:
    """More than eight pairs are told as one, and the others are no matter of the kinds that came."""
    names = "Alphoma Betoma Gammoma Deltoma Epsiloma".split()
    pairs = [(one, other) for number, one in enumerate(names) for other in names[number + 1 :]][:8]
    notes = {f"{one}.md": ddx("[[Osteoma]]", *[f"[[{other}]]" for o, other in pairs if o == one]) for one in names}
    notes |= {"Kappoma.md": ddx("[[Rhoma]]", "[[Osteoma]]"), "Rhoma.md": ddx("[[Kappoma]]", "[[Osteoma]]")}
    notes["Tumour.md"] = "## Types\n" + "".join(f"- [[{one}]]\n" for one in names) + "\n## DDx\n- [[Osteoma]]\n"
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Tumour.md", "- [[Epsiloma]]\n", "- [[Epsiloma]]\n- [[Kappoma]]\n- [[Rhoma]]\n")
    desk.refresh()


OF_ANOTHER = "\n## Differential diagnosis of osteoma\n- [[Chordoma]]\n"


@pytest.mark.parametrize("edit", ["comes", "goes"])
def test_a_list_of_another_is_all_that_a_note_lists(tmp_path: Path, edit: str) -> None:
    """With it the note answers, and so owes an answer to those that list its own concept."""
    plain, telling = "A thing is meant.\n", f"A thing is meant.\n{OF_ANOTHER}"
    notes = {"Fibroma.md": plain if edit == "comes" else telling, "Zebra.md": ddx("[[Fibroma]]", "[[Lipoma]]")}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.put("Fibroma.md", telling if edit == "comes" else plain)
    desk.refresh()


def test_a_wanted_note_has_another_rank_and_another_place(tmp_path: Path) -> None:
    """Its rank changes with what another note names, its line with what stands above it."""
    notes = {
        "Fibroma.md": ddx("Ant cyst", "[[Osteoma]]"),
        "Gamma.md": ddx("Ant cyst", "Zebra cyst", "[[Osteoma]]"),
        "Kappa.md": ddx("Zebra cyst", "[[Osteoma]]"),
        "Zeta.md": ddx("[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Fibroma.md", "\n## D", "\nWords.\n\n## D")
    desk.edit("Zeta.md", "- [[Osteoma]]\n", "- [[Osteoma]]\n- Zebra cyst\n")
    desk.refresh()


# Groups

ALONE = {"Alone.md": "A thing is meant.\n", "Only.md": "A thing is meant.\n"}


@pytest.mark.parametrize("name", ["[[Only]]", "Odontoma"])
def test_two_that_stood_alone_are_a_group(tmp_path: Path, name: str) -> None:
    desk = Desk(tmp_path, {**RING, **ALONE})
    for text in (ddx(name), ALONE["Alone.md"], ddx(name, "[[Lipoma]]"), ddx("[[Lipoma]]")):
        desk.put("Alone.md", text)
        if desk.refresh() is None:
            desk.export()


def test_those_that_stand_alone_are_not_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**RING, **ALONE}, parse_config({"checks": {"ignore": ["orphan-concept"]}}))
    desk.put("Alone.md", ddx("[[Only]]"))
    desk.refresh()


def test_those_that_stand_alone_are_exempted(tmp_path: Path) -> None:
    exempted = "%% rad2skos: ignore orphan-concept %%\n\nA thing is meant.\n"
    desk = Desk(tmp_path, {**RING, **dict.fromkeys(ALONE, exempted)})
    desk.edit("Osteoma.md", "- [[Chordoma]]\n", "- [[Chordoma]]\n\n## Differential diagnosis of alone\n- [[Only]]\n")
    desk.refresh()


def test_a_group_is_told_where_its_first_concept_is_named_first(tmp_path: Path) -> None:
    """It is the same group, and its first concept has no note."""
    more = "\n## Differential diagnosis of chordoma\n- [[Lipoma]]\n"
    desk = Desk(tmp_path, {**RING, "Kappa.md": ddx("[[Zeta]]") + more, "Zeta.md": ddx("[[Kappa]]", "Horse cyst")})
    desk.edit("Kappa.md", "- [[Zeta]]\n", "- [[Zeta]]\n- Horse cyst\n")
    desk.refresh()
