"""The files of the last export brought up to date, where edits have changed nothing of what the notes say.

Most edits are of that kind: a sentence mended, a paragraph added. Lines move and their words change, yet no statement
does: then the concepts are the same, and evidence and reports differ only in the places and lines they show. Whoever
asks gets exactly the bytes of a whole export, or None: then a whole one is to be made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from skosify_rad.basis import Basis, parse_basis
from skosify_rad.cache import ReadingCache
from skosify_rad.collector import collector_held
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, InputError
from skosify_rad.edits import Edits, WholeNeededError, known, require
from skosify_rad.identifiers import register_path, renew_sketches
from skosify_rad.last_export import ExportMemory, LastExport
from skosify_rad.outputs import Content, move_evidence, write_files
from skosify_rad.reports import Report, make_line_reader, read_findings, renew_page, write_report
from skosify_rad.summary import Counts
from skosify_rad.unchecked import Scope, list_unchecked


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An export that was brought up to date."""

    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, by place."""
    counts: Counts
    """How much there is of everything."""
    files: Mapping[Path, bool]
    """File of the export -> whether it holds something else now."""


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
            readings = ReadingCache(cache, root, config)
            edits.read(readings)
            found = _find(out / "validation.json", edits)
            files = _remake(edits, found, (root, out, config)) if edits.paths else {}
            require(files.keys() <= last.digests.keys())
            written = write_files(files)
        except (WholeNeededError, OSError):  # a file may go while others are read
            return None
        if edits.paths:
            readings.write()
            memory.keep(replace(last, basis=edits.basis().render(), digests={**last.digests, **written}))
    files_written = {path: written.get(path, digest) != digest for path, digest in last.digests.items()}
    return Refreshed(found, last.counts, files_written)


def _basis(last: LastExport) -> Basis:
    try:
        return parse_basis(last.basis)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WholeNeededError from error


def _find(report: Path, edits: Edits) -> tuple[Diagnostic, ...]:
    """Return what the last export found, at the places where it is now."""
    try:
        found = read_findings(report)
    except InputError as error:
        raise WholeNeededError from error
    return tuple(sorted(edits.move(found), key=lambda d: d.sort_key)) if edits.paths else found


def _remake(edits: Edits, found: tuple[Diagnostic, ...], where: tuple[Path, Path, Config]) -> dict[Path, Content]:
    """Return what makes each file that tells of places or of the edited lines; `where` as `refresh` is given it."""
    root, out, config = where
    page = out / "validation.html"
    touched = {
        d.place.path for d in found if d.place.path in edits.paths or (d.second and d.second.path in edits.paths)
    }
    report = Report(found, list_unchecked(config, Scope()), make_line_reader(root))
    files: dict[Path, Content] = {
        out / "validation.json": partial(write_report, report, "json"),
        page: partial(renew_page, page, report, touched),
    }
    moved = [path for path, moves in edits.moves.items() if moves.moves_lines]
    if moved:
        files[out / "evidence.jsonl"] = partial(move_evidence, out / "evidence.jsonl", moved, edits.move_line)
    register = register_path(config, out)
    files[register] = known(renew_sketches(register.read_bytes(), edits.notes.values()))
    return files
