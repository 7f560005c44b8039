"""Hierarchy and related concepts: SKOS S27 and the structural rules of qSKOS."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import compress, groupby
from operator import eq, itemgetter, ne
from typing import Any, Final

from skosify_rad.checks.entailment import RELATIONS
from skosify_rad.checks.finding import Check, Finding, sum_up
from skosify_rad.checks.iri_index import NamedEdges
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_cycle
from skosify_rad.model.namespaces import INVERSES, RDF, RDFS, SKOS, SKOSXL, curie
from skosify_rad.model.statements import Triple

_NONE: frozenset[Any] = frozenset()
_MANY_PARENTS: Final = 64
"""Above this number, the parents of a concept are compared in one walk, not pair by pair."""
_MAX_SHOWN: Final = 8
"""Concepts of a cycle shown in a message."""
_DESCRIBING: Final = (RDF.type, SKOS.prefLabel, RDFS.label, SKOSXL.prefLabel, SKOS.inScheme, SKOS.topConceptOf)
"""A described resource has at least one of these properties."""


def list_related_ancestors(view: View) -> tuple[tuple[str, str], ...]:
    """Return every pair (descendant, ancestor) that is also related (S27), including pairs inside a cycle."""
    reaches, iris = view.entailed_reach.reaches, view.index.iris
    pairs = []
    for pair in view.related:
        if reaches(*pair) or reaches(*pair[::-1]):
            one, other = sorted(pair, key=iris.__getitem__)
            low, high = (one, other) if reaches(one, other) else (other, one)
            pairs.append((iris[low], iris[high]))
    return tuple(sorted(pairs, key=sorted))


def find_cycles(view: View) -> Iterator[Finding]:
    """Yield one finding per cycle of the entailed hierarchy (a strongly connected component)."""
    broader = NamedEdges(view.entailed_reach.edges, view.index)
    for component in view.entailed_reach.components:
        cycle = find_cycle(broader, view.index.sort_iris(component))
        steps = [view.find_broader(c, p) for c, p in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]
        weakest = min(steps, key=lambda step: (weigh(view, step), step))
        others = [step for step in steps if step != weakest]
        path = " → ".join(view.name(node) for node in (*cycle, cycle[0])[: _MAX_SHOWN + 1])
        more = f" (and {len(cycle) - _MAX_SHOWN} more)" if len(cycle) > _MAX_SHOWN else ""
        size = f"; in all, {len(component)} concepts are in such cycles" if len(component) > len(cycle) else ""
        message = f"A cycle of broader concepts: {path}{more}{size}"
        hint = "Remove one of these statements. The one with the weakest evidence is shown first."
        yield Finding("cyclic-hierarchy", cycle[0], message, hint, weakest, others[0] if others else None)


def weigh(view: View, triple: Triple) -> int:
    """Return the weight of a triple's best evidence, 1 to 9; 5 if it has none."""
    if not view.sources:  # SKOS files have no weights, so do not search for their lines
        return 5
    return max((evidence.weight for evidence in view.sources.get(triple, ())), default=5)


def find_reflexive(view: View) -> Iterator[Finding]:
    """Yield relations of a concept to itself."""
    for predicate in RELATIONS:
        ends = view.ends(predicate)
        for number in compress(ends, map(eq, view.column(predicate).link_subjects, ends)):
            subject = view.index.iris[number]
            message = f"{view.name(subject)} has {curie(predicate)} to itself"
            triple = Triple(subject, predicate, subject)
            yield Finding("reflexive-relation", subject, message, "Remove this statement.", triple)


def find_related_ancestors(view: View) -> Iterator[Finding]:
    """Yield related pairs of ancestor and descendant (S27); pairs inside a cycle give one finding per cycle."""
    component_of, numbers = view.entailed_reach.component_of, view.index.numbers
    inside: dict[int, list[tuple[str, str]]] = {}
    hint = "Keep one of the two: the hierarchy or the relation."
    for low, high in list_related_ancestors(view):
        component = component_of.get(numbers[low])
        if component is not None and component == component_of.get(numbers[high]):
            inside.setdefault(component, []).append((low, high))
            continue
        message = f"{view.name(low)} is related to its own ancestor {view.name(high)}"
        yield _report_conflict(view, (low, high), message, hint)
    for pairs in inside.values():
        low, high = pairs[0]
        more = f" (and {len(pairs) - 1} more pairs)" if len(pairs) > 1 else ""
        message = f"{view.name(low)} is related to {view.name(high)}, and both are in one cycle of the hierarchy{more}"
        yield _report_conflict(view, (low, high), message, "Fix the cycle first.")


def _report_conflict(view: View, pair: tuple[str, str], message: str, hint: str) -> Finding:
    low, high = pair
    reach, numbers = view.entailed_reach, view.index.numbers
    above = reach.edges.get(numbers[low], _NONE)
    steps = [high] if numbers[high] in above else view.index.sort_iris(above)
    leading = (step for step in steps if step == high or reach.reaches(numbers[step], numbers[high]))
    second = next((view.find_broader(low, step) for step in leading), None)
    return Finding("related-and-broader", low, message, hint, view.find_related(low, high), second)


def list_redundant_broader(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield child, redundant parent, and the parent below it that makes it redundant; skip edges inside a cycle."""
    reach, iris = view.matched_reach, view.index.iris
    edges, stated = reach.edges, view.edges
    of, levels = reach.component_of, reach.levels

    def rank(parent: int) -> tuple[int, str]:
        return -levels[of.get(parent, parent)], iris[parent]

    for child in sorted((c for c, above in edges.items() if len(above) > 1), key=iris.__getitem__):
        own = of.get(child, child)
        above = [p for p in edges[child] if of.get(p, p) != own]
        above.sort(key=rank)
        if len(above) > _MANY_PARENTS:
            above = _keep_comparable(view, above)
        redundant: set[int] = set()
        for index, near in enumerate(above):
            if near in redundant:
                continue
            direct = edges.get(near, _NONE)
            for far in above[index + 1 :]:
                if far in redundant or far not in stated.get(child, _NONE) or of.get(far, far) == of.get(near, near):
                    continue
                if far in direct or reach.reaches(near, far):
                    redundant.add(far)
                    yield iris[child], iris[far], iris[near]


def _keep_comparable(view: View, above: list[int]) -> list[int]:
    """Return the parents that are an ancestor or a descendant of another one, in one walk over all ancestors."""
    wanted = set(above)
    ancestors: set[int] = set()
    work = list(above)
    below: set[int] = set()
    while work:
        node = work.pop()
        higher = view.matched_reach.edges.get(node, _NONE)
        if node in wanted and higher:
            below.add(node)
        work.extend(higher - ancestors)
        ancestors |= higher
    far = wanted & ancestors
    return [p for p in above if p in far or p in below] if far else []


def find_redundant(view: View) -> Iterator[Finding]:
    """Yield parents that are also ancestors by a longer path; many for one child are combined into one finding."""
    for child, group in groupby(list_redundant_broader(view), key=itemgetter(0)):
        found = []
        for _, far, near in group:
            message = f"{view.name(child)} is below {view.name(far)} both directly and through {view.name(near)}"
            hint = f"Keep {view.name(near)} as its broader concept and remove {view.name(far)}."
            triple, second = view.find_broader(child, far), view.find_broader(child, near)
            found.append(Finding("redundant-broader", child, message, hint, triple, second))
        yield from sum_up(found, len(found))


def find_related_siblings(view: View) -> Iterator[Finding]:
    """Yield related pairs that share a parent or a child; many that share one are combined into one finding."""
    children = view.collect_edges((SKOS.narrower,), (SKOS.broader,)) if view.related else {}
    for word, edges in (("broader", view.edges), ("narrower", children)):
        groups: dict[str, list[list[str]]] = {}
        for pair in view.related:
            shared = edges.get(pair[0], _NONE) & edges.get(pair[1], _NONE)
            if shared and pair[0] != pair[1]:
                groups.setdefault(view.index.sort_iris(shared)[0], []).append(view.index.sort_iris(pair))
        for concept, pairs in sorted(groups.items()):
            found = []
            for one, other in sorted(pairs):
                names = f"{view.name(one)} and {view.name(other)}"
                message = f"{names} are related, and both have the {word} concept {view.name(concept)}"
                hint = "Keep the relation if it is a differential; otherwise the hierarchy is enough."
                steps = (one, concept) if word == "broader" else (concept, one)
                triple, second = view.find_related(one, other), view.find_broader(*steps)
                found.append(Finding("related-siblings", one, message, hint, triple, second))
            yield from sum_up(found, len(found))


def find_only_transitive(view: View) -> Iterator[Finding]:
    """Yield ancestors that are stated only by broaderTransitive or narrowerTransitive."""
    numbers = view.index.numbers
    for predicate in (SKOS.broaderTransitive, SKOS.narrowerTransitive):
        for subject, term in view.links(predicate):
            low, high = (subject, term) if predicate == SKOS.broaderTransitive else (term, subject)
            if subject != term and not view.reach.reaches(numbers[low], numbers[high]):
                message = f"{view.name(high)} is an ancestor of {view.name(low)} by {curie(predicate)} only"
                hint = "State skos:broader for each step."
                yield Finding("only-transitive", low, message, hint, Triple(subject, predicate, term))


_Pairs = AbstractSet[tuple[int, int]]


def _find_without_inverse(view: View, predicate: str, inverse: str) -> tuple[_Pairs, _Pairs]:
    """Return the pairs that only the property states and those that only its inverse states, as (subject, object).

    Most resources have one value of a property, so the columns are compared first; sets are built only for the rest.
    """
    subjects, ends = view.column(predicate).link_subjects, view.ends(predicate)
    inverse_ends, inverse_subjects = view.ends(inverse), view.column(inverse).link_subjects
    stated, inverted = dict(zip(subjects, ends, strict=True)), dict(zip(inverse_ends, inverse_subjects, strict=True))
    differing = set(compress(subjects, map(ne, map(inverted.get, subjects), ends)))
    differing.update(compress(inverse_ends, map(ne, map(stated.get, inverse_ends), inverse_subjects)))
    if not differing:
        return set(), set()
    forward = set(compress(zip(subjects, ends, strict=True), map(differing.__contains__, subjects)))
    rows = zip(inverse_ends, inverse_subjects, strict=True)
    backward = set(compress(rows, map(differing.__contains__, inverse_ends)))
    return forward - backward, backward - forward


def find_one_way(view: View) -> Iterator[Finding]:
    """Yield relations without their inverse; one finding per property if most lack it."""
    one_way: dict[tuple[str, str], _Pairs] = {}
    iris, described = view.index.iris, len(view.graph.subjects)
    for predicate, inverse in INVERSES.items():
        if (predicate, inverse) not in one_way:  # one comparison serves both directions
            forward, backward = _find_without_inverse(view, predicate, inverse)
            one_way[predicate, inverse] = forward
            one_way[inverse, predicate] = {(subject, term) for term, subject in backward}
        pairs = [(one, other) for one, other in one_way[predicate, inverse] if other < described and one != other]
        missing = sorted((iris[subject], iris[term]) for subject, term in pairs)
        total = len(view.column(predicate).links) + len(view.column(predicate).texts)
        if len(missing) > max(1, total // 2):
            subject, term = missing[0]
            message = f"{len(missing)} of {total} {curie(predicate)} statements have no inverse {curie(inverse)}"
            hint = f"State both: applications that follow {curie(inverse)} do not find them."
            yield Finding("one-way-relation", subject, message, hint, Triple(subject, predicate, term))
            continue
        for subject, term in missing:
            statement = f"{view.name(subject)} {curie(predicate)} {view.name(term)}"
            message = f"{statement}, but the inverse {curie(inverse)} is not stated"
            triple = Triple(subject, predicate, term)
            yield Finding("one-way-relation", subject, message, "State both directions.", triple)


def find_dangling(view: View) -> Iterator[Finding]:
    """Yield relations inside the vocabulary whose target has neither a type nor a label."""
    known = view.owners(*_DESCRIBING)
    for predicate in (*RELATIONS[:5], SKOS.semanticRelation, SKOS.hasTopConcept, SKOS.member):
        unknown = set(view.ends(predicate)) - known
        if predicate != SKOS.hasTopConcept:
            unknown -= set(view.ends(SKOS.hasTopConcept)) if unknown else set()
        rows = zip(view.links(predicate), view.ends(predicate), strict=True) if unknown else ()
        found = [_report_dangling(view, Triple(s, predicate, term), term) for (s, term), end in rows if end in unknown]
        yield from sum_up(found, len(view.links(predicate)))
    known |= set(view.ends(SKOS.hasTopConcept))
    for _, item, triple in view.members if view.links(SKOS.memberList) else ():
        if triple.predicate == SKOS.memberList and isinstance(item, str) and view.index.numbers.get(item) not in known:
            yield _report_dangling(view, triple, item)


def _report_dangling(view: View, triple: Triple, target: str) -> Finding:
    relation = f"{view.name(triple.subject)} {curie(triple.predicate)} {view.name(target)}"
    message = f"{relation}, which has neither a type nor a label"
    hint = "Correct the IRI or describe the target; for a concept of another vocabulary use a mapping property."
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
"""Cycles first, since they cause findings of other rules."""
