"""Sketches of notes: a few hashes by which a note is recognised after it was renamed, moved and edited."""

import math
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from skosify_rad.vault.notes import Note

LIKE: Final = 0.2
"""Likeness from which a note counts as a former one; rewriting half of the lines leaves a likeness of a third."""
MOSTLY: Final = 1 / 3
"""Share of a former note's lines from which the note that has them replaces it."""
SOME: Final = 1 / 5
"""Share of a former note's lines from which the author of the note that has them is asked."""
CLEAR: Final = 0.6
"""A note or entry is another's counterpart if no rival has more than this share of its likeness."""
_SIZE: Final = 48

Sketch = Sequence[int]
"""The smallest hashes of a note's lines, ascending, as an array of 32-bit integers (Python integers took 50 MB)."""


Likes = list[tuple[float, str]]
"""(likeness, identifier), the most alike first."""


def sketch(note: Note) -> Sketch:
    """Return the bottom-k sketch of a note's lines without headings (Broder 1997).

    It estimates the share of equal lines. Notes of one author have the same headings.
    """
    lines = map(str.strip, note.body.split("\n"))
    telling = "\n".join([line for line in lines if len(line) > 3 and line[0] != "#"])  # noqa: PLR2004 - rules
    hashes = set(map(zlib.crc32, telling.encode("utf-8", "replace").split(b"\n"))) if telling else ()
    return array("I", sorted(hashes)[:_SIZE])


def likeness(left: Iterable[int], right: Iterable[int]) -> float:
    """Return the estimated share of equal lines, 0 to 1."""
    one, other = set(left), set(right)
    union = sorted(one | other)[:_SIZE]
    return sum(h in one and h in other for h in union) / len(union) if union else 0.0


class Sketches:
    """Index of sketches by hash. A line that several have tells nothing: they may have been written from a template."""

    def __init__(self, sketches: Iterable[tuple[str, Sketch]], common: Iterable[Sketch] = ()) -> None:
        """Take (identifier, sketch) pairs, and sketches whose lines tell nothing either; they are read on first use."""
        self._given, self._common = sketches, common

    @cached_property
    def _sketches(self) -> dict[str, Sketch]:
        return dict(self._given)

    @cached_property
    def _by_hash(self) -> dict[int, str]:
        """Hash -> the identifier that has it; empty if several have it."""
        found: dict[int, str] = {}
        for identifier, hashes in self._sketches.items():
            for value in hashes:
                found[value] = identifier if found.get(value, identifier) == identifier else ""
        return found | dict.fromkeys((value for hashes in self._common if found for value in hashes), "")

    def find(self, mine: Sketch) -> Likes:
        """Return those that share lines with a sketch, the most alike first."""
        scored = [(likeness(self._telling(mine), self._telling(self._sketches[i])), i) for i in self._near(mine)]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1]))

    def find_parts(self, former: Sketch) -> Likes:
        """Return (share of its lines, identifier) of those that have lines of a former note, the greatest share first.

        They may have many more lines: a note that was merged into them is a small part.
        """
        scored = []
        for identifier in self._near(former):
            other = self._sketches[identifier]
            most = other[-1] if len(other) == _SIZE else math.inf  # a full sketch holds no greater hash
            mine = [value for value in self._telling(former) if value <= most]
            scored.append((sum(value in other for value in mine) / len(mine), identifier))
        return sorted(scored, key=lambda pair: (-pair[0], pair[1]))

    def _near(self, mine: Sketch) -> set[str]:
        return {self._by_hash.get(value, "") for value in mine} - {""}

    def _telling(self, hashes: Sketch) -> list[int]:
        return [value for value in hashes if self._by_hash.get(value, value) != ""]


def match_clearly(likes: Mapping[str, Likes]) -> dict[str, str]:
    """Return note -> identifier of those that are each other's counterpart without a rival on either side."""
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for note, found in likes.items():
        for score, identifier in found:
            scores[identifier][note] = score
    clear = {}
    for note, found in likes.items():
        if found and found[0][0] >= LIKE:
            score, identifier = found[0]
            others = [*(s for s, _ in found[1:]), *(s for n, s in scores[identifier].items() if n != note)]
            if max(others, default=0.0) <= CLEAR * score:
                clear[note] = identifier
    return clear
