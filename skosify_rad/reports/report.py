"""Report: what was found and what was not looked at, ready for any format; comparison with an earlier one."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from skosify_rad.diagnostics import Diagnostic, InputError, RuleClass, Severity
from skosify_rad.validate import NotChecked

ReadLine = Callable[[str, int], str]
"""Path and line number -> the line as it is on disk, empty where there is none."""


def _read_nothing(path: str, line: int) -> str:
    del path, line
    return ""


class Known(NamedTuple):
    """A finding of an earlier report."""

    fingerprint: str
    """What makes it the same finding, wherever its line has moved."""
    code: str
    """The rule's code."""
    path: str
    """Where it was."""
    line: int
    """Line, from 1, at that time."""
    message: str
    """What it said."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a format may show."""

    diagnostics: tuple[Diagnostic, ...]
    """The findings, in order."""
    unchecked: tuple[NotChecked, ...] = ()
    """Rules that were not looked at, each with the reason."""
    read_line: ReadLine = field(default=_read_nothing)
    """Gives the source line to show."""
    new: frozenset[str] | None = None
    """Fingerprints that the baseline does not know; None without a baseline."""
    fixed: tuple[Known, ...] = ()
    """Findings of the baseline that are gone."""

    @property
    def counts(self) -> Mapping[RuleClass, int]:
        """Findings by the class of their rule."""
        return Counter(d.rule.kind for d in self.diagnostics)

    @property
    def severities(self) -> Mapping[Severity, int]:
        """Findings by severity."""
        return Counter(d.level for d in self.diagnostics)


def fingerprint_all(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return a fingerprint for each finding that survives moved lines; repetitions are numbered."""
    seen: Counter[str] = Counter()
    fingerprints = []
    for d in diagnostics:
        plain = f"{d.rule.code}\0{d.place.path}\0{d.subject}\0{d.message}"
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        seen[digest] += 1
        fingerprints.append(f"{digest}-{seen[digest]}")
    return tuple(fingerprints)


def read_baseline(path: Path) -> tuple[Known, ...]:
    """Read the findings of a JSON report written earlier.

    Raises:
        InputError: the file cannot be read or is no such report.

    """
    import json  # noqa: PLC0415 - keeps --help fast

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Known(*(d[key] for key in Known._fields)) for d in data["diagnostics"])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: is no JSON report of rad2skos; write one with --report json") from error


def compare(report: Report, baseline: Iterable[Known]) -> Report:
    """Return the report with what is new and what is fixed since the baseline."""
    before = {known.fingerprint: known for known in baseline}
    now = set(fingerprint_all(report.diagnostics))
    fixed = tuple(known for fingerprint, known in before.items() if fingerprint not in now)
    return Report(report.diagnostics, report.unchecked, report.read_line, frozenset(now - before.keys()), fixed)


def make_line_reader(root: Path, texts: Mapping[str, str] = MappingProxyType({})) -> ReadLine:
    """Return a reader of source lines that keeps the last file; `texts` holds what was read, by path below `root`."""
    last: dict[str, list[str]] = {}

    def read_line(path: str, line: int) -> str:
        if path not in last:
            last.clear()
            last[path] = (texts[path] if path in texts else _read_file(os.path.join(root, path))).splitlines()  # noqa: PTH118
        lines = last[path]
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return source if source.strip(" -") else ""  # the fence of front matter tells a reader nothing

    return read_line


def _read_file(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - half the time of a Path's
            return file.read().decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
