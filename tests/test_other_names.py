"""Other names that come or go, synonyms, aliases and abbreviations: told in part, or left to a whole export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from refreshing import OTHER_CONFIGURATIONS, Desk, Edit, sign

from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path

GOUT = "Gout.md"
NOTES = {
    GOUT: "---\naliases: Podagra\n---\nGout is a disease.\n\n## Synonyms\n- Crystal disease\n\n## DDx\n- [[Lupus]]\n"
    "- Calcium deposition disease (CDD)\n",
    "Lupus.md": "---\ntags: [x]\n---\nLupus, also known as wolf disease, is a disease.\n\n"
    "## DDx\n- [[Gout]]\n- Scurvy\n",
    "Rickets.md": "Rickets is a disease.\n\n## DDx\n- [[Gout]]\n- Calcium deposition disease (CDD)\n- Wolf disease\n",
}


pytestmark = pytest.mark.usefixtures("same_code")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, NOTES)


TOLD = {
    "a synonym": Edit(GOUT, "- Crystal disease\n", "- Crystal disease\n- Uric disease\n"),
    "a synonym less": Edit(GOUT, "- Crystal disease\n", ""),
    "a synonym in other words": Edit(GOUT, "- Crystal disease\n", "- Urate disease\n"),
    "a synonym in a sentence": Edit("Rickets.md", "Rickets is", "Rickets, also known as soft bone, is"),
    "a second place of a synonym": Edit(GOUT, "Gout is a", "Gout, also known as Crystal disease, is a"),
    "an alias": Edit("Lupus.md", "tags", "aliases: Red wolf\ntags"),
    "an abbreviation": Edit("Lupus.md", "- Scurvy\n", "- Scurvy\n- Giant cell tumour (GCT)\n"),
    "one that is known": Edit("Lupus.md", "- Scurvy\n", "- Scurvy\n- Calcium deposition disease (CDD)\n"),
    "one less": Edit("Rickets.md", "- Calcium deposition disease (CDD)\n", ""),
}


@pytest.mark.parametrize("edit", TOLD.values(), ids=TOLD)
def test_another_name_is_told_as_by_a_whole_export(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])

    assert desk.refresh() is not None
    desk.put(edit.path, NOTES[edit.path])
    desk.refresh()  # what taught the vault a name takes a whole export to go


LEFT = {
    "a synonym that is a note": Edit(GOUT, "- Crystal disease\n", "- Rickets\n"),
    "a synonym of another": Edit(GOUT, "- Crystal disease\n", "- Wolf disease\n"),
    "a synonym that a stub is called by": Edit(GOUT, "- Crystal disease\n", "- Scurvy\n"),
    "a synonym that others use": Edit("Lupus.md", ", also known as wolf disease,", ""),
    "an alias less": Edit(GOUT, "aliases: Podagra\n", "x: y\n"),
    "an alias that is a note": Edit("Lupus.md", "tags", "aliases: Rickets\ntags"),
    "an abbreviation of two": Edit("Lupus.md", "- Scurvy\n", "- Scurvy\n- Cystic duct disease (CDD)\n"),
    "a synonym in capitals": Edit(GOUT, "Gout is a", "Gout, also known as CRYSTAL DISEASE, is a"),
}


@pytest.mark.parametrize("edit", LEFT.values(), ids=LEFT)
def test_a_name_that_others_may_see_is_left_to_a_whole_export(desk: Desk, edit: Edit) -> None:
    before = desk.files()
    desk.edit(*edit[:3])

    assert desk.refresh() is None
    assert desk.files() == before


def test_a_name_of_what_is_gone_is_left_to_a_whole_export(desk: Desk) -> None:
    """What bears it replaces that."""
    desk.edit("Lupus.md", "- Scurvy\n", "")
    assert desk.refresh() is not None
    desk.edit(GOUT, "- Crystal disease\n", "- Crystal disease\n- Scurvy\n")
    assert desk.refresh() is None


def test_a_new_name_is_known_to_the_next_edit(desk: Desk) -> None:
    desk.edit(GOUT, "- Crystal disease\n", "- Crystal disease\n- Uric disease\n")
    assert desk.refresh() is not None
    desk.edit("Rickets.md", "- Wolf disease\n", "- Wolf disease\n- Uric disease\n")
    desk.refresh()


@pytest.mark.parametrize("data", OTHER_CONFIGURATIONS, ids=str)
def test_a_name_is_told_under_other_configurations(tmp_path: Path, data: dict[str, object]) -> None:
    desk = Desk(tmp_path, NOTES, parse_config(data))
    for name in ("a synonym", "an abbreviation"):
        desk.edit(*TOLD[name][:3])

    assert desk.refresh() is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'[8,3,"', b'[8,"3","'),
        (b'"CDD"]', b'"CDD",7]'),
        (b'"called":{', b'"called":{"a":1,'),
        (b'"namings"', b'"x"'),
    ],
    ids=str,
)
def test_a_spoilt_record_of_names_counts_for_nothing(desk: Desk, old: bytes, new: bytes) -> None:
    record = desk.record().read_bytes().partition(b" ")[2]
    assert old in record
    desk.record().write_bytes(sign(record.replace(old, new)))
    desk.edit(GOUT, "- Crystal disease\n", "")

    assert desk.refresh() is None
