"""Where places have moved to between two readings of a note."""

from __future__ import annotations

import pytest

from skosify_rad.diagnostics import Place
from skosify_rad.moves import find_changes
from skosify_rad.readings import Reading, write_reading
from skosify_rad.statements import Mention, Statement

PATH = "A.md"
NAMES = frozenset({"gout"})


def reading(*points: tuple[int, int], written: str = "x", unknown: str = "") -> bytes:
    """Return a reading with a statement at each point, as it is written down."""
    subject = Mention("A", Place(PATH), note=PATH)
    statements = [
        Statement(subject, "p", Mention(f"B{number}", Place(PATH, *point)), Place(PATH, *point), (), "rule", written)
        for number, point in enumerate(points)
    ]
    data = write_reading(Reading(statements, [], frozenset(), frozenset({unknown})), PATH)
    assert data is not None
    return data


def test_places_move_as_a_whole() -> None:
    moves = find_changes(reading((3, 1), (3, 9), (5, 1)), reading((4, 1), (4, 8), (9, 3)), NAMES)
    assert moves is not None
    assert [moves(Place(PATH, *point)) for point in ((1, 1), (3, 9), (5, 1))] == [
        Place(PATH, 1, 1),
        Place(PATH, 4, 8),
        Place(PATH, 9, 3),
    ]
    assert moves(Place(PATH, 4, 1)) is None
    assert moves.lines == {1: 1, 3: 4, 5: 9}
    assert moves.moves_lines


def test_nothing_moves_where_only_columns_do() -> None:
    moves = find_changes(reading((3, 1)), reading((3, 2)), NAMES)
    assert moves is not None
    assert not moves.moves_lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(reading((3, 1)), reading((3, 1), written="y"), id="other words"),
        pytest.param(reading((3, 1)), reading((3, 1), (4, 1)), id="more said"),
        pytest.param(reading((3, 1), (4, 1)), reading((4, 1), (3, 1)), id="another order"),
        pytest.param(reading((3, 1), (3, 9)), reading((3, 1), (4, 9)), id="a line made two"),
        pytest.param(reading((3, 1), (4, 9)), reading((3, 1), (3, 9)), id="two lines made one"),
        pytest.param(reading((3, 1), (3, 1)), reading((3, 1), (3, 2)), id="a place made two"),
        pytest.param(reading((3, 1), (3, 2)), reading((3, 1), (3, 1)), id="two places made one"),
        pytest.param(reading((3, 1), unknown="gout"), reading((3, 1)), id="read when the vault knew other names"),
        pytest.param(reading((3, 1)), reading((1, 1)), id="into the place of the note itself"),
        pytest.param(b"[]", b"[]", id="no reading"),
        pytest.param(b"7", b"7", id="a number"),
        pytest.param(b"[[],[],[],[],[[0]],[],[]]", b"[[],[],[],[],[[0]],[],[]]", id="a short row"),
        pytest.param(b"{", b"{", id="no JSON"),
    ],
)
def test_more_than_a_move_is_none(old: bytes, new: bytes) -> None:
    assert find_changes(old, new, NAMES) is None
