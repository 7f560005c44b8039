"""Nothing is quadratic: twice as much of anything takes no more than about twice the steps.

Steps of the interpreter are counted, not seconds: the same on every machine, however busy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skosify_rad import pipeline
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from adversarial import SHAPES, main, write_shape
from places import SYNTAXES, write_list
from places import main as measure_places

SIZE = 120
MOST_GROWTH = 2.4
"""Of the steps when there is twice as much; a tenth of a quadratic part shows at this size."""


def export(vault: Path, out: Path) -> None:
    pipeline.write(pipeline.build(vault, Config(), out=out), out, Config())


def count_steps(vault: Path, out: Path, run: Callable[[Path, Path], object] = export) -> int:
    """Return how many of the interpreter's instructions an export takes."""
    steps = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - a tracer returns itself
        nonlocal steps
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        steps += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run(vault, out)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_much_takes_twice_the_steps(shape: str, tmp_path: Path) -> None:
    counts = {}
    for size in (2, SIZE, 2 * SIZE):  # the first warms caches and imports
        vault = write_shape(tmp_path / f"vault-{size}", shape, size)
        counts[size] = count_steps(vault, tmp_path / f"out-{size}")
    idle = count_steps(write_shape(tmp_path / "idle", shape, 1), tmp_path / "out-idle")
    growth = (counts[2 * SIZE] - idle) / (counts[SIZE] - idle)
    assert growth < MOST_GROWTH


@pytest.mark.parametrize("shape", ["notes of one name", "folders side by side"])
def test_a_register_of_twice_as_many_notes_takes_twice_the_steps(shape: str, tmp_path: Path) -> None:
    counts = {}
    for size in (2, SIZE, 2 * SIZE):
        vault, out = write_shape(tmp_path / f"vault-{size}", shape, size), tmp_path / f"out-{size}"
        export(vault, out)
        for note in sorted(vault.rglob("*.md")):  # all are somewhere else, and most have another name
            note.rename(vault / f"{note.parent.name} {note.name}" if "one" not in shape else note)
            note.parent.rename(note.parent.with_name(f"moved {note.parent.name}"))
        counts[size] = count_steps(vault, out, lambda vault, out: pipeline.build(vault, Config(), out=out))
    assert (counts[2 * SIZE] - counts[2]) / (counts[SIZE] - counts[2]) < MOST_GROWTH


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_finding_the_lines_of_a_list_twice_as_long_takes_twice_the_steps(syntax: str, tmp_path: Path) -> None:
    def find(path: Path, _: Path) -> None:
        vocabulary = read_vocabulary([str(path)])
        assert all(vocabulary.places[triple] for triple in vocabulary.graph)

    counts = {size: count_steps(write_list(tmp_path, syntax, size), tmp_path, find) for size in (2, SIZE, 2 * SIZE)}
    assert (counts[2 * SIZE] - counts[2]) / (counts[SIZE] - counts[2]) < MOST_GROWTH


def test_the_table_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    main(["--shapes", "folders side by side", "--sizes", "3", "6"])
    printed = capfd.readouterr().out.splitlines()
    assert printed[0].split() == ["CPU", "seconds", "3", "6"]
    assert printed[1].startswith("folders side by side")


def test_the_table_of_places_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    measure_places(["--sizes", "3", "6", "--syntaxes", "nt"])
    assert capfd.readouterr().out.splitlines()[1].startswith("nt ")
