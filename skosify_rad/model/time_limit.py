"""A time limit for what cannot be interrupted: queries, checks, servers that answer a byte a minute."""

import concurrent.futures
import threading
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


def run_within(seconds: float, work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns. It runs in a thread of its own, which is abandoned if it takes too long.

    Raises:
        TimeoutError: It takes longer.

    """
    future: concurrent.futures.Future[_Result] = concurrent.futures.Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - raised again by the thread that waits
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return future.result(seconds)
    except concurrent.futures.TimeoutError:  # another class than TimeoutError in Python 3.10
        raise TimeoutError(f"took longer than {seconds:g} s") from None
