"""Files in which a few pieces are others now: found by what they were, since the same graph gives the same bytes."""

import mmap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

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
        OSError, ValueError: it cannot be read, or is empty.

    """
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as found:
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
            while many := min(_PIECE_BYTES, start - opened.tell()):
                yield opened.read(many)
            yield text
            opened.seek(end)
        while piece := opened.read(_PIECE_BYTES):
            yield piece
