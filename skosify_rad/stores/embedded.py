"""The embedded store: an Oxigraph database in a directory, accessed through pyoxigraph."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.model.time_limit import run_within
from skosify_rad.stores.results import convert_result, read_count
from skosify_rad.stores.sparql_text import iri, join_lines
from skosify_rad.stores.store import QueryGraphs, QueryResult, TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        self.query_seconds = 60.0
        """Time limit of a query."""
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

    def read(self, graph: str) -> list[bytes]:
        """Return the triples of a graph."""
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
        if has_service(text):
            raise TargetError("SERVICE sends requests to other servers; only a server of your own may run such a query")
        default = ox.NamedNode(graphs.default) if graphs.default else None
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in graphs.named]

        def run() -> QueryResult:
            return convert_result(self._store.query(text, default_graph=default, named_graphs=named or None))

        with self._explained():
            try:
                return _run_limited(run, self.query_seconds)
            except SyntaxError as error:
                raise TargetError(f"malformed SPARQL query: {_shorten(str(error.msg or error))}") from error
            except RuntimeError as error:  # an unknown function, for example
                raise TargetError(f"the query failed: {_shorten(str(error))}") from error

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


_HIDDEN: Final = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|\\.|\#[^\n\r]*""",
    re.DOTALL,
)
"""IRIs, strings, escapes and comments of SPARQL. Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar."""
_SERVICE: Final = re.compile(r"(?<![\w:?$@-])SERVICE(?![\w-])", re.IGNORECASE)
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_MESSAGE_LENGTH: Final = 200


def has_service(query: str) -> bool:
    """Return whether a query may use SERVICE. A name such as `ex:service` does not count.

    >>> has_service("{ SERVICE <http://x/> { ?a ?b ?c } }"), has_service("{ ?s ex:service 'SERVICE' }")
    (True, False)
    """
    plain = _CODE_POINT.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), query)  # SPARQL allows them anywhere
    return any(_SERVICE.search(_HIDDEN.sub(" ", text)) for text in (query, plain))


def _run_limited(run: Callable[[], QueryResult], seconds: float) -> QueryResult:
    try:
        return run_within(seconds, run)
    except TimeoutError:
        raise TargetError(f"the query took longer than {seconds:g} s; simplify it or raise --timeout") from None


def _shorten(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _MESSAGE_LENGTH else line[: _MESSAGE_LENGTH - 1] + "…"


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
    store = EmbeddedStore(target.url)
    store.query_seconds = target.timeout_seconds
    return store


EMBEDDED: Final = TargetKind("embedded", open_embedded)
