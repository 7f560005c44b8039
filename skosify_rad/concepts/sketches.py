"""Sketches of notes: a few hashes by which a note is recognised after it was renamed, moved and edited."""

import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from typing import Final

from skosify_rad.vault.notes import Note

ALIKE: Final = 0.5
"""Share of equal lines from which a new note counts as an old one, renamed and edited."""
_SIZE: Final = 12
_COMMON: Final = 100
"""A line in more notes than this identifies none of them: all may have the same headings."""

Sketch = Sequence[int]
"""The smallest hashes of a note's lines, ascending, as an array of 32-bit integers (Python integers took 50 MB)."""


def sketch(note: Note) -> Sketch:
    """Return the bottom-k sketch of a note's lines (Broder 1997), which estimates the share of equal lines."""
    lines = map(str.strip, note.body.split("\n"))
    telling = "\n".join([line for line in lines if len(line) > 3])  # noqa: PLR2004 - rules
    hashes = set(map(zlib.crc32, telling.encode("utf-8", "replace").split(b"\n"))) if telling else ()
    return array("I", sorted(hashes)[:_SIZE])


def likeness(left: Sketch, right: Sketch) -> float:
    """Return the estimated share of equal lines, 0 to 1."""
    union = sorted({*left, *right})[:_SIZE]
    return sum(h in left and h in right for h in union) / len(union) if union else 0.0


class Sketches:
    """Index of sketches by hash, so that a note is compared only with those that share many hashes."""

    def __init__(self, sketches: Iterable[tuple[str, Sketch]]) -> None:
        """Take (identifier, sketch) pairs; they are read on first use, and most runs need none."""
        self._given = sketches

    @cached_property
    def _sketches(self) -> dict[str, Sketch]:
        return dict(self._given)

    @cached_property
    def _by_hash(self) -> dict[int, list[str]]:
        """Hash -> identifiers."""
        found: dict[int, list[str]] = defaultdict(list)
        for identifier, hashes in self._sketches.items():
            for value in set(hashes):
                found[value].append(identifier)
        return dict(found)

    def find(self, mine: Sketch, taken: Container[str] = ()) -> list[str]:
        """Return the one free identifier whose note has mostly these lines; none if two are equally alike."""
        having = [self._by_hash.get(value, ()) for value in mine]
        telling = [some for some in having if len(some) <= _COMMON]
        shared = Counter(identifier for some in telling for identifier in some)
        enough = len(mine) * ALIKE - (len(mine) - len(telling))  # those that share less cannot be alike
        near = [i for i, count in shared.items() if count >= enough and i not in taken]
        scored = [(likeness(mine, self._sketches[i]), i) for i in near]
        highest = max(scored, default=(0.0, ""))[0]
        best = [i for score, i in scored if score == highest]
        return best if highest >= ALIKE and len(best) == 1 else []
