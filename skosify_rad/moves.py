"""Where the places of a note have moved to, when an edit changed nothing of what it says."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from skosify_rad.diagnostics import Place

Point = tuple[int, int]
"""Line and column, from 1."""


class Moves(NamedTuple):
    """Old places of one note -> new ones: as many, in the same order, on as many lines.

    All that an export does with places is to compare them and to tell them; so the new export is the old one with
    the new places told.
    """

    points: dict[Point, Point]
    """Line and column -> where that is now."""
    lines: dict[int, int]
    """Line -> where it is now."""

    def __call__(self, place: Place) -> Place | None:
        """Return where a place of the note is now; None where nobody can tell."""
        found = self.points.get((place.line, place.column))
        return None if found is None else Place(place.path, *found)

    @property
    def moves_lines(self) -> bool:
        """Whether any line is another one now."""
        return any(old != new for old, new in self.lines.items())


def find_moves(old: bytes, new: bytes, names: frozenset[str]) -> Moves | None:
    """Return how places moved between two readings as `write_reading` has them; None where more has changed.

    `names` is what the vault knows. The old reading counts only where it asked for the same: a look at the vault in
    another state, since the last export, reads notes otherwise and keeps that.
    """
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    try:
        was, now = orjson.loads(old), orjson.loads(new)
        if not names.issuperset(was[0]) or not names.isdisjoint(was[1]):
            return None
        (said, before), (says, after) = _part(was), _part(now)
        return _join([((1, 1), (1, 1)), *zip(before, after, strict=True)]) if said == says else None
    except (ValueError, TypeError, LookupError):  # what was kept is no reading
        return None


def _join(pairs: Iterable[tuple[Point, Point]]) -> Moves | None:
    points: dict[Point, Point] = {}
    lines: dict[int, int] = {}
    for here, there in sorted(pairs):
        if points.setdefault(here, there) != there or lines.setdefault(here[0], there[0]) != there[0]:
            return None  # one place, or one line, has become two
    if all(a < b for a, b in pairwise(points.values())) and all(a < b for a, b in pairwise(lines.values())):
        return Moves(points, lines)
    return None


def _part(reading: list[Any]) -> tuple[list[object], list[Point]]:
    """Part a reading into what it says and where; the names it asked for are neither."""
    _, _, texts, sections, mentions, statements, diagnostics = reading
    says: list[object] = [texts, sections]
    places: list[Point] = []
    for row in mentions:
        says.append(row[2:])
        places.append((row[0], row[1]))
    for row in statements:
        says.append((row[:2], row[4:]))
        places.append((row[2], row[3]))
    for code, line, column, message, hint, second, *rest in diagnostics:
        says.append((code, message, hint, second is None, rest))
        places.append((line, column))
        places += _points(second)
    return says, places


def _points(second: list[int] | None) -> Iterator[Point]:
    if second is not None:
        line, column = second
        yield line, column
