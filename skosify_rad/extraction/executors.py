"""Where notes are read: in this process, in processes beside it, on a cluster; the results are the same.

Any executor with the interface of concurrent.futures serves, Dask's included; notes go out and readings come back in
chunks, in order.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from concurrent.futures import Future

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done and how much there is."""

CHUNKS: Final = 32
"""The most chunks that notes are divided into: the names that the vault knows are sent with each."""
LEAST: Final = 50
"""Notes a chunk holds at least."""
WORTHWHILE: Final = 200
"""Notes below which starting processes costs more than they save: two take 0.67 s for 100 (0.46 s without), 0.69 s for
200 (0.87 s), 1.27 s for 400 (1.86 s), 2.5 s for 800 (3.39 s)."""

_P = ParamSpec("_P")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Means:
    """By what means notes are read; what is read is the same by all of them."""

    progress: Progress | None = None
    """Called with the progress."""
    executor: Executor | None = None
    """Reads chunks of notes; None for this process."""
    worthwhile: int = 0
    """Notes below which this process reads them all the same."""
    cache: Path | None = None
    """Folder in which readings are kept from run to run; None for none."""


NO_MEANS: Final = Means()
"""In this process, in silence, and nothing is kept."""


def map_chunks(
    function: Callable[[Sequence[_Item]], Sequence[_Result]], items: Sequence[_Item], means: Means
) -> Iterator[_Result]:
    """Yield the result of every item, in order; `function` takes and returns a chunk and can be pickled."""
    size = max(LEAST, -(-len(items) // CHUNKS))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    executor = means.executor if len(items) >= means.worthwhile else None
    done = 0
    for results in map(function, chunks) if executor is None else executor.map(function, chunks):
        yield from results
        done += len(results)
        if means.progress is not None:
            means.progress("reading notes", done, len(items))


class Processes(Executor):
    """Processes beside this one, as many as there are cores where `workers` is 0; started when first needed.

    By `spawn`, which is safe beside threads on every system: a script that builds with them needs its
    `if __name__ == "__main__":`.
    """

    def __init__(self, workers: int = 0) -> None:
        self._workers = workers or count_cores()

    @cached_property
    def _pool(self) -> Executor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 20 ms, and only for large vaults
        from multiprocessing import get_context  # noqa: PLC0415 - as above

        return ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))

    def submit(self, fn: Callable[_P, _Result], /, *args: _P.args, **kwargs: _P.kwargs) -> "Future[_Result]":
        """Have a function called."""
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the interface's
        """End the processes, if there are any."""
        if "_pool" in self.__dict__:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def connect_dask(address: str) -> Iterator[Executor]:
    """Give the executor of a Dask cluster by its scheduler's address; each worker needs rad2skos installed.

    Raises:
        ConfigError: Dask is not installed, or no scheduler answers there.

    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, 400 ms
    except ImportError as error:
        raise ConfigError("Dask is not installed; install rad2skos[dask]") from error
    try:
        client: Any = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ConfigError(f"{address}: no Dask scheduler answers there") from error
    with client:
        yield client.get_executor()
