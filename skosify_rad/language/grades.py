"""Codes of grades, stages and numbered types."""

import re
from itertools import pairwise
from typing import Final

from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.memo import Remembered

_GRADE: Final = lazy_pattern(
    r"^(?:(?P<noun>type|grade|gr\.?|stage|class|category|group|level|zone|phase|score|subtype|variant|tier|degree)\s*)?"
    r"(?P<code>(?:[IVX]{1,5}|[0-9]{1,2}(?:\.\d)?|[0-9]{1,2}\+)(?:\s*[-/]?\s*[a-hA-HxX])?(?:\d)?[+]?|[A-H](?:[1-9])?|(?<=\s)[A-Z]{1,2}[1-9]?|(?:T|N|M|G|R|F)[0-4][a-d]?|"
    r"[A-Z]{1,3}-?RADS\s*[0-6][A-C]?|[A-Z]{2}-[1-5MNV][A-C]?)$",
)
_LEAST_SERIES: Final = 3
_SERIES: Final = re.compile(r"(?P<letters>[A-Z]{1,5})(?:[- ]?(?P<number>\d)[a-dA-D]?)?")
_SERIAL: Final = lazy_pattern(r"[A-Z]{1,2}\d{1,2}[a-c]?(?:-\d)?")
_LEADING_CODE: Final = lazy_pattern(
    r"^(?:(?:type|grade|stage|class|category|group|level)\s+)?(?P<code>(?:[IVX]{1,4}|\d{1,2})[a-dA-D]?|[A-H]\d?|T\d[a-d]?|[NM][0-3][a-c]?)(?=[\s:–—=.,;(]|$)(?!\s*(?:%|[-–]\s*\d|\.\d|[a-z]\s|(?:cm|mm|years?|months?|weeks?|days?|hours?|minutes?|times|of|and|or)\b))"
)
GRADE_NOUN: Final = lazy_pattern(
    r"^(?:type|grade|gr|stage|class|category|group|level|zone|phase|score|subtype|tier|degree)\b", re.IGNORECASE
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
_CODE_ENDS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghx+\n")
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


def is_series(names: list[str], *, announced: bool = False) -> bool:
    """Return whether names count the steps of one scale by letters and rising numbers.

    One letter and a number may be a vertebra or a segment of an artery: it counts only where kinds are announced.

    >>> is_series(["CL", "CE1", "CE2", "CE3"]), is_series(["A1", "A2", "A3"]), is_series(["L4", "L5", "S1"])
    (True, False, False)
    """
    found = [_SERIES.fullmatch(name.strip()) for name in names] if len(names) >= _LEAST_SERIES else []
    counted = [(match["letters"], int(match["number"])) for match in found if match and match["number"]]
    if not all(found) or len(counted) < _LEAST_SERIES or len({letters for letters, _ in counted}) > 1:
        return False
    rising = counted[0][1] <= 1 and all(b - a in (0, 1) for (_, a), (_, b) in pairwise(counted))
    return rising and (announced or len(counted[0][0]) > 1)


def is_letter_code(name: str) -> bool:
    """Return whether a name may be the code of a step where a scale is announced: `MS`, `L1`."""
    return _LETTER_CODE.fullmatch(name) is not None


_LETTER_CODE: Final = re.compile(r"[A-Z]{1,2}\d?[a-d]?")
_STEP: Final = re.compile(
    r"(?:(?P<roman>[IVX]{1,4})|(?P<letter>[A-H])|T?(?P<digit>\d{1,2}))(?P<part>[a-dA-DF]?|[- ]?[a-d])$"
)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_LEAST_LADDER: Final = 3


def ladder_kind(codes: list[str]) -> str:
    """Return by what codes climb a scale from its first step: `roman`, `letter` or `digit`; empty if they do not.

    >>> ladder_kind(["I", "IIa", "IIb", "III"]), ladder_kind(["0", "1", "2"]), ladder_kind(["C", "E", "D"])
    ('roman', 'digit', '')
    """
    found = [_STEP.match(code) for code in codes]
    ranks = [_rank(match) for match in found if match]
    kind = next((name for name in ("roman", "letter", "digit") if ranks and ranks[-1][0] == name), "")
    climb = [rank for name, rank in ranks if name == kind or rank == 0]
    if len(climb) < _LEAST_LADDER or len(climb) * 5 < len(codes) * 4 or climb[0] > 1:
        return ""
    return kind if all(b - a in (0, 1) for a, b in pairwise(climb)) and climb[-1] > 1 else ""


def _rank(step: re.Match[str]) -> tuple[str, int]:
    """Return the kind and the rank of a step, from 1."""
    if step["roman"]:
        return "roman", _ROMAN.get(step["roman"], 99)
    if step["letter"]:
        return "letter", ord(step["letter"]) - ord("A") + 1
    return "digit", int(step["digit"])


def leading_code(text: str) -> tuple[str, str]:
    """Return (code, rest) of a text that starts with a bare code: `IIIa to the diaphragm`.

    >>> leading_code("IIIa to the diaphragm"), leading_code("Almost all")
    (('IIIa', 'to the diaphragm'), ('', ''))
    """
    match = _LEADING_CODE.match(text)
    return (match["code"], text[match.end() :].strip(" :–—-=→.,;")) if match else ("", "")


def _lower_noun(name: str) -> str:
    return GRADE_NOUN.sub(lambda m: m[0].lower(), name)
