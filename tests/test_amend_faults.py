"""What an adversary found in edits that are told without a whole export; `Desk` holds each to a clean build."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from refreshing import Desk, sign

from skosify_rad import region
from skosify_rad.config import parse_config
from skosify_rad.refresh import refresh

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("same_code")


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
    desk = Desk(tmp_path, {**RING, "Osteoma.md": ddx("Chordoma", f"[[Lipoma|{long}b]] or [[Lipoma|{long}c]]")})
    desk.edit("Osteoma.md", f" or [[Lipoma|{long}c]]", "")
    desk.refresh()


@pytest.mark.parametrize("other", ["a  b", "*a b*", "a b\u200b"])
def test_words_that_differ_in_what_is_not_kept(tmp_path: Path, other: str) -> None:
    desk = Desk(tmp_path, {**RING, "Osteoma.md": ddx("Chordoma", f"[[Lipoma|a b]] or [[Lipoma|{other}]]")})
    desk.edit("Osteoma.md", f" or [[Lipoma|{other}]]", "")
    desk.refresh()


@pytest.mark.parametrize(
    "title", ["A\rB", "A\nB", "A\x85B", "A\u2028B", "A'\"B", "A\\B", "A<b>&amp;B", "A\tB", "A%20B", "é\u0301"]
)
def test_odd_titles(tmp_path: Path, title: str) -> None:
    notes = {**RING, f"{title}.md": ddx("Osteoma", "Lipoma"), "Lipoma.md": ddx("Osteoma", title)}
    desk = Desk(tmp_path, notes)
    for old, new in (
        ("- [[Lipoma]]\n", "- [[Lipoma]]\n- [[Chordoma]]: with rings\n"),
        ("A tumour", "A rare tumour"),
        ("- [[Lipoma]]\n", ""),
        ("[[Chordoma]]", "[[Lipoma]]"),
    ):
        desk.edit(f"{title}.md", old, new)
        if desk.refresh() is None:
            desk.export()
    desk.edit("Lipoma.md", "- [[Osteoma]]\n", f"- [[Osteoma]]: old\n- [[{title}]]\n")
    desk.refresh()


@pytest.mark.parametrize("of", ["osteoma", "Osteoma"])
def test_a_list_of_another_in_a_third_note(tmp_path: Path, of: str) -> None:
    """The pair is told by two notes, and from both ends; one after the other falls silent."""
    third = ddx("Lipoma", "[[Chordoma]]: rings", of=f" of {of}")
    desk = Desk(
        tmp_path,
        {
            **RING,
            "Osteoma.md": ddx("Chordoma", "[[Chordoma]]: rings"),
            "Fibroma.md": third + "\nSee [[Osteoma]].\n" + ddx("Lipoma"),
        },
    )
    for path, old, new in (
        ("Osteoma.md", ": rings", ": arcs"),
        ("Osteoma.md", "- [[Chordoma]]: arcs\n", ""),
        ("Osteoma.md", "- [[Chordoma]]\n", "- [[Lipoma]]\n"),
        ("Osteoma.md", "- [[Lipoma]]\n", "- [[Chordoma]]: rings\n"),
        ("Chordoma.md", "- [[Lipoma]]\n", "- [[Lipoma]]\n- [[Osteoma]]: rings\n"),
        ("Chordoma.md", "- [[Osteoma]]: rings\n", ""),
    ):
        desk.edit(path, old, new)
        if desk.refresh() is None:
            desk.export()


def test_above_eight_siblings_are_told_together(tmp_path: Path) -> None:
    names = "Osteoma Chordoma Lipoma Fibroma Myxoma Hamartoma".split()
    notes = {
        f"{name}.md": '---\nbroader: ["[[Tumour]]", "[[Growth]]"]\n---\n' + ddx(*[o for o in names if o != name][:2])
        for name in names
    }
    desk = Desk(tmp_path, {**notes, "Tumour.md": "A tumour is a mass.\n", "Growth.md": "A growth is a mass.\n"})
    for one in names:
        for other in names:
            if one != other and f"[[{other}]]" not in (desk.vault / f"{one}.md").read_text(encoding="utf-8"):
                desk.edit(f"{one}.md", "diagnosis\n", f"diagnosis\n- [[{other}]]: rings\n")
                assert desk.refresh() is not None
    for one in names:
        desk.edit(f"{one}.md", ": rings", "")
        assert desk.refresh() is not None
    for one in names:
        for other in names[::-1]:
            if f"- [[{other}]]\n" in (text := (desk.vault / f"{one}.md").read_text(encoding="utf-8")):
                desk.put(f"{one}.md", text.replace(f"- [[{other}]]\n", ""))
                if desk.refresh() is None:
                    desk.export()


def test_several_notes_have_other_marks_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**RING, "Fibroma.md": ddx("Osteoma", "Myxoma"), "Myxoma.md": ddx("Osteoma")})
    for name in ("Chordoma", "Lipoma", "Osteoma"):
        desk.edit(f"{name}.md", "diagnosis\n", "diagnosis\n- [[Fibroma]]: rings and arcs\n")
    assert desk.refresh() is not None
    desk.edit("Fibroma.md", "- [[Osteoma]]\n", "")
    desk.edit("Lipoma.md", ": rings and arcs", "")
    assert desk.refresh() is not None
    notes = {path.name: path.read_text(encoding="utf-8") for path in desk.vault.iterdir()}
    other = Desk(tmp_path / "other", notes)
    assert desk.record().read_bytes().split(b"\n")[-6:] == other.record().read_bytes().split(b"\n")[-6:]


@pytest.mark.parametrize("number", ["1.5", "[9]", "{}", "null", '"9"'])
@pytest.mark.parametrize("what", [b'"related":3', b"[9,5,9,9,9,5]"], ids=["counts", "weights"])
def test_a_kept_export_of_odd_numbers_counts_for_nothing(tmp_path: Path, what: bytes, number: str) -> None:
    desk = Desk(tmp_path, RING)
    kept = desk.record().read_bytes()[9:]
    assert what in kept
    desk.record().write_bytes(
        sign(
            kept.replace(
                what, what.replace(b"9,9,9", b"9,9,%b" % number.encode()).replace(b":3", b":" + number.encode())
            )
        )
    )
    desk.edit("Osteoma.md", "A tumour", "A rare tumour")
    assert desk.refresh() is None


def test_the_first_differential_comes_and_the_last_one_goes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {**RING, "Zebra.md": ddx("Osteoma", "Lipoma")})
    for old, new in (
        ("- [[Lipoma]]", "- [[Lipoma]]: rings"),
        ("- [[Osteoma]]", "- [[Osteoma]]: rings"),
        ("- [[Lipoma]]: rings", "- [[Lipoma]]"),
        ("- [[Osteoma]]: rings", "- [[Osteoma]]: arcs"),
        ("- [[Osteoma]]: arcs", "- [[Osteoma]]"),
    ):
        desk.edit("Zebra.md", old, new)
        assert desk.refresh() is not None


def test_a_register_that_lies_elsewhere(tmp_path: Path) -> None:
    config = parse_config({"output": {"register": "kept/register.jsonl"}})
    config = replace(config, path=tmp_path / "rad2skos.toml")
    (tmp_path / "kept").mkdir()
    desk = Desk(tmp_path, {**RING, "Zebra.md": ddx("Osteoma", "Lipoma")}, config)
    register = tmp_path / "kept" / "register.jsonl"
    desk.edit("Zebra.md", "- [[Lipoma]]", "- [[Lipoma]]: rings")
    before = register.read_bytes()
    assert refresh(desk.vault, desk.out, config, desk.cache) is not None
    now = register.read_bytes()
    assert now != before
    desk.export()
    assert register.read_bytes() == now


@pytest.mark.parametrize("many", [39, 41])
def test_a_hub_of_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(region, "MOST_NOTES", 40)
    notes = {f"n/Tumour {n}.md": f"See.\n\n## DDx\n- [[Hub]]\n- [[Tumour {(n + 1) % many}]]\n" for n in range(many)}
    desk = Desk(tmp_path, {**notes, "Hub.md": ddx("Tumour 1", "[[Tumour 3]]: arcs")})
    for path, old, new in (
        ("Hub.md", "- [[Tumour 1]]\n", "- [[Tumour 1]]\n- [[Tumour 7]]: rings\n"),
        ("n/Tumour 5.md", "- [[Hub]]\n", ""),
        ("n/Tumour 9.md", "- [[Tumour 10]]\n", "- [[Tumour 10]]: x\n- [[Tumour 11]]\n"),
    ):
        desk.edit(path, old, new)
        assert (desk.refresh() is None) == (many > 40)


@pytest.mark.parametrize("item", ["Chondroma", "[[ ]]", "[[Lipoma]] or chondroma"])
def test_a_note_without_a_title_is_not_what_no_link_means(tmp_path: Path, item: str) -> None:
    desk = Desk(tmp_path, {**RING, "x/ .md": ddx("Osteoma", "Lipoma"), "Fibroma.md": ddx("Osteoma", "Lipoma")})
    desk.edit("Fibroma.md", "- [[Lipoma]]\n", f"- [[Lipoma]]\n- {item}\n")
    desk.refresh()
