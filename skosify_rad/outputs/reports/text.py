"""The report as plain text: findings grouped by note, with source line, second place and hint."""

from itertools import groupby
from typing import Final

from skosify_rad.model.diagnostics import Diagnostic, Place, RuleClass
from skosify_rad.model.outgoing import clean_message
from skosify_rad.outputs.reports.report import Report, mark_states

_WIDTH: Final = 110
"""Longest source line shown, in characters."""
_LISTED: Final = 16
"""Most rules named for one reason; more are only counted (the other formats name all)."""


def render_text(report: Report) -> str:
    """Return the findings followed by the summary."""
    return "\n".join((*render_findings(report), *render_summary(report))) + "\n"


def render_findings(report: Report, width: int | None = None) -> list[str]:
    """Return the lines of the findings, grouped by note; `width` is that of the source lines in characters."""
    lines: list[str] = []
    for path, group in groupby(mark_states(report), key=lambda row: row[0].place.path):
        lines.append(clean_message(path))
        for diagnostic, state in group:
            lines.extend(_render_finding(diagnostic, report, f"{state}  " if state else "", width or _WIDTH))
        lines.append("")
    return lines


def render_line(diagnostic: Diagnostic, place: Place | None = None) -> str:
    """Return `path:line:column: severity CODE slug: message`; `place` replaces the finding's own place."""
    rule = diagnostic.rule
    return clean_message(
        f"{_name(place or diagnostic.place)}: {diagnostic.level} {rule.code} {rule.slug}: {diagnostic.message}"
    )


def _render_finding(diagnostic: Diagnostic, report: Report, mark: str, width: int) -> list[str]:
    lines = [f"  {mark}{render_line(diagnostic, report.locate(diagnostic.place))}"]
    source = report.read_line(diagnostic.place.path, diagnostic.place.line)
    if source.strip():
        lines.append(f"      | {_window(source, diagnostic.place.column, width)}")
    if diagnostic.second:
        lines.append(f"      see also {clean_message(_name(report.locate(diagnostic.second)))}")
        source = report.read_line(diagnostic.second.path, diagnostic.second.line)
        if source.strip():
            lines.append(f"      | {_window(source, diagnostic.second.column, width)}")
    if diagnostic.hint:
        lines.append(f"      → {clean_message(diagnostic.hint)}")
    return lines


def _window(line: str, column: int, width: int) -> str:
    start = 0 if len(line) <= width else max(0, min(column - 1 - width // 3, len(line) - width))
    shown = line[start : start + width].strip()
    return clean_message(("…" if start else "") + shown + ("…" if start + width < len(line) else ""))


def render_summary(report: Report) -> list[str]:
    """Return the lines of the summary: fixed findings, numbers by class and severity, rules not checked."""
    lines = []
    if report.fixed:
        lines.append(f"fixed since the baseline: {len(report.fixed)}")
        lines += [
            clean_message(f"  {known.path}:{known.line}: {known.code}: {known.message}") for known in report.fixed
        ]
        lines.append("")
    lines += [f"{kind.value + ':':<24}{report.counts.get(kind, 0):>7}" for kind in RuleClass]
    lines.append(f"{'not checked:':<24}{len(report.unchecked):>7} rules")
    by_reason = sorted(report.unchecked, key=lambda n: n.reason)
    for reason, group in groupby(by_reason, key=lambda n: n.reason):
        slugs = [item.rule.slug for item in group]
        lines.append(f"  {reason}: {', '.join(slugs) if len(slugs) <= _LISTED else f'{len(slugs)} rules'}")
    lines.append(f"{'findings:':<24}{len(report.diagnostics):>7} ({report.severity_counts})")
    if report.new is not None:
        lines.append(f"{'since the baseline:':<24}{' ' * (7 - len(str(len(report.new))))}{report.compared}")
    return lines


def _name(place: Place) -> str:
    """Return a place as editors link it; an IRI without a file has no line."""
    is_iri = "://" in place.path or place.path.startswith(("_:", "urn:"))
    return place.path if is_iri and place[1:] == (1, 1) else str(place)
