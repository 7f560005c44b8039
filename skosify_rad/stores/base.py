"""What a target is: a store that can stage a graph, show it, and put it in the place of the old one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from skosify_rad.model.diagnostics import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target


class UncertainError(TargetError):
    """A request that may or may not have been carried out: the answer was lost, or says nothing about it."""


class GraphStore(Protocol):
    """A store of named graphs; every method raises TargetError when the store refuses or fails."""

    name: str
    """Where it is, for messages; never a secret."""
    query_url: str
    """Its SPARQL query endpoint; empty for the embedded store."""
    chunk_size: int
    """Triples sent at once."""
    is_exclusive: bool
    """Nobody else can write while we do: what a crashed load left can be cleaned at once."""
    replaces_at_once: bool
    """`replace` is one act: the store's transaction, or a PUT of which the operator says so."""

    def check(self) -> None:
        """Ask whether it is there and lets us in."""

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a graph; adding them twice is the same as once."""

    def read(self, graph: str, subjects: Sequence[str]) -> Iterator[ox.Triple]:
        """Yield the triples of a graph; `subjects` names those expected, for stores that cut long answers off."""

    def count(self, graph: str) -> int:
        """Return the number of triples of a graph, 0 where there is none."""

    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Put triples in the place of a graph in one request."""

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another; raises UncertainError when it cannot be known whether it did."""

    def copy(self, source: str, target: str) -> None:
        """Make one graph the copy of another."""

    def drop(self, graph: str) -> None:
        """Remove a graph, if there is one."""

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the names of the graphs that begin so."""

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query."""

    def describes_itself(self) -> bool:
        """Tell whether it serves a SPARQL service description of its own."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True)
class QueryGraphs:
    """Where a query looks."""

    default: str
    """IRI of the graph that patterns outside GRAPH match; the store's own default graph when empty."""
    named: tuple[str, ...] = ()
    """IRIs of the graphs that GRAPH can name."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave: a table, a yes or no, or triples."""

    variables: tuple[str, ...] = ()
    """Names of the columns, without `?`."""
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...] = ()
    """The rows of SELECT."""
    answer: bool | None = None
    """The answer of ASK."""
    triples: tuple[ox.Triple, ...] | None = None
    """The triples of CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class TargetKind:
    """A kind of store; its page is `pages/targets/<name>.md`."""

    name: str
    """The word of `kind` in a profile: `embedded`."""
    open: Callable[[Target], GraphStore]
    """Open the store of a profile."""


def in_chunks(triples: Iterable[ox.Triple], size: int) -> Iterator[list[ox.Triple]]:
    """Yield the triples in lists of at most `size`."""
    chunk: list[ox.Triple] = []
    for triple in triples:
        chunk.append(triple)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
