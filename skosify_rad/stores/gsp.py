"""Servers with the Graph Store Protocol: triples are sent by POST; SPARQL Update puts the staged graph in place.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.stores.endpoints import fill_endpoints
from skosify_rad.stores.http import RefusedError, Request, RetryPolicy
from skosify_rad.stores.remote import N_TRIPLES, RemoteStore
from skosify_rad.stores.results import parse_result
from skosify_rad.stores.sparql_text import join_lines, to_lines
from skosify_rad.stores.store import TargetKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skosify_rad.model.config import Target

_NOT_FOUND: Final = 404


class GspStore(RemoteStore):
    """A Graph Store Protocol server."""

    chunk_size = 20_000

    def __init__(self, target: Target, retry: RetryPolicy | None = None) -> None:
        """Prepare the connection. Send nothing.

        Raises:
            ConfigError: The profile is invalid, or offers no way to replace a graph atomically.

        """
        super().__init__(target, retry)
        self._url = target.url
        self.replaces_atomically = target.atomic_put
        if not target.update_url and not target.atomic_put:
            raise ConfigError(
                f"{target.url}: the Graph Store Protocol cannot put a staged graph in place; name the server's SPARQL "
                "endpoint for updates as update_url, or set atomic_put = true if its PUT replaces a graph atomically"
            )

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph by POST."""
        self._send("POST", graph, lines)

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Replace the triples of a graph by PUT."""
        self._send("PUT", graph, lines)

    def drop(self, graph: str) -> None:
        """Remove a graph if it exists."""
        if self._update_url:
            super().drop(graph)
            return
        try:
            self._connection.send(Request("DELETE", self._url, {"graph": graph}))
        except RefusedError as error:
            if error.status != _NOT_FOUND:
                raise

    def _send(self, method: str, graph: str, lines: Sequence[bytes]) -> None:
        headers = {"Content-Type": N_TRIPLES}
        self._connection.send(Request(method, self._url, {"graph": graph}, headers, join_lines(lines)))

    def _read_whole(self, graph: str) -> list[bytes]:
        try:
            response = self._connection.send(Request("GET", self._url, {"graph": graph}, {"Accept": N_TRIPLES}))
        except RefusedError as error:
            if error.status == _NOT_FOUND:
                return []
            raise
        result = parse_result(response.content, response.headers.get("content-type", ""), self._url)
        return to_lines(result.triples or ())


def open_gsp(target: Target) -> GspStore:
    """Open a Graph Store Protocol server."""
    return GspStore(fill_endpoints(target))


GSP: Final = TargetKind("gsp", open_gsp)
