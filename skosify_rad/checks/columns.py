"""The graph by property and by column, its resources as numbers: what the rules are decided by.

Most rules hold for most of a vocabulary, and to prove that takes whole columns, at the speed of C. Resources are
numbers in the order of the graph: at 250,000 concepts a set of neighbouring numbers is filled ten times as fast as one
of IRIs, whose hashes lie strewn over the memory.
"""

from collections.abc import Mapping
from itertools import chain, compress, repeat
from operator import itemgetter, not_
from typing import Final, NamedTuple, cast

from skosify_rad.statements import Literal, Term

Link = tuple[str, str]
"""Subject and object of a property that leads to a resource."""
Text = tuple[str, Literal]
"""Subject and object of a property that holds a text."""
FIRST: Final = itemgetter(0)
"""Gives the first of a tuple, for `map`."""
SECOND: Final = itemgetter(1)
"""Gives the second."""
THIRD: Final = itemgetter(2)
"""Gives the third."""


class Statements(NamedTuple):
    """The statements of one property by column: those that lead to resources, and those that hold texts."""

    owners: list[int]
    """Numbers of the resources that have it, each once, ascending."""
    linked: list[int]
    """Numbers of the subjects of links, ascending."""
    links: list[str]
    """What each leads to."""
    told: list[int]
    """Numbers of the subjects of texts, ascending."""
    texts: list[Literal]
    """What each holds."""


NOTHING: Final = Statements([], [], [], [], [])
"""The statements of a property that is not used."""


def part(properties: Mapping[str, Mapping[str, tuple[Term, ...]]]) -> dict[str, Statements]:
    """Return the statements of each property, resources numbered in order: the one pass over the graph."""
    found: dict[str, tuple[list[int], list[tuple[Term, ...]]]] = {}
    for number, of_one in enumerate(properties.values()):
        for predicate, terms in of_one.items():
            column = found.get(predicate)
            if column is None:
                column = found[predicate] = ([], [])
            column[0].append(number)
            column[1].append(terms)
    return {predicate: _spread(*column) for predicate, column in found.items()}


def _spread(owners: list[int], groups: list[tuple[Term, ...]]) -> Statements:
    if not all(groups):
        owners, groups = list(compress(owners, groups)), list(filter(None, groups))
    terms = list(chain.from_iterable(groups))
    subjects = owners
    if len(terms) > len(owners):
        subjects = list(chain.from_iterable(map(repeat, owners, map(len, groups))))
    lead = {issubclass(kind, str) for kind in set(map(type, terms))}
    if lead == {True}:
        return Statements(owners, subjects, cast("list[str]", terms), [], [])
    if lead == {False}:
        return Statements(owners, [], [], subjects, cast("list[Literal]", terms))
    leads = [isinstance(term, str) for term in terms]
    holds = list(map(not_, leads))
    links, texts = cast("list[str]", list(compress(terms, leads))), cast("list[Literal]", list(compress(terms, holds)))
    return Statements(owners, list(compress(subjects, leads)), links, list(compress(subjects, holds)), texts)


class Labels(NamedTuple):
    """Labels by column, those of SKOS-XL last."""

    subjects: list[int]
    """Numbers of what is called so."""
    texts: list[Literal]
    """The labels."""
    values: list[str]
    """Their words."""
    languages: list[str]
    """Their language tags."""


def part_labels(subjects: list[int], texts: list[Literal]) -> Labels:
    """Return labels by column."""
    return Labels(subjects, texts, list(map(FIRST, texts)), list(map(SECOND, texts)))
