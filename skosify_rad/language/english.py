"""English morphology and syntax of names and remarks: adjectives, head nouns, verbs, sentences.

Word classes follow from endings; the word lists hold the exceptions.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final

from skosify_rad.language import chinese
from skosify_rad.language.grades import GRADE_NOUN
from skosify_rad.language.lexicon import (
    ADJECTIVE_END,
    ADJECTIVES,
    ATTRIBUTES,
    FINITE,
    KIND_ADJECTIVES,
    NEGATED,
    NOUN_LIKE_ADJECTIVE,
    NOUNS_IN_ING,
    REMARK_PHRASES,
    REMARK_WORDS,
    THING_ENDS,
    THINGS,
)
from skosify_rad.language.spelling import abbreviates, fold, singular, small_letters
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.memo import remembered

_QUANTITY: Final = lazy_pattern(
    r"[↑↓<>≤≥≈~%±]|\d\s*(?:cm|mm|hu|years?|yo|y|months?|weeks?|days?|%|x)\b|\d\s*[–-]\s*\d", re.IGNORECASE
)
_QUANTITY_SIGN: Final = lazy_pattern(r"[↑↓<>≤≥≈~%±\d]")
"""Characters of which every quantity has one, and most names none."""
_IN_SITU: Final = lazy_pattern(r"in situ\b")
_PREPOSITION_START: Final = lazy_pattern(
    r"^(?:secondary to|due to|caused by|related to|associated with|of|in|with|without|from|after|following)\s+\S",
    re.IGNORECASE,
)
_OF: Final = lazy_pattern(
    r"\s+(?:of|in|with|without|due|secondary to|from|to|for|by|at|on|after|within|involving|arising)\s+"
)
_SENTENCE_END: Final = lazy_pattern(r"[.!?](?P<behind>[\"”’)\]]*)\s+(?=[\"“(\[]?[A-Z0-9→])")
_ABBREVIATED: Final = lazy_pattern(
    r"(?:\b(?:e\.g|i\.e|cf|vs|approx|esp|incl|etc|ca|no|fig|dr|st|resp|max|min)\.|\b(?-i:[A-Z])\.)$", re.IGNORECASE
)

_LONGEST_ABBREVIATED: Final = 12
"""Characters searched backwards for an abbreviation."""
_PHRASE: Final = 5
"""Words of the longest attribute label."""
_WORD: Final = lazy_pattern(r"\w+")
_LONG: Final = 5000
"""Characters above which words are iterated, not listed."""


def holds_any(text: str, parts: Collection[str]) -> bool:
    """Return whether lower-case text contains one of these parts; five times as fast as a pattern."""
    return any(map(text.__contains__, parts))


def find_core(name: str) -> str:
    """Return a name without its qualifier in brackets and what follows its first preposition.

    >>> find_core("Transient osteoporosis of the hip"), find_core("Abscess (presacral)")
    ('Transient osteoporosis', 'Abscess')
    """
    return _OF.split(name.split(" (", 1)[0].strip(), 1)[0]


@remembered
def head_noun(name: str) -> str:
    """Return the folded head noun of a name: the last word before `of`, `with`, `due to` ...

    >>> head_noun("Transient osteoporosis of the hip"), head_noun("Stress fractures")
    ('osteoporosis', 'fracture')
    """
    words = fold(find_core(name)).split()
    return words[-1] if words else ""


@remembered
def is_adjective(word: str) -> bool:
    """Return whether a single word reads as an adjective.

    >>> [is_adjective(w) for w in ("Generalised", "Cortical", "ligament", "Desmoid-type", "Fibroma")]
    [True, True, False, True, False]
    """
    lower = word.lower().strip("’'\"“”.,;:")
    last = lower.rsplit("-", 1)[-1]
    if lower in ADJECTIVES or last in (
        "type",
        "like",
        "cell",
        "grade",
        "degree",
        "related",
        "dominant",
        "risk",
        "rich",
        "poor",
        "only",
        "wildtype",
    ):
        return True
    if lower.endswith("ing") and len(lower) > 6 and lower not in NOUNS_IN_ING:  # noqa: PLR2004 - `ring`, `wing`
        return True
    if lower in NOUN_LIKE_ADJECTIVE or is_thing_word(lower) or len(lower) < 5:  # noqa: PLR2004 - `oral` is listed
        return False
    return ADJECTIVE_END.search(lower) is not None or last in ADJECTIVES


@remembered
def is_thing_word(lower: str) -> bool:
    """Return whether a lower-case word is a noun typical of diseases, lesions and signs."""
    word = singular(lower)
    return word in THINGS or lower in THINGS or word.endswith(THING_ENDS)


@remembered
def names_a_thing(name: str) -> bool:
    """Return whether a name's head noun is typical of diseases, lesions and signs.

    >>> names_a_thing("Chronic osteomyelitis"), names_a_thing("Older patients")
    (True, False)
    """
    if not name.isascii() and chinese.names_a_thing(name):
        return True
    core = find_core(name)
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", core.lower())
    if not words or (len(words) == 1 and words[0] in KIND_ADJECTIVES):
        return False  # `Complex` alone divides; `Carney complex` is a thing
    latin = 1 < len(words) <= 3 and words[0].endswith(THING_ENDS) and not is_adjective(words[0])  # noqa: PLR2004
    return latin or is_thing_word(words[-1]) or is_thing_word(words[-1].rsplit("-", 1)[-1])


@remembered
def is_qualifier(name: str) -> bool:
    """Return whether a name cannot stand alone: adjectives without a noun, `clear cell`, `secondary to ...`.

    >>> [is_qualifier(n) for n in ("Clear cell", "Secondary to hyperaemia", "Focal disuse", "Oncocytoma")]
    [True, True, False, False]
    """
    if _PREPOSITION_START.match(name) or (not name.isascii() and chinese.is_qualifier(name)):
        return True
    words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", name)
    if not words or len(words) > 5:  # noqa: PLR2004 - longer ones are phrases
        return False
    last = words[-1].lower()
    if name.lower() in ("known cause", "unknown cause"):
        return True
    if last in ("cell", "grade", "type", "risk") and len(words) > 1:
        return not GRADE_NOUN.match(name)
    return is_adjective(words[-1])


def is_acronym(name: str) -> bool:
    """Return whether a name is two to six capitals and no property: `PSC`, not `MRI`."""
    return name.isupper() and name.isalpha() and 2 <= len(name) <= 6 and not is_attribute(name)  # noqa: PLR2004


def is_kind_adjective(name: str) -> bool:
    """Return whether a name is an adjective that commonly divides diseases, such as `Acute`."""
    return name.strip().lower() in KIND_ADJECTIVES


def shares_head(name: str, title: str) -> bool:
    """Return whether a name shares a title's head noun and says more: `Tonsillar herniation` of `Cerebral herniation`."""
    parts = name.split()
    if len(parts) > 1 and parts[-1].isupper() and abbreviates(parts[-1], title.split(" (", 1)[0]):
        return True  # `Primary ABC` of `Aneurysmal bone cyst`
    mine = _genus(title)
    return bool(mine) and _genus(name) == mine and fold(name) != fold(title) and len(fold(name).split()) > 1


def _genus(name: str) -> str:
    """Return the head noun of a name, one word for nouns of the same genus: a carcinoma is a cancer."""
    noun = head_noun(name)
    return _SAME_GENUS.get(noun, noun)


_SAME_GENUS: Final = {
    **dict.fromkeys(("carcinoma", "cancer", "neoplasm"), "tumor"),
    **dict.fromkeys(("disorder", "condition"), "disease"),
}


@remembered
def is_plural(name: str) -> bool:
    """Return whether a name is a class in the plural.

    >>> is_plural("Vascular malformations of the brain"), is_plural("Osteoporosis")
    (True, False)
    """
    last = find_core(name.lower()).split()[-1:]
    return bool(last) and singular(last[0]) != last[0]


@remembered
def is_attribute(name: str) -> bool:
    """Return whether words label a property (`Age`, `Imaging features`, `T1`) rather than name a thing.

    >>> is_attribute("Common sites"), is_attribute("MRI"), is_attribute("Bone island")
    (True, True, False)
    """
    words = fold(name.replace("/", " ").replace("&", " ")).split()
    if not words or len(words) > _PHRASE or "-" in name.rsplit(None, 1)[-1]:
        return False
    if words[-1] in ("type", "grade", "stage") and len(words) > 1 and is_adjective(words[0]):
        return False  # `Mixed type`
    if words[-1] == "cause" and words[0] in ("known", "unknown"):
        return False  # a kind: by its cause
    return _attribute_word(words[-1]) and all(
        _attribute_word(w)
        or w in ("and", "or", "of")
        or is_adjective(w)
        or w in ("key", "main", "top", "common", "best")
        for w in words
    )


def _attribute_word(word: str) -> bool:
    return word in ATTRIBUTES or word in _FOLDED_ATTRIBUTES


_FOLDED_ATTRIBUTES: Final = frozenset(fold(w) for w in ATTRIBUTES)


@remembered
def is_remark(text: str) -> bool:
    """Return whether words read as a remark (verb, quantity, adverb first) rather than a name.

    >>> [is_remark(t) for t in ("Usually in adults", "Lesion is lytic", "Size >2 cm", "Ewing sarcoma")]
    [True, True, True, False]
    """
    stripped = text.strip()
    small = small_letters(stripped)
    if _IN_SITU.match(small) or is_kind_adjective(stripped):
        return False  # `Typical` alone divides; `Typical location` remarks
    if small.startswith("not ") and is_qualifier(stripped[4:]):
        return False
    if _PREPOSITION_START.match(stripped) and stripped[:1].isupper() and len(stripped.split()) <= 4:  # noqa: PLR2004
        return not stripped.lower().startswith(("secondary to", "due to"))
    first = _WORD.match(small)
    return bool(
        (first and first[0] in REMARK_WORDS and stripped != "ALL")
        or REMARK_PHRASES.match(stripped)
        or (_QUANTITY_SIGN.search(stripped) and _QUANTITY.search(stripped))
        or has_verb(stripped)
        or len(stripped.split()) > 9  # noqa: PLR2004
    )


@remembered
def has_verb(text: str) -> bool:
    """Return whether text contains a finite verb."""
    small = small_letters(text)
    negated = holds_any(small, ("n't", "n’t")) and NEGATED.search(small) is not None
    return negated or not (FINITE.isdisjoint(_words(small)) or small in ("known cause", "unknown cause"))


def _words(text: str) -> Iterable[str]:
    """Return the words of a text: a list, which is fastest, or an iterator for long text."""
    return _WORD.findall(text) if len(text) <= _LONG else (match[0] for match in _WORD.finditer(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a text.

    >>> text = "Rare tumour. Seen in bone, e.g. Femur."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Rare tumour.', 'Seen in bone, e.g. Femur.']
    """
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        stop = match.start() + 1
        if not _ABBREVIATED.search(text, max(start, stop - _LONGEST_ABBREVIATED), stop):
            spans.append((start, match.end("behind")))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def lower_first(name: str, seen_lower: Callable[[str], bool]) -> str:
    """Return a name for use inside a longer one: with a lower-case first letter unless it is a proper name.

    `seen_lower` tells whether a word occurs in lower case elsewhere.
    """
    first, _, rest = name.partition(" ")
    plain = first.rstrip(",.:;")
    proper = (
        sum(c.isupper() for c in plain) > 1
        or any(c.isdigit() for c in plain)
        or plain.endswith(("’s", "'s"))
        or not (is_adjective(plain) or is_thing_word(plain.lower()) or seen_lower(plain.lower()))
    )
    return name if proper else (first[:1].lower() + first[1:] + (" " + rest if rest else ""))
