"""The named signals of one candidate below a parent."""

import re
from typing import Final, NamedTuple

from skosify_rad.extraction.candidates import Candidate
from skosify_rad.extraction.compounds import Knows, Name
from skosify_rad.extraction.entries import Entry
from skosify_rad.language import chinese
from skosify_rad.language.english import (
    has_verb,
    head_noun,
    is_attribute,
    is_qualifier,
    is_remark,
    names_a_thing,
    shares_head,
)
from skosify_rad.language.grades import grade_code, step_of
from skosify_rad.language.spelling import abbreviates, fold
from skosify_rad.model.memo import NAMES, Remembered
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.roles import VERSUS

_NOBODY: Final = re.compile(
    r"^(?:others?|other(?:\s+\S+)?|etc|misc\w*|none|n/?a|unknown|various|all|any|same|ditto|tbc|todo|\?+|-+|—|…|\.\.\.|normal|yes|no|nil"
    r"|if|when|so|hence|thus|therefore|e\.?g|see|note|also|first(?:ly)?|(?:highly )?(?:suggestive|pathognomonic|diagnostic)|then|next|finally|lastly|(?:ddx|dd|differentials?)\b.*|[<>≤≥≈~]\s*\d.*|\d+(?:[.,]\d+)?\s*(?:cm|mm|%|years?|hu|points?))\W*$",
    re.IGNORECASE,
)
_DOCUMENT: Final = re.compile(r"(?:[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?:\.\d{1,2}){2,})\s?[-–:]?\s?[A-Z]")
"""The number of a lecture or a chapter opens the name of a document: `W12.1.3-Skin physiology`."""
_LETTER: Final = re.compile(r"[^\W_]")
_QUANTITY: Final = re.compile(r"[↑↓<>≤≥≈±%]|\d\s*(?:cm|mm|hu|years?|weeks?|days?|months?|h)\b", re.IGNORECASE)
_LONG: Final = 7
"""Words; more are a phrase."""
_CJK_LONG: Final = 14
"""Characters; more are a clause."""


def _is_step(words: str) -> bool:
    return bool(step_of(words)[1]) or chinese.is_step(words)


def measure_item(item: Candidate, parent: str, knows: Knows) -> dict[str, float]:
    """Return the signals of one item below a parent."""
    entry = item.entry
    names, words = entry.names, entry.head
    forms = [_FORMS[name.words] for name in names]
    linked = [bool(name.link) for name in names]
    coded = any(form.coded for form in forms)
    cjk, plain, long, attribute, remark, verb, quantity, nobody = _PHRASES[words]
    says = item.says
    names_parent = any(_names_parent(name.words, parent) for name in names)
    return {
        "nobody": nobody,
        "linked": all(linked),
        "known": not all(linked) and all(knows(name.words) for name in names),
        "marked": entry.marked,
        "thing": any(form.thing for form in forms),
        "cjk": cjk,
        "names-parent": names_parent or _abbreviates_both(entry, parent),
        "head": any(_has_head(name, parent) for name in names),
        "grade": any(form.step for form in forms),
        "qualifier": all(form.qualifier for form in forms),
        "short": plain <= 4 and (not entry.remark or entry.separated),  # noqa: PLR2004 - a name
        "field": attribute and not coded,
        "announces": says is not None
        and says.purpose not in (Purpose.NONE, Purpose.KINDS, Purpose.OVERVIEW)
        and not linked[0]
        and not names_parent,  # `Graft endoleak` is no graft
        "remark": remark and not coded and not any(linked),
        "verb": verb,
        "long": long,
        "quantity": quantity and not any(linked),
        "lower": words[:1].islower() and not entry.marked,
    }


class _Form(NamedTuple):
    """What one name by itself tells."""

    thing: bool
    step: bool
    qualifier: bool
    coded: bool


def _read_form(words: str) -> _Form:
    coded = bool(grade_code(words)[1])
    step = coded or _is_step(words)
    return _Form(names_a_thing(words.partition(",")[0]), step, is_qualifier(words.split(" (", 1)[0]), coded)


class _Phrase(NamedTuple):
    """What the whole words of an item tell; names of several words repeat."""

    cjk: bool
    words: int
    long: bool
    attribute: bool
    remark: bool
    verb: bool
    quantity: bool
    nobody: bool


def _read_phrase(words: str) -> _Phrase:
    cjk = not words.isascii() and chinese.CJK.search(words) is not None
    plain = words.partition(" (")[0]
    count = len(plain.split())
    return _Phrase(
        cjk,
        count,
        count > _LONG or (cjk and len(plain) > _CJK_LONG),
        is_attribute(plain),
        is_remark(words),
        has_verb(words),
        _QUANTITY.search(words) is not None,
        _names_nobody(words),
    )


_FORMS: Final = Remembered(_read_form, NAMES)
_PHRASES: Final = Remembered(_read_phrase, NAMES)


def _names_parent(words: str, parent: str) -> bool:
    """Return whether a name ends in the whole name of its parent, or in its initials: `Anterior blepharitis`."""
    if words.isascii() and words.isalnum():
        return False  # one word: nothing stands before the parent's name
    above = parent.split(" (", 1)[0]
    theirs = fold(above)
    if not theirs:
        return False
    parts = words.split()
    short = len(parts) > 1 and parts[-1].isupper() and abbreviates(parts[-1], above)
    return short or fold(words).endswith(" " + theirs)


def _abbreviates_both(entry: Entry, parent: str) -> bool:
    """Return whether a bracket abbreviates a kind with its parent: `Autosomal dominant (ADPKD)`."""
    if not entry.remark.startswith("("):
        return False
    bracket = re.match(r"\(([A-Z][A-Za-z-]{2,7})\)", entry.remark)
    return (
        bracket is not None
        and abbreviates(bracket[1], f"{entry.head} {parent}")
        and not abbreviates(bracket[1], entry.head)
    )


def _has_head(name: Name, parent: str) -> bool:
    words, own = name.words, head_noun(parent)
    if len(own) >= _STEM and (key := fold(words)).endswith(own) and key.split()[-1:] != [own]:
        return True
    if chinese.shares_end(words, parent) or shares_head(words, parent):
        return True
    link = name.link.rsplit("/", 1)[-1].partition("#")[0]
    return bool(link and link != words and shares_head(link, parent))


_STEM: Final = 5
"""Letters that a head noun needs to be found within a word: `Microadenoma` is an adenoma."""


def _names_nobody(words: str) -> bool:
    letter = len(words) == 1 and words.isalpha() and not grade_code(words)[1]
    return words != "ALL" and (
        letter
        or _DOCUMENT.match(words) is not None
        or bool(_NOBODY.match(words))
        or VERSUS.search(words) is not None
        or not _LETTER.search(words)
        or "?" in words
    )
