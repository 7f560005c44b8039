"""Cost of `rad2skos load` into the embedded store, relative to pyoxigraph's bulk loader alone.

    python benchmarks/loading.py [FILE] [--runs 5]

FILE is an RDF file; by default, an invented vocabulary of about 69,000 triples is written to a temporary folder. Each
run is a fresh process, so CPU time (user + system, children included) and peak memory include the start of Python.
`load` includes reading everything back and comparing it. The two columns are measured in turn.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from vocabularies import write_turtle

_CONCEPTS: Final = 11_100
_BULK_LOAD: Final = """
import sys, pyoxigraph as ox
ox.Store(sys.argv[2]).bulk_load(path=sys.argv[1], to_graph=ox.NamedNode("urn:g"))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one process."""

    cpu_seconds: float
    peak_megabytes: float


def measure(command: list[str]) -> Cost:
    """Run a command and return its cost, children included."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own commands
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    kilobytes = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def main() -> None:
    """Print the medians of both commands and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    load = [sys.executable, "-m", "skosify_rad", "load", "--quiet"]
    costs: dict[str, list[Cost]] = {"bulk_load": [], "load, new graph": [], "load, same again": []}
    with tempfile.TemporaryDirectory() as folder:
        file = str(arguments.file or write_turtle(Path(folder, "vocabulary.ttl"), _CONCEPTS))
        for run in range(arguments.runs):
            costs["bulk_load"].append(measure([sys.executable, "-c", _BULK_LOAD, file, f"{folder}/plain-{run}"]))
            for name in ("load, new graph", "load, same again"):
                costs[name].append(measure([*load, file, "--to", f"{folder}/store-{run}"]))
    base = median(cost.cpu_seconds for cost in costs["bulk_load"])
    for name, runs in costs.items():
        cpu, memory = median(cost.cpu_seconds for cost in runs), median(cost.peak_megabytes for cost in runs)
        print(f"{name:<18}{cpu:8.2f} s CPU{cpu / base:8.2f} times{memory:8.0f} MB peak")


if __name__ == "__main__":
    main()
