"""What Graph Store Protocol and SPARQL Update servers share: everything but adding and replacing triples."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores.http import Connection, Request, RetryPolicy, decode
from skosify_rad.stores.results import parse_result, read_count
from skosify_rad.stores.sparql_text import iri, query_form, to_lines
from skosify_rad.stores.store import QueryGraphs, QueryResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from skosify_rad.model.config import Target

N_TRIPLES: Final = "application/n-triples"
"""The only RDF syntax that all servers read and write without changing the triples."""
_JSON_RESULTS: Final = "application/sparql-results+json"
"""Not XML: XML readers strip white space at the ends of literals."""


class RemoteStore(ABC):
    """A server with a SPARQL query and a SPARQL Update endpoint."""

    chunk_size = 2_000
    is_exclusive = False
    replaces_atomically = False

    def __init__(self, target: Target, retry: RetryPolicy | None = None) -> None:
        """Prepare the connection. Send nothing.

        Raises:
            ConfigError: The profile is invalid.

        """
        self.name = target.url
        self.query_url = target.query_url
        self._update_url = target.update_url
        self._swap = target.swap
        self._server = ""
        self._connection = Connection(target, retry or RetryPolicy())

    def check(self) -> None:
        """Check that the server answers queries and accepts our updates."""
        self.count("urn:rad2skos:none")
        if self._update_url:
            # The graph does not exist, so nothing is removed, but a wrong password shows before anything is sent.
            self._update("DROP SILENT GRAPH <urn:rad2skos:none>", is_idempotent=True)

    @abstractmethod
    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph. Adding them twice has the same effect as adding them once."""

    @abstractmethod
    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Replace the triples of a graph in one request."""

    def read(self, graph: str) -> list[bytes]:
        """Return the triples of a graph; in parts, from IRI to IRI, if the server cuts long answers short."""
        whole = self._read_whole(graph)
        return whole if len(whole) >= self.count(graph) else self._read_in_parts(graph, max(1, len(whole) - 1))

    def _read_in_parts(self, graph: str, most: int) -> list[bytes]:
        """Return the triples of a graph by answers of at most so many triples each."""
        lines: list[bytes] = []
        batch: list[str] = []
        size = 0
        for subject, number in self._list_subjects(graph, most):
            if batch and size + number > most:
                lines += self._construct(f"GRAPH {iri(graph)} {{ ?s ?p ?o }} VALUES ?s {{ {' '.join(batch)} }}")
                batch, size = [], 0
            if number > most:
                lines += self._read_large(graph, subject, number, most)
            else:
                batch.append(subject)
                size += number
        if batch:
            lines += self._construct(f"GRAPH {iri(graph)} {{ ?s ?p ?o }} VALUES ?s {{ {' '.join(batch)} }}")
        return lines

    def _read_large(self, graph: str, subject: str, number: int, most: int) -> list[bytes]:
        """Return the triples of a subject that has more of them than an answer may hold."""
        inner = f"SELECT ?s ?p ?o {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} FILTER(?s = {subject}) }} ORDER BY ?p ?o"
        starts = range(0, number, most)
        return [line for at in starts for line in self._construct(f"{{ {inner} LIMIT {most} OFFSET {at} }}")]

    def _list_subjects(self, graph: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield each IRI that is a subject, as a SPARQL term, with the number of its triples."""
        last = ""
        while True:
            pattern = f'GRAPH {iri(graph)} {{ ?s ?p ?o }} FILTER(isIRI(?s) && STR(?s) > "{last}")'
            text = f"SELECT ?s (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?s ORDER BY STR(?s) LIMIT {most}"
            rows = self.query(text, QueryGraphs("")).rows
            for row in rows:
                last = str(getattr(row[0], "value", ""))
                yield iri(last), read_count(QueryResult(rows=(row[1:],)))
            if not rows:
                return

    def count(self, graph: str) -> int:
        """Return the number of triples in a graph."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}"
        return read_count(self.query(text, QueryGraphs("")))

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another, in the way that is atomic on this server.

        There are two ways, because each loses data where the other does not: in Virtuoso an update of several
        operations is not a transaction, and in Fuseki (TDB2; 5.1 and 5.6 tested) MOVE, COPY and ADD silently drop
        triples. MOVE is never repeated, because servers empty the target if the source no longer exists. The
        transaction may be repeated: it then does nothing.
        """
        if self._swap == "move" or (self._swap == "auto" and "Virtuoso" in self._server):
            self._update(f"MOVE GRAPH {iri(source)} TO GRAPH {iri(target)}", is_idempotent=False)
            return
        self._update(
            f"""DELETE {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }}
            WHERE {{ GRAPH {iri(target)} {{ ?s ?p ?o }} FILTER EXISTS {{ GRAPH {iri(source)} {{ ?a ?b ?c }} }} }} ;
            INSERT {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {iri(source)} {{ ?s ?p ?o }} }} ;
            DROP SILENT GRAPH {iri(source)}""",
            is_idempotent=True,
        )

    def copy(self, source: str, target: str) -> None:
        """Replace a graph by a copy of another.

        Raises:
            ConfigError: The profile names no SPARQL Update endpoint.

        """
        if not self._update_url:
            raise ConfigError(f"{self.name}: keeping the previous graph needs SPARQL Update; set update_url")
        self._update(
            f"""DROP SILENT GRAPH {iri(target)} ;
            INSERT {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {iri(source)} {{ ?s ?p ?o }} }}""",
            is_idempotent=True,
        )

    def drop(self, graph: str) -> None:
        """Remove a graph if it exists."""
        self._update(f"DROP SILENT GRAPH {iri(graph)}", is_idempotent=True)

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the sorted IRIs of the graphs that start with a prefix."""
        text = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{prefix}")) }}'
        return sorted(str(getattr(row[0], "value", "")) for row in self.query(text, QueryGraphs("")).rows)

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query. Send it as a form: all servers accept long forms, and Virtuoso hangs on a plain body."""
        form: dict[str, str | list[str]] = {"query": text}
        if graphs.default:
            form["default-graph-uri"] = graphs.default
        if graphs.named:
            form["named-graph-uri"] = list(graphs.named)
        accept = N_TRIPLES if query_form(text) in ("CONSTRUCT", "DESCRIBE") else _JSON_RESULTS
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        content = urlencode(form, doseq=True).encode()
        response = self._connection.send(Request("POST", self.query_url, headers=headers, content=content))
        self._server = response.headers.get("server", "")
        return parse_result(response.content, response.headers.get("content-type", ""), self.query_url)

    def describes_itself(self) -> bool:
        """Return True if the query endpoint answers a bare GET with a service description.

        Source: https://www.w3.org/TR/sparql11-service-description/#accessing.
        """
        accept = {"Accept": "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"}
        try:
            response = self._connection.send(Request("GET", self.query_url, headers=accept))
        except TargetError:
            return False
        is_page = "html" in response.headers.get("content-type", "")
        return not is_page and "sparql-service-description#" in decode(response)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _read_whole(self, graph: str) -> list[bytes]:
        return self._construct(f"GRAPH {iri(graph)} {{ ?s ?p ?o }}")

    def _construct(self, pattern: str) -> list[bytes]:
        result = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", QueryGraphs(""))
        if result.triples is None:
            raise TargetError(f"{self.query_url}: answered a CONSTRUCT query with a table")
        return to_lines(result.triples)

    def _update(self, text: str, *, is_idempotent: bool) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        request = Request("POST", self._update_url, headers=headers, content=text.encode(), is_idempotent=is_idempotent)
        self._connection.send(request)
