"""`rad2skos check`: what is wrong in a vault, without writing anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import VAULT, export_options
from skosify_rad.cli.run import RunOptions, finish, print_run, run_pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Unpack

EXAMPLES = """\
Examples:

\b
  rad2skos check ~/notes
  rad2skos check ~/notes --verbose
  rad2skos check ~/notes --select broken-link --fail-on warning
"""


@click.command("check", short_help="Find what is wrong in a vault.", epilog=EXAMPLES)
@VAULT
@export_options
def command(vault: Path, **options: Unpack[RunOptions]) -> None:
    """Find what is wrong in the notes of the folder VAULT; write nothing.

    Every finding names its note, line and column; `rad2skos explain CODE` tells what it means and what to do.
    """
    run = run_pipeline(vault, options)
    print_run(run, options)
    if not options.get("quiet"):
        click.echo(f"{'seconds':<14}{time.monotonic() - run.started:>9.2f}")
    finish(run.export.diagnostics, run.config)
