"""Concept schemes, top concepts, clusters, unknown SKOS terms and IRIs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import eq, ne
from typing import Final

from skosify_rad.checks.entailment import RELATIONS
from skosify_rad.checks.finding import Check, Finding, sum_up
from skosify_rad.checks.iri_index import NamedEdges
from skosify_rad.checks.labels import list_own_schemes
from skosify_rad.checks.naming import find_deprecated
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_leaders
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import ADMS, RDF, RDFS, SKOS, SKOSXL, curie
from skosify_rad.model.statements import Term, Triple

_NONE: frozenset[str] = frozenset()
_MAX_SHOWN: Final = 3
"""Concepts of a cluster shown in a message."""
_DEPRECATED: Final = frozenset(
    SKOS.NS + name
    for name in ("subject", "isSubjectOf", "primarySubject", "isPrimarySubjectOf", "subjectIndicator", "symbol")
) | frozenset(SKOS.NS + name for name in ("prefSymbol", "altSymbol", "CollectableProperty"))
_TERMS: Final = frozenset(
    value for space in (SKOS, SKOSXL) for name, value in vars(space).items() if not name.startswith("_")
)
_SPACES: Final = (SKOS.NS, SKOSXL.NS)
_NAMESPACE: Final = lazy_pattern(r"https?://(?:www\.)?w3\.org/\d{4}/\d\d/skos")
"""Start of the SKOS and SKOS-XL namespaces and of common mistakes: https, a missing #, a draft's namespace."""
_SCHEMA: Final = (RDF.type, RDFS.subPropertyOf, RDFS.subClassOf, RDFS.domain, RDFS.range)
"""Properties whose objects are terms, so that a mistaken namespace is one too."""


def find_schemeless(view: View) -> Iterator[Finding]:
    """Yield concepts described here that belong to no scheme."""
    found = []
    for concept in view.index.sort_iris(view.own - view.in_schemes):
        message = f"{view.name(concept)} belongs to no concept scheme"
        found.append(Finding("concept-without-scheme", concept, message, "Add skos:inScheme.", view.concepts[concept]))
    yield from sum_up(found, len(view.own))


def find_topless(view: View) -> Iterator[Finding]:
    """Yield schemes described here that have no top concept."""
    for scheme, witness in list_own_schemes(view):
        if scheme not in view.top_concepts:
            message = f"The concept scheme {view.name(scheme)} has no top concept"
            hint = "Add skos:hasTopConcept for the concepts at which readers should start."
            yield Finding("no-top-concept", scheme, message, hint, witness)


def find_unknown_schemes(view: View) -> Iterator[Finding]:
    """Yield one statement about each scheme that is not described here."""
    described, first = view.graph.subjects, dict[str, Triple]()
    for predicate in (SKOS.inScheme, SKOS.topConceptOf):
        if not described.keys() >= set(view.column(predicate).links):
            for subject, scheme in view.links(predicate):
                if scheme not in described:
                    first.setdefault(scheme, Triple(subject, predicate, scheme))
    for scheme, triple in sorted(first.items()):
        message = f"{view.name(triple.subject)} is in the scheme <{scheme}>, which is not described"
        yield Finding("unknown-scheme", triple.subject, message, "Describe the scheme in the same file.", triple)


def find_top_with_broader(view: View) -> Iterator[Finding]:
    """Yield top concepts that have a broader concept in the same scheme, or in no scheme; broaderTransitive counts."""
    reach = view.find_reach((SKOS.broader, SKOS.broaderTransitive), (SKOS.narrower, SKOS.narrowerTransitive))
    above_of = NamedEdges(reach.edges, view.index)
    for scheme, tops in sorted(view.top_concepts.items()):
        for top in sorted(tops):
            parents = above_of.get(top, _NONE)
            above = sorted(p for p in parents if p != top and scheme in (view.find_schemes(p) or {scheme}))
            if above:
                message = f"{view.name(top)} is a top concept but has the broader concept {view.name(above[0])}"
                hint = "Remove one of the two statements."
                is_listed = top in view.graph.objects(scheme, SKOS.hasTopConcept)
                stated = (scheme, SKOS.hasTopConcept, top) if is_listed else (top, SKOS.topConceptOf, scheme)
                second = view.find_broader(top, above[0])
                yield Finding("top-concept-with-broader", top, message, hint, Triple(*stated), second)


def find_unlisted_tops(view: View) -> Iterator[Finding]:
    """Yield concepts without a broader concept that their scheme does not list, if it lists any top concepts."""
    hint = "Add it to skos:hasTopConcept, or give it a broader concept."
    found: dict[str, list[Finding]] = {}
    for concept, scheme in list_unlisted_tops(view):
        message = f"{view.name(concept)} has no broader concept and is not a top concept of {view.name(scheme)}"
        triple = view.concepts[concept]
        if concept in view.top_concepts[scheme]:
            message = f"{view.name(scheme)} does not list its top concept {view.name(concept)} by skos:hasTopConcept"
            triple = Triple(concept, SKOS.topConceptOf, scheme)
        found.setdefault(scheme, []).append(Finding("unlisted-top-concept", concept, message, hint, triple))
    for scheme, unlisted in found.items():
        yield from sum_up(unlisted, len(view.top_concepts[scheme]))


def list_unlisted_tops(view: View) -> Iterator[tuple[str, str]]:
    """Yield (concept, scheme) for each concept that should be a top concept of the scheme but is not listed.

    Deprecated concepts are skipped, and candidates that are related to others: they should not be entry points.
    """
    skipped = find_deprecated(view) | _find_related_candidates(view)
    for concept in view.index.sort_iris(view.own - view.edges.keys() - skipped):
        listed = view.listed_by.get(concept, _NONE)
        for scheme in sorted(view.find_schemes(concept) - listed):
            if scheme in view.top_concepts:
                yield concept, scheme


def _find_related_candidates(view: View) -> set[int]:
    """Return the numbers of concepts under development (stubs) that are related to others."""
    status = view.column(ADMS.status)
    candidates = {n for n, s in zip(status.link_subjects, status.links, strict=True) if s in ADMS.WITHOUT_NOTE}
    return candidates & {number for pair in view.related for number in pair} if candidates else candidates


def find_clusters(view: View) -> Iterator[Finding]:
    """Yield concepts without any relation, unless deprecated, and groups that are separate from the largest group."""
    leaders = _find_clusters(view)
    together = set(map(leaders.get, view.own))
    if len(together) == 1 and None not in together:
        return
    deprecated = find_deprecated(view)
    groups: dict[int, list[str]] = {}
    for concept in view.own_concepts:
        number = view.index.numbers[concept]
        leader = leaders.get(number)
        if leader is not None:
            groups.setdefault(leader, []).append(concept)
        elif number not in deprecated:
            yield _report_group(view, [concept])
    ranked = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    yield from (_report_group(view, group) for group in ranked[1:])


def _report_group(view: View, group: Sequence[str]) -> Finding:
    first, names = group[0], ", ".join(map(view.name, group[:_MAX_SHOWN]))
    if len(group) == 1:
        message, hint = f"{names} is not related to any other concept", "Add a broader or related concept."
        return Finding("orphan-concept", first, message, hint, view.concepts[first])
    message = f"{len(group)} concepts are not connected to the others: {names}"
    message += " ..." if len(group) > _MAX_SHOWN else ""
    return Finding("disconnected-cluster", first, message, "Connect them to the others.", view.concepts[first])


def _find_clusters(view: View) -> Mapping[int, int]:
    """Return concept -> representative of its cluster; concepts without relations are missing.

    Each tree of the hierarchy is collapsed to its root first, so that few relations remain.
    """
    if any(any(map(eq, view.column(p).link_subjects, view.ends(p))) for p in RELATIONS[:2]):
        return find_leaders(_join(view, RELATIONS))  # a concept broader than itself need not be connected to others
    roots = view.reach.find_roots()
    if len(set(roots.values())) == 1 and roots.keys() >= view.own:
        return roots
    pairs = [(child, parent) for child, above in view.edges.items() if len(above) > 1 for parent in above]
    pairs += _join(view, RELATIONS[2:])
    leaders = find_leaders((roots.get(one, one), roots.get(other, other)) for one, other in pairs)
    return {**leaders, **{node: leaders.get(root, root) for node, root in roots.items()}}


def _join(view: View, predicates: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that properties connect, as numbers, except reflexive ones."""
    for predicate in predicates:
        subjects, ends = view.column(predicate).link_subjects, view.ends(predicate)
        yield from compress(zip(subjects, ends, strict=True), map(ne, subjects, ends))


def find_unknown_terms(view: View) -> Iterator[Finding]:
    """Yield the first use of each SKOS term that is deprecated or does not exist."""
    first: dict[str, Triple] = {}
    for predicate in sorted(view.predicates):
        if _is_unknown(predicate):
            pairs: Sequence[tuple[str, Term]] = view.links(predicate) or view.texts(predicate)
            first.setdefault(predicate, Triple(pairs[0][0], predicate, pairs[0][1]))
        if "/skos" in "\n".join(view.column(predicate).links):  # most columns name no term of SKOS
            for subject, term in view.links(predicate):
                if (predicate in _SCHEMA or term.startswith(_SPACES)) and _is_unknown(term):
                    first.setdefault(term, Triple(subject, predicate, term))
    for subject, properties in view.graph.subjects.items():
        if subject.startswith(_SPACES) and _is_unknown(subject):
            predicate, terms = next(iter(properties.items()))
            first.setdefault(subject, Triple(subject, predicate, terms[0]))
    for term, triple in first.items():
        problem = "is deprecated in SKOS" if term in _DEPRECATED else "does not exist in SKOS"
        message, hint = f"{curie(term)} {problem}", "Use a term of the SKOS Reference."
        yield Finding("unknown-skos-term", triple.subject, message, hint, triple)


def _is_unknown(term: str) -> bool:
    return _NAMESPACE.match(term) is not None and term not in _TERMS


def find_unusable_iris(view: View) -> Iterator[Finding]:
    """Yield concepts, collections and schemes that have no IRI, or one that is not http(s)."""
    for members in (view.concepts, view.collections, view.schemes):
        for resource in [name for name in members if not name.startswith(("http://", "https://"))]:
            witness = members[resource]
            if resource.startswith("_:"):
                if resource in view.graph.subjects:
                    message = f"{view.name(resource)} is a blank node, so nothing outside this file can link to it"
                    yield Finding("blank-node", resource, message, "Give it an IRI.", witness)
            else:
                hint = "Use http(s) IRIs, which can be looked up."
                yield Finding("iri-not-http", resource, f"<{resource}> is not an http(s) IRI", hint, witness)


CHECKS: Final = (
    Check(find_schemeless, ("concept-without-scheme",)),
    Check(find_topless, ("no-top-concept",)),
    Check(find_unknown_schemes, ("unknown-scheme",)),
    Check(find_top_with_broader, ("top-concept-with-broader",)),
    Check(find_unlisted_tops, ("unlisted-top-concept",)),
    Check(find_clusters, ("orphan-concept", "disconnected-cluster")),
    Check(find_unknown_terms, ("unknown-skos-term",)),
    Check(find_unusable_iris, ("iri-not-http", "blank-node")),
)
"""In the order of the catalogue."""
