"""`rad2skos load`: load an export or a vault into a store or server, all or nothing."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.server_options import EndpointOptions, endpoint_options, find_profile
from skosify_rad.cli.terminal import Progress, echo, print_row, print_seconds

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.model.config import Target
    from skosify_rad.stores.exports import LoadableExport
    from skosify_rad.stores.load import LoadOptions
    from skosify_rad.stores.store import GraphStore

EXAMPLES = """\
Examples:

\b
  rad2skos load output --to store                             an embedded store in the folder store/
  rad2skos load output --to http://localhost:7878/store       Oxigraph
  rad2skos load output --to http://localhost:3030/ds/data     Apache Jena Fuseki
  rad2skos load ~/notes --to http://localhost:8890/sparql-graph-crud-auth \\
      --user dba --auth digest --password-env VIRTUOSO_PASSWORD
  rad2skos load output --to production --verify               a profile in rad2skos.toml
  rad2skos load output --to production --verify --dry-run     does the server still hold this export?
"""


class LoadCommandOptions(EndpointOptions, total=False):
    """Values of the options of `load`."""

    to: str
    verify: bool
    dry_run: bool
    keep_previous: bool
    description: bool
    quiet: bool


@click.command("load", short_help="Load a concept scheme into a triple store.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option(
    "--to", required=True, metavar="TARGET", help="A folder, a URL or the name of a profile in the configuration."
)
@endpoint_options
@click.option("--verify", is_flag=True, help="Compare the graph again after the swap, not only before it.")
@click.option(
    "-n", "--dry-run", is_flag=True, help="Change nothing. With --verify, compare SOURCE with what the store holds."
)
@click.option("--keep-previous", is_flag=True, help="Keep the previous graph under a name of its own.")
@click.option(
    "--description/--no-description", default=True, help="Also load a description of the data set (VoID, DCAT)."
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(source: Path, **options: Unpack[LoadCommandOptions]) -> None:
    """Replace a named graph in a store or server with SOURCE, an export or a vault.

    SOURCE is `output` by default. Readers see the old graph or the new one, never a mixture. If the load fails,
    the old one stays.
    """
    from skosify_rad.stores import open_target

    started = time.monotonic()
    target = find_profile(options["to"], options)
    export = _read_source(source, options)
    graph = _find_graph(export, target)
    store = open_target(target)
    try:
        if options.get("dry_run"):
            _dry_run(store, graph, (export, options))
        else:
            _load(store, graph, (export, options))
    finally:
        store.close()
    if not options.get("quiet"):
        print_seconds(started)


def _read_source(source: Path, options: LoadCommandOptions) -> LoadableExport:
    """Read an export, or build a vault in memory."""
    from skosify_rad.cli.run import build_export
    from skosify_rad.outputs.rdf_terms import Nodes, to_triples
    from skosify_rad.stores.exports import find_export, make_loadable, read_export

    if not source.is_dir() or find_export(source) is not None or not any(source.rglob("*.md")):
        return read_export(source)
    export, _ = build_export(source, {"config": options.get("config"), "quiet": options.get("quiet", False)})
    return make_loadable(to_triples(export.graph, Nodes()), str(source))


def _find_graph(export: LoadableExport, target: Target) -> str:
    """Return the graph's IRI.

    Raises:
        ConfigError: it is not given and the export does not have exactly one scheme, or it is not an IRI.

    """
    from skosify_rad.model.diagnostics import ConfigError
    from skosify_rad.stores.sparql_text import iri

    graph = target.graph or export.scheme
    if not graph:
        raise ConfigError(f"{export.name}: does not hold exactly one concept scheme; name the graph with --graph")
    iri(graph)
    return graph


def _dry_run(store: GraphStore, graph: str, job: tuple[LoadableExport, LoadCommandOptions]) -> None:
    """Print what a load would do; with --verify, exit with 1 if the store holds a different graph."""
    from skosify_rad.stores.load import compare

    export, options = job
    if not options.get("verify"):
        store.check()
        echo(f"would replace <{graph}> in {store.name}: {store.count(graph):,} triples")
        echo(f"with {export.name}: {len(export.triples):,} triples")
        return
    sent, held = compare(store, graph, export.triples)
    if sent == held:
        echo(f"<{graph}> in {store.name} equals {export.name}: {sent.triples:,} triples, {sent.digest}")
        return
    echo(f"<{graph}> in {store.name} differs from {export.name}: {held.triples:,} triples there, {sent.triples:,} here")
    raise click.exceptions.Exit(1)


def _load(store: GraphStore, graph: str, job: tuple[LoadableExport, LoadCommandOptions]) -> None:
    from skosify_rad.outputs.rdf_terms import Nodes, to_triples
    from skosify_rad.stores.dataset import describe_dataset, description_graph
    from skosify_rad.stores.load import Load
    from skosify_rad.stores.sparql_text import to_lines

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
    print_row("triples", receipt.triples, f"<{graph}> in {store.name}")
    print_row("previously", receipt.before)
    for name in receipt.cleaned:
        echo(f"removed a graph left by an interrupted load: <{name}>")
    for name in receipt.left:
        echo(f"found <{name}>: another load may be running; if not, a load 15 minutes from now removes it")
    echo(f"{'verified':<14}{'after the swap' if receipt.verified else 'before the swap'}")
    echo(f"{'hash':<14}{receipt.digest}")


def _make_options(graph: str, options: LoadCommandOptions, progress: Progress) -> LoadOptions:
    from skosify_rad.stores.dataset import previous_graph
    from skosify_rad.stores.load import LoadOptions

    previous = previous_graph(graph) if options.get("keep_previous") else ""
    return LoadOptions(verify=options.get("verify", False), previous=previous, progress=progress)
