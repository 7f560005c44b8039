"""Nothing is quadratic: twice as much of anything takes no more than about twice the steps.

Steps of the interpreter are counted, not seconds: the same on every machine, however busy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skosify_rad import pipeline
from skosify_rad.config import Config

if TYPE_CHECKING:
    from types import FrameType

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from adversarial import SHAPES, main, write_shape

SIZE = 120
MOST_GROWTH = 2.4
"""Of the steps when there is twice as much; a tenth of a quadratic part shows at this size."""


def count_steps(vault: Path, out: Path) -> int:
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
        pipeline.write(pipeline.build(vault, Config(), out=out), out, Config())
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


def test_the_table_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    main(["--shapes", "folders side by side", "--sizes", "3", "6"])
    printed = capfd.readouterr().out.splitlines()
    assert printed[0].split() == ["CPU", "seconds", "3", "6"]
    assert printed[1].startswith("folders side by side")
