"""What the concept scheme says of itself: Dublin Core, VANN and a version that follows the content."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.config import Scheme
from skosify_rad.statements import Literal, Term, Triple
from skosify_rad.vocab import DCT, RDF, SKOS, VANN, XSD

_MASK: Final = (1 << 64) - 1


def describe(scheme: Scheme, title: str, newest: str) -> Iterator[tuple[str, Term]]:
    """Yield the properties of a scheme; `title` and `newest` (an ISO 8601 date) stand in where none is configured."""
    language = scheme.language.lower()
    yield RDF.type, SKOS.ConceptScheme
    yield DCT.title, Literal(scheme.title or title or "Radiology notes", language)
    yield VANN.preferredNamespacePrefix, Literal(scheme.prefix)
    yield VANN.preferredNamespaceUri, Literal(scheme.base)
    yield DCT.language, Literal(scheme.language)
    if scheme.description:
        yield DCT.description, Literal(scheme.description, language)
    named = ((DCT.creator, scheme.creator), (DCT.publisher, scheme.publisher), (DCT.license, scheme.license))
    for predicate, value in named:
        if value:
            yield predicate, value if value.startswith(("http://", "https://")) else Literal(value)
    for predicate, value in ((DCT.created, scheme.created), (DCT.modified, scheme.modified or newest)):
        if value:
            yield predicate, Literal(value, "", XSD.date)


def fingerprint(triples: Mapping[str, Iterable[Triple]]) -> str:
    """Return a version that changes when the content does: a hash of every triple; given are those of each subject."""
    return f"{sum(map(_hash_subject, triples.items())) & _MASK:016x}"


def renew_fingerprint(
    version: str, before: Mapping[str, Iterable[Triple]], after: Mapping[str, Iterable[Triple]]
) -> str:
    """Return the version of a content of which some subjects have changed: it is the sum of what each has.

    Raises:
        ValueError: the version is no fingerprint.

    """
    changed = sum(map(_hash_subject, after.items())) - sum(map(_hash_subject, before.items()))
    return f"{(int(version, 16) + changed) & _MASK:016x}"


def _hash_subject(subject: tuple[str, Iterable[Triple]]) -> int:
    """Return a hash of 64 bits; summed, they are one of a set, in whatever order (Clarke et al., 2003)."""
    iri, triples = subject
    lines = sorted({f"{predicate}\t{_write(term)}" for _, predicate, term in triples})
    text = "\n".join([iri, *lines])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _write(term: Term) -> str:
    if isinstance(term, str):
        return term
    value, language, datatype = term  # as `repr` writes it, in a third of the time
    return f"Literal(value={value!r}, language={language!r}, datatype={datatype!r})"
