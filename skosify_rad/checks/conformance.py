"""Run the SHACL shapes on a built graph: ours, and those of `[checks] shapes`."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from skosify_rad.checks.house_shapes import find_house_findings, read_house_shapes
from skosify_rad.checks.shacl import read_shapes, write_ntriples
from skosify_rad.checks.validate import settle, validate_with_shapes
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostic_rows import read_row, write_row
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
    """Why they were not run; empty if they were, now or on the same graph before."""
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
        results = "1 result" if number == 1 else f"{number:,} results"
        return f"SHACL shapes: {results}, listed with the findings ({', '.join(sorted(slugs))})"


def choose_engine(engine: str, concepts: int) -> tuple[str, str]:
    """Return the engine to run and, if it is empty, why none is."""
    if engine == AUTO and concepts > MOST_CONCEPTS:
        return "", f"by themselves above {MOST_CONCEPTS:,} concepts; --shapes {ENGINE} runs them"
    return ("", "(--shapes none)") if engine == "none" else (ENGINE if engine == AUTO else engine, "")


def run_conformance(graph: Graph, sources: SourceMap, config: Config, run: tuple[str, Path | None]) -> Conformance:
    """Run an engine, unless the file `kept` holds what it found in this graph before.

    `run` holds the engine and the path of that file, None to keep nothing. What was found counts only as long as no
    statement moved to another line; that nothing was found counts as long as the graph is the same.

    Raises:
        ConfigError: the engine is not installed, or the user's own shapes cannot be run.

    """
    engine, kept = run
    house = read_house_shapes(config)
    environment = find_environment((engine, house, read_shapes(), config.checks), "pyshacl", "rdflib") if kept else ""
    digest = hash_bytes(environment.encode() + write_ntriples(graph))
    places = hash_bytes(repr([item.place for items in sources.values() for item in items]).encode(errors="replace"))
    found = _read_kept(kept, digest, places) if kept and environment else None
    if found is None:
        found = (*validate_with_shapes(graph, sources, config, engine), *find_house_findings(graph, sources, config))
        if kept and environment:
            with suppress(orjson.JSONEncodeError):  # half a UTF-16 pair in a path, perhaps
                write_kept(kept, [orjson.dumps([digest, places, [*map(write_row, found)]])])
    return Conformance(settle(found, config), partly=bool(config.checks.select or config.checks.ignore))


def _read_kept(kept: Path, digest: str, places: str) -> tuple[Diagnostic, ...] | None:
    """Return what was found in this graph before; None if nothing is known."""
    try:
        same, there, rows = orjson.loads(kept.read_bytes())
        return tuple(map(read_row, rows)) if same == digest and (there == places or not rows) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None
