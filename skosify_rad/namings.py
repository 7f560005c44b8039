"""Which things the notes name, and where: asked when an edit names one that is known already, or names it no more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from skosify_rad.diagnostics import Place
from skosify_rad.labels import read_title
from skosify_rad.resolve import Named, spell


class Naming(NamedTuple):
    """Words that name a thing, be it one without a note; the links that lead to a note apart."""

    place: Place
    """Where they stand."""
    id: str
    """Identifier of the thing."""
    label: str
    """As what they were read."""
    words: str
    """As written."""
    beside: tuple[str, ...] = ()
    """Other names that stand beside them."""

    @property
    def spelling(self) -> str:
        """How they would have the thing called."""
        return spell(self.label)

    @property
    def others(self) -> tuple[str, ...]:
        """Other names that they give the thing."""
        return (*self.beside, *read_title(self.label).others)


def list_namings(things: Iterable[Named]) -> dict[str, Sequence[Any]]:
    """Return path -> what is named there, as it is kept; asked once all things have their identifiers."""
    found: dict[str, list[Naming]] = defaultdict(list)
    for thing in things:
        for mention, label in thing.mentions:
            naming = Naming(mention.place, thing.id, label, mention.words, mention.other_names)
            found[mention.place.path].append(naming)
    return {path: write_namings(namings) for path, namings in found.items()}


def write_namings(namings: Iterable[Naming]) -> Sequence[Any]:
    """Return what one note names as it is kept: line, column, and the rest of each."""
    return [[*naming.place[1:], *naming[1:-1], *naming.beside] for naming in sorted(namings)]


def read_namings(path: str, kept: Iterable[Any]) -> Iterator[Naming]:
    """Yield what one note names."""
    for line, column, identifier, label, words, *beside in kept:
        yield Naming(Place(path, line, column), identifier, label, words, tuple(beside))
