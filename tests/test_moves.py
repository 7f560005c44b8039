"""What an edit changes between two readings of a note, and where the places of the rest have moved to."""

from __future__ import annotations

import pytest

from skosify_rad.catalogue import BY_SLUG
from skosify_rad.diagnostics import Diagnostic, Place
from skosify_rad.moves import Changes, find_changes
from skosify_rad.readings import Reading
from skosify_rad.statements import Mention, Statement

PATH = "A.md"
NAMES = frozenset({"gout"})
OWN = Mention("A", Place(PATH), note=PATH)


def say(word: str, line: int, column: int = 1, written: str = "x") -> Statement:
    """Return a statement about the note's own subject."""
    place = Place(PATH, line, column)
    return Statement(OWN, "p", Mention(word, place), place, (), "rule", written)


def reading(*points: tuple[int, int], unknown: str = "") -> Reading:
    """Return a reading with a statement at each point."""
    said = [say(f"B{number}", *point) for number, point in enumerate(points)]
    return Reading(said, [], frozenset(), frozenset({unknown}))


def read(*said: Statement, wrong: tuple[Diagnostic, ...] = ()) -> Reading:
    """Return a reading of statements, and of what is wrong."""
    return Reading(list(said), list(wrong), frozenset(), frozenset())


def compare(old: Reading, new: Reading) -> Changes:
    """Return what has changed, which must be told."""
    found = find_changes(old, new, NAMES)
    assert found is not None
    return found


def test_places_move_as_a_whole() -> None:
    changes = compare(reading((3, 1), (3, 9), (5, 1)), reading((4, 1), (4, 8), (9, 3)))

    assert (changes.gone, changes.come, changes.mended, changes.found, changes.dropped) == ((), (), (), (), ())
    assert [changes.moves(Place(PATH, *point)) for point in ((1, 1), (3, 9), (5, 1))] == [
        Place(PATH, 1, 1),
        Place(PATH, 4, 8),
        Place(PATH, 9, 3),
    ]
    assert changes.moves(Place(PATH, 4, 1)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(reading((3, 1), (3, 9)), reading((3, 1), (4, 9)), id="a line made two"),
        pytest.param(reading((3, 1), (4, 9)), reading((3, 1), (3, 9)), id="two lines made one"),
        pytest.param(reading((3, 1), (3, 1)), reading((3, 1), (3, 2)), id="a place made two"),
        pytest.param(reading((3, 1), (3, 2)), reading((3, 1), (3, 1)), id="two places made one"),
        pytest.param(reading((3, 1), unknown="gout"), reading((3, 1)), id="read when the vault knew other names"),
        pytest.param(reading((3, 1)), reading((1, 1)), id="into the place of the note itself"),
    ],
)
def test_places_that_meet_or_part_are_not_told(old: Reading, new: Reading) -> None:
    assert find_changes(old, new, NAMES) is None


def test_statements_come_and_go_among_those_that_stay() -> None:
    kept = [say("first", 2), say("middle", 5), say("last", 9)]
    gone, come = [say("old", 3), say("older", 4)], [say("new", 7)]

    changes = compare(read(kept[0], *gone, *kept[1:]), read(kept[0], kept[1], *come, kept[2]))

    assert changes.gone == tuple(gone)
    assert changes.come == tuple(come)
    assert changes.moves.lines == {1: 1, 2: 2, 5: 5, 9: 9}


def test_other_words_are_another_statement() -> None:
    changes = compare(read(say("B", 3)), read(say("B", 3, written="y")))

    assert (len(changes.gone), len(changes.come)) == (1, 1)


def test_what_changes_its_place_in_the_order_goes_and_comes() -> None:
    changes = compare(read(say("B", 3), say("C", 4)), read(say("C", 3), say("B", 4)))

    assert (len(changes.gone), len(changes.come)) == (1, 1)


def test_the_words_above_a_mention_are_a_part_of_it() -> None:
    def below(parent: str) -> Reading:
        above = Mention(parent, Place(PATH, 2))
        place = Place(PATH, 3)
        return read(Statement(OWN, "p", Mention("Type I", place, parent=above), place, (), "rule", "x"))

    assert compare(below("Cyst"), below("Cyst")).gone == ()
    assert len(compare(below("Cyst"), below("Gout")).gone) == 1


def test_a_mention_that_has_become_two_is_not_told() -> None:
    place = Place(PATH, 3)
    shared, one, other = (Mention("B", place) for _ in range(3))
    first, second = (
        read(*(Statement(m, p, "text", place, (), "rule", "x") for m, p in zip(mentions, "pq", strict=True)))
        for mentions in ((shared, shared), (one, other))
    )

    assert find_changes(first, second, NAMES) is None
    assert find_changes(second, first, NAMES) is None


def test_one_of_two_that_say_the_same_in_one_place_is_not_told() -> None:
    assert find_changes(read(say("B", 3), say("C", 3)), read(say("B", 3)), NAMES) is None


def test_findings_come_and_go() -> None:
    place = Place(PATH, 4)
    stays, goes, comes = (Diagnostic(BY_SLUG["empty-section"], place, words) for words in ("stays", "goes", "comes"))

    changes = compare(read(wrong=(stays, goes)), read(wrong=(stays, comes)))

    assert (changes.mended, changes.found) == ((goes,), (comes,))


def test_a_long_list_is_compared_by_its_ends() -> None:
    """Where very many statements are others, those between count as others, too; nobody waits for hours."""
    many = [say(f"B{number}", number + 2) for number in range(3000)]
    turned = [say(f"B{2999 - number}", number + 2) for number in range(3000)]

    changes = compare(read(*many), read(*turned))

    assert len(changes.gone) == len(changes.come) == 3000


def test_deep_nesting_is_climbed_without_recursion() -> None:
    def nest(depth: int) -> Reading:
        mention = Mention("top", Place(PATH, 2))
        said = []
        for number in range(depth):
            place = Place(PATH, number + 3)
            mention = Mention(f"B{number}", place, parent=mention)
            said.append(Statement(OWN, "p", mention, place, (), "rule", "x"))
        return read(*said)

    assert compare(nest(5000), nest(5000)).gone == ()
