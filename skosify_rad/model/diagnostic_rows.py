"""Diagnostics as rows of plain values, for files that are kept from run to run."""

from collections.abc import Sequence
from typing import Any

from skosify_rad.model.catalogue import BY_CODE
from skosify_rad.model.diagnostics import Diagnostic, Place, Severity


def write_row(diagnostic: Diagnostic) -> list[object]:
    """Return a diagnostic as a list of strings, numbers and None that JSON can hold."""
    d = diagnostic
    second = None if d.second is None else [*d.second]
    return [d.rule.code, *d.place, d.message, d.hint, second, d.words, d.subject, d.other, d.severity]


def read_row(row: Sequence[Any]) -> Diagnostic:
    """Return the diagnostic of a row.

    Raises:
        KeyError, TypeError, ValueError: the row is not one that `write_row` made.

    """
    code, path, line, column, message, hint, second, words, subject, other, severity = row
    level = Severity(severity) if severity is not None else None
    there = Place(*second) if second is not None else None
    return Diagnostic(BY_CODE[code], Place(path, line, column), message, hint, there, words, subject, other, level)
