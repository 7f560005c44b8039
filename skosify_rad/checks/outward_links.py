"""Follow outward links over the network. Only on request, never during a build."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from skosify_rad.checks.entailment import MAPPINGS
from skosify_rad.checks.finding import Finding
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import DCT, RDFS, curie
from skosify_rad.model.statements import Triple
from skosify_rad.model.time_limit import run_within

_LINKS: Final = (*MAPPINGS, DCT.source, RDFS.seeAlso)
_TIMEOUT: Final = 10.0
"""Seconds per request."""
_WORKERS: Final = 8
"""Concurrent requests."""
_NO_HEAD: Final = frozenset({405, 501})
"""Status codes of servers that do not support HEAD."""
_EXISTS: Final = frozenset({401, 403, 429})
"""Status codes of pages that exist but refuse this visitor."""


def find_broken_links(view: View) -> Iterator[Finding]:
    """Yield the outward links that fail; each address is requested once."""
    links: dict[str, Triple] = {}
    for subject, properties in view.graph.subjects.items():
        for predicate in _LINKS:
            for term in properties.get(predicate, ()):
                if isinstance(term, str) and term.startswith(("http://", "https://")):
                    links.setdefault(term, Triple(subject, predicate, term))
    outward = [address for address in links if address not in view.graph.subjects]
    with ThreadPoolExecutor(_WORKERS) as pool:
        for address, fault in zip(outward, pool.map(_request, outward), strict=True):
            if fault:
                triple = links[address]
                message = f"{view.name(triple.subject)} {curie(triple.predicate)} {address}: the address {fault}"
                yield Finding("broken-outward-link", triple.subject, message, "Correct or remove the link.", triple)


def _request(address: str) -> str:
    """Return what is wrong with an address; empty if it answers."""
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": "rad2skos"})  # noqa: S310 - http(s) only
        try:
            with run_within(_TIMEOUT, partial(urlopen, request, timeout=_TIMEOUT)):
                return ""
        except HTTPError as error:
            error.close()
            if error.code in _EXISTS:
                return ""
            if method == "GET" or error.code not in _NO_HEAD:
                return f"answers with {error.code}"
        except (URLError, OSError, HTTPException, ValueError) as error:
            return f"cannot be reached ({getattr(error, 'reason', error)})"
    return ""
