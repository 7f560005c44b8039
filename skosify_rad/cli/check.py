"""`rad2skos check`: list the findings in a vault and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import EARLIER_OUT, REPORT_FORMATS, VAULT, build_options
from skosify_rad.cli.run import RunOptions, exit_on_findings, print_run, run_pipeline
from skosify_rad.cli.terminal import print_seconds
from skosify_rad.model.diagnostics import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Unpack


class CheckOptions(RunOptions, total=False):
    """Values of the options of `check`."""

    report: str | None


EXAMPLES = """\
Examples:

\b
  rad2skos check ~/notes
  rad2skos check ~/notes --verbose
  rad2skos check ~/notes --select broken-link --fail-on info
  rad2skos check ~/notes --for skosmos
  rad2skos check ~/notes --report json > before.json
  rad2skos check ~/notes --baseline before.json
"""


@click.command("check", short_help="List the findings in a vault.", epilog=EXAMPLES)
@VAULT
@click.option("--report", type=REPORT_FORMATS, help="Print the full report in this format instead of the summary.")
@EARLIER_OUT
@build_options
def command(vault: Path, **options: Unpack[CheckOptions]) -> None:
    """List the errors and warnings in the notes of the folder VAULT. Write nothing.

    Each finding gives its note, line and column. `rad2skos explain RULE` says what a rule means and what to do.
    """
    run = run_pipeline(vault, options)
    report = options.get("report")
    if report:
        from skosify_rad.outputs.reports import render

        click.echo(render(run.report, report), nl=False)
    elif not options.get("quiet"):
        print_run(run, options, Severity.WARNING)
        print_seconds(run.started)
    exit_on_findings(run.report, run.config)
