"""Resolve relative IRIs."""

from typing import Final
from urllib.parse import urljoin

from skosify_rad.model.lazy_pattern import lazy_pattern

_ABSOLUTE: Final = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


def resolve_iri(base: str, iri: str) -> str:
    """Return an IRI resolved against a base. An absolute IRI is returned unchanged, even with an empty fragment.

    >>> resolve_iri("http://a/b", "http://www.w3.org/2004/02/skos/core#"), resolve_iri("http://a/b", "c#")
    ('http://www.w3.org/2004/02/skos/core#', 'http://a/c#')
    """
    if _ABSOLUTE.match(iri):
        return iri
    joined = urljoin(base, iri)
    return joined + "#" if iri.endswith("#") and not joined.endswith("#") else joined  # urljoin drops an empty fragment
