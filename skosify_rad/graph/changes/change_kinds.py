"""The kinds of change, and what each means for the next version."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final, NamedTuple

from skosify_rad.model.statements import Term


class Bump(IntEnum):
    """The part of a semantic version that a change raises. Source: https://semver.org/spec/v2.0.0.html."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        """Return the lower-case name."""
        return self.name.lower()


class Kind(NamedTuple):
    """A kind of change."""

    slug: str
    """Its name in JSON: `concept-added`."""
    title: str
    """Its heading in release notes; in lower case after a number it is the reason for a version."""
    bump: Bump
    """The part of the version that it raises."""


KINDS: Final[tuple[Kind, ...]] = (
    Kind("concept-removed", "Concepts removed", Bump.MAJOR),
    Kind("identifier-changed", "Identifiers changed", Bump.MAJOR),
    Kind("identifier-reused", "Identifiers that seem to name something else now", Bump.MAJOR),
    Kind("notation-reused", "Notations given to another concept", Bump.MAJOR),
    Kind("collection-removed", "Collections removed", Bump.MAJOR),
    Kind("scheme-removed", "Concept schemes removed", Bump.MAJOR),
    Kind("type-changed", "Identifiers with another type", Bump.MAJOR),
    Kind("scheme-added", "Concept schemes added", Bump.MINOR),
    Kind("concept-added", "Concepts added", Bump.MINOR),
    Kind("concept-deprecated", "Concepts deprecated", Bump.MINOR),
    Kind("concept-restored", "Concepts no longer deprecated", Bump.MINOR),
    Kind("renamed", "Renamed", Bump.MINOR),
    Kind("concept-moved", "Concepts moved in the hierarchy", Bump.MINOR),
    Kind("top-concept-changed", "Top concepts changed", Bump.MINOR),
    Kind("differential-added", "Differentials added", Bump.MINOR),
    Kind("differential-removed", "Differentials removed", Bump.MINOR),
    Kind("differential-changed", "Differentials told apart differently", Bump.MINOR),
    Kind("relation-changed", "Relations changed", Bump.MINOR),
    Kind("definition-changed", "Definitions changed", Bump.MINOR),
    Kind("label-changed", "Labels changed", Bump.MINOR),
    Kind("mapping-changed", "Mappings changed", Bump.MINOR),
    Kind("notation-changed", "Notations changed", Bump.MINOR),
    Kind("collection-added", "Collections added", Bump.MINOR),
    Kind("collection-changed", "Collections with other members", Bump.MINOR),
    Kind("status-changed", "Concepts with another status", Bump.MINOR),
    Kind("respelled", "Labels respelled", Bump.PATCH),
    Kind("definition-respelled", "Definitions respelled", Bump.PATCH),
    Kind("note-changed", "Notes changed", Bump.PATCH),
    Kind("scheme-changed", "Scheme metadata changed", Bump.PATCH),
    Kind("other", "Other statements changed", Bump.PATCH),
)
"""Every kind, in the order of release notes."""

BY_SLUG: Final = {kind.slug: kind for kind in KINDS}
RANK: Final = {kind: number for number, kind in enumerate(KINDS)}


class Change(NamedTuple):
    """A change of one resource."""

    kind: Kind
    """What sort of change it is."""
    subject: str
    """IRI of the resource that changed."""
    old: tuple[Term, ...] = ()
    """What it had and has no more."""
    new: tuple[Term, ...] = ()
    """What it has and had not."""
    predicate: str = ""
    """IRI of the property whose objects `old` and `new` are; empty if there is no single one."""
    other: str = ""
    """IRI of the other resource concerned, if any."""


def make_change(slug: str, subject: str, old: Iterable[Term] = (), new: Iterable[Term] = ()) -> Change:
    """Return a change of the kind with this name."""
    return Change(BY_SLUG[slug], subject, tuple(old), tuple(new))
