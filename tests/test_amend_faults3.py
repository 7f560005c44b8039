"""What a third adversary found in edits that are told without a whole export; `Desk` holds each to a clean build."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from refreshing import RING, Desk
from refreshing import list_differentials as ddx

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("same_code")


MORE = "- [[Osteoma]]\n"


# Other names


def test_words_are_what_the_new_thing_is_called(tmp_path: Path) -> None:
    """The link tells an abbreviation too, so that its words are others than it, and no hidden label all the same."""
    desk = Desk(tmp_path, {**RING, "Alpha.md": ddx("[[Osteoma]]")})
    desk.edit("Alpha.md", MORE, f"{MORE}- [[Zebra lesion of bone (ZLB)|Zebra lesion of bone]]\n")
    desk.refresh()


UPS = "- [[Undifferentiated pleomorphic sarcoma (UPS)]]\n"


def test_an_abbreviation_is_learnt_further_up_too(tmp_path: Path) -> None:
    """Between the two places the same letters named a thing of their own, and mean the sarcoma now."""
    notes = {
        "Alpha.md": ddx("[[Osteoma]]"),
        "Beta.md": ddx("UPS", "[[Osteoma]]"),
        "Mid.md": ddx("[[Osteoma]]") + UPS,
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Alpha.md", MORE, MORE + UPS)
    desk.refresh()


KNOB = "\n## Synonyms\n- Bony knob\n"


@pytest.mark.parametrize("asking", ["We see [[Bony knob|BK]] too.", "DDx: [[Bony knob (BK)]], [[Lipoma]]"])
def test_a_forgotten_name_was_how_a_link_found_the_thing(tmp_path: Path, asking: str) -> None:
    """The first gives the thing an abbreviation without naming it; the second names it by the words before brackets."""
    notes = {"Giant cell tumour.md": ddx("[[Osteoma]]") + KNOB, "Beta.md": f"{ddx('[[Osteoma]]')}\n{asking}\n"}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Giant cell tumour.md", KNOB, "")
    desk.refresh()


def test_a_forgotten_abbreviation_was_what_two_names_shared(tmp_path: Path) -> None:
    """By it the second was taken for the first, whose note it does not name."""
    notes = {
        "Giant cell tumour.md": ddx("[[Osteoma]]"),
        "Alpha.md": ddx("[[Osteoma]]", "Giant cell tumour (GCT)"),
        "Beta.md": ddx("Giant cell tumefaction (GCT)", "[[Osteoma]]"),
    }
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Alpha.md", "- Giant cell tumour (GCT)\n", "")
    desk.refresh()


@pytest.mark.parametrize("target", ["Bony knob.md", "Bony knob/", "./Bony knob.MD", "x/Bony knob.md"])
def test_a_link_leads_to_an_alias_that_came(tmp_path: Path, target: str) -> None:
    """What such a link teaches the vault is not quite what it looks for."""
    alpha = "---\naliases: [Other]\n---\nAlpha is a tumour of bone.\n"
    notes = {"Alpha.md": alpha, "Beta.md": f"{ddx('[[Osteoma]]')}\nWe see [[{target}]] too.\n"}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Alpha.md", "[Other]", "[Other, Bony knob]")
    desk.refresh()


# Steps of scales


def scale(*codes: str, of: str = "") -> str:
    """Return a note with the steps of a scale."""
    steps = "".join(f"- Bosniak {code}\n" for code in codes)
    return f"A thing is meant.\n\n## Types{of}\n{steps}\n## DDx\n- [[Osteoma]]\n"


def test_a_thing_is_a_step_of_two_scales_by_one_code(tmp_path: Path) -> None:
    """Its two notations differ in their datatypes, which the evidence does not tell."""
    notes = {f"Bosniak {name}.md": scale("I", "II", "IIF") for name in ("classification", "scale")}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Bosniak scale.md", "- Bosniak II\n", "")
    desk.refresh()


OF = " of Bosniak classification"


@pytest.mark.parametrize("before", [("I",), ("I", "II"), ("I", "II", "III"), ("II", "I")])
@pytest.mark.parametrize("after", [("I",), ("I", "II"), ("III", "I"), ("I", "II", "III", "IIF")])
def test_notes_tell_a_scale_in_different_lengths(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """Whether the list of its steps is one chain shows behind those that the edited note tells."""
    notes = {"Bosniak classification.md": scale("I", "II", "IIF", "III", "IV"), "Beta.md": scale(*before, of=OF)}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.put("Beta.md", scale(*after, of=OF))
    desk.refresh()


# Time


def test_many_kinds_of_a_large_note_are_others_at_once(tmp_path: Path) -> None:
    """The first and the last changed, and between them too many to be matched: 36 s, each looked for among all."""
    kinds = [f"{one}{two}{three}oma" for one in "BDFGKLMNPR" for two in "aeiou" for three in "bdfglmnprst"]
    kinds = [f"{one} {two}" for one in ("Bony", "Fatty", "Nodal", "Renal") for two in kinds][:1800]
    notes = {"Zebra.md": "A thing is meant.\n\n## Types\n" + "".join(f"- {kind}\n" for kind in kinds)}
    desk = Desk(tmp_path, {**RING, **notes})
    desk.edit("Zebra.md", f"- {kinds[0]}\n", "- Bony first cyst\n")
    desk.edit("Zebra.md", f"- {kinds[-1]}\n", "- Renal last cyst\n")
    begin = process_time()
    desk.refresh()
    assert process_time() - begin < 10  # a clean build takes one of them
