"""The graph by property and by column, its resources as numbers: what the rules are decided by.

Most rules hold for most of a vocabulary, and to prove that takes whole columns, at the speed of C. Resources are
numbers in the order of the graph: at 250,000 concepts a set of neighbouring numbers is filled ten times as fast as one
of IRIs, whose hashes lie strewn over the memory.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter, le
from typing import Any, Final, NamedTuple

from skosify_rad.graph.graph import Graph
from skosify_rad.model.statements import Literal

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

    linked: list[int]
    """Numbers of the subjects of links, ascending."""
    links: list[str]
    """What each leads to."""
    told: list[int]
    """Numbers of the subjects of texts, ascending."""
    texts: list[Literal]
    """What each holds."""

    @property
    def owners(self) -> list[int]:
        """Numbers of the resources that have the property; some of them more than once."""
        return [*self.linked, *self.told] if self.linked and self.told else self.linked or self.told


Rows = tuple[list[int], list[Any]]
"""Subjects, as numbers, and objects."""


class Columns(NamedTuple):
    """What a reader fills: the rows of each property."""

    numbers: dict[str, int]
    """The number of each subject, in the order of the graph."""
    linked: defaultdict[str, Rows]
    """Property -> its statements that lead to resources."""
    told: defaultdict[str, Rows]
    """Property -> its statements that hold texts."""


def make_columns() -> Columns:
    """Return columns to be filled."""
    return Columns({}, defaultdict(_make_rows), defaultdict(_make_rows))


def _make_rows() -> Rows:
    return [], []


@dataclass(frozen=True, slots=True)
class ReadGraph(Graph):
    """A graph with its columns: they cost a tenth of a second while it is read, and one and a half when it is there."""

    columns: Columns = field(default_factory=make_columns)
    """In the order of the file."""

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(subjects) for rows in self.columns[1:] for subjects, _ in rows.values())


def find_columns(graph: Graph) -> tuple[Mapping[str, int], Mapping[str, Statements]]:
    """Return the number of each subject, in order, and the statements of each property."""
    numbers, linked, told = graph.columns if isinstance(graph, ReadGraph) else _part(graph)
    for subjects, objects in (*linked.values(), *told.values()):
        if not all(map(le, subjects, islice(subjects, 1, None))):  # a file may speak of a subject in several places
            order = sorted(range(len(subjects)), key=subjects.__getitem__)
            objects[:] = [objects[row] for row in order]
            subjects.sort()
    return numbers, {name: Statements(*linked[name], *told[name]) for name in {**linked, **told}}


def _part(graph: Graph) -> Columns:
    columns = make_columns()
    numbers, linked, told = columns
    for number, (subject, properties) in enumerate(graph.subjects.items()):
        numbers[subject] = number
        for predicate, terms in properties.items():
            for term in terms:
                subjects, objects = (linked if isinstance(term, str) else told)[predicate]
                subjects.append(number)
                objects.append(term)
    return columns


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
