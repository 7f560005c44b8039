"""The SHACL shapes: where they lie, how an engine runs them, and what a result says in the catalogue's words."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from skosify_rad.catalogue import find_rule
from skosify_rad.checks.finding import Finding
from skosify_rad.diagnostics import ConfigError
from skosify_rad.graph import Graph
from skosify_rad.statements import Literal, Term, Triple
from skosify_rad.vocab import DCT, RAD, SH

if TYPE_CHECKING:
    import rdflib

CORE: Final = "skos-core.ttl"
"""SHACL Core only."""
SPARQL: Final = "skos-sparql.ttl"
"""What Core cannot say, in SHACL-SPARQL."""


class Result(NamedTuple):
    """One sh:ValidationResult, in plain words."""

    focus: str
    """IRI of the focus node."""
    path: str
    """IRI of the result path; empty where the path is longer than one property."""
    value: Term | None
    """The value node."""
    shape: str
    """IRI of the source shape."""
    message: str
    """The shape's message."""


def find_shapes_folder() -> Path:
    """Return the folder of the shapes: inside the package in a wheel, beside it in the source tree."""
    package = Path(__file__).parents[1]
    inside = package / "shapes"
    return inside if (inside / CORE).is_file() else package.parent / "shapes"


def read_shapes(*names: str) -> str:
    """Return the shapes as Turtle; both files when none is named."""
    folder = find_shapes_folder()
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names or (CORE, SPARQL))


def find_with_shapes(graph: Graph, engine: str) -> Iterator[Finding]:
    """Yield what the shapes find, run by one of `ENGINES`.

    Raises:
        ConfigError: the engine is unknown or not installed.

    """
    if engine not in ENGINES:
        raise ConfigError(f"unknown engine “{engine}”; known are {', '.join(ENGINES)}")
    try:
        results = ENGINES[engine](graph)
    except ImportError as error:
        raise ConfigError(f"the engine {engine} is not installed: pip install {engine}") from error
    described = _describe_shapes()
    seen: set[tuple[str, str, Triple | None]] = set()
    for result in sorted(results, key=lambda r: (r.shape, r.focus, r.path, str(r.value))):
        code, predicate = described.get(result.shape, ("", ""))
        rule = find_rule(code)
        assert rule is not None, f"the shape {result.shape} names no rule"
        triple = _find_triple(graph, result, predicate)
        if (rule.slug, result.focus, triple) not in seen:
            seen.add((rule.slug, result.focus, triple))
            yield Finding(rule.slug, result.focus, result.message, f"See rad2skos explain {rule.slug}.", triple)


def _find_triple(graph: Graph, result: Result, predicate: str) -> Triple | None:
    if result.value is None:
        return None
    for name in (predicate, result.path):
        if name and result.value in graph.objects(result.focus, name):
            return Triple(result.focus, name, result.value)
        if name and isinstance(result.value, str) and result.focus in graph.objects(result.value, name):
            return Triple(result.value, name, result.focus)
    return None


@lru_cache(maxsize=1)
def _describe_shapes() -> Mapping[str, tuple[str, str]]:
    """Return shape -> its rule's code and the property whose statement is at fault."""
    import rdflib  # noqa: PLC0415 - 90 ms, needed by few

    shapes = rdflib.Graph().parse(data=read_shapes(), format="turtle")
    code, predicate = rdflib.URIRef(DCT.identifier), rdflib.URIRef(RAD.NS + "predicate")
    return MappingProxyType(
        {str(shape): (str(shapes.value(shape, code)), str(shapes.value(shape, predicate) or "")) for shape in shapes.subjects(code)}
    )


def run_pyshacl(graph: Graph) -> list[Result]:
    """Run the shapes through pySHACL."""
    import pyshacl  # noqa: PLC0415 - 200 ms
    import rdflib  # noqa: PLC0415 - as above

    shapes = rdflib.Graph().parse(data=read_shapes(), format="turtle")
    _, report, _ = pyshacl.validate(graph.to_rdflib(), shacl_graph=shapes, inference="none", meta_shacl=False)
    return list(_read_report(report, graph))


def run_pyshifty(graph: Graph) -> list[Result]:
    """Run the shapes through pyshifty, an engine in Rust: about twenty times faster."""
    import rdflib  # noqa: PLC0415 - as above
    import shifty  # noqa: PLC0415 - optional; the package is called pyshifty

    shapes = rdflib.Graph().parse(data=read_shapes(), format="turtle")
    _, report, _ = shifty.validate(
        graph.to_rdflib(), shapes, graph_mode="data", infer=False, on_unsupported="error"
    )
    return list(_read_report(report, graph))


def _read_report(report: "rdflib.Graph", graph: Graph) -> Iterator[Result]:
    import rdflib  # noqa: PLC0415 - as above

    def read(node: Any, name: str) -> Any:  # noqa: ANN401 - rdflib's terms
        return report.value(node, rdflib.URIRef(name))

    for node in report.objects(None, rdflib.URIRef(SH.result)):
        path, value = read(node, SH.resultPath), read(node, SH.value)
        yield Result(
            focus=_plain(read(node, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value=None if value is None else _as_term(value, graph),
            shape=str(read(node, SH.sourceShape)),
            message=str(read(node, SH.resultMessage) or ""),
        )


def _plain(node: Any) -> str:  # noqa: ANN401 - rdflib's terms
    import rdflib  # noqa: PLC0415 - as above

    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _as_term(value: Any, graph: Graph) -> Term:  # noqa: ANN401 - rdflib's terms
    import rdflib  # noqa: PLC0415 - as above

    del graph
    if isinstance(value, rdflib.Literal):
        return Literal(str(value), (value.language or "").lower(), str(value.datatype or "") if not value.language else "")
    return _plain(value)


ENGINES: Final[Mapping[str, Callable[[Graph], list[Result]]]] = MappingProxyType(
    {"pyshacl": run_pyshacl, "pyshifty": run_pyshifty}
)
"""SHACL engine -> how it is run."""
