"""What an adversary found in edits that are told without a whole export; `Desk` holds each to a clean build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from refreshing import Desk

from skosify_rad import cache
from skosify_rad.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "hash_code", lambda _: "code")  # it may be edited while tests run


def ddx(*names: str, of: str = "", says: str = "") -> str:
    """Return a note with a list of differentials."""
    items = "".join(f"- {name if name.startswith('[') else f'[[{name}]]'}\n" for name in names)
    return f"{says or 'A tumour of the bone is meant.'}\n\n## Differential diagnosis{of}\n{items}"


RING = {
    "Osteoma.md": ddx("Chordoma"),
    "Chordoma.md": ddx("Lipoma"),
    "Lipoma.md": ddx("Osteoma"),
}
"""Whatever comes or goes between these, they hang together."""


def test_a_note_that_tells_of_others_still_has_a_list(tmp_path: Path) -> None:
    """Its own pair, the first that it tells of, is gone; it still answers, by one of two others."""
    telling = "\n\n## Differential diagnosis of fibroma\n- [[Myxoma]]\n"
    desk = Desk(
        tmp_path,
        {
            **RING,
            "Fibroma.md": ddx("Osteoma"),
            "Myxoma.md": ddx("Osteoma"),
            "Lipoma.md": ddx("Chordoma") + telling,
            "Osteoma.md": ddx("Lipoma", "Chordoma"),
        },
    )
    desk.edit("Lipoma.md", "## Differential diagnosis\n- [[Chordoma]]\n", "")
    desk.refresh()


def test_paths_that_differ_in_blanks_are_two_notes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**RING, "Big  cyst.md": ddx("Osteoma"), "Big cyst.md": ddx("Osteoma", "Chordoma")})
    desk.edit("Lipoma.md", "- [[Osteoma]]\n", "- [[Osteoma]]\n- [[Big cyst]]\n")
    desk.refresh()


@pytest.mark.parametrize("link", ["foo.md", "x/foo.md"])
def test_a_link_by_file_name_leads_nowhere(tmp_path: Path, link: str) -> None:
    desk = Desk(tmp_path, {**RING, "x/foo.md.md": ddx("Osteoma")})
    desk.edit("Lipoma.md", "- [[Osteoma]]\n", f"- [[Osteoma]]\n- [[{link}]]\n")
    desk.refresh()


@pytest.mark.parametrize("old", [": rings", "- [[Chordoma fibroma]]: rings\n"], ids=["remark", "pair"])
def test_differentials_whose_identifiers_meet(tmp_path: Path, old: str) -> None:
    """`a--b` and `c`, `a` and `b--c` are told of under one IRI; only a register written by another hand has those."""
    notes = {
        **RING,
        "Osteoma.md": ddx("Chordoma", "[[Chordoma fibroma]]: rings"),
        "Chordoma fibroma.md": ddx("Osteoma", "Lipoma"),
        "Osteoma chordoma.md": ddx("Lipoma", "[[Fibroma]]: rings"),
        "Fibroma.md": ddx("Lipoma", "Osteoma chordoma"),
    }
    desk = Desk(tmp_path, notes)
    register = desk.out / "register.jsonl"
    text = register.read_text(encoding="utf-8").replace('"id":"chordoma-fibroma"', '"id":"chordoma--fibroma"')
    register.write_text(text.replace('"id":"osteoma-chordoma"', '"id":"osteoma--chordoma"'), encoding="utf-8")
    desk.export()
    desk.edit("Osteoma.md", old, "")
    desk.refresh()


def test_what_is_broader_elsewhere_may_contradict(tmp_path: Path) -> None:
    base = "https://example.org/radiology/"
    notes = {
        **RING,
        "Chordoma.md": f"---\nbroadMatch: {base}lipoma\n---\n" + ddx("Osteoma"),
        "Lipoma.md": f"---\nbroadMatch: {base}fibroma\n---\n" + ddx("Osteoma"),
        "Fibroma.md": ddx("Osteoma"),
    }
    desk = Desk(tmp_path, notes)
    desk.edit("Fibroma.md", "- [[Osteoma]]\n", "- [[Osteoma]]\n- [[Chordoma]]\n")
    desk.refresh()


@pytest.mark.parametrize("written", ["STRASSE", "Straße", "ﬁbroma", "ŒDEMA"])
def test_a_link_in_other_letters_may_teach_a_name(tmp_path: Path, written: str) -> None:
    title = {"STRASSE": "Straße", "Straße": "Strasse", "ﬁbroma": "Fibroma", "ŒDEMA": "œdema"}[written]
    desk = Desk(tmp_path, {**RING, f"{title}.md": ddx("Osteoma"), "Words.md": ddx(f"{written}s", "Lipoma")})
    desk.edit("Lipoma.md", "- [[Osteoma]]\n", f"- [[Osteoma]]\n- [[{written}]]\n")
    desk.refresh()


UNWRITABLE = "---\nexactMatch: http://a%zz\n---\n"


@pytest.mark.parametrize("exempt", ["ignored", "exempted"])
def test_a_term_that_was_left_out_counts_in_the_version(tmp_path: Path, exempt: str) -> None:
    """No finding tells of it."""
    directive = "%% rad2skos: ignore unwritable-term %%\n" if exempt == "exempted" else ""
    notes = {**RING, "Chordoma.md": UNWRITABLE + directive + ddx("Lipoma"), "Fibroma.md": ddx("Lipoma", "Osteoma")}
    ignore = ["unwritable-term"] if exempt == "ignored" else []
    desk = Desk(tmp_path, notes, parse_config({"checks": {"ignore": ignore}}))
    assert "zz" not in (desk.out / "validation.json").read_text(encoding="utf-8")
    desk.edit("Fibroma.md", "- [[Osteoma]]\n", "- [[Osteoma]]\n- [[Chordoma]]\n")
    desk.refresh()


def test_words_that_are_cut_may_be_the_same(tmp_path: Path) -> None:
    long = "a" * 401
    desk = Desk(tmp_path, {**RING, "Osteoma.md": ddx("Chordoma", f"[[Lipoma|{long}b]], [[Lipoma|{long}c]]")})
    desk.edit("Osteoma.md", f", [[Lipoma|{long}c]]", "")
    desk.refresh()
