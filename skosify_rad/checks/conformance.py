"""Run the SHACL shapes on a built graph: ours, and those of `[checks] shapes`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from skosify_rad.checks.house_shapes import find_house_findings, read_house_shapes
from skosify_rad.checks.shacl import read_shapes, write_ntriples
from skosify_rad.checks.validate import settle, validate_with_shapes
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic
from skosify_rad.model.kept_files import find_environment, hash_bytes, write_kept

MOST_CONCEPTS: Final = 1_000
"""The shapes run by default on graphs up to this size; pySHACL takes 2.5 s of CPU for it."""
AUTO: Final = "auto"
"""The engine that stands for `ENGINE` up to that size and for none above."""
ENGINE: Final = "pyshacl-core"


class Conformance(NamedTuple):
    """What the shapes found."""

    found: tuple[Diagnostic, ...] = ()
    """Their results, as findings."""
    not_run: str = ""
    """Why they were not run; empty if they were, or if the graph is one that conformed before."""
    partly: bool = False
    """Rules that the configuration does not select were left out."""

    def describe(self, merged: Iterable[Diagnostic]) -> str:
        """Return a phrase about the graph; `merged` holds all findings, those of the shapes among them."""
        if self.not_run:
            return f"SHACL shapes: not run {self.not_run}"
        slugs = {finding.rule.slug for finding in self.found}
        if not slugs:
            return "conforms to the SHACL shapes" + (" of the selected rules" if self.partly else "")
        number = sum(finding.rule.slug in slugs for finding in merged)
        return f"SHACL shapes: {number:,} results, listed with the findings ({', '.join(sorted(slugs))})"


def choose_engine(engine: str, concepts: int) -> tuple[str, str]:
    """Return the engine to run and, if it is empty, why none is."""
    if engine == AUTO and concepts > MOST_CONCEPTS:
        return "", f"by themselves above {MOST_CONCEPTS:,} concepts; --shapes {ENGINE} runs them"
    return ("", "(rad2skos build runs them)") if engine == "none" else (ENGINE if engine == AUTO else engine, "")


def run_conformance(graph: Graph, sources: SourceMap, config: Config, run: tuple[str, Path | None]) -> Conformance:
    """Run an engine, unless the graph is the one that conformed when the file `kept` was written.

    `run` holds the engine and the path of that file, None to keep nothing.

    Raises:
        ConfigError: the engine is not installed, or the user's own shapes cannot be run.

    """
    engine, kept = run
    house = read_house_shapes(config)
    environment = find_environment((engine, house, read_shapes(), config.checks), "pyshacl", "rdflib") if kept else ""
    digest = hash_bytes(environment.encode() + write_ntriples(graph)).encode()
    partly = bool(config.checks.select or config.checks.ignore)
    if kept and environment and _read(kept) == digest:
        return Conformance(partly=partly)
    found = (*validate_with_shapes(graph, sources, config, engine), *find_house_findings(graph, sources, config))
    if kept and environment and not found:
        write_kept(kept, [digest])
    return Conformance(settle(found, config), partly=partly)


def _read(kept: Path) -> bytes:
    try:
        return kept.read_bytes()
    except OSError:
        return b""
