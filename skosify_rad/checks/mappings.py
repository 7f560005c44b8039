"""Mappings: SKOS S46 with exactMatch symmetric and transitive (S44, S45), and links to other vocabularies."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.entailment import MAPPINGS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.graph.hierarchy import find_leaders
from skosify_rad.model.namespaces import ADMS, DCT, RDF, SKOS, curie
from skosify_rad.model.statements import Triple

_NOT_OUTWARD: Final = frozenset({RDF.type, ADMS.status, SKOS.inScheme, SKOS.topConceptOf, DCT.source})
"""Properties whose objects are not concepts of another vocabulary."""
_TERM_HOSTS: Final = frozenset({"www.w3.org", "purl.org"})
"""Hosts of schemas, not of vocabularies to map to."""
_INEXACT: Final = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


def find_conflicting_mappings(view: View) -> Iterator[Finding]:
    """Yield concepts that are both exact matches and broader, narrower or related matches (S46)."""
    groups = find_leaders(view.links(SKOS.exactMatch))
    for predicate in _INEXACT:
        for subject, term in sorted(view.links(predicate)):
            group = groups.get(subject)
            if group is None or group != groups.get(term):
                continue
            message = f"{view.name(subject)} {curie(predicate)} {view.name(term)}, but the two are also exact matches"
            exact = _find_exact(view, subject, term)
            if exact is None:
                message += " through others"
                exact = _find_first_exact(view, subject)
            hint = "Keep one of the two mappings."
            yield Finding("conflicting-mappings", subject, message, hint, Triple(subject, predicate, term), exact)


def _find_exact(view: View, one: str, other: str) -> Triple | None:
    """Return the statement that two concepts match exactly, in either direction; None if they match through others."""
    for subject, term in ((one, other), (other, one)):
        if term in view.graph.objects(subject, SKOS.exactMatch):
            return Triple(subject, SKOS.exactMatch, term)
    return None


def _find_first_exact(view: View, subject: str) -> Triple | None:
    """Return the first exact match of a concept with another one, in either direction."""
    stated = [term for term in view.graph.objects(subject, SKOS.exactMatch) if isinstance(term, str)]
    if stated:
        return Triple(subject, SKOS.exactMatch, min(stated))
    others = (Triple(s, SKOS.exactMatch, o) for s, o in view.links(SKOS.exactMatch) if o == subject)
    return min(others, default=None)


def find_internal_mappings(view: View) -> Iterator[Finding]:
    """Yield mapping properties between two concepts of one scheme."""
    for predicate in MAPPINGS:
        for subject, term in view.links(predicate):
            shared = view.find_schemes(subject) & view.find_schemes(term)
            if shared:
                message = f"{view.name(subject)} {curie(predicate)} {view.name(term)}, both in {view.name(min(shared))}"
                hint = "Within a scheme, use skos:broader, skos:narrower or skos:related."
                yield Finding("mapping-inside-scheme", subject, message, hint, Triple(subject, predicate, term))


def find_isolation(view: View) -> Iterator[Finding]:
    """Yield one finding if no concept links to a resource on another host."""
    own, iris = view.own, view.index.iris
    if not own:
        return
    hosts = _find_hosts([iris[number] for number in own]) | {"", *_TERM_HOSTS}
    for predicate in view.predicates - _NOT_OUTWARD:
        elsewhere = {end for end in set(view.ends(predicate)) - own if _host(iris[end]) not in hosts}
        rows = zip(view.column(predicate).link_subjects, view.ends(predicate), strict=True) if elsewhere else ()
        if any(end in elsewhere and subject in own for subject, end in rows):
            return
    subject = view.graph.scheme or min(view.schemes, default="") or view.own_concepts[0]
    message = "No concept is linked to another vocabulary"
    hint = "Map concepts to RadLex, SNOMED CT or Wikidata (exactMatch: http://... in the front matter)."
    yield Finding("no-outward-link", subject, message, hint, view.schemes.get(subject) or view.concepts.get(subject))


def _find_hosts(iris: list[str]) -> set[str]:
    """Return the hosts of IRIs; fast if most begin like the first."""
    host = _host(iris[0])
    start = iris[0].partition("://")[0] + f"://{host}/"
    return {host, *(_host(iri) for iri in iris if not iri.startswith(start))}


def _host(iri: str) -> str:
    return iri.partition("://")[2].partition("/")[0]


CHECKS: Final = (
    Check(find_conflicting_mappings, ("conflicting-mappings",)),
    Check(find_internal_mappings, ("mapping-inside-scheme",)),
    Check(find_isolation, ("no-outward-link",)),
)
"""In the order of the catalogue."""
