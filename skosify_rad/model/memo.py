"""What was worked out of a short text, kept while there is room: headings and names repeat from note to note."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

Value = TypeVar("Value")

LONGEST: Final = 160
"""Longer texts (in characters) are worked out anew: they seldom repeat, and notes are input from strangers."""
NAMES: Final = 1 << 13
"""So many names are kept by each function that is `remembered`."""


class Remembered(dict[str, Value]):
    """Text -> what `find` makes of it. A hit costs a look into a dict, a third of a call through `lru_cache`.

    Emptied when it is full: then what is still asked for is soon there again, and nothing has to keep the order of use.

    >>> lengths = Remembered(len, 2)
    >>> [lengths[name] for name in ("cyst", "tumour", "abscess")], list(lengths)
    ([4, 6, 7], ['abscess'])
    """

    __slots__ = ("_find", "_most")

    def __init__(self, find: Callable[[str], Value], most: int) -> None:
        """Take the function and how many texts are kept."""
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, text: str) -> Value:
        """Work it out, and keep it where the text is short."""
        found = self._find(text)
        if len(text) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found


def remembered(find: Callable[[str], Value]) -> Callable[[str], Value]:
    """Have what a function makes of a name remembered: it is asked some five times while the name's note is read."""
    kept = Remembered(find, NAMES)

    @wraps(find)
    def answer(text: str) -> Value:
        return kept[text]

    return answer
