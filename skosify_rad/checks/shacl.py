"""The SHACL shapes: where they are, and the findings of an engine that runs them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pyoxigraph as ox

from skosify_rad.checks.finding import Finding
from skosify_rad.graph.graph import Graph
from skosify_rad.model.catalogue import find_rule
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.namespaces import DCT
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Term, Triple

CORE: Final = "skos-core.ttl"
"""SHACL Core only."""
SPARQL: Final = "skos-sparql.ttl"
"""Rules that Core cannot express, in SHACL-SPARQL."""
ENGINES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"pyshacl-core": (CORE,), "pyshacl": (CORE, SPARQL), "pyshifty-core": (CORE,), "pyshifty": (CORE, SPARQL)}
)
"""SHACL engine -> the shapes files it runs. On 180 concepts the SPARQL shapes take pySHACL 50 times as long as Core."""

SKOLEM: Final = "https://w3id.org/rad2skos/.well-known/genid/"
"""Prefix of the IRIs that replace blank nodes."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Result(NamedTuple):
    """A sh:ValidationResult."""

    focus: str
    """IRI of the focus node."""
    path: str
    """IRI of the result path; empty if the path is longer than one property."""
    value: Term | None
    """The value node."""
    shape: str
    """IRI of the source shape."""
    message: str
    """The shape's message."""
    severity: str
    """IRI of the shape's severity."""


def find_shapes_folder() -> Path:
    """Return the folder of the shapes: inside the package in a wheel, next to it in the source tree."""
    package = Path(__file__).parents[1]
    inside = package / "shapes"
    return inside if (inside / CORE).is_file() else package.parent / "shapes"


def read_shapes(*names: str) -> str:
    """Return shapes files as Turtle; both files if none is named."""
    folder = find_shapes_folder()
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names or (CORE, SPARQL))


def find_with_shapes(graph: Graph, engine: str) -> Iterator[Finding]:
    """Yield the findings of one of the `ENGINES`.

    Raises:
        ConfigError: the engine is unknown or not installed.

    """
    if engine not in ENGINES:
        raise ConfigError(f"unknown engine “{engine}”; choose one of {', '.join(ENGINES)}")
    package = engine.removesuffix("-core")
    try:
        from skosify_rad.checks.shacl_engines import run_shapes  # noqa: PLC0415 - imports rdflib, 90 ms

        results = run_shapes(graph, package, read_shapes(*ENGINES[engine]))
    except ImportError as error:
        raise ConfigError(f"the engine {engine} is not installed: pip install {package}") from error
    described = _describe_shapes(*ENGINES[engine])
    seen: set[tuple[str, str, Triple | None]] = set()
    for result in sorted(results, key=lambda r: (r.shape, r.focus, r.path, str(r.value))):
        code, predicate = described.get(result.shape, ("", ""))
        rule = find_rule(code)
        assert rule is not None, f"the shape {result.shape} belongs to no rule"
        triple = find_triple(graph, result, predicate)
        if (rule.slug, result.focus, triple) not in seen:
            seen.add((rule.slug, result.focus, triple))
            yield Finding(rule.slug, result.focus, result.message, f"See rad2skos explain {rule.slug}.", triple)


def list_shaped_codes(engine: str) -> frozenset[str]:
    """Return the codes of the rules that an engine's shapes cover."""
    return frozenset(code for code, _ in _describe_shapes(*ENGINES[engine]).values())


def find_triple(graph: Graph, result: Result, predicate: str = "") -> Triple | None:
    """Return the statement at fault, which has the property `predicate` or that of the result's path."""
    if result.value is None:
        return None
    for name in (predicate, result.path):
        if name and result.value in graph.objects(result.focus, name):
            return Triple(result.focus, name, result.value)
        if name and isinstance(result.value, str) and result.focus in graph.objects(result.value, name):
            return Triple(result.value, name, result.focus)
    return None


@cache
def _describe_shapes(*names: str) -> Mapping[str, tuple[str, str]]:
    """Return shape -> its rule's code and the property whose statement is at fault (empty if there is none)."""
    codes: dict[str, str] = {}
    predicates: dict[str, str] = {}
    columns = {DCT.identifier: codes, RAD.predicate: predicates}
    for quad in ox.parse(read_shapes(*names).encode(), format=ox.RdfFormat.TURTLE):
        column = columns.get(quad.predicate.value)
        if column is not None and isinstance(quad.subject, ox.NamedNode):
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            column[quad.subject.value] = quad.object.value
    return MappingProxyType({shape: (code, predicates.get(shape, "")) for shape, code in codes.items()})


def write_ntriples(graph: Graph) -> bytes:
    """Return the graph as N-Triples, with blank nodes as IRIs, so that an engine's results can name them.

    Source: https://www.w3.org/TR/rdf11-concepts/#section-skolemization.
    """
    lines = [f"<{_skolemise(s)}> <{p}> {_write_term(o)} .\n" for s, p, o in graph]
    return "".join(lines).encode("utf-8", "surrogatepass")


def _skolemise(node: str) -> str:
    return SKOLEM + node[2:] if node.startswith("_:") else node


def _write_term(term: Term) -> str:
    if isinstance(term, str):
        return f"<{_skolemise(term)}>"
    text = '"' + term.value.translate(_ESCAPES) + '"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text
