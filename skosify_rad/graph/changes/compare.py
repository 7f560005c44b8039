"""Two graphs -> the changes of their concepts, collections and schemes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from skosify_rad.graph.changes.change_kinds import RANK, Change, make_change
from skosify_rad.graph.changes.concept_statements import (
    compare_collections,
    compare_pairs,
    compare_statements,
    find_moved_notations,
    group_statements,
)
from skosify_rad.graph.changes.differences import Differences, find_differences
from skosify_rad.graph.changes.side import Side
from skosify_rad.graph.changes.versions import read_version
from skosify_rad.graph.graph import Graph
from skosify_rad.language.spelling import fold
from skosify_rad.model.namespaces import DCT, SKOS

_NAMED = frozenset({"concept", "collection", "scheme"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes from one graph to another."""

    differences: Differences
    """The triples that changed."""
    old: Side
    """The old graph."""
    new: Side
    """The new graph."""
    changes: tuple[Change, ...]
    """The changes, by kind, then by the name of what changed."""
    versions: tuple[str, str]
    """The versions that the old and the new scheme state, if any."""

    def name(self, iri: str) -> str:
        """Return the name of a resource, now or before; without one, the end of its IRI."""
        return self.new.name(iri) or self.old.name(iri) or iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def compare(old: Graph, new: Graph) -> Comparison:
    """Return the changes from one graph to another. Dates, versions and change notes do not count."""
    differences = find_differences(old, new)
    sides = Side(differences.old), Side(differences.new)
    resources = _link_renewed(list(_compare_resources(differences, *sides)), *sides)
    settled = {iri for change in resources for iri in (change.subject, change.other)}
    grouped = group_statements(differences, *sides)
    found = chain(
        resources,
        compare_pairs(grouped, settled, sides),
        compare_statements(grouped, settled, sides),
        find_moved_notations(grouped, resources, sides),
        compare_collections(grouped, settled, sides),
    )
    comparison = Comparison(differences, *sides, (), (read_version(old), read_version(new)))
    ordered = sorted(found, key=lambda c: (RANK[c.kind], comparison.name(c.subject).casefold(), c.subject, c.other))
    return replace(comparison, changes=tuple(ordered))


def _compare_resources(differences: Differences, old: Side, new: Side) -> Iterator[Change]:
    """Yield what was added, removed, deprecated, restored or given another type."""
    for subject in dict.fromkeys(triple.subject for triple in (*differences.removed, *differences.added)):
        before, after = old.role(subject), new.role(subject)
        if before in _NAMED and after in _NAMED and before != after:
            change = make_change("type-changed", subject)
            yield change._replace(predicate=f"{before} {after}")
        elif before in _NAMED and after not in _NAMED:
            yield make_change(f"{before}-removed", subject)
        elif after in _NAMED and before not in _NAMED:
            yield make_change(f"{after}-added", subject)
        elif after == "concept" and new.is_deprecated(subject) and not old.is_deprecated(subject):
            yield make_change("concept-deprecated", subject, new=new.links(subject, DCT.isReplacedBy))
        elif after == "concept" and old.is_deprecated(subject) and not new.is_deprecated(subject):
            yield make_change("concept-restored", subject)


def _link_renewed(changes: list[Change], old: Side, new: Side) -> list[Change]:
    """Join a concept that is gone with the only added one of its name or notation: its identifier seems changed."""
    gone, fresh = defaultdict[object, list[Change]](list), defaultdict[object, list[Change]](list)
    for change in changes:
        slug, subject = change.kind.slug, change.subject
        if slug in ("concept-removed", "concept-added") or (slug == "concept-deprecated" and not change.new):
            group, side = (fresh, new) if slug == "concept-added" else (gone, old)
            for name in dict.fromkeys((fold(side.name(subject)), *side.objects(subject, SKOS.notation))):
                group[name].append(change)
    renewed: dict[Change, Change | None] = {}
    for key, (first, *more) in gone.items():
        added = fresh.get(key, ())
        if not key or more or len(added) != 1 or first in renewed or added[0] in renewed:
            continue
        if old.find_signs(first.subject).isdisjoint(new.find_signs(added[0].subject)):
            continue
        if first.kind.slug == "concept-removed":
            renewed[first] = make_change("identifier-changed", first.subject)._replace(other=added[0].subject)
            renewed[added[0]] = None
        else:
            renewed[first] = first._replace(other=added[0].subject)
    return [kept for change in changes if (kept := renewed.get(change, change)) is not None]
