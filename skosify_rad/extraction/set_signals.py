"""The named signals of a whole candidate set."""

from collections import Counter
from typing import Final

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.node import Form, Node
from skosify_rad.language import chinese
from skosify_rad.language.english import (
    is_plural,
    names_a_thing,
)
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import grade_code, ladder_kind, step_of
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Purpose

_HALF: Final = 0.5
_MANY: Final = 3
"""Headings that a class in the plural divides into, at the least."""
_LONE: Final = ("paragraphs", "headings", "labels")
"""Forms of which one by itself makes no set; a paragraph not even where kinds are announced."""
_ACRONYM: Final = 6
"""Letters of the longest."""


def measure_set(found: CandidateSet, parent: str) -> dict[str, float]:
    """Return the signals of a set whose items are measured."""
    items = [item for item in found.items if not item.signals["nobody"]] or found.items  # `Others` speaks for nothing
    count = len(items)
    announced = found.announced
    kinds = announced.purpose in (Purpose.KINDS, Purpose.DIVISION)
    told = (kinds and announced.sure and found.form != "enumeration") or found.signals.get("own-column")
    level = 2 if told else 0 if found.nested == "section" else 1
    named = len([item for item in items if _is_name(item, level)])
    steps = _read_steps(items, scaled=kinds or is_scale(parent))
    codes = [code for _, code in steps if code]
    return {
        **_measure_steps(found, steps, parent),
        "announced": kinds and announced.sure,
        "announced-weakly": kinds and not announced.sure,
        "nested": bool(found.nested),
        "in-field": announced.purpose is Purpose.FIELD and not _divides_by_property(found, items),
        "in-causes": announced.purpose is Purpose.CAUSES,
        "names": (2 * named - count) / count,
        "head": _share(items, "head"),
        "names-parent": _share(items, "names-parent"),
        "things": _share(items, "thing"),
        "linked": _share(items, "linked"),
        "own-folder": _in_folder(items, parent),
        "qualifiers": _share(items, "qualifier") if not codes else 0,
        "divides-thing": not (found.nested or kinds) and _divides_thing(found, items, parent),
        "parallel": _share_of_tail(items) if not codes else 0,
        "plural-class": is_plural(parent) and not kinds and _share(items, "thing"),
        "class-members": bool(found.nested) and is_plural(parent) and not found.parent.words.isupper() and _share_of_bare(items),
        "class-headings": found.form == "headings" and count >= _MANY and not kinds and (is_plural(parent) or _divides(items, parent)),
        "acrostic": sum(map(_is_acrostic, items)) / count,
        "fields": max(_share(items, "field"), _share(items, "announces")) * (0.5 if 0 < announced.number == count else 1),
        "remarks": _share(items, "remark") * (0.5 if kinds and announced.sure else 1),
        "single": count == 1,
        "lone-adjective": count == 1 and _share(items, "qualifier") and not kinds,
        "lone-heading": count == 1 and found.form in (_LONE[:1] if kinds else _LONE),
    }  # fmt: skip


_PROPERTIES: Final = frozenset("shape position site location morphology extent course wall".split())
"""Properties of a thing by which its kinds are told apart; adjectives below one divide it."""


def _divides_by_property(found: CandidateSet, items: list[Candidate]) -> bool:
    """Return whether headings or labels below a property are adjectives or have the parent's noun: `Shape`, `Saccular`."""
    by = bool(found.path) and not _PROPERTIES.isdisjoint(fold(found.path[-1]).split())
    return by and found.form in _LONE and all(item.signals["qualifier"] or item.signals["head"] for item in items)


def _measure_steps(found: CandidateSet, steps: list[tuple[str, str]], parent: str) -> dict[str, float]:
    """Return the signals of (noun, code) of each item: shares, 0 where codes repeat or letters fall."""
    count = len(steps)
    codes = [code for _, code in steps if code]
    letters = [code for code in codes if len(code) == 1 and code not in "IVX" and code.isalpha()]
    distinct = count > 1 and len(set(codes)) == len(codes) and letters == sorted(letters)
    return {
        "grades": distinct * sum(bool(noun) for noun, _ in steps) / count,
        "scale": is_scale(parent) * distinct * len(codes) / count,
        "codes": distinct * sum(bool(code and not noun) for noun, code in steps) / count,
        "ladder": _climbs(codes, found.parent.notation) if len(codes) == count else 0,
    }


def _climbs(codes: list[str], above: str) -> float:
    """Return 1 if codes climb a scale or part a step; numbers count only from 0, since procedures count from 1."""
    if above and all(code.startswith(above) and code != above for code in codes):
        return 1.0
    kind = ladder_kind(codes)
    parted = any(not code.isdigit() for code in codes)  # `3A`, `3B`: procedures have no such steps
    return float(kind in ("roman", "letter") or (kind == "digit" and (codes[0] == "0" or parted)))


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


def _divides(items: list[Candidate], parent: str) -> bool:
    """Return whether a classification has things below it and no codes: `WHO classification of tumours`."""
    return is_scale(parent) and _share(items, "thing") == 1 and not _share(items, "grade")


def _share_of_tail(items: list[Candidate]) -> float:
    """Return the share of the items that end with the commonest last word; 0 where no two end alike."""
    if len(items) == 1:
        return 0.0
    tails = Counter((fold(item.entry.names[0].words).split() or [""])[-1] for item in items)
    most = max(tails.values())
    return most / len(items) if most > 1 else 0.0


def _in_folder(items: list[Candidate], parent: str) -> float:
    """Return the share of the links among items that lead into a folder named after the parent; 0 if few do."""
    links = [item.entry.names[0].link.split("/")[-2:] for item in items if item.signals["linked"]]
    inside = sum(fold(link[0]) == fold(parent) for link in links if len(link) > 1)
    return inside / len(links) if inside > _MANY else 0.0


def _is_acrostic(item: Candidate) -> bool:
    """Return whether an item starts with a letter in bold, `**B**ilirubin`: a mnemonic."""
    text = item.node.text if item.node is not None else None
    return text is not None and text.strong[:1] == ((0, 1),) and text.text[1:2].isalpha()


def _divides_thing(found: CandidateSet, items: list[Candidate], parent: str) -> bool:
    """Return whether adjectives alone divide a thing: three items, or two labels or headings, as a list of two may describe."""
    thing = names_a_thing(parent) or (bool(found.parent.note) and parent.isupper())
    return thing and _share(items, "qualifier") == 1 and len(items) > 1 + (found.form not in _LONE)


def lists_names(node: Node) -> bool:
    """Return whether an item is a class in the plural with bare names below it and nothing behind it."""
    below = node.of_form(Form.ITEM)
    bare = [one for one in below if not one.body.text and not one.children and len(one.words.split()) <= _MANY]
    return len(below) > 1 and len(bare) == len(below) and is_plural(node.words) and not node.body.text


def _read_steps(items: list[Candidate], *, scaled: bool) -> list[tuple[str, str]]:
    """Return (noun, code) of each item; where a scale may be named, of its steps too: `Stanford A`, `Stanford B`."""
    written = [item.entry.names[0].words for item in items]
    scale, count = Counter([step_of(words)[0] for words in written]).most_common(1)[0]
    named = [step_of(words) if step_of(words)[0] == scale else ("", "") for words in written]
    climbs = ladder_kind([code for _, code in named if code])
    if scale and (climbs if count < len(named) else scaled or climbs) and count * 2 > len(named):
        return named
    return [("step", "") if chinese.is_step(words) else grade_code(words) for words in written]


def _share(items: list[Candidate], signal: str) -> float:
    return len([item for item in items if item.signals.get(signal)]) / len(items)


def _is_name(item: Candidate, level: int) -> bool:
    """Return whether an item reads as a name.

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
