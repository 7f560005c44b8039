#!/usr/bin/env python3
"""Measure what is read out of notes: precision, recall and F1 by relation and form, against committed bars.

    python benchmarks/extraction.py [--corpus NAME ...] [--list] [--splits N [--seed S]] [--raise]
    python benchmarks/extraction.py --vault FOLDER --gold GOLD.jsonl [--list]

Nothing is written, but for benchmarks/bars.json with --raise. Exit code 1: a figure is below its bar, evidence is not
in the graph, or the gold's own scorer counts otherwise. 2: it could not be measured. skosify_rad/docs/extraction.md
says what is measured and how.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from quality.bars import find_shortfalls, raise_bars, read_bars, render_bars
from quality.corpora import COMMITTED, ROOT, Corpus, Measured, beside, measure
from quality.forms import FORMS
from quality.reference import find_differences
from quality.scoring import Figures, Outcome, Verdict, tally
from quality.splits import spread

from skosify_rad.model.diagnostics import InputError, SkosifyError

BARS: Final = ROOT / "benchmarks" / "bars.json"
"""The committed bars."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the corpora asked for and return the exit code."""
    options = parse_options(arguments)
    try:
        measured = [measure(corpus) for corpus in choose_corpora(options)]
        if options.lift:
            lift_bars(measured, options)
        wrong = find_faults(measured, options)
    except (SkosifyError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for each in measured:
        print_figures(each)
        if options.list:
            print_list(each)
    if options.splits:
        print_splits(measured, range(options.seed, options.seed + options.splits))
    print_verdict(wrong, scorer_of(options))
    return 1 if wrong else 0


def parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpus", nargs="+", metavar="NAME", help="only these; default all that are there")
    parser.add_argument("--vault", type=Path, help="a vault of your own, with --gold; it has no bars")
    parser.add_argument("--gold", type=Path, help="what is wanted from it, in the form of tests/corpora/README.md")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="holds gold/ and vaults/rad-dev")
    parser.add_argument("--list", action="store_true", help="list what is missed and invented, by note and line")
    parser.add_argument("--splits", type=int, default=0, metavar="N", help="spread of F1 over N random half splits")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first split")
    parser.add_argument("--raise", action="store_true", dest="lift", help="lift the bars to just below these figures")
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
    known = {corpus.name: corpus for corpus in (*COMMITTED, *beside(options.shared))}
    unknown = [name for name in options.corpus or () if name not in known]
    if unknown:
        raise InputError(f"no corpus {', '.join(unknown)}; known are {', '.join(known)}")
    if "rad-dev" not in known:
        print(f"rad-dev is not measured: it is not in {options.shared}")
    return [corpus for name, corpus in known.items() if not options.corpus or name in options.corpus]


def print_figures(measured: Measured) -> None:
    """Print the figures of a corpus, by relation and form."""
    unsupported = f"{measured.score.unsupported} lines of evidence not in the graph"
    print(f"\n{measured.corpus.name}: {measured.score.notes} notes, {unsupported}")
    print(f"  {'':24}{'P':>8}{'R':>8}{'F1':>8}{'right':>8}{'missed':>8}{'invented':>10}")
    for name, found in tally(measured.score.outcomes).items():
        print_row(name, name, found)
        for form in FORMS:
            chosen = [o for o in measured.score.outcomes if o.measure == name and measured.forms[o] == form]
            if chosen:
                print_row(f"  {form}", name, tally(chosen)[name])


def print_row(title: str, name: str, found: Figures) -> None:
    """Print one row; of definitions only the recall is measured."""
    if name == "definition":
        shares, invented = f"{'':8}{found.recall:>8.4f}{'':8}", ""
    else:
        shares, invented = f"{found.precision:>8.4f}{found.recall:>8.4f}{found.f1:>8.4f}", str(found.invented)
    print(f"  {title:24}{shares}{found.right:>8}{found.missed:>8}{invented:>10}".rstrip())


def print_list(measured: Measured) -> None:
    """Print what was missed and invented, at its line; of a corpus held out only that it is."""
    if measured.corpus.held_out:
        print("  held out: what is missed and invented is not listed, or the corpus would measure nothing new")
        return
    for outcome in sorted(_wrong(measured.score.outcomes), key=lambda o: (o.note, o.line, o.measure, o.words)):
        about = f"{outcome.measure}, {measured.forms[outcome]}"
        under = f" under {outcome.under}" if outcome.under else ""
        print(f"  {outcome.note}:{outcome.line}: {outcome.verdict.value} ({about}): {outcome.words}{under}")


def print_splits(measured: Sequence[Measured], seeds: range) -> None:
    """Print how F1 spreads over random halves, of each corpus and of all notes together."""
    print(f"\nF1 over {len(seeds)} random half splits, seeds {seeds[0]} to {seeds[-1]}")
    print(f"  {'':24}{'lowest':>8}{'mean':>8}{'highest':>8}{'mean gap':>10}{'widest gap':>12}")
    pools = [(each.corpus.name, each.score.outcomes) for each in measured]
    if len(measured) > 1:
        together = [o._replace(note=f"{each.corpus.name}/{o.note}") for each in measured for o in each.score.outcomes]
        pools.append(("all together", tuple(together)))
    for name, outcomes in pools:
        for relation in ("narrower", "related"):
            found = spread(outcomes, relation, seeds)
            values = f"{found.lowest:>8.4f}{found.mean:>8.4f}{found.highest:>8.4f}"
            print(f"  {name + ' ' + relation:24}{values}{found.mean_gap:>10.4f}{found.widest_gap:>12.4f}")


def lift_bars(measured: Iterable[Measured], options: argparse.Namespace) -> None:
    """Lift the bars in their file to just below today's figures; a vault of the user's own sets none."""
    if not options.vault:
        figures = {each.corpus.name: tally(each.score.outcomes) for each in measured}
        options.bars.write_text(render_bars(raise_bars(read_bars(options.bars), figures)), encoding="utf-8")


def find_faults(measured: Iterable[Measured], options: argparse.Namespace) -> list[str]:
    """Return all that makes the command fail."""
    wrong = []
    bars, scorer = read_bars(options.bars), scorer_of(options)
    for each in measured:
        if each.score.unsupported:
            wrong.append(f"{each.corpus.name}: {each.score.unsupported} lines of evidence are not in the graph")
        if not options.vault:
            wrong.extend(find_shortfalls(each.corpus.name, tally(each.score.outcomes), bars))
        if scorer.is_file():
            wrong.extend(find_differences(each, scorer))
    return wrong


def scorer_of(options: argparse.Namespace) -> Path:
    """Return where the gold's own scorer lies, if it is there."""
    shared: Path = options.shared
    return shared / "gold" / "score.py"


def print_verdict(wrong: Sequence[str], scorer: Path) -> None:
    """Print what is wrong, or that nothing is, and who else was asked."""
    print()
    print(*wrong or ["every figure is at or above its bar, and every line of evidence is in the graph"], sep="\n")
    print(f"{scorer} {'was asked too' if scorer.is_file() else 'is not here: not asked'}")


def _wrong(outcomes: Iterable[Outcome]) -> Iterable[Outcome]:
    return (outcome for outcome in outcomes if outcome.verdict is not Verdict.RIGHT)


if __name__ == "__main__":
    sys.exit(main())
