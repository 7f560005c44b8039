"""Random half splits of a corpus: how far the figures of two halves lie apart by chance alone."""

import random
from collections.abc import Sequence
from typing import NamedTuple

from quality.scoring import Outcome, tally


class Spread(NamedTuple):
    """F1 of one relation over the halves of many splits."""

    lowest: float
    """The worst half."""
    mean: float
    """Mean of all halves."""
    highest: float
    """The best half."""
    mean_gap: float
    """Mean distance between the two halves of a split."""
    widest_gap: float
    """The greatest such distance."""


def split_notes(notes: Sequence[str], seed: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return two halves of the notes; the same seed gives the same halves."""
    shuffled = sorted(notes)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a sample, no secret
    middle = len(shuffled) // 2
    return frozenset(shuffled[:middle]), frozenset(shuffled[middle:])


def spread(outcomes: Sequence[Outcome], relation: str, seeds: Sequence[int]) -> Spread:
    """Return how F1 of a relation spreads over one random split a seed, of the notes that have outcomes.

    Raises:
        ValueError: no seed is given.

    """
    if not seeds:
        raise ValueError("at least one split is needed")
    notes = sorted({outcome.note for outcome in outcomes})
    pairs = []
    for seed in seeds:
        halves = split_notes(notes, seed)
        pairs.append([tally(o for o in outcomes if o.note in half)[relation].f1 for half in halves])
    values = [value for pair in pairs for value in pair]
    gaps = [abs(first - second) for first, second in pairs]
    return Spread(min(values), sum(values) / len(values), max(values), sum(gaps) / len(gaps), max(gaps))
