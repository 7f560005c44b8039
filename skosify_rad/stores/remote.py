"""What Graph Store Protocol and SPARQL Update servers have in common: reading, and everything but adding triples."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores.base import QueryGraphs, QueryResult
from skosify_rad.stores.http import Call, Connection, Patience, decode
from skosify_rad.stores.results import first_number, parse_result
from skosify_rad.stores.terms import iri, query_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox

    from skosify_rad.model.config import Target

TRIPLES: Final = "application/n-triples"
"""The one syntax all stores write and read without changing anything."""
_TABLE: Final = "application/sparql-results+json"
"""Not XML, whose readers drop white space at the ends of a literal."""
_SUBJECTS_AT_ONCE: Final = 200


class RemoteStore(ABC):
    """A server with a SPARQL query and a SPARQL Update endpoint."""

    chunk_size = 2_000
    is_exclusive = False
    replaces_at_once = False

    def __init__(self, target: Target, patience: Patience | None = None) -> None:
        """Prepare the connection.

        Raises:
            ConfigError: the profile cannot be used.

        """
        self.name = target.url
        self.query_url = target.query_url
        self._update_url = target.update_url
        self._swap = target.swap
        self._server = ""
        self._connection = Connection(target, patience or Patience())

    def check(self) -> None:
        """Ask whether it answers queries and takes updates from us."""
        self.count("urn:rad2skos:none")
        if self._update_url:
            # Removes nothing: there is no such graph. A wrong password shows here, before anything is sent.
            self._update("DROP SILENT GRAPH <urn:rad2skos:none>", is_safe=True)

    @abstractmethod
    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a graph; adding them twice is the same as once."""

    @abstractmethod
    def replace(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Put triples in the place of a graph in one request."""

    def read(self, graph: str, subjects: Sequence[str]) -> Iterator[ox.Triple]:
        """Yield the triples of a graph, in parts where the server cuts long answers off."""
        whole = self._read_whole(graph)
        if len(whole) >= self.count(graph):
            yield from whole
            return
        del whole
        for start in range(0, len(subjects), _SUBJECTS_AT_ONCE):
            chosen = " ".join(iri(subject) for subject in subjects[start : start + _SUBJECTS_AT_ONCE])
            yield from self._construct(f"GRAPH {iri(graph)} {{ ?s ?p ?o }} VALUES ?s {{ {chosen} }}")

    def count(self, graph: str) -> int:
        """Return the number of triples of a graph."""
        return first_number(
            self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}", QueryGraphs(""))
        )

    def move(self, source: str, target: str) -> None:
        """Put one graph in the place of another, in the way that this store does as one act.

        Two ways, for each loses data where the other does not: in Virtuoso an update of several operations is no
        transaction, and in Fuseki (TDB2; 5.1 and 5.6 tried) MOVE, COPY and ADD silently drop triples. MOVE is never
        sent twice, since stores empty the target when the source is gone; the transaction may be, since it does
        nothing then.
        """
        if self._moves():
            self._update(f"MOVE GRAPH {iri(source)} TO GRAPH {iri(target)}", is_safe=False)
            return
        self._update(
            f"""DELETE {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }}
            WHERE {{ GRAPH {iri(target)} {{ ?s ?p ?o }} FILTER EXISTS {{ GRAPH {iri(source)} {{ ?a ?b ?c }} }} }} ;
            INSERT {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {iri(source)} {{ ?s ?p ?o }} }} ;
            DROP SILENT GRAPH {iri(source)}""",
            is_safe=True,
        )

    def copy(self, source: str, target: str) -> None:
        """Make one graph the copy of another; twice is the same as once.

        Raises:
            ConfigError: there is no SPARQL Update endpoint that could.

        """
        if not self._update_url:
            raise ConfigError(f"{self.name}: keeping what was before needs SPARQL Update: name update_url")
        self._update(
            f"""DROP SILENT GRAPH {iri(target)} ;
            INSERT {{ GRAPH {iri(target)} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {iri(source)} {{ ?s ?p ?o }} }}""",
            is_safe=True,
        )

    def _moves(self) -> bool:
        return self._swap == "move" or (self._swap == "auto" and "Virtuoso" in self._server)

    def drop(self, graph: str) -> None:
        """Remove a graph, if there is one."""
        self._update(f"DROP SILENT GRAPH {iri(graph)}", is_safe=True)

    def list_graphs(self, prefix: str) -> list[str]:
        """Return the names of the graphs that begin so."""
        text = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{prefix}")) }}'
        return sorted(str(getattr(row[0], "value", "")) for row in self.query(text, QueryGraphs("")).rows)

    def query(self, text: str, graphs: QueryGraphs) -> QueryResult:
        """Run a SPARQL query; sent as a form, which all stores take (Virtuoso hangs on a plain body) at any length."""
        dataset: dict[str, str | list[str]] = {}
        if graphs.default:
            dataset["default-graph-uri"] = graphs.default
        if graphs.named:
            dataset["named-graph-uri"] = list(graphs.named)
        accept = TRIPLES if query_form(text) in ("CONSTRUCT", "DESCRIBE") else _TABLE
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        form = urlencode({"query": text, **dataset}, doseq=True).encode()
        response = self._connection.send(Call("POST", self.query_url, headers=headers, content=form))
        self._server = response.headers.get("server", "")
        return parse_result(response.content, response.headers.get("content-type", ""), self.query_url)

    def describes_itself(self) -> bool:
        """Tell whether the query endpoint answers a bare GET with a service description.

        Source: https://www.w3.org/TR/sparql11-service-description/#accessing.
        """
        accept = {"Accept": "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"}
        try:
            response = self._connection.send(Call("GET", self.query_url, headers=accept))
        except TargetError:
            return False
        is_page = "html" in response.headers.get("content-type", "")
        return not is_page and "sparql-service-description#" in decode(response)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _read_whole(self, graph: str) -> list[ox.Triple]:
        return list(self._construct(f"GRAPH {iri(graph)} {{ ?s ?p ?o }}"))

    def _construct(self, pattern: str) -> Sequence[ox.Triple]:
        result = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", QueryGraphs(""))
        if result.triples is None:
            raise TargetError(f"{self.query_url}: answered a CONSTRUCT query with a table")
        return result.triples

    def _update(self, text: str, *, is_safe: bool) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._connection.send(Call("POST", self._update_url, headers=headers, content=text.encode(), is_safe=is_safe))
