"""Changes of the members of collections, and of the order of ordered ones."""

from collections.abc import Collection, Iterator
from typing import Final

from skosify_rad.graph.changes.kinds import Change, make_change
from skosify_rad.graph.changes.concept_statements import Grouped, Sides
from skosify_rad.model.namespaces import RDF, SKOS

_OF_LISTS: Final = frozenset({SKOS.memberList, RDF.first, RDF.rest})


def compare_collections(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield the collections with other members, or with the same in another order."""
    changed = {subject for subject, properties in grouped.items() if SKOS.member in properties}
    if any(not _OF_LISTS.isdisjoint(properties) for properties in grouped.values()):
        changed |= {s for s, properties in sides[1].subjects.items() if SKOS.memberList in properties}
    for subject in sorted(changed - set(settled)):
        old, new = (side.list_members(subject) for side in sides)
        if sides[1].role(subject) == "collection" and old != new:
            before, now = frozenset(old), frozenset(new)
            lost, gained = [m for m in old if m not in now], [m for m in new if m not in before]
            yield make_change("collection-changed", subject, lost, gained)._replace(predicate=SKOS.member)
