"""Endpoint URLs of well-known servers, so that one URL is enough to reach them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from skosify_rad.model.config import Target


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of a server's endpoints, relative to its base URL."""

    store: str
    """Graph Store Protocol."""
    query: str
    """SPARQL query."""
    update: str
    """SPARQL Update."""


LAYOUTS: Final[tuple[Layout, ...]] = (
    Layout("/store", "/query", "/update"),  # Oxigraph
    Layout("/data", "/query", "/update"),  # Apache Jena Fuseki
    Layout("/sparql-graph-crud-auth", "/sparql-auth", "/sparql-auth"),  # Virtuoso
)
"""Known layouts. Oxigraph and Fuseki differ only in the path of the Graph Store Protocol."""


def guess_kind(url: str) -> str:
    """Return `gsp` or `sparql`, judging by the end of a URL.

    Raises:
        ConfigError: The URL matches no known layout.

    >>> guess_kind("http://localhost:3030/ds/data")
    'gsp'

    """
    path = url.rstrip("/")
    if any(path.endswith(layout.store) for layout in LAYOUTS):
        return "gsp"
    if any(path.endswith(layout.update) for layout in LAYOUTS):
        return "sparql"
    raise ConfigError(
        f"{url}: is this a Graph Store Protocol or a SPARQL Update endpoint? Use --kind gsp or --kind sparql"
    )


def fill_endpoints(target: Target) -> Target:
    """Return the profile with missing endpoints filled in, if its URL matches a known layout.

    Raises:
        ConfigError: The query endpoint is neither given nor known.

    """
    url = target.url.rstrip("/")
    for layout in LAYOUTS:
        own = layout.store if target.kind == "gsp" else layout.update
        if url.endswith(own):
            base = url.removesuffix(own)
            update = target.update_url or ("" if target.atomic_put else base + layout.update)
            return replace(target, query_url=target.query_url or base + layout.query, update_url=update)
    if not target.query_url:
        raise ConfigError(f"{target.url}: set the server's SPARQL query endpoint with query_url (--query-url)")
    return target
