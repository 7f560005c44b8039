"""The next semantic version of a vocabulary, and why. Source: https://semver.org/spec/v2.0.0.html."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from skosify_rad.graph.changes.change_kinds import RANK, Bump, Change
from skosify_rad.graph.graph import Graph
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import OWL
from skosify_rad.model.statements import Literal

_SEMANTIC: Final = lazy_pattern(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:[-+][0-9A-Za-z.+-]+)?")


_MOST: Final = 4
"""Kinds of change that a reason names."""


class Suggestion(NamedTuple):
    """What to call the next version; `version` is empty if the old one is not semantic or nothing changed."""

    bump: Bump
    version: str
    reason: str


def suggest_version(changes: Iterable[Change], old: str) -> Suggestion:
    """Return the next version after `old`."""
    counts = Counter(change.kind for change in changes)
    bump = max((kind.bump for kind in counts), default=Bump.NONE)
    kinds = sorted((kind for kind in counts if kind.bump == bump), key=RANK.__getitem__)
    parts = [f"{kind.title[0].lower()}{kind.title[1:]}: {counts[kind]:,}" for kind in kinds]
    more = f" and {len(parts) - _MOST} kinds of change more" if len(parts) > _MOST else ""
    return Suggestion(bump, raise_version(old, bump), ", ".join(parts[:_MOST]) + more or "nothing changed")


def is_after(version: str, other: str) -> bool:
    """Return whether a semantic version is later than another; False if one is not semantic.

    >>> is_after("1.10.0", "1.9.0"), is_after("2026-01", "1.0.0")
    (True, False)
    """
    found, known = (_SEMANTIC.fullmatch(words) for words in (version, other))
    return bool(found and known and [*map(int, found.groups())] > [*map(int, known.groups())])


def raise_version(version: str, bump: Bump) -> str:
    """Return the version after another; empty if that is not semantic.

    >>> raise_version("1.2.3", Bump.MINOR), raise_version("2026-01", Bump.MINOR)
    ('1.3.0', '')
    """
    found = _SEMANTIC.fullmatch(version)
    if not found or bump == Bump.NONE:
        return ""
    major, minor, patch = map(int, found.groups())
    return {
        Bump.MAJOR: f"{major + 1}.0.0",
        Bump.MINOR: f"{major}.{minor + 1}.0",
        Bump.PATCH: f"{major}.{minor}.{patch + 1}",
    }[bump]


def read_version(graph: Graph) -> str:
    """Return the version that the scheme states; empty if it states none."""
    found = (term.value for term in graph.objects(graph.scheme, OWL.versionInfo) if isinstance(term, Literal))
    return next(found, "")
