"""Finding: what a check reports, before it has a place. Check: a function and the rules it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from skosify_rad.checks.view import View
    from skosify_rad.model.statements import Triple


_MANY: Final = 10
"""Up to this number, findings of one rule are never summed up."""


class Finding(NamedTuple):
    """A violation of a rule in the graph, identified by its triples; `validate` finds their places."""

    slug: str
    """The rule's slug."""
    subject: str
    """IRI of the resource concerned."""
    message: str
    """What is wrong, in words a radiologist understands."""
    hint: str = ""
    """What to do about it."""
    triple: Triple | None = None
    """The statement at fault."""
    second: Triple | None = None
    """The statement it contradicts."""


def sum_up(found: list[Finding], total: int) -> list[Finding]:
    """Return the findings of a rule; if it finds most of a large total, which has one cause, one for all."""
    if len(found) <= max(_MANY, total // 2):
        return found
    first = found[0]
    return [first._replace(message=f"{first.message} (also {len(found) - 1} more of {total})")]


class Check(NamedTuple):
    """An entry in the list of checks."""

    run: Callable[[View], Iterator[Finding]]
    """Yields the findings."""
    slugs: tuple[str, ...]
    """The rules it covers; the check is skipped when none of them is selected."""
    count_by_rule: Callable[[View], dict[str, int]] | None = None
    """Returns rule -> number of findings, for reports that only count: there may be one for every concept."""
