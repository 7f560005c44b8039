"""What is kept of a vault's last export into a folder: what it rests on, and which files it wrote.

Never trusted blindly: it counts only for the same code, packages and configuration, and only while every file it tells
of is on disk as it was written.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from skosify_rad import __version__
from skosify_rad.cache import EXPORT_SUFFIX, find_checksum, find_environment, name_file, write_kept
from skosify_rad.config import Config
from skosify_rad.summary import Counts

_PIECE_BYTES: Final = 1 << 20
_PACKAGES: Final = ("pyromark", "orjson", "pyoxigraph")
"""Those whose version shows in what is written."""


@dataclass(frozen=True, slots=True)
class LastExport:
    """An export as it was written."""

    basis: bytes
    """What it rests on, as `Basis.render` has it."""
    marks: bytes
    """What its evidence does not tell, as `Marks.render` has it."""
    counts: Counts
    """How much there was of everything."""
    digests: Mapping[Path, str]
    """File, as the receipt names it -> SHA-256 of what was written."""

    def stands(self) -> bool:
        """Tell whether every file is on disk as it was written."""
        try:
            return all(_digest(path) == digest for path, digest in self.digests.items())
        except (OSError, ValueError):  # no such name can be
            return False


class ExportMemory:
    """Keeps the last export of a vault into a folder."""

    def __init__(self, folder: Path, root: Path, out: Path, config: Config) -> None:
        """Take the folder for what is kept, the vault, the folder of the files and the configuration."""
        self._file = name_file(folder, EXPORT_SUFFIX, root, out)
        self._environment = find_environment((__version__, root.resolve().name, str(out), config), *_PACKAGES)

    def recall(self) -> LastExport | None:
        """Return what was kept; None where there is nothing, or nothing that counts."""
        import orjson  # noqa: PLC0415 - 10 ms at start-up

        try:
            checksum, _, kept = self._file.read_bytes().partition(b" ")
            head, basis, marks = kept.split(b"\n", 2)
            if checksum != find_checksum(kept):
                return None
            data = orjson.loads(head)
            if not self._environment or data["environment"] != self._environment:
                return None
            digests = {Path(path): digest for path, digest in data["files"].items()}
            counts = Counts(**data["counts"])
            if not {int}.issuperset(type(many) for name, many in asdict(counts).items() if name != "notes_skipped"):
                return None
            return LastExport(basis, marks, counts, digests)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, last: LastExport) -> None:
        """Keep an export for the next run, where it can be written down; failing is no error."""
        import orjson  # noqa: PLC0415 - as above

        if not self._environment or not last.basis:
            return
        files = {str(path): digest for path, digest in last.digests.items()}
        data = {"environment": self._environment, "counts": asdict(last.counts), "files": files}
        try:
            kept = [orjson.dumps(data), b"\n", last.basis, b"\n", last.marks]  # in one, 120 MB more of 100,000 notes
        except orjson.JSONEncodeError:  # half a UTF-16 pair in a path: every run is a whole one
            return
        write_kept(self._file, [find_checksum(*kept), b" ", *kept])


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            found.update(piece)
    return found.hexdigest()
