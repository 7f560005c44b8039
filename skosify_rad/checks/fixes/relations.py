"""Fixes for relations: cycles, redundant parents, S27 conflicts, reflexive and one-way relations."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.entailment import RELATIONS
from skosify_rad.checks.fixes.fix import Fix
from skosify_rad.checks.relations import list_redundant_broader, list_related_ancestors, weigh
from skosify_rad.checks.view import View
from skosify_rad.graph.cycles import find_weakest
from skosify_rad.model.namespaces import INVERSES, SKOS, curie
from skosify_rad.model.statements import Triple

_BROADER: Final = ((SKOS.broader, SKOS.narrower),)
_ABOVE: Final = (
    *_BROADER,
    (SKOS.broaderTransitive, SKOS.narrowerTransitive),
    (SKOS.broadMatch, SKOS.narrowMatch),
)
RELATED: Final = ((SKOS.related, SKOS.related), (SKOS.relatedMatch, SKOS.relatedMatch))
"""Properties that S27 makes disjoint with the hierarchy, each with its inverse."""


def find_stated(view: View, one: str, other: str, properties: tuple[tuple[str, str], ...]) -> tuple[Triple, ...]:
    """Return the stated triples that relate two concepts by these properties or their inverses."""
    found = []
    for predicate, inverse in properties:
        if other in view.graph.objects(one, predicate):
            found.append(Triple(one, predicate, other))
        if one in view.graph.objects(other, inverse):
            found.append(Triple(other, inverse, one))
    return tuple(found)


def break_cycles(view: View) -> Iterator[Fix]:
    """Yield the removal of the weakest edge of each cycle; of overlapping cycles, no more edges than needed."""
    edges, iris = view.entailed_reach.edges, view.index.iris
    of = {node: component for component in view.entailed_reach.components for node in component}
    steps = [(iris[c], iris[p]) for c in of for p in edges.get(c, ()) if c != p and of[c] is of.get(p)]
    weights = {step: weigh(view, view.find_broader(*step)) for step in steps}
    steps.sort(key=lambda step: (weights[step], step), reverse=True)
    for parent, child, _ in reversed(find_weakest([(p, c) for c, p in steps])):
        statement = f"{view.name(parent)} as a broader concept of {view.name(child)}"
        reason = f"{statement} has the weakest evidence ({weights[child, parent]} of 9) in a cycle"
        yield Fix("cyclic-hierarchy", reason, find_stated(view, child, parent, _ABOVE))


def drop_redundant(view: View) -> Iterator[Fix]:
    """Yield the removal of parents that are also ancestors by a longer path."""
    for child, far, near in list_redundant_broader(view):
        reason = f"{view.name(child)} is still below {view.name(far)} through {view.name(near)}"
        yield Fix("redundant-broader", reason, find_stated(view, child, far, _BROADER))


def drop_related_ancestors(view: View) -> Iterator[Fix]:
    """Yield the removal of relations between ancestor and descendant (S27)."""
    for low, high in list_related_ancestors(view):
        reason = f"{view.name(high)} is an ancestor of {view.name(low)}; the hierarchy is kept"
        yield Fix("related-and-broader", reason, find_stated(view, low, high, RELATED))


def drop_reflexive(view: View) -> Iterator[Fix]:
    """Yield the removal of relations of a concept to itself."""
    for predicate in RELATIONS:
        for subject, term in view.links(predicate):
            if subject == term:
                reason = f"{view.name(subject)} has {curie(predicate)} to itself"
                yield Fix("reflexive-relation", reason, (Triple(subject, predicate, term),))


def add_inverses(view: View) -> Iterator[Fix]:
    """Yield the missing inverses."""
    for predicate, inverse in INVERSES.items():
        pairs = {pair for pair in view.links(predicate) if pair[1] in view.graph.subjects and pair[0] != pair[1]}
        for subject, term in sorted(pairs - {(o, s) for s, o in view.links(inverse)}):
            reason = f"{view.name(subject)} {curie(predicate)} {view.name(term)} has no inverse"
            yield Fix("one-way-relation", reason, added=(Triple(term, inverse, subject),))
