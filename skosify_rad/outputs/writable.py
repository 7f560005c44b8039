"""What no RDF syntax can write is left out and reported at its note, before any output sees it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from skosify_rad.graph.graph import Graph, SourceMap, evidence_of
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.diagnostics import Diagnostic, OutputError, Place
from skosify_rad.model.statements import Literal, Term, Triple
from skosify_rad.outputs.context import Base
from skosify_rad.outputs.rdf_terms import Nodes, is_plain, to_literal

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write. Source: https://www.w3.org/TR/xml/#charsets."""


def keep_writable(graph: Graph, sources: SourceMap) -> tuple[Graph, SourceMap, list[Diagnostic]]:
    """Return graph and sources without the triples that cannot be written, and a finding for each of those."""
    faults = find_faults(graph)
    if not faults:
        return graph, sources, []
    subjects: dict[str, Mapping[str, tuple[Term, ...]]] = {}
    for subject, properties in graph.subjects.items():
        kept = {
            predicate: left
            for predicate, objects in properties.items()
            if (left := tuple(o for o in objects if Triple(subject, predicate, o) not in faults))
        }
        if kept:
            subjects[subject] = kept
    found = [_report(triple, reason, sources) for triple, reason in faults.items()]
    left_sources = {triple: evidence for triple, evidence in sources.items() if triple not in faults}
    return replace(graph, subjects=subjects), left_sources, found


def find_faults(graph: Graph) -> dict[Triple, str]:
    """Return the triples that cannot be written, each with the reason."""
    terms: set[Term] = set(graph.subjects)
    for properties in graph.subjects.values():
        terms.update(properties, *properties.values())
    find = _Finder(graph.scheme)
    reasons = {term: reason for term in terms if (reason := find(term))}
    if not reasons:
        return {}
    found: dict[Triple, str] = {}
    for triple in graph:
        reason = next((reasons[term] for term in triple if term in reasons), "")
        if reason:
            found[triple] = reason
    return found


class _Finder:
    """Finds why a term cannot be written."""

    def __init__(self, scheme: str) -> None:
        self._base = Base(scheme)
        self._nodes = Nodes()
        self._kinds: set[tuple[str, str]] = set()

    def __call__(self, term: Term) -> str:
        """Return the reason, empty where it can be written."""
        try:
            return self._find_in_iri(term) if isinstance(term, str) else self._find_in_literal(term)
        except OutputError as error:
            return str(error)

    def _find_in_iri(self, iri: str) -> str:
        plain = self._base.shorten(iri) is not iri  # a sound namespace before such a name makes a sound IRI
        self._nodes[self._base.namespace if plain else iri]
        return ""

    def _find_in_literal(self, literal: Literal) -> str:
        value, kind = literal.value, literal[1:]
        if kind in self._kinds and is_plain(value):
            return ""
        to_literal(literal, self._nodes)
        self._kinds.add(kind)
        return "the text holds a control character that XML cannot write" if _NO_XML.search(value) else ""


def _report(triple: Triple, reason: str, sources: SourceMap) -> Diagnostic:
    evidence = evidence_of(sources, triple)
    place = evidence[0].place if evidence else Place("")
    words = evidence[0].written if evidence else ""
    return Diagnostic(
        BY_SLUG["unwritable-term"],
        place,
        f"left out of the export: {reason}",
        hint="Correct the address or remove the character; in a configuration file likewise.",
        words=words,
        subject=triple.subject,
    )
