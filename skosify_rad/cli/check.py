"""`rad2skos check`: what is wrong in a vault, without writing anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import BESIDE, VAULT, export_options
from skosify_rad.cli.run import RunOptions, finish, print_run, run_pipeline
from skosify_rad.model.diagnostics import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Unpack


class CheckOptions(RunOptions, total=False):
    """What the options of `check` hold."""

    report: str | None
    """`--report`."""


EXAMPLES = """\
Examples:

\b
  rad2skos check ~/notes
  rad2skos check ~/notes --verbose
  rad2skos check ~/notes --select broken-link --fail-on warning
  rad2skos check ~/notes --for skosmos
  rad2skos check ~/notes --report json > before.json
  rad2skos check ~/notes --baseline before.json
"""


@click.command("check", short_help="Find what is wrong in a vault.", epilog=EXAMPLES)
@VAULT
@click.option(
    "--report",
    type=click.Choice(["text", "json", "sarif", "github", "junit", "shacl", "html"]),
    help="Print the whole report in this format instead.",
)
@BESIDE
@export_options
def command(vault: Path, **options: Unpack[CheckOptions]) -> None:
    """Find what is wrong in the notes of the folder VAULT; write nothing.

    Every finding names its note, line and column; `rad2skos explain CODE` tells what it means and what to do.
    """
    run = run_pipeline(vault, options)
    report = options.get("report")
    if report:
        from skosify_rad.outputs.reports import render  # noqa: PLC0415 - keeps --help fast

        click.echo(render(run.report, report), nl=False)
    elif not options.get("quiet"):
        print_run(run, options, Severity.WARNING)
        click.echo(f"{'seconds':<14}{time.monotonic() - run.started:>9.2f}")
    finish(run)
