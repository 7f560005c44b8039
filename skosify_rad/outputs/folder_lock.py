"""One writer per folder: a lock that the operating system releases when its process ends, however it ends."""

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from skosify_rad.model.diagnostics import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME: Final = ".rad2skos.lock"
"""File in a folder that is being written to. Left by a killed process, it means nothing: only the lock on it counts."""
WAIT_SECONDS: Final = 30.0
"""How long a second writer waits for the first."""
_PAUSE_SECONDS: Final = 0.05


@dataclass(slots=True)
class _Held:
    """A folder's lock within this process."""

    thread_lock: threading.RLock = field(default_factory=threading.RLock)
    depth: int = 0
    handle: int = -1


_held: Final[dict[str, _Held]] = {}


@contextmanager
def lock_folders(folders: Iterable[Path], wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the locks of folders, which are created if need be. A thread that holds one may take it again.

    Wait at most `wait_seconds` for each, WAIT_SECONDS if None.

    Raises:
        OSError: A folder cannot be created or written to.
        OutputError: Another process or thread is still writing to one of the folders.

    """
    wait = WAIT_SECONDS if wait_seconds is None else wait_seconds
    with ExitStack() as stack:
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):  # one order: no deadlock
            stack.enter_context(_lock_folder(folder, wait))
        yield


@contextmanager
def _lock_folder(folder: Path, wait_seconds: float) -> Iterator[None]:
    held = _held.setdefault(str(folder), _Held())
    until = time.monotonic() + wait_seconds
    if not held.thread_lock.acquire(timeout=wait_seconds):
        raise _busy(folder, wait_seconds)
    try:
        is_new = not folder.exists()
        if not held.depth:
            folder.mkdir(parents=True, exist_ok=True)
            held.handle = _lock_file(folder / LOCK_NAME, until, wait_seconds)
        held.depth += 1
        try:
            yield
        finally:
            held.depth -= 1
            if not held.depth:
                _release(folder / LOCK_NAME, held.handle)
                if is_new:
                    with suppress(OSError):
                        folder.rmdir()  # only if nothing was written
    finally:
        held.thread_lock.release()


def _lock_file(path: Path, until: float, wait_seconds: float) -> int:
    """Return a handle of the locked file; the file it locks is the one that has the name now."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)  # the writer before may have removed its empty folder
        try:
            handle = os.open(path, flags, 0o666)
        except FileNotFoundError:
            continue
        try:
            if _try_lock(handle) and _is_same_file(path, handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() >= until:
            raise _busy(path.parent, wait_seconds)
        time.sleep(_PAUSE_SECONDS)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_same_file(path: Path, handle: int) -> bool:
    """Return False if the file was removed by the writer that released it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _release(path: Path, handle: int) -> None:
    """Remove the file while it is locked, so that nobody locks a file that is about to go."""
    with suppress(OSError):
        path.unlink()
    os.close(handle)


def _busy(folder: Path, wait_seconds: float) -> OutputError:
    return OutputError(
        f"{folder}: another rad2skos is writing there (waited {wait_seconds:g} s); try again when it has finished"
    )
