"""Mappings: S46 under symmetry and transitivity of exactMatch (S44, S45), and where mappings lead."""

from collections.abc import Iterator, Mapping
from typing import Final

from skosify_rad.checks.entailment import MAPPINGS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_leaders
from skosify_rad.model.namespaces import ADMS, DCT, RDF, SKOS, curie
from skosify_rad.model.statements import Triple

_INNER: Final = frozenset({RDF.type, ADMS.status, SKOS.inScheme, SKOS.topConceptOf, DCT.source})
"""Properties whose objects are no other vocabulary's concepts."""
_NOT_ELSEWHERE: Final = frozenset({"www.w3.org", "purl.org"})
"""Hosts of terms, not of vocabularies one maps to."""
_LOOSER: Final = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


def group_exact_matches(view: View) -> Mapping[str, str]:
    """Return concept -> representative of all that match it exactly, hub after hub."""
    return find_leaders(view.links(SKOS.exactMatch))


def find_conflicting_mappings(view: View) -> Iterator[Finding]:
    """Yield concepts that match exactly and are broader, narrower or related matches too (S46)."""
    groups = group_exact_matches(view)
    for predicate in _LOOSER:
        for subject, term in sorted(view.links(predicate)):
            group = groups.get(subject)
            if group is None or group != groups.get(term):
                continue
            message = f"{view.name(subject)} {curie(predicate)} {view.name(term)}, and the two match exactly"
            exact = _find_exact(view, subject, term)
            if exact is None:
                message += " through others"
                exact = _find_first_exact(view, subject)
            hint = "Choose one of the two mappings."
            yield Finding("conflicting-mappings", subject, message, hint, Triple(subject, predicate, term), exact)


def _find_exact(view: View, one: str, other: str) -> Triple | None:
    """Return the statement that two concepts match exactly, from either end; None where others come between."""
    for subject, term in ((one, other), (other, one)):
        if term in view.graph.objects(subject, SKOS.exactMatch):
            return Triple(subject, SKOS.exactMatch, term)
    return None


def _find_first_exact(view: View, subject: str) -> Triple | None:
    """Return the first step of the way by which others come between."""
    stated = [term for term in view.graph.objects(subject, SKOS.exactMatch) if isinstance(term, str)]
    if stated:
        return Triple(subject, SKOS.exactMatch, min(stated))
    others = (Triple(s, SKOS.exactMatch, o) for s, o in view.links(SKOS.exactMatch) if o == subject)
    return min(others, default=None)


def find_inner_mappings(view: View) -> Iterator[Finding]:
    """Yield mapping properties between two concepts of one scheme."""
    for predicate in MAPPINGS:
        for subject, term in view.links(predicate):
            shared = view.find_schemes(subject) & view.find_schemes(term)
            if shared:
                message = f"{view.name(subject)} {curie(predicate)} {view.name(term)}, both in {view.name(min(shared))}"
                hint = "Inside one scheme use broader, narrower or related."
                yield Finding("mapping-inside-scheme", subject, message, hint, Triple(subject, predicate, term))


def find_isolation(view: View) -> Iterator[Finding]:
    """Yield a scheme none of whose concepts links to a resource of another host."""
    own, names = view.own, view.names.names
    if not own:
        return
    hosts = _find_hosts([names[number] for number in own]) | {"", *_NOT_ELSEWHERE}
    for predicate in view.predicates - _INNER:
        elsewhere = {end for end in set(view.ends(predicate)) - own if _host(names[end]) not in hosts}
        rows = zip(view.column(predicate).linked, view.ends(predicate), strict=True) if elsewhere else ()
        if any(end in elsewhere and subject in own for subject, end in rows):
            return
    subject = view.graph.scheme or min(view.schemes, default="") or view.own_concepts[0]
    message = "No concept links to a vocabulary elsewhere"
    hint = "Map concepts to others' (exactMatch ... in the front matter), for instance to RadLex or SNOMED CT."
    yield Finding("no-outward-link", subject, message, hint, view.schemes.get(subject) or view.concepts.get(subject))


def _find_hosts(iris: list[str]) -> set[str]:
    """Return the hosts of IRIs, which mostly begin like the first."""
    host = _host(iris[0])
    start = iris[0].partition("://")[0] + f"://{host}/"
    return {host, *(_host(iri) for iri in iris if not iri.startswith(start))}


def _host(iri: str) -> str:
    return iri.partition("://")[2].partition("/")[0]


CHECKS: Final = (
    Check(find_conflicting_mappings, ("conflicting-mappings",)),
    Check(find_inner_mappings, ("mapping-inside-scheme",)),
    Check(find_isolation, ("no-outward-link",)),
)
"""In the order of the catalogue."""
