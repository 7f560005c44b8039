"""What stands more than once: looked for in all at once, since mostly nothing does."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

_Row = TypeVar("_Row")


def find_repeated(keys: Sequence[Hashable], rows: Sequence[_Row]) -> Iterable[_Row]:
    """Return the rows whose key stands more than once, in order; keys and rows are as many.

    >>> list(find_repeated(["a", "b", "a"], [1, 2, 3]))
    [1, 3]
    """
    if len(set(keys)) == len(keys):
        return ()
    counts = Counter(keys)
    return [row for key, row in zip(keys, rows, strict=True) if counts[key] > 1]
