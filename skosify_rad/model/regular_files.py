"""Files that strangers may have put where ours lie."""

import errno
import os
import stat
from pathlib import Path


def read_regular(path: Path, most: int = 2_000_000_000) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        OSError: It cannot be read, is longer than `most` bytes, or is something else: a pipe would never end.

    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "is not a regular file", str(path))
        if found.st_size > most:
            raise OSError(errno.EFBIG, f"is larger than {most:,} bytes", str(path))
        return stream.read(most)
