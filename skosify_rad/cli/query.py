"""`rad2skos query`: run a ready-made query or SPARQL on an export, a store or a server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.server_options import EndpointOptions, endpoint_options, find_profile
from skosify_rad.cli.terminal import find_width

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.stores.store import GraphStore, QueryGraphs

EXAMPLES = """\
Examples:

\b
  rad2skos query                                      list the ready-made queries
  rad2skos query tree Osteoporosis                    all its subtypes, at every depth
  rad2skos query differentials Osteoporosis --on store
  rad2skos query wanted --on http://localhost:3030/ds/update --format csv
  rad2skos query changed --on store                   compared with the previous load
  rad2skos query my.rq
  rad2skos query 'SELECT ?l { ?c skos:notation "IIF" ; skos:prefLabel ?l }'
"""


_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label { ?concept skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label }
"""


class QueryOptions(EndpointOptions, total=False):
    """Values of the options of `query`."""

    on: str
    form: str


@click.command("query", short_help="Query a concept scheme.", epilog=EXAMPLES)
@click.argument("query", required=False)
@click.argument("values", nargs=-1)
@click.option(
    "--on",
    default="output",
    metavar="TARGET",
    help="An export, a store, a URL or the name of a profile.  [default: output]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    help="Result format.  [default: table]",
)
@endpoint_options
def command(query: str | None, values: tuple[str, ...], **options: Unpack[QueryOptions]) -> None:
    """Run QUERY and print the result. Without QUERY, list the ready-made queries.

    QUERY is the name of a ready-made query (with its VALUES), a file, or SPARQL. The concept scheme is the default
    graph. Common prefixes such as skos: are declared for you.
    """
    if query is None:
        _list_queries()
        return
    from skosify_rad.model.diagnostics import InputError
    from skosify_rad.stores.answers import render_answer
    from skosify_rad.stores.queries import declare_prefixes

    text = declare_prefixes(_find_text(query, values))
    store, graph = _open(options)
    try:
        graphs = _find_graphs(store, graph)
        if query == "changed" and not graphs.named:
            raise InputError(f"{options['on']}: keeps no previous graph; load it with --keep-previous")
        answer = store.query(text, graphs)
        if values and not answer.rows:
            _check_name(values[0], store, graphs)
    finally:
        store.close()
    sys.stdout.write(render_answer(answer, options["form"], find_width()))


def _list_queries() -> None:
    from skosify_rad.stores.queries import NAMES, read_query

    for name in NAMES:
        ready = read_query(name)
        click.echo(f"{' '.join([name, *(p.upper() for p, _ in ready.parameters)]):<24}{ready.title}")


def _find_text(query: str, values: tuple[str, ...]) -> str:
    """Return the SPARQL of a name, a file or a text.

    Raises:
        InputError: it is none of these, or the file cannot be read.

    """
    from skosify_rad.model.diagnostics import InputError, suggest
    from skosify_rad.stores.queries import NAMES, read_query
    from skosify_rad.stores.sparql_text import query_form

    if any("\ud800" <= c <= "\udfff" for value in values for c in value):
        raise InputError("a value is not valid UTF-8")
    if query in NAMES:
        return read_query(query).bind(values)
    if values:
        near = suggest(query, NAMES)
        raise InputError(f"only ready-made queries take values, and {query!r} is not one of them{near}")
    if query.endswith((".rq", ".sparql")) or (len(query) < 200 and _is_file(query)):  # noqa: PLR2004 - longer than any sensible path
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{query}: cannot be read: {error}") from error
    if not query_form(query):
        raise InputError(
            f"{query!r} is not a ready-made query ({', '.join(NAMES)}), a file or SPARQL{suggest(query, NAMES)}"
        )
    return query


def _check_name(name: str, store: GraphStore, graphs: QueryGraphs) -> None:
    """Refuse a name that no concept has.

    Raises:
        InputError: no label is this name in upper or lower case.

    """
    from skosify_rad.model.diagnostics import InputError, suggest

    rows = store.query(_LABELS, graphs).rows
    labels = {getattr(row[0], "value", "") for row in rows}
    if name.lower() not in {label.lower() for label in labels}:
        raise InputError(f"no concept is called {name!r}{suggest(name, labels)}")


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except ValueError:  # a NUL or bytes that are not UTF-8
        return False


def _open(options: QueryOptions) -> tuple[GraphStore, str]:
    """Open the store to query and return it with its graph; read an export into memory."""
    from skosify_rad.stores import open_target
    from skosify_rad.stores.embedded import EmbeddedStore
    from skosify_rad.stores.exports import find_export, read_export
    from skosify_rad.stores.load import find_scheme

    where = options["on"]
    target = find_profile(where, options)
    if target.kind == "embedded" and (not Path(target.url).exists() or find_export(Path(target.url)) is not None):
        export = read_export(Path(target.url))
        store = EmbeddedStore("")
        store.query_seconds = target.timeout_seconds
        graph = target.graph or export.scheme or "urn:rad2skos:export"
        store.add(graph, export.triples)
        return store, graph
    opened = open_target(target)
    return opened, target.graph or find_scheme(opened)


def _find_graphs(store: GraphStore, graph: str) -> QueryGraphs:
    from skosify_rad.stores.dataset import previous_graph
    from skosify_rad.stores.store import QueryGraphs

    if not graph:
        return QueryGraphs("")
    previous = previous_graph(graph)
    return QueryGraphs(graph, (previous,) if store.count(previous) else ())
