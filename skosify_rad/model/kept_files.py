"""Files kept from run to run in the user's cache folder, and what decides whether they still count.

They are data, never code, and never trusted: a file that was written by other code, or is not whole, is ignored.
"""

import hashlib
import os
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

KEPT_SECONDS: Final = 90 * 24 * 3600
"""Files that were not used for this long are removed."""
READINGS: Final = ".readings"
"""Suffix of the files that hold the readings of a vault's notes."""
BUILD: Final = ".build"
"""Suffix of the files that describe the last build of a vault into a folder."""
SHAPES: Final = ".shapes"
"""Suffix of the files that hold what the SHACL shapes last found in the graph of a vault."""

_LOADED: Final = time.time()


def default_folder() -> Path:
    """Return the cache folder: `RAD2SKOS_CACHE`, else the operating system's usual place."""
    if os.environ.get("RAD2SKOS_CACHE"):
        return Path(os.environ["RAD2SKOS_CACHE"])
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "rad2skos"


def name_file(folder: Path, suffix: str, *about: Path) -> Path:
    """Return the name of the file about a vault, or about a vault and an output folder."""
    real = "\0".join(map(os.path.realpath, about))
    return folder / (hash_bytes(real.encode("utf-8", "surrogateescape")) + suffix)


def write_kept(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file and remove outdated ones beside it; failure only means that nothing is kept."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.writelines(pieces)
        temporary.replace(file)
        _prune(file.parent)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def _prune(folder: Path) -> None:
    for file in [file for suffix in (READINGS, BUILD, SHAPES) for file in folder.glob(f"*{suffix}*")]:
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            file.unlink(missing_ok=True)


def find_environment(settings: object, *packages: str) -> str:
    """Return a hash of our code, Python, some packages and some settings: files kept under another one do not count.

    Empty, so that nothing is kept, if the code was changed after it was loaded.
    """
    code = hash_code(Path(__file__).parents[1])
    if not code:
        return ""
    stamps = " ".join(map(_stamp_package, packages))
    return hash_bytes(f"{code} {sys.version} {stamps} {settings}".encode(errors="surrogatepass"))


def _stamp_package(name: str) -> str:
    """Return what distinguishes builds of a package, without importing it (asking for its version costs 50 ms)."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    files = [(file.name, file.stat()) for file in sorted(Path(spec.origin).parent.iterdir())]
    return " ".join(f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in files if not name.startswith("__"))


@lru_cache(maxsize=1)
def hash_code(folder: Path) -> str:
    """Return a hash of the Python files below a folder; empty if one was changed since this module was loaded."""
    files = sorted(folder.rglob("*.py"))
    if any(file.stat().st_mtime > _LOADED for file in files):
        return ""
    return hash_bytes(b"\0".join(file.read_bytes() for file in files))


def hash_bytes(data: bytes) -> str:
    """Return a hash of 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def find_checksum(data: bytes) -> bytes:
    """Return the CRC-32 of data as eight hexadecimal digits; it detects damage, not forgery."""
    return b"%08x" % zlib.crc32(data)
