"""Edits of what notes state: told without a whole export, byte for byte as by one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from refreshing import OTHER_CONFIGURATIONS, Desk, Edit

from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path

FRONT = "---\ndg-publish: true\n---\n"
NOTES = {
    "Bone/Osteoma.md": f"{FRONT}## Overview\n- **Osteoma** is a tumour that makes bone\n## Types\n- [[Ivory osteoma]]\n"
    "- [[Mature osteoma]]\n## Differential diagnosis\n- [[Enostosis]]: within the marrow\n- [[Gout]]\n",
    "Bone/Enostosis.md": f"{FRONT}An enostosis is a bone island.\n\n## DDx\n- [[Bone/Osteoma|osteoma]]: no spicules\n"
    "- [[Metastasis]]\n",
    "Bone/Gout.md": f"{FRONT}Gout is a disease of crystals.\n\n## DDx\n- [[Osteoma]]\n- [[Metastasis]]: many\n",
    "Ivory osteoma.md": f"{FRONT}An ivory osteoma is a dense osteoma.\n",
    "Mature osteoma.md": f"{FRONT}A mature osteoma is an osteoma with marrow.\n\n## DDx\n- [[Ivory osteoma]]\n",
    "Metastasis.md": f"{FRONT}A metastasis is a tumour from elsewhere.\n",
    "Sarcoma.md": f"{FRONT}## DDx\n- Fibroma\n- [[Enchondroma]]\n- [[Metastasis]]\n",
    "Alone.md": f"---\nupdated: 2026-01-01\n{FRONT[4:]}This is a disease that nothing is like.\n",
    "Bone/Comparison.md": f"{FRONT}## Osteoma vs enostosis\n\n| Sign | [[Osteoma]] | [[Enostosis]] |\n|---|---|---|\n"
    "| Density | high | higher |\n",
}


@pytest.fixture
def desk(tmp_path: Path, same_code: None) -> Desk:  # noqa: ARG001 - for what it does
    return Desk(tmp_path, NOTES)


TOLD = {
    "a differential": Edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Metastasis]]\n- [[Gout]]\n"),
    "one with a remark": Edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Metastasis]]\n- [[Gout]]: “warm” \\ \n"),
    "one by its path": Edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Bone/Gout|this]]\n- [[Metastasis]]\n"),
    "one that the other note has": Edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Mature osteoma]]\n"),
    "the first of a note": Edit("Metastasis.md", "elsewhere.\n", "elsewhere.\n\n## DDx\n- [[Gout]]: less\n"),
    "one with a sibling": Edit("Ivory osteoma.md", "osteoma.\n", "osteoma.\n\n## DDx\n- [[Mature osteoma]]\n"),
    "one with one that stood alone": Edit("Bone/Gout.md", "- [[Osteoma]]", "- [[Alone]]: never seen\n- [[Osteoma]]"),
    "one by one that stood alone": Edit("Alone.md", "is like.\n", "is like.\n\n## DDx\n- [[Gout]]\n"),
    "one less": Edit("Bone/Osteoma.md", "- [[Gout]]\n", ""),
    "one less that was told twice": Edit("Bone/Enostosis.md", "- [[Bone/Osteoma|osteoma]]: no spicules\n", ""),
    "the last of a note": Edit("Mature osteoma.md", "\n## DDx\n- [[Ivory osteoma]]\n", ""),
    "a remark": Edit("Bone/Osteoma.md", "within the marrow", "within the medulla"),
    "a remark less": Edit("Bone/Osteoma.md", ": within the marrow", ""),
    "a definition": Edit("Bone/Enostosis.md", "a bone island", "an island of bone"),
    "no definition": Edit("Bone/Enostosis.md", "An enostosis is a bone island.\n", ""),
    "a definition after all": Edit("Alone.md", "This is a disease that", "Alone is a disease that"),
    "two less": Edit("Bone/Gout.md", "- [[Osteoma]]\n- [[Metastasis]]: many\n", ""),
    "a date": Edit("Bone/Gout.md", "dg-publish", "updated: 2026-03-01\ndg-publish"),
    "another date": Edit("Alone.md", "2026-01-01", "2026-02-02"),
    "a tag": Edit("Bone/Gout.md", "dg-publish", "tags: [msk]\ndg-publish"),
    "a synonym": Edit("Bone/Enostosis.md", "## DDx", "## Synonyms\n- Bone island\n\n## DDx"),
    "an alias": Edit("Bone/Enostosis.md", "dg-publish", "aliases: Bone island\ndg-publish"),
    "a kind less": Edit("Bone/Osteoma.md", "- [[Ivory osteoma]]\n", ""),
    "a kind in another place": Edit("Bone/Osteoma.md", "- [[Mature osteoma]]\n", "\n- [[Mature osteoma]]\n"),
    "a section that names nothing": Edit("Metastasis.md", "elsewhere.\n", "elsewhere.\n\n## Types\n\n"),
}


@pytest.mark.parametrize("edit", TOLD.values(), ids=TOLD)
def test_an_edit_is_told_as_by_a_whole_export(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])

    assert desk.refresh() is not None
    desk.put(edit.path, NOTES[edit.path])
    desk.refresh()  # back again, where that is a matter of a part


NAMED = {
    "a new thing": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Odontoma\n- [[Osteoma]]"),
    "one with a remark": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Compound odontoma: of the jaw\n- [[Osteoma]]"),
    "one by a link that leads nowhere": Edit("Bone/Gout.md", "- [[Osteoma]]", "- [[Odontoma]]: jaw\n- [[Osteoma]]"),
    "one by a path that leads nowhere": Edit(
        "Bone/Gout.md", "- [[Osteoma]]", "- [[x/Odontoma|odontoma]]\n- [[Osteoma]]"
    ),
    "two of them": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Odontoma\n- [[Ameloblastoma]]\n- [[Osteoma]]"),
    "no more than a link that leads nowhere": Edit("Bone/Gout.md", "crystals.", "crystals, see [[Odontoma]]."),
    "a link shown in other words": Edit("Bone/Gout.md", "- [[Osteoma]]", "- [[Odontoma|a tooth]]\n- [[Osteoma]]"),
    "a name with its abbreviation": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Giant cell tumour (GCT)\n- [[Osteoma]]"),
    "a name with another": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Odontoma (also called toothy lump)\n- [[Osteoma]]"),
    "a known name at the end of one": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Giant Osteoma\n- [[Osteoma]]"),
    "a new thing of one that stood alone": Edit("Alone.md", "is like.\n", "is like.\n\n## DDx\n- Odontoma\n"),
}


@pytest.mark.parametrize("edit", NAMED.values(), ids=NAMED)
def test_a_thing_named_for_the_first_time_is_told(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])
    assert desk.refresh() is not None
    desk.edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Metastasis]]\n- Elastofibroma\n")
    assert desk.refresh() is not None
    desk.edit("Metastasis.md", "elsewhere.", "elsewhere.\n\n## DDx\n- Odontoma\n- [[Gout]]\n")
    desk.refresh()  # which knows it now, where the first edit named it; a link that taught it takes a whole export


KNOWN = {
    "a thing that another note names": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Fibroma\n- [[Osteoma]]"),
    "before the note that named it first": Edit("Alone.md", "is like.\n", "is like.\n\n## DDx\n- Fibroma\n"),
    "a thing with a note, in plain words": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Enostosis\n- [[Osteoma]]"),
    "a link known to lead nowhere": Edit("Bone/Gout.md", "- [[Osteoma]]", "- [[Enchondroma]]\n- [[Osteoma]]"),
    "a thing named no more": Edit("Sarcoma.md", "- Fibroma\n", ""),
    "one instead of another": Edit("Sarcoma.md", "- Fibroma\n", "- Lipoma\n"),
}


@pytest.mark.parametrize("edit", KNOWN.values(), ids=KNOWN)
def test_a_thing_without_a_note_is_named_once_more_or_once_less(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])
    assert desk.refresh() is not None
    desk.edit("Metastasis.md", "elsewhere.", "elsewhere.\n\n## DDx\n- Fibroma\n- [[Gout]]\n")
    desk.refresh()
    desk.put(edit.path, NOTES[edit.path])
    desk.refresh()


LEFT = {
    "the same in the plural": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Fibromas\n- [[Osteoma]]"),
    "a name in the plural": Edit("Bone/Gout.md", "- [[Osteoma]]", "- Chordomas\n- Chordoma\n- [[Osteoma]]"),
    "a link that leads nowhere, taken away": Edit("Sarcoma.md", "- [[Enchondroma]]\n", ""),
    "a kind that is also a differential": Edit("Bone/Osteoma.md", "- [[Ivory osteoma]]\n", "- [[Gout]]\n"),
    "a differential of its own parent": Edit("Ivory osteoma.md", "osteoma.\n", "osteoma.\n\n## DDx\n- [[Osteoma]]\n"),
    "a synonym that is a name": Edit("Bone/Enostosis.md", "## DDx", "## Synonyms\n- Gouts\n\n## DDx"),
}


@pytest.mark.parametrize("edit", LEFT.values(), ids=LEFT)
def test_an_edit_that_others_may_see_is_left_to_a_whole_export(desk: Desk, edit: Edit) -> None:
    before = desk.files()
    desk.edit(*edit[:3])

    assert desk.refresh() is None
    assert desk.files() == before


@pytest.mark.parametrize(
    "data",
    [
        *OTHER_CONFIGURATIONS,
        {"output": {"stubs": "exclude"}},
        {"checks": {"ignore": ["related-siblings"], "severity": {"one-sided-differential": "error"}}},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["one with a remark", "one with a sibling", "one less", "a definition"])
def test_an_edit_is_told_under_other_configurations(tmp_path: Path, data: dict[str, object], name: str) -> None:
    desk = Desk(tmp_path, NOTES, parse_config(data))
    desk.edit(*TOLD[name][:3])

    assert desk.refresh() is not None


@pytest.mark.parametrize("formats", [["jsonld"], ["turtle", "ntriples"]], ids=str)
def test_formats_that_cannot_be_told_in_parts_take_a_whole_export(tmp_path: Path, formats: list[str]) -> None:
    desk = Desk(tmp_path, NOTES, parse_config({"output": {"formats": formats}}))
    desk.edit(*TOLD["a remark"][:3])

    assert desk.refresh() is None


def test_another_order_is_told(desk: Desk) -> None:
    desk.edit("Bone/Gout.md", "- [[Osteoma]]\n- [[Metastasis]]: many\n", "- [[Metastasis]]: many\n- [[Osteoma]]\n")

    found = desk.refresh()
    assert found is not None
    assert not found.came | found.went


def test_what_came_and_went_is_handed_out(desk: Desk) -> None:
    desk.edit(*TOLD["a remark"][:3])

    found = desk.refresh()
    assert found is not None
    assert [str(t.object[0]) for t in (*found.came, *found.went)] == ["within the medulla", "within the marrow"]


def test_two_ends_of_one_pair_are_edited_at_once(desk: Desk) -> None:
    desk.edit("Bone/Enostosis.md", "- [[Metastasis]]\n", "- [[Gout]]: one\n- [[Metastasis]]\n")
    desk.edit("Bone/Gout.md", "- [[Osteoma]]\n", "- [[Enostosis]]: other\n- [[Osteoma]]\n")

    assert desk.refresh() is not None


def test_more_than_eight_siblings_are_told_as_one(tmp_path: Path) -> None:
    kinds = [f"Cyst {letter}" for letter in "abcdefghijkl"]
    notes = {f"{kind}.md": f"{kind} is a cyst.\n\n## DDx\n- [[{kinds[0]}]]\n" for kind in kinds[1:9]}
    notes |= {f"{kind}.md": f"{kind} is a cyst.\n" for kind in (kinds[0], *kinds[9:])}
    desk = Desk(tmp_path, {"Cyst.md": "## Types\n" + "".join(f"- [[{kind}]]\n" for kind in kinds), **notes})
    for kind in kinds[9:]:
        desk.put(f"{kind}.md", f"{kind} is a cyst.\n\n## DDx\n- [[Cyst b]]\n")
        assert desk.refresh() is not None


def test_spoilt_marks_count_for_nothing(desk: Desk) -> None:
    from refreshing import sign  # noqa: PLC0415 - for this test only

    head, basis, marks = desk.record().read_bytes()[9:].split(b"\n", 2)
    for spoilt in (
        b"",
        b"7\n",
        marks.replace(b'Gout.md",[', b'Gout.md",[1,'),
        marks.replace(b'Gout.md",', b"Gout.md:"),
    ):
        desk.record().write_bytes(sign(b"\n".join([head, basis, spoilt])))
        desk.edit("Bone/Gout.md", "crystals", "small crystals")
        assert desk.refresh() is None
        desk.edit("Bone/Gout.md", "small crystals", "crystals")


def test_random_edits_follow_one_another(desk: Desk) -> None:
    random_ = random.Random(7)  # noqa: S311 - edits, no secrets
    titles = [path.rpartition("/")[2][:-3] for path in NOTES]
    told = 0
    for _ in range(60):
        path = random_.choice(list(NOTES))
        lines = (desk.vault / path).read_text(encoding="utf-8").split("\n")
        at = random_.randrange(3, len(lines) + 1)
        link = random_.choice(["", ": a remark", " - another remark"])
        new = random_.choice([[f"- [[{random_.choice(titles)}]]{link}"], ["", "A sentence more.", ""], ["## DDx"], []])
        lines[at : at + random_.choice([0, 0, 1])] = new
        desk.put(path, "\n".join(lines))
        if desk.refresh() is None:
            desk.export()
        else:
            told += 1
    assert told > 20


def test_the_part_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What very many notes tell of is no part of an export."""
    monkeypatch.setattr("skosify_rad.region.MOST_NOTES", 1)
    desk.edit(*TOLD["a differential"][:3])

    assert desk.refresh() is None
