"""Write SPARQL results as a table, CSV, JSON or Turtle."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Final

import orjson
import pyoxigraph as ox

from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import PREFIXES, curie

if TYPE_CHECKING:
    from collections.abc import Callable

    from skosify_rad.stores.store import QueryResult

_NARROWEST: Final = 10
"""Columns that a cell keeps even if the table becomes wider than the terminal."""


def render_answer(answer: QueryResult, form: str, width: int = 80) -> str:
    """Return a result as `table` of this width in columns, `csv`, `json` or `turtle`.

    Raises:
        InputError: The format cannot hold the result: Turtle holds only triples, CSV and JSON none.

    """
    writers: dict[str, Callable[[QueryResult], str]] = {"csv": _csv, "json": _json, "turtle": _turtle}
    return _table(answer, width) if form == "table" else writers[form](answer)


def _table(answer: QueryResult, width: int) -> str:
    if answer.answer is not None:
        return "yes\n" if answer.answer else "no\n"
    if answer.triples is not None:
        return _turtle(answer)
    rows = [list(answer.variables), *([_show(term) for term in row] for row in answer.rows)]
    widths = _fit(rows, width)
    rows = [[_shorten(cell, wide) for cell, wide in zip(row, widths, strict=True)] for row in rows]
    padded = [[cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)] for row in rows]
    lines = ["  ".join(row).rstrip() for row in padded]
    rule = "  ".join("-" * width for width in widths)
    number = len(answer.rows)
    return "\n".join([lines[0], rule, *lines[1:], f"({number:,} row{'' if number == 1 else 's'})"]) + "\n"


def _show(term: object) -> str:
    """Return a term as a table cell: literals without quotes, IRIs abbreviated by a known prefix."""
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    text = value if hasattr(term, "datatype") else curie(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _fit(rows: list[list[str]], width: int) -> list[int]:
    """Return the widths of columns that fit: IRIs give way first, then the widest texts."""
    columns = [*zip(*rows, strict=True)]
    widths = [max(map(_width, column)) for column in columns]
    room = width - 2 * len(widths) + 2
    are_iris = [any("://" in cell for cell in column) for column in columns]
    for shrinking, least in ((are_iris, 2 * _NARROWEST), ([True] * len(columns), _NARROWEST)):
        most = max(widths)
        while sum(widths) > room and most > least:
            most -= 1
            widths = [min(wide, most) if shrinks else wide for wide, shrinks in zip(widths, shrinking, strict=True)]
    return widths


def _shorten(cell: str, width: int) -> str:
    """Return a cell that takes at most so many columns: of an IRI the end, of a text the beginning."""
    if _width(cell) <= width:
        return cell
    is_iri = "://" in cell
    kept = cell[-width:] if is_iri else cell[:width]
    while _width(kept) >= width:
        kept = kept[1:] if is_iri else kept[:-1]
    return f"…{kept}" if is_iri else f"{kept}…"


def _width(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _csv(answer: QueryResult) -> str:
    """Return a result as CSV. Source: https://www.w3.org/TR/sparql11-results-csv-tsv/."""
    if answer.triples is not None:
        raise InputError("the query returns triples: use --format turtle")
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    if answer.answer is not None:
        writer.writerows([["answer"], [str(answer.answer).lower()]])
        return output.getvalue()
    writer.writerow(answer.variables)
    writer.writerows(["" if t is None else getattr(t, "value", str(t)) for t in row] for row in answer.rows)
    return output.getvalue()


def _json(answer: QueryResult) -> str:
    """Return a result as JSON. Source: https://www.w3.org/TR/sparql11-results-json/."""
    if answer.triples is not None:
        raise InputError("the query returns triples: use --format turtle")
    head: dict[str, object] = {"vars": list(answer.variables)} if answer.answer is None else {}
    document: dict[str, object] = {"head": head}
    if answer.answer is None:
        rows = [zip(answer.variables, row, strict=True) for row in answer.rows]
        bindings = [{name: _json_term(term) for name, term in row if term is not None} for row in rows]
        document["results"] = {"bindings": bindings}
    else:
        document["boolean"] = answer.answer
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _json_term(term: object) -> dict[str, str]:
    value = str(getattr(term, "value", term))
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return {"type": "bnode" if str(term).startswith("_:") else "uri", "value": value}
    language = getattr(term, "language", None)
    if language:
        return {"type": "literal", "value": value, "xml:lang": language}
    if datatype.value.endswith("#string"):
        return {"type": "literal", "value": value}
    return {"type": "literal", "value": value, "datatype": datatype.value}


def _turtle(answer: QueryResult) -> str:
    if answer.triples is None:
        raise InputError("the query returns a table: use --format table, csv or json")
    ordered = sorted(answer.triples, key=str)
    used = {p: ns for p, ns in PREFIXES.items() if any(f"<{ns}" in str(triple) for triple in ordered)}
    return (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()
