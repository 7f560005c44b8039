"""The only place that decides: on a set first, then on each of its items."""

from collections.abc import Mapping

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.compounds import Knows
from skosify_rad.extraction.item_signals import measure_item
from skosify_rad.extraction.set_signals import lists_names, measure_set
from skosify_rad.extraction.weights import (
    DIFFERENTIAL_ITEM_THRESHOLD,
    DIFFERENTIAL_ITEMS,
    KIND_ITEM_THRESHOLD,
    KIND_ITEMS,
    KIND_SET_THRESHOLD,
    KIND_SETS,
)
from skosify_rad.language.english import is_qualifier, names_a_thing
from skosify_rad.language.grades import is_letter_code, is_series
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention


def weigh(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of signals."""
    return sum(weights.get(name, 0.0) * value for name, value in signals.items() if value)


def full_name(mention: Mention) -> str:
    """Return the words of a thing, completed by those above it where they cannot stand alone."""
    words = mention.words
    while mention.parent is not None and (is_qualifier(mention.words) or not names_a_thing(mention.words)):
        mention = mention.parent
        words = f"{words} {mention.words}"
    return words


def decide_kinds(found: CandidateSet, knows: Knows) -> bool:
    """Accept or reject a set of kinds and each of its items; tell whether the set is accepted."""
    parent = full_name(found.parent)
    for item in found.items:
        item.signals = {"set": 1.0, **measure_item(item, parent, knows)}
    told = found.announced.sure and found.announced.purpose in (Purpose.KINDS, Purpose.DIVISION)
    if is_series([item.words for item in found.items], announced=told):
        found.signals["series"] = 1.0
        for item in found.items:
            item.signals["grade"] = 1.0
    _mark_codes(found)
    _free_classes(found)
    found.signals = {**found.signals, **measure_set(found, parent)}
    found.score = weigh(found.signals, KIND_SETS)
    for item in found.items:
        item.score = weigh(item.signals, KIND_ITEMS)
        item.accepted = item.score >= KIND_ITEM_THRESHOLD
    if found.form == "paragraphs" and 0 < found.signals["head"] < 1 and found.announced.purpose is Purpose.NONE:
        for item in found.items:  # where only a shared noun speaks for the set, others must have something too
            s = item.signals
            item.accepted = item.accepted and bool(
                s["head"] or s["linked"] or s["qualifier"] or s["grade"] or s["known"]
            )
    steps = sum(bool(item.signals["grade"]) for item in found.items)
    if steps * 3 >= len(found.items) * 2 and steps > 1:
        for item in found.items:  # among the steps of a scale only steps count
            item.accepted = item.accepted and bool(item.signals["grade"])
    found.accepted = found.score >= KIND_SET_THRESHOLD and any(item.accepted for item in found.items)
    return found.accepted


def _mark_codes(found: CandidateSet) -> None:
    """Take letters for steps where a scale is announced, or an acronym heads them, and all items are codes: `M` beside `L1`, `L2` and `MS`."""
    codes = all(is_letter_code(item.words) for item in found.items) and len(found.items) > _FEW
    acronym = found.parent.words.isupper() and any(item.words[-1:].isdigit() for item in found.items)
    if codes and (found.announced.step or acronym) and any(len(item.words) > 1 for item in found.items[1:]):
        for item in found.items:
            item.signals |= {"grade": 1.0, "nobody": 0.0}
        found.signals["series"] = float(acronym)


_FEW = 2
"""Codes; no more make no scale."""


def _free_classes(found: CandidateSet) -> None:
    """Take a class with bare names below it for no field among others that have them: `Proteins` beside `Steroids`."""
    classes = [item for item in found.items if item.node is not None and lists_names(item.node)]
    if sum(not item.signals["announces"] for item in classes) * 2 > len(found.items) and found.announced.sure:
        for item in classes:
            item.signals |= {"field": 0.0, "announces": 0.0}


def decide_differentials(found: CandidateSet, knows: Knows) -> bool:
    """Accept or reject each item of an announced list of differentials; tell whether one is accepted."""
    for item in found.items:
        item.signals = measure_item(item, "", knows)
    announced = 1.0
    if not found.announced.sure:
        things = sum(_weigh_differential(item, -0.5) for item in found.items)
        announced = -0.5 if things < 2 or things * 2 < len(found.items) else 1.0  # noqa: PLR2004 - most of a list
    for item in found.items:
        item.accepted = _weigh_differential(item, announced)
    found.accepted = any(item.accepted for item in found.items)
    return found.accepted


def _weigh_differential(item: Candidate, announced: float) -> bool:
    item.signals = {**item.signals, "set": announced}
    item.score = weigh(item.signals, DIFFERENTIAL_ITEMS)
    return item.score >= DIFFERENTIAL_ITEM_THRESHOLD
