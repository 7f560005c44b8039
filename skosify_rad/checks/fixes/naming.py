"""Fixes for labels and schemes: drop labels in a second role, list top concepts."""

from collections.abc import Iterator

from skosify_rad.checks.entailment import LABELS, XL_LABELS
from skosify_rad.checks.fixes.fix import Fix
from skosify_rad.checks.labels import list_second_roles
from skosify_rad.checks.schemes import list_unlisted_tops
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import SKOS, SKOSXL
from skosify_rad.model.statements import Triple


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


def list_tops(view: View) -> Iterator[Fix]:
    """Yield the missing skos:hasTopConcept and skos:topConceptOf statements."""
    for concept, scheme in list_unlisted_tops(view):
        pair = Triple(scheme, SKOS.hasTopConcept, concept), Triple(concept, SKOS.topConceptOf, scheme)
        stated = view.graph.objects(concept, SKOS.topConceptOf)
        reason = f"{view.name(concept)} is at the top of the hierarchy of {view.name(scheme)}"
        yield Fix("unlisted-top-concept", reason, added=pair[:1] if scheme in stated else pair)
