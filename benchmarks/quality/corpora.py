"""The corpora: vaults with gold, the invented ones of this repository and the real ones beside it."""

from pathlib import Path
from typing import Final, NamedTuple

from quality.gold import read_gold
from quality.scoring import Score, score
from skosify_rad.model.config import Config
from skosify_rad.outputs import render_evidence
from skosify_rad.pipeline import Export, build

ROOT: Final = Path(__file__).parents[2]
"""The repository."""
FOLDER: Final = ROOT / "tests" / "corpora"
"""Where the invented corpora lie."""
HELD_OUT: Final = frozenset(("notes-h", "emerg", "neuro", "atrium", "kestrel", "marlow", "dolomiti"))
"""Corpora of which developers see figures only: one whose misses were read measures nothing new any more."""


class Corpus(NamedTuple):
    """A vault and what an expert wants from it."""

    name: str
    """Name of its folder."""
    vault: Path
    """Folder of the notes."""
    gold: Path
    """The expert's reading, one JSON object per note."""


def committed(name: str) -> Corpus:
    """Return a corpus of this repository."""
    return Corpus(name, FOLDER / name / "vault", FOLDER / name / "gold.jsonl")


_GARDENS: Final = ("garden-b", "notes-c", "garden-d", "obsidian-e", "textbook-f", "garden-g", "notes-h")
_AUTHORS: Final = ("peds", "msk", "lgs", "chapters", "emerg", "neuro", "cards", "ir")
_LATER: Final = ("breast", "nucmed", "chest", "resident", "atrium", "kestrel", "marlow", "quickfire", "dolomiti")
COMMITTED: Final = tuple(map(committed, (*_GARDENS, *_AUTHORS, *_LATER)))
"""The corpora of this repository that the tests of extraction run over, oldest first."""


def beside(shared: Path) -> tuple[Corpus, ...]:
    """Return the real corpora of a folder beside the repository; none if it is not there."""
    golds = sorted((shared / "gold").glob("real-*.jsonl"))
    found = (Corpus(gold.stem, shared / "vaults" / gold.stem, gold) for gold in golds)
    return tuple(corpus for corpus in found if corpus.vault.is_dir())


class Measured(NamedTuple):
    """A corpus, its export and its score."""

    corpus: Corpus
    """What was measured."""
    export: Export
    """What the library makes of it."""
    score: Score
    """How good that is."""


def measure(corpus: Corpus) -> Measured:
    """Export a corpus with the defaults, in memory, and score it."""
    export = build(corpus.vault, Config(), out=corpus.vault / "no register lies here")
    return Measured(corpus, export, score(read_gold(corpus.gold), render_evidence(export.sources), export.graph))
