"""What speaks for and against candidates: the named signals of one item and of a whole set."""

import re
from collections import Counter
from typing import Final, NamedTuple

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.compounds import Knows, Name
from skosify_rad.extraction.naming import Entry
from skosify_rad.extraction.node import Form
from skosify_rad.language import chinese
from skosify_rad.language.english import (
    has_verb,
    head_noun,
    is_attribute,
    is_plural,
    is_qualifier,
    is_remark,
    names_a_thing,
    shares_head,
)
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import grade_code, step_of
from skosify_rad.language.spelling import abbreviates, fold
from skosify_rad.model.memo import NAMES, Remembered
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.roles import VERSUS

_NOBODY: Final = re.compile(
    r"^(?:others?|other(?:\s+\S+)?|etc|misc\w*|none|n/?a|unknown|various|all|any|same|ditto|tbc|todo|\?+|-+|—|…|\.\.\.|normal|yes|no|nil"
    r"|if|when|e\.?g|see|note|also|first(?:ly)?|then|next|finally|lastly|(?:ddx|dd|differentials?)\b.*|[<>≤≥≈~]\s*\d.*|\d+(?:[.,]\d+)?\s*(?:cm|mm|%|years?|hu|points?))\W*$",
    re.IGNORECASE,
)
_HALF: Final = 0.5
_LETTER: Final = re.compile(r"[^\W_]")
_QUANTITY: Final = re.compile(r"[↑↓<>≤≥≈±%]|\d\s*(?:cm|mm|hu|years?|weeks?|days?|months?|h)\b", re.IGNORECASE)
_MANY: Final = 3
"""Headings that a class in the plural divides into, at the least."""
_LONE: Final = ("paragraphs", "headings", "labels")
"""Forms of which one by itself makes no set; a paragraph not even where kinds are announced."""
_LONG: Final = 7
"""Words; more are a phrase."""
_ACRONYM: Final = 6
"""Letters of the longest."""
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
        "short": plain <= 4 and (not entry.remark or entry.parted),  # noqa: PLR2004 - a name
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
    """Tell whether a name ends in the whole name of its parent, or in its initials: `Anterior blepharitis`."""
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
    """Tell whether a bracket abbreviates a kind with its parent: `Autosomal dominant (ADPKD)`."""
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
    return (
        letter
        or bool(_NOBODY.match(words))
        or VERSUS.search(words) is not None
        or not _LETTER.search(words)
        or "?" in words
    )


def measure_set(found: CandidateSet, parent: str) -> dict[str, float]:
    """Return the signals of a set whose items are measured."""
    items = [item for item in found.items if not item.signals["nobody"]] or found.items  # `Others` speaks for nothing
    count = len(items)
    announced = found.announced
    kinds = announced.purpose in (Purpose.KINDS, Purpose.DIVISION)
    level = 2 if kinds and announced.sure and found.form != "enumeration" else 0 if found.nested == "section" else 1
    named = len([item for item in items if _is_name(item, level)])
    steps = _read_steps(items, scaled=kinds or is_scale(parent))
    codes = [code for _, code in steps if code]
    letters = [code for code in codes if len(code) == 1 and code not in "IVX" and code.isalpha()]
    distinct = len(set(codes)) == len(codes) and letters == sorted(letters)
    return {
        "announced": kinds and announced.sure,
        "announced-weakly": kinds and not announced.sure,
        "counted": kinds and 0 < announced.number == count,
        "nested": bool(found.nested),
        "in-field": announced.purpose is Purpose.FIELD,
        "in-causes": announced.purpose is Purpose.CAUSES,
        "names": (2 * named - count) / count,
        "head": _share(items, "head"),
        "names-parent": _share(items, "names-parent"),
        "things": _share(items, "thing"),
        "linked": _share(items, "linked"),
        "qualifiers": _share(items, "qualifier") if not codes else 0,
        "grades": distinct * sum(bool(noun) for noun, _ in steps) / count if count > 1 else 0,
        "scale": is_scale(parent) * distinct * len(codes) / count if count > 1 else 0,
        "codes": distinct * sum(bool(code and not noun) for noun, code in steps) / count if count > 1 else 0,
        "parallel": _share_of_tail(items) if not codes else 0,
        "plural-class": is_plural(parent) and not kinds and _share(items, "thing"),
        "class-members": bool(found.nested) and is_plural(parent) and not found.parent.words.isupper() and _share_of_bare(items),
        "owns-names": _owning(items) if not kinds and found.parent.parent is None else 0,
        "class-headings": found.form == "headings" and count >= _MANY and not kinds and is_plural(parent),
        "acrostic": sum(map(_is_acrostic, items)) / count,
        "fields": max(_share(items, "field"), _share(items, "announces")),
        "remarks": _share(items, "remark") * (0.5 if kinds and announced.sure else 1),
        "sentences": _share(items, "long"),
        "single": count == 1,
        "lone-adjective": count == 1 and _share(items, "qualifier") and not kinds,
        "lone-heading": count == 1 and found.form in (_LONE[:1] if kinds else _LONE),
    }  # fmt: skip


def _share_of_bare(items: list[Candidate]) -> float:
    """Return 1 where several items are short names and nothing more, as below `Viral infections`; else 0.

    Where a few have the noun of the class itself, the others are its sites or causes: 0.
    """
    if 0 < _share(items, "head") < _HALF:
        return 0.0
    against = ("field", "announces", "remark", "verb", "quantity", "nobody", "qualifier")
    named = [item for item in items if item.signals["short"] or item.signals["thing"]]
    bare = [item for item in named if not any(item.signals[name] for name in against)]
    plain = sum(item.entry.remark[:1] in ("", "(") for item in bare)
    return float(len(items) > 1 and plain * 5 >= len(items) * 4)


def _share_of_tail(items: list[Candidate]) -> float:
    """Return the share of the items that end with the commonest last word; 0 where no two end alike."""
    if len(items) == 1:
        return 0.0
    tails = Counter((fold(item.entry.names[0].words).split() or [""])[-1] for item in items)
    most = max(tails.values())
    return most / len(items) if most > 1 else 0.0


def _is_acrostic(item: Candidate) -> bool:
    """Tell whether an item starts with a letter in bold, `**B**ilirubin`: a mnemonic."""
    text = item.node.text if item.node is not None else None
    return text is not None and text.strong[:1] == ((0, 1),) and text.text[1:2].isalpha()


def _owning(items: list[Candidate]) -> float:
    """Return the share of qualifiers among items, times the share of items that own names."""
    qualifiers = _share(items, "qualifier")
    return qualifiers * sum(map(_owns_names, items)) / len(items) if qualifiers else 0.0


def _owns_names(item: Candidate) -> bool:
    """Tell whether what stands below an item names things itself: `Benign` above a list of tumours."""
    below = item.node.of_form(Form.ITEM) if item.node is not None else []
    heads = [one.words for one in below]
    named = sum(
        bool(one.label.links) or names_a_thing(head) or head.isupper() or is_qualifier(head)
        for one, head in zip(below, heads, strict=True)
    )
    return named * 2 > len(below)


def _read_steps(items: list[Candidate], *, scaled: bool) -> list[tuple[str, str]]:
    """Return (noun, code) of each item; where a scale may be named, of its steps too: `Stanford A`, `Stanford B`."""
    written = [item.entry.names[0].words for item in items]
    scales = {step_of(words)[0] for words in written}
    if scaled and len(scales) == 1 and "" not in scales:
        return [step_of(words) for words in written]
    return [("step", "") if chinese.is_step(words) else grade_code(words) for words in written]


def _share(items: list[Candidate], signal: str) -> float:
    return len([item for item in items if item.signals.get(signal)]) / len(items)


def _is_name(item: Candidate, level: int) -> bool:
    """Tell whether an item reads as a name.

    Where kinds are announced (level 2) being short is enough; else it must stand out (1); below the heading of a kind,
    where its features stand as well, only a known name or the form of one counts (0).
    """
    s = item.signals
    short = s["short"] and not s["announces"] and (level > 1 or (level == 1 and (s["marked"] or item.words.isupper())))
    acronym = item.words.isupper() and 2 <= len(item.words) <= _ACRONYM and item.words.isalpha()  # noqa: PLR2004
    good = (
        acronym
        or s["linked"]
        or s["known"]
        or s["thing"]
        or s["head"]
        or s["grade"]
        or (level and s["qualifier"])
        or short
    )
    return bool(good) and not (s["nobody"] or s["remark"] or s["field"] or s["announces"] or s["verb"])
