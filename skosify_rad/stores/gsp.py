"""Servers with the Graph Store Protocol: graphs are sent as they are; SPARQL Update only moves them.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.stores.base import TargetKind
from skosify_rad.stores.endpoints import fill_endpoints
from skosify_rad.stores.http import Call, Patience, RefusedError
from skosify_rad.stores.remote import TRIPLES, RemoteStore
from skosify_rad.stores.results import parse_result
from skosify_rad.stores.terms import write_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target

_NOT_FOUND: Final = 404


class GspStore(RemoteStore):
    """A Graph Store Protocol server."""

    chunk_size = 20_000

    def __init__(self, target: Target, patience: Patience | None = None) -> None:
        """Prepare the connection.

        Raises:
            ConfigError: the profile cannot be used, or offers no way to replace a graph as one act.

        """
        super().__init__(target, patience)
        self._url = target.url
        self.replaces_at_once = target.atomic_put
        if not target.update_url and not target.atomic_put:
            raise ConfigError(
                f"{target.url}: the Graph Store Protocol cannot put a staged graph in place: name the server's SPARQL "
                "endpoint for updates by update_url, or set atomic_put = true if its PUT replaces a graph as one act"
            )

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a graph by POST."""
        self._send("POST", graph, write_lines(triples))

    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Put triples in the place of a graph by PUT."""
        self._send("PUT", graph, write_lines(triples))

    def drop(self, graph: str) -> None:
        """Remove a graph, if there is one."""
        if self._update_url:
            super().drop(graph)
            return
        try:
            self._connection.send(Call("DELETE", self._url, {"graph": graph}))
        except RefusedError as error:
            if error.status != _NOT_FOUND:
                raise

    def _send(self, method: str, graph: str, content: bytes) -> None:
        self._connection.send(Call(method, self._url, {"graph": graph}, {"Content-Type": TRIPLES}, content))

    def _read_whole(self, graph: str) -> list[ox.Triple]:
        try:
            response = self._connection.send(Call("GET", self._url, {"graph": graph}, {"Accept": TRIPLES}))
        except RefusedError as error:
            if error.status == _NOT_FOUND:
                return []
            raise
        result = parse_result(response.content, response.headers.get("content-type", ""), self._url)
        return list(result.triples or ())


def open_gsp(target: Target) -> GspStore:
    """Open a Graph Store Protocol server."""
    return GspStore(fill_endpoints(target))


GSP: Final = TargetKind("gsp", open_gsp)
