"""The files of the last export brought up to date, without making a whole export.

Most edits mend a sentence or add a paragraph: lines move and their words change, yet no statement does. Then the
concepts are the same, and evidence and reports differ only in the places and lines they show. Some add a differential
or mend a definition: then a few concepts are others (`amend`). Whoever asks gets exactly the bytes of a whole export,
or None: then a whole one is to be made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skosify_rad.basis import Basis, parse_basis
from skosify_rad.cache import ReadingCache
from skosify_rad.collector import collector_held
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, InputError
from skosify_rad.edits import Edits, WholeNeededError, require
from skosify_rad.last_export import ExportMemory, LastExport
from skosify_rad.outputs import write_files
from skosify_rad.renewal import renew
from skosify_rad.reports import read_findings
from skosify_rad.statements import Triple
from skosify_rad.summary import Counts


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An export that was brought up to date."""

    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, by place."""
    counts: Counts
    """How much there is of everything."""
    files: Mapping[Path, bool]
    """File of the export -> whether it holds something else now."""
    came: frozenset[Triple] = frozenset()
    """Statements made now and not before."""
    went: frozenset[Triple] = frozenset()
    """Statements made before and not now."""


def refresh(root: Path, out: Path, config: Config, cache: Path) -> Refreshed | None:
    """Bring the files in `out` up to date; None, with nothing written, where it takes a whole export.

    Raises:
        OutputError: a file cannot be written.

    """
    memory = ExportMemory(cache, root, out, config)
    last = memory.recall()
    if last is None or not last.stands():
        return None
    with collector_held():
        try:
            edits = Edits(root, config, _basis(last))
            last = replace(last, basis=b"")  # read by now, and 50 MB of 100,000 notes
            found = _read_found(out / "validation.json")
            if not edits.paths:
                return Refreshed(found, last.counts, dict.fromkeys(last.digests, False))
            readings = ReadingCache(cache, root, config)
            edits.read(readings)
            renewed = renew(edits, found, last, (root, out, config))
            require(renewed.files.keys() <= last.digests.keys())
            written = write_files(renewed.files)
        except (WholeNeededError, OSError):  # a file may go while others are read
            return None
        readings.write()
        digests = {**last.digests, **written}
        memory.keep(LastExport(renewed.basis.render(), renewed.marks, renewed.counts, digests))
    files = {path: digests[path] != digest for path, digest in last.digests.items()}
    return Refreshed(renewed.found, renewed.counts, files, renewed.came, renewed.went)


def _basis(last: LastExport) -> Basis:
    try:
        return parse_basis(last.basis)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WholeNeededError from error


def _read_found(report: Path) -> tuple[Diagnostic, ...]:
    try:
        return read_findings(report)
    except InputError as error:
        raise WholeNeededError from error
