"""What tests of refreshing share: a vault whose last export is kept, and what a clean build would have given."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from skosify_rad import pipeline
from skosify_rad.cache import EXPORT_SUFFIX, find_checksum
from skosify_rad.config import Config
from skosify_rad.executors import Means
from skosify_rad.refresh import Refreshed, refresh

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIG = Config()
OTHER_CONFIGURATIONS = (
    {"output": {"formats": ["turtle"]}},
    {"output": {"folders": False}},
    {"scheme": {"version": "2026"}},
    {"scheme": {"base": "https://example.com/v#", "prefix": "v"}},
    {"scheme": {"language": "en-GB"}},
)
"""Under which a refresh has other files, names or words to tell."""


def sign(data: bytes) -> bytes:
    """Return what is kept of an export with the sum of what it holds, as a forger would."""
    return find_checksum(data) + b" " + data


def list_differentials(*items: str, of: str = "") -> str:
    """Return a note with a list of differentials, of its own or of another thing."""
    return f"A thing is meant.\n\n## Differential diagnosis{of}\n" + "".join(f"- {item}\n" for item in items)


RING = {
    "Osteoma.md": list_differentials("[[Chordoma]]"),
    "Chordoma.md": list_differentials("[[Lipoma]]"),
    "Lipoma.md": list_differentials("[[Osteoma]]"),
}
"""Notes that hang together, whatever comes or goes between them."""


class Edit(NamedTuple):
    """An edit of a note."""

    path: str
    old: str
    new: str
    writes: str = "json html register"
    """Which files hold something else than before."""


class Desk:
    """A vault, its export and what is kept of it."""

    def __init__(self, folder: Path, notes: Mapping[str, str], config: Config = CONFIG) -> None:
        self.vault, self.out, self.cache = folder / "vault", folder / "out", folder / "cache"
        self.config = config
        self._clean = folder / "clean"
        for path, text in notes.items():
            self.put(path, text)
        self.export()

    def put(self, path: str, text: str) -> None:
        """Write a note."""
        (self.vault / path).parent.mkdir(parents=True, exist_ok=True)
        (self.vault / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Write a note in which some words are others now."""
        text = (self.vault / path).read_text(encoding="utf-8")
        assert old in text
        self.put(path, text.replace(old, new))

    def export(self) -> None:
        """Make a whole export."""
        export = pipeline.build(self.vault, self.config, Means(cache=self.cache), self.out)
        pipeline.write(export, self.out, self.config, self.cache)

    def refresh(self, config: Config | None = None) -> Refreshed | None:
        """Refresh; what that gives must be what a clean build would have given."""
        config = config or self.config
        shutil.rmtree(self._clean, ignore_errors=True)
        shutil.copytree(self.out, self._clean)
        found = refresh(self.vault, self.out, config, self.cache)
        if found is not None:
            export = pipeline.build(self.vault, config, out=self._clean)
            pipeline.write(export, self._clean, config)
            assert self.files() == {file.name: file.read_bytes() for file in self._clean.iterdir()}
            assert found.diagnostics == export.diagnostics
            assert found.counts == export.counts
        return found

    def files(self) -> dict[str, bytes]:
        """Return what the files of the export hold."""
        return {file.name: file.read_bytes() for file in self.out.iterdir()}

    def record(self) -> Path:
        """Return the file in which the last export is kept."""
        (found,) = self.cache.glob(f"*{EXPORT_SUFFIX}")
        return found
