"""The interface of stores: hold named graphs, stage a graph, and put it in the place of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from skosify_rad.model.diagnostics import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target


class OutcomeUnknownError(TargetError):
    """A request that may or may not have been carried out, because its answer was lost or inconclusive."""


class GraphStore(Protocol):
    """A store of named graphs. Triples are N-Triples lines. Methods raise TargetError if the store refuses or fails."""

    name: str
    """Where the store is, for messages. Never contains a secret."""
    query_url: str
    """URL of the SPARQL query endpoint; empty for the embedded store."""
    chunk_size: int
    """Number of triples sent per request."""
    is_exclusive: bool
    """True if no other process can write, so that staging graphs of a killed load can be removed at once."""
    replaces_atomically: bool
    """True if `replace` is atomic, so that no staging graph is needed."""

    def check(self) -> None:
        """Check that the store answers and accepts our credentials."""

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph. Adding them twice has the same effect as adding them once."""

    def read(self, graph: str) -> Iterable[bytes]:
        """Return the triples of a graph."""

    def count(self, graph: str) -> int:
        """Return the number of triples in a graph, 0 if it does not exist."""

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Replace the triples of a graph in one request."""

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another. Raise OutcomeUnknownError if the answer is lost."""

    def copy(self, source: str, target: str) -> None:
        """Replace a graph by a copy of another."""

    def drop(self, graph: str) -> None:
        """Remove a graph if it exists."""

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the sorted IRIs of the graphs that start with a prefix."""

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query."""

    def describes_itself(self) -> bool:
        """Return True if the store serves its own SPARQL service description."""

    def close(self) -> None:
        """Close files and connections."""


@dataclass(frozen=True, slots=True)
class QueryGraphs:
    """The RDF dataset of a query."""

    default: str
    """IRI of the graph that patterns outside GRAPH match; if empty, the store's own default graph."""
    named: tuple[str, ...] = ()
    """IRIs of the graphs that GRAPH can match."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The result of a SPARQL query: solutions, a boolean or triples."""

    variables: tuple[str, ...] = ()
    """Names of the variables, without `?`."""
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...] = ()
    """Solutions of a SELECT query."""
    answer: bool | None = None
    """Result of an ASK query."""
    triples: tuple[ox.Triple, ...] | None = None
    """Result of a CONSTRUCT or DESCRIBE query."""


@dataclass(frozen=True, slots=True)
class TargetKind:
    """A kind of store. Its page is `docs/stores/<name>.md`."""

    name: str
    """Value of `kind` in a profile, such as `embedded`."""
    open: Callable[[Target], GraphStore]
    """Opens the store of a profile."""
