"""Servers with SPARQL Update: triples are sent as INSERT DATA.

Source: https://www.w3.org/TR/sparql11-update/.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.stores.base import TargetKind
from skosify_rad.stores.endpoints import fill_endpoints
from skosify_rad.stores.remote import RemoteStore
from skosify_rad.stores.terms import iri, write_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target


class SparqlStore(RemoteStore):
    """A SPARQL Update server."""

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a graph by INSERT DATA; a second time changes nothing, since none has a blank node."""
        data = write_lines(triples).decode()
        self._update(f"INSERT DATA {{ GRAPH {iri(graph)} {{\n{data}}} }}", is_safe=True)

    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Refuse: SPARQL Update servers stage and move."""
        del graph, triples
        raise ConfigError(f"{self.name}: atomic_put is for Graph Store Protocol servers")


def open_sparql(target: Target) -> SparqlStore:
    """Open a SPARQL Update server."""
    filled = fill_endpoints(target)
    return SparqlStore(replace(filled, update_url=target.url))


SPARQL: Final = TargetKind("sparql", open_sparql)
