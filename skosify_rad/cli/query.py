"""`rad2skos query`: a ready query by name, a file or SPARQL itself, on an export, a store or a server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.endpoint import EndpointOptions, endpoint_options, make_profile

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.stores.base import GraphStore, QueryGraphs

EXAMPLES = """\
Examples:

\b
  rad2skos query                                      list the ready queries
  rad2skos query tree Osteoporosis                    everything below it
  rad2skos query differentials Osteoporosis --on store
  rad2skos query wanted --on http://localhost:3030/ds/update --format csv
  rad2skos query changed --on store                   since the load before
  rad2skos query my.rq
  rad2skos query 'SELECT ?l { ?c skos:notation "IA" ; skos:prefLabel ?l }'
"""


class QueryOptions(EndpointOptions, total=False):
    """What the options hold."""

    on: str
    """`--on`."""
    form: str
    """`--format`."""


@click.command("query", short_help="Ask an export, a store or a server.", epilog=EXAMPLES)
@click.argument("query", required=False)
@click.argument("values", nargs=-1)
@click.option(
    "--on", default="output", metavar="TARGET", help="An export, a store, a URL or a profile.  [default: output]"
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "turtle"]), default="table", help="Of the answer."
)
@endpoint_options
def command(query: str | None, values: tuple[str, ...], **options: Unpack[QueryOptions]) -> None:
    """Run QUERY, the name of a ready query with its VALUES, a file, or SPARQL, and print the answer.

    Patterns outside GRAPH match the concept scheme; prefixes such as skos: need no declaration.
    """
    if query is None:
        _list_queries()
        return
    from skosify_rad.stores.answers import render_answer  # noqa: PLC0415 - as above
    from skosify_rad.stores.queries import declare_prefixes  # noqa: PLC0415 - keeps --help fast

    text = declare_prefixes(_find_text(query, values))
    store, graph = _open(options)
    try:
        answer = store.query(text, _where(store, graph))
    finally:
        store.close()
    sys.stdout.write(render_answer(answer, options["form"]))


def _list_queries() -> None:
    from skosify_rad.stores.queries import NAMES, read_query  # noqa: PLC0415 - keeps --help fast

    for name in NAMES:
        ready = read_query(name)
        click.echo(f"{' '.join([name, *(p.upper() for p, _ in ready.parameters)]):<24}{ready.title}")


def _find_text(query: str, values: tuple[str, ...]) -> str:
    """Return the SPARQL of a name, a file or a text.

    Raises:
        InputError: there is no such query or file.

    """
    from skosify_rad.model.diagnostics import InputError  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.queries import NAMES, read_query  # noqa: PLC0415 - as above
    from skosify_rad.stores.terms import query_form  # noqa: PLC0415 - as above

    if query in NAMES:
        return read_query(query).bind(values)
    if values:
        raise InputError(f"only ready queries take values; there is no ready query {query!r}")
    if query.endswith((".rq", ".sparql")) or (len(query) < 200 and Path(query).is_file()):  # noqa: PLR2004 - no path is a query
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{query}: cannot be read: {error}") from error
    if not query_form(query):
        raise InputError(f"{query!r} is no ready query ({', '.join(NAMES)}), no file and no SPARQL")
    return query


def _open(options: QueryOptions) -> tuple[GraphStore, str]:
    """Open what is asked; an export is read into memory."""
    from skosify_rad.stores import open_target  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.embedded import EmbeddedStore  # noqa: PLC0415 - as above
    from skosify_rad.stores.exports import find_export, read_export  # noqa: PLC0415 - as above
    from skosify_rad.stores.load import find_scheme  # noqa: PLC0415 - as above

    where = options["on"]
    target = make_profile(where, options)
    if target.kind == "embedded" and (not Path(target.url).exists() or find_export(Path(target.url)) is not None):
        export = read_export(Path(target.url))
        store: GraphStore = EmbeddedStore("")
        graph = target.graph or export.scheme or "urn:rad2skos:export"
        store.add(graph, export.triples)
        return store, graph
    store = open_target(target)
    return store, target.graph or find_scheme(store)


def _where(store: GraphStore, graph: str) -> QueryGraphs:
    from skosify_rad.stores.base import QueryGraphs  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.dataset import previous_graph  # noqa: PLC0415 - as above

    if not graph:
        return QueryGraphs("")
    previous = previous_graph(graph)
    return QueryGraphs(graph, (previous,) if store.count(previous) else ())
