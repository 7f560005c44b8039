"""Which concepts hang together, where an edit joins some or parts them.

Who stands alone is found (`orphan-concept`), and all groups but the largest (`disconnected-cluster`). That one is never
looked at as a whole: it is what is left.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from skosify_rad.checks.hierarchy import find_leaders
from skosify_rad.diagnostics import Diagnostic
from skosify_rad.edits import require
from skosify_rad.region import Region
from skosify_rad.statements import Triple

GROUP_SLUGS: Final = ("orphan-concept", "disconnected-cluster")
"""Rules that tell of groups."""

Links = tuple[AbstractSet[Triple], AbstractSet[Triple]]
"""Relations that went, and those that came, each in both directions."""
_REST: Final = ""
"""Stands for the largest group: before every IRI."""


class Regrouped(NamedTuple):
    """Groups that are others now."""

    gone: Sequence[Diagnostic]
    """What was found of those that were there."""
    groups: Sequence[Sequence[str]]
    """Those that are there instead, in order; one of one concept stands alone."""


def find_parted(region: Region, links: Links) -> AbstractSet[frozenset[str]]:
    """Return the groups of which one end of such a relation is, where but for these none leads to the other end."""
    changed = links[0] | links[1]
    return {piece for pair in _pair(changed) if (piece := region.find_piece(*pair, changed))}


def _pair(links: Iterable[Triple]) -> set[tuple[str, str]]:
    return {(t.subject, str(t.object)) for t in links if t.subject < str(t.object)}


def regroup(
    region: Region, links: Links, parted: AbstractSet[frozenset[str]], known: tuple[Sequence[Diagnostic], int]
) -> Regrouped:
    """Return what relations that went and came make of the groups of concepts; `parted` is told by `find_parted`.

    `known` is all that was found about groups, and how many concepts there were.

    Raises:
        WholeNeededError: a group is too large to be looked at, or there is no largest.

    """
    found, total = known
    changed = links[0] | links[1]
    ends = {iri for pair in _pair(changed) for iri in pair}
    before = {d: region.find_group(d.subject) for d in found}
    outside = frozenset().union(*before.values())
    pieces = parted | {region.find_group(iri, changed) for iri in ends if iri in outside or region.is_new(iri)}
    left = sorted(ends.difference(*pieces))
    require(not any(region.find_piece(left[0], iri, changed) for iri in left[1:]))  # these are what is largest
    parts = [piece for piece in pieces if outside.isdisjoint(piece) and not region.is_new(min(piece))]
    rest = total - len(outside) - sum(map(len, parts))
    groups = _join(pieces, _pair(links[1]))
    rest += len(groups.pop(_REST, ()))
    gone = [d for d, group in before.items() if not ends.isdisjoint(group)]
    stayed = [group for d, group in before.items() if d not in gone]
    require(all(len(group) < rest for group in (*groups.values(), *stayed)))
    return Regrouped(gone, [sorted(group) for group in groups.values()])


def _join(pieces: Iterable[frozenset[str]], pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the groups that pairs make of pieces and of the rest, by what stands for each."""
    key = {iri: min(piece) for piece in pieces for iri in piece}
    leaders = find_leaders((key.get(one, _REST), key.get(other, _REST)) for one, other in pairs)
    joined: dict[str, set[str]] = {}
    for piece in pieces:
        joined.setdefault(leaders.get(min(piece), min(piece)), set()).update(piece)
    return joined
