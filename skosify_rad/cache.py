"""Readings kept from run to run: a note that has not changed is not read again.

An entry counts only while all it depends on is the same: the note (by a hash of path and text), the program and its
settings (by a hash of the code itself, not of a version somebody must remember to raise), and the answers the other
notes gave. The file is data, never code; a line that is not what was written is passed over, and the note is read.
"""

import hashlib
import os
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache, reduce
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Final

from skosify_rad.config import Config
from skosify_rad.readings import Reading, read_reading, write_reading
from skosify_rad.vault import Note

SUFFIX: Final = ".readings"
"""Ending of the files that hold readings, one a vault."""
EXPORT_SUFFIX: Final = ".export"
"""Ending of the files that tell of a vault's last export into a folder."""
KEPT_SECONDS: Final = 90 * 24 * 3600
"""The files of a vault that was not built for so long are removed."""

_LOADED: Final = time.time()


class ReadingCache:
    """The readings of one vault's notes, as they were kept."""

    def __init__(self, folder: Path, root: Path, config: Config) -> None:
        self._file = name_file(folder, SUFFIX, root)
        self._environment = find_environment(config.extraction, "pyromark")
        self._lines = self._read()
        self._used: dict[str, bytes] = {}

    def _read(self) -> dict[str, bytes]:
        """Return key -> line of every entry that is whole; nothing where another program or setting wrote it."""
        try:
            head, *lines = self._file.read_bytes().split(b"\n")
            os.utime(self._file)
        except (OSError, ValueError):
            return {}
        if not self._environment or head != self._environment.encode():
            return {}
        return {line[9:41].decode("ascii", "replace"): line for line in lines if line[:8] == find_checksum(line[9:])}

    def find(self, note: Note, names: frozenset[str]) -> Reading | None:
        """Return the reading of a note; None where it must be read, `names` being what the vault knows."""
        key = find_key(note.path, note.text)
        data = self.find_written(key)
        if data is None:
            return None
        try:
            reading = read_reading(data, note.path)
        except (ValueError, KeyError, IndexError, TypeError):
            return None
        if not reading.known <= names or not reading.unknown.isdisjoint(names):
            return None
        self.use([key])
        return reading

    def find_written(self, key: str) -> bytes | None:
        """Return a reading as it is written down; None where it was not kept."""
        line = self._lines.get(key)
        return None if line is None else line[42:]

    def hold_word(self, word: str) -> bool:
        """Tell whether some reading holds this very text; it is then one of the names it asked for, or may be."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        written = orjson.dumps(word)
        return any(written in line for line in self._lines.values())

    def use(self, keys: Iterable[str]) -> None:
        """Keep the readings of these keys, where they were kept, for the next run too."""
        self._used.update({key: self._lines[key] for key in keys if key in self._lines})

    def keep(self, note: Note, reading: Reading) -> bool:
        """Keep a reading for the next run; tell whether it can be written down."""
        data = write_reading(reading, note.path)
        if data is not None:
            key = find_key(note.path, note.text)
            line = key.encode() + b" " + data
            self._used[key] = find_checksum(line) + b" " + line
        return data is not None

    def write(self) -> None:
        """Write what this run used and nothing else, and remove the files of vaults long gone; failing is no error."""
        same = self._used.keys() == self._lines.keys() and all(self._lines[k] is v for k, v in self._used.items())
        if same or not self._environment:
            return
        lines = (b"\n" + line for line in self._used.values())
        write_kept(self._file, chain([self._environment.encode()], lines))


def name_file(folder: Path, suffix: str, *about: Path) -> Path:
    """Return the file in which something is kept about a vault, or about a vault and a folder."""
    real = "\0".join(map(os.path.realpath, about))
    return folder / (hash_bytes(real.encode("utf-8", "surrogateescape")) + suffix)


def write_kept(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file to be kept, and remove those of vaults long gone; failing is no error."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.writelines(pieces)
        temporary.replace(file)
        prune(file.parent)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def default_folder() -> Path:
    """Return `RAD2SKOS_CACHE`, or the folder for caches as this system has it."""
    if os.environ.get("RAD2SKOS_CACHE"):
        return Path(os.environ["RAD2SKOS_CACHE"])
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "rad2skos"


def prune(folder: Path) -> None:
    """Remove the files of vaults that were not built for long."""
    for file in [file for suffix in (SUFFIX, EXPORT_SUFFIX) for file in folder.glob(f"*{suffix}*")]:
        if time.time() - file.stat().st_mtime > KEPT_SECONDS:
            file.unlink(missing_ok=True)


def find_environment(settings: object, *packages: str) -> str:
    """Return a hash of what is kept under: our code, Python, some packages, some settings.

    Empty, for keeping nothing, where the code was changed after it was loaded: what runs is then not what lies there.
    """
    code = hash_code(Path(__file__).parent)
    if not code:
        return ""
    stamps = " ".join(map(_stamp_package, packages))
    return hash_bytes(f"{code} {sys.version} {stamps} {settings}".encode(errors="surrogatepass"))


def _stamp_package(name: str) -> str:
    """Return what tells one build of a package from another, without loading it (a version costs 50 ms)."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    files = [(file.name, file.stat()) for file in sorted(Path(spec.origin).parent.iterdir())]
    return " ".join(f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in files if not name.startswith("__"))


@lru_cache(maxsize=1)
def hash_code(folder: Path) -> str:
    """Return a hash of the code below a folder; empty where it was changed since this module was loaded."""
    files = sorted(folder.rglob("*.py"))
    if any(file.stat().st_mtime > _LOADED for file in files):
        return ""
    return hash_bytes(b"\0".join(file.read_bytes() for file in files))


def hash_bytes(data: bytes) -> str:
    """Return a hash of 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def find_key(path: str, text: str) -> str:
    """Return the key under which the reading of a note is kept."""
    return hash_bytes(f"{path}\0{text}".encode("utf-8", "surrogatepass"))


def find_checksum(*pieces: bytes) -> bytes:
    """Return what tells whether something kept is whole, given in pieces: eight hexadecimal digits."""
    return b"%08x" % reduce(lambda found, piece: zlib.crc32(piece, found), pieces, 0)
