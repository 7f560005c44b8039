"""Vaults made to be slow, and how the cost of each grows: doubling what there is may double the time, not more.

python benchmarks/adversarial.py                      every shape at 1,000, 2,000 and 4,000
python benchmarks/adversarial.py --shapes "links of one note" --sizes 50000 100000
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

Notes = Mapping[str, str]
"""Vault path -> text."""


def make_long_list(size: int) -> Notes:
    """Return a list of so many kinds."""
    return {"Osteoma.md": "## Types\n" + "".join(f"- **Kind{i}a osteoma**: dense\n" for i in range(size))}


def make_long_table(size: int) -> Notes:
    """Return a table of so many kinds."""
    rows = "".join(f"| **Kind{i}a osteoma** | dense |\n" for i in range(size))
    return {"Osteoma.md": f"## Types\n\n| Type | Features |\n| --- | --- |\n{rows}"}


def make_deep_list(size: int) -> Notes:
    """Return a list so many levels deep, indented by one blank each."""
    return {"Osteoma.md": "## Types\n" + "".join(" " * i + f"- Kind{i}a osteoma\n" for i in range(size))}


def make_long_note(size: int) -> Notes:
    """Return a note of so many paragraphs of 450 characters."""
    sentence = "The lesion shows a thin rim of sclerosis and no matrix. " * 8
    return {"Osteoma.md": "## Overview\n" + f"{sentence}\n\n" * size}


def make_links(size: int) -> Notes:
    """Return a note with so many links that lead nowhere."""
    return {"Osteoma.md": "## Overview\n" + "".join(f"Near [[Target {i}]]\n" for i in range(size))}


def make_hub(size: int) -> Notes:
    """Return a note that is kind, parent and differential of so many others: a cycle with each."""
    kinds = "".join(f"- [[Note {i} osteoma]]\n" for i in range(size))
    spoke = "## Types\n- [[Hub osteoma]]\n## Differential\n- [[Hub osteoma]]: same\n"
    return {"Hub osteoma.md": f"## Types\n{kinds}", **{f"Note {i} osteoma.md": spoke for i in range(size)}}


def make_chain(size: int) -> Notes:
    """Return a hierarchy so many levels deep, every level with its root as differential."""
    text = "## Types\n- [[Link {} osteoma]]\n## Differential\n- [[Link 0 osteoma]]: no\n"
    return {f"Link {i} osteoma.md": text.format(i + 1) for i in range(size)}


def make_twins(size: int) -> Notes:
    """Return so many notes of one name, each in its folder, all linking to it."""
    return {f"d{i}/Osteoma.md": "## Overview\nA tumour, see [[Osteoma]].\n" for i in range(size)}


def make_shared_alias(size: int) -> Notes:
    """Return so many notes that all claim one other name."""
    text = "---\naliases: [Shared name]\n---\n## Differential\n- Shared name: x\n"
    return {f"N{i} osteoma.md": text for i in range(size)}


def make_folders(size: int) -> Notes:
    """Return so many folders side by side, a note in each."""
    return {f"a/b{i}/N{i} osteoma.md": "## Overview\nA tumour.\n" for i in range(size)}


SHAPES: Final[Mapping[str, Callable[[int], Notes]]] = {
    "items of one list": make_long_list,
    "rows of one table": make_long_table,
    "levels of one list": make_deep_list,
    "paragraphs of one note": make_long_note,
    "links of one note": make_links,
    "notes around a hub": make_hub,
    "levels of a hierarchy": make_chain,
    "notes of one name": make_twins,
    "notes with one alias": make_shared_alias,
    "folders side by side": make_folders,
}
"""What there is much of -> a vault with so much of it."""


def write_shape(folder: Path, shape: str, size: int) -> Path:
    """Write a vault of a shape; return its folder."""
    for path, text in SHAPES[shape](size).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def measure(shape: str, size: int) -> None:
    """Export a vault of a shape in this process and print CPU seconds and findings as JSON."""
    from skosify_rad import pipeline  # noqa: PLC0415 - for the child only
    from skosify_rad.model.config import Config  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="rad2skos-bench-") as scratch:
        vault = write_shape(Path(scratch) / "vault", shape, size)
        began = time.process_time()
        export = pipeline.build(vault, Config(), out=Path(scratch))
        pipeline.write(export, Path(scratch) / "out", Config())
        print(json.dumps([time.process_time() - began, len(export.diagnostics)]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every shape at every size, each in a fresh process, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--shapes", nargs="+", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 2_000, 4_000])
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        measure(options.shapes[0], options.sizes[0])
        return
    print(f"{'CPU seconds':24}" + "".join(f"{size:>10,}" for size in options.sizes))
    for shape in options.shapes:
        cells = []
        for size in options.sizes:
            command = [sys.executable, __file__, "--child", "--shapes", shape, "--sizes", str(size)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
            cells.append(f"{json.loads(done.stdout)[0]:>10.2f}")
        print(f"{shape:24}" + "".join(cells), flush=True)


if __name__ == "__main__":
    main()
