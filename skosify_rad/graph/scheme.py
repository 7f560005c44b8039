"""Metadata of the concept scheme (Dublin Core, VANN), and a version derived from the content."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from skosify_rad.model.config import Scheme
from skosify_rad.model.namespaces import DCT, RDF, SKOS, VANN, XSD
from skosify_rad.model.statements import Literal, Term, Triple


def describe(scheme: Scheme, title: str, newest: str) -> Iterator[tuple[str, Term]]:
    """Yield the properties of a scheme; `title` and `newest` (an ISO 8601 date) are defaults for the configuration."""
    language = scheme.language.lower()
    yield RDF.type, SKOS.ConceptScheme
    name = scheme.title or title or "Radiology notes"
    yield DCT.title, Literal(name, language)
    yield SKOS.prefLabel, Literal(name, language)  # what most tools show
    yield VANN.preferredNamespacePrefix, Literal(scheme.prefix)
    yield VANN.preferredNamespaceUri, Literal(scheme.base)
    yield DCT.language, Literal(scheme.language)
    yield DCT.description, Literal(scheme.description or f"Concepts read from the notes “{name}”.", language)
    named = ((DCT.creator, scheme.creator), (DCT.publisher, scheme.publisher), (DCT.license, scheme.license))
    for predicate, value in named:
        if value:
            yield predicate, value if value.startswith(("http://", "https://")) else Literal(value)
    for predicate, value in ((DCT.created, scheme.created), (DCT.modified, scheme.modified or newest)):
        if value:
            yield predicate, Literal(value, "", XSD.date)


def fingerprint(triples: Mapping[str, Iterable[Triple]]) -> str:
    """Return a hash of all triples, given by subject in any order, for use as a version."""
    digest = hashlib.sha256()
    for iri in sorted(triples):
        lines = sorted({f"{predicate}\t{_write(term)}" for _, predicate, term in triples[iri]})
        digest.update("\n".join([iri, *lines, ""]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _write(term: Term) -> str:
    if isinstance(term, str):
        return term
    value, language, datatype = term  # the same as `repr(term)`, in a third of the time
    return f"Literal(value={value!r}, language={language!r}, datatype={datatype!r})"
