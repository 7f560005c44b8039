"""Make identifiers that nothing has yet: slugs of names, or numbers.

A number follows from a hash of the name, not from a counter: two branches that add different notes do not give the same
number to two things (docs/decisions/0048-numbers-from-names.md).
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from skosify_rad.concepts.register_file import ASSIGNED
from skosify_rad.language.spelling import digest, fold, slug

NUMBER: Final = "number"
"""Value of `[scheme] identifiers` for numbers."""
_LEAST: Final = 100_000_000
_MOST: Final = 999_999_999


class Issuer:
    """Makes identifiers of one kind."""

    def __init__(self, kind: str, is_taken: Callable[[str], bool]) -> None:
        """Take the kind, `slug` or `number`, and what tells whether an identifier was ever given out."""
        self._candidates = _number if kind == NUMBER else _spell
        self._is_taken = is_taken
        self._tried: dict[str, Iterator[str]] = {}
        """Name with its prefix -> the identifiers not yet tried."""

    def issue(self, name: str, prefix: str) -> str:
        """Return a new identifier for a name; `prefix` is `collection/` or empty."""
        stem, candidates = self._candidates(name, prefix)
        tried = self._tried.setdefault(stem, candidates)
        return next(i for i in tried if not self._is_taken(i) and ASSIGNED.fullmatch(i))


def _spell(name: str, prefix: str) -> tuple[str, Iterator[str]]:
    """Return `cyst`, `cyst-2`, `cyst-3` ..."""
    stem = prefix + (slug(name) or "x" + digest(name)[:10])
    return stem, (f"{stem}-{number}" if number > 1 else stem for number in count(1))


def _number(name: str, prefix: str) -> tuple[str, Iterator[str]]:
    """Return numbers of nine digits, the same for all spellings of a name."""
    stem = prefix + fold(name)
    hashes = (int(digest(f"{stem}\t{attempt}"), 16) for attempt in count(1))
    return stem, (f"{prefix}{_LEAST + value % (_MOST - _LEAST + 1)}" for value in hashes)
