"""The SHACL shapes: where they lie, how an engine runs them, and what a result says in the catalogue's words."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from skosify_rad.checks.finding import Finding
from skosify_rad.graph.graph import Graph
from skosify_rad.model.catalogue import find_rule
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.namespaces import DCT, SH
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Term, Triple

if TYPE_CHECKING:
    import rdflib

CORE: Final = "skos-core.ttl"
"""SHACL Core only."""
SPARQL: Final = "skos-sparql.ttl"
"""What Core cannot say, in SHACL-SPARQL."""

SKOLEM: Final = "https://w3id.org/rad2skos/.well-known/genid/"
"""Begins the IRIs that stand for blank nodes."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


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
        raise ConfigError(
            f"the engine {engine} is not installed: pip install {engine.removesuffix('-core')}"
        ) from error
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


def list_shaped_codes(engine: str) -> frozenset[str]:
    """Return the codes of the rules that the shapes of an engine say."""
    import rdflib  # noqa: PLC0415 - 90 ms, needed by few

    names = (CORE,) if engine.endswith("-core") else ()
    shapes = rdflib.Graph().parse(data=read_shapes(*names), format="turtle")
    return frozenset(str(code) for code in shapes.objects(None, rdflib.URIRef(DCT.identifier)))


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
    code, predicate = rdflib.URIRef(DCT.identifier), rdflib.URIRef(RAD.predicate)
    return MappingProxyType(
        {
            str(shape): (str(shapes.value(shape, code)), str(shapes.value(shape, predicate) or ""))
            for shape in shapes.subjects(code)
        }
    )


def run_pyshacl(graph: Graph, *names: str) -> list[Result]:
    """Run shapes files through pySHACL, both when none is named."""
    import pyshacl  # noqa: PLC0415 - 200 ms

    from skosify_rad.checks.indexed import index_graph  # noqa: PLC0415 - imports rdflib

    shapes = index_graph(read_shapes(*names), "turtle")
    data = index_graph(write_ntriples(graph), "nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    return list(read_report(report))


def run_pyshacl_core(graph: Graph) -> list[Result]:
    """Run the Core shapes alone through pySHACL: the SPARQL shapes take 50 times as long on 180 concepts."""
    return run_pyshacl(graph, CORE)


def run_pyshifty(graph: Graph, *names: str) -> list[Result]:
    """Run shapes files through pyshifty, an engine in Rust; optional."""
    import shifty  # noqa: PLC0415 - optional; the package is called pyshifty

    engine = shifty.PreparedValidator(read_shapes(*names).encode())
    _, report, _ = engine.validate(write_ntriples(graph), graph_mode="data", infer=False)
    return list(read_report(report))


def run_pyshifty_core(graph: Graph) -> list[Result]:
    """Run the Core shapes alone through pyshifty: the fastest of the engines."""
    return run_pyshifty(graph, CORE)


def write_ntriples(graph: Graph) -> bytes:
    """Return the graph as N-Triples for an engine, blank nodes as IRIs, so that its results name them.

    Source: https://www.w3.org/TR/rdf11-concepts/#section-skolemization.
    """
    lines = [f"<{_name(s)}> <{p}> {_write_term(o)} .\n" for s, p, o in graph]
    return "".join(lines).encode("utf-8", "surrogatepass")


def _name(node: str) -> str:
    return SKOLEM + node[2:] if node.startswith("_:") else node


def _write_term(term: Term) -> str:
    if isinstance(term, str):
        return f"<{_name(term)}>"
    text = '"' + term.value.translate(_ESCAPES) + '"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def read_report(report: "rdflib.Graph") -> Iterator[Result]:
    """Yield the results of a SHACL report graph."""
    import rdflib  # noqa: PLC0415 - as above

    def read(node: Any, name: str) -> Any:  # noqa: ANN401 - rdflib's terms
        return report.value(node, rdflib.URIRef(name))

    for node in report.objects(None, rdflib.URIRef(SH.result)):
        path, value = read(node, SH.resultPath), read(node, SH.value)
        yield Result(
            focus=_plain(read(node, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            value=None if value is None else _as_term(value),
            shape=str(read(node, SH.sourceShape)),
            message=str(read(node, SH.resultMessage) or ""),
        )


def _plain(node: object) -> str:
    iri = str(node)
    return "_:" + iri[len(SKOLEM) :] if iri.startswith(SKOLEM) else iri


def _as_term(value: Any) -> Term:  # noqa: ANN401 - rdflib's terms
    import rdflib  # noqa: PLC0415 - as above

    if not isinstance(value, rdflib.Literal):
        return _plain(value)
    if value.language:
        return Literal(str(value), value.language.lower())
    return Literal(str(value), datatype="" if value.datatype in (None, rdflib.XSD.string) else str(value.datatype))


ENGINES: Final[Mapping[str, Callable[[Graph], list[Result]]]] = MappingProxyType(
    {
        "pyshacl-core": run_pyshacl_core,
        "pyshacl": run_pyshacl,
        "pyshifty-core": run_pyshifty_core,
        "pyshifty": run_pyshifty,
    }
)
"""SHACL engine -> how it is run."""
