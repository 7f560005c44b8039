"""Headings that say what else it could be: differentials, mimics, `X vs Y`, `not a hernia`, `other renal masses`."""

import re
from typing import Final

from skosify_rad.extraction.property_headings import BRACKET, OF, TAIL, names_property
from skosify_rad.language.english import is_attribute
from skosify_rad.language.spelling import fold, small_letters
from skosify_rad.model.purposes import Announced, Purpose, Subject
from skosify_rad.vault.roles import VERSUS

_DDX: Final = re.compile(
    r"\b(?:d\.?d\.?x\.?s?|d/dx|d[./]?d|differentials?(?: diagnos[ie]s| diagnostics?| considerations?| list)?"
    r"|(?:alternative|other possible|other|possible|competing|rival) diagnos[ie]s|diagnos[ie]s to consider"
    r"|(?:\w+ )?(?:mimics?|mimick(?:ers?|ing)|simulators?|look-?alikes?|imitators?|fakers?|impostors?)|false friends?"
    r"|(?:can |may |often |also )?(?:looks?|looking) (?:just )?(?:like|the same|similar|alike)|resembl(?:es?|ing)|imitat(?:es?|ing)"
    r"|masquerad(?:es?|ing)|simulat(?:es?|ing) (?=\S)|mistaken (?:for|as)|confused? (?:with|for)|mixed up with|what fools"
    r"|similar (?:lesions|conditions|entities|diseases|looking|appearances)|(?:also|always) consider|consider (?:also|instead)"
    r"|think (?:also |again |instead )?(?:of|about|if)\b|think (?:again|instead)|consider instead|what else|(?:everything|anything|something) else"
    r"|what (?:else )?(?:could|can|might|may) (?:it|this) be|(?:diagnostic |main |key |other |important |top )considerations?"
    r"|false positives?|rather than|instead of)\b|^(?:diff|versus|vs|dx\s?\??|consider)\W*$",
    re.IGNORECASE,
)
_MAY_BE_DDX: Final = re.compile(
    r"d(?:iff|iagnos|x|d|[./][dx])|m(?:imic|asquerad|istaken|ixed)|look|simulat|similar|co(?:nsider|nfus)|resembl|imitat"
    r"|f(?:alse|ools|aker)|think|else|what|rather|instead|versus|vs|impostor|not|isn|aren|besides|apart|other|except"
)
"""Nothing else is announced, in small letters, where this does not match; `_DDX` takes ten times as long to find out."""
_NEGATED: Final = re.compile(
    r"(?:^|\b)(?:not|isn.t|is not|aren.t|are not|besides|apart from|other than|except)\b\s*(?:really\s+|an?\s+|the\s+|to be\s+)?(?P<what>.*)$",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"^other\s+(?:[\w/-]+\s+){0,4}(?:lesions?|mass(?:es)?|tumou?rs?|cysts?|nodules?|entit(?:y|ies)|conditions?|possibilit(?:y|ies)"
    r"|opacit(?:y|ies)|diseases?|disorders?)\b",
    re.IGNORECASE,
)
NOT_DDX: Final = re.compile(
    r"\bdifferential (?:features?|points?|enhancement|attenuation|growth|blood|count|white|diagnostic (?:features?|clues?|points?)"
    r"|diagnosis (?:clues?|features?|pearls?))\b|\bhow to\b|\bwhen to\b",
    re.IGNORECASE,
)
_COMPARE: Final = re.compile(
    r"^(?:(?:how to )?(?:differentiat\w+|distinguish\w*|discriminat\w+|separat\w+|comparison|compared|tell\w* apart)"
    r"(?: (?:from|with|to|against|between))?\s*(?P<of>.*)|(?:.*\btell(?:ing)? (?:\w+ ){1,2}apart)|(?P<table>comparison table|comparison|key differences|differentiation))$",
    re.IGNORECASE,
)
_MAY_COMPARE: Final = re.compile(r"v(?:s|\.|\s|ersus)|dif|dis|separat|compar|tell")
"""No two things are set side by side, in small letters, where this does not match, but in a question."""
_EITHER: Final = re.compile(r"(?:is it |an? )?(?P<one>.+?),? or (?:an? )?(?P<other>.+?)")
_BETWEEN: Final = re.compile(r"\s+(?:and|from|with)\s+")
_OPENING_VERSUS: Final = re.compile(r"(?:vs\.?|versus)\s+", re.IGNORECASE)


def announce_differential(text: str, about: Subject) -> Announced | None:
    """Return what a heading announces where it speaks of what else it could be; None where it does not."""
    if not _MAY_BE_DDX.search(small_letters(text)) or NOT_DDX.search(text):
        return None
    if _says_otherwise(text, about):
        return Announced(Purpose.DIFFERENTIAL)
    match = _DDX.search(text)
    if match is None:
        return None
    if match[0].lower() == "dd" and match[0] != "DD" and text.lower() != "dd":
        return None
    of = OF.search(text[match.end() :])
    subject = TAIL.sub("", of["of"]) if of else ""
    return Announced(Purpose.DIFFERENTIAL, "" if not subject or same_subject(subject, about.title) else subject)


def _says_otherwise(text: str, about: Subject) -> bool:
    """Tell whether a heading speaks of what the subject is not: `Not gynaecomastia`, `Other adrenal lesions`."""
    negated = _NEGATED.search(text)
    if negated and not names_property(negated["what"]):
        what = set(fold(negated["what"]).split())
        if not what:
            return len(text.split()) > 2  # noqa: PLR2004 - `Not`
        return not what.isdisjoint(set(fold(about.title).split()) - _EMPTY)
    return _OTHER.match(text) is not None


_EMPTY: Final = frozenset({"of", "the", "in", "and", "with", "or", "a", "disease", "syndrome"})


def same_subject(name: str, title: str) -> bool:
    """Tell whether a name in a heading is the note's own title."""
    return not name or fold(name) == fold(title) or fold(name) == fold(BRACKET.sub("", title))


def announce_comparison(text: str, about: Subject) -> Announced | None:
    """Return what a heading announces where it sets two things side by side; None where it does not."""
    text, heading_asks = text.removesuffix("?"), text.endswith("?")
    if not heading_asks and not _MAY_COMPARE.search(small_letters(text)):
        return None
    opening = _OPENING_VERSUS.match(text)
    versus = f"{about.title} vs {text[opening.end() :]}" if opening else text
    sides = tuple(s.strip(" .:,") for s in VERSUS.split(versus))
    if len(sides) > 1 and all(sides):
        return Announced(Purpose.COMPARISON, sides=sides)
    either = _EITHER.fullmatch(text) if heading_asks else None
    if either:
        return Announced(Purpose.COMPARISON, sides=(either["one"], either["other"]), sure=False)
    match = _COMPARE.match(text)
    if match is None:
        return None
    of = match["of"] or ""
    sides = tuple(s for s in _BETWEEN.split(of) if s) if of and not is_attribute(of) else ()
    return Announced(Purpose.COMPARISON, sides=sides, sure=False)
