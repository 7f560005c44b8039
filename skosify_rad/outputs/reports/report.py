"""The report that every format renders: findings, rules not checked, comparison with a baseline."""

import hashlib
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from skosify_rad.checks.not_run import NotChecked
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place, RuleClass, Severity
from skosify_rad.vault.decoding import decode_text

ReadLine = Callable[[str, int], str]
"""Path and line number -> the source line; empty if there is none."""

_NAME_OR_NUMBER: Final = re.compile(r"“[^”]*”|[0-9]+")
"""Quoted names, which identify a finding, and other numbers (counts, ranks), which depend on other notes."""
_DIGIT: Final = re.compile("[0-9]")
"""Most messages have no digit; testing for one saves a third of the time that fingerprints take."""


def _read_nothing(path: str, line: int) -> str:
    del path, line
    return ""


class Known(NamedTuple):
    """A finding of an earlier report."""

    fingerprint: str
    """Identifies the finding even if its line has moved."""
    code: str
    """The rule's code."""
    path: str
    """The file at that time."""
    line: int
    """The line at that time, from 1."""
    message: str
    """The message at that time."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a format may render."""

    diagnostics: tuple[Diagnostic, ...]
    """The findings, sorted by place."""
    unchecked: tuple[NotChecked, ...] = ()
    """Rules that were not checked, each with the reason."""
    read_line: ReadLine = field(default=_read_nothing)
    """Returns a source line to show."""
    new: frozenset[str] | None = None
    """Fingerprints that are not in the baseline; None without a baseline."""
    fixed: tuple[Known, ...] = ()
    """Findings of the baseline that no longer exist."""
    base: str = ""
    """The vault relative to the current folder, ending in `/`; empty if they are the same."""
    vault: str = ""
    """The vault's name, by which Obsidian opens it; empty if no vault was read."""

    def locate(self, place: Place) -> Place:
        """Return a place relative to the current folder, where editors and terminals look for it."""
        is_iri = "://" in place.path or place.path.startswith(("_:", "urn:"))
        return place if is_iri or not self.base else place._replace(path=self.base + place.path)

    @property
    def compared(self) -> str:
        """The result of the comparison with a baseline, as a phrase; empty without one."""
        if self.new is None:
            return ""
        known = len(self.diagnostics) - len(self.new)
        return f"{len(self.new)} new, {len(self.fixed)} fixed, {known} known"

    @property
    def counts(self) -> Mapping[RuleClass, int]:
        """Number of findings by class of rule."""
        return Counter(d.rule.kind for d in self.diagnostics)

    @property
    def severities(self) -> Mapping[Severity, int]:
        """Number of findings by severity."""
        return Counter(d.level for d in self.diagnostics)

    @property
    def severity_counts(self) -> str:
        """Number of findings by severity, as a phrase."""
        numbers = self.severities
        errors, warnings = numbers.get(Severity.ERROR, 0), numbers.get(Severity.WARNING, 0)
        plural = "" if errors == 1 else "s", "" if warnings == 1 else "s"
        infos = numbers.get(Severity.INFO, 0)
        return f"{errors:,} error{plural[0]}, {warnings:,} warning{plural[1]}, {infos:,} info"


def fingerprint_all(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return a fingerprint for each finding, independent of line numbers and counts; repetitions are numbered."""
    seen: Counter[str] = Counter()
    fingerprints = []
    for d in diagnostics:
        message = d.message
        if _DIGIT.search(message):
            message = _NAME_OR_NUMBER.sub(lambda match: "#" if match[0].isdigit() else match[0], message)
        plain = f"{d.rule.code}\0{d.place.path}\0{d.subject}\0{message}"
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        seen[digest] += 1
        fingerprints.append(f"{digest}-{seen[digest]}")
    return tuple(fingerprints)


def read_baseline(path: Path) -> tuple[Known, ...]:
    """Read the findings of an earlier JSON report.

    Raises:
        InputError: the file cannot be read or is not a JSON report.

    """
    try:
        return tuple([_read_known(row) for row in _parse(path.read_bytes())["diagnostics"]])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: is not a JSON report of rad2skos; write one with --report json") from error


def _parse(data: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return orjson.loads(data)  # needs half the memory of json
    except ValueError:  # orjson refuses lone surrogates
        return json.loads(data.decode())


def _read_known(row: dict[str, Any]) -> Known:
    line = row["line"]
    texts = [row[key] for key in ("fingerprint", "code", "path", "message")]
    fingerprint, code, path, message = (text for text in texts if isinstance(text, str))
    if not isinstance(line, int):
        raise TypeError(line)
    return Known(fingerprint, code, path, line, message)


def compare(report: Report, baseline: Iterable[Known]) -> Report:
    """Return the report with its new and fixed findings, compared with the baseline."""
    before = {known.fingerprint: known for known in baseline}
    now = set(fingerprint_all(report.diagnostics))
    fixed = tuple(known for fingerprint, known in before.items() if fingerprint not in now)
    return replace(report, new=frozenset(now - before.keys()), fixed=fixed)


def mark_states(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Yield every finding with its state: `new` or `known`; empty without a baseline."""
    if report.new is None:
        yield from zip(report.diagnostics, repeat(""), strict=False)
        return
    for diagnostic, fingerprint in zip(report.diagnostics, fingerprint_all(report.diagnostics), strict=True):
        yield diagnostic, "new" if fingerprint in report.new else "known"


def find_base(folder: Path) -> str:
    """Return a folder relative to the current one, ending in `/`; empty if it is the same or not below it."""
    try:
        way = Path(os.path.relpath(folder)).as_posix()
    except ValueError:  # another drive on Windows
        return ""
    return "" if way == "." or way.startswith("..") else f"{way}/"


def make_line_reader(root: Path) -> ReadLine:
    """Return a function that reads source lines below a folder; it keeps the last file in memory.

    Files outside the folder, reached through symbolic links, are not read: reports may be published.
    """
    last: dict[str, list[str]] = {}
    folders: dict[str, str] = {}
    inside = os.path.join(os.path.realpath(root), "")  # noqa: PTH118 - half the time of pathlib

    def read_line(path: str, line: int) -> str:
        if path not in last:
            last.clear()
            real = _find_real(_find_spelling(root, path), folders)
            text = _read_file(real) if real.startswith(inside) else ""
            last[path] = text.split("\n")  # not splitlines: U+2028 does not end a line
        lines = last[path]
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return source if source.strip(" -") else ""  # not the fence of front matter

    return read_line


def _find_spelling(root: Path, path: str) -> str:
    """Return the path on disk of a vault path, which is NFC; on disk it may be NFD, as macOS writes it."""
    file = os.path.join(root, path)  # noqa: PTH118 - half the time of pathlib
    if path.isascii() or os.path.lexists(file):
        return file
    return os.path.join(root, unicodedata.normalize("NFD", path))  # noqa: PTH118 - half the time of pathlib


def _find_real(path: str, folders: dict[str, str]) -> str:
    """Return a path with symbolic links resolved; `folders` caches those of folders, which are slow to resolve."""
    folder, name = os.path.split(path)
    try:
        if name in ("", ".", "..") or os.path.islink(path):  # noqa: PTH114 - half the time of pathlib
            return os.path.realpath(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
    except (OSError, ValueError):
        return ""
    return os.path.join(folders[folder], name)  # noqa: PTH118 - half the time of pathlib


def _read_file(path: str) -> str:
    try:
        if not os.path.isfile(path):  # noqa: PTH113 - as below; a pipe would make us wait for ever
            return ""
        with open(path, "rb") as file:  # noqa: PTH123 - half the time of pathlib
            return decode_text(file.read())[0]
    except (OSError, ValueError):
        return ""
