"""The report as JSON, which `--baseline` also reads."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring as _quote

from skosify_rad.model.diagnostics import Diagnostic, Place, Severity
from skosify_rad.model.version import __version__
from skosify_rad.outputs.reports.report import Report, fingerprint_all


def iter_json(report: Report) -> Iterator[str]:
    """Yield the report as JSON, one finding at a time."""
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
    heads: dict[tuple[str, int], str] = {}  # the part that all findings of a rule share
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
    """Return the rest of a finding, indented as by `json.dumps`, which takes seven times as long."""
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
