"""Run the SHACL shapes with pySHACL or pyshifty and read their reports. Imports rdflib."""

import logging
from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib.exceptions import ParserError

from skosify_rad.checks.indexed_graph import parse_indexed
from skosify_rad.checks.shacl import SKOLEM, Result, write_ntriples
from skosify_rad.graph.graph import Graph
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import SH
from skosify_rad.model.statements import Literal, Term


def run_shapes(graph: Graph, package: str, shapes: str) -> list[Result]:
    """Run shapes, in Turtle, with `pyshacl` or with `pyshifty`, an optional engine in Rust.

    Raises:
        ImportError: the engine is not installed.
        InputError: the engine does not read the graph, whose IRIs may hold anything.

    """
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it warns of every IRI that it then refuses
    try:
        if package == "pyshacl":
            import pyshacl  # noqa: PLC0415 - 200 ms

            data = parse_indexed(write_ntriples(graph), "nt")
            shacl_graph = parse_indexed(shapes, "turtle")
            _, report, _ = pyshacl.validate(data, shacl_graph=shacl_graph, inference="none", meta_shacl=False)
            if not isinstance(report, rdflib.Graph):
                raise report
        else:
            import shifty  # noqa: PLC0415 - optional; installed by the package pyshifty

            engine = shifty.PreparedValidator(shapes.encode())
            _, report, _ = engine.validate(write_ntriples(graph), graph_mode="data", infer=False)
    except (ParserError, ValueError) as error:
        raise InputError(f"{package} does not read the vocabulary: {error}") from error
    return list(read_report(report))


def read_report(report: rdflib.Graph) -> Iterator[Result]:
    """Yield the results of a SHACL validation report."""

    def read(node: Any, name: str) -> Any:  # noqa: ANN401 - rdflib's terms
        return report.value(node, rdflib.URIRef(name))

    for node in report.objects(None, rdflib.URIRef(SH.result)):
        path, value = read(node, SH.resultPath), read(node, SH.value)
        yield Result(
            focus=_read_node(read(node, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value=None if value is None else _read_term(value),
            shape=str(read(node, SH.sourceShape)),
            message=str(read(node, SH.resultMessage) or ""),
            severity=str(read(node, SH.resultSeverity)),
        )


def _read_node(node: object) -> str:
    iri = str(node)
    return "_:" + iri[len(SKOLEM) :] if iri.startswith(SKOLEM) else iri


def _read_term(value: Any) -> Term:  # noqa: ANN401 - rdflib's terms
    if not isinstance(value, rdflib.Literal):
        return _read_node(value)
    if value.language:
        return Literal(str(value), value.language.lower())
    return Literal(str(value), datatype="" if value.datatype in (None, rdflib.XSD.string) else str(value.datatype))
