"""The last build of a vault into a folder: whether it is still up to date, and what it found.

Up to date means that nothing it depends on has changed: notes, configuration, code, and the files it wrote, the
register among them. Anything else is built anew.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from skosify_rad.model.config import Config
from skosify_rad.model.diagnostic_rows import read_row, write_row
from skosify_rad.model.diagnostics import Diagnostic
from skosify_rad.model.kept_files import BUILD, find_checksum, find_environment, name_file, write_kept
from skosify_rad.model.version import __version__
from skosify_rad.outputs.summary import Counts
from skosify_rad.vault.notes import hash_notes

_PACKAGES: Final = ("pyromark", "orjson", "pyoxigraph")
"""Packages whose version can show in what is written."""
_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build that is still up to date."""

    diagnostics: tuple[Diagnostic, ...]
    """What it found."""
    counts: Counts
    """How much there was of everything."""
    files: tuple[Path, ...]
    """The files it wrote."""


class BuildRecord:
    """The record of the last build of one vault into one folder, kept in the cache folder."""

    def __init__(self, cache: Path, root: Path, out: Path, config: Config) -> None:
        self._file = name_file(cache, BUILD, root, out)
        self._root, self._config = root, config
        self._environment = find_environment((__version__, root.resolve().name, str(out), config), *_PACKAGES)

    def find(self) -> LastBuild | None:
        """Return the last build if it is up to date."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        try:
            checksum, _, kept = self._file.read_bytes().partition(b" ")
            if checksum != find_checksum(kept):
                return None
            data = orjson.loads(kept)
            if not self._environment or data["inputs"] != self._hash_inputs(data["files"]):
                return None
            found = tuple([read_row(row) for row in data["diagnostics"]])
            return LastBuild(found, Counts(**data["counts"]), tuple(map(Path, data["files"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, last: LastBuild) -> None:
        """Keep a build that was just written; failure only means that the next build does everything again."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        files = list(map(str, last.files))
        try:
            data = {
                "inputs": self._hash_inputs(files),
                "files": files,
                "counts": asdict(last.counts),
                "diagnostics": list(map(write_row, last.diagnostics)),
            }
            kept = orjson.dumps(data)
        except (OSError, orjson.JSONEncodeError):  # half a UTF-16 pair in a path, perhaps
            return
        write_kept(self._file, [find_checksum(kept), b" ", kept])

    def _hash_inputs(self, files: Iterable[str]) -> str:
        """Return one digest of everything the build depends on and of the files it wrote.

        Raises:
            OSError: a file cannot be read.

        """
        digest = hashlib.sha256(f"{self._environment} {hash_notes(self._root, self._config)}".encode())
        for file in files:
            digest.update(os.fsencode(f"\0{os.path.abspath(file)}\0"))  # noqa: PTH100 - `resolve` follows links
            with open(file, "rb") as stream:  # noqa: PTH123 - the path is a string
                while piece := stream.read(_PIECE_BYTES):
                    digest.update(piece)
        return digest.hexdigest()
