"""Where notes are read changes nothing of what is read: threads, processes, a Dask cluster of several workers."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad import pipeline
from skosify_rad.extraction.executors import LEAST, Means, Processes, connect_dask, count_cores, map_chunks
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from vaults import write_vault

NOTES = 3 * LEAST + 10


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_vault(tmp_path_factory.mktemp("executors") / "vault", NOTES)


@pytest.fixture(scope="module")
def expected(vault: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return export(vault, tmp_path_factory.mktemp("expected"), Means())


def export(vault: Path, out: Path, means: Means) -> dict[str, bytes]:
    pipeline.write(pipeline.build(vault, Config(), means, out), out, Config())
    return {file.name: file.read_bytes() for file in out.iterdir()}


def double(numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


def test_results_come_in_order_and_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    means = Means(progress=lambda *step: told.append(step))
    assert list(map_chunks(double, range(4 * LEAST), means)) == [2 * n for n in range(4 * LEAST)]
    assert [done for _, done, _ in told] == [LEAST, 2 * LEAST, 3 * LEAST, 4 * LEAST]
    assert list(map_chunks(double, [], means)) == []


def test_threads_read_the_same(vault: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        assert export(vault, tmp_path, Means(executor=executor)) == expected


def test_processes_read_the_same(vault: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    with Processes(2) as executor:
        assert export(vault, tmp_path, Means(executor=executor)) == expected


def test_processes_start_only_when_it_pays() -> None:
    with Processes(2) as executor:
        assert list(map_chunks(double, range(10), Means(executor=executor, worthwhile=11))) == list(range(0, 20, 2))
        assert "_pool" not in vars(executor)
        assert list(map_chunks(double, range(10), Means(executor=executor, worthwhile=10))) == list(range(0, 20, 2))
        assert "_pool" in vars(executor)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Start a real cluster: a scheduler and three worker processes on loopback."""
    distributed = pytest.importorskip("distributed", reason="the extra [dask] is not installed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as started:
        yield started.scheduler_address


def test_a_dask_cluster_reads_the_same(cluster: str, vault: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    with connect_dask(cluster) as executor:
        assert len(who_works(executor)) > 1
        assert export(vault, tmp_path, Means(executor=executor)) == expected


def process_number(_: int) -> int:
    import os  # noqa: PLC0415 - runs on a worker
    import time  # noqa: PLC0415 - as above

    time.sleep(0.05)
    return os.getpid()


def who_works(executor: Executor) -> set[int]:
    return set(executor.map(process_number, range(12)))


def test_a_scheduler_that_is_not_there_is_the_operators_error() -> None:
    pytest.importorskip("distributed", reason="the extra [dask] is not installed")
    executor = connect_dask("no-such-protocol://127.0.0.1:1")
    with pytest.raises(ConfigError, match="no Dask scheduler answers"), executor:
        pass


def test_there_is_at_least_one_core() -> None:
    assert count_cores() >= 1
