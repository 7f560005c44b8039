"""Diagnostics -> reports: one function a format, written out here.

The CLI calls `render(report, format)`, the pipeline `write_report`; `compare` marks what is new and fixed since a
baseline.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.outputs.reports.machine import iter_json, render_github, render_junit
from skosify_rad.outputs.reports.page import iter_html
from skosify_rad.outputs.reports.report import (
    Known,
    Report,
    compare,
    find_base,
    fingerprint_all,
    make_line_reader,
    read_baseline,
)
from skosify_rad.outputs.reports.sarif import render_sarif
from skosify_rad.outputs.reports.shacl import render_shacl
from skosify_rad.outputs.reports.text import render_findings, render_line, render_summary, render_text

_AT_ONCE: Final = 256
"""Pieces that are written together: a report of 27,000 findings takes a seventh less than one by one."""


class Format(NamedTuple):
    """A format of reports."""

    render: Callable[[Report], str | Iterator[str]]
    """Report -> text, at once, or a finding at a time where it is as long as the export."""
    suffix: str
    """File name's ending."""


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": Format(render_text, ".txt"),
        "json": Format(iter_json, ".json"),
        "sarif": Format(render_sarif, ".sarif"),
        "github": Format(render_github, ".github.txt"),
        "junit": Format(render_junit, ".junit.xml"),
        "shacl": Format(render_shacl, ".shacl.ttl"),
        "html": Format(iter_html, ".html"),
    }
)
"""Format -> how it is rendered."""


def render(report: Report, name: str) -> str:
    """Return a report in one of `FORMATS`.

    Raises:
        ConfigError: the format is unknown.

    """
    return b"".join(write_report(report, name)).decode()


def write_report(report: Report, name: str) -> Iterator[bytes]:
    """Yield the bytes of a report in one of `FORMATS`.

    Raises:
        ConfigError: the format is unknown.

    """
    if name not in FORMATS:
        raise ConfigError(f"unknown report format “{name}”; known are {', '.join(FORMATS)}")
    made = FORMATS[name].render(report)
    yield from _encode([made] if isinstance(made, str) else made)


def _encode(pieces: Iterable[str]) -> Iterator[bytes]:
    rest = iter(pieces)
    while some := [*islice(rest, _AT_ONCE)]:
        yield "".join(some).encode("utf-8", "backslashreplace")  # a lone surrogate of a path or a note


__all__ = [
    "FORMATS",
    "Format",
    "Known",
    "Report",
    "compare",
    "find_base",
    "fingerprint_all",
    "make_line_reader",
    "read_baseline",
    "render",
    "render_findings",
    "render_line",
    "render_summary",
    "render_text",
    "write_report",
]
