"""`rad2skos build`: export a vault."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import FORMAT, OUT, VAULT, export_options
from skosify_rad.cli.run import Run, RunOptions, finish, print_run, run_export, run_pipeline
from skosify_rad.model.diagnostics import Severity

if TYPE_CHECKING:
    from typing_extensions import Unpack


class BuildOptions(RunOptions, total=False):
    """What the options of `build` hold."""

    dry_run: bool
    """`--dry-run`."""


EXAMPLES = """\
Examples:

\b
  rad2skos build ~/notes
  rad2skos build ~/notes --out export --format ntriples --format rdfxml
  rad2skos build ~/notes --stubs exclude --dry-run
"""


@click.command("build", short_help="Export a vault.", epilog=EXAMPLES)
@VAULT
@OUT
@FORMAT
@click.option("--dry-run", is_flag=True, help="Do everything but write; tell which files would change.")
@export_options
def command(vault: Path, **options: Unpack[BuildOptions]) -> None:
    """Export the notes in the folder VAULT as a SKOS concept scheme.

    Writes the concepts (Turtle, JSON-LD and further formats), the evidence for every statement, the report of what
    was found, and the register of identifiers. All files are replaced together, or none.
    """
    if options.get("dry_run"):
        run = run_pipeline(vault, options)
        states = [(path, f"{state}, not written") for path, state in _compare(run, options["out"])]
    else:
        run = run_export(vault, options)
        states = [(path, "" if written else "unchanged") for path, written in run.files.items()]
    print_run(run, options, Severity.ERROR)
    if not options.get("quiet"):
        click.echo("would write:" if options.get("dry_run") else "written:")
        for line in _list_files(states, options["out"]):
            click.echo(f"  {line}")
        click.echo(f"{'seconds':<14}{time.monotonic() - run.started:>9.2f}")
    finish(run)


def _list_files(states: list[tuple[Path, str]], out: Path) -> list[str]:
    """Return a line for each file with what became of it, and one for all of the site."""
    from skosify_rad.outputs import SITE  # noqa: PLC0415 - keeps --help fast

    site = [state for path, state in states if path.is_relative_to(out / SITE)]
    single = [(path, state) for path, state in states if not path.is_relative_to(out / SITE)]
    lines = [f"{path}  ({state})" if state else str(path) for path, state in single]
    if site:
        same = sum(state.startswith("unchanged") for state in site)
        lines.append(f"{out / SITE / 'index.html'}  (a site of {len(site):,} files, {same:,} of them unchanged)")
    return lines


def _compare(run: Run, out: Path) -> list[tuple[Path, str]]:
    """Return the files that an export would write, each `new`, `changed` or `unchanged`."""
    from skosify_rad import pipeline  # noqa: PLC0415 - keeps --help fast

    inside = replace(run.config, output=replace(run.config.output, register=""))
    states = []
    assert run.export is not None
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        for path in pipeline.write(run.export, Path(folder), inside).files:
            target = out / path.relative_to(folder)
            same = target.is_file() and target.read_bytes() == path.read_bytes()
            states.append((target, "unchanged" if same else "changed" if target.exists() else "new"))
    return states
