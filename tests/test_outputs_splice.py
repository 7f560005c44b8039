"""Files in which pieces are replaced, and what is noted of an evidence file while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skosify_rad.diagnostics import Place
from skosify_rad.outputs import Marked, Marks, Splice, find_splice, iter_evidence, look_into, write_rows, write_spliced
from skosify_rad.statements import Evidence, Literal, Triple
from skosify_rad.vocab import RAD, SKOS

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://example.org/v/"
GOUT, LUPUS = BASE + "gout", BASE + "lupus"


def evidence(path: str, line: int, column: int, weight: int = 5) -> tuple[Evidence, ...]:
    return (Evidence(Place(path, line, column), ("DDx",), "words “quoted”\\", "differential", weight),)


SOURCES = {
    Triple(GOUT, SKOS.related, LUPUS): evidence("Bone/Gout.md", 3, 7),
    Triple(GOUT, SKOS.definition, Literal('A "disease".', "en")): evidence("Bone/Gout.md", 1, 1, 9),
    Triple(LUPUS, RAD.note, Literal("Lupus.md")): evidence("Lupus.md", 1, 1),
    Triple(LUPUS, SKOS.exactMatch, "https://elsewhere.org/lupus"): evidence("Ö “x”.md", 9, 2),
}


@pytest.fixture
def marked(tmp_path: Path) -> Marked:
    marks, file = Marks(BASE), tmp_path / "evidence.jsonl"
    file.write_bytes(b"".join(iter_evidence(SOURCES, marks.add)))
    return Marked(file, marks.render(), BASE)


def test_rows_are_read_as_they_were_written(marked: Marked) -> None:
    rows, splice = marked.read("Bone/Gout.md")

    assert [(row.line, row.column, row.weight, row.key) for row in rows] == [
        (1, 1, 9, ('A "disease".', "", "")),
        (3, 7, 5, ("", LUPUS)),
    ]
    assert write_rows("Bone/Gout.md", rows) == splice.text


def test_the_notes_about_a_thing_are_found(marked: Marked) -> None:
    assert marked.find_notes(LUPUS, 9) == ["Bone/Gout.md", "Lupus.md", "Ö “x”.md"]
    assert len(marked.find_notes(LUPUS, 1)) == 2
    assert marked.find_notes(BASE + "lup", 9) == []
    assert "Gout.md" not in marked


def test_marks_are_renewed_note_by_note(marked: Marked, tmp_path: Path) -> None:
    changed = {}
    for path in ("Lupus.md", "Bone/Gout.md"):
        rows = [row._replace(column=row.column + 1, written=row.written + "!") for row in marked.read(path)[0]]
        changed[path] = rows, write_rows(path, rows)
    file = tmp_path / "evidence.jsonl"
    splices = [marked.read(path)[1]._replace(text=written) for path, (_, written) in changed.items()]
    file.write_bytes(b"".join(write_spliced(file, splices)))
    again = Marked(file, marked.renew(changed), BASE)

    assert {path: again.read(path)[0] for path in changed} == {path: rows for path, (rows, _) in changed.items()}
    assert again.read("Ö “x”.md")[0][0].column == 2


def test_a_piece_is_replaced_where_it_stands_once(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one two two three")
    with look_into(file) as text:
        assert find_splice(text, b"two", b"2") is None
        assert find_splice(text, b"four", b"4") is None
        found = [find_splice(text, b"three", b"3"), find_splice(text, b"one ", b"")]
    splices = [splice for splice in found if splice is not None]

    assert b"".join(write_spliced(file, splices)) == b"two two 3"


def test_a_file_that_was_cut_short_ends(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")

    assert b"".join(write_spliced(file, [Splice(5, 9, b"!")])) == b"one!"
    file.write_bytes(b"")
    with pytest.raises(OSError, match="empty"), look_into(file):
        pass
