"""What stands more than once: looked for in all at once, since mostly nothing does."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

_Row = TypeVar("_Row")


def fold_case(values: Sequence[str]) -> list[str]:
    """Return texts without what case and blanks around them make of them; all at once, at the speed of C.

    >>> fold_case(["Gout ", "GOUT"])
    ['gout', 'gout']
    """
    folded = "\n".join(values).casefold().split("\n")
    return list(map(str.strip, folded if len(folded) == len(values) else map(str.casefold, values)))


def find_repeated(keys: Sequence[Hashable], rows: Sequence[_Row]) -> Iterable[_Row]:
    """Return the rows whose key stands more than once, in order; keys and rows are as many.

    >>> list(find_repeated(["a", "b", "a"], [1, 2, 3]))
    [1, 3]
    """
    last = dict(zip(keys, range(len(keys)), strict=True))  # each key is hashed once; the rest is about numbers
    if len(last) == len(keys):
        return ()
    earlier = set(range(len(keys))).difference(last.values())
    return [rows[index] for index in sorted(earlier.union(last[keys[index]] for index in earlier))]
