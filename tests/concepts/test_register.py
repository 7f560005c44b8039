"""The register: the same identifier every time, never a second use, nothing lost to a damaged file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import make_note

from skosify_rad.concepts.register import Register
from skosify_rad.concepts.register_file import (
    Entry,
    is_foreign,
    read_entries,
    register_path,
    render_entries,
    sketches_path,
)
from skosify_rad.concepts.sketches import sketch
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from skosify_rad.vault.notes import Note

TEXT = "It is a tumour of bone.\n\n## Imaging\nLytic and expansile.\nNarrow zone.\nFluid levels.\nThin shell.\n"


def notes_of(notes: Mapping[str, str]) -> list[Note]:
    return [make_note(path, text, Config()) for path, text in notes.items()]


def identify(register: Register, notes: Mapping[str, str], *lists: str) -> dict[str, str]:
    return register.identify_notes(notes_of(notes), frozenset(lists))


def again(register: Register) -> Register:
    """Return the register of the next run."""
    return Register(register.entries())


def test_a_first_run_takes_the_titles() -> None:
    found = identify(Register(), {"Bone/Sjögren's disease.md": "", "List of cysts.md": ""}, "List of cysts.md")
    assert found == {"Bone/Sjögren's disease.md": "sjogrens-disease", "List of cysts.md": "collection/list-of-cysts"}


def test_folders_are_no_part_of_an_identifier() -> None:
    assert identify(Register(), {"A/B/Cyst.md": ""})["A/B/Cyst.md"] == identify(Register(), {"Cyst.md": ""})["Cyst.md"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(("Old name.md", ""), ("Else/Old name.md", ""), id="moved"),
        pytest.param(("Old name.md", ""), ("OLD NAMES.md", ""), id="spelt otherwise"),
        pytest.param(("Old name.md", ""), ("New.md", "---\naliases: [Old name]\n---\n"), id="old name as alias"),
        pytest.param(("Old name.md", TEXT), ("New.md", TEXT), id="renamed"),
        pytest.param(("Old name.md", TEXT), ("X/New.md", TEXT.replace("Narrow", "Wide")), id="renamed, moved, edited"),
        pytest.param(
            ("Old name.md", "---\npermalink: /old/\n---\nText.\n"),
            ("New.md", "---\npermalink: /old/\n---\nAll else is new.\n"),
            id="same permalink",
        ),
    ],
)
def test_a_note_keeps_its_identifier(before: tuple[str, str], after: tuple[str, str]) -> None:
    register = Register()
    identify(register, dict([before]))
    assert identify(again(register), dict([after])) == {after[0]: "old-name"}


def test_an_unlike_note_is_another() -> None:
    register = Register()
    identify(register, {"Old name.md": TEXT})
    second = again(register)
    assert identify(second, {"New.md": "Quite another text, longer than three signs.\n"}) == {"New.md": "new"}
    assert [(e.id, e.state, e.deprecated) for e in second.gone()] == [("old-name", "note", "undated")]


def test_content_that_fits_two_notes_decides_nothing() -> None:
    register = Register()
    identify(register, {"One.md": TEXT, "Two.md": TEXT})
    assert identify(again(register), {"Three.md": TEXT}) == {"Three.md": "three"}


def test_a_permalink_says_more_than_a_title() -> None:
    register = Register()
    page = "---\npermalink: /{}/\n---\n"
    identify(register, {"A.md": page.format("a"), "B.md": page.format("b")})
    swapped = identify(again(register), {"A.md": page.format("b"), "B.md": page.format("a")})
    assert swapped == {"A.md": "b", "B.md": "a"}


def test_a_permalink_that_several_notes_have_moves_no_identifier() -> None:
    register = Register()
    page = "---\npermalink: /same/\n---\n{} is a tumour.\n"
    notes = {f"{name}.md": page.format(name) for name in ("Alpha", "Beta", "Gamma")}
    first = identify(register, notes)
    assert first == {"Alpha.md": "alpha", "Beta.md": "beta", "Gamma.md": "gamma"}
    copied = identify(again(register), {"A copy of Alpha.md": page.format("Alpha"), **notes})
    assert copied == {"A copy of Alpha.md": "a-copy-of-alpha", **first}
    renamed = {**notes, "Delta.md": notes["Beta.md"]}
    del renamed["Beta.md"]
    assert identify(again(register), renamed)["Delta.md"] == "beta"


def test_a_copy_of_a_renamed_note_takes_no_identifier_from_it() -> None:
    register = Register()
    identify(register, {"B/Older name.md": TEXT})
    renamed = again(register)
    assert identify(renamed, {"B/Enthesis.md": TEXT}) == {"B/Enthesis.md": "older-name"}
    both = {"B/Enthesis.md": TEXT, "Copy/Enthesis.md": TEXT}
    copied = again(renamed)
    expected = {"B/Enthesis.md": "older-name", "Copy/Enthesis.md": "enthesis"}
    assert identify(copied, both) == expected
    third = again(copied)
    assert identify(third, both) == expected
    assert identify(again(third), both) == expected


def test_of_two_notes_of_a_title_the_moved_one_is_told_by_its_lines() -> None:
    register = Register()
    other = "Wholly other lines stand here.\nAnd some more of them.\n"
    identify(register, {"A/Cyst.md": TEXT, "B/Cyst.md": other})
    swapped = identify(again(register), {"A/Cyst.md": other, "B/Cyst.md": TEXT})
    assert swapped == {"A/Cyst.md": "cyst-2", "B/Cyst.md": "cyst"}


def test_an_identifier_is_not_given_to_something_else() -> None:
    register = Register()
    identify(register, {"Cyst.md": TEXT})
    renamed = again(register)
    assert identify(renamed, {"Bone cyst.md": TEXT}) == {"Bone cyst.md": "cyst"}
    third = again(renamed)
    assert identify(third, {"Bone cyst.md": TEXT, "Cyst.md": "Something new altogether.\n"}) == {
        "Bone cyst.md": "cyst",
        "Cyst.md": "cyst-2",
    }


def test_what_comes_back_has_its_old_identifier() -> None:
    register = Register()
    identify(register, {"A.md": "", "Cyst.md": ""})
    without = again(register)
    identify(without, {"A.md": ""})
    assert identify(again(without), {"A.md": "", "Cyst.md": "Back.\n"})["Cyst.md"] == "cyst"


def test_two_notes_of_one_title_stay_apart_when_one_moves() -> None:
    other = "Filled with bile.\nLies beside the duct.\nNever calcified.\n"
    register = Register()
    first = identify(register, {"A/Cyst.md": TEXT, "M/Cyst.md": other})
    moved = identify(again(register), {"M/Cyst.md": other, "Z/Cyst.md": TEXT})
    assert (moved["M/Cyst.md"], moved["Z/Cyst.md"]) == (first["M/Cyst.md"], first["A/Cyst.md"])


def test_concepts_and_collections_are_kept_apart() -> None:
    register = Register()
    identify(register, {"Cysts.md": TEXT})
    assert identify(again(register), {"Cysts.md": TEXT}, "Cysts.md") == {"Cysts.md": "collection/cysts"}


@pytest.mark.parametrize("title", ["骨肉腫", "הערה", "🦴", "…"])
def test_a_title_without_ascii_letters_has_an_identifier_all_the_same(title: str) -> None:
    found = identify(Register(), {f"{title}.md": ""})[f"{title}.md"]
    assert found.startswith("x")
    assert len(found) == 11
    assert identify(Register(), {f"Elsewhere/{title}.md": ""})[f"Elsewhere/{title}.md"] == found


def test_a_stub_that_becomes_a_note_keeps_its_identifier() -> None:
    register = Register()
    assert register.identify("Osteoid osteoma") == "osteoid-osteoma"
    second = again(register)
    assert identify(second, {"Osteoid osteomas.md": ""}) == {"Osteoid osteomas.md": "osteoid-osteoma"}
    assert [(e.name, e.state) for e in second.entries()] == [("Osteoid osteomas", "note")]


def test_a_deleted_note_that_is_still_named_becomes_a_stub() -> None:
    register = Register()
    identify(register, {"Cyst.md": TEXT})
    second = again(register)
    assert second.identify("Cyst") == "cyst"
    assert [(e.id, e.state) for e in second.entries()] == [("cyst", "stub")]


def test_two_names_of_one_slug_are_told_apart() -> None:
    register = Register()
    assert [register.identify(label) for label in ("A+B", "A-B", "a b")] == ["a-b", "a-b-2", "a-b-3"]
    second = again(register)
    assert [second.identify(label) for label in ("a b", "A-B", "A+B")] == ["a-b-2", "a-b-3", "a-b"]


def test_what_took_its_place_is_remembered(tmp_path: Path) -> None:
    register = Register([Entry("old", "Old", "stub"), Entry("new", "New", "stub")])
    register.identify("New")
    register.replace_gone({"old": ["new"]})
    path = tmp_path / "register.jsonl"
    path.write_bytes(render_entries(register.entries()))
    assert [(e.id, e.deprecated, e.replaced_by) for e in read_entries(path)] == [
        ("new", "", ()),
        ("old", "undated", ("new",)),
    ]


labels = st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=12)


@given(labels)
def test_identifiers_are_unique_and_stay(names: list[str]) -> None:
    register = Register()
    given_ids = [register.identify(name) for name in names]
    assert len(set(given_ids)) == len(names)
    entries = {entry.id: entry for entry in again(register).entries()}
    assert set(entries) == set(given_ids)


@given(labels)
def test_a_register_reads_back_as_written(names: list[str]) -> None:
    register = Register()
    for name in names:
        register.identify(name.encode("utf-8", "replace").decode())
    lines = render_entries(register.entries()).splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == sorted(e.id for e in register.entries())


def test_a_register_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_entries(tmp_path / "register.jsonl") == []


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b"null",
        b'{"id": "a"}',
        b'{"id": "a", "label": "A"}',
        b'{"id": 7, "label": "A", "state": "note"}',
        b'{"id": "../a", "label": "A", "state": "note"}',
        b'{"id": "a> <b", "label": "A", "state": "note"}',
        b'{"id": "a", "label": ["A"], "state": "note"}',
        b'{"id": "a", "label": "", "state": "note"}',
        b'{"id": "a", "label": "A", "state": "note", "altLabel": [7]}',
        b'{"id": "a", "label": "A", "state": "note", "definition": 7}',
        b'{"id": "a", "label": "A", "state": "note", "replacedBy": ["a> <b"]}',
        b'{"id": "a", "label": "\xff", "state": "note"}',
        b"<<<<<<< HEAD",
    ],
)
def test_a_damaged_register_is_an_error_with_its_line(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    path.write_bytes(b'{"id": "b", "label": "B", "state": "stub"}\n\n' + line + b"\n")
    with pytest.raises(InputError, match=r"register\.jsonl:3: .*restore it from version control"):
        read_entries(path)


@pytest.mark.parametrize("line", [b"b", b"b\tAAA=\tc", b"b\tAAA", b"b\t!!!!", b"b\tAAA=", b"\xff\tAAAAAA=="])
def test_damaged_sketches_are_an_error_with_their_line(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    path.write_bytes(b'{"id": "b", "label": "B", "state": "note"}\n')
    sketches_path(path).write_bytes(b"b\tAAAAAA==\n" + line + b"\n")
    with pytest.raises(InputError, match=r"register\.sketches\.tsv:2: .*restore the file, or delete it"):
        read_entries(path)


def test_an_identifier_that_a_merge_left_twice_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    path.write_bytes(b'{"id": "b", "label": "B", "state": "note"}\n{"id": "b", "label": "C", "state": "note"}\n')
    with pytest.raises(InputError, match=r"register\.jsonl:2: b stands twice in the register; keep one of the two"):
        read_entries(path)


def test_a_register_of_version_0_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl"
    path.write_bytes(
        b'{"id":"gct","label":"Giant cell tumour (GCT)","state":"note","permalink":"/gct/","sketch":[1,2]}\n'
        b'{"id":"old","label":"Old","state":"deprecated","replacedBy":"gct"}\n'
    )
    assert read_entries(path) == [
        Entry("gct", "Giant cell tumour (GCT)", "note", permalink="/gct/"),
        Entry("old", "Old", "stub", deprecated="undated", replaced_by=("gct",)),
    ]


def test_a_register_that_is_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the register cannot be read"):
        read_entries(tmp_path)


def test_where_a_register_lies(tmp_path: Path) -> None:
    assert register_path(Config(), tmp_path) == tmp_path / "register.jsonl"
    config = Config()
    beside = replace(
        config, path=tmp_path / "rad2skos.toml", output=replace(config.output, register="ids/register.jsonl")
    )
    assert register_path(beside, tmp_path / "out") == tmp_path / "ids" / "register.jsonl"


def test_another_vaults_register_is_told() -> None:
    register = Register()
    mine = {f"Bone {n}.md": f"Text of bone {n}.\n" for n in range(6)}
    identify(register, mine)
    known = register.entries()
    assert not is_foreign(known, notes_of(mine))
    assert not is_foreign(known, notes_of({**mine, "New.md": "New.\n"}))
    assert not is_foreign(known, notes_of(dict(list(mine.items())[:1])))
    assert is_foreign(known, notes_of({f"Chest {n}.md": f"All on chest {n}.\n" for n in range(6)}))
    assert not is_foreign([], notes_of(mine))


def test_a_sketch_ignores_indents_and_rules() -> None:
    left, right = notes_of({"A.md": "  One line\n---\nTwo lines\n", "B.md": "Two lines\n\n***\nOne line\n"})
    assert sketch(left) == sketch(right) != ()
