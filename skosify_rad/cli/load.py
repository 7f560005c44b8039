"""`rad2skos load`: an export or a vault into a store or server, as one act."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.endpoint import EndpointOptions, endpoint_options, make_profile
from skosify_rad.cli.terminal import Progress, print_row

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.model.config import Target
    from skosify_rad.stores.base import GraphStore
    from skosify_rad.stores.exports import LoadableExport
    from skosify_rad.stores.load import LoadOptions

EXAMPLES = """\
Examples:

\b
  rad2skos load output --to store                             an embedded store, nothing to start
  rad2skos load output --to http://localhost:7878/store       Oxigraph
  rad2skos load output --to http://localhost:3030/ds/data     Apache Jena Fuseki
  rad2skos load ~/notes --to http://localhost:8890/sparql-graph-crud-auth \\
      --user dba --auth digest --password-env VIRTUOSO_PASSWORD
  rad2skos load output --to production --verify               a profile of rad2skos.toml
  rad2skos load output --to production --verify --dry-run     is what is there what was sent?
"""


class LoadCommandOptions(EndpointOptions, total=False):
    """What the options hold."""

    to: str
    """`--to`."""
    verify: bool
    """`--verify`."""
    dry_run: bool
    """`--dry-run`."""
    keep_previous: bool
    """`--keep-previous`."""
    description: bool
    """`--description`."""
    quiet: bool
    """`--quiet`."""


@click.command("load", short_help="Load an export into a store or server.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option("--to", required=True, metavar="TARGET", help="A directory, a URL, or a profile of the configuration.")
@endpoint_options
@click.option("--verify", is_flag=True, help="Compare what is in place with what was sent, triple by triple.")
@click.option("-n", "--dry-run", is_flag=True, help="Change nothing; with --verify, compare with what is there now.")
@click.option("--keep-previous", is_flag=True, help="Keep what was there before in a graph of its own.")
@click.option("--description/--no-description", default=True, help="Load the description of the data set, too.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(source: Path, **options: Unpack[LoadCommandOptions]) -> None:
    """Put SOURCE, an export or a vault, in the place of the graph that a store or server holds.

    Readers see the old graph or the new one, never half of it; when anything fails, the old one stays.
    """
    from skosify_rad.stores import open_target  # noqa: PLC0415 - keeps --help fast

    started = time.monotonic()
    target = make_profile(options["to"], options)
    export = _read_source(source, options)
    graph = _find_graph(export, target)
    store = open_target(target)
    try:
        if options.get("dry_run"):
            _try_out(store, graph, (export, options))
        else:
            _load(store, graph, (export, options))
    finally:
        store.close()
    if not options.get("quiet"):
        click.echo(f"{'seconds':<14}{time.monotonic() - started:>9.2f}")


def _read_source(source: Path, options: LoadCommandOptions) -> LoadableExport:
    """Read an export, or make one of a vault, in memory."""
    from skosify_rad.cli.run import build_export  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.outputs.terms import Nodes, to_triples  # noqa: PLC0415 - as above
    from skosify_rad.stores.exports import find_export, make_loadable, read_export  # noqa: PLC0415 - as above

    if not source.is_dir() or find_export(source) is not None or not any(source.rglob("*.md")):
        return read_export(source)
    export, _ = build_export(source, {"config": options.get("config"), "quiet": options.get("quiet", False)})
    return make_loadable(to_triples(export.graph, Nodes()), str(source))


def _find_graph(export: LoadableExport, target: Target) -> str:
    """Return the graph's IRI.

    Raises:
        ConfigError: neither told nor to be found in the export, or no IRI.

    """
    from skosify_rad.model.diagnostics import ConfigError  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.terms import iri  # noqa: PLC0415 - as above

    graph = target.graph or export.scheme
    if not graph:
        raise ConfigError(f"{export.name}: holds no or several concept schemes: name the graph by --graph")
    iri(graph)
    return graph


def _try_out(store: GraphStore, graph: str, job: tuple[LoadableExport, LoadCommandOptions]) -> None:
    """Say what a load would do; with --verify, end with 1 where the store holds something else."""
    from skosify_rad.stores.load import compare  # noqa: PLC0415 - keeps --help fast

    export, options = job
    if not options.get("verify"):
        store.check()
        click.echo(f"would put {len(export.triples):,} triples of {export.name}")
        click.echo(f"in the place of {store.count(graph):,} in <{graph}> of {store.name}")
        return
    sent, held = compare(store, graph, export.triples)
    if sent == held:
        click.echo(f"<{graph}> of {store.name} holds exactly {export.name}: {sent.triples:,} triples, {sent.digest}")
        return
    click.echo(
        f"<{graph}> of {store.name} differs from {export.name}: {held.triples:,} triples there, {sent.triples:,} here"
    )
    raise click.exceptions.Exit(1)


def _load(store: GraphStore, graph: str, job: tuple[LoadableExport, LoadCommandOptions]) -> None:
    from skosify_rad.outputs.terms import Nodes, to_triples  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.dataset import describe_dataset, description_graph  # noqa: PLC0415 - as above
    from skosify_rad.stores.load import Load  # noqa: PLC0415 - as above
    from skosify_rad.stores.terms import to_lines  # noqa: PLC0415 - as above

    export, options = job
    progress = Progress(quiet=options.get("quiet", False))
    try:
        receipt = Load(store, graph, _make_options(graph, options, progress)).run(export.triples)
        if options.get("description") and export.scheme:
            endpoint = "" if store.is_exclusive or store.describes_itself() else store.query_url
            about = describe_dataset(export.triples, export.scheme, endpoint)
            described = Load(store, description_graph(export.scheme), _make_options("", {}, progress))
            described.run(to_lines(to_triples(about, Nodes())))
    finally:
        progress.clear()
    if options.get("quiet"):
        return
    print_row("triples", receipt.triples, f"in <{graph}> of {store.name}")
    print_row("before", receipt.before)
    for name in receipt.cleaned:
        click.echo(f"removed what a killed load had left: <{name}>")
    for name in receipt.left:
        click.echo(f"another load may be at work: <{name}>; if none is, a load in a quarter of an hour removes it")
    click.echo(f"{'verified':<14}{'in place' if receipt.verified else 'before it was put in place'}")
    click.echo(f"{'hash':<14}{receipt.digest}")


def _make_options(graph: str, options: LoadCommandOptions, progress: Progress) -> LoadOptions:
    from skosify_rad.stores.dataset import previous_graph  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.load import LoadOptions  # noqa: PLC0415 - as above

    previous = previous_graph(graph) if options.get("keep_previous") else ""
    return LoadOptions(verify=options.get("verify", False), previous=previous, progress=progress)
