"""Reports that machines read: JSON, GitHub annotations, JUnit."""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from json.encoder import encode_basestring as _quote
from typing import Final
from xml.sax.saxutils import quoteattr

from skosify_rad.model.diagnostics import Diagnostic, Place, Severity
from skosify_rad.model.version import __version__
from skosify_rad.outputs.reports.report import Report, fingerprint_all

_NOT_XML: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: https://www.w3.org/TR/xml/#charsets."""
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def iter_json(report: Report) -> Iterator[str]:
    """Yield the report as JSON, a finding at a time; also what `--baseline` reads."""
    counts, severities = report.counts, report.severities
    document = {
        "tool": {"name": "rad2skos", "version": __version__},
        "summary": {
            **{kind.value: count for kind, count in sorted(counts.items(), key=lambda i: i[0].value)},
            **{str(level): severities.get(level, 0) for level in sorted(Severity, reverse=True)},
        },
        "diagnostics": [],
        "not_checked": [{"code": n.rule.code, "slug": n.rule.slug, "reason": n.reason} for n in report.unchecked],
        "fixed": [known._asdict() for known in report.fixed],
    }
    head, tail = json.dumps(document, ensure_ascii=False, indent=1).split('"diagnostics": [', 1)
    yield head + '"diagnostics": ['
    gap = "\n"
    heads: dict[tuple[str, int], str] = {}  # what a rule says of itself, in every finding of it
    for diagnostic, fingerprint in zip(report.diagnostics, fingerprint_all(report.diagnostics), strict=True):
        key = diagnostic.rule.code, int(diagnostic.level)
        if key not in heads:
            heads[key] = _write_head(diagnostic)
        yield gap + heads[key] + _write_row(diagnostic, fingerprint, report)
        gap = ",\n"
    yield ("\n " if report.diagnostics else "") + tail + "\n"


def _write_head(diagnostic: Diagnostic) -> str:
    rule = diagnostic.rule
    return f"""  {{
   "code": {_quote(rule.code)},
   "slug": {_quote(rule.slug)},
   "severity": {_quote(str(diagnostic.level))},
   "class": {_quote(rule.kind.value)},
"""


def _write_row(diagnostic: Diagnostic, fingerprint: str, report: Report) -> str:
    """Return the rest of a finding as `json.dumps` would indent it, which takes seven times as long."""
    second = diagnostic.second
    place = f"{{\n    {_write_place(second, 4)}\n   }}" if second else "null"
    state = ""
    if report.new is not None:
        state = f',\n   "state": {_quote("new" if fingerprint in report.new else "known")}'
    return f"""   {_write_place(diagnostic.place, 3)},
   "message": {_quote(diagnostic.message)},
   "hint": {_quote(diagnostic.hint)},
   "second": {place},
   "words": {_quote(diagnostic.words)},
   "subject": {_quote(diagnostic.subject)},
   "fingerprint": {_quote(fingerprint)}{state}
  }}"""


def _write_place(place: Place, depth: int) -> str:
    gap = ",\n" + " " * depth
    return f'"path": {_quote(place.path)}{gap}"line": {place.line}{gap}"column": {place.column}'


def render_github(report: Report) -> str:
    """Return the report as workflow commands, which GitHub shows beside the lines.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for d, known in zip(report.diagnostics, _find_known(report), strict=True):
        place = f"file={_escape_property(report.locate(d.place).path)},line={d.place.line},col={d.place.column}"
        title = _escape_property(f"{d.rule.code} {d.rule.slug}" + (" (still there)" if known else ""))
        command = "notice" if known else _COMMANDS[d.level]
        text = (
            d.message
            + (f"\n{d.hint}" if d.hint else "")
            + (f"\nSee also {report.locate(d.second)}" if d.second else "")
        )
        lines.append(f"::{command} {place},title={title}::{_escape_data(text)}\n")
    if report.compared:
        lines.append(f"::notice title=baseline::{report.compared}\n")
    if report.unchecked:
        names = ", ".join(n.rule.slug for n in report.unchecked)
        lines.append(f"::notice title=not checked::{_escape_data(names)}\n")
    return "".join(lines)


def _find_known(report: Report) -> list[bool]:
    """Tell of each finding whether the baseline knows it: it is shown, and counts for nothing."""
    if report.new is None:
        return [False] * len(report.diagnostics)
    return [fingerprint not in report.new for fingerprint in fingerprint_all(report.diagnostics)]


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def render_junit(report: Report) -> str:
    """Return the report as JUnit XML: a suite a file, a failing case a finding, a skipped case a rule not checked.

    What a baseline knows is skipped, too: it fails nothing.
    """
    suites = []
    rows = zip(report.diagnostics, _find_known(report), strict=True)
    for path, group in groupby(rows, key=lambda row: row[0].place.path):
        found = list(group)
        cases = "".join(_render_case(d, known=known) for d, known in found)
        skipped = sum(known for _, known in found)
        failures = sum(d.level >= Severity.WARNING and not known for d, known in found)
        numbers = f'tests="{len(found)}" failures="{failures}"' + (f' skipped="{skipped}"' if skipped else "")
        suites.append(f"<testsuite name={_attribute(path)} {numbers}>\n{cases}</testsuite>\n")
    if report.unchecked:
        cases = "".join(
            f'<testcase classname="not checked" name={_attribute(n.rule.slug)}>'
            f"<skipped message={_attribute(n.reason)}/></testcase>\n"
            for n in report.unchecked
        )
        count = len(report.unchecked)
        suites.append(
            f'<testsuite name="not checked" tests="{count}" failures="0" skipped="{count}">\n{cases}</testsuite>\n'
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="rad2skos">\n{"".join(suites)}</testsuites>\n'


def _render_case(diagnostic: Diagnostic, *, known: bool) -> str:
    rule, place = diagnostic.rule, diagnostic.place
    name = _attribute(f"{rule.code} {rule.slug} {place.line}:{place.column}")
    text = _attribute(diagnostic.message)
    inside = ""
    if known:
        inside = f"<skipped message={_attribute(f'still there since the baseline: {diagnostic.message}')}/>"
    elif diagnostic.level >= Severity.WARNING:
        inside = f"<failure type={_attribute(str(diagnostic.level))} message={text}/>"
    return f"<testcase classname={_attribute(place.path)} name={name}>{inside}</testcase>\n"


def _attribute(text: str) -> str:
    """Return an attribute's value, quoted, without characters that XML cannot hold."""
    return quoteattr(_NOT_XML.sub("\ufffd", text))
