"""Fixes for labels and schemes: drop labels in a second role, merge spelling variants, list top concepts."""

from collections.abc import Iterator

from skosify_rad.checks.entailment import LABELS, XL_LABELS
from skosify_rad.checks.fixes.fix import Fix, apply_fixes
from skosify_rad.checks.fixes.relations import RELATED, find_stated
from skosify_rad.checks.labels import list_second_roles
from skosify_rad.checks.naming import find_twins
from skosify_rad.checks.relations import list_related_ancestors
from skosify_rad.checks.schemes import list_unlisted_tops
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import DCT, OWL, SKOS, SKOSXL, XSD
from skosify_rad.model.statements import Literal, Triple


def drop_second_roles(view: View) -> Iterator[Fix]:
    """Yield the removal of labels that have a stronger role for the same resource."""
    for subject, label, predicate in list_second_roles(view):
        xl = XL_LABELS[LABELS.index(predicate)]
        given = [Triple(subject, predicate, label)] if label in view.graph.objects(subject, predicate) else []
        given += [
            Triple(subject, xl, resource)
            for resource in view.graph.objects(subject, xl)
            if isinstance(resource, str) and label in view.graph.objects(resource, SKOSXL.literalForm)
        ]
        reason = f"“{label.value}” also has a stronger role for {view.name(subject)}, which is kept"
        yield Fix("label-in-two-roles", reason, tuple(given))


def merge_twins(view: View) -> Iterator[Fix]:
    """Yield the merging of pairs of concepts whose names differ only in spelling; the one with more statements is kept.

    The other's statements move to it, and its preferred label becomes an alternative label. The other is deprecated,
    with dcterms:isReplacedBy. If the merged concept is both related to a concept and below it, the relation goes.
    """
    replaced_by: dict[str, str] = {}
    done: list[Fix] = []
    for finding in find_twins(view):
        if finding.second is None or {finding.subject, finding.second.subject} & {*replaced_by, *replaced_by.values()}:
            continue  # left for the next round of `fix_graph`
        pair = finding.second.subject, finding.subject
        kept, other = sorted(pair, key=lambda concept: (-_count_statements(view, concept), concept))
        replaced_by[other] = kept
        done.append(_merge(view, kept, other, finding.message))
    if not done:
        return
    yield from done
    known = {frozenset(replaced_by.get(one, one) for one in pair) for pair in list_related_ancestors(view)}
    merged = View(apply_fixes(view.graph, done), view.sources)
    for low, high in list_related_ancestors(merged):
        if frozenset((low, high)) not in known:
            reason = f"{merged.name(high)} is now an ancestor of {merged.name(low)}; the hierarchy is kept"
            yield Fix("spelling-twins", reason, find_stated(merged, low, high, RELATED))


def _count_statements(view: View, concept: str) -> int:
    return sum(len(objects) for objects in view.graph.subjects.get(concept, {}).values())


def _merge(view: View, kept: str, other: str, message: str) -> Fix:
    own = [Triple(s, p, o) for s, p, o in view.graph if other in (s, o)]
    labels = {label for p in LABELS for label in view.graph.objects(kept, p)}
    added: list[Triple] = []
    for subject, predicate, term in own:
        if (subject == other and term == kept) or (subject == kept and term == other):
            continue
        moved = Triple(kept if subject == other else subject, predicate, kept if term == other else term)
        if subject == other and predicate in LABELS:
            if term in labels:
                continue
            labels.add(term)
            weakened = SKOS.altLabel if predicate == SKOS.prefLabel else predicate
            moved = Triple(kept, weakened, term)
        added.append(moved)
    added.append(Triple(other, OWL.deprecated, Literal("true", datatype=XSD.boolean)))
    added.append(Triple(other, DCT.isReplacedBy, kept))
    return Fix("spelling-twins", f"{message}; merged into {kept}", tuple(own), tuple(dict.fromkeys(added)))


def list_tops(view: View) -> Iterator[Fix]:
    """Yield the missing skos:hasTopConcept and skos:topConceptOf statements."""
    for concept, scheme in list_unlisted_tops(view):
        pair = Triple(scheme, SKOS.hasTopConcept, concept), Triple(concept, SKOS.topConceptOf, scheme)
        stated = view.graph.objects(concept, SKOS.topConceptOf)
        reason = f"{view.name(concept)} is at the top of the hierarchy of {view.name(scheme)}"
        yield Fix("unlisted-top-concept", reason, added=pair[:1] if scheme in stated else pair)
