"""The corpora: vaults with gold, committed or beside the repository, and what an export of each gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from quality.forms import tell_form
from quality.gold import read_gold
from quality.scoring import Outcome, Score, score
from skosify_rad.model.config import Config
from skosify_rad.outputs import render_evidence
from skosify_rad.pipeline import Export, build

ROOT: Final = Path(__file__).parents[2]
"""The repository."""

FOLDER: Final = ROOT / "tests" / "corpora"
"""Where the committed corpora lie."""


class Corpus(NamedTuple):
    """A vault and what an expert wants from it."""

    name: str
    """Name in `bars.json`."""
    vault: Path
    """Folder of the notes."""
    gold: Path
    """The expert's reading, one JSON object a note."""
    held_out: bool = False
    """Whether developers see figures only: a corpus whose misses were read measures nothing new any more."""


def committed(name: str) -> Corpus:
    """Return a corpus of this repository."""
    return Corpus(name, FOLDER / name / "vault", FOLDER / name / "gold.jsonl", held_out=name in HELD_OUT)


HELD_OUT: Final = ("notes-h",)
"""Corpora whose misses nobody may read who works on the extractor."""

COMMITTED: Final = tuple(
    map(committed, ("garden-b", "notes-c", "garden-d", "obsidian-e", "textbook-f", "garden-g", "notes-h"))
)
"""The corpora of this repository, oldest first."""


def beside(shared: Path) -> tuple[Corpus, ...]:
    """Return the corpora of a folder beside the repository, none where it is not there."""
    corpus = Corpus("rad-dev", shared / "vaults" / "rad-dev", shared / "gold" / "dev.jsonl")
    return (corpus,) if corpus.vault.is_dir() and corpus.gold.is_file() else ()


class Measured(NamedTuple):
    """A corpus, its export and its score."""

    corpus: Corpus
    """What was measured."""
    export: Export
    """What the library makes of it."""
    score: Score
    """How good that is."""
    forms: Mapping[Outcome, str]
    """Outcome -> the form of its line."""


def measure(corpus: Corpus) -> Measured:
    """Export a corpus with the defaults, in memory, and score it."""
    export = build(corpus.vault, Config(), out=corpus.vault / "no register lies here")
    found = score(read_gold(corpus.gold), render_evidence(export.sources), export.graph)
    lines = {note.path: note.text.split("\n") for note in export.vault.notes}
    forms = {outcome: tell_form(lines.get(outcome.note, ()), outcome.line) for outcome in found.outcomes}
    return Measured(corpus, export, found, forms)
