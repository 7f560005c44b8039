"""Schemes, top concepts, membership, clusters and terms."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import eq, ne
from typing import Final

from skosify_rad.checks.entailment import RELATIONS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.labels import list_own_schemes
from skosify_rad.checks.naming import list_deprecated
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_leaders
from skosify_rad.model.namespaces import RDF, RDFS, SKOS, SKOSXL, curie
from skosify_rad.model.statements import Term, Triple

_NONE: frozenset[str] = frozenset()
_SHOWN: Final = 3
"""Concepts of a cluster that a message names."""
_DEPRECATED: Final = frozenset(
    SKOS.NS + name
    for name in ("subject", "isSubjectOf", "primarySubject", "isPrimarySubjectOf", "subjectIndicator", "symbol")
) | frozenset(SKOS.NS + name for name in ("prefSymbol", "altSymbol", "CollectableProperty"))
_TERMS: Final = frozenset(
    value
    for space in (SKOS, SKOSXL)
    for name, value in vars(space).items()
    if name != "NS" and not name.startswith("_")
)
_SPACE: Final = re.compile(r"https?://(?:www\.)?w3\.org/\d{4}/\d\d/skos")
"""Begins the namespaces of SKOS and SKOS-XL, and what they are mistaken for: with https, without #, of a draft."""
_SCHEMA: Final = (RDFS.subPropertyOf, RDFS.subClassOf, RDFS.domain, RDFS.range)
"""Properties by which others' terms hang on SKOS'."""


def find_schemeless(view: View) -> Iterator[Finding]:
    """Yield concepts described here that belong to no scheme."""
    for concept in view.names.sort(view.own - view.placed):
        message = f"{view.name(concept)} belongs to no concept scheme"
        yield Finding("concept-without-scheme", concept, message, "State skos:inScheme.", view.concepts[concept])


def find_topless(view: View) -> Iterator[Finding]:
    """Yield schemes described here that have no top concept."""
    for scheme, witness in list_own_schemes(view):
        if scheme not in view.top_concepts:
            hint = "State skos:hasTopConcept for the concepts readers should start from."
            yield Finding("no-top-concept", scheme, f"The scheme {view.name(scheme)} has no top concept", hint, witness)


def find_top_with_broader(view: View) -> Iterator[Finding]:
    """Yield top concepts that have a broader concept in the same scheme, or in none that is stated."""
    for scheme, tops in sorted(view.top_concepts.items()):
        for top in sorted(tops):
            parents = view.parents.get(top, _NONE)
            above = sorted(p for p in parents if p != top and scheme in (view.find_schemes(p) or {scheme}))
            if above:
                message = f"{view.name(top)} is a top concept and has the broader concept {view.name(above[0])}"
                hint = "A top concept is where the hierarchy begins: take one of the two out."
                yield Finding(
                    "top-concept-with-broader",
                    top,
                    message,
                    hint,
                    _state_top(view, scheme, top),
                    view.find_broader(top, above[0]),
                )


def _state_top(view: View, scheme: str, top: str) -> Triple:
    if top in view.graph.objects(scheme, SKOS.hasTopConcept):
        return Triple(scheme, SKOS.hasTopConcept, top)
    return Triple(top, SKOS.topConceptOf, scheme)


def find_unlisted_tops(view: View) -> Iterator[Finding]:
    """Yield concepts that have nothing broader and are no top concept of their scheme, where the scheme has some."""
    hint = "State skos:hasTopConcept, or give it a broader concept."
    unlisted = list(list_unlisted_tops(view))
    listing = {scheme for scheme, _ in view.links(SKOS.hasTopConcept)}
    never = Counter(scheme for _, scheme in unlisted if scheme not in listing)
    told: set[str] = set()
    for concept, scheme in unlisted:
        if concept in view.top_concepts[scheme]:
            message = (
                f"{view.name(concept)} is skos:topConceptOf {view.name(scheme)}, whose skos:hasTopConcept lacks it"
            )
            more = f" (and {never[scheme] - 1} more likewise: it is never stated)" if never[scheme] > 1 else ""
            if not (more and scheme in told):
                triple = Triple(concept, SKOS.topConceptOf, scheme)
                yield Finding("unlisted-top-concept", concept, message + more, hint, triple)
            told.add(scheme)
        else:
            message = f"{view.name(concept)} has no broader concept and is no top concept of {view.name(scheme)}"
            yield Finding("unlisted-top-concept", concept, message, hint, view.concepts[concept])


def list_unlisted_tops(view: View) -> Iterator[tuple[str, str]]:
    """Yield each concept that should be a top concept of a scheme and is not listed by it, with the scheme.

    A deprecated one should not: readers are to start from what is in use.
    """
    for concept in view.names.sort(view.own - view.edges.keys() - list_deprecated(view)):
        listed = view.listing.get(concept, _NONE)
        for scheme in sorted(view.find_schemes(concept) - listed):
            if scheme in view.top_concepts:
                yield concept, scheme


def find_clusters(view: View) -> Iterator[Finding]:
    """Yield concepts related to none, and groups connected to no other group."""
    leaders = _find_clusters(view)
    together = set(map(leaders.get, view.own))
    if len(together) == 1 and None not in together:
        return
    groups: dict[int, list[str]] = {}
    for concept in view.own_concepts:
        leader = leaders.get(view.names.numbers[concept])
        if leader is not None:
            groups.setdefault(leader, []).append(concept)
        else:
            yield tell_group(view, [concept])
    ranked = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    yield from (tell_group(view, group) for group in ranked[1:])


def tell_group(view: View, group: Sequence[str]) -> Finding:
    """Return the finding for concepts, in order, that are connected to no others."""
    first, names = group[0], ", ".join(map(view.name, group[:_SHOWN]))
    if len(group) == 1:
        message, hint = f"{names} is related to no other concept", "Give it a place in the hierarchy."
        return Finding("orphan-concept", first, message, hint, view.concepts[first])
    message = f"{len(group)} concepts are connected to no others: {names}" + (" ..." if len(group) > _SHOWN else "")
    return Finding("disconnected-cluster", first, message, "Join them to the rest.", view.concepts[first])


def _find_clusters(view: View) -> Mapping[int, int]:
    """Return concept -> what stands for all that relations connect it to; concepts that are related to none have none.

    Each tree of the hierarchy counts as one, so that few of the relations are left to look at.
    """
    if any(any(map(eq, view.column(p).linked, view.ends(p))) for p in RELATIONS[:2]):
        return find_leaders(_join(view, RELATIONS))  # what is above itself need not be connected
    roots = view.reach.find_roots()
    if len(set(roots.values())) == 1 and roots.keys() >= view.own:
        return roots
    pairs = [(child, parent) for child, above in view.edges.items() if len(above) > 1 for parent in above]
    pairs += _join(view, RELATIONS[2:])
    leaders = find_leaders((roots.get(one, one), roots.get(other, other)) for one, other in pairs)
    return {**leaders, **{node: leaders.get(root, root) for node, root in roots.items()}}


def _join(view: View, predicates: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that properties join, as numbers, those of a resource with itself left out."""
    for predicate in predicates:
        subjects, ends = view.column(predicate).linked, view.ends(predicate)
        yield from compress(zip(subjects, ends, strict=True), map(ne, subjects, ends))


def find_unknown_terms(view: View) -> Iterator[Finding]:
    """Yield the first use of each SKOS term that does not exist or is deprecated: as property, class or in a schema."""
    first: dict[str, Triple] = {}
    for predicate in sorted(view.predicates):
        if _is_unknown(predicate):
            pairs: Sequence[tuple[str, Term]] = view.links(predicate) or view.texts(predicate)
            first[predicate] = Triple(pairs[0][0], predicate, pairs[0][1])
    for predicate in (RDF.type, *_SCHEMA):
        for term in sorted(filter(_is_unknown, set(view.column(predicate).links) - first.keys())):
            subject = next(s for s, o in view.links(predicate) if o == term)
            first[term] = Triple(subject, predicate, term)
    for term, triple in first.items():
        why = "is deprecated" if term in _DEPRECATED else "does not exist"
        message = f"{curie(term)} {why} in SKOS"
        yield Finding("unknown-skos-term", triple.subject, message, "Use a term of the SKOS Reference.", triple)


def _is_unknown(term: str) -> bool:
    return _SPACE.match(term) is not None and term not in _TERMS


def find_odd_names(view: View) -> Iterator[Finding]:
    """Yield concepts, collections and schemes whose IRI is not http(s), or that have none."""
    for members in (view.concepts, view.collections, view.schemes):
        for resource in [name for name in members if not name.startswith(("http://", "https://"))]:
            witness = members[resource]
            if resource.startswith("_:"):
                if resource in view.graph.subjects:
                    message = f"{view.name(resource)} is a blank node: nobody can link to it"
                    yield Finding("blank-node", resource, message, "Give it an IRI.", witness)
            else:
                hint = "Mint http(s) IRIs, so that readers can look them up."
                yield Finding("iri-not-http", resource, f"<{resource}> is not http(s)", hint, witness)


CHECKS: Final = (
    Check(find_schemeless, ("concept-without-scheme",)),
    Check(find_topless, ("no-top-concept",)),
    Check(find_top_with_broader, ("top-concept-with-broader",)),
    Check(find_unlisted_tops, ("unlisted-top-concept",)),
    Check(find_clusters, ("orphan-concept", "disconnected-cluster")),
    Check(find_unknown_terms, ("unknown-skos-term",)),
    Check(find_odd_names, ("iri-not-http", "blank-node")),
)
"""In the order of the catalogue."""
