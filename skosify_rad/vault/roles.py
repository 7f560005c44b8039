"""The role of a note (concept, list, comparison, differential or index), from its title and tags."""

import re
from enum import Enum
from fnmatch import fnmatchcase
from typing import Final

from skosify_rad.language.spelling import singular, small_letters
from skosify_rad.model.config import Extraction
from skosify_rad.model.lazy_pattern import lazy_pattern


class Role(Enum):
    """The role of a note in the scheme."""

    CONCEPT = "concept"
    """The title names one thing."""
    LIST = "list"
    """The title names a list or signpost: a skos:Collection."""
    COMPARISON = "comparison"
    """The title is `X vs Y`: no concept; X and Y are related."""
    DIFFERENTIAL = "differential"
    """The title is `Differential diagnosis of X`: no concept; X is related to the concepts listed."""
    INDEX = "index"
    """A home page: neither concept nor collection."""


VERSUS: Final = lazy_pattern(r"\s+(?:vs?\.?|versus)\s+", re.IGNORECASE)
"""Separates the two sides of a comparison."""

_COMPARED: Final = lazy_pattern(
    r"(?:(?:comparison of|differences? between|differentiating) (?P<a>.+?) (?:and|from) (?P<b>.+)|(?P<c>.+?) and (?P<d>.+?) compared)",
    re.IGNORECASE,
)
_LIST_START: Final = lazy_pattern(
    r"(?:(?:list|lists|overview|summary|table|index|map|moc|signpost|spectrum|patterns?|types?|causes|aetiology|etiology"
    r"|approach|mnemonics?|checklist|gamut)\s+(?:of|to|for)\b|approach to\b|how to\b|d\.?d\.?x?\.?\s+(?:of|for)?\b"
    r"|ddx\b|differential(?:s| diagnos[ie]s)?\s+(?:of|for)\b|moc\b|gamut)",
    re.IGNORECASE,
)
_LIST_END: Final = lazy_pattern(
    r"(?:signpost|overview|list|lists|moc|index|gamut|gamuts|d\.?d\.?x?|differentials?|differential diagnos[ie]s"
    r"|cheat ?sheet|summary|mnemonics?|comparison|approach|glossary|by (?:location|site|region|age|pattern|compartment|zone|organ|system))$",
    re.IGNORECASE,
)
_LIST_ENDINGS: Final = tuple(
    "signpost overview list lists moc index gamut gamuts d x . differential differentials diagnosis diagnoses sheet summary"
    " mnemonic mnemonics comparison approach glossary location site region age pattern compartment zone organ system".split()
)
"""Endings of `_LIST_END`, tested first because few titles have one and the pattern is slow."""
_GENERIC_PLURAL: Final = lazy_pattern(
    r"\b(?:lesions|conditions|causes|mimics|differentials|entities|masses|findings|signs)$"
)
_INDEX_TITLE: Final = lazy_pattern(
    r"(?:\d+\s+)?(?:index|home|home ?page|start(?: here)?|readme|contents|table of contents|dashboard)", re.IGNORECASE
)
_INDEX_TAGS: Final = frozenset({"gardenentry", "gardenEntry"})


_DIFFERENTIAL: Final = lazy_pattern(
    r"(?:d\.?d\.?x?\.?|differentials?(?: diagnos[ie]s)?)\s+(?:of|for)?\s*(?:an? |the )?(?P<of>\S.*)"
    r"|(?P<before>\S.*?)\s+(?:[-–:]\s+)?(?:ddx|d\.?d\.?x\.?|differentials?|differential diagnos[ie]s)",
    re.IGNORECASE,
)


def differential_subject(title: str) -> str:
    """Return the subject of a differential note; empty if the title is not that of one.

    >>> differential_subject("Differential diagnosis of osteopenia"), differential_subject("Haematuria ddx")
    ('Osteopenia', 'Haematuria')
    """
    match = _DIFFERENTIAL.fullmatch(title.strip()) if small_letters(title).find("d") >= 0 else None
    words = (match["of"] or match["before"]) if match else ""
    return words[:1].upper() + words[1:]


def find_role(title: str, tags: tuple[str, ...], extraction: Extraction) -> Role:
    """Return the role of a note with this title and these tags.

    >>> [find_role(t, (), Extraction()).value for t in ("Paget disease", "Ddx of osteopenia", "CT vs MRI")]
    ['concept', 'differential', 'comparison']
    """
    if any(tag in _INDEX_TAGS for tag in tags) or _INDEX_TITLE.fullmatch(title.strip()):
        return Role.INDEX
    if any(fnmatchcase(title.casefold(), pattern.casefold()) for pattern in extraction.list_titles):
        return Role.LIST
    bare = title.split(" (", 1)[0].strip()
    if differential_subject(bare) or len(compared_sides(bare)) > 1:
        return Role.DIFFERENTIAL if differential_subject(bare) else Role.COMPARISON
    lower = small_letters(bare)
    spectrum = bare.casefold().removesuffix(" spectrum")
    several = spectrum != bare.casefold() and any(singular(w) != w for w in re.findall(r"[a-z]+", spectrum))
    if several:
        return Role.LIST  # `Bone tumours: behaviour spectrum`; `Placenta accreta spectrum` is one thing
    ends_list = lower.endswith(_LIST_ENDINGS) and _LIST_END.search(bare)
    if _LIST_START.match(bare) or ends_list or (lower.endswith("s") and _GENERIC_PLURAL.search(bare.casefold())):
        return Role.LIST
    return Role.CONCEPT


def compared_sides(title: str) -> list[str]:
    """Return the two sides of a comparison's title, or the title alone.

    >>> compared_sides("CT vs MRI"), compared_sides("Crohn disease and ulcerative colitis compared")
    (['CT', 'MRI'], ['Crohn disease', 'ulcerative colitis'])
    """
    lower = small_letters(title)
    match = _COMPARED.fullmatch(title.strip()) if " and " in lower or " from " in lower else None
    if match:
        return [side for side in match.groups() if side]
    return VERSUS.split(title) if "v" in lower else [title]
