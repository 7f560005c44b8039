"""Measure what the lines of findings cost in a vocabulary with long lists of objects, and how that grows.

    python benchmarks/places.py                          every syntax at 5,000, 10,000 and 20,000 objects
    python benchmarks/places.py --sizes 40000 80000 --syntaxes nt

One concept has so many narrower ones, each without a label: every statement of the list has a finding. Each run is a
fresh process; CPU seconds count, less those of reading alone. Twice the objects may take twice the time.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
from checking import WAYS, run

SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""File suffix -> syntax; JSON-LD is one line."""


def write_list(folder: Path, suffix: str, size: int) -> Path:
    """Write a vocabulary in which one concept has so many narrower ones; return its path."""
    names = ", ".join(f":c{number}" for number in range(size))
    text = (
        "@prefix : <http://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f':hub a skos:Concept ; skos:prefLabel "Hub"@en ; skos:narrower {names} .\n'
    )
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    path = folder / f"list-{size}.{suffix}"
    path.write_bytes(ox.serialize(quads, format=SYNTAXES[suffix]) or b"")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[5_000, 10_000, 20_000])
    parser.add_argument("--syntaxes", nargs="+", default=list(SYNTAXES), choices=list(SYNTAXES))
    options = parser.parse_args(arguments)
    print(f"{'CPU seconds':12}" + "".join(f"{size:>10,}" for size in options.sizes) + "     ratio")
    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as scratch:
        for suffix in options.syntaxes:
            costs = []
            for size in options.sizes:
                path = write_list(Path(scratch), suffix, size)
                read, whole = (run([sys.executable, *WAYS[way], str(path)]) for way in ("read", "validate-json"))
                costs.append(whole.cpu_seconds - read.cpu_seconds)
            cells = "".join(f"{cost:>10.2f}" for cost in costs)
            print(f"{suffix:12}{cells}{costs[-1] / costs[0]:>10.1f}", flush=True)


if __name__ == "__main__":
    main()
