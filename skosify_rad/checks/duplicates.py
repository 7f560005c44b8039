"""Find duplicates in whole columns at once: most columns have none."""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

_Row = TypeVar("_Row")


def fold_case(values: Sequence[str]) -> list[str]:
    """Return texts case-folded and stripped; one call folds all of them.

    >>> fold_case(["Gout ", "GOUT"])
    ['gout', 'gout']
    """
    folded = "\n".join(values).casefold().split("\n")
    return list(map(str.strip, folded if len(folded) == len(values) else map(str.casefold, values)))


def find_duplicates(keys: Sequence[Hashable], rows: Sequence[_Row]) -> Iterable[_Row]:
    """Return, in order, the rows whose key occurs more than once; `keys` and `rows` have the same length.

    >>> list(find_duplicates(["a", "b", "a"], [1, 2, 3]))
    [1, 3]
    """
    last = dict(zip(keys, range(len(keys)), strict=True))  # hashes each key once; the rest works on numbers
    if len(last) == len(keys):
        return ()
    earlier = set(range(len(keys))).difference(last.values())
    return [rows[index] for index in sorted(earlier.union(last[keys[index]] for index in earlier))]
