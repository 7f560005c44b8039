"""What a note says, as pairs of words."""

from __future__ import annotations

from reading import make_note

from skosify_rad.extraction.extract import read_fully
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention
from skosify_rad.vault.links import Asking


def edges(text: str, title: str = "Marrow disease", predicate: str = SKOS.narrower) -> set[tuple[str, str]]:
    """Return (subject, object) of what a note says, in its own words."""
    note = make_note(f"{title}.md", text, Config())
    reader, _ = read_fully(note, Asking(frozenset()), Config())
    found = [s for s in reader.statements if s.predicate == predicate]
    return {(s.subject.words, s.object.words if isinstance(s.object, Mention) else s.object) for s in found}
