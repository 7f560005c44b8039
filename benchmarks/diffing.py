"""Cost of `rad2skos diff` relative to reading the two vocabularies alone.

    python benchmarks/diffing.py [--concepts 250000] [--runs 1]

The old vocabulary is invented; the new one is the same with every hundredth name rewritten ("few"), or with another
hierarchy and other relations throughout ("most"). Each run is a fresh process, so CPU time (user and system)
and peak memory include the start of Python. The commands are measured in turn.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from loading import Cost, measure
from vocabularies import build_turtle, write_turtle

_READ: Final = """
import sys
from skosify_rad.cli.editions import read_edition
from skosify_rad.model.gc_pause import collector_held
with collector_held():
    kept = [read_edition(name) for name in sys.argv[1:]]
"""
_REWRITTEN: Final = 100
"""One concept in so many gets other words."""


def write_changed(path: Path, concepts: int) -> Path:
    """Write the vocabulary with other words in every hundredth concept, and return its path."""
    with path.open("w", encoding="utf-8") as file:
        for number, block in enumerate(build_turtle(concepts)):
            file.write(block if number % _REWRITTEN else block.replace('"@en', ' revised"@en', 1))
    return path


def run(concepts: int, runs: int) -> dict[str, dict[str, list[Cost]]]:
    """Return the costs of reading and of comparing, by how much changed."""
    costs: dict[str, dict[str, list[Cost]]] = {}
    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as folder:
        old = str(write_turtle(Path(folder, "old.ttl"), concepts))
        files = {
            "few": str(write_changed(Path(folder, "few.ttl"), concepts)),
            "most": str(write_turtle(Path(folder, "most.ttl"), concepts, seed=2)),
        }
        for name, new in files.items():
            commands = {
                "read both": [sys.executable, "-c", _READ, old, new],
                **{
                    f"diff, {form}": [sys.executable, "-m", "skosify_rad", "diff", old, new, "--format", form]
                    for form in ("text", "json", "sparql")
                },
            }
            costs[name] = {what: [] for what in commands}
            for _ in range(runs):
                for what, command in commands.items():
                    costs[name][what].append(measure(command))
    return costs


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the medians and their ratio to reading both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--concepts", type=int, default=250_000)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args(arguments)
    for name, found in run(options.concepts, options.runs).items():
        base = median(cost.cpu_seconds for cost in found["read both"])
        for what, runs in found.items():
            cpu, memory = median(cost.cpu_seconds for cost in runs), median(cost.peak_megabytes for cost in runs)
            print(f"{name:<6}{what:<14}{cpu:8.2f} s CPU{cpu / base:8.2f} times{memory:8.0f} MB peak")


if __name__ == "__main__":
    main()
