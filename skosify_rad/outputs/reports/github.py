"""The report as GitHub workflow commands, which GitHub shows as annotations beside the lines.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from typing import Final

from skosify_rad.model.diagnostics import Severity
from skosify_rad.model.outgoing import clean_message
from skosify_rad.outputs.reports.report import Report, mark_states

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: Report) -> str:
    """Return one workflow command per finding; findings in the baseline are notices."""
    lines = []
    for d, state in mark_states(report):
        known = state == "known"
        place = f"file={_escape_property(report.locate(d.place).path)},line={d.place.line},col={d.place.column}"
        title = _escape_property(f"{d.rule.code} {d.rule.slug}" + (" (known)" if known else ""))
        command = "notice" if known else _COMMANDS[d.level]
        hint = f"\n{d.hint}" if d.hint else ""
        second = f"\nSee also {report.locate(d.second)}" if d.second else ""
        lines.append(f"::{command} {place},title={title}::{_escape_data(d.message + hint + second)}\n")
    if report.compared:
        lines.append(f"::notice title=baseline::{report.compared}\n")
    if report.unchecked:
        names = ", ".join(n.rule.slug for n in report.unchecked)
        lines.append(f"::notice title=not checked::{_escape_data(names)}\n")
    return clean_message("".join(lines), keep="\n")


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
