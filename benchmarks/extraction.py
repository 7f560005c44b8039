#!/usr/bin/env python3
"""Measure what is read from notes: precision, recall and F1 by relation; real vaults against their bars.

    python benchmarks/extraction.py [--corpus NAME ...] [--list] [--shared FOLDER]
    python benchmarks/extraction.py --vault FOLDER --gold GOLD.jsonl [--list]

Nothing is written. Exit code 1: a figure is below its bar in real_bars.json, or evidence is not in the graph.
2: it could not be measured. skosify_rad/docs/extraction.md says what is measured and how.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from quality.corpora import COMMITTED, HELD_OUT, ROOT, Corpus, Measured, beside, measure
from quality.scoring import Figures, Verdict, tally

from skosify_rad.model.diagnostics import InputError, SkosifyError

BARS: Final = ROOT / "benchmarks" / "real_bars.json"
"""The committed bars."""
Bars = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Corpus -> relation -> `f1` or `precision` -> the least it may be."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the corpora asked for and return the exit code."""
    options = parse_options(arguments)
    try:
        bars: Bars = json.loads(options.bars.read_text(encoding="utf-8"))
        measured = [measure(corpus) for corpus in choose_corpora(options)]
    except (SkosifyError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    wrong = [fault for each in measured for fault in find_faults(each, bars)]
    for each in measured:
        print_figures(each)
        if options.list:
            print_list(each)
    print("", *wrong or ["every figure is at or above its bar, and every line of evidence is in the graph"], sep="\n")
    return 1 if wrong else 0


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", nargs="+", metavar="NAME", help="only these; default all that are there")
    parser.add_argument("--vault", type=Path, help="a vault of your own, with --gold; it has no bars")
    parser.add_argument("--gold", type=Path, help="what is wanted from it, in the form of tests/corpora/README.md")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="holds gold/ and vaults/")
    parser.add_argument("--list", action="store_true", help="list what is missed and invented, by note and line")
    parser.add_argument("--bars", type=Path, default=BARS, help="the file of the bars")
    options = parser.parse_args(arguments)
    if (options.vault is None) != (options.gold is None):
        parser.error("--vault and --gold go together")
    if options.vault and options.corpus:
        parser.error("--corpus names our corpora; --vault gives another")
    return options


def choose_corpora(options: argparse.Namespace) -> Sequence[Corpus]:
    """Return what is to be measured.

    Raises:
        InputError: a name that no corpus has.

    """
    if options.vault:
        return [Corpus(options.vault.resolve().name, options.vault, options.gold)]
    real = beside(options.shared)
    if not real:
        print(f"no real vaults are measured: there is no gold in {options.shared}")
    known = {corpus.name: corpus for corpus in (*COMMITTED, *real)}
    unknown = [name for name in options.corpus or () if name not in known]
    if unknown:
        raise InputError(f"no corpus {', '.join(unknown)}; known are {', '.join(known)}")
    return [corpus for name, corpus in known.items() if not options.corpus or name in options.corpus]


def find_faults(measured: Measured, bars: Bars) -> list[str]:
    """Return what makes the command fail: evidence that is not in the graph, a figure below its bar."""
    name, found = measured.corpus.name, tally(measured.score.outcomes)
    wrong = [f"{name}: {measured.score.unsupported} lines of evidence are not in the graph"]
    wrong = wrong if measured.score.unsupported else []
    for relation, kinds in bars.get(name, {}).items():
        for kind, bar in kinds.items():
            value = getattr(found[relation], kind)
            if value < bar:
                wrong.append(f"{name}: {relation} {kind} {value:.4f} is below its bar {bar:.2f}")
    return wrong


def print_figures(measured: Measured) -> None:
    """Print the figures of a corpus, by relation."""
    print(f"\n{measured.corpus.name}: {measured.score.notes} notes")
    print(f"  {'':12}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'missed':>8}{'invented':>10}")
    for name, found in tally(measured.score.outcomes).items():
        print(f"  {name:12}{_shares(name, found)}")


def _shares(name: str, found: Figures) -> str:
    """Return one row; of definitions only the recall is measured."""
    if name == "definition":
        return f"{'':8}{found.recall:>8.4f}{'':8}{found.right:>8}{found.missed:>8}"
    counts = f"{found.right:>8}{found.missed:>8}{found.invented:>10}"
    return f"{found.precision:>8.4f}{found.recall:>8.4f}{found.f1:>8.4f}{counts}"


def print_list(measured: Measured) -> None:
    """Print what was missed and invented, at its line; of a corpus held out only that it is."""
    if measured.corpus.name in HELD_OUT:
        print("  held out: what is missed and invented is not listed, or the corpus would measure nothing new")
        return
    wrong = [outcome for outcome in measured.score.outcomes if outcome.verdict is not Verdict.RIGHT]
    for outcome in sorted(wrong, key=lambda o: (o.note, o.line, o.measure, o.words)):
        under = f" under {outcome.under}" if outcome.under else ""
        print(f"  {outcome.note}:{outcome.line}: {outcome.verdict.value} ({outcome.measure}): {outcome.words}{under}")


if __name__ == "__main__":
    sys.exit(main())
