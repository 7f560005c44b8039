"""`rad2skos watch`: build after each save and print what changed."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from skosify_rad.cli.options import FORMAT, OUT, SITE_PORT, VAULT, build_options
from skosify_rad.cli.run import Run, RunOptions, print_run, run_build
from skosify_rad.cli.terminal import echo
from skosify_rad.model.diagnostics import Severity, SkosifyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typing_extensions import Unpack

    from skosify_rad.graph.graph import SourceMap
    from skosify_rad.model.statements import Term, Triple

INTERVAL_SECONDS: Final = 1.0
"""Pause between two scans of the folder; a scan takes 30 ms for 10,000 notes."""
SETTLED_SECONDS: Final = 0.2
"""A file that has not changed for this long is completely saved."""
MOST_LINES: Final = 20
"""Lines printed for each kind of change without `--verbose`."""

Stamps = dict[str, tuple[int, int]]
"""Path -> modification time in nanoseconds and size in bytes."""

EXAMPLES = """\
Examples:

\b
  rad2skos watch ~/notes
  rad2skos watch ~/notes --out export --interval 5
  rad2skos watch ~/notes --serve       also keep the site current, and serve it
"""


class WatchOptions(RunOptions, total=False):
    """Values of the options of `watch`."""

    interval: float
    """`--interval`, in seconds."""
    serve: bool
    """`--serve`."""
    site_port: int
    """`--site-port`."""


@click.command("watch", short_help="Build after each save.", epilog=EXAMPLES)
@VAULT
@OUT
@FORMAT
@click.option(
    "--interval",
    type=click.FloatRange(min=0.05),
    default=INTERVAL_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Time between two scans of the folder.",
)
@click.option("--serve", is_flag=True, help="Also build the site and serve it; reload a page to see what is new.")
@SITE_PORT
@build_options
def command(vault: Path, **options: Unpack[WatchOptions]) -> None:
    """Build the concept scheme of the folder VAULT, and again after each save, until Ctrl-C.

    After the first build, print only what changed: added (+) and removed (-) statements, new and fixed findings.
    """
    if options["serve"]:
        from skosify_rad.cli.serve import start_site

        options["formats"] = (*options["formats"], "site")
        start_site(options["out"] / "site", options["site_port"])
    before = take_stamps(vault, options)
    run = _build(vault, options)
    if run is not None:
        print_run(run, options, Severity.ERROR)
    if not options.get("quiet"):
        echo(f"watching {vault}; press Ctrl-C to stop")
    while True:
        after = wait_for_change(before, lambda: take_stamps(vault, options), options["interval"])
        changed, before = list_changed(before, after), after
        later = _build(vault, options)
        if later is not None:
            _print_changes(changed, run, later, options)
            run = later


def _build(vault: Path, options: WatchOptions) -> Run | None:
    """Build and write; on a SkosifyError (perhaps a half-edited configuration) print it and return None.

    The SHACL shapes run only if `--shapes` names an engine: between two saves an author should not wait for them.
    """
    if options.get("shapes") == "auto":
        options = {**options, "shapes": "none"}
    try:
        return run_build(vault, options, always=True)  # an up-to-date build holds no statements to compare
    except SkosifyError as error:
        echo(f"rad2skos: error: {error}", err=True)
        return None


def take_stamps(vault: Path, options: WatchOptions) -> Stamps:
    """Return the stamps of all notes, configuration files and tables of mappings."""
    stamps: Stamps = {}
    pending = [str(vault)]
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except OSError:
            continue  # the build reports what cannot be read
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name.casefold().endswith((".md", ".toml", ".tsv")):
                _stamp(entry.path, stamps)
    if options.get("config"):
        _stamp(str(options["config"]), stamps)
    return stamps


def _stamp(path: str, stamps: Stamps) -> None:
    try:
        found = os.stat(path)  # noqa: PTH116 - twice as fast, and called for every note every second
    except OSError:
        return  # deleted in the meantime
    stamps[path] = (found.st_mtime_ns, found.st_size)


def wait_for_change(before: Stamps, look: Callable[[], Stamps], interval_seconds: float) -> Stamps:
    """Wait until the stamps differ and then stay the same (editors save in several steps); return them."""
    while (after := look()) == before:
        time.sleep(interval_seconds)
    while True:
        time.sleep(min(SETTLED_SECONDS, interval_seconds))
        settled = look()
        if settled == after:
            return settled
        after = settled


def list_changed(before: Stamps, after: Stamps) -> list[str]:
    """Return the sorted paths of files that were added, removed or changed."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _print_changes(changed: list[str], before: Run | None, after: Run, options: WatchOptions) -> None:
    if options.get("quiet"):
        return
    names = ["".join(c if c.isprintable() else "?" for c in Path(path).name) for path in changed]
    what = names[0] if len(names) == 1 else f"{len(names):,} files"
    echo(f"{time.strftime('%H:%M:%S')}  {what}  {time.monotonic() - after.started:.2f} s")
    for lines in describe_changes(before, after):
        most = len(lines) if options.get("verbose") else MOST_LINES
        for line in lines[:most]:
            echo(f"  {line}")
        if len(lines) > most:
            echo(f"  ... and {len(lines) - most:,} more; --verbose shows all")


def describe_changes(before: Run | None, after: Run) -> Iterator[list[str]]:
    """Yield the lines for added statements, removed statements, new findings and fixed findings."""
    old, new = _sources(before), _sources(after)
    yield _write_statements("+", (t for t in new if t not in old), after)
    yield _write_statements("-", (t for t in old if t not in new), before or after)
    was, now = _find_findings(before), _find_findings(after)
    yield [f"new    {now[key]}" for key in now if key not in was]
    yield [f"fixed  {was[key]}" for key in was if key not in now]


def _sources(run: Run | None) -> SourceMap:
    return run.export.sources if run and run.export else {}


def _write_statements(sign: str, triples: Iterable[Triple], run: Run) -> list[str]:
    """Return one line per statement, with labels instead of IRIs."""
    from skosify_rad.model.namespaces import SKOS, curie
    from skosify_rad.model.statements import Literal

    def name(term: Term) -> str:
        if isinstance(term, Literal):
            return term.value
        labels = run.export.graph.objects(term, SKOS.prefLabel) if run.export else ()
        return next((label.value for label in labels if isinstance(label, Literal)), curie(term))

    return [f"{sign} {name(t.subject)}  {curie(t.predicate)}  {name(t.object)}" for t in triples]


def _find_findings(run: Run | None) -> dict[tuple[str, str, int], str]:
    """Return the line of every finding by its rule, what it is about, and its number among those of the same.

    A finding keeps this key if it moves to another line, or if its note is renamed.
    """
    from skosify_rad.outputs.reports import render_line

    seen: Counter[tuple[str, str]] = Counter()
    lines = {}
    for finding in run.report.diagnostics if run else ():
        about = finding.rule.code, finding.subject or finding.words or finding.place.path
        seen[about] += 1
        key = (*about, seen[about])
        lines[key] = render_line(finding)
    return lines
