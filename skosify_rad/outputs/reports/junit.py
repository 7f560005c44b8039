"""The report as JUnit XML, which CI servers read."""

import re
from html import escape
from itertools import groupby
from typing import Final

from skosify_rad.model.diagnostics import Diagnostic, Severity
from skosify_rad.outputs.reports.report import Report, mark_states

_BLANKS: Final = {ord(blank): f"&#{ord(blank)};" for blank in "\t\n\r"}
"""A parser turns these into spaces in an attribute, unless they are references."""
_NOT_XML: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: https://www.w3.org/TR/xml/#charsets."""


def render_junit(report: Report) -> str:
    """Return one test suite per note and one test case per finding.

    Errors and warnings fail; info passes; findings in the baseline and rules that were not checked are skipped.
    """
    suites = []
    for path, group in groupby(mark_states(report), key=lambda row: row[0].place.path):
        found = [(diagnostic, state == "known") for diagnostic, state in group]
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
        inside = f"<skipped message={_attribute(f'known from the baseline: {diagnostic.message}')}/>"
    elif diagnostic.level >= Severity.WARNING:
        inside = f"<failure type={_attribute(str(diagnostic.level))} message={text}/>"
    return f"<testcase classname={_attribute(place.path)} name={name}>{inside}</testcase>\n"


def _attribute(text: str) -> str:
    """Return a quoted attribute value; characters that XML does not allow become U+FFFD."""
    text = escape(_NOT_XML.sub("\ufffd", text))
    return f'"{text.translate(_BLANKS)}"'
