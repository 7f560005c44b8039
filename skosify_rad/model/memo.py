"""A cache for functions of short texts: headings and names repeat from note to note."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

Value = TypeVar("Value")

LONGEST: Final = 160
"""Longer texts (in characters) are not cached: they seldom repeat, and notes are untrusted input."""
NAMES: Final = 1 << 13
"""Names cached by each `remembered` function."""


class Remembered(dict[str, Value]):
    """Text -> result of `find`, computed on first use. A hit is a dict look-up, a third of the cost of `lru_cache`.

    The cache is emptied when full, so that it need not track the order of use.

    >>> lengths = Remembered(len, 2)
    >>> [lengths[name] for name in ("cyst", "tumour", "abscess")], list(lengths)
    ([4, 6, 7], ['abscess'])
    """

    __slots__ = ("_find", "_most")

    def __init__(self, find: Callable[[str], Value], most: int) -> None:
        """Take the function and the maximum number of texts."""
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, text: str) -> Value:
        """Compute the result, and cache it if the text is short."""
        found = self._find(text)
        if len(text) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found


def remembered(find: Callable[[str], Value]) -> Callable[[str], Value]:
    """Cache a function of a name; each is called about five times while a note is read."""
    kept = Remembered(find, NAMES)

    @wraps(find)
    def answer(text: str) -> Value:
        return kept[text]

    return answer
