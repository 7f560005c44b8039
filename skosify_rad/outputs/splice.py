"""Files in which a few pieces are others now: found by what they were, since the same graph gives the same bytes."""

import errno
import mmap
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

_PIECE_BYTES: Final = 1 << 20


class Splice(NamedTuple):
    """A piece of a file, and what stands there now."""

    start: int
    """Offset of its first byte."""
    end: int
    """Offset behind its last."""
    text: bytes
    """What is to stand there."""


@contextmanager
def look_into(file: Path) -> Iterator[mmap.mmap]:
    """Give a file to look for pieces in, without reading all of it into memory.

    Raises:
        OSError: it cannot be read, or is empty.

    """
    with file.open("rb") as opened:
        try:
            found = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:
            raise OSError(errno.EIO, "the file is empty", str(file)) from error
        with found:
            yield found


def find_splice(file: mmap.mmap, old: bytes, new: bytes) -> Splice | None:
    """Return where a piece stands and what replaces it; None where it does not stand there exactly once."""
    start = file.find(old)
    if start < 0 or file.find(old, start + 1) >= 0:
        return None
    return Splice(start, start + len(old), new)


def write_spliced(file: Path, splices: Iterable[Splice]) -> Iterator[bytes]:
    """Yield a file with some pieces replaced."""
    with file.open("rb") as opened:
        for start, end, text in sorted(splices):
            yield from _read(opened, start)
            yield text
            opened.seek(end)
        yield from _read(opened, sys.maxsize)


def _read(file: BinaryIO, end: int) -> Iterator[bytes]:
    """Yield what stands before an offset, from where a file is read at."""
    while piece := file.read(min(_PIECE_BYTES, end - file.tell())):
        yield piece
