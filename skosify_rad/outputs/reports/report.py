"""Report: what was found and what was not looked at, ready for any format; comparison with an earlier one."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from skosify_rad.checks.not_run import NotChecked
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place, RuleClass, Severity
from skosify_rad.vault.notes import decode_text

ReadLine = Callable[[str, int], str]
"""Path and line number -> the line as it is on disk, empty where there is none."""


_COUNT: Final = re.compile(r"“[^”]*”|[0-9]+")
"""Names, which stay, and numbers outside of them, which change with other notes: how many more, which rank."""
_DIGIT: Final = re.compile("[0-9]")
"""Most messages have none, and need not be looked through for numbers: a third of all that fingerprints take."""


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
    base: str = ""
    """The folder of the notes, seen from where the program runs and ending in `/`; empty where they are the same."""

    def locate(self, place: Place) -> Place:
        """Return a place as code hosts, editors and terminals find it: from the folder where the program runs."""
        is_iri = "://" in place.path or place.path.startswith(("_:", "urn:"))
        return place if is_iri or not self.base else place._replace(path=self.base + place.path)

    @property
    def compared(self) -> str:
        """What a comparison with a baseline gave, in words; empty without one."""
        if self.new is None:
            return ""
        still = len(self.diagnostics) - len(self.new)
        return f"{len(self.new)} new, {len(self.fixed)} fixed, {still} still there"

    @property
    def counts(self) -> Mapping[RuleClass, int]:
        """Findings by the class of their rule."""
        return Counter(d.rule.kind for d in self.diagnostics)

    @property
    def severities(self) -> Mapping[Severity, int]:
        """Findings by severity."""
        return Counter(d.level for d in self.diagnostics)


def _keep_names(match: re.Match[str]) -> str:
    return "#" if match[0].isdigit() else match[0]


def fingerprint_all(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return a fingerprint for each finding that survives moved lines and other counts; repetitions are numbered."""
    seen: Counter[str] = Counter()
    fingerprints = []
    for d in diagnostics:
        said = _COUNT.sub(_keep_names, d.message) if _DIGIT.search(d.message) else d.message
        plain = f"{d.rule.code}\0{d.place.path}\0{d.subject}\0{said}"
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        seen[digest] += 1
        fingerprints.append(f"{digest}-{seen[digest]}")
    return tuple(fingerprints)


def read_baseline(path: Path) -> tuple[Known, ...]:
    """Read the findings of a JSON report written earlier.

    Raises:
        InputError: the file cannot be read or is no such report.

    """
    try:
        return tuple([_read_known(row) for row in _parse(path.read_bytes())["diagnostics"]])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: is no JSON report of rad2skos; write one with --report json") from error


def _parse(data: bytes) -> Any:  # noqa: ANN401 - whatever a file holds
    import json  # noqa: PLC0415 - keeps --help fast

    import orjson  # noqa: PLC0415 - as above

    try:
        return orjson.loads(data)  # a text of all would be twice as large as the file
    except ValueError:  # half a UTF-16 pair, perhaps
        return json.loads(data.decode())


def _read_known(row: dict[str, Any]) -> Known:
    line = row["line"]
    texts = [row[key] for key in ("fingerprint", "code", "path", "message")]
    fingerprint, code, path, message = (text for text in texts if isinstance(text, str))
    if not isinstance(line, int):
        raise TypeError(line)
    return Known(fingerprint, code, path, line, message)


def compare(report: Report, baseline: Iterable[Known]) -> Report:
    """Return the report with what is new and what is fixed since the baseline."""
    before = {known.fingerprint: known for known in baseline}
    now = set(fingerprint_all(report.diagnostics))
    fixed = tuple(known for fingerprint, known in before.items() if fingerprint not in now)
    return replace(report, new=frozenset(now - before.keys()), fixed=fixed)


def find_base(folder: Path) -> str:
    """Return a folder as seen from the current one, ending in `/`; empty for this one and for those outside of it."""
    try:
        way = Path(os.path.relpath(folder)).as_posix()
    except ValueError:  # another drive of Windows
        return ""
    return "" if way == "." or way.startswith("..") else f"{way}/"


def make_line_reader(root: Path) -> ReadLine:
    """Return a reader of source lines below a folder that keeps the last file it opened.

    What a symbolic link shows outside the folder stays out of reports: they may be published, and it was not meant.
    """
    last: dict[str, list[str]] = {}
    folders: dict[str, str] = {}
    inside = os.path.join(os.path.realpath(root), "")  # noqa: PTH118 - as below

    def read_line(path: str, line: int) -> str:
        if path not in last:
            last.clear()
            real = _find_real(_spell(root, path), folders)
            last[path] = _read_file(real if real.startswith(inside) else "").split("\n")  # U+2028 ends no line
        lines = last[path]
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return source if source.strip(" -") else ""  # the fence of front matter tells a reader nothing

    return read_line


def _spell(root: Path, path: str) -> str:
    """Return where a vault path is on disk: it is NFC, and names that come from a Mac may be NFD."""
    file = os.path.join(root, path)  # noqa: PTH118 - as below
    if path.isascii() or os.path.lexists(file):
        return file
    return os.path.join(root, unicodedata.normalize("NFD", path))  # noqa: PTH118 - as below


def _find_real(path: str, folders: dict[str, str]) -> str:
    """Return where a path really leads; `folders` keeps that of each folder, which costs more than opening a note."""
    folder, name = os.path.split(path)
    try:
        if name in ("", ".", "..") or os.path.islink(path):  # noqa: PTH114 - half the time of a Path's
            return os.path.realpath(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
    except (OSError, ValueError):
        return ""
    return os.path.join(folders[folder], name)  # noqa: PTH118 - as above


def _read_file(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return decode_text(file.read())[0]
    except (OSError, ValueError):
        return ""
