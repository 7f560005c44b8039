"""Things without a note: named for the first time, once more, once less or no more, without a whole export."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from refreshing import OTHER_CONFIGURATIONS, Desk

from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.config import Config

FRONT = "---\ndg-publish: true\n---\n"
GOUT = "Gout.md"
NOTES = {
    GOUT: f"{FRONT}Gout is a disease of crystals.\n\n## DDx\n- [[Osteoma]]\n- Septic arthritis: fever\n",
    "Osteoma.md": f"{FRONT}An osteoma is a tumour that makes bone.\n\n"
    "## Types\n- Clear cell\n- Papillary\n- Chromophobe\n\n## DDx\n- [[Gout]]\n- [[Enostosis]]\n",
    "Enostosis.md": f"{FRONT}An enostosis is a bone island.\n\n## DDx\n- [[Rickets]]\n- Brown tumour (BT)\n",
    "Rickets.md": f"{FRONT}Rickets is a disease.\n\n## Types\n### By location\n- Skull rickets\n- Jaw rickets\n"
    "\n## DDx\n- [[Metaphyseal thing (overview)|such a thing]]\n",
    "a/Cyst.md": f"{FRONT}A cyst is a hollow.\n\n## DDx\n- [[Rickets]]\n- Odontome+\n",
    "b/Cyst.md": f"{FRONT}A cyst is filled.\n\n## DDx\n- [[Rickets]]\n- Undifferentiated pleomorphic sarcoma (UPS)\n"
    "- Ulcerative pan sarcoma (UPS)\n",
    "b/Alone.md": f"{FRONT}This is a disease that nothing is like.\n",
}


def write(folder: Path, config: Config | None = None) -> Desk:
    return Desk(folder, NOTES, config) if config else Desk(folder, NOTES)


pytestmark = pytest.mark.usefixtures("same_code")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return write(tmp_path)


def name(desk: Desk, *names: str) -> None:
    """Put names among the differentials of gout."""
    items = "".join(f"- {one}\n" for one in names)
    desk.edit(GOUT, "- [[Osteoma]]\n", f"- [[Osteoma]]\n{items}")


NEW = {
    "a name": ["Odontoma"],
    "one with a remark": ["Odontoma: of the jaw"],
    "one in small letters": ["odontogenic keratocysts: of the jaw"],
    "several": ["Odontoma", "Brodie abscess: in bone", "Ångström disease", "**Haemangioma**"],
    "in one item": ["Odontoma/dentoma: x"],
    "with an abbreviation": ["Tenosynovial giant cell tumour (TGCT): nodular"],
    "a known name at its end, in words of which nobody asked": ["Low-grade Rickets"],
    "a long one": ["Hypophosphataemicosteomalacic pseudohypoparathyroidismlike chondrodysplasiapunctata tumour"],
    "a known name at its end": ["Low-grade Osteoma"],
    "the first of the alphabet": ["Aaa disease"],
    "the last of the alphabet": ["Zzz disease"],
}


@pytest.mark.parametrize("names", NEW.values(), ids=NEW)
def test_a_new_name_is_told_as_by_a_whole_export(desk: Desk, names: list[str]) -> None:
    name(desk, *names)

    assert desk.refresh() is not None
    desk.edit(GOUT, "crystals", "small crystals")
    assert desk.refresh() is not None
    name(desk, *names)
    assert desk.refresh() is not None  # it is known by now
    desk.put(GOUT, NOTES[GOUT])
    assert desk.refresh() is not None  # and no longer there


def test_a_table_names_new_things(desk: Desk) -> None:
    desk.edit(
        GOUT, "## DDx\n", "## DDx\n\n| Diagnosis | Sign |\n|---|---|\n| Odontoma | teeth |\n| [[Enostosis]] | x |\n\n"
    )

    assert desk.refresh() is not None


LEFT = {
    "in two spellings": ["Odontoma", "odontomas: again"],
    "two of one identifier": ["Dentoma+: one", "Dentoma: other"],
}


@pytest.mark.parametrize("names", LEFT.values(), ids=LEFT)
def test_names_that_mean_more_than_one_thing_are_left_to_a_whole_export(desk: Desk, names: list[str]) -> None:
    name(desk, *names)

    assert desk.refresh() is None


KNOWN = {
    "a stub of the same note": "Septic arthritis",
    "a kind": "Chromophobe osteoma",
    "a note's name": "Osteomas",
}


@pytest.mark.parametrize("known", KNOWN.values(), ids=KNOWN)
def test_a_name_that_one_thing_has_is_told(desk: Desk, known: str) -> None:
    name(desk, known)

    assert desk.refresh() is not None
    desk.put(GOUT, NOTES[GOUT])
    assert desk.refresh() is not None


OLD = {
    "a stub in another spelling": "Brown tumours",
    "an abbreviation": "BT",
    "an abbreviation of two": "UPS",
    "a link's last words": "Metaphyseal thing overview",
    "a link's words": "Such a thing",
    "a bare kind": "Chromophobe",
    "a heading": "Rickets by location",
    "a homograph": "Cyst (a)",
    "a homograph, spelt otherwise": "Cyst a",
    "an identifier": "Odontome",
}


@pytest.mark.parametrize("old", OLD.values(), ids=OLD)
def test_a_name_that_several_may_have_is_left_to_a_whole_export(desk: Desk, old: str) -> None:
    before = desk.files()
    name(desk, old)

    assert desk.refresh() is None
    assert desk.files() == before


def test_a_name_that_a_link_shows_for_a_stub_is_left_to_a_whole_export(tmp_path: Path) -> None:
    """It is another label of the stub, learnt after all names were."""
    stub = "Tenosynovial giant cell tumour"
    notes = {
        "Lupus.md": f"## DDx\n- [[Osteoma]]\n- {stub}\n",
        "Scurvy.md": f"We see [[{stub}|TGCT]] too.\n\n## DDx\n- [[Lupus]]\n",
    }
    desk = Desk(tmp_path, NOTES | {path: FRONT + text for path, text in notes.items()})
    name(desk, "TGCT: x")

    assert desk.refresh() is None


def test_a_thing_that_is_gone_comes_back_under_its_identifier(desk: Desk) -> None:
    desk.edit(GOUT, "- Septic arthritis: fever\n", "")
    assert desk.refresh() is not None
    name(desk, "SEPTIC ARTHRITIS")
    assert desk.refresh() is not None

    assert b'{"id":"septic-arthritis","label":"SEPTIC ARTHRITIS","state":"stub"}' in desk.files()["register.jsonl"]


def test_a_new_name_in_two_notes_is_told(desk: Desk) -> None:
    name(desk, "Odontoma")
    desk.edit("Osteoma.md", "- [[Enostosis]]\n", "- [[Enostosis]]\n- Odontoma\n")

    found = desk.refresh()
    assert found is not None
    assert any(d.rule.slug == "wanted-note" and "Odontoma" in d.message for d in found.diagnostics)


def test_the_first_place_of_a_thing_moves_from_note_to_note(desk: Desk) -> None:
    """Its evidence stands in the note that names it first, be that edited or not."""
    for path in ("Rickets.md", "Enostosis.md"):
        desk.edit(path, "## DDx\n", "## DDx\n- Septic arthritis\n")
        assert desk.refresh() is not None
    for path in ("Enostosis.md", GOUT, "Rickets.md"):
        desk.put(path, NOTES[path].replace("- Septic arthritis: fever\n", ""))
        assert desk.refresh() is not None
    assert (
        b'{"id":"septic-arthritis","label":"Septic arthritis","state":"deprecated"}' in desk.files()["register.jsonl"]
    )


def test_what_is_wanted_is_ranked_anew(desk: Desk) -> None:
    names = ["Septic arthritis", "Odontoma", "Dentoma"]
    for path in ("b/Alone.md", "Enostosis.md", "Rickets.md"):
        desk.edit(
            path,
            "## DDx\n" if "## DDx" in NOTES[path] else "is like.\n",
            "## DDx\n" + "".join(f"- {n}\n" for n in names),
        )
        assert desk.refresh() is not None
        names.pop()


def test_two_new_names_in_two_notes_are_told(desk: Desk) -> None:
    name(desk, "Odontoma")
    desk.edit("Osteoma.md", "- [[Enostosis]]\n", "- [[Enostosis]]\n- Dentoma\n")

    assert desk.refresh() is not None


def test_the_first_differential_of_what_stood_alone_is_told(desk: Desk) -> None:
    desk.edit("b/Alone.md", "is like.\n", "is like.\n\n## DDx\n- Odontoma\n")

    assert desk.refresh() is not None


@pytest.mark.parametrize(
    "data",
    [*OTHER_CONFIGURATIONS, {"checks": {"select": ["no-outward-link", "bare-qualifier"]}}],
    ids=str,
)
def test_a_new_name_is_told_under_other_configurations(tmp_path: Path, data: dict[str, object]) -> None:
    desk = write(tmp_path, parse_config(data))
    name(desk, "Odontoma: of the jaw", "Chronic")

    assert desk.refresh() is not None


def test_a_vault_without_stubs_takes_a_whole_export(tmp_path: Path) -> None:
    desk = write(tmp_path, parse_config({"output": {"stubs": "exclude"}}))
    name(desk, "Odontoma")

    assert desk.refresh() is None


def test_random_names_follow_one_another(desk: Desk) -> None:
    random_ = random.Random(11)  # noqa: S311 - names, no secrets
    words = ["Odontoma", "Dentomas", "tumour of the jaw", "Giant cell tumor", "Giant cell tumour (GCT)", "GCT", "Gouts"]
    told = 0
    for number in range(60):
        path = random_.choice(["Gout.md", "Osteoma.md", "Enostosis.md"])
        new = random_.choice(
            [*words, f"Thing {number}", f"thing-{number - 1}", f"Things {number - 2}: x", f"Odd {number}"]
        )
        lines = (desk.vault / path).read_text(encoding="utf-8").split("\n")
        at = random_.randrange(lines.index("## DDx") + 1, len(lines))
        lines[at : at + random_.choice([0, 0, 0, 1])] = [f"- {new}"]
        desk.put(path, "\n".join(lines))
        if desk.refresh() is None:
            desk.export()
        else:
            told += 1
    assert told > 15
