"""Measure rad2skos validate beside pySHACL, pyshifty and Skosify on one invented vocabulary, and print the ratios.

    python benchmarks/checking.py                                1,000 concepts, everything installed here
    python benchmarks/checking.py --concepts 10000 --ways read validate pyshacl-core
    python benchmarks/checking.py --concepts 250000 --ways read validate
    python benchmarks/checking.py --skosify /tmp/venv/bin/skosify    Skosify in an environment of its own

Each run is a fresh process; CPU seconds count, of the process and its children, the start of Python included. `read` is
the parser, pyoxigraph, filling the structure that the checks read; `validate` is the whole command. pySHACL's SPARQL
shapes parse a query for each node: ask for them at a few hundred concepts.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vocabularies import write_turtle

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": (
        "-c",
        "import skosify_rad.cli.validate, skosify_rad.checks.validate, skosify_rad.graph.readers, pyoxigraph",
    ),
    "parse": (
        *(
            "-c",
            "import sys, pyoxigraph as o; print(sum(1 for _ in o.parse(path=sys.argv[1], format=o.RdfFormat.TURTLE)))",
        ),
    ),
    "read": (
        "-c",
        "import sys, gc; gc.disable(); import skosify_rad.graph.readers as r; r.read_vocabulary(sys.argv[1:])",
    ),
    "validate": ("-m", "skosify_rad", "validate"),
    "validate-json": ("-m", "skosify_rad", "validate", "--report", "json"),
    "pyshifty-core": ("-m", "skosify_rad", "validate", "--engine", "pyshifty-core"),
    "pyshacl-core": ("-m", "skosify_rad", "validate", "--engine", "pyshacl-core"),
    "pyshacl": ("-m", "skosify_rad", "validate", "--engine", "pyshacl"),
    "pyshacl-plain": ("-m", "pyshacl", "-s", "{shapes}"),
}
"""Way -> what Python is started with, before the file; `pyshacl-plain` is the Core shapes by pySHACL's own command."""
SHAPES: Final = Path(__file__).parents[1] / "shapes" / "skos-core.ttl"
"""The shapes that `pyshacl-plain` runs."""


class Cost(NamedTuple):
    """What a run cost."""

    cpu_seconds: float
    """User and system time."""
    peak_megabytes: float
    """Most memory held by any process so far: sizes and ways are run from small to large."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    options = parse_options(arguments)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{os.cpu_count()} cores, load {load:.1f}, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as scratch:
        for concepts in options.concepts:
            path = write_turtle(Path(scratch) / f"v{concepts}.ttl", concepts, options.seed)
            print(f"\n{concepts:,} concepts, {path.stat().st_size / 1e6:.1f} MB")
            print(render(measure(path, options)))


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--concepts", type=int, nargs="+", default=[1_000], help="sizes of the vocabulary")
    parser.add_argument("--ways", nargs="+", default=["start", "read", "validate", "pyshacl-core"], choices=list(WAYS))
    parser.add_argument("--skosify", help="command of Skosify, where it is installed")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; the fastest counts")
    parser.add_argument("--seed", type=int, default=1, help="of the invented vocabulary")
    return parser.parse_args(arguments)


def measure(path: Path, options: argparse.Namespace) -> dict[str, Cost]:
    """Return what each way costs on a file."""
    commands = {
        way: [sys.executable, *(part.replace("{shapes}", str(SHAPES)) for part in WAYS[way]), str(path)]
        for way in options.ways
    }
    if options.skosify:
        commands["skosify"] = [options.skosify, str(path), "-o", str(path.with_suffix(".skosify.ttl"))]
    return {way: min(run(command) for _ in range(options.repeat)) for way, command in commands.items()}


def run(command: Sequence[str]) -> Cost:
    """Run a command and return its cost; findings are no failure."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    kilobytes = after.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(cpu_seconds, kilobytes / 1024)


def render(costs: Mapping[str, Cost]) -> str:
    """Return a table with the ratio of each way to `validate`, or to the first."""
    base = costs.get("validate") or next(iter(costs.values()))
    lines = [f"{'':<16}{'CPU s':>9}{'ratio':>8}{'peak MB':>9}"]
    for way, cost in costs.items():
        ratio = cost.cpu_seconds / base.cpu_seconds
        lines.append(f"{way:<16}{cost.cpu_seconds:>9.2f}{ratio:>8.1f}{cost.peak_megabytes:>9.0f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
