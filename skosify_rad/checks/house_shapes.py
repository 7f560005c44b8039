"""The user's own SHACL shapes: `[checks] shapes` names Turtle files beside or below the configuration file.

The configuration may come with a vault from elsewhere, so the shapes are SHACL Core: they run no SPARQL, no script and
read nothing from the network.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from skosify_rad.checks.finding import Finding
from skosify_rad.checks.shacl import find_triple
from skosify_rad.checks.validate import locate
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.config import Config
from skosify_rad.model.config_files import MAX_BYTES
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, Severity
from skosify_rad.model.namespaces import SH
from skosify_rad.model.statements import Triple

_NOT_CORE: Final = frozenset(
    SH.NS + name
    for name in "ask construct expression js jsLibrary nodeValidator propertyValidator rule select sparql target"
    " update validator values".split()
)
_SEVERITIES: Final = {SH.Info: Severity.INFO, SH.Warning: Severity.WARNING}


def read_house_shapes(config: Config) -> str:
    """Return the text of the shapes files that the configuration names; empty if it names none.

    Raises:
        ConfigError: a file is missing, too large, outside the configuration's folder, not Turtle or not SHACL Core.

    """
    beside = (config.path.parent if config.path else Path()).resolve()
    return "\n".join(_read_file(name, beside) for name in config.checks.shapes)


def _read_file(name: str, beside: Path) -> str:
    where = f"[checks] shapes: {name!r}"
    file = (beside / name).resolve()
    if not file.is_relative_to(beside) or not file.is_file():
        raise ConfigError(f"{where} is no file in {beside}")
    if file.stat().st_size > MAX_BYTES:
        raise ConfigError(f"{where} is larger than {MAX_BYTES:,} bytes")
    data = file.read_bytes()
    try:
        used = {quad.predicate.value for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}
    except (SyntaxError, ValueError) as error:
        raise ConfigError(f"{where} is not Turtle: {error}") from error
    if more := used & _NOT_CORE:
        raise ConfigError(f"{where} uses sh:{min(more).removeprefix(SH.NS)}; only SHACL Core is run")
    return data.decode()


def find_house_findings(graph: Graph, sources: SourceMap, config: Config) -> Iterator[Diagnostic]:
    """Yield what violates the user's own shapes, with its place and the severity that the shape gives it.

    Raises:
        ConfigError: the shapes cannot be read, or pySHACL cannot run them.

    """
    shapes = read_house_shapes(config)
    if not shapes:
        return
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415 - 200 ms

    from skosify_rad.checks.shacl_engines import run_shapes  # noqa: PLC0415 - imports rdflib, 90 ms

    try:
        results = run_shapes(graph, "pyshacl", shapes)
    except ReportableRuntimeError as error:
        raise ConfigError(f"[checks] shapes: pySHACL cannot run them: {error}") from error
    for result in sorted(results, key=lambda r: (r.focus, r.path, str(r.value), r.message)):
        stated = graph.objects(result.focus, result.path)
        triple = find_triple(graph, result) or (Triple(result.focus, result.path, stated[0]) if stated else None)
        finding = Finding("house-shape", result.focus, result.message, "", triple)
        yield replace(locate(finding, graph, sources), severity=_SEVERITIES.get(result.severity, Severity.ERROR))
