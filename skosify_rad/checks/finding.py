"""Finding: what a check says before it is given a place; Check: a function and the rules it may find."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from skosify_rad.checks.view import View
    from skosify_rad.model.statements import Triple


class Finding(NamedTuple):
    """A fault in the graph, named by its triples; `validate` finds their places."""

    slug: str
    """The rule's slug."""
    subject: str
    """IRI of the resource it is about."""
    message: str
    """What is wrong, in words an author understands."""
    hint: str = ""
    """What to do about it."""
    triple: Triple | None = None
    """The statement at fault."""
    second: Triple | None = None
    """The statement it contradicts."""


class Check(NamedTuple):
    """One entry of the list of checks."""

    run: Callable[[View], Iterator[Finding]]
    """Yields the findings."""
    slugs: tuple[str, ...]
    """The rules it may find; the check is left out when none of them is selected."""
    tally: Callable[[View], dict[str, int]] | None = None
    """Tells how many it finds of each rule, for those who only count: a vocabulary may lack the same everywhere."""
