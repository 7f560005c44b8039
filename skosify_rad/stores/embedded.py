"""The embedded store: an Oxigraph database in a directory, accessed through pyoxigraph."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores.base import QueryGraphs, QueryResult, TargetKind
from skosify_rad.stores.results import convert_result, read_count
from skosify_rad.stores.terms import iri, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from skosify_rad.model.config import Target


class EmbeddedStore:
    """An Oxigraph database in a directory, or in memory if `folder` is empty. The process that opens it locks it."""

    query_url = ""
    chunk_size = 100_000
    is_exclusive = True
    replaces_atomically = True

    def __init__(self, folder: str) -> None:
        """Open the database; create it if it does not exist.

        Raises:
            TargetError: Another process has the database open, or the directory is not a database.

        """
        self.name = folder
        with self._explained():
            self._store = ox.Store(folder or None)
        if folder:
            for file in Path(folder).glob("bulk-*.sst"):  # pyoxigraph's temporary files, left by a killed load
                file.unlink()

    def check(self) -> None:
        """Do nothing: the constructor has opened the database."""

    def add(self, graph: str, lines: Iterable[bytes]) -> None:
        """Add triples to a graph atomically.

        Oxigraph's bulk loader writes all triples to new files and then adds all files to the database in one step.
        """
        with self._explained():
            self._store.bulk_load(join_lines(lines), ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph), lenient=True)

    def read(self, graph: str, expected: Sequence[bytes] = ()) -> list[bytes]:
        """Return the triples of a graph."""
        del expected
        with self._explained():
            return (self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b"").splitlines()

    def count(self, graph: str) -> int:
        """Return the number of triples in a graph."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}"
        return read_count(self.query(text, QueryGraphs("")))

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Replace the triples of a graph atomically, writing only those that differ.

        A transaction costs about three times as much CPU time as the bulk loader, which cannot remove triples.
        """
        old = set(self.read(graph)) if self.count(graph) else set()
        new = set(lines)
        removed, added = old - new, [line for line in lines if line not in old]
        if not removed:
            self.add(graph, added)
            return
        name = iri(graph)
        blocks = [f"{{ GRAPH {name} {{\n{join_lines(part).decode()}}} }}" for part in (removed, added)]
        self._update(f"DELETE DATA {blocks[0]} ;\nINSERT DATA {blocks[1]}")

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another, in one transaction."""
        self._update(f"MOVE GRAPH {iri(source)} TO GRAPH {iri(target)}")

    def copy(self, source: str, target: str) -> None:
        """Replace a graph by a copy of another."""
        self.replace(target, self.read(source))

    def drop(self, graph: str) -> None:
        """Remove a graph if it exists."""
        self._update(f"DROP SILENT GRAPH {iri(graph)}")

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the sorted IRIs of the graphs that start with a prefix."""
        return sorted(g.value for g in self._store.named_graphs() if g.value.startswith(prefix))

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query.

        Raises:
            TargetError: The query is malformed or fails.

        """
        default = ox.NamedNode(graphs.default) if graphs.default else None
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in graphs.named]
        with self._explained():
            try:
                return convert_result(self._store.query(text, default_graph=default, named_graphs=named or None))
            except SyntaxError as error:
                raise TargetError(f"malformed SPARQL query: {error.msg or error}") from error

    def describes_itself(self) -> bool:
        """Return False: there is no SPARQL endpoint."""
        return False

    def close(self) -> None:
        """Write everything to disk and unlock the directory."""
        if self.name:
            with self._explained():
                self._store.flush()
        del self._store

    def _update(self, text: str) -> None:
        with self._explained():
            self._store.update(text)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn pyoxigraph's errors into a TargetError that says what to do."""
        try:
            yield
        except (OSError, ValueError) as error:
            text = str(error)
            if "lock" in text.lower():
                text = "another process (perhaps rad2skos serve) is using the store; stop it first"
            elif "No space left" in text:
                text = "the disk is full; free some space and repeat the load"
            raise TargetError(f"{self.name}: {text}") from error


def open_embedded(target: Target) -> EmbeddedStore:
    """Open the store in a directory.

    Raises:
        ConfigError: The path is a file, or a directory that contains something else.

    """
    folder = Path(target.url)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").exists():
        raise ConfigError(f"{folder}: the folder contains other files; choose an empty or a new folder for the store")
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is a file; choose a folder for the store")
    return EmbeddedStore(target.url)


EMBEDDED: Final = TargetKind("embedded", open_embedded)
