"""The last export brought up to date: the bytes of a clean build or nothing, and never trusted blindly."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from refreshing import CONFIG, Desk, Edit, sign

from skosify_rad import cache
from skosify_rad.config import Checks, Config, Output
from skosify_rad.diagnostics import OutputError
from skosify_rad.refresh import refresh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRONT = "---\ndg-publish: true\n---\n"
NOTES = {
    "Bone/Osteoma.md": f"{FRONT}## Overview\n- **Osteoma** is a tumour that makes bone, see [[Nowhere at all]].\n"
    "## Types\n- **Ivory osteoma**: dense\n- **Mature osteoma**: with marrow\n"
    "## Differential diagnosis\n- [[Enostosis]]: within the marrow\n- Odontoma (of the jaw)\n",
    "Bone/Enostosis.md": f"---\naliases: Bone lump\n{FRONT[4:]}## Overview\n"
    "An enostosis is a bone island.\n\n## DDx\n- Osteoma, without spicules\n",
    "Bone/Gout.md": f"{FRONT}%% rad2skos: ignore undocumented-concept %%\n## Types\n- Acute gout\n- Chronic gout\n",
    "Twin.md": f"{FRONT}A twin is a namesake.\n",
    "Other/Twin.md": f"{FRONT}Another twin of it is found here.\n",
    "Draft.md": "Not yet to be read.\n",
}


@pytest.fixture
def desk(tmp_path: Path, same_code: None) -> Desk:  # noqa: ARG001 - for what it does
    return Desk(tmp_path, NOTES)


MOVED = "evidence json html register"
HARMLESS = {
    "nothing": Edit("Bone/Osteoma.md", "Osteoma", "Osteoma", ""),
    "a blank line": Edit("Bone/Osteoma.md", "## Types", "\n## Types", "evidence json html"),
    "a paragraph": Edit("Bone/Enostosis.md", "\n\n## DDx", "\n\nIt does no harm.\n\n## DDx", "evidence register"),
    "a last paragraph": Edit("Bone/Enostosis.md", "spicules\n", "spicules\n\nNo more is known.\n", "register"),
    "a link to a note": Edit("Bone/Enostosis.md", "\n\n## DDx", "\n\nSee [[Gout]].\n\n## DDx", "evidence register"),
    "a link by a path": Edit(
        "Bone/Enostosis.md", "\n\n## DDx", "\n\nSee [[Bone/Gout|it]].\n\n## DDx", "evidence register"
    ),
    "a broken link moved": Edit("Bone/Osteoma.md", "- **Osteoma** is", "- A word first.\n- **Osteoma** is", MOVED),
    "a line made two": Edit("Bone/Osteoma.md", "osteoma**: dense", "osteoma**:\n  dense", MOVED),
    "a draft": Edit("Draft.md", "Not yet", "Still not", "html"),
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_an_edit_that_says_nothing_gives_what_a_clean_build_gives(desk: Desk, edit: Edit) -> None:
    desk.edit(*edit[:3])
    found = desk.refresh()
    assert found is not None
    wrote = {path.suffix[1:] if path.stem == "validation" else path.stem for path, new in found.files.items() if new}
    assert wrote == set(edit.writes.split())
    again = desk.refresh()
    assert again is not None
    assert not any(again.files.values())


def test_refreshes_follow_one_another(desk: Desk) -> None:
    for number in range(5):
        desk.edit("Bone/Osteoma.md", "## Types", f"A {number}th paragraph.\n\n## Types")
        desk.edit("Bone/Enostosis.md", "## DDx", "\n## DDx")
        assert desk.refresh() is not None


TELLING = {
    "a kind": Edit("Bone/Osteoma.md", "- **Mature", "- **Cancellous osteoma**: spongy\n- **Mature"),
    "one kind less": Edit("Bone/Osteoma.md", "- **Mature osteoma**: with marrow\n", ""),
    "an alias less": Edit("Bone/Enostosis.md", "aliases: Bone lump\n", ""),
    "another permalink": Edit("Bone/Enostosis.md", "dg-publish", "permalink: /x/\ndg-publish"),
    "a name for the vault": Edit("Bone/Enostosis.md", "\n\n## DDx", "\n\nSee [[Odontoma]] too.\n\n## DDx"),
    "a name forgotten": Edit("Bone/Osteoma.md", ", see [[Nowhere at all]]", ""),
    "a note with a directive": Edit("Bone/Gout.md", "## Types", "\n## Types"),
    "a directive": Edit("Bone/Osteoma.md", "## Types", "%% rad2skos: ignore %%\n## Types"),
    "a namesake": Edit("Twin.md", "is a namesake", "is also a namesake"),
    "a draft published": Edit("Draft.md", "Not yet", f"{FRONT}Not yet"),
    "a note held back": Edit("Bone/Enostosis.md", "true", "false"),
}


@pytest.mark.parametrize("edit", TELLING.values(), ids=TELLING)
def test_an_edit_that_may_say_more_takes_a_whole_export(desk: Desk, edit: Edit) -> None:
    before = desk.files()
    desk.edit(*edit[:3])
    assert desk.refresh() is None
    assert desk.files() == before


def test_notes_that_come_and_go_take_a_whole_export(desk: Desk) -> None:
    desk.put("New.md", f"{FRONT}A new one.\n")
    assert desk.refresh() is None
    (desk.vault / "New.md").unlink()
    assert desk.refresh() is not None
    (desk.vault / "Bone" / "Gout.md").rename(desk.vault / "Bone" / "Podagra.md")
    assert desk.refresh() is None


def test_a_file_that_cannot_be_read_as_before_takes_a_whole_export(desk: Desk) -> None:
    note = desk.vault / "Bone" / "Enostosis.md"
    note.write_bytes(note.read_bytes().replace(b"\n\n## DDx", b"\n\nGr\xf6\xdfe.\n\n## DDx"))
    assert desk.refresh() is None
    desk.export()
    assert desk.refresh() is not None
    note.write_bytes(note.read_bytes().replace(b"Gr\xf6\xdfe", b"Weight"))
    assert desk.refresh() is None


def test_a_word_written_small_for_the_first_time_takes_a_whole_export(desk: Desk) -> None:
    desk.put("Types.md", f"{FRONT}## Types of osteoma\n- Low-grade [[Paget disease]]\n- High-grade Paget disease\n")
    desk.export()
    desk.edit("Bone/Enostosis.md", "\n\n## DDx", "\n\nBut paget is one thing.\n\n## DDx")
    assert desk.refresh() is None


CONFIGS = {
    "checks": replace(CONFIG, checks=Checks(ignore=("undocumented-concept",))),
    "formats": replace(CONFIG, output=Output(formats=("turtle", "jsonld", "ntriples"))),
    "base": replace(CONFIG, scheme=replace(CONFIG.scheme, base="https://example.org/other/")),
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_another_configuration_takes_a_whole_export(desk: Desk, config: Config) -> None:
    assert desk.refresh(config) is None


def test_other_code_takes_a_whole_export(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "hash_code", lambda _: "other code")
    assert desk.refresh() is None
    monkeypatch.setattr(cache, "hash_code", lambda _: "")
    assert desk.refresh() is None


FILES = ("concepts.ttl", "concepts.jsonld", "evidence.jsonl", "validation.json", "validation.html", "register.jsonl")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_touched_or_taken_away_takes_a_whole_export(desk: Desk, name: str) -> None:
    file = desk.out / name
    file.write_bytes(file.read_bytes().replace(b"steoma", b"steona"))
    assert desk.refresh() is None
    file.unlink()
    assert desk.refresh() is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-9],
        lambda data: data.replace(b"Bone", b"Done"),
        lambda _: b"",
        lambda data: sign(data[9:].replace(b'"notes":{', b'"notes":[{')),
        lambda data: sign(data[9:].replace(b'"asked"', b'"asked for"')),
        lambda data: sign(data[9:].replace(b'"counts":{', b'"counts":{"more":1,')),
        lambda _: sign(b"null\nnull"),
        lambda data: sign(data[9:].split(b"\n")[0]),
    ],
)
def test_a_spoilt_record_takes_a_whole_export(desk: Desk, spoil: Callable[[bytes], bytes]) -> None:
    desk.record().write_bytes(spoil(desk.record().read_bytes()))
    assert desk.refresh() is None


def test_without_the_kept_reading_of_an_edited_note_it_takes_a_whole_export(desk: Desk) -> None:
    (readings,) = desk.cache.glob("*.readings")
    readings.unlink()
    assert desk.refresh() is not None
    desk.edit("Bone/Osteoma.md", "## Types", "\n## Types")
    assert desk.refresh() is None


def test_a_disk_that_is_full_leaves_all_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = desk.files(), desk.record().read_bytes()
    desk.edit("Bone/Osteoma.md", "## Types", "\n## Types")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OutputError, match="the disk is full"):
        refresh(desk.vault, desk.out, CONFIG, desk.cache)
    assert desk.files() == before
    assert desk.record().read_bytes() == kept


LINES = (
    "",
    "Some words.",
    "- thickening of the wall",
    "  - more",
    "## Notes",
    "| a | b |",
    "```",
    "[[Gout]]",
    "%% x %%",
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_gives_what_a_clean_build_gives(
    seed: int, tmp_path: Path, example_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "hash_code", lambda _: "this code")
    shutil.copytree(example_vault, tmp_path / "vault")
    chance, desk = random.Random(seed), Desk(tmp_path, {})  # noqa: S311 - the same edits every time
    refreshed = 0
    for _ in range(25):
        note = chance.choice(sorted(desk.vault.rglob("*.md")))
        lines = note.read_text(encoding="utf-8").split("\n")
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[at : at + chance.randrange(2)] = [chance.choice([*LINES, lines[other], lines[at] + " often"])]
        note.write_text("\n".join(lines), encoding="utf-8")
        if desk.refresh() is None:
            desk.export()
        else:
            refreshed += 1
    assert 5 < refreshed < 25  # both ways were gone
