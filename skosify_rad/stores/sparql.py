"""Servers with SPARQL Update: triples are sent by INSERT DATA.

Source: https://www.w3.org/TR/sparql11-update/.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.stores.endpoints import fill_endpoints
from skosify_rad.stores.remote import RemoteStore
from skosify_rad.stores.sparql_text import iri, join_lines
from skosify_rad.stores.store import TargetKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skosify_rad.model.config import Target


class SparqlStore(RemoteStore):
    """A SPARQL Update server."""

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph by INSERT DATA, which is idempotent because no triple has a blank node."""
        data = join_lines(lines).decode()
        self._update(f"INSERT DATA {{ GRAPH {iri(graph)} {{\n{data}}} }}", is_idempotent=True)

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Raise ConfigError: SPARQL Update servers stage and move."""
        del graph, lines
        raise ConfigError(f"{self.name}: atomic_put is for Graph Store Protocol servers")


def open_sparql(target: Target) -> SparqlStore:
    """Open a SPARQL Update server."""
    return SparqlStore(replace(fill_endpoints(target), update_url=target.url))


SPARQL: Final = TargetKind("sparql", open_sparql)
