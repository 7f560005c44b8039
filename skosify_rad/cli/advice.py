"""The most useful things to do next, in plain words, from the findings."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from skosify_rad.model.diagnostics import Diagnostic

MOST_STEPS: Final = 5
"""Steps listed; `check` has the rest."""
_MOST_NAMES: Final = 3
"""Names listed with a step."""
_NAME: Final = re.compile("“([^”]+)”")
_NOTES: Final = re.compile(r"\bin (\d+) notes\b")

_PHRASES: Final = (
    ("broken-link", "link leads to a note that does", "links lead to notes that do", "not exist; the most wanted"),
    ("unread-section", "heading promises", "headings promise", "subtypes or differentials that were not found"),
    ("one-sided-differential", "differential is", "differentials are", "listed in only one of the two notes"),
    ("undocumented-concept", "note has", "notes have", "no defining sentence"),
    ("wanted-note", "name is", "names are", "mentioned in several notes without a note of their own; most often"),
    ("possible-duplicate", "concept", "concepts", "may be the same as another"),
)
"""Rule, one, many, and what follows, the most useful first. `check` has all others."""


def list_steps(found: Iterable[Diagnostic], vault: Path) -> list[tuple[str, str]]:
    """Return the most useful steps, each with the command that says more."""
    by_level: dict[Severity, list[Diagnostic]] = {level: [] for level in sorted(Severity, reverse=True)}
    for finding in found:
        by_level[finding.level].append(finding)
    infos, folder = by_level.pop(Severity.INFO), shlex.quote(str(vault))
    steps = [(_count_rules(group, level), f"rad2skos check {folder}") for level, group in by_level.items() if group]
    return [*steps, *_iter_gaps(infos)][:MOST_STEPS]


def _count_rules(found: list[Diagnostic], level: Severity) -> str:
    numbers = Counter(finding.rule.slug for finding in found)
    listed = ", ".join(f"{slug} ({number:,})" for slug, number in numbers.most_common())
    return f"{len(found):,} {level}{'' if len(found) == 1 else 's'} to mend: {listed}"


def _iter_gaps(found: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    for slug, one, many, rest in _PHRASES:
        group = [finding for finding in found if finding.rule.slug == slug]
        if group:
            words = f"{len(group):,} {one if len(group) == 1 else many} {rest}: {count_names(group, _MOST_NAMES)}"
            yield words, f"rad2skos explain {slug}"


def count_names(found: Iterable[Diagnostic], most: int) -> str:
    """Return the names that most of these findings are about, each with its number if that is more than one."""
    numbers: Counter[str] = Counter()
    for finding in found:
        name, notes = _NAME.search(finding.message), _NOTES.search(finding.message)
        numbers[name[1] if name else finding.words or finding.place.path] += int(notes[1]) if notes else 1
    del numbers[""]
    first = sorted(numbers, key=lambda name: (-numbers[name], name))[:most]
    listed = [f"{name} ({numbers[name]:,})" if numbers[name] > 1 else name for name in first]
    return ", ".join([*listed, *(["..."] if len(numbers) > most else [])])
