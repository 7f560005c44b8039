"""What a heading, a label or an introducing sentence announces: its purpose, told by its head noun.

`Main histological subtypes (WHO 2021)` and `The disease can be divided into:` announce kinds; `DDx of lytic lesions`
announces differentials of something else; `Types of imaging` announces neither.
"""

import re
from enum import Enum
from typing import Final, NamedTuple

from skosify_rad.config import Extraction
from skosify_rad.english import grade_code, is_attribute
from skosify_rad.inline import Inline
from skosify_rad.names import clean, fold
from skosify_rad.roles import VERSUS


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


_NOTHING: Final = Announced(Purpose.NONE)
_NUMBERING: Final = re.compile(r"^\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Za-z])[.)]\s+|\d{1,2}\s+(?=[A-Z]))")
_SIGNS: Final = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3*_=`]|^[^\w(]+|[\s:：.!–—-]+$")
_FILLER: Final = re.compile(
    r"[\s:,–—-]+(?:(?:19|20)\d\d|tables?|lists?|chart|scheme|diagram|edition|update[ds]?)$", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_DDX: Final = re.compile(
    r"\b(?:d\.?d\.?x\.?s?|d/dx|dd|differentials?(?: diagnos[ie]s| diagnostics?| considerations?| list)?"
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
_NEGATED: Final = re.compile(
    r"(?:^|\b)(?:not|isn.t|is not|aren.t|are not|besides|apart from|other than|except)\b\s*(?:really\s+|an?\s+|the\s+|to be\s+)?(?P<what>.*)$",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"^other\s+(?:[\w/-]+\s+){0,4}(?:lesions?|mass(?:es)?|tumou?rs?|cysts?|nodules?|entit(?:y|ies)|conditions?|possibilit(?:y|ies)"
    r"|opacit(?:y|ies)|diseases?|disorders?)\b",
    re.IGNORECASE,
)
_NOT_DDX: Final = re.compile(
    r"\bdifferential (?:features?|points?|enhancement|attenuation|growth|blood|count|white|diagnostic (?:features?|clues?|points?)"
    r"|diagnosis (?:clues?|features?|pearls?))\b|\bhow to\b|\bwhen to\b",
    re.IGNORECASE,
)
_COMPARE: Final = re.compile(
    r"^(?:(?:how to )?(?:differentiat\w+|distinguish\w*|discriminat\w+|separat\w+|comparison|compared|tell\w* apart)"
    r"(?: (?:from|with|to|against|between))?\s*(?P<of>.*)|(?:.*\btell(?:ing)? (?:\w+ ){1,2}apart)|(?P<table>comparison table|comparison|key differences|differentiation))$",
    re.IGNORECASE,
)
_KINDS: Final = frozenset(
    fold(w)
    for w in (
        "classification subclassification type subtype sub-type variant subvariant form category subcategory kind class"
        " entity subentity division subdivision phenotype spectrum taxonomy typing subtyping subgroup family member species"
        " stage staging grade grading scale system score scoring"
    ).split()
)
_STEPS: Final = {
    "stage": "stage", "staging": "stage", "grade": "grade", "grading": "grade", "score": "score", "scoring": "score",
    "scale": "grade",
}  # fmt: skip
_WEAK_KINDS: Final = frozenset(
    fold(w)
    for w in "pattern group morphology list course spectrum family member system score degeneration flavour".split()
)
_PROPERTY_NOUNS: Final = frozenset(
    fold(w)
    for w in (
        "imaging image treatment therapy surgery operation procedure management modality technique sequence study test"
        " investigation injury? drug medication contrast agent enhancement graft implant device stent catheter repair"
        " resection biopsy pain symptom sign finding feature cause risk factor complication association location site"
        " distribution age patient population severity response protocol view projection artefact? data evidence error"
        " calcification margin border matrix reaction signal report research".replace("injury? ", "").replace(
            "artefact? ", ""
        )
    ).split()
)
_BY: Final = re.compile(r"^(?:by|based on|according to|depending on|in terms of)\s+(?P<principle>.+)$", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"\s+(?:by|based on|according to|depending on|per|on|in|with|used|at|from|to)\s+(?P<rest>.+)$", re.IGNORECASE
)
_OF: Final = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?P<of>.+)$", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:&|/|,|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_OVERVIEW: Final = re.compile(
    r"^(?:(?:general )?(?:overview|introduction|intro|summary|background|(?:core |key |basic )?(?:concepts?|ideas?)|basics|general"
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
_DDX_INTRO: Final = re.compile(
    r"^(?:the\s+|main\s+|key\s+|important\s+|common\s+|top\s+)*(?:differentials?(?: diagnos[ie]s)?(?: considerations?)?|d\.?d\.?x\.?|mimics?|mimickers)\b"
    r"(?:\s+(?:is|are|includes?|comprises?|consists? of|would be|to consider))?|^(?:can|may)\s+(?:mimic|be mistaken for|be confused with)$"
    r"|^(?:also\s+)?consider(?:\s+also)?$",
    re.IGNORECASE,
)


def announce(heading: Inline, title: str, extraction: Extraction) -> Announced:
    """Return what a heading announces in a note with this title."""
    text = clean(_SIGNS.sub("", _NUMBERING.sub("", clean(_SIGNS.sub(" ", heading.text)))))
    bare = _FILLER.sub("", clean(_BRACKET.sub(" ", text))) or text
    configured = _configured(bare, extraction)
    if configured is not None:
        return configured
    if grade_code(re.split(r"\s+[–—-]\s+|:", bare, maxsplit=1)[0])[1]:
        return _NOTHING  # `Type III - graft` is a step, whatever it is about
    for find in (_comparison, _differential, _definition, _classification):
        found = find(bare if find is _comparison else bare.rstrip(" ?"), title)
        if found is not None:
            return found
    if re.fullmatch(r"(?:\w+ )?examples?", bare, re.IGNORECASE):
        return _NOTHING
    return Announced(Purpose.PROPERTY) if _is_property(bare) else _NOTHING


def announce_sentence(text: str, title: str) -> Announced:
    """Return what a sentence that introduces a list announces: `can be divided into:`, `DDx:`."""
    bare = clean(_BRACKET.sub(" ", text.rstrip(" :")))
    colon = ":" if text.rstrip().endswith(":") else ""
    if _DDX_INTRO.match(bare) and not _NOT_DDX.search(bare) and len(bare.split()) <= 8:  # noqa: PLR2004 - a label, not a clause
        of = _OF.search(bare)
        return Announced(Purpose.DIFFERENTIAL, "" if of is None or _same(of["of"], title) else of["of"])
    intro = _INTRO.search(bare + colon)
    if intro and not _names_property(" ".join(bare[: intro.start()].split()[-4:])) and not _names_property(intro[0]):
        step = next((s for w, s in _STEPS.items() if re.search(rf"\b{w}s?\b", intro[0].lower())), "")
        return Announced(Purpose.CLASSIFICATION, scale=step)
    return _NOTHING


def _configured(text: str, extraction: Extraction) -> Announced | None:
    key = fold(text)
    for phrases, purpose in (
        (extraction.ignore_headings, Purpose.PROPERTY),
        (extraction.classification_headings, Purpose.CLASSIFICATION),
        (extraction.differential_headings, Purpose.DIFFERENTIAL),
        (extraction.definition_headings, Purpose.DEFINITION),
        (extraction.synonym_headings, Purpose.SYNONYMS),
    ):
        if any(fold(p) == key or (len(p) > 3 and f" {fold(p)} " in f" {key} ") for p in phrases):  # noqa: PLR2004 - `MX`
            return Announced(purpose)
    return None


def _differential(text: str, title: str) -> Announced | None:
    if _NOT_DDX.search(text):
        return None
    if _says_otherwise(text, title):
        return Announced(Purpose.DIFFERENTIAL)
    match = _DDX.search(text)
    if match is None:
        return None
    if match[0].lower() == "dd" and match[0] != "DD" and text.lower() != "dd":
        return None
    of = _OF.search(text[match.end() :])
    subject = _TAIL.sub("", of["of"]) if of else ""
    return Announced(Purpose.DIFFERENTIAL, "" if _same(subject, title) else subject)


def _says_otherwise(text: str, title: str) -> bool:
    """Tell whether a heading speaks of what the subject is not: `Not gynaecomastia`, `Other adrenal lesions`."""
    negated = _NEGATED.search(text)
    if negated and not _names_property(negated["what"]):
        what = fold(negated["what"]).split()
        return (not what and len(text.split()) > 2) or bool(set(what) & (set(fold(title).split()) - _EMPTY))  # noqa: PLR2004 - `Not`
    return _OTHER.match(text) is not None


_EMPTY: Final = frozenset({"of", "the", "in", "and", "with", "or", "a", "disease", "syndrome"})


def _same(name: str, title: str) -> bool:
    return not name or fold(name) == fold(title) or fold(name) == fold(_BRACKET.sub("", title))


def _comparison(text: str, title: str) -> Announced | None:
    text, heading_asks = text.removesuffix("?"), text.endswith("?")
    versus = re.sub(r"^(?:vs\.?|versus)\s+", f"{title} vs ", text, flags=re.IGNORECASE)
    sides = tuple(s.strip(" .:,") for s in VERSUS.split(versus))
    if len(sides) > 1 and all(sides):
        return Announced(Purpose.COMPARISON, sides=sides)
    either = re.fullmatch(r"(?:is it |an? )?(?P<one>.+?),? or (?:an? )?(?P<other>.+?)", text) if heading_asks else None
    if either:
        return Announced(Purpose.COMPARISON, sides=(either["one"], either["other"]), sure=False)
    match = _COMPARE.match(text)
    if match is None:
        return None
    of = match["of"] or ""
    sides = tuple(s for s in re.split(r"\s+(?:and|from|with)\s+", of) if s) if of and not is_attribute(of) else ()
    return Announced(Purpose.COMPARISON, sides=sides, sure=False)


def _definition(text: str, title: str) -> Announced | None:
    del title
    if _SYNONYMS.match(text):
        return Announced(Purpose.SYNONYMS)
    if _DEFINITION.match(text):
        return Announced(Purpose.DEFINITION)
    return Announced(Purpose.OVERVIEW) if _OVERVIEW.match(text) else None


def _classification(text: str, title: str) -> Announced | None:
    if re.match(r"(?:what|which) (?:kinds|types|forms|variants)\b", text, re.IGNORECASE):
        return Announced(Purpose.CLASSIFICATION)
    if _DIVIDING.fullmatch(text):
        return Announced(Purpose.CLASSIFICATION, sure=False, strict=True)
    if re.fullmatch(r"(?:includes?|comprises?|consists of|members?|made up of|entities included)", text, re.IGNORECASE):
        return Announced(Purpose.CLASSIFICATION, sure=False)
    by = _TAIL.search(text)
    core = text[: by.start()] if by else text
    of = _OF.search(core)
    subject = of["of"] if of else ""
    if of:
        core = core[: of.start()]
    parts = [p for p in _AND.split(core) if p]
    heads = [fold(p).split()[-1] for p in parts if fold(p)]
    kinds = [h for h in heads if h in _KINDS or h in _WEAK_KINDS]
    either = "/" in core and bool(kinds)  # `Sites/types`: the author names the list twice
    if either:
        parts = [p for p, h in zip(parts, heads, strict=False) if h in kinds]
    if (
        not kinds
        or _names_property(" ".join(parts))
        or (subject and _names_property(subject) and not _shares(subject, title))
    ):
        return None
    number = _number(core)
    if not either and len(parts) > 1 and heads[0] not in _KINDS and heads[0] not in _WEAK_KINDS:
        return None  # `Imaging and types` is about imaging first
    sure = kinds[0] not in _WEAK_KINDS or bool(
        re.search(r"\b(?:scoring|grading|staging|classification)\b", core, re.IGNORECASE)
    )
    step = next((_STEPS[h] for h in fold(core).split() if h in _STEPS), "")
    unrelated = bool(subject) and not _shares(subject, title)
    return Announced(Purpose.CLASSIFICATION, subject if unrelated else "", scale=step, sure=sure, number=number)


def _number(text: str) -> int:
    """Return the number a heading counts its kinds with."""
    match = _COUNT.search(text)
    if match is None:
        return 0
    return int(match[1]) if match[1].isdigit() else _NUMBERS.index(match[1].lower()) + 2


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


def _names_property(text: str) -> bool:
    return any(w in _PROPERTY_NOUNS for w in fold(text).split())


def _is_property(text: str) -> bool:
    """Tell whether a heading tells a property of the thing: cause, site, imaging, treatment, pearls."""
    words = fold(_AND.sub(" ", text)).split()
    return is_attribute(text) or any(w in _PROPERTY_NOUNS or w in _PROPERTY_WORDS for w in words)


_DIVIDING: Final = re.compile(
    r"(?:histo\w*|morpholog\w+|severity|(?:clinical )?courses?|phases?|locations?)", re.IGNORECASE
)
_PROPERTY_WORDS: Final = frozenset(
    fold(w)
    for w in (
        "aetiology etiology cause pathophysiology pathogenesis pathology histology epidemiology clinical presentation"
        " imaging radiograph radiography ct mri us ultrasound pet scintigraphy mammography management treatment therapy"
        " prognosis complication sequela association associated differential? pearl pitfall tip exam nugget buzzword"
        " reporting mnemonic reference source further reading see related link anatomy mechanism indication"
        " contraindication technique protocol workup approach follow-up outcome appearance location site distribution"
        " feature finding sign symptom investigation diagnosis genetics gene risk screening prevention history red flag".replace(
            "differential? ", ""
        )
    ).split()
)


def principle(heading: Inline) -> str:
    """Return the principle of division a heading or label names (`location` in `By location`); empty where none.

    >>> principle(Inline("By location:"))
    'location'
    """
    text = clean(_SIGNS.sub("", clean(heading.text)))
    match = _BY.match(text)
    return match["principle"] if match else ""
