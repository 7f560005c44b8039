"""Fetch a vocabulary from an http(s) address: a file, a graph store, or all triples of a SPARQL endpoint."""

from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.time_limit import run_within

_SYNTAXES: Final = {
    "application/n-triples": "N_TRIPLES",
    "text/turtle": "TURTLE",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
}
_ACCEPT: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7"
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_DESCRIPTION: Final = b"http://www.w3.org/ns/sparql-service-description#"
"""Occurs in the service description that an endpoint returns to a request without a query.

Source: https://www.w3.org/TR/sparql11-service-description/#accessing.
"""
_SECONDS: Final = 60.0
"""Time limit of a whole answer, in seconds."""
_MAX_BYTES: Final = 1_000_000_000
"""Longer answers are refused (bytes)."""


class _SameHost(HTTPRedirectHandler):
    """Follow redirects on the same host only."""

    def redirect_request(self, *parts: Any) -> Request | None:  # noqa: ANN401 - urllib's signature
        """Return the request for a redirect; the new address is the last of `parts`.

        Raises:
            InputError: the redirect is to another host.

        """
        request, address = parts[0], parts[-1]
        old, new = urlsplit(request.full_url), urlsplit(address)
        if new.netloc != old.netloc or new.scheme not in ("http", "https"):
            parts[1].close()
            raise InputError(f"{request.full_url}: redirects to another host; use {address} instead")
        return super().redirect_request(*parts)


def fetch(address: str) -> tuple[bytes, str]:
    """Return the RDF at an address and its syntax; a SPARQL endpoint is queried for all its triples.

    Raises:
        InputError: the address does not answer, or not with RDF.

    """
    first = _ask(address, {"Accept": _ACCEPT}, None)
    if first is not None and _DESCRIPTION not in first[0]:
        return first
    form = urlencode({"query": _ALL}).encode()
    second = _ask(address, {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}, form)
    if answer := second or first:
        return answer
    raise InputError(f"{address}: is neither RDF nor a SPARQL endpoint")


def _read(request: Request) -> tuple[str, bytes]:
    with build_opener(_SameHost).open(request, timeout=_SECONDS) as answer:
        kind = answer.headers.get_content_type()
        return kind, answer.read(_MAX_BYTES + 1) if kind in _SYNTAXES else b""


def _ask(address: str, headers: dict[str, str], body: bytes | None) -> tuple[bytes, str] | None:
    request = Request(address, data=body, headers=headers)  # noqa: S310 - http(s) only, see read_vocabulary
    try:
        kind, data = run_within(_SECONDS, lambda: _read(request))
    except HTTPError as error:
        error.close()
        return None
    except (URLError, OSError, HTTPException, ValueError) as error:  # ValueError: a redirect to no address
        raise InputError(f"{address}: cannot be reached: {getattr(error, 'reason', error)}") from error
    if kind not in _SYNTAXES:
        return None
    if len(data) > _MAX_BYTES:
        raise InputError(f"{address}: the answer is larger than {_MAX_BYTES} bytes")
    return data, _SYNTAXES[kind]
