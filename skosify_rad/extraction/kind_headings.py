"""Headings that announce kinds: told by their head noun, `Main histological subtypes`."""

import re
from typing import Final

from skosify_rad.extraction.property_headings import AND, OF, TAIL, names_property, words_apart
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Announced, Purpose, Subject

_KINDS: Final = frozenset(
    fold(w)
    for w in (
        "classification subclassification variety type subtype sub-type variant subvariant form category subcategory kind class"
        " entity subentity division subdivision phenotype spectrum taxonomy typing subtyping subgroup family member species"
        " stage staging grade grading scale system score scoring"
    ).split()
)
STEPS: Final = {
    "stage": "stage", "staging": "stage", "grade": "grade", "grading": "grade", "score": "score", "scoring": "score",
    "scale": "grade",
}  # fmt: skip
_WEAK_KINDS: Final = frozenset(
    fold(w)
    for w in "pattern group morphology list course spectrum family member system score degeneration flavour".split()
)

_ALL_KINDS: Final = _KINDS | _WEAK_KINDS
_WHICH: Final = re.compile(r"(?:what|which) (?:kinds|types|forms|variants)\b", re.IGNORECASE)
_HOLDS: Final = re.compile(r"(?:includes?|comprises?|consists of|members?|made up of|entities included)", re.IGNORECASE)
_NAMED_SCALE: Final = re.compile(r"\b(?:scoring|grading|staging|classification)\b", re.IGNORECASE)


def announce_kinds(text: str, about: Subject) -> Announced | None:
    """Return what a heading announces where its head noun is one of kinds or steps; None where it is not."""
    if _WHICH.match(text):
        return Announced(Purpose.CLASSIFICATION)
    if _BY.match(text):
        return None  # `By course` is a principle of division: it gathers kinds, and is read as one
    if _DIVIDING.fullmatch(text):
        return Announced(Purpose.CLASSIFICATION, sure=False, strict=True)
    if _RADS.fullmatch(text):
        return Announced(Purpose.CLASSIFICATION, scale="category", sure=False)
    if _HOLDS.fullmatch(text):
        return Announced(Purpose.CLASSIFICATION, sure=False)
    return _announced_by_noun(text, about)


def _announced_by_noun(text: str, about: Subject) -> Announced | None:
    if _ALL_KINDS.isdisjoint(words_apart(text, " + ")):
        return None  # `+` keeps a prefix from the word of the next part, as parting does
    by = TAIL.search(text)
    core = text[: by.start()] if by else text
    of = OF.search(core)
    subject = of["of"] if of else ""
    if of:
        core = core[: of.start()]
    parts = [p for p in AND.split(core) if p]
    heads = [fold(p).split()[-1] for p in parts if fold(p)]
    kinds = [h for h in heads if h in _ALL_KINDS]
    either = "/" in core and bool(kinds)  # `Sites/types`: the author names the list twice
    if either:
        parts = [p for p, h in zip(parts, heads, strict=False) if h in kinds]
    second = not either and len(parts) > 1 and heads[0] not in _ALL_KINDS  # `Imaging and types`
    if (
        not kinds
        or second
        or names_property(" ".join(parts))
        or (subject and names_property(subject) and not _shares(subject, about.title))
    ):
        return None
    number = _number(core)
    sure = kinds[0] not in _WEAK_KINDS or _NAMED_SCALE.search(core) is not None
    step = next((STEPS[h] for h in fold(core).split() if h in STEPS), "")
    unrelated = bool(subject) and not _shares(subject, about.title)
    return Announced(Purpose.CLASSIFICATION, subject if unrelated else "", scale=step, sure=sure, number=number)


def _number(text: str) -> int:
    """Return the number a heading counts its kinds with."""
    match = _COUNT.search(text)
    if match is None:
        return 0
    return int(match[1]) if match[1].isdigit() else _NUMBERS.index(match[1].lower()) + 2


_BY: Final = re.compile(r"(?:by|based on|according to|depending on|in terms of)\s", re.IGNORECASE)
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT: Final = re.compile(rf"\b([2-9]|1\d|{'|'.join(_NUMBERS)})\b", re.IGNORECASE)


def _shares(name: str, title: str) -> bool:
    """Tell whether a complement speaks of the note's subject: it shares a word with the title or its initials."""
    mine = set(fold(title).split())
    words = fold(name).split()
    capitals = "".join(w[0] for w in fold(title).split())
    return (
        bool(mine & set(words))
        or any(w == capitals for w in words)
        or words in (["disease"], ["lesion"], ["condition"], ["tumor"])
    )


_RADS: Final = re.compile(r"(?:[A-Z]{2,5}\s+)?[A-Z]{1,3}-?RADS(?:\s+(?:v\.?\s*)?[\d.]+)?")
"""A reporting and data system by its name alone: `ACR TI-RADS`, `PI-RADS v2.1`."""
_DIVIDING: Final = re.compile(r"(?:histo\w*|morpholog\w+|severity|(?:clinical )?courses?|phases?)", re.IGNORECASE)
