"""Bars: figures that no change may fall below; they are committed, and they only rise."""

import json
from collections.abc import Mapping
from math import floor
from pathlib import Path
from typing import Final

from quality.scoring import MEASURES, Figures
from skosify_rad.model.diagnostics import InputError

MARGIN: Final = 0.005
"""A bar stands this much below the figure that set it, then rounded down to hundredths."""

ASKED: Final[Mapping[str, Mapping[str, Mapping[str, float]]]] = {
    "rad-dev": {
        "narrower": {"precision": 0.95, "f1": 0.93},
        "related": {"precision": 0.97, "f1": 0.97},
        "altLabels": {"recall": 0.90},
        "definition": {"recall": 0.90},
    }
}
"""What the work was asked to reach, whatever the committed bars are."""

_KINDS: Final = dict.fromkeys(MEASURES, ("precision", "recall", "f1")) | {"definition": ("recall",)}

Bars = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Corpus -> measure -> kind of figure -> the least it may be."""


def read_bars(path: Path) -> Bars:
    """Read the committed bars.

    Raises:
        InputError: the file is not there or is no JSON.

    """
    try:
        bars: Bars = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no bars can be read from it ({error})") from error
    return bars


def render_bars(bars: Bars) -> str:
    """Return bars as the file holds them."""
    return json.dumps(bars, indent=2) + "\n"


def find_shortfalls(name: str, figures: Mapping[str, Figures], bars: Bars) -> list[str]:
    """Return what is wrong: each figure below its bar or below what was asked, each bar that is missing."""
    wrong = []
    for measure, kinds in _KINDS.items():
        for kind in kinds:
            value = getattr(figures[measure], kind)
            bar = bars.get(name, {}).get(measure, {}).get(kind)
            asked = ASKED.get(name, {}).get(measure, {}).get(kind, 0.0)
            if bar is None:
                wrong.append(f"{name}: {measure} {kind} has no bar; set it with --raise")
            elif value < bar:
                wrong.append(f"{name}: {measure} {kind} {value:.4f} is below its bar {bar:.2f}")
            if value < asked:
                wrong.append(f"{name}: {measure} {kind} {value:.4f} is below the {asked:.2f} that was asked for")
    return wrong


def raise_bars(bars: Bars, measured: Mapping[str, Mapping[str, Figures]]) -> Bars:
    """Return the bars lifted to just below today's figures; none is lowered, none is dropped."""
    raised = {name: {m: dict(kinds) for m, kinds in by_measure.items()} for name, by_measure in bars.items()}
    for name, figures in measured.items():
        for measure, kinds in _KINDS.items():
            standing = raised.setdefault(name, {}).setdefault(measure, {})
            for kind in kinds:
                standing[kind] = max(standing.get(kind, 0.0), _bar_below(getattr(figures[measure], kind)))
    return raised


def find_lowered(before: Bars, after: Bars) -> list[str]:
    """Return every bar that is lower, or gone, in the second."""
    lowered = []
    for name, by_measure in before.items():
        for measure, kinds in by_measure.items():
            for kind, bar in kinds.items():
                now = after.get(name, {}).get(measure, {}).get(kind)
                if now is None or now < bar:
                    lowered.append(f"{name}: the bar of {measure} {kind} was {bar:.2f} and is {now}")
    return lowered


def _bar_below(figure: float) -> float:
    return max(0.0, floor(round((figure - MARGIN) * 100, 6)) / 100)
