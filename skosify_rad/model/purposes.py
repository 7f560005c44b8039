"""What a heading, a label or a sentence can announce."""

from enum import Enum
from typing import Final, NamedTuple


class Purpose(Enum):
    """What the content below a heading is for."""

    KINDS = "kinds"
    """It enumerates kinds, grades or stages."""
    DIVISION = "division"
    """It names a principle by which kinds are divided: `By location`."""
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
    CAUSES = "causes"
    """It lists causes, risks, complications or associations: things, but no kinds."""
    FIELD = "field"
    """It tells a property: site, imaging, treatment ...; nothing in it is a kind."""
    NONE = "none"
    """Anything else."""


class Announced(NamedTuple):
    """What a heading announces."""

    purpose: Purpose = Purpose.NONE
    """The purpose."""
    of: str = ""
    """Whose: `osteopenia` in `DDx of osteopenia`; empty where it is the topic's."""
    sides: tuple[str, ...] = ()
    """The two sides of a comparison."""
    scale: str = ""
    """The name of a scale of its own: `ASIA Impairment Scale`."""
    step: str = ""
    """What a scale's steps are called: `grade`, `stage`; empty where it is none."""
    sure: bool = True
    """False where only what stands below can confirm it."""
    number: int = 0
    """How many kinds it says there are: `Three types`; 0 where it does not say."""
    ignored: bool = False
    """True where the author says that nothing below it is to be read."""


NOTHING: Final = Announced()
"""Announces nothing."""
