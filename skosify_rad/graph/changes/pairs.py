"""Changes of what stands between two concepts: related concepts, differentials and what tells these apart."""

from collections.abc import Collection, Iterator

from skosify_rad.graph.changes.kinds import Change, make_change
from skosify_rad.graph.changes.side import Side
from skosify_rad.graph.changes.concept_statements import Grouped, Sides
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Term

_Pairs = dict[tuple[str, str], tuple[Term, ...]]
"""Concept and its differential -> what distinguishes them."""


def compare_pairs(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield relations lost and gained. What follows from a concept that came or went as a whole is left out.

    A differential that an older concept gains counts even if it is a new concept: that is news about the older one.
    """
    nodes = [subject for subject in grouped if "differential" in (side.role(subject) for side in sides)]
    old, new = (_read_differentials(side, nodes) for side in sides)
    for concept, other in sorted(old.keys() | new.keys()):
        if concept in settled:
            continue
        was, now = old.get((concept, other)), new.get((concept, other))
        if was is None:
            change = make_change("differential-added", concept, (), now or ())
        elif now is None:
            if other in settled:
                continue
            change = make_change("differential-removed", concept, was)
        elif was != now:
            change = make_change(
                "differential-changed", concept, [t for t in was if t not in now], [t for t in now if t not in was]
            )
        else:
            continue
        yield change._replace(predicate=RAD.differentialDiagnosis, other=other)
    yield from _compare_related(grouped, settled, (old.keys() - new.keys(), new.keys() - old.keys()))


def _read_differentials(side: Side, nodes: list[str]) -> _Pairs:
    return {
        (concept, other): tuple(sorted(side.texts(node, RAD.distinguishedBy)))
        for node in nodes
        for concept in side.links(node, RAD.differentialOf)
        for other in side.links(node, RAD.differentialDiagnosis)
    }


def _compare_related(
    grouped: Grouped, settled: Collection[str], told: tuple[Collection[tuple[str, str]], Collection[tuple[str, str]]]
) -> Iterator[Change]:
    """Yield pairs of related concepts, without those that `told` says as differentials."""
    for subject, properties in grouped.items():
        for number, slug in enumerate(("relation-removed", "relation-added")):
            for other in properties[SKOS.related][number] if SKOS.related in properties else ():
                if not isinstance(other, str) or {(subject, other), (other, subject)} & set(told[number]):
                    continue
                if {subject, other}.isdisjoint(settled):
                    yield make_change(slug, subject)._replace(predicate=SKOS.related, other=other)
