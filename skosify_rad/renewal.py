"""What the files of an export become after an edit: those pieces made anew that tell of it."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from skosify_rad.amend import Amendment
from skosify_rad.basis import Basis
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic
from skosify_rad.edits import Edits, WholeNeededError, known, require
from skosify_rad.exported import Exported
from skosify_rad.identifiers import register_path
from skosify_rad.last_export import LastExport
from skosify_rad.outputs import Content, Marked, find_output, find_splice, look_into, write_rows, write_spliced
from skosify_rad.pieces import Piece, list_pieces
from skosify_rad.recheck import Recheck
from skosify_rad.region import Region
from skosify_rad.register_lines import renew_sketches
from skosify_rad.reports import Report, make_line_reader, renew_page, write_report
from skosify_rad.statements import Triple
from skosify_rad.summary import Counts, recount
from skosify_rad.things import Things
from skosify_rad.unchecked import Scope, list_unchecked


class Renewed(NamedTuple):
    """An export as it is now, with nothing written yet."""

    found: tuple[Diagnostic, ...]
    """What is wrong, by place."""
    basis: Basis
    """What it rests on."""
    counts: Counts
    """How much there is of everything."""
    marks: bytes
    """What the evidence does not tell."""
    came: frozenset[Triple]
    """Statements made now and not before."""
    went: frozenset[Triple]
    """Statements made before and not now."""
    files: Mapping[Path, Content]
    """What makes each file that may hold something else now."""


def renew(edits: Edits, found: tuple[Diagnostic, ...], last: LastExport, where: tuple[Path, Path, Config]) -> Renewed:
    """Work out what an export is now; `found` is what the last one found, `where` as `refresh` is given it.

    Raises:
        WholeNeededError: that takes a whole export.

    """
    root, out, config = where
    evidence = out / "evidence.jsonl"
    try:
        marked = Marked(evidence, last.marks, config.scheme.base)
    except (ValueError, TypeError, AttributeError) as error:
        raise WholeNeededError from error
    region = Region(exported := Exported(out, config), marked)
    register = register_path(config, out)
    sketched = known(renew_sketches(register.read_bytes(), edits.notes.values()))
    things = Things(edits, exported, sketched, config)
    amendment = Amendment(edits, exported, region, things)
    now, touched = _renew_found(found, edits, Recheck(amendment, region, config, last.counts.concepts))
    pieces = list_pieces(amendment, exported, config)
    before, after = ({iri: said for piece in pieces for iri, said in piece[side].subjects.items()} for side in (0, 1))
    told = {path: (rows, write_rows(path, rows)) for path, rows in amendment.list_rows()}
    splices = [region.splices[path]._replace(text=written) for path, (_, written) in told.items()]
    report = Report(now, list_unchecked(config, Scope()), make_line_reader(root))
    page = out / "validation.html"
    files: dict[Path, Content] = {
        **(_splice_concepts(pieces, out, config) if pieces else {}),
        evidence: partial(write_spliced, evidence, splices),
        out / "validation.json": partial(write_report, report, "json"),
        page: partial(renew_page, page, report, touched),
        register: things.register,
    }
    basis = things.basis()
    return Renewed(now, basis, recount(last.counts, before, after), marked.renew(told), *amendment.list_told(), files)


def _renew_found(
    found: tuple[Diagnostic, ...], edits: Edits, recheck: Recheck
) -> tuple[tuple[Diagnostic, ...], set[str]]:
    """Return what is wrong, at the places where it is now, and the notes of which a report shows something else."""
    gone, come = recheck.renew(edits, found)
    subjects = {d.subject for d in gone}  # told sooner than whether a finding is one of them
    kept = [*edits.move(d for d in found if d.subject not in subjects or d not in gone)]
    orders = {d.sort_key for d in come}
    require(len(orders) == len(come) and orders.isdisjoint(d.sort_key for d in kept))
    edited = (d for d in kept if d.place.path in edits.paths or (d.second and d.second.path in edits.paths))
    touched = {d.place.path for some in (gone, come, edited) for d in some}
    return tuple(sorted((*kept, *come), key=lambda d: d.sort_key)), touched


def _splice_concepts(pieces: Iterable[Piece], out: Path, config: Config) -> dict[Path, Content]:
    """Return what makes the files of concepts, in which pieces are found by what they were."""
    files: dict[Path, Content] = {}
    for name in config.output.formats:
        output = find_output(name)
        write, file = known(output.write_part), out / output.file_name
        parts = [(write(before), write(after)) for before, after in pieces]
        was, now = ({line for pair in parts for line in pair[side].head} for side in (0, 1))
        require(was <= now)  # what nothing here needs any more, the rest may need or not
        with look_into(file) as text:
            require(all(text.find(line) >= 0 for line in now - was))
            splices = [known(find_splice(text, old.text, new.text)) for old, new in parts]
        files[file] = partial(write_spliced, file, splices)
    return files
