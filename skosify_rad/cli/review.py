"""`rad2skos review`: list what a person should decide, and take the decisions."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from skosify_rad.cli.options import CONFIG, EARLIER_OUT, VAULT
from skosify_rad.cli.terminal import echo
from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.cli.run import RunOptions
    from skosify_rad.outputs.review import Review

EXAMPLES = """\
Examples:

\b
  rad2skos review ~/notes > review.csv         a table for a spreadsheet
  rad2skos review ~/notes --apply review.csv   keep the decisions that you filled in
  rad2skos review ~/notes --serve --open       one statement at a time, in the browser
  rad2skos build ~/notes                       apply the decisions
"""


class ReviewOptions(TypedDict):
    """Values of the options of `review`."""

    out: Path
    config: Path | None
    table: str
    sheet: Path | None
    serve: bool
    port: int
    show: bool


@click.command("review", short_help="List what a person should decide.", epilog=EXAMPLES)
@VAULT
@EARLIER_OUT
@CONFIG
@click.option(
    "--format", "table", type=click.Choice(["csv", "tsv"]), default="csv", show_default=True, help="Form of the table."
)
@click.option("--apply", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="Keep a table's decisions.")
@click.option("--serve", is_flag=True, help="Show one statement at a time on a page of this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=7881, show_default=True, help="TCP port of the page.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def command(vault: Path, **options: Unpack[ReviewOptions]) -> None:
    """List what a person should decide about the notes in the folder VAULT, most doubtful and most used first.

    Decisions are kept in `decisions.tsv` beside the configuration, and the next build applies them.
    """
    if options["sheet"] and options["serve"]:
        raise ConfigError("--apply and --serve exclude each other")
    from skosify_rad.outputs.review import render_rows

    review = _open_review(vault, options)
    if options["sheet"]:
        decisions = review.read_sheet(options["sheet"])
        review.keep(decisions)
        echo(f"{len(decisions):,} decisions kept; {len(review.list_open()):,} statements left to decide", err=True)
    elif options["serve"]:
        _serve(review, vault, options)
    else:
        rows = review.list_open()
        for line in render_rows(rows, "\t" if options["table"] == "tsv" else ","):
            click.echo(line, nl=False)


def _open_review(vault: Path, options: ReviewOptions) -> Review:
    from skosify_rad.cli.run import build_export
    from skosify_rad.concepts.decisions import decisions_path
    from skosify_rad.concepts.mapping_files import read_mappings
    from skosify_rad.concepts.settling import Decisions
    from skosify_rad.outputs.review import Review, make_finder
    from skosify_rad.outputs.review_rows import list_rows

    wanted: RunOptions = {"config": options["config"], "out": options["out"], "quiet": True, "review": "ignore"}
    export, config = build_export(vault, wanted)
    waiting = read_mappings(config, Decisions()).waiting
    rows = list_rows(export.graph, export.sources, export.diagnostics, waiting)
    return Review(rows, decisions_path(config, vault), make_finder(export.graph))


def _serve(review: Review, vault: Path, options: ReviewOptions) -> None:
    """Serve the page until Ctrl-C."""
    import webbrowser

    from skosify_rad.outputs.reports import make_line_reader
    from skosify_rad.stores.review_server import ReviewServer

    server = ReviewServer(review, make_line_reader(vault), options["port"])
    echo(f"review: {server.address}; Ctrl-C to stop", err=True)
    if options["show"] and not webbrowser.open(server.address):
        echo("no browser was found to open it", err=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return
    finally:
        server.server_close()
