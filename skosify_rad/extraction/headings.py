"""What a heading, a label or an introducing sentence announces: its purpose, told by its head noun.

`Main histological subtypes (WHO 2021)` and `The disease can be divided into:` announce kinds; `DDx of lytic lesions`
announces differentials of something else; `Types of imaging` announces neither.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from skosify_rad.extraction.differential_headings import (
    NOT_DDX,
    announce_comparison,
    announce_differential,
    same_subject,
)
from skosify_rad.extraction.kind_headings import STEPS, announce_kinds
from skosify_rad.extraction.property_headings import OF, is_property, names_property, without_brackets
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold, small_letters
from skosify_rad.model.config import Extraction
from skosify_rad.model.memo import Remembered
from skosify_rad.model.purposes import Announced, Purpose, Subject
from skosify_rad.vault.markdown.inline import Inline

_NOTHING: Final = Announced(Purpose.NONE)
_NUMBERING: Final = re.compile(r"^\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Za-z])[.)]\s+|\d{1,2}\s+(?=[A-Z]))")
_SIGNS: Final = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3*_=`]|^[^\w(]+|[\s:：.!–—-]+$")
_BARE: Final = re.compile(r"[A-Za-z][A-Za-z0-9 ,()/&'+-]*[A-Za-z0-9)]")
"""A heading like most: there is no sign to take from it."""
_FILLER: Final = re.compile(
    r"[\s:,–—-]+(?:(?:19|20)\d\d|tables?|lists?|chart|scheme|diagram|edition|update[ds]?)$", re.IGNORECASE
)
_BY: Final = re.compile(r"^(?:by|based on|according to|depending on|in terms of)\s+(?P<principle>.+)$", re.IGNORECASE)
_OVERVIEW: Final = re.compile(
    r"^(?:(?:general )?(?:overview|introduction|intro|summary|background|(?:core |key |basic )?(?:concepts?|ideas?)|basics|general$"
    r"|essentials|in brief|in short|at a glance|tl;?dr|key facts?|key points?|the gist|what it is|about|demographics?|core concept)"
    r"(?: (?:and|&) \w+)?)\b",
    re.IGNORECASE,
)
_DEFINITION: Final = re.compile(
    r"^(?:definitions?|what is(?: it| an?| the)?\b.*|meaning|description|terminology)$|^definition\b", re.IGNORECASE
)
_SYNONYMS: Final = re.compile(
    r"^(?:synonyms?|also (?:known as|called|termed)|a\.?k\.?a\.?|other names?|alternative names?|alternate names?|aliases)$",
    re.IGNORECASE,
)
_INTRO: Final = re.compile(
    r"\b(?:(?:can be|is|are|may be|be|was|were|been)\s+(?:\w+ly\s+)?(?:sub)?(?:divided|classified|categori[sz]ed|grouped|separated|split|typed"
    r"|graded|staged)\b(?!\s+(?:using|with|as)\b|\s+by\b(?!.*:$))|\b(?:classified|categori[sz]ed|graded|staged|divided)\s+(?:as|into)\b"
    r"|(?:divides?|classif(?:y|ies)|splits?|falls?|separates?)\s+(?:\w+\s+){0,3}into\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})\s+(?:[\w-]+\s+){0,3}?(?:types?|sub-?types?|forms?|variants?|categories"
    r"|kinds|classes|subgroups|grades|stages|entities)\b"
    r"|(?:types?|sub-?types?|forms|variants|categories|kinds|classes)\s+(?:of\s+[\w\s-]+)?(?:include|are|comprise)\b"
    r"|comes? in\s+(?:\w+\s+){1,3}(?:forms|types|varieties))",
    re.IGNORECASE,
)
_MAY_INTRODUCE: Final = re.compile(
    "divide|classif|categor|group|separate|split|type|grade|stage|fall|form|variant|kind|classes|entities|varieties"
)
"""`_INTRO` matches nothing, in small letters, where this does not: in most sentences."""
_DDX_INTRO: Final = re.compile(
    r"^(?:the\s+|main\s+|key\s+|important\s+|common\s+|top\s+)*(?:differentials?(?: diagnos[ie]s)?(?: considerations?)?|d\.?d\.?x\.?|d[./]d|mimics?|mimickers)\b"
    r"(?:\s+(?:is|are|includes?|comprises?|consists? of|would be|to consider))?|^(?:can|may)\s+(?:mimic|be mistaken for|be confused with)$"
    r"|^(?:also\s+)?consider(?:\s+also)?$",
    re.IGNORECASE,
)


_STEP_END: Final = re.compile(r"\s+[–—-]\s+|:")
_EXAMPLES: Final = re.compile(r"(?:\w+ )?examples?", re.IGNORECASE)
_MOST: Final = 1 << 12
"""So many headings are remembered; a vault of real notes has a few hundred that come twice."""


def announce(heading: Inline, title: str, extraction: Extraction) -> Announced:
    """Return what a heading announces in a note with this title."""
    return _headings_of(extraction).announce(heading.text, title)


def announce_sentence(text: str, title: str) -> Announced:
    """Return what a sentence that introduces a list announces: `can be divided into:`, `DDx:`."""
    return _SENTENCES.announce(text, title)


class _Announcing:
    """What texts announce: found once for all notes, but where a text is read by the title of its note."""

    def __init__(self, find: Callable[[str, Subject], Announced]) -> None:
        self._find = find
        self._remembered = Remembered(self._find_untitled, _MOST)

    def _find_untitled(self, text: str) -> Announced | None:
        about = Subject("")
        found = self._find(text, about)
        return None if about.asked else found

    def announce(self, text: str, title: str) -> Announced:
        return self._remembered[text] or self._find(text, Subject(title))


class _Headings:
    """Reads headings, the configured ones first: those are the author's last word."""

    def __init__(self, extraction: Extraction) -> None:
        self._configured = tuple(
            (fold(phrase), len(phrase) > 3, Announced(purpose))  # noqa: PLR2004 - `MX`
            for phrases, purpose in (
                (extraction.ignore_headings, Purpose.PROPERTY),
                (extraction.classification_headings, Purpose.CLASSIFICATION),
                (extraction.differential_headings, Purpose.DIFFERENTIAL),
                (extraction.definition_headings, Purpose.DEFINITION),
                (extraction.synonym_headings, Purpose.SYNONYMS),
            )
            for phrase in phrases
        )

    def read(self, heading: str, about: Subject) -> Announced:
        """Return what a heading announces in a note about this."""
        text = clean(heading) if _BARE.fullmatch(heading) and not _NUMBERING.match(heading) else _without_signs(heading)
        bare = _FILLER.sub("", without_brackets(text)) or text
        configured = self._configured_as(bare)
        if configured is not None:
            return configured
        if grade_code(_STEP_END.split(bare, maxsplit=1)[0])[1]:
            return _NOTHING  # `Type III - graft` is a step, whatever it is about
        for find in (announce_comparison, announce_differential, _definition, announce_kinds):
            found = find(bare if find is announce_comparison else bare.rstrip(" ?"), about)
            if found is not None:
                return found
        if _EXAMPLES.fullmatch(bare):
            return _NOTHING
        return Announced(Purpose.PROPERTY, sure=False) if is_property(bare) else _NOTHING

    def _configured_as(self, text: str) -> Announced | None:
        if not self._configured:
            return None
        key = fold(text)
        for phrase, anywhere, announced in self._configured:
            if phrase == key or (anywhere and f" {phrase} " in f" {key} "):
                return announced
        return None


def _without_signs(heading: str) -> str:
    return clean(_SIGNS.sub("", _NUMBERING.sub("", clean(_SIGNS.sub(" ", heading)))))


@lru_cache(maxsize=8)
def _headings_of(extraction: Extraction) -> _Announcing:
    return _Announcing(_Headings(extraction).read)


def _read_sentence(text: str, about: Subject) -> Announced:
    bare = without_brackets(text.rstrip(" :"))
    colon = ":" if text.rstrip().endswith(":") else ""
    if _DDX_INTRO.match(bare) and not NOT_DDX.search(bare) and len(bare.split()) <= 8:  # noqa: PLR2004 - a label, not a clause
        of = OF.search(bare)
        return Announced(Purpose.DIFFERENTIAL, "" if of is None or same_subject(of["of"], about.title) else of["of"])
    intro = _INTRO.search(bare + colon) if _MAY_INTRODUCE.search(small_letters(bare)) else None
    if intro and not names_property(_around(bare, intro)) and not names_property(intro[0]):
        step = next((s for w, s in STEPS.items() if re.search(rf"\b{w}s?\b", intro[0].lower())), "")
        return Announced(Purpose.CLASSIFICATION, scale=step)
    return _NOTHING


_SENTENCES: Final = _Announcing(_read_sentence)


def _around(text: str, intro: re.Match[str]) -> str:
    """Return the words that say what is divided: those before `can be divided`, those behind `three types of`."""
    of = OF.match(text[intro.end() :])
    return " ".join([*text[: intro.start()].split()[-4:], *(of["of"].split()[:2] if of else ())])


def _definition(text: str, about: Subject) -> Announced | None:
    del about
    if _SYNONYMS.match(text):
        return Announced(Purpose.SYNONYMS)
    if _DEFINITION.match(text):
        return Announced(Purpose.DEFINITION)
    return Announced(Purpose.OVERVIEW) if _OVERVIEW.match(text) else None


def principle(heading: Inline) -> str:
    """Return the principle of division a heading or label names (`location` in `By location`); empty where none.

    >>> principle(Inline("By location:"))
    'location'
    """
    return _PRINCIPLES[heading.text]


def _find_principle(text: str) -> str:
    if not _MAY_SAY_BY.match(text):
        return ""
    match = _BY.match(clean(_SIGNS.sub("", clean(text))))
    return match["principle"] if match else ""


_MAY_SAY_BY: Final = re.compile(r"[\W_\U0001F000-\U0001FAFF\u2600-\u27BF]*[abdi]", re.IGNORECASE)
"""First letters of `according`, `by`, `depending`, `in`: nearly all texts that are asked about begin otherwise."""
_PRINCIPLES: Final = Remembered(_find_principle, _MOST)
