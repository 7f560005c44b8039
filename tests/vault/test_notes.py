"""Files -> notes: encodings, what is skipped and why, links out of the vault, publishing."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest

from skosify_rad.model.config import Config, Extraction, Vault
from skosify_rad.model.diagnostics import InputError
from skosify_rad.vault.notes import read_vault
from skosify_rad.vault.roles import Role

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.vault.notes import Note

BODY = "Überbein, a cyst.\n"


def notes_of(root: Path, config: Config | None = None) -> tuple[dict[str, Note], list[Diagnostic]]:
    vault, diagnostics = read_vault(root, config or Config())
    return {note.path: note for note in vault.notes}, diagnostics


def slugs(diagnostics: list[Diagnostic]) -> list[str]:
    return [d.rule.slug for d in diagnostics]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_whatever_its_mark(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / "A.md").write_bytes(f"{mark}---\naliases: [B]\n---\n{BODY}".encode(encoding))
    notes, diagnostics = notes_of(tmp_path)
    assert diagnostics == []
    assert (notes["A.md"].body, notes["A.md"].aliases) == (BODY, ("B",))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_are_one(tmp_path: Path, end: str) -> None:
    (tmp_path / "A.md").write_bytes(f"---\naliases: [B]\n---\n{BODY}".replace("\n", end).encode())
    notes, _ = notes_of(tmp_path)
    assert (notes["A.md"].body, notes["A.md"].aliases) == (BODY, ("B",))


def test_latin_1_is_read_and_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_bytes(b"Fine.\n" + BODY.encode("latin-1"))
    notes, (found,) = notes_of(tmp_path)
    assert notes["A.md"].body == f"Fine.\n{BODY}"
    assert (found.rule.slug, found.place.line) == ("note-not-utf8", 2)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\xfe\xff\xd8", b"\x81\x8d\x8f", b"\x00\x00\x00", bytes(range(256))]
)
def test_any_bytes_are_read_somehow(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "A.md").write_bytes(data)
    notes, _ = notes_of(tmp_path)
    notes["A.md"].text.encode()


def test_empty_notes_are_notes(tmp_path: Path) -> None:
    for name, text in (("A.md", ""), ("B.md", " \n\t\n"), ("C.md", "---\na: 1\n---\n"), ("D.md", "x")):
        (tmp_path / name).write_text(text)
    notes, diagnostics = notes_of(tmp_path)
    assert sorted(notes) == ["A.md", "B.md", "C.md", "D.md"]
    assert [d.place.path for d in diagnostics if d.rule.slug == "empty-note"] == ["A.md", "B.md", "C.md"]


def test_a_note_above_the_limit_is_skipped_and_told(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("x" * 101)
    (tmp_path / "B.md").write_text("x" * 100)
    vault, diagnostics = read_vault(tmp_path, Config(vault=Vault(max_note_bytes=100)))
    assert [n.path for n in vault.notes] == ["B.md"]
    assert vault.skipped == {"A.md": "too large"}
    assert slugs(diagnostics) == ["note-too-large"]


def test_what_is_not_a_note_is_left_alone(tmp_path: Path) -> None:
    for path in (
        ".obsidian/a.md",
        ".trash/b.md",
        "Templates/c.md",
        "node_modules/d.md",
        ".e.md",
        "f.txt",
        "g.markdown",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    for path in ("H.MD", "deep/er/i.md", "Template notes/j.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "folder.md").mkdir()
    notes, diagnostics = notes_of(tmp_path)
    assert sorted(notes) == ["H.MD", "Template notes/j.md", "deep/er/i.md"]
    assert diagnostics == []


def test_excluded_paths_are_left_alone(tmp_path: Path) -> None:
    for path in ("Journal/2026/a.md", "Journal b.md", "drawing.excalidraw.md", "c.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    notes, _ = notes_of(tmp_path, Config(vault=Vault(exclude=("Journal/**", "*.excalidraw.md"))))
    assert sorted(notes) == ["Journal b.md", "c.md"]


def test_links_out_of_the_vault_are_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "vault", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (root / "A.md").write_text("x")
    (root / "file.md").symlink_to(outside / "secret.md")
    (root / "folder").symlink_to(outside)
    (root / "gone.md").symlink_to(root / "nowhere.md")
    notes, diagnostics = notes_of(root)
    assert sorted(notes) == ["A.md"]
    assert {d.place.path for d in diagnostics if d.rule.slug == "link-outside-vault"} == {
        "file.md",
        "folder",
        "gone.md",
    }


def test_a_link_within_the_vault_is_a_note_and_loops_end(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "A.md").write_text("x")
    (tmp_path / "B.md").symlink_to(tmp_path / "sub" / "A.md")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "own").symlink_to(tmp_path / "sub")
    (tmp_path / "ring1").symlink_to(tmp_path / "ring2")
    (tmp_path / "ring2").symlink_to(tmp_path / "ring1")
    notes, _ = notes_of(tmp_path)
    assert sorted(notes) == ["B.md", "sub/A.md"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter there")
def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "A.md").write_text("x")
    (tmp_path / "B.md").write_text("x")
    (tmp_path / "closed").mkdir()
    real_open, real_scan = open, os.scandir

    def denying_open(path: str, mode: str = "r", buffering: int = -1) -> object:
        if path.endswith("A.md"):
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, mode, buffering)

    def denying_scan(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real_scan(path)

    monkeypatch.setattr("skosify_rad.vault.notes.open", denying_open, raising=False)
    monkeypatch.setattr("skosify_rad.vault.notes.os.scandir", denying_scan)
    vault, diagnostics = read_vault(tmp_path, Config())
    assert [n.path for n in vault.notes] == ["B.md"]
    assert vault.skipped["A.md"] == "unreadable"
    assert sorted(d.place.path for d in diagnostics if d.rule.slug == "note-unreadable") == ["A.md", "closed/"]


def test_a_folder_that_is_not_there_is_the_operators_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in ("nowhere", "file"):
        with pytest.raises(InputError):
            read_vault(tmp_path / path, Config())


def test_names_of_files_are_composed(tmp_path: Path) -> None:
    (tmp_path / (unicodedata.normalize("NFD", "Ménière disease") + ".md")).write_text("x")
    notes, _ = notes_of(tmp_path)
    assert [n.title for n in notes.values()] == ["Ménière disease"]


def test_notes_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for path in ("b/a.md", "a.md", "B.md", "a/b.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    notes, _ = notes_of(tmp_path)
    assert list(notes) == sorted(notes)


PUBLISHED = {"A.md": "---\ndg-publish: true\n---\nx", "B.md": "---\ndg-publish: false\n---\nx", "C.md": "x"}


@pytest.mark.parametrize(
    ("publish", "read"),
    [("auto", ["A.md"]), ("all", ["A.md", "B.md", "C.md"]), ("dg-publish", ["A.md"]), ("share", [])],
)
def test_only_what_is_published_is_read(tmp_path: Path, publish: str, read: list[str]) -> None:
    for path, text in PUBLISHED.items():
        (tmp_path / path).write_text(text)
    vault, diagnostics = read_vault(tmp_path, Config(vault=Vault(publish=publish)))
    assert [n.path for n in vault.notes] == read
    assert len([d for d in diagnostics if d.rule.slug == "note-unpublished"]) == 3 - len(read)
    assert vault.unpublished == {n[0].casefold() for n in PUBLISHED} - {n[0].casefold() for n in read}


def test_front_matter_that_cannot_be_read_is_told_though_it_hides_the_note(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("---\ndg-publish: true\n---\nx")
    (tmp_path / "B.md").write_text("---\ndg-publish: true\naliases: [x\n---\nx")
    (tmp_path / "C.md").write_text("---\ndg-publish: false\n---\nx [[A]]")
    vault, diagnostics = read_vault(tmp_path, Config())
    assert [n.path for n in vault.notes] == ["A.md"]
    assert [(d.place.path, d.rule.slug) for d in sorted(diagnostics, key=lambda d: d.sort_key)] == [
        ("B.md", "note-unpublished"),
        ("B.md", "invalid-front-matter"),
        ("C.md", "note-unpublished"),
    ]
    assert any("cannot be read" in d.message for d in diagnostics)


def test_without_any_mark_every_note_is_published(tmp_path: Path) -> None:
    (tmp_path / "C.md").write_text("x")
    assert list(notes_of(tmp_path)[0]) == ["C.md"]


@pytest.mark.parametrize(
    ("front", "aliases"),
    [
        ("aliases: [A, B]", ("A", "B")),
        ("aliases: A, B", ("A", "B")),
        ("aliases:\n  - A\n  - A\n  - ' '", ("A",)),
        ("alias: A", ("A",)),
        ("synonyms: [A, B]\naliases: B", ("B", "A")),
        ("aliases: 99", ()),
        ("aliases:", ()),
        ("aliases: {a: b}", ()),
        ("aliases: [12, A]", ("12", "A")),
        ("dg-note-properties:\n  aliases: [A]", ("A",)),
        ("aliases: [A]\ndg-note-properties:\n  aliases: [B]", ("A",)),
    ],
)
def test_aliases_are_read_in_every_form(tmp_path: Path, front: str, aliases: tuple[str, ...]) -> None:
    (tmp_path / "N.md").write_text(f"---\n{front}\n---\nx")
    assert notes_of(tmp_path)[0]["N.md"].aliases == aliases


def test_a_note_says_itself_where_it_lies_and_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "A.md").write_text('---\n{"dg-path":"Rad/MSK/../A.md","permalink":5}\n---\nx')
    (tmp_path / "x" / "B.md").write_text("%% rad2skos: note list %%\nx")
    (tmp_path / "Approach to gout.md").write_text("x")
    notes, _ = notes_of(tmp_path, Config(extraction=Extraction(list_titles=("A",))))
    assert (notes["x/A.md"].folders, notes["x/A.md"].permalink) == (("Rad", "MSK"), "")
    assert notes["x/B.md"].folders == ("x",)
    assert [notes[p].role for p in sorted(notes)] == [Role.LIST, Role.LIST, Role.LIST]


def test_a_released_vault_keeps_the_texts_that_hold_a_directive(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("---\na: 1\n---\nx")
    (tmp_path / "B.md").write_text("x %% rad2skos: ignore %%")
    vault = read_vault(tmp_path, Config())[0].released()
    assert vault.texts == {"A.md": "", "B.md": "x %% rad2skos: ignore %%"}
    assert [(note.title, note.body) for note in vault.notes] == [("A", ""), ("B", "x %% rad2skos: ignore %%")]
