"""Codes of grades, stages and numbered types."""

import re
from itertools import pairwise
from typing import Final

from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.memo import Remembered

_GRADE: Final = lazy_pattern(
    r"^(?:(?P<noun>type|grade|stage|class|category|group|level|zone|phase|score|subtype|variant|tier|degree)\s*)?"
    r"(?P<code>(?:[IVX]{1,5}|[0-9]{1,2}(?:\.\d)?|[0-9]{1,2}\+)(?:\s*[-/]?\s*[a-hA-HxX])?(?:\d)?[+]?|[A-H](?:[1-9])?|(?<=\s)[A-H]{2}[1-9]?|(?:T|N|M|G|R|F)[0-4][a-d]?|"
    r"[A-Z]{1,3}-?RADS\s*[0-6][A-C]?|[A-Z]{2}-[1-5MNV][A-C]?)$",
)
_LEAST_SERIES: Final = 3
_SERIES: Final = re.compile(r"(?P<letters>[A-Z]{2,5})[- ]?(?P<number>\d)[a-dA-D]?")
_SERIAL: Final = lazy_pattern(r"[A-Z]{1,2}\d{1,2}[a-c]?(?:-\d)?")
_LEADING_CODE: Final = lazy_pattern(
    r"^(?:(?:type|grade|stage|class|category|group|level)\s+)?(?P<code>(?:[IVX]{1,4}|\d{1,2})[a-dA-D]?|[A-H]\d?|T\d[a-d]?|[NM][0-3][a-c]?)(?=[\s:–—=.,;(]|$)(?!\s*(?:%|[-–]\s*\d|\.\d|[a-z]\s|(?:cm|mm|years?|months?|weeks?|days?|hours?|minutes?|times|of|and|or)\b))"
)
GRADE_NOUN: Final = lazy_pattern(
    r"^(?:type|grade|stage|class|category|group|level|zone|phase|score|subtype|tier|degree)\b", re.IGNORECASE
)


def grade_code(name: str) -> tuple[str, str]:
    """Return (noun, code) of a grade, stage or numbered type; two empty strings for other names.

    >>> grade_code("Type IVa"), grade_code("1A"), grade_code("Stage 3"), grade_code("Fracture")
    (('type', 'IVa'), ('', '1A'), ('stage', '3'), ('', ''))
    """
    return _CODES[name]


def _find_code(name: str) -> tuple[str, str]:
    name = name.strip().rstrip(".:")
    last = name[-1:]
    if last not in _CODE_ENDS and not last.isdigit():
        return _NO_CODE
    match = _GRADE.match(name)
    if match is None:
        lowered = _lower_noun(name)
        match = _GRADE.match(lowered) if lowered != name else None
    return (match["noun"] or "", match["code"]) if match else _NO_CODE


_NO_CODE: Final = ("", "")
_CODE_ENDS: Final = frozenset("IVXMNxABCDEFGHabcdefgh+\n")
"""Characters that end a code, besides digits; half of all names end otherwise."""
_CODES: Final = Remembered(_find_code, 1 << 14)


def step_of(name: str) -> tuple[str, str]:
    """Return (prefix, code) of a grade named after its scale; two empty strings for other names.

    >>> step_of("Le Fort II"), step_of("PI-RADS 4"), step_of("Vitamin B12 deficiency")
    (('Le Fort', 'II'), ('PI-RADS', '4'), ('', ''))
    """
    return _STEPS[name]


def _find_step(name: str) -> tuple[str, str]:
    prefix, _, last = name.strip().rpartition(" ")
    noun, code = grade_code(last)
    code = code or (last if _SERIAL.fullmatch(last) else "")
    known = bool(code) and not noun and bool(prefix) and len(prefix.split()) <= 4  # noqa: PLR2004 - a name
    return (prefix, code) if known else _NO_CODE


_STEPS: Final = Remembered(_find_step, 1 << 14)


def is_series(names: list[str]) -> bool:
    """Tell whether names count the steps of one scale by letters and rising numbers.

    >>> is_series(["CE1", "CE2", "CE3"]), is_series(["L4", "L5", "S1"])
    (True, False)
    """
    if len(names) < _LEAST_SERIES or not _SERIES.fullmatch(names[0].strip()):
        return False
    found = [_SERIES.fullmatch(name.strip()) for name in names]
    if not all(found):
        return False
    letters = {match["letters"] for match in found if match}
    numbers = [int(match["number"]) for match in found if match]
    return len(letters) == 1 and numbers[0] <= 1 and all(b in (a, a + 1) for a, b in pairwise(numbers))


def leading_code(text: str) -> tuple[str, str]:
    """Return (code, rest) of a text that starts with a bare code: `IIIa to the diaphragm`.

    >>> leading_code("IIIa to the diaphragm"), leading_code("Almost all")
    (('IIIa', 'to the diaphragm'), ('', ''))
    """
    match = _LEADING_CODE.match(text)
    return (match["code"], text[match.end() :].strip(" :–—-=→.,;")) if match else ("", "")


def _lower_noun(name: str) -> str:
    return GRADE_NOUN.sub(lambda m: m[0].lower(), name)
