"""The last build of a vault into a folder: whether it is still up to date, and what it found.

Up to date means that nothing it depends on has changed: notes, configuration, code, and the files it wrote, the
register among them. Anything else is built anew.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from skosify_rad.concepts.decisions import decisions_path
from skosify_rad.concepts.mapping_files import find_files
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostic_rows import read_row, write_row
from skosify_rad.model.diagnostics import Diagnostic
from skosify_rad.model.kept_files import BUILD, find_checksum, find_environment, name_file, write_kept
from skosify_rad.model.version import __version__
from skosify_rad.outputs.files import hash_file
from skosify_rad.outputs.summary import Counts
from skosify_rad.vault.notes import hash_notes

_PACKAGES: Final = ("pyromark", "orjson", "pyoxigraph")
"""Packages whose version can show in what is written."""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build that is still up to date."""

    diagnostics: tuple[Diagnostic, ...]
    """What it found."""
    counts: Counts
    """How much there was of everything."""
    files: Mapping[Path, str]
    """The files it wrote, each with its SHA-256 digest as it was written."""
    shapes: str
    """What the SHACL shapes said of it, as a phrase."""


class BuildRecord:
    """The record of the last build of one vault into one folder, kept in the cache folder."""

    def __init__(self, cache: Path, root: Path, out: Path, config: Config) -> None:
        """Take the digest of the notes: create the record before the notes are read for building."""
        self._file = name_file(cache, BUILD, root, out)
        self._root, self._config = root, config
        self._environment = find_environment((__version__, root.resolve().name, str(out), config), *_PACKAGES)
        self._inputs = self._hash_inputs()

    def find(self) -> LastBuild | None:
        """Return the last build if it is up to date."""
        try:
            checksum, _, kept = self._file.read_bytes().partition(b" ")
            if checksum != find_checksum(kept):
                return None
            data = orjson.loads(kept)
            if not self._environment or data["inputs"] != self._inputs:
                return None
            files = {Path(file): digest for file, digest in data["files"].items()}
            if any(hash_file(file) != digest for file, digest in files.items()):
                return None
            found, shapes = tuple(map(read_row, data["diagnostics"])), str(data["shapes"])
            return LastBuild(found, Counts(**data["counts"]), files, shapes)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, last: LastBuild) -> None:
        """Keep a build that was just written; failure only means that the next build does everything again.

        Nothing is kept if a note was changed since the record was created: the build may have read either text.
        """
        if self._hash_inputs() != self._inputs:
            return
        data = {
            "inputs": self._inputs,
            "files": {str(file): digest for file, digest in last.files.items()},
            "counts": asdict(last.counts),
            "shapes": last.shapes,
            "diagnostics": list(map(write_row, last.diagnostics)),
        }
        try:
            kept = orjson.dumps(data)
        except orjson.JSONEncodeError:  # half a UTF-16 pair in a path, perhaps
            return
        write_kept(self._file, [find_checksum(kept), b" ", kept])

    def _hash_inputs(self) -> str:
        notes = hash_notes(self._root, self._config)
        files = [decisions_path(self._config, self._root), *(path for _, path in find_files(self._config))]
        tables = [hash_file(path.resolve()) if path.is_file() else "" for path in files]
        return hashlib.sha256(f"{self._environment} {notes} {tables}".encode()).hexdigest()
