"""Hierarchy and associations: S27, cycles first, and the structural practice of qSKOS."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import compress, groupby
from operator import eq, itemgetter, ne
from typing import Any, Final

from skosify_rad.checks.entailment import RELATIONS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.numbering import NamedEdges
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_cycle
from skosify_rad.model.namespaces import INVERSES, RDF, RDFS, SKOS, SKOSXL, curie
from skosify_rad.model.statements import Triple

_NONE: frozenset[Any] = frozenset()
_MANY: Final = 64
"""Parents of one concept from which on they are looked at together, not pair by pair."""
_SHOWN: Final = 8
"""Concepts of a cycle that a message names; like findings about one concept that are told one by one."""
_SAYS: Final = (RDF.type, SKOS.prefLabel, RDFS.label, SKOSXL.prefLabel, SKOS.inScheme, SKOS.topConceptOf)
"""Properties one of which a described resource has."""


def list_related_ancestors(view: View) -> tuple[tuple[str, str], ...]:
    """Return every pair (descendant, ancestor) that is also related (S27), those inside a cycle included."""
    reaches, names = view.entailed_reach.reaches, view.names.names
    pairs = []
    for pair in view.related:
        if reaches(*pair) or reaches(*pair[::-1]):
            one, other = sorted(pair, key=names.__getitem__)
            pairs.append((one, other) if reaches(one, other) else (other, one))
    named = [(names[low], names[high]) for low, high in pairs]
    return tuple(sorted(named, key=sorted))


def find_cycles(view: View) -> Iterator[Finding]:
    """Yield one finding for each group of concepts that are broader than themselves, by whatever property."""
    wider = NamedEdges(view.entailed_reach.edges, view.names)
    for component in view.entailed_reach.components:
        cycle = find_cycle(wider, view.names.sort(component))
        steps = [view.find_broader(c, p) for c, p in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]
        weakest = min(steps, key=lambda step: (weigh(view, step), step))
        others = [step for step in steps if step != weakest]
        way = " → ".join(view.name(node) for node in (*cycle, cycle[0])[: _SHOWN + 1])
        more = f" (and {len(cycle) - _SHOWN} more)" if len(cycle) > _SHOWN else ""
        size = f"; {len(component)} concepts hang together so" if len(component) > len(cycle) else ""
        message = f"A cycle of broader concepts: {way}{more}{size}"
        hint = "Decide which of the two is the wider thing; the weakest statement is shown first."
        yield Finding("cyclic-hierarchy", cycle[0], message, hint, weakest, others[0] if others else None)


def weigh(view: View, triple: Triple) -> int:
    """Return the strength of a triple's best evidence, 1 to 9; 5 where nothing is known."""
    if not view.sources:  # a file from elsewhere weighs nothing: its lines need not be looked for
        return 5
    return max((evidence.weight for evidence in view.sources.get(triple, ())), default=5)


def find_reflexive(view: View) -> Iterator[Finding]:
    """Yield relations of a concept with itself."""
    for predicate in RELATIONS:
        ends = view.ends(predicate)
        for number in compress(ends, map(eq, view.column(predicate).linked, ends)):
            subject = view.names.names[number]
            message = f"{view.name(subject)} is {curie(predicate)} of itself"
            triple = Triple(subject, predicate, subject)
            yield Finding("reflexive-relation", subject, message, "Take it out.", triple)


def find_related_ancestors(view: View) -> Iterator[Finding]:
    """Yield related pairs on one line of descent (S27); those inside a cycle come as one finding a cycle."""
    component_of, numbers = view.entailed_reach.component_of, view.names.numbers
    inside: dict[int, list[tuple[str, str]]] = {}
    hint = "Keep the hierarchy and take the relation out, or the other way round."
    for low, high in list_related_ancestors(view):
        component = component_of.get(numbers[low])
        if component is not None and component == component_of.get(numbers[high]):
            inside.setdefault(component, []).append((low, high))
            continue
        message = f"{view.name(low)} is related to {view.name(high)}, which is its ancestor"
        yield _as_conflict(view, (low, high), message, hint)
    for pairs in inside.values():
        low, high = pairs[0]
        more = f" (and {len(pairs) - 1} more pairs)" if len(pairs) > 1 else ""
        message = f"{view.name(low)} is related to {view.name(high)}, and both lie in one cycle of the hierarchy{more}"
        yield _as_conflict(view, (low, high), message, "Mend the cycle first.")


def _as_conflict(view: View, pair: tuple[str, str], message: str, hint: str) -> Finding:
    low, high = pair
    reach, numbers = view.entailed_reach, view.names.numbers
    above = reach.edges.get(numbers[low], _NONE)
    steps = [high] if numbers[high] in above else view.names.sort(above)
    leading = (step for step in steps if step == high or reach.reaches(numbers[step], numbers[high]))
    second = next((view.find_broader(low, step) for step in leading), None)
    return Finding("related-and-broader", low, message, hint, view.find_related(low, high), second)


def list_redundant_broader(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield child, redundant parent, and the parent that already leads there; edges inside a cycle are left out."""
    reach, edges, names = view.reach, view.edges, view.names.names
    of, levels = reach.component_of, reach.levels

    def rank(parent: int) -> tuple[int, str]:
        return -levels[of.get(parent, parent)], names[parent]

    for child in sorted((c for c, above in edges.items() if len(above) > 1), key=names.__getitem__):
        own = of.get(child, child)
        above = [p for p in edges[child] if of.get(p, p) != own]
        above.sort(key=rank)
        if len(above) > _MANY:
            above = _keep_joined(view, above)
        redundant: set[int] = set()
        for index, near in enumerate(above):
            if near in redundant:
                continue
            direct = edges.get(near, _NONE)
            for far in above[index + 1 :]:
                if far in redundant or of.get(far, far) == of.get(near, near):
                    continue
                if far in direct or reach.reaches(near, far):
                    redundant.add(far)
                    yield names[child], names[far], names[near]


def _keep_joined(view: View, above: list[int]) -> list[int]:
    """Leave out the parents that lie neither above nor below another, found in one walk over all ancestors."""
    wanted = set(above)
    ancestors: set[int] = set()
    work = list(above)
    below: set[int] = set()
    while work:
        node = work.pop()
        higher = view.edges.get(node, _NONE)
        if node in wanted and higher:
            below.add(node)
        work.extend(higher - ancestors)
        ancestors |= higher
    far = wanted & ancestors
    return [p for p in above if p in far or p in below] if far else []


def find_redundant(view: View) -> Iterator[Finding]:
    """Yield broader concepts that are ancestors by a longer way already; many of one child come as one finding."""
    for child, group in groupby(list_redundant_broader(view), key=itemgetter(0)):
        found = list(group)
        shown = found if len(found) <= _SHOWN else found[:1]
        more = f" ({len(found) - 1} more of its {len(view.parents[child])} parents likewise)" if shown != found else ""
        for _, far, near in shown:
            names = f"{view.name(child)} has the broader concept {view.name(far)}"
            message = f"{names}, which {view.name(near)} leads to already{more}"
            hint = f"Keep {view.name(near)} as the parent and take {view.name(far)} out."
            triple, second = view.find_broader(child, far), view.find_broader(child, near)
            yield Finding("redundant-broader", child, message, hint, triple, second)


def find_related_siblings(view: View) -> Iterator[Finding]:
    """Yield related pairs that share a parent; many below one parent come as one finding."""
    edges = view.edges
    below: dict[str, list[list[str]]] = {}
    for pair in view.related:
        shared = edges.get(pair[0], _NONE) & edges.get(pair[1], _NONE)
        if shared and pair[0] != pair[1]:
            below.setdefault(view.names.sort(shared)[0], []).append(view.names.sort(pair))
    for parent, pairs in sorted(below.items()):
        pairs.sort()
        shown = pairs if len(pairs) <= _SHOWN else pairs[:1]
        more = f" ({len(pairs) - 1} more pairs below it likewise)" if shown != pairs else ""
        for one, other in shown:
            names = f"{view.name(one)} and {view.name(other)}"
            message = f"{names} are related, and both are kinds of {view.name(parent)}{more}"
            hint = "Fine for a differential; otherwise the shared parent says enough."
            triple, second = view.find_related(one, other), view.find_broader(one, parent)
            yield Finding("related-siblings", one, message, hint, triple, second)


def find_only_transitive(view: View) -> Iterator[Finding]:
    """Yield ancestors that are stated as transitive only."""
    numbers = view.names.numbers
    for predicate in (SKOS.broaderTransitive, SKOS.narrowerTransitive):
        for subject, term in view.links(predicate):
            low, high = (subject, term) if predicate == SKOS.broaderTransitive else (term, subject)
            if subject != term and not view.reach.reaches(numbers[low], numbers[high]):
                message = f"{view.name(high)} is an ancestor of {view.name(low)} by {curie(predicate)} only"
                hint = "State skos:broader from step to step; the transitive property is for reasoners to infer."
                yield Finding("only-transitive", low, message, hint, Triple(subject, predicate, term))


_Pairs = AbstractSet[tuple[int, int]]


def _find_unanswered(view: View, predicate: str, inverse: str) -> tuple[_Pairs, _Pairs]:
    """Return the pairs of a property that its inverse does not state, and those of the inverse that it does not.

    Mostly each resource has one of a property, so that two columns are compared; only the rest is made a set of.
    """
    subjects, ends = view.column(predicate).linked, view.ends(predicate)
    others, answers = view.ends(inverse), view.column(inverse).linked
    stated, answered = dict(zip(subjects, ends, strict=True)), dict(zip(others, answers, strict=True))
    odd = set(compress(subjects, map(ne, map(answered.get, subjects), ends)))
    odd.update(compress(others, map(ne, map(stated.get, others), answers)))
    if not odd:
        return set(), set()
    forth = set(compress(zip(subjects, ends, strict=True), map(odd.__contains__, subjects)))
    back = set(compress(zip(others, answers, strict=True), map(odd.__contains__, others)))
    return forth - back, back - forth


def find_one_way(view: View) -> Iterator[Finding]:
    """Yield relations without their inverse; one finding where most lack it."""
    unanswered: dict[tuple[str, str], _Pairs] = {}
    names, described = view.names.names, len(view.graph.subjects)
    for predicate, inverse in INVERSES.items():
        if (predicate, inverse) not in unanswered:  # two inverses are looked at once
            forth, back = _find_unanswered(view, predicate, inverse)
            unanswered[predicate, inverse] = forth
            unanswered[inverse, predicate] = {(subject, term) for term, subject in back}
        pairs = [(one, other) for one, other in unanswered[predicate, inverse] if other < described and one != other]
        missing = sorted((names[subject], names[term]) for subject, term in pairs)
        total = len(view.column(predicate).links) + len(view.column(predicate).texts)
        if len(missing) > max(1, total // 2):
            subject, term = missing[0]
            stated = f"{curie(predicate)} is stated {total} times"
            message = f"{stated} and answered by {curie(inverse)} {total - len(missing)} times"
            hint = f"Readers who follow {curie(inverse)} see nothing: state both."
            yield Finding("one-way-relation", subject, message, hint, Triple(subject, predicate, term))
            continue
        for subject, term in missing:
            message = f"{view.name(subject)} {curie(predicate)} {view.name(term)} has no {curie(inverse)} to answer it"
            yield Finding(
                "one-way-relation", subject, message, "State both directions.", Triple(subject, predicate, term)
            )


def find_dangling(view: View) -> Iterator[Finding]:
    """Yield relations inside the vocabulary whose target has neither type nor label."""
    known = view.owners(*_SAYS)
    for predicate in (*RELATIONS[:5], SKOS.semanticRelation, SKOS.hasTopConcept, SKOS.member):
        unknown = set(view.ends(predicate)) - known
        if predicate != SKOS.hasTopConcept:
            unknown -= set(view.ends(SKOS.hasTopConcept)) if unknown else set()
        for (subject, term), end in zip(view.links(predicate), view.ends(predicate), strict=True) if unknown else ():
            if end in unknown:
                yield _as_dangling(view, Triple(subject, predicate, term), term)
    known |= set(view.ends(SKOS.hasTopConcept))
    for _, item, triple in view.members if view.links(SKOS.memberList) else ():
        if triple.predicate == SKOS.memberList and isinstance(item, str) and view.names.numbers.get(item) not in known:
            yield _as_dangling(view, triple, item)


def _as_dangling(view: View, triple: Triple, target: str) -> Finding:
    relation = f"{view.name(triple.subject)} {curie(triple.predicate)} {view.name(target)}"
    message = f"{relation}, which has neither type nor label"
    hint = "Describe the target, or use a mapping property for a concept of another vocabulary."
    return Finding("dangling-relation", triple.subject, message, hint, triple)


CHECKS: Final = (
    Check(find_cycles, ("cyclic-hierarchy",)),
    Check(find_reflexive, ("reflexive-relation",)),
    Check(find_related_ancestors, ("related-and-broader",)),
    Check(find_redundant, ("redundant-broader",)),
    Check(find_related_siblings, ("related-siblings",)),
    Check(find_only_transitive, ("only-transitive",)),
    Check(find_one_way, ("one-way-relation",)),
    Check(find_dangling, ("dangling-relation",)),
)
"""Cycles first: what follows from a cycle is told after it."""
