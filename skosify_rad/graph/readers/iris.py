"""Relative IRIs against a base."""

import re
from typing import Final
from urllib.parse import urljoin

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def resolve_iri(base: str, iri: str) -> str:
    """Return an IRI resolved against a base; what is absolute stays as it is, an empty fragment included.

    >>> resolve_iri("http://a/b", "http://www.w3.org/2004/02/skos/core#"), resolve_iri("http://a/b", "c#")
    ('http://www.w3.org/2004/02/skos/core#', 'http://a/c#')
    """
    if _ABSOLUTE.match(iri):
        return iri
    joined = urljoin(base, iri)
    return joined + "#" if iri.endswith("#") and not joined.endswith("#") else joined  # urljoin drops an empty fragment
