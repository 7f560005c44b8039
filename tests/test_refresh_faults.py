"""Faults that an adversary found in refreshing: where it must leave the export to a whole one, or give its bytes."""

from __future__ import annotations

import json
import shutil
import unicodedata
import zlib
from typing import TYPE_CHECKING

import pytest
from refreshing import Desk, sign

from skosify_rad import cache, pipeline
from skosify_rad.config import parse_config
from skosify_rad.executors import Means
from skosify_rad.refresh import refresh
from skosify_rad.reports import read_findings

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.diagnostics import Diagnostic

KINDS = "# N\n\nA note of words.\n\n{}\n\n## Types\n- Benign tumour\n- Malignant tumour\n"
TWINS = "One line of the same text.\n"


pytestmark = pytest.mark.usefixtures("same_code")


def test_one_hidden_note_may_publish_all(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha is a tumour.\n", "B.md": "---\ndg-publish: false\n---\nBeta.\n"})
    desk.put("B.md", "---\ntitle: B\n---\nBeta.\n")

    assert desk.refresh() is None


def test_a_reading_of_another_state_of_the_vault_tells_nothing(tmp_path: Path) -> None:
    """`check` reads and keeps, and writes no export: while two notes were away, the sentence said nothing."""
    desk = Desk(
        tmp_path, {"N.md": KINDS.format("Types are zorb and blick."), "Zorb.md": "Zed.\n", "Blick.md": "Bed.\n"}
    )
    away = [(desk.vault / name, tmp_path / name) for name in ("Zorb.md", "Blick.md")]
    for here, there in away:
        here.rename(there)
    pipeline.build(desk.vault, desk.config, Means(cache=desk.cache), desk.out)
    for here, there in away:
        there.rename(here)
    desk.put("N.md", KINDS.format(""))

    assert desk.refresh() is None


def test_a_link_by_file_name_may_lead_nowhere(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n", "foo.md.md": "Foo.\n"})
    desk.put("A.md", "Alpha [[foo.md]].\n")

    assert desk.refresh() is None


def test_a_link_with_a_control_character_is_not_two(tmp_path: Path) -> None:
    notes = {
        "A.md": "Alpha.\n\n```\n[[X\0Zorb]]\n```\n",
        "C.md": KINDS.format("Types are zorb and blick."),
        "Blick.md": "x\n",
    }
    desk = Desk(tmp_path, notes, parse_config({"checks": {"ignore": ["broken-link"]}}))
    desk.put("A.md", "Alpha.\n\n```\n[[X]] [[Zorb]]\n```\n")

    assert desk.refresh() is None


def test_a_report_shows_the_first_line_of_a_note_too_large_to_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n", "Big.md": "x" * 500}, parse_config({"vault": {"max_note_bytes": 100}}))
    desk.put("Big.md", "y" * 500)

    assert desk.refresh() is None


def test_files_of_one_name_in_two_spellings_are_one_note(tmp_path: Path) -> None:
    """The build itself ended in an IndexError, and reports showed the lines of the other file."""
    names = [unicodedata.normalize(form, "é.md") for form in ("NFC", "NFD")]
    desk = Desk(tmp_path, {names[0]: "Alpha.\n", names[1]: "Beta.\n", "Z.md": "Zed.\n"})
    if len(list(desk.vault.iterdir())) < 3:
        pytest.skip("this disk takes both for one name")
    assert "note-unreadable" in (desk.out / "validation.json").read_text()
    for name in names:
        desk.put(name, "## Types\n- Benign tumour\n- Malignant tumour\n")
        desk.refresh()
        desk.export()


def test_a_report_shows_the_lines_of_a_file_that_a_mac_has_named(tmp_path: Path) -> None:
    nfc, nfd = (unicodedata.normalize(form, "Ménière.md") for form in ("NFC", "NFD"))
    desk = Desk(tmp_path, {nfc: "The [[Nowhere]].\n"})
    (desk.vault / nfc).rename(desk.vault / nfd)

    assert desk.refresh() is not None
    assert "<pre>The [[Nowhere]].</pre>" in (desk.out / "validation.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "paths",
    [["a/Tumour.md", "b/Tumor.md"], [f"f{number:02}/Readme.md" for number in range(12)]],
    ids=["folded", "many"],
)
def test_notes_alike_in_name_and_text_keep_their_identifiers(tmp_path: Path, paths: list[str]) -> None:
    """A second whole build gave them each other's."""
    desk = Desk(tmp_path, {**dict.fromkeys(paths, TWINS), "Z.md": "Zed.\n"})
    desk.put("Z.md", "Zed.\n\nMore words.\n")

    assert desk.refresh() is not None


def test_a_severity_configured_as_it_is_anyway_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path, {"A.md": "Alpha [[Nowhere]].\n"}, parse_config({"checks": {"severity": {"broken-link": "warning"}}})
    )

    assert desk.refresh() is not None


def test_a_copy_of_the_files_where_the_program_runs_vouches_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n"})
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    monkeypatch.chdir(here)
    desk.out = type(tmp_path)("output")
    desk.export()
    shutil.copytree(here / "output", there / "output")
    (here / "output" / "concepts.ttl").write_text("spoilt")
    monkeypatch.chdir(there)

    assert refresh(desk.vault, here / "output", desk.config, desk.cache) is None


@pytest.mark.parametrize(
    "spoilt",
    [
        {"notes": []},
        {"names": [1, "a"]},
        {"guarded": [None, "A.md"]},
        {"notes": {"A.md": [["k"], "f"]}},
        {"faults": [[]]},
    ],
    ids=str,
)
def test_a_kept_export_of_another_shape_counts_for_nothing(tmp_path: Path, spoilt: dict[str, object]) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n"})
    file = desk.record()
    head, basis, marks = file.read_bytes()[9:].split(b"\n", 2)
    file.write_bytes(sign(b"\n".join([head, json.dumps({**json.loads(basis), **spoilt}).encode(), marks])))
    desk.put("A.md", "\nAlpha.\n")

    assert desk.refresh() is None


def test_a_kept_export_that_tells_of_an_impossible_file_counts_for_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n"})
    file = desk.record()
    head, _, basis = file.read_bytes()[9:].partition(b"\n")
    data = json.loads(head)
    data["files"]["a\0b"] = ""
    file.write_bytes(sign(json.dumps(data).encode() + b"\n" + basis))

    assert desk.refresh() is None


@pytest.mark.parametrize("place", [None, "x", [], {}], ids=str)
def test_a_kept_reading_with_odd_places_counts_for_nothing(tmp_path: Path, place: object) -> None:
    desk = Desk(tmp_path, {"A.md": "## Types\n- Benign tumour\n- Malignant tumour\n"})
    (file,) = desk.cache.glob(f"*{cache.SUFFIX}")
    head, line = file.read_bytes().split(b"\n")
    reading = json.loads(line[42:])
    reading[4][0][0] = place
    data = line[9:42] + json.dumps(reading).encode()
    file.write_bytes(head + b"\n%08x " % zlib.crc32(data) + data)
    desk.put("A.md", "\n## Types\n- Benign tumour\n- Malignant tumour\n")

    assert desk.refresh() is None


def test_a_register_that_goes_meanwhile_is_no_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, {"A.md": "Alpha.\n"})
    desk.put("A.md", "\nAlpha.\n")

    def take_away(report: Path) -> tuple[Diagnostic, ...]:
        (desk.out / "register.jsonl").unlink()
        return read_findings(report)

    monkeypatch.setattr("skosify_rad.refresh.read_findings", take_away)

    assert refresh(desk.vault, desk.out, desk.config, desk.cache) is None
