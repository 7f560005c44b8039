"""Fixes of labels and schemes: labels in two roles, spelling twins merged, top concepts listed."""

from collections.abc import Iterator

from skosify_rad.checks.entailment import LABELS
from skosify_rad.checks.labels import find_labels_in_two_roles
from skosify_rad.checks.naming import find_twins
from skosify_rad.checks.schemes import find_unlisted_tops
from skosify_rad.checks.view import View
from skosify_rad.fixes.fix import Fix
from skosify_rad.statements import Literal, Triple
from skosify_rad.vocab import DCT, OWL, SKOS, XSD


def drop_second_roles(view: View) -> Iterator[Fix]:
    """Yield labels in a weaker role than another of the same words."""
    for finding in find_labels_in_two_roles(view):
        if finding.triple and finding.triple.predicate in LABELS:
            yield Fix(finding.slug, f"{finding.message}; the stronger role is kept", (finding.triple,))


def merge_twins(view: View) -> Iterator[Fix]:
    """Yield the merging of two concepts whose names differ in spelling: the one with more statements stays.

    What is said of the other is said of it; its names become alternative labels; it is deprecated and tells its heir.
    """
    gone: set[str] = set()
    for finding in find_twins(view):
        if finding.second is None or {finding.subject, finding.second.subject} & gone:
            continue
        pair = sorted((finding.second.subject, finding.subject), key=lambda c: (-_count(view, c), c))
        kept, other = pair
        gone.add(other)
        yield _merge(view, kept, other, finding.message)


def _count(view: View, concept: str) -> int:
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
    """Yield the top concepts that their scheme does not list."""
    for finding in find_unlisted_tops(view):
        for scheme in sorted(view.find_schemes(finding.subject)):
            if finding.subject not in view.top_concepts.get(scheme, ()):
                pair = (
                    Triple(scheme, SKOS.hasTopConcept, finding.subject),
                    Triple(finding.subject, SKOS.topConceptOf, scheme),
                )
                yield Fix(finding.slug, finding.message, added=pair)
