"""Outward links followed over the network: only when asked for, never while building."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from skosify_rad.checks.entailment import MAPPINGS
from skosify_rad.checks.finding import Finding
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import DCT, RDFS, curie
from skosify_rad.model.statements import Triple

_LINKS: Final = (*MAPPINGS, DCT.source, RDFS.seeAlso)
_SECONDS: Final = 10.0
"""Time-out of a request, in seconds."""
_AT_ONCE: Final = 8
"""Requests under way at a time."""
_REFUSED: Final = frozenset({405, 501})
"""Answers to HEAD that ask for GET instead."""
_STILL_THERE: Final = frozenset({401, 403, 429})
"""Answers that keep a visitor out of a page that exists."""


def find_broken_links(view: View) -> Iterator[Finding]:
    """Yield the outward links that answer with an error, each address asked once."""
    links: dict[str, Triple] = {}
    for subject, properties in view.graph.subjects.items():
        for predicate in _LINKS:
            for term in properties.get(predicate, ()):
                if isinstance(term, str) and term.startswith(("http://", "https://")):
                    links.setdefault(term, Triple(subject, predicate, term))
    outward = [address for address in links if address not in view.graph.subjects]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for address, fault in zip(outward, pool.map(_ask, outward), strict=True):
            if fault:
                triple = links[address]
                message = f"{curie(triple.predicate)} of {view.name(triple.subject)} leads to {address}, which {fault}"
                hint = "Correct the address, or take the link out."
                yield Finding("broken-outward-link", triple.subject, message, hint, triple)


def _ask(address: str) -> str:
    """Return what is wrong with an address, empty where it answers."""
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": "rad2skos"})  # noqa: S310 - http(s) only
        try:
            with urlopen(request, timeout=_SECONDS):  # noqa: S310 - as above
                return ""
        except HTTPError as error:
            if error.code in _STILL_THERE:
                return ""
            if method == "GET" or error.code not in _REFUSED:
                return f"answers with {error.code}"
        except (URLError, OSError, HTTPException, ValueError) as error:
            return f"cannot be reached ({getattr(error, 'reason', error)})"
    return ""
