"""One pipeline over one vault in this process, each stage timed: what `compare.py` starts, a fresh process a run.

    python benchmarks/stages.py PIPELINE VAULT OUT

Prints a JSON object: seconds and CPU seconds of each stage (children included), peak memory, and what was made.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

PIPELINES: Final = (
    "rad2skos",
    "rad2skos-processes",
    "rad2skos-unchanged",
    "rad2skos-edited",
    "obvious-sparql",
    "obvious-core",
    "obvious-bare",
)
"""Ours in one process without a cache, in one process a core, when nothing has changed since the last build, and after
an edit of one note; the obvious pipeline with SPARQL shapes, with Core shapes, without shapes.
"""

_STAGES: Final = {
    "read_vault": "read",
    "Links": "read",
    "read_entries": "read",
    "extract": "extract",
    "resolve": "resolve",
    "build_graph": "graph",
    "keep_writable": "graph",
    "settle": "check",
    "validate": "check",
    "merge": "check",
    "count": "check",
    "write_files": "files",
}
"""Function that pipeline.py calls -> the stage its time counts for; evidence is made while its file is written."""
_REPEATED: Final = ("unchanged", "edited")
"""Ways that need a first build, made in another process."""
_EDIT: Final = "\n## Differential diagnosis\n- [[{other}]]: seldom seen\n\n## Types\n- Wandering bone tumour\n"
"""What is added to one note: a differential and a subtype."""


class Clock:
    """Adds up what stages cost; a stage within another counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}
        self._within: list[tuple[float, float]] = [(0, 0)]

    def time(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that also counts its time for a stage."""

        def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the function takes and returns
            began, cpu_began = time.perf_counter(), find_cpu_seconds()
            self._within.append((0, 0))
            try:
                return function(*arguments, **options)
            finally:
                spent, cpu_spent = time.perf_counter() - began, find_cpu_seconds() - cpu_began
                within, cpu_within = self._within.pop()
                outer, cpu_outer = self._within[-1]
                self._within[-1] = outer + spent, cpu_outer + cpu_spent
                self.seconds[stage] = self.seconds.get(stage, 0) + spent - within
                self.cpu_seconds[stage] = self.cpu_seconds.get(stage, 0) + cpu_spent - cpu_within

        return timed

    def time_pieces(self, stage: str, function: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
        """Return a function whose pieces, made one by one, also count their time for a stage."""

        def timed(*arguments: Any) -> Iterator[bytes]:  # noqa: ANN401 - as above
            pieces = self.time(stage, partial(next, iter(function(*arguments)), None))
            return iter(pieces, None)

        return timed

    def add_up(self) -> None:
        """Add the sum of all stages."""
        for spent in (self.seconds, self.cpu_seconds):
            spent["whole"] = sum(spent.values())


def find_cpu_seconds() -> float:
    """Return the CPU seconds, user and system, of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def run_ours(vault: Path, out: Path, clock: Clock, way: str) -> dict[str, int]:
    """Export a vault as `rad2skos build` does; the clock stands around the functions that are called there."""
    from skosify_rad.extraction.executors import Means, Processes  # noqa: PLC0415 - the other pipelines do without
    from skosify_rad.outputs.last_build import BuildRecord, LastBuild  # noqa: PLC0415 - as above

    pipeline: Any = import_module("skosify_rad.pipeline")  # as above
    config: Any = import_module("skosify_rad.model.config").Config()
    cache = out / "cache" if way in (*_REPEATED, "first") else None
    first = _make_first(vault, out, edits=way == "edited") if way in _REPEATED else {}
    for name, stage in _STAGES.items():
        setattr(pipeline, name, clock.time(stage, getattr(pipeline, name)))
    pipeline.write_report = clock.time_pieces("reports", pipeline.write_report)
    find = pipeline.find_output
    pipeline.find_output = lambda name: replace(find(name), write=clock.time_pieces("outputs", find(name).write))
    record = BuildRecord(cache, vault, out, config) if cache else None
    last = clock.time("record", record.find)() if record else None
    if last is not None:
        return {**first, "findings": len(last.diagnostics)}
    executor = Processes()
    means = Means(executor=executor) if way == "processes" else Means(cache=cache)
    export = clock.time("rest", pipeline.build)(vault, config, means, out)
    clock.time("extract", executor.shutdown)()  # the CPU time of processes counts once they have ended
    files = clock.time("rest", pipeline.write)(export, out, config).files
    if record:
        clock.time("record", record.keep)(LastBuild(export.diagnostics, export.counts, files, ""))
    return {
        "notes": export.counts.notes_read,
        "concepts": export.counts.concepts,
        "triples": len(export.graph),
        "findings": len(export.diagnostics),
    }


def _make_first(vault: Path, out: Path, *, edits: bool) -> dict[str, int]:
    """Build a vault in another process, edit a note if asked to, and return what was made."""
    command = [sys.executable, __file__, "rad2skos-first", str(vault), str(out)]
    made: dict[str, int] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["made"]  # noqa: S603
    if edits:
        note, other = max(vault.rglob("*.md")), min(vault.rglob("*.md"))
        added = _EDIT.format(other=other.relative_to(vault).as_posix()[: -len(".md")])
        note.write_text(note.read_text(encoding="utf-8") + added, encoding="utf-8")
    return made


def run_obvious(vault: Path, out: Path, clock: Clock, shapes: str) -> dict[str, int]:
    """Export a vault with the obvious pipeline."""
    import obvious  # noqa: PLC0415 - ours does without
    from rdflib import RDF, SKOS  # noqa: PLC0415 - as above

    posts = clock.time("read", obvious.read_notes)(vault)
    statements = clock.time("extract", obvious.parse_notes)(posts)
    graph = clock.time("graph", obvious.build_graph)(posts, statements)
    if shapes != "bare":
        clock.time("check", obvious.validate_graph)(graph, shapes)
    clock.time("outputs", obvious.write_turtle)(graph, out)
    clock.time("outputs", obvious.write_jsonld)(graph, out)
    concepts = len(set(graph.subjects(RDF.type, SKOS.Concept)))
    return {"notes": len(posts), "concepts": concepts, "triples": len(graph)}


def main(pipeline: str, vault: Path, out: Path) -> None:
    """Run one pipeline and print what it cost."""
    clock = Clock()
    out.mkdir(parents=True, exist_ok=True)
    name, _, way = pipeline.partition("-")
    made = run_ours(vault, out, clock, way) if name == "rad2skos" else run_obvious(vault, out, clock, way)
    clock.add_up()
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    cost = {"seconds": clock.seconds, "cpu_seconds": clock.cpu_seconds, "peak_megabytes": kilobytes / 1024}
    print(json.dumps({"pipeline": pipeline, **cost, "made": made}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
