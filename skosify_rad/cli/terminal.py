"""What a run prints: progress, findings and the summary."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import replace
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Final

import click

from skosify_rad.cli.advice import count_names, list_steps
from skosify_rad.model.diagnostics import MAX_NAMES
from skosify_rad.model.outgoing import clean_message

if TYPE_CHECKING:
    from pathlib import Path

    from typing_extensions import Self

    from skosify_rad.model.diagnostics import Diagnostic, Severity
    from skosify_rad.outputs.reports import Report
    from skosify_rad.outputs.summary import Counts

PATIENCE_SECONDS: Final = 1.0
"""Runs shorter than this show no progress."""

_TICK_SECONDS: Final = 0.1
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}
_COLOURED: Final = re.compile(r"(?<=: )(error|warning|info)(?= RAD\d)")


def echo(text: str, *, err: bool = False) -> None:
    """Print a message without secrets and terminal escape codes."""
    click.echo(clean_message(text, keep="\n"), err=err)


class Progress:
    """A progress line on standard error, shown only on a terminal and only in long runs."""

    def __init__(self, *, quiet: bool, patience_seconds: float | None = None) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + (PATIENCE_SECONDS if patience_seconds is None else patience_seconds)
        self._width = 0

    def __enter__(self) -> Self:
        """Return the line, to be shown within a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Erase the line, also before the message of an error."""
        self.clear()

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


def find_width() -> int:
    """Return the columns that text may take: those of the terminal, but at most 100; 80 where there is none."""
    return min(get_terminal_size().columns - 1, 100) if sys.stdout.isatty() else 80


def print_wrapped(text: str, indent: str = "", first: str | None = None) -> None:
    """Print text in lines that fit the terminal."""
    lead = indent if first is None else first
    plain = "".join(c if c.isprintable() else " " for c in text)
    echo(fill(plain, find_width(), initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False))


def print_findings(report: Report, *, least: Severity, sums: bool = False) -> None:
    """Print the findings of at least this severity by note; with `sums`, the rest in one line for each rule."""
    from skosify_rad.outputs.reports import render_findings

    shown = replace(report, diagnostics=tuple(d for d in report.diagnostics if d.level >= least))
    for line in render_findings(shown, find_width() - 8 if sys.stdout.isatty() else None):
        clean = clean_message(line, keep="\n")
        click.echo(_COLOURED.sub(lambda match: click.style(match[0], fg=_COLOURS[match[1]]), clean, count=1))
    rest: dict[str, list[Diagnostic]] = {}
    for finding in sorted(report.diagnostics, key=lambda d: d.rule.code) if sums else ():
        if finding.level < least:
            rest.setdefault(finding.rule.slug, []).append(finding)
    for slug, group in rest.items():
        line = f"{slug}: {group[0].rule.summary} {count_names(group, MAX_NAMES)}"
        print_wrapped(line, " " * 6, f"{len(group):>4,}  ")
    if rest:
        echo("\n--verbose lists each of them with its line\n")


def print_counts(counts: Counts) -> None:
    """Print in a few sentences how many notes were read and what the graph holds."""
    named = f"{counts.concepts - counts.stubs:,} with a note of their own, {counts.stubs:,} only named in notes"
    print_wrapped(f"{counts.concepts:,} concepts from {counts.notes_read:,} notes: {named}")
    holds = [
        f"{number:,} {one if number == 1 else many}"
        for number, one, many in (
            (counts.broader, "subtype", "subtypes"),
            (counts.related, "pair of differentials", "pairs of differentials"),
            (counts.definitions, "definition", "definitions"),
            (counts.labels, "label", "labels"),
            (counts.collections, "collection", "collections"),
        )
    ]
    print_wrapped(", ".join(holds), "  ")
    skipped = [f"{number:,} {reason}" for reason, number in sorted(counts.notes_skipped.items())]
    if skipped:
        print_wrapped(f"files skipped: {', '.join(skipped)}", "  ")


def print_report(report: Report, shapes: str) -> None:
    """Print the shapes' result, the number of findings, and the comparison with a baseline."""
    print_wrapped(shapes, "  ")
    unchecked = f"{len(report.unchecked):,} rules not checked (--statistics says why)"
    print_wrapped(f"findings: {report.severity_counts}; {unchecked}", "  ")
    if report.new is not None:
        print_wrapped(f"since the baseline: {report.compared}", "  ")


def print_steps(report: Report, vault: Path) -> None:
    """Print the most useful things to do next."""
    from skosify_rad.outputs.reports import mark_states

    steps = list_steps((d for d, state in mark_states(report) if state != "known"), vault)
    if steps:
        echo("\nUseful next:")
    for number, (words, command) in enumerate(steps, 1):
        print_wrapped(words, "     ", f"  {number}. ")
        echo(f"     {command}")


def print_statistics(report: Report) -> None:
    """Print the number of findings of each rule, the most frequent first, and the rules that were not checked."""
    from skosify_rad.outputs.reports import render_summary

    numbers = Counter((d.rule.code, d.rule.slug, str(d.level)) for d in report.diagnostics)
    echo("")
    for (code, slug, level), number in sorted(numbers.items(), key=lambda row: (-row[1], row[0])):
        echo(f"{number:>7,}  {level:<8} {code}  {slug}")
    for line in render_summary(report):
        print_wrapped(line.strip(), "    ", "  " if line.startswith(" ") else "")


def print_row(name: str, number: int, comment: str = "") -> None:
    """Print one line of numbers."""
    echo(f"{name:<14}{number:>9,}" + (f"  ({comment})" if comment else ""))


def print_seconds(started: float) -> None:
    """Print the time since `started`, a value of `time.monotonic()`."""
    echo(f"{'seconds':<14}{time.monotonic() - started:>9.2f}")
