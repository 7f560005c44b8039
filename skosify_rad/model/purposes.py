"""What a heading, a label or a sentence can announce."""

from enum import Enum
from typing import NamedTuple


class Purpose(Enum):
    """What the content below a heading is for."""

    CLASSIFICATION = "classification"
    """It enumerates kinds."""
    DIFFERENTIAL = "differential"
    """It names what else it could be."""
    COMPARISON = "comparison"
    """It sets two things side by side: `X vs Y`."""
    DEFINITION = "definition"
    """It says what the thing is."""
    SYNONYMS = "synonyms"
    """It gives other names."""
    OVERVIEW = "overview"
    """It introduces; its first sentence may define."""
    PROPERTY = "property"
    """It tells a property: cause, site, imaging, treatment ...; nothing in it is a kind."""
    NONE = "none"
    """Anything else."""


class Announced(NamedTuple):
    """What a heading announces."""

    purpose: Purpose
    """The purpose."""
    of: str = ""
    """Whose: `osteopenia` in `DDx of osteopenia`; empty where it is the note's subject."""
    sides: tuple[str, ...] = ()
    """The two sides of a comparison."""
    scale: str = ""
    """Noun of a scale's steps (`grade`, `stage`, `type`); empty where it is no scale."""
    sure: bool = True
    """False where only structure below can confirm it."""
    strict: bool = False
    """It names a property by which kinds may be divided (`Histology`): only bare names below make it a division."""
    number: int = 0
    """How many it says there are: `Three types`; 0 where it does not say."""


class Subject:
    """What a note is about, as its headings ask for it: what is announced without asking holds for every note."""

    __slots__ = ("_title", "asked")

    def __init__(self, title: str) -> None:
        """Take the note's title."""
        self._title = title
        self.asked = False
        """Whether the title was asked for."""

    @property
    def title(self) -> str:
        """The note's title."""
        self.asked = True
        return self._title
