"""Fit the weights of candidate sets to golds, leaving one author out, and compare them with the weights set by hand.

    python benchmarks/fit_weights.py [SHARED] [VAULT ...]

SHARED holds `vaults/NAME` and `gold/NAME.jsonl`; by default `../shared`. Without it the script says so and stops. The
vaults are named on the command line, or are those the weights were developed on: reserved vaults stay unopened.

The score is that of the decisions alone: what a set proposes is right where the gold of its note has a narrower edge
to a thing of that name, whatever the parent; nested sets are not proposed anew. The fit is a logistic regression drawn
towards the hand weights, so that signals seen seldom keep theirs.
"""

import json
import math
import sys
from pathlib import Path
from typing import Final, NamedTuple

from skosify_rad.extraction.extract import read_fully
from skosify_rad.extraction.weights import KIND_SET_THRESHOLD, KIND_SETS
from skosify_rad.language.spelling import fold
from skosify_rad.model.config import Config
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import read_vault
from skosify_rad.vault.roles import Role

DEVELOPED_ON: Final = (
    "real-rad",
    "real-medicine",
    "real-logseq-1",
    "real-logseq-2",
    "real-textbook",
    "real-chinese",
    "real-chinese-2",
    "real-garden-1",
    "real-quartz",
)
_ROUNDS: Final = 300
_RATE: Final = 0.5
_PULL: Final = 0.02
"""How strongly a weight is drawn back to the one set by hand."""


class Example(NamedTuple):
    """A candidate set as the weights see it."""

    signals: dict[str, float]
    right: int
    """Items that pass their own gate and are in the gold."""
    wrong: int
    """Items that pass it and are not."""


def read_examples(shared: Path, vault: str) -> tuple[list[Example], int]:
    """Return the candidate sets of a vault, and how many edges its gold requires."""
    config = Config()
    notes, _ = read_vault(shared / "vaults" / vault, config)
    links = Links(notes)
    gold = {
        entry["note"]: entry for entry in map(json.loads, (shared / "gold" / f"{vault}.jsonl").open(encoding="utf-8"))
    }
    examples: list[Example] = []
    for note in notes.notes:
        if note.role is Role.INDEX or note.path not in gold:
            continue
        required, optional = _gold_names(gold[note.path])
        reader, _ = read_fully(note, links, config)
        for found in reader.decisions:
            if found.form.startswith("differential"):
                continue
            names = [{fold(name.words) for name in item.entry.names} for item in found.items if item.score >= 0]
            right = sum(not required.isdisjoint(one) for one in names)
            wrong = sum(required.isdisjoint(one) and optional.isdisjoint(one) for one in names)
            if right or wrong:
                examples.append(Example({k: float(v) for k, v in found.signals.items() if v}, right, wrong))
    return examples, sum(edge["status"] == "required" for entry in gold.values() for edge in entry["narrower"])


def _gold_names(entry: dict[str, list[dict[str, object]]]) -> tuple[set[str], set[str]]:
    """Return the names, folded, of the narrower things that a note's gold requires and of those it excuses."""
    names: dict[str, set[str]] = {"required": set(), "optional": set()}
    for edge in entry["narrower"]:
        accepted = edge["accept"] if isinstance(edge["accept"], list) else []
        names[str(edge["status"])] |= {fold(str(name)) for name in (edge["label"], *accepted)}
    return names["required"], names["optional"]


def fit(examples: list[Example]) -> dict[str, float]:
    """Return weights by gradient descent on the logistic loss, starting at those set by hand."""
    hand = dict(KIND_SETS)
    weights = dict(hand)
    for _ in range(_ROUNDS):
        slope = {name: _PULL * (weights[name] - hand[name]) for name in weights}
        for example in examples:
            total = example.right + example.wrong
            error = 1 / (1 + math.exp(-margin(example, weights))) - example.right / total
            for name, value in example.signals.items():
                if name in slope:
                    slope[name] += error * value * total / len(examples)
        weights = {name: weights[name] - _RATE * slope[name] for name in weights}
    return weights


def margin(example: Example, weights: dict[str, float]) -> float:
    """Return how far a set's score lies above the threshold."""
    return sum(weights.get(name, 0.0) * value for name, value in example.signals.items()) - KIND_SET_THRESHOLD


def score(examples: list[Example], weights: dict[str, float], required: int) -> str:
    """Return precision, recall and F1 of the decisions that weights make."""
    taken = [example for example in examples if margin(example, weights) >= 0]
    right, wrong = sum(e.right for e in taken), sum(e.wrong for e in taken)
    precision, recall = right / max(1, right + wrong), min(1.0, right / max(1, required))
    return f"{precision:.2f}/{recall:.2f}/{2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> int:
    """Print a line for each author: by hand, fitted with the author, fitted without; then the weights of all."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared"
    vaults = sys.argv[2:] or DEVELOPED_ON
    if not (shared / "gold").is_dir():
        print(f"{shared} holds no golds: nothing is fitted")
        return 0
    read = {vault: read_examples(shared, vault) for vault in vaults}
    everything = fit([example for examples, _ in read.values() for example in examples])
    print(f"{'P/R/F1':16} {'by hand':16} {'fitted with':16} fitted without")
    for vault, (examples, required) in read.items():
        without = fit([e for other, (found, _) in read.items() if other != vault for e in found])
        figures = (score(examples, weights, required) for weights in (dict(KIND_SETS), everything, without))
        print(f"{vault:16} " + " ".join(f"{figure:16}" for figure in figures).rstrip())
    for name, weight in everything.items():
        print(f"{name:20} {KIND_SETS[name]:6.1f} {weight:6.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
