"""What is printed: progress, findings, the summary of a run. The terminal's one door."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from skosify_rad.model.diagnostics import Severity

if TYPE_CHECKING:
    from skosify_rad.outputs.reports import Report
    from skosify_rad.outputs.summary import Counts

PATIENCE_SECONDS: Final = 1.0
"""A run shorter than this shows no progress."""

_TICK_SECONDS: Final = 0.1


class Progress:
    """A line on the terminal while a run is long; nothing in a pipe, nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + PATIENCE_SECONDS
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _TICK_SECONDS
        line = f"{stage} {done:,} of {total:,}" if total else stage
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def print_findings(report: Report, *, least: Severity) -> None:
    """Print the findings of at least this severity, by note, with source line, second place and hint."""
    from skosify_rad.outputs.reports import render_findings  # noqa: PLC0415 - keeps --help fast

    shown = replace(report, diagnostics=tuple(d for d in report.diagnostics if d.level >= least))
    for line in render_findings(shown):
        click.echo(line)
    hidden = len(report.diagnostics) - len(shown.diagnostics)
    if hidden:
        click.echo(f"{hidden:,} finding{'' if hidden == 1 else 's'} not shown; --verbose shows all\n")


def print_counts(counts: Counts) -> None:
    """Print what a vault gave, in words a radiologist understands."""
    skipped = sum(counts.notes_skipped.values())
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in sorted(counts.notes_skipped.items()))
    rows = [
        ("notes read", counts.notes_read, ""),
        ("notes skipped", skipped, reasons),
        ("concepts", counts.concepts, f"{counts.stubs:,} of them stubs: named, but without a note"),
        ("broader", counts.broader, "pairs of a kind and what it is a kind of"),
        ("related", counts.related, "pairs of differentials"),
        ("labels", counts.labels, ""),
        ("definitions", counts.definitions, ""),
        ("collections", counts.collections, ""),
    ]
    for name, number, remark in rows:
        print_row(name, number, remark if number else "")


def print_report(report: Report, shapes: str) -> None:
    """Print how many findings there are of each severity, what a baseline says, and what was not looked at."""
    numbers = report.severities
    parts = [
        f"{numbers.get(level, 0):,} {word}{'' if numbers.get(level, 0) == 1 else 's'}"
        for level, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "remark"))
    ]
    print_row("findings", len(report.diagnostics), ", ".join(parts) if report.diagnostics else "")
    if report.new is not None:
        still = len(report.diagnostics) - len(report.new)
        print_row("new", len(report.new), f"since the baseline; {still:,} still there, {len(report.fixed):,} fixed")
    print_row(
        "not checked", len(report.unchecked), "rules that need --for, the network or a SKOS file; the report lists them"
    )
    click.echo(f"{'SHACL shapes':<14}  {shapes}")


def print_row(name: str, number: int, remark: str = "") -> None:
    """Print one line of the summary."""
    click.echo(f"{name:<14}{number:>9,}" + (f"  ({remark})" if remark else ""))
