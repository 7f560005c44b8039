"""What a heading, a label or a sentence announces: the only reader of the word lists in `words`."""

import re
from functools import lru_cache
from typing import Final

from skosify_rad.extraction.announce_differential import DDX, find_comparison, find_differential
from skosify_rad.extraction.announce_sentence import find_count
from skosify_rad.extraction.same_topic import is_same
from skosify_rad.extraction.tree import strip_number
from skosify_rad.extraction.words import CAUSES, CHINESE, EMPTY, FIELDS, KINDS, OWN_THINGS, SCALES, STEPS, WEAK_KINDS
from skosify_rad.language import chinese
from skosify_rad.language.english import is_acronym, is_adjective, is_attribute, is_plural, is_qualifier, names_a_thing
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.config import Extraction
from skosify_rad.model.memo import remembered
from skosify_rad.model.purposes import NOTHING, Announced, Purpose

_BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_TAIL: Final = re.compile(
    r"\s+(?:by|based on|according to|depending on|per|on|with|used|at|from|to|in)\s+(?P<rest>.+)$", re.IGNORECASE
)
_OF: Final = re.compile(r"\s+(?:of|for|in)\s+(?:the\s+)?(?P<of>.+)$", re.IGNORECASE)
_AND: Final = re.compile(r"\s*(?:&|/|,|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_BY: Final = re.compile(
    r"(?:by|based on|according to|depending on|in terms of)\s+(?!(?:\S+\s+)?(?:scenario|indication|situation|setting|case|use)s?\b)\S",
    re.IGNORECASE,
)
RADS: Final = re.compile(r"\b[A-Z]{1,3}-?RADS\b(?:\s+(?:v\.?\s*)?[\d.]+)?")
_DEFINITION: Final = re.compile(
    r"(?:def(?:inition)?s?\.?|(?:in )?one[ -]?(?:line|liner)|in a (?:sentence|nutshell)|what it is|what is(?: it| an?| the)?\b.*|meaning|terminology)$|definition\b",
    re.IGNORECASE,
)
_SYNONYMS: Final = re.compile(
    r"(?:synonyms?|also (?:known as|called|termed)|a\.?k\.?a\.?|(?:other|alternative|alternate) names?|aliases|abb(?:r|rev)?\.?)$",
    re.IGNORECASE,
)
_OVERVIEW: Final = re.compile(
    r"(?:(?:general |core |key |basic )?(?:overview|introduction|intro|summary|abstract|background|concepts?|ideas?)|basics|general"
    r"|essentials|in (?:brief|short)|at a glance|tl;?dr|the gist|about|info|description|(?:my |lecture )?notes|content)(?: (?:and|&) \w+)?$",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:(?:what|which) (?:are|is|were|was)|name|list|give|describe|enumerate|state)\s+(?:the\s+)?(?:\d+\s+)?(?=\S)",
    re.IGNORECASE,
)
"""How a question or a learning goal starts; what follows announces as a heading does."""
_HOW: Final = re.compile(
    r"how (?:is|are|do (?:you|we)) (?:\S+ ){0,6}?(?:graded?|classif(?:ied|y)|staged?|divided?|categori[sz]ed?)\b",
    re.IGNORECASE,
)
_OF_A_TOPIC: Final = (Purpose.COMPARISON, Purpose.KINDS, Purpose.DIFFERENTIAL)
_PARTICIPLE: Final = re.compile(r"\w+ed (?:in|into|with|for|on|to)\b", re.IGNORECASE)
"""`Incorporated into staging` says what became of a thing."""
_COUNTS: Final = re.compile(r"(?:the )?(?:two|three|four|five|six|seven|[2-7]) \w+s$", re.IGNORECASE)
_SIDE_WORDS: Final = 6
_LONGEST: Final = 12
"""Words; more are a sentence."""


def announce(text: str, topic: str, extraction: Extraction) -> Announced:
    """Return what a heading or a label announces about a topic."""
    words = _trimmed(text)
    if not words or len(words.split()) > _LONGEST:
        return NOTHING
    said = _announce_alone(words, extraction)
    said = _announce(words, topic, extraction) if said is None else said
    if said.purpose is Purpose.FIELD and ": " in words:  # `Types of murmurs: characters and causes` announces types
        head = announce(words.partition(": ")[0], topic, extraction)
        said = head if head.purpose in (Purpose.KINDS, Purpose.DIFFERENTIAL) else said
    return said


def says_whose(words: str) -> bool:
    """Return whether words say whose kinds they announce: `Benign entities`, not `Histological subtypes`."""
    return not EMPTY.union(KINDS, WEAK_KINDS).issuperset(fold(words).split())


@remembered
def _trimmed(text: str) -> str:
    return clean(strip_number(text)).strip(" :.*_#–—-!?")


@lru_cache(maxsize=1 << 13)
def _announce_alone(words: str, extraction: Extraction) -> Announced | None:
    """Return what words announce whatever the topic is; None where it depends on the topic. Labels repeat, topics do not."""
    said = _announce(words, "", extraction)
    of_topic = said.purpose in _OF_A_TOPIC or words[:4].lower() == "not "
    return None if of_topic else said


@lru_cache(maxsize=1 << 13)
def _announce(words: str, topic: str, extraction: Extraction) -> Announced:
    configured = _find_configured(words, extraction)
    if configured is not None:
        return configured
    bare = clean(_BRACKET.sub(" ", words)) or words
    asks = _ASKS.match(bare)
    asked = _announce(bare[asks.end() :], topic, extraction) if asks else NOTHING
    if asks and asked.purpose is Purpose.NONE and topic and is_same(bare[asks.end() :], topic):
        asked = Announced(Purpose.KINDS, number=find_count(words))  # `Name the major ones`
    if asked.purpose is not Purpose.NONE:
        return asked
    if grade_code(re.split(r"\s+[–—-]\s+|:", bare, maxsplit=1)[0])[1]:
        return NOTHING  # `Type III - graft` is a step, whatever it is about
    if chinese.CJK.search(bare):
        return _announce_chinese(bare, words)
    for find in (find_comparison, find_differential, _find_simple, _find_kinds):
        found = find(bare, topic)
        if found is not None:
            return found
    inner = _BRACKET.search(words) if bare != words else None  # `Pitfalls (mimics)`
    mimics = inner is not None and DDX.fullmatch(inner[0].strip(" ()[]")) is not None
    return Announced(Purpose.DIFFERENTIAL) if mimics else _find_field(bare)


def _find_configured(words: str, extraction: Extraction) -> Announced | None:
    """Return what the author's configuration says of a heading."""
    key = f" {fold(words)} "
    for phrases, purpose in (
        (extraction.ignore_headings, Purpose.FIELD),
        (extraction.classification_headings, Purpose.KINDS),
        (extraction.differential_headings, Purpose.DIFFERENTIAL),
        (extraction.definition_headings, Purpose.DEFINITION),
        (extraction.synonym_headings, Purpose.SYNONYMS),
    ):
        for phrase in phrases:
            if fold(phrase) == key.strip() or (len(phrase) > 3 and f" {fold(phrase)} " in key):  # noqa: PLR2004 - `MX`
                return Announced(purpose, ignored=purpose is Purpose.FIELD)
    return None


def _announce_chinese(bare: str, words: str) -> Announced:
    """Return what a Chinese heading announces: the last noun of its first part, as heads stand last."""
    if DDX.search(words) or re.search("鑑別診斷|鉴别诊断", bare):
        return Announced(Purpose.DIFFERENTIAL)
    first = re.split("[與与和及/,]", bare, maxsplit=1)[0]
    found = [(match.start(), kind) for kind, pattern in CHINESE for match in pattern.finditer(first)]
    if not found:
        found = [(match.start(), kind) for kind, pattern in CHINESE for match in pattern.finditer(bare)]
    if not found:
        return NOTHING
    start, kind = max(found)
    purpose = Purpose(kind)
    of = first[:start].removesuffix("的").strip() if purpose is Purpose.KINDS else ""
    of = of if chinese.names_a_thing(of) else ""
    if purpose is Purpose.DIFFERENTIAL and len(bare) > 4:  # noqa: PLR2004 - more is a clause
        return NOTHING
    mixed = any(kind in ("field", "causes") for kind, pattern in CHINESE if pattern.search(bare))
    return Announced(purpose, of, sure=purpose is not Purpose.KINDS or (len(bare) <= _LONGEST and not mixed))


def _find_simple(text: str, topic: str) -> Announced | None:
    for pattern, purpose in (
        (_DEFINITION, Purpose.DEFINITION),
        (_SYNONYMS, Purpose.SYNONYMS),
        (_OVERVIEW, Purpose.OVERVIEW),
    ):
        if pattern.match(text):
            return Announced(purpose)
    if _HOW.match(text):
        return Announced(Purpose.KINDS)
    of, by, ground = text.partition(" by ")
    thing = (names_a_thing(of) or of.isupper()) and not is_attribute(of) and FIELDS.isdisjoint(fold(of).split())
    if by and len(of.split()) <= _SIDE_WORDS // 2 and thing and _BY.match(f"by {ground}"):
        return Announced(Purpose.KINDS, "" if is_same(of, topic) else of)  # `RCC by cell type`
    return Announced(Purpose.DIVISION) if _BY.match(text) else None


def _find_kinds(text: str, topic: str) -> Announced | None:
    """Return what a phrase announces whose head noun is one of kinds."""
    rads = RADS.search(text)
    if rads and (rads.end() == len(text) or fold(text).split()[-1] in KINDS | WEAK_KINDS):
        return Announced(Purpose.KINDS, scale=rads[0], step="category", sure=True)
    tail = _TAIL.search(text)
    core = text[: tail.start()] if tail else text
    of = _OF.search(core)
    subject = re.sub(r"\s+\w+ly$", "", of["of"]) if of else ""
    if tail and not of and re.match(r"\s+(?:in|from)\s", tail[0]):
        subject = ""
    core = core[: of.start()] if of else core
    parts = [part for part in _AND.split(core) if fold(part)]
    heads = [last if " " not in (last := fold(part.split()[-1])) else "" for part in parts]
    kinds = [head for head in heads if head in KINDS or head in WEAK_KINDS]
    first = core.split()[0].lower()
    if first in ("both", "all", "either", "any") or _PARTICIPLE.match(core):
        return None
    if not kinds:
        return _find_kinds_otherwise(core, topic)
    leads = heads[0] in KINDS or heads[0] in WEAK_KINDS or "/" in core
    if not leads or _is_name_of_kind(core, kinds[0]):
        return None
    rest = [w for w in core.split() if (key := fold(w)) and key not in KINDS | WEAK_KINDS | EMPTY and not w.isdigit()]
    if any(fold(w) in FIELDS and w.lower() not in _MODALITIES for w in rest) or (subject and _is_field(subject)):
        return None
    rest = [w for w in rest if w.lower() not in _MODALITIES]
    named = clean(" ".join(rest)).strip(" -/&,")
    of_other, scale = _whose(named, kinds[0], topic)
    subject = subject or of_other
    step = next((STEPS[word] for word in fold(core).split() if word in STEPS), "")
    number = find_count(core)
    exemplified = kinds[0] == "example" and is_plural(topic)  # of a class in the plural: `Loop diuretics`
    sure = kinds[0] in KINDS or exemplified or bool(scale) or number > 0
    subject = "" if is_same(subject, topic) else subject
    purpose = Purpose.CAUSES if first in ("secondary", "iatrogenic") else Purpose.KINDS  # `Secondary forms: drugs`
    return Announced(purpose, subject, scale=text if scale else "", step=step, sure=sure, number=number)


def _find_kinds_otherwise(core: str, topic: str) -> Announced | None:
    """Return what a phrase announces that does not end in a noun of kinds: `Variants GBM`, `The three pictures`."""
    noun, _, thing = core.partition(" ")
    if is_plural(noun) and fold(noun) in KINDS and (names_a_thing(thing) or is_acronym(thing)):
        return Announced(Purpose.KINDS, "" if is_same(thing, topic) else thing)
    counts = _COUNTS.match(core) and fold(core).split()[-1] not in FIELDS
    return Announced(Purpose.KINDS, sure=False, number=find_count(core)) if counts else None


def _is_name_of_kind(core: str, head: str) -> bool:
    """Return whether a phrase names one kind and announces none: `Intestinal type`, `Most common type`."""
    words = core.split()
    single = words[-1].lower() == head and head in _SINGULAR
    one = len(words) > 1 and is_qualifier(" ".join(words[:-1])) and words[0].lower() not in _ASKING
    return single and (one or words[0].lower() in ("most", "commonest", "mc"))


_NOUN_ENDS: Final = ("ment", "tion", "sion", "ness", "ance", "ence", "ature", "sis", "plasia")
_MODALITIES: Final = frozenset("mri mr ct us ultrasound pet imaging cxr radiograph radiological".split())
_SINGULAR: Final = frozenset("type subtype form variant phase stage grade class pattern group entity category".split())
_ASKING: Final = frozenset(
    "histological histologic clinical main common radiological pathological morphological".split()
)


def _whose(named: str, head: str, topic: str) -> tuple[str, bool]:
    """Return whose kinds they are, from the words before the noun, and whether these name a scale of its own."""
    words = named.split()
    if not words or all(is_adjective(w) and not w[:1].isupper() for w in words):
        return "", False
    if names_a_thing(named) and not is_same(named, topic):
        return named, False
    proper = [
        w for w in words if w[:1].isupper() and fold(w) not in fold(topic).split() and not is_adjective(w.lower())
    ]
    if head in SCALES and proper and not words[-1].lower().endswith("ed"):  # `Affected systems`
        return "", True
    noun = len(words) > 1 and words[-1].lower().endswith(_NOUN_ENDS)
    return (named if noun and not is_same(named, topic) else ""), False


def _is_field(text: str) -> bool:
    return bool(FIELDS.intersection(fold(_AND.sub(" ", text)).split()[-1:]))


def _find_field(text: str) -> Announced:
    words = fold(_AND.sub(" ", _OF.sub("", _TAIL.sub("", text)) or text)).split()
    if not words:
        return NOTHING
    if words[-1] == "cause" and not is_attribute(text):
        return NOTHING  # `Known cause`
    if words[-1] in CAUSES or words[0] in CAUSES:
        return Announced(Purpose.CAUSES)
    heads = [fold(part).split()[-1] for part in _AND.split(text) if fold(part)]
    field = not FIELDS.isdisjoint(heads) or (words[0] in FIELDS and not names_a_thing(text)) or is_attribute(text)
    own = not OWN_THINGS.isdisjoint(words)
    return Announced(Purpose.FIELD, sure=own) if field else NOTHING
