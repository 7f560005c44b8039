"""A review: its table for a spreadsheet, what a person decided about each row, and the file that keeps it."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from skosify_rad.concepts.decisions import Decision, decide, read_decisions, render_decisions
from skosify_rad.graph.graph import Graph
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import OWL, RDF, SKOS
from skosify_rad.model.regular_files import read_regular
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.concepts_csv import encode_row, read_cell
from skosify_rad.outputs.files import hold_folders, write_files
from skosify_rad.outputs.review_rows import Row, select_open
from skosify_rad.vault.decoding import decode_text

COLUMNS: Final = ("id", "label", "statement", "place", "words", "confidence", "decision", "comment")
_MAX_BYTES: Final = 52_428_800
"""A larger spreadsheet is refused (bytes)."""


def render_rows(rows: Iterable[Row], delimiter: str) -> Iterator[bytes]:
    """Yield a header, then a line for each row, with empty cells for decision and comment."""
    yield encode_row(COLUMNS, delimiter)
    yield from (encode_row((*row.cells, "", ""), delimiter) for row in rows)


def make_finder(graph: Graph) -> Callable[[str], str]:
    """Return a function from a label or an identifier to the identifier of a concept, empty if there is none."""
    known: dict[str, str] = {}
    for iri, properties in graph.subjects.items():
        if SKOS.Concept in properties.get(RDF.type, ()) and OWL.deprecated not in properties:
            identifier = iri.removeprefix(graph.scheme)
            known[identifier] = identifier
            for label in properties.get(SKOS.prefLabel, ()):
                if isinstance(label, Literal):
                    known.setdefault(fold(label.value), identifier)
    return lambda name: known.get(name) or known.get(fold(name), "")


class Review:
    """The rows of a vault and the file that keeps the decisions about them."""

    def __init__(self, rows: Iterable[Row], path: Path, find: Callable[[str], str]) -> None:
        """Take the rows, the path of the file, and what finds the identifier of a name."""
        self.rows = list(rows)
        self._by_id = {row.id: row for row in self.rows}
        self._path, self._find = path, find

    def list_open(self) -> list[Row]:
        """Return the rows that are not decided yet."""
        return select_open(self.rows, read_decisions(self._path)[0])

    def decide(self, identifier: str, words: str, comment: str) -> Decision:
        """Return the decision about a row.

        Raises:
            ValueError: there is no such row, or the words are no decision about it.

        """
        row = self._by_id.get(identifier)
        if row is None:
            raise ValueError(f"the notes have no statement with the id {identifier[:40]!r}; list them again")
        is_name = clean(words).lower().startswith(("rename to ", "same as "))
        return decide(row.named if is_name else row.key, words, comment, self._find)

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Add decisions to the file; a later one about the same replaces an earlier one.

        Raises:
            InputError: the file holds lines that are no decisions, which would be lost.
            OutputError: it cannot be written.

        """
        with hold_folders([self._path.parent]):
            made, found = read_decisions(self._path)
            for fault in found:
                raise InputError(f"{self._path}:{fault.place.line}: {fault.message} {fault.hint}")
            made |= {decision.key: decision for decision in decisions}
            write_files({self._path: render_decisions(made.values())})

    def read_sheet(self, path: Path) -> list[Decision]:
        """Return the decisions in the filled-in table, with commas, semicolons or tabs between its cells.

        Raises:
            InputError: it cannot be read, or one of its decisions is none; the message names the line.

        """
        try:
            text, _ = decode_text(read_regular(path, _MAX_BYTES))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from error
        head = text.partition("\n")[0]
        reader = csv.DictReader(io.StringIO(text), delimiter=max("\t;,", key=head.count), restval="")
        decisions = []
        try:
            if not {"id", "decision"} <= {*(reader.fieldnames or ())}:
                raise InputError(f"{path}:1: the table needs the columns id and decision, as `review` writes them")
            for cells in reader:
                words, comment = (read_cell(cells.get(name) or "").strip() for name in ("decision", "comment"))
                if words:
                    decisions.append(self.decide(cells["id"], words, comment))
        except (ValueError, csv.Error) as error:
            raise InputError(f"{path}:{reader.line_num}: {error}") from error
        return decisions
