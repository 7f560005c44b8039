"""One run of the pipeline for a command: with its configuration, its progress and its exit code."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import Settings, load_config
from skosify_rad.cli.terminal import Progress, print_counts, print_findings, print_severities
from skosify_rad.diagnostics import Diagnostic, InputError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from skosify_rad.config import Config
    from skosify_rad.pipeline import Export


class RunOptions(Settings, total=False):
    """What the options of an export hold."""

    shapes: bool | None
    """`--shapes`; None decides by size."""
    quiet: bool
    """`--quiet`."""
    verbose: bool
    """`--verbose`."""


@dataclass(frozen=True, slots=True)
class Run:
    """An export as a command has made it."""

    export: Export
    """Vault, graph, diagnostics."""
    config: Config
    """The configuration in force."""
    started: float
    """`time.monotonic()` at its beginning, in seconds."""


def run_pipeline(vault: Path, options: RunOptions) -> Run:
    """Read a vault and build its graph; nothing is written.

    Raises:
        SkosifyError: the vault or the configuration cannot be used.

    """
    from skosify_rad import pipeline  # noqa: PLC0415 - keeps --help fast

    started = time.monotonic()
    if not vault.is_dir():
        raise InputError(f"{vault}: " + ("is not a folder" if vault.exists() else "there is no such folder"))
    config = load_config(vault, options)
    progress = Progress(quiet=options.get("quiet", False))
    try:
        export = pipeline.build(vault, config, progress)
    finally:
        progress.clear()
    return Run(export, config, started)


def print_run(run: Run, options: RunOptions) -> None:
    """Print what a run found and made, unless it is to be quiet."""
    if options.get("quiet"):
        return
    found = run.export.diagnostics
    shown = found if options.get("verbose") else [d for d in found if d.level > Severity.INFO]
    print_findings(shown)
    if shown:
        click.echo()
    print_counts(run.export.counts)
    print_severities(found)


def finish(found: Iterable[Diagnostic], config: Config) -> None:
    """End with exit code 1 when a finding counts, as `fail_on` has it."""
    word = config.checks.fail_on
    if word != "never" and any(finding.level >= Severity[word.upper()] for finding in found):
        sys.exit(1)
