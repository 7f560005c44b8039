"""The embedded store: Oxigraph in a directory, through pyoxigraph; nothing to start, nothing to administer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores.base import QueryGraphs, QueryResult, TargetKind
from skosify_rad.stores.results import first_number, read_solutions
from skosify_rad.stores.terms import iri, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target


class EmbeddedStore:
    """An Oxigraph store in a directory; one process may write, and it locks the others out."""

    query_url = ""
    chunk_size = 100_000
    is_exclusive = True
    replaces_at_once = True

    def __init__(self, folder: str) -> None:
        """Open the store, making it where there is none.

        Raises:
            TargetError: it is in use, or no store.

        """
        import pyoxigraph as ox  # noqa: PLC0415 - 3 ms, for those who load

        self.name = folder
        try:
            self._store = ox.Store(folder) if folder else ox.Store()
        except (OSError, ValueError) as error:
            raise _explain(folder, error) from error

    def check(self) -> None:
        """Do nothing: opening it has shown that it is there."""

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a graph."""
        import pyoxigraph as ox  # noqa: PLC0415 - as above

        name = ox.NamedNode(graph)
        try:
            self._store.extend([ox.Quad(t.subject, t.predicate, t.object, name) for t in triples])
        except OSError as error:
            raise _explain(self.name, error) from error

    def read(self, graph: str, subjects: Sequence[str]) -> Iterator[ox.Triple]:
        """Yield the triples of a graph."""
        del subjects
        import pyoxigraph as ox  # noqa: PLC0415 - as above

        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple

    def count(self, graph: str) -> int:
        """Return the number of triples of a graph."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}"
        return first_number(self.query(text, QueryGraphs("")))

    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Put triples in the place of a graph in one transaction, which touches only what differs.

        A MOVE would be one, too, but takes four times as long for a new graph, and as long again for an old one.
        """
        new = set(write_lines(triples).splitlines(keepends=True))
        old = set(write_lines(self.read(graph, ())).splitlines(keepends=True))
        if not old:
            self.add(graph, triples)
            return
        name = iri(graph)
        parts = (("DELETE", old - new), ("INSERT", new - old))
        self._update(
            " ;\n".join(
                f"{verb} DATA {{ GRAPH {name} {{\n{b''.join(sorted(lines)).decode()}}} }}"
                for verb, lines in parts
                if lines
            )
        )

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another, in one transaction."""
        self._update(f"MOVE GRAPH {iri(source)} TO GRAPH {iri(target)}")

    def copy(self, source: str, target: str) -> None:
        """Make one graph the copy of another."""
        self._update(f"COPY GRAPH {iri(source)} TO GRAPH {iri(target)}")

    def drop(self, graph: str) -> None:
        """Remove a graph, if there is one."""
        self._update(f"DROP SILENT GRAPH {iri(graph)}")

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the names of the graphs that begin so."""
        return sorted(g.value for g in self._store.named_graphs() if g.value.startswith(prefix))

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query.

        Raises:
            TargetError: the query is no SPARQL, or fails.

        """
        import pyoxigraph as ox  # noqa: PLC0415 - as above

        default = ox.NamedNode(graphs.default) if graphs.default else None
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in graphs.named]
        try:
            return read_solutions(self._store.query(text, default_graph=default, named_graphs=named or None))
        except SyntaxError as error:
            raise TargetError(f"the query is no SPARQL: {error.msg or error}") from error
        except (OSError, ValueError) as error:
            raise _explain(self.name, error) from error

    def describes_itself(self) -> bool:
        """Return False: there is no endpoint that could."""
        return False

    def close(self) -> None:
        """Write everything to the disk and unlock the directory."""
        if self.name:
            self._store.flush()
        del self._store

    def _update(self, text: str) -> None:
        try:
            self._store.update(text)
        except OSError as error:
            raise _explain(self.name, error) from error


def _explain(folder: str, error: Exception) -> TargetError:
    text = str(error)
    if "lock" in text.lower():
        return TargetError(f"{folder}: the store is in use by another process (rad2skos serve, perhaps); stop it first")
    if "No space left" in text:
        return TargetError(f"{folder}: the disk is full; free some space and repeat: what was there before is whole")
    return TargetError(f"{folder}: the store failed: {text}")


def open_embedded(target: Target) -> EmbeddedStore:
    """Open the store in a directory.

    Raises:
        ConfigError: the directory holds something else.

    """
    folder = Path(target.url)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").exists():
        raise ConfigError(f"{folder}: is a folder with other things in it; name an empty or a new one for the store")
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is a file; name a folder for the store")
    return EmbeddedStore(target.url)


EMBEDDED: Final = TargetKind("embedded", open_embedded)
