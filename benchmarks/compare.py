"""Measure rad2skos and the obvious pipeline side by side, in one run, and print the ratios.

    python benchmarks/compare.py                          1,000 and 10,000 notes
    python benchmarks/compare.py --notes 1000             a quick look, a minute
    python benchmarks/compare.py --alone 100000           rad2skos alone on this many notes too

Each run is a fresh process on a freshly invented vault; the pipelines take turns, so that a machine that slows down
slows all of them. CPU seconds are user and system time, those of worker processes included; ratios are of CPU seconds.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from stages import PIPELINES
from vaults import write_vault

HERE: Final = Path(__file__).parent
STAGES: Final = (
    "read",
    "extract",
    "resolve",
    "graph",
    "check",
    "outputs",
    "reports",
    "files",
    "record",
    "rest",
    "whole",
)
"""The stages in their order; the obvious pipeline resolves in `graph`, and has no reports and no evidence (`files`)."""
PACKAGES: Final = "rad2skos pyromark orjson pyoxigraph python-frontmatter markdown-it-py rdflib pyshacl".split()

Run = dict[str, Any]
"""What `stages.py` prints."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    options = parse_options(arguments)
    print(describe_machine())
    found: dict[int, dict[str, Run]] = {}
    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as scratch:
        for notes in sorted({*options.notes, *options.alone}):
            vault = write_vault(Path(scratch) / f"vault-{notes}", notes, options.seed)
            pipelines = (
                options.pipelines if notes in options.notes else [p for p in PIPELINES if p.startswith("rad2skos")]
            )
            found[notes] = measure(vault, pipelines, options.repeat)
            print(render_stages(notes, found[notes]))
    print(render_growth({notes: runs["rad2skos"] for notes, runs in found.items()}))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--notes", type=int, nargs="+", default=[1_000, 10_000], help="sizes to compare at")
    parser.add_argument("--alone", type=int, nargs="*", default=[], help="sizes for rad2skos alone")
    parser.add_argument("--pipelines", nargs="+", default=list(PIPELINES), choices=PIPELINES)
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; the median counts")
    parser.add_argument("--seed", type=int, default=1, help="of the invented notes")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args(arguments)
    options.pipelines = ["rad2skos", *(p for p in options.pipelines if p != "rad2skos")]
    return options


def describe_machine() -> str:
    """Return processor, cores, Python and versions: what the figures are worth."""
    names = [line.split(":", 1)[1].strip() for line in _read_lines("/proc/cpuinfo") if line.startswith("model name")]
    processor = names[0] if names else platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores{load}, {platform.system()}, {python}\n{versions}\n"


def _read_lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def measure(vault: Path, pipelines: Sequence[str], repeat: int) -> dict[str, Run]:
    """Run the pipelines by turns; return each one's run of median CPU time."""
    runs: dict[str, list[Run]] = {name: [] for name in pipelines}
    for _ in range(repeat):
        for name in pipelines:
            with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as out:
                command = [sys.executable, str(HERE / "stages.py"), name, str(vault), out]
                environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)  # noqa: S603
            runs[name].append(json.loads(done.stdout))
    return {name: _median(found) for name, found in runs.items()}


def _median(runs: list[Run]) -> Run:
    middle = statistics.median_low(run["cpu_seconds"]["whole"] for run in runs)
    return next(run for run in runs if run["cpu_seconds"]["whole"] == middle)


def render_stages(notes: int, runs: dict[str, Run]) -> str:
    """Return the stages of all pipelines beside one another, and the ratio of each one's CPU time to ours."""
    ours = runs["rad2skos"]
    lines = [f"{notes:,} notes, CPU seconds (seconds)", "".join([f"{'':10}", *(f"{name:>20}" for name in runs)])]
    for stage in STAGES:
        cells = []
        for run in runs.values():
            spent = run["seconds"].get(stage)
            cpu = run["cpu_seconds"].get(stage, 0)
            cells.append(f"{'':20}" if spent is None else f"{f'{cpu:,.2f} ({spent:,.2f})':>20}")
        lines.append("".join([f"{stage:10}", *cells]))
    ratios = [run["cpu_seconds"]["whole"] / ours["cpu_seconds"]["whole"] for run in runs.values()]
    lines.append("".join([f"{'times ours':10}", *(f"{ratio:>20.2f}" for ratio in ratios)]))
    lines.append("".join([f"{'peak MB':10}", *(f"{run['peak_megabytes']:>20,.0f}" for run in runs.values())]))
    made = ("concepts", "triples")
    lines += ["".join([f"{what:10}", *(f"{run['made'][what]:>20,}" for run in runs.values())]) for what in made]
    return "\n".join(lines) + "\n"


def render_growth(runs: dict[int, Run]) -> str:
    """Return what a note costs rad2skos at each size."""
    lines = [f"{'rad2skos':>10}{'ms a note':>12}{'CPU ms':>10}{'peak MB':>10}{'kB a note':>11}"]
    for notes, run in runs.items():
        wall, cpu = (1000 * run[key]["whole"] / notes for key in ("seconds", "cpu_seconds"))
        peak = run["peak_megabytes"]
        lines.append(f"{notes:>10,}{wall:>12.2f}{cpu:>10.2f}{peak:>10,.0f}{1024 * peak / notes:>11.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
