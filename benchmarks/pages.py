"""Cost of the static site, relative to rdflib reading the same vocabulary from Turtle.

    python benchmarks/pages.py                 5,250 invented notes: some 10,000 concepts, two minutes
    python benchmarks/pages.py --notes 500

The baseline is what pyLODE and other writers of such sites begin with: rdflib parses the graph. CPU seconds are
user and system time of this process; memory is what the site adds to the highest of it. `new` writes every file,
`same again` finds all of them there. Use a file system in memory (TMPDIR=/dev/shm): where 30,000 files have just been
removed, ext4 spends up to 15 s of the processor on creating as many.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import rdflib
from vaults import write_vault

from skosify_rad.model.config import Config
from skosify_rad.outputs.site import SiteReceipt, make_site, write_site
from skosify_rad.outputs.turtle import TURTLE
from skosify_rad.pipeline import build

Result = TypeVar("Result")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--notes", type=int, default=5_250)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as scratch:
        config, folder = Config(), Path(scratch) / "site"
        export = build(write_vault(Path(scratch) / "vault", options.notes), config)
        turtle = TURTLE.render(export.graph, config)

        def make() -> SiteReceipt:
            return write_site(folder, make_site(export.graph, export.sources, export.diagnostics, config))

        before = find_peak()
        receipt, new = measure(make)
        added = find_peak() - before
        _, again = measure(make)
        _, base = measure(lambda: rdflib.Graph().parse(data=turtle, format="turtle"))
    pages = sum(path.suffix == ".html" for path in receipt.files)
    print(f"{len(receipt.files):,} files, {pages:,} of them pages; {added:.0f} MB more memory")
    for name, cost in (("rdflib reads", base), ("site, new", new), ("site, same again", again)):
        print(f"{name:<18}{cost:8.2f} s CPU{cost / base:8.2f} times")


def measure(call: Callable[[], Result]) -> tuple[Result, float]:
    """Return what a call returns, and its CPU seconds."""
    began = time.process_time()
    result = call()
    return result, time.process_time() - began


def find_peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))


if __name__ == "__main__":
    main()
