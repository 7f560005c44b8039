"""Python's collector of cyclic garbage, held while a stage makes millions of tuples and no cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """Keep the collector from looking through all that is alive, again and again, for cycles that are not there.

    Measured on 10,000 notes: all after extraction takes 13.7 s instead of 21.0 s, and no more memory; reading the notes
    and what was kept of them 2 s less.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
