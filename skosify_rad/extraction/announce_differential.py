"""What a heading or a label announces of differentials: `DDx`, `Mimics`, `Gout vs pseudogout`, `Not a node`."""

import re
from typing import Final

from skosify_rad.extraction.same_topic import is_same
from skosify_rad.extraction.words import EMPTY
from skosify_rad.language.english import is_attribute, is_qualifier, names_a_thing
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.roles import VERSUS

DDX: Final = re.compile(
    r"\b(?:d\.?d\.?x\.?s?|d/dx?|d\.d|differentials?(?: diagnos[ie]s| diagnostics?| considerations?| list)?"
    r"|(?:alternative|other possible|other|possible|competing|rival) diagnos[ie]s|diagnos[ie]s to consider"
    r"|mimics?|mimick(?:ers?|ing)|simulators?|look-?alikes?|imitators?|masquerad(?:es?|ing|ers?)|can look like"
    r"|mistaken (?:for|as)|confused? (?:with|for)|similar (?:lesions|conditions|entities|diseases|appearances)"
    r"|also consider|consider also|think (?:also )?of|what else(?: .*)?|do not confuse(?: with)?"
    r"|what (?:else )?(?:could|can|might|may) (?:it|this) be)\b|^(?:versus|vs|diff|DD)$",
    re.IGNORECASE,
)
_WEAK_DDX: Final = re.compile(
    r".*\b(?:resembl(?:es?|ing)|simulat(?:es?|ing)|imitat(?:es?|ing)|(?:mixed|muddled) (?:up )?with|taken for|besides (?:an? )?\S+$)"
    r"|(?:can |may )?(?:also )?looks? the same\b|(?:everything|anything) else\b|false positives?$|(?:when )?(?:it is|it['’]?s) not\b|it isn['’]?t\b|(?:also )?looks? (?:similar|alike|like)\b|(?:think |consider )?instead$|not (?:this|these|an? )|(?:things )?not to (?:miss|confuse)|do(?:n'?t|nt| not) be fooled\b"
    r"|(?:tell|telling|set|setting|separate|separating) (?:\w+ )?apart\b|(?:then |it |this )*(?:could|can|might|may) (?:also |it )*be$"
    r"|(?:also )?(?:think|consider) (?:of|about)\b|alternatives?$|other possibilities|false friends|pretenders",
    re.IGNORECASE,
)
"""Phrases that announce differentials if names of things follow; else features or advice."""
_ELSE: Final = re.compile(r"\s(?:what else|(?:that|which) (?:is|are)n[’']?t \w+)$", re.IGNORECASE)
"""How a phrase ends that sets other things apart: `Low tonsils – what else`."""
_DENIAL: Final = re.compile(r"(?:^|[\s,])(?:not|isn[’']?t|aren[’']?t) (?:an? |the )?(?P<topic>\w.*)$", re.IGNORECASE)
_NOT_DDX: Final = re.compile(
    r"\bdifferential (?:tips?|pearls?|features?|points?|enhancement|attenuation|growth|blood|count|white|diagnos(?:is|tic) (?:features?|clues?"
    r"|points?|pearls?))\b|\bhow to\b|\bwhen to\b",
    re.IGNORECASE,
)
_COMPARE: Final = re.compile(
    r"(?:(?:how to )?(?:differentiat\w+|distinguish\w*|discriminat\w+|comparison|compar\w+)(?: (?:from|with|to|against|between|of))?\s*"
    r"(?P<of>.*)|comparison table|key differences)",
    re.IGNORECASE,
)
_COMPARING: Final = re.compile(r"^(?:differentiat\w+|distinguish\w+|comparison of|comparing)\s+", re.IGNORECASE)
_OF: Final = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?(?P<of>.+)$", re.IGNORECASE)
_SIDE_WORDS: Final = 6


def find_comparison(text: str, topic: str) -> Announced | None:
    """Return what a phrase compares; None if it does not compare."""
    opening = re.match(r"(?:vs\.?|versus)\s+", text, re.IGNORECASE)
    text = f"{topic} vs {text[opening.end() :]}" if opening else text
    sides = tuple(side.strip(" .:,") for side in VERSUS.split(text))
    if any(len(side.split()) > _SIDE_WORDS for side in sides):
        return None
    if len(sides) > 1:
        if all(is_qualifier(side) for side in sides):
            return Announced(Purpose.KINDS, sure=False)  # `Primary vs secondary`
        sides = tuple(side or topic for side in sides)
        return Announced(Purpose.COMPARISON, sides=(_COMPARING.sub("", sides[0]), *sides[1:]))
    match = _COMPARE.fullmatch(text)
    if match is None:
        return None
    of = match["of"] or ""
    sides = tuple(s for s in re.split(r"\s+(?:and|from|with)\s+", of) if s) if of and not is_attribute(of) else ()
    return Announced(Purpose.COMPARISON, sides=sides if len(sides) > 1 else (), sure=False)


def find_differential(text: str, topic: str) -> Announced | None:
    """Return whose differentials a phrase announces; None if it announces none."""
    whole, parts = text, re.split(r"\s+[–—-]\s+", text)
    text = next((part for part in parts[1:] if DDX.fullmatch(part)), parts[0])  # `Intratesticular mass – DDx`
    if _NOT_DDX.search(text):
        return None
    match = DDX.search(text)
    if match is None:
        if _denies(whole, topic):
            return Announced(Purpose.DIFFERENTIAL)
        weak = _WEAK_DDX.match(text) or _ELSE.search(whole)
        return Announced(Purpose.DIFFERENTIAL, sure=False) if weak else None
    of = _OF.search(text[match.end() :])
    before = clean(text[: match.start()]).strip(" :-")
    subject = of["of"] if of else ""
    if not subject and before and names_a_thing(before):
        subject = before  # `Cardiomegaly differential diagnosis`
    return Announced(Purpose.DIFFERENTIAL, "" if is_same(subject, topic) else subject)


def _denies(text: str, topic: str) -> bool:
    """Return whether a phrase ends by saying that something is not the topic: `Groin lump, not a hernia`."""
    denial = _DENIAL.search(text)
    if denial is None or fold(denial["topic"]) in ("", *EMPTY):
        return False
    said = denial["topic"]
    names = (topic, re.split(r"\s[–—-]\s", topic, maxsplit=1)[0])
    return any(is_same(said, name) for name in names) or fold(topic).split()[-1:] == [fold(said)]
