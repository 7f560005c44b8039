"""Pairs of subject and object in lists: what the rules read, by property and by column."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from skosify_rad.statements import Literal

Link = tuple[str, str]
"""Subject and object of a property that leads to a resource."""
Text = tuple[str, Literal]
"""Subject and object of a property that holds a text."""
FIRST: Final = itemgetter(0)
"""Gives the first of a tuple, for `map`."""
SECOND: Final = itemgetter(1)
"""Gives the second."""

_Pair = TypeVar("_Pair")


class Columns(NamedTuple):
    """Labels as columns, since most rules are decided by one column as a whole."""

    subjects: list[str]
    """What is called so."""
    values: list[str]
    """The words."""
    languages: list[str]
    """The language tags."""


def part_labels(rows: Sequence[Text]) -> Columns:
    """Return labels by column."""
    texts = list(map(SECOND, rows))
    return Columns(list(map(FIRST, rows)), list(map(FIRST, texts)), list(map(SECOND, texts)))


def join_pairs(pairs: Mapping[str, list[_Pair]], predicates: Sequence[str]) -> Sequence[_Pair]:
    """Return the pairs of one property as they are, of several in a row."""
    if len(predicates) == 1:
        return pairs.get(predicates[0], ())
    return [pair for predicate in predicates for pair in pairs.get(predicate, ())]
