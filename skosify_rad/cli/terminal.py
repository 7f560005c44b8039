"""What a run prints: progress, findings and the summary."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from skosify_rad.model.outgoing import clean_message

if TYPE_CHECKING:
    from skosify_rad.model.diagnostics import Severity
    from skosify_rad.outputs.reports import Report
    from skosify_rad.outputs.summary import Counts

PATIENCE_SECONDS: Final = 1.0
"""Runs shorter than this show no progress."""

_TICK_SECONDS: Final = 0.1


def echo(text: str, *, err: bool = False) -> None:
    """Print a message without secrets and terminal escape codes, whoever wrote the names in it."""
    click.echo(clean_message(text, keep="\n"), err=err)


class Progress:
    """A progress line on standard error, shown only on a terminal and only in long runs."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE_SECONDS
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _TICK_SECONDS
        line = f"{stage} {done:,} of {total:,}" if total else stage
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Erase the line."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def print_findings(report: Report, *, least: Severity) -> None:
    """Print the findings of at least this severity, grouped by note."""
    from skosify_rad.outputs.reports import render_findings

    shown = replace(report, diagnostics=tuple(d for d in report.diagnostics if d.level >= least))
    for line in render_findings(shown):
        echo(line)
    hidden = len(report.diagnostics) - len(shown.diagnostics)
    if hidden:
        echo(f"{hidden:,} finding{'' if hidden == 1 else 's'} below {least} not shown; --verbose shows all\n")


def print_counts(counts: Counts) -> None:
    """Print how many notes were read and what the graph holds."""
    skipped = sum(counts.notes_skipped.values())
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in sorted(counts.notes_skipped.items()))
    rows = [
        ("notes read", counts.notes_read, ""),
        ("notes skipped", skipped, reasons),
        ("concepts", counts.concepts, f"{counts.stubs:,} stubs: named in a note, but without a note of their own"),
        ("broader", counts.broader, "links from a subtype to its parent"),
        ("related", counts.related, "pairs of differentials"),
        ("labels", counts.labels, ""),
        ("definitions", counts.definitions, ""),
        ("collections", counts.collections, ""),
    ]
    for name, number, comment in rows:
        print_row(name, number, comment if number else "")


def print_report(report: Report, shapes: str) -> None:
    """Print the number of findings, the comparison with a baseline, and what was not checked."""
    print_row("findings", len(report.diagnostics), report.severity_counts if report.diagnostics else "")
    if report.new is not None:
        known = len(report.diagnostics) - len(report.new)
        print_row("new", len(report.new), f"since the baseline; {known:,} known, {len(report.fixed):,} fixed")
    print_row("not checked", len(report.unchecked), "rules; every report lists them with the reason")
    echo(f"{'SHACL shapes':<14}  {shapes}")


def print_row(name: str, number: int, comment: str = "") -> None:
    """Print one line of the summary."""
    echo(f"{name:<14}{number:>9,}" + (f"  ({comment})" if comment else ""))


def print_seconds(started: float) -> None:
    """Print the time since `started`, a value of `time.monotonic()`."""
    echo(f"{'seconds':<14}{time.monotonic() - started:>9.2f}")
