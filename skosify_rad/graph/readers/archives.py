"""Compressed files and archives -> the RDF files in them, unpacked in memory up to a limit, against zip bombs."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from skosify_rad.model.diagnostics import InputError

_OPENERS: Final[Mapping[str, Callable[[Path], BufferedIOBase]]] = {
    ".gz": gzip.GzipFile,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
_FAULTS: Final = (OSError, EOFError, RuntimeError, NotImplementedError, BadZipFile, lzma.LZMAError, zlib.error)
"""Exceptions for a damaged, encrypted or unknown archive."""
ARCHIVES: Final = frozenset({*_OPENERS, ".zip"})
"""Suffixes of files that are unpacked."""


def find_suffix(path: Path) -> str:
    """Return the suffix that identifies a file's syntax; for `v.ttl.gz`, the one before `.gz`.

    >>> find_suffix(Path("a/v.TTL.gz")), find_suffix(Path("v.zip")), find_suffix(Path("v.rdf"))
    ('.ttl', '.zip', '.rdf')
    """
    last = path.suffix.lower()
    return Path(path.stem).suffix.lower() if last in _OPENERS else last


def unpacked_limit(path: Path) -> int:
    """Return how many bytes an archive may unpack to: 64 MiB, or 100 times its size if that is more.

    RDF shrinks to a tenth or a fortieth when it is packed, a bomb to a thousandth.
    """
    return max(64 << 20, 100 * path.stat().st_size)


def unpack(path: Path, limit: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file in an archive, up to `limit` bytes in all.

    Raises:
        InputError: the archive is damaged, encrypted or larger.

    """
    try:
        if path.suffix.lower() == ".zip":
            yield from _unzip(path, limit)
        else:
            with _OPENERS[path.suffix.lower()](path) as file:
                yield path.as_posix(), _read(file, path, limit)
    except _FAULTS as error:
        raise InputError(f"{path}: cannot be unpacked: {getattr(error, 'strerror', None) or error}") from error


def _unzip(path: Path, limit: int) -> Iterator[tuple[str, bytes]]:
    left = limit
    with ZipFile(path) as archive:
        for name in sorted(item.filename for item in archive.infolist() if not item.is_dir()):
            with archive.open(name) as file:
                data = _read(file, path, left)
            left -= len(data)
            yield f"{path.as_posix()}/{name}", data


def _read(file: BufferedIOBase | IO[bytes], path: Path, limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"{path}: its content is larger than the limit ({limit} bytes left)")
    return data
