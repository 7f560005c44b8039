"""A vault under git that is edited and exported again and again."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from skosify_rad import pipeline
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from skosify_rad.pipeline import Export


_CONFIG = Config()


class History(NamedTuple):
    """A vault under git."""

    root: Path
    out: Path

    def git(self, *arguments: str) -> str:
        """Run git in the vault."""
        names = ("-c", "user.name=A. Author", "-c", "user.email=author@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *names, *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def move(self, source: str, target: str) -> None:
        """Move a note as authors do, and commit."""
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", source, target)
        self.commit(f"Move {source}")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words of a note, and commit."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.put(path, text.replace(old, new))

    def put(self, path: str, text: str) -> None:
        """Write a note, and commit."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.commit(f"Write {path}")

    def put_all(self, notes: Mapping[str, str]) -> None:
        """Write several notes, and commit."""
        for path, text in notes.items():
            (self.root / path).write_text(text, encoding="utf-8")
        self.commit("Write the notes")

    def drop(self, path: str) -> None:
        """Delete a note, and commit."""
        self.git("rm", "-q", path)
        self.commit(f"Delete {path}")

    def export(self, date: str = "", config: Config = _CONFIG) -> Export:
        """Build and write; `date` is that of the release."""
        config = replace(config, scheme=replace(config.scheme, modified=date))
        export = pipeline.build(self.root, config, out=self.out)
        pipeline.write(export, self.out, config)
        return export

    def published(self) -> dict[str, str]:
        """Return note -> IRI of an export."""
        return iris(self.export())


def iris(export: Export) -> dict[str, str]:
    found = {}
    for subject, properties in export.graph.subjects.items():
        for note in properties.get(RAD.note, ()):
            assert isinstance(note, Literal)
            found[note.value] = subject
    return found


def iri_of(export: Export, label: str) -> str:
    found = [s for s in export.graph.subjects if Literal(label, "en") in export.graph.objects(s, SKOS.prefLabel)]
    assert len(found) == 1, label
    return found[0]
