"""What a sentence announces of what follows it, or enumerates itself: `can be divided into`, `the differentials are`."""

import re
from typing import Final

from skosify_rad.extraction.words import FIELDS
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import NOTHING, Announced, Purpose

_COUNT: Final = re.compile(r"\b([2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_INTRO: Final = re.compile(
    r"\b(?:(?:can be|is|are|may be|be|was|were)\s+(?:\w+ly\s+)?(?:sub)?(?:divided|classified|categori[sz]ed|grouped|separated|split"
    r"|graded|staged)\b(?!\s+(?:using|with)\b|(?<!be classified)\s+as\b|\s+by\b(?!.*(?::$|\binto\b)))|^(?:sub)?(?:classified|categori[sz]ed|graded|staged|divided)\s+(?:as|into|by)\b"
    r"|(?:divides?|classif(?:y|ies)|splits?|falls?|separates?)\s+(?:\w+\s+){0,3}into\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})\s+(?:[\w-]+\s+){0,3}?(?:types?|sub-?types?|forms?|variants?|categories"
    r"|kinds|classes|subgroups|grades|stages|entities)\b"
    r"|(?:types?|sub-?types?|forms|variants|categories|kinds|classes)\s+(?:of\s+[\w\s-]+)?(?:include|are|comprise)\b"
    r"|\b(?:types?|sub-?types?|forms|varieties|variants|kinds|stages|grades)\s+(?:\w+\s+)?(?:are|is)\s+(?:\w+ly\s+)?(?:described|distinguished|recogni[sz]ed|known)\b"
    r"|comes? in\s+(?:\w+\s+){1,3}(?:forms|types|varieties))",
    re.IGNORECASE,
)
_MAY_INTRODUCE: Final = ("divide", "classif", "categor", "group", "separate", "split", "type", "grade", "stage", "fall", "form", "variant", "kind", "class", "entit", "variet")  # fmt: skip
_DDX_INTRO: Final = re.compile(
    r"(?:the\s+|main\s+|key\s+|important\s+|common\s+|top\s+)*(?:differentials?(?: diagnos[ie]s)?(?: considerations?)?|d\.?d\.?x\.?|d[./]d|mimics?|mimickers)\b",
    re.IGNORECASE,
)


def find_count(text: str) -> int:
    """Return how many kinds a text says there are; 0 where it does not say.

    >>> find_count("Three main types"), find_count("Main types")
    (3, 0)
    """
    count = _COUNT.search(text)
    return (int(count[1]) if count[1].isdigit() else _NUMBERS.index(count[1].lower()) + 2) if count else 0


def starts_differential(words: str) -> bool:
    """Return whether a label starts with a word for differentials: `Key differentials for a cyst`."""
    return _DDX_INTRO.match(words) is not None


def announce_sentence(text: str) -> Announced:
    """Return what a sentence announces of what follows it: `can be divided into:`, `DDx:`."""
    small = text.lower()
    if any(part in small for part in _MAY_INTRODUCE) and (match := _INTRO.search(text)):
        of = re.match(r"\s*(?:of|for)\s+(?:the\s+)?(?P<of>[\w-]+)", text[match.end() :])
        if of and fold(of["of"]) in FIELDS:
            return NOTHING
        return Announced(Purpose.KINDS, number=find_count(text))
    if _DDX_INTRO.match(text):
        return Announced(Purpose.DIFFERENTIAL)
    return NOTHING
