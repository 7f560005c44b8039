"""CSV for spreadsheets: one concept a row.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import ADMS, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.order import order_graph, order_terms
from skosify_rad.outputs.output_format import Output

COLUMNS: Final = (
    *("id", "label", "alternative labels", "definition"),
    *("parents", "differentials", "status", "note"),
)
_SEPARATOR: Final = " | "
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_csv(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield a header, then a row for each concept in the order of the Turtle: UTF-8, every cell quoted.

    Several values of one cell are separated by ` | `; parents and differentials stand by their preferred labels.
    """
    del config
    rows = ([*_make_row(subject, dict(properties), graph)] for subject, properties in order_graph(graph))
    yield encode_row(COLUMNS)
    yield from (encode_row(row) for row in rows if row)


def _make_row(subject: str, properties: dict[str, tuple[Term, ...]], graph: Graph) -> Iterator[str]:
    """Yield the cells of a concept; nothing for any other resource."""
    if SKOS.Concept not in properties.get(RDF.type, ()):
        return
    yield subject.removeprefix(graph.scheme)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.definition, SKOS.broader, SKOS.related):
        names = [_name(term, graph) for term in order_terms(properties.get(predicate, ()))]
        yield _SEPARATOR.join(sorted(names, key=str.casefold))
    yield _SEPARATOR.join(str(term).rsplit("/", 1)[-1] for term in properties.get(ADMS.status, ()))
    yield _SEPARATOR.join(_name(term, graph) for term in properties.get(RAD.note, ()))


def _name(term: Term, graph: Graph) -> str:
    """Return the text of a literal, the preferred label of a concept, or else the IRI."""
    if isinstance(term, Literal):
        return term.value
    labels = order_terms(graph.objects(term, SKOS.prefLabel) or (term,))
    return next((label.value for label in labels if isinstance(label, Literal)), term)


def encode_row(cells: Sequence[str], delimiter: str = ",") -> bytes:
    """Return a row whose cells no spreadsheet runs; `read_cell` returns them as they were."""
    text = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(safe)
    return text.getvalue().encode("utf-8", "replace")


def read_cell(cell: str) -> str:
    """Return the text of a cell of such a row.

    >>> read_cell("'-1"), read_cell("'tis")
    ('-1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


CSV: Final = Output("csv", ".csv", "text/csv", write_csv, is_rdf=False)
