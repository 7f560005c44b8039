"""Diagnostics -> reports: one function a format, written out here.

The CLI and the pipeline call `render(report, format)`; `compare` marks what is new and fixed since a baseline.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from skosify_rad.diagnostics import ConfigError
from skosify_rad.reports.machine import render_github, render_json, render_junit
from skosify_rad.reports.page import render_html
from skosify_rad.reports.report import (
    Known,
    Report,
    compare,
    fingerprint_all,
    make_line_reader,
    read_baseline,
)
from skosify_rad.reports.sarif import render_sarif
from skosify_rad.reports.shacl import render_shacl
from skosify_rad.reports.text import render_findings, render_line, render_summary, render_text


class Format(NamedTuple):
    """A format of reports."""

    render: Callable[[Report], str]
    """Report -> text."""
    suffix: str
    """File name's ending."""


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format(render_text, ".txt"),
        "json": Format(render_json, ".json"),
        "sarif": Format(render_sarif, ".sarif"),
        "github": Format(render_github, ".github.txt"),
        "junit": Format(render_junit, ".junit.xml"),
        "shacl": Format(render_shacl, ".shacl.ttl"),
        "html": Format(render_html, ".html"),
    }
)
"""Format -> how it is rendered."""


def render(report: Report, name: str) -> str:
    """Return a report in one of `FORMATS`.

    Raises:
        ConfigError: the format is unknown.

    """
    if name not in FORMATS:
        raise ConfigError(f"unknown report format “{name}”; known are {', '.join(FORMATS)}")
    text = FORMATS[name].render(report)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # a lone surrogate of a path or a note


__all__ = [
    "FORMATS",
    "Format",
    "Known",
    "Report",
    "compare",
    "fingerprint_all",
    "make_line_reader",
    "read_baseline",
    "render",
    "render_findings",
    "render_line",
    "render_summary",
    "render_text",
]
