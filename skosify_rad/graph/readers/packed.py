"""Packed files -> the RDF files in them, unpacked in memory within a bound: a few bytes can hold gigabytes."""

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
"""What the unpackers raise for a damaged, locked or unknown archive."""
PACKED: Final = frozenset({*_OPENERS, ".zip"})
"""File names' endings that are unpacked."""


def find_suffix(path: Path) -> str:
    """Return the ending that tells a file's syntax: of `v.ttl.gz` that before the packing.

    >>> find_suffix(Path("a/v.TTL.gz")), find_suffix(Path("v.zip")), find_suffix(Path("v.rdf"))
    ('.ttl', '.zip', '.rdf')
    """
    last = path.suffix.lower()
    return Path(path.stem).suffix.lower() if last in _OPENERS else last


def unpack(path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file in a packed one; `most` bytes in all.

    Raises:
        InputError: it is damaged, locked, or holds more.

    """
    try:
        if path.suffix.lower() == ".zip":
            yield from _unzip(path, most)
        else:
            with _OPENERS[path.suffix.lower()](path) as file:
                yield path.as_posix(), _read(file, path, most)
    except _FAULTS as error:
        raise InputError(f"{path}: cannot be unpacked: {getattr(error, 'strerror', None) or error}") from error


def _unzip(path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    left = most
    with ZipFile(path) as archive:
        for name in sorted(item.filename for item in archive.infolist() if not item.is_dir()):
            with archive.open(name) as file:
                data = _read(file, path, left)
            left -= len(data)
            yield f"{path.as_posix()}/{name}", data


def _read(file: BufferedIOBase | IO[bytes], path: Path, most: int) -> bytes:
    data = file.read(most + 1)
    if len(data) > most:
        raise InputError(f"{path}: holds more than the {most} bytes that are left")
    return data
