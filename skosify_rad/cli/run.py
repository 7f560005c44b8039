"""One run of the pipeline for a command: configuration, progress, report and exit code."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skosify_rad.cli.options import DEFAULT_OUT, ConfigOptions, load_config
from skosify_rad.cli.terminal import (
    Progress,
    print_counts,
    print_findings,
    print_report,
    print_statistics,
    print_steps,
)
from skosify_rad.model.diagnostics import InputError, OutputError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skosify_rad.checks.conformance import Conformance
    from skosify_rad.checks.not_run import NotChecked
    from skosify_rad.extraction.executors import Means
    from skosify_rad.model.config import Config
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.outputs.reports import Known, Report
    from skosify_rad.outputs.summary import Counts
    from skosify_rad.pipeline import Export


class RunOptions(ConfigOptions, total=False):
    """Values of the options of a run."""

    out: Path
    """`--out`: holds the register of identifiers unless the configuration names another place."""
    consumers: tuple[str, ...]
    """`--for`."""
    since: str | None
    """`--since`: the release before this one."""
    shapes: str
    baseline: Path | None
    workers: int
    dask: str
    no_cache: bool
    quiet: bool
    verbose: bool
    statistics: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The result of a run."""

    export: Export | None
    """Vault, graph and findings; None if the last build was up to date."""
    counts: Counts
    """Number of notes, concepts and so on."""
    config: Config
    """The configuration in force."""
    report: Report
    """The findings and the rules that were not checked."""
    shapes: str
    """What the SHACL shapes found, as a phrase."""
    started: float
    """`time.monotonic()` at the start, in seconds."""
    vault: Path
    """The folder of the notes."""
    files: tuple[Path, ...] = ()
    """The files of the build; empty for commands that write nothing."""


def build_export(vault: Path, options: RunOptions) -> tuple[Export, Config]:
    """Read a vault and build its graph; write nothing.

    Raises:
        SkosifyError: the vault or the configuration cannot be used.

    """
    config = _find_config(vault, options)
    from skosify_rad import pipeline

    with Progress(quiet=options.get("quiet", False)) as progress, _open_executor(options, progress) as means:
        return pipeline.build(vault, config, means, options.get("out", DEFAULT_OUT)), config


def _find_config(vault: Path, options: RunOptions) -> Config:
    if not vault.is_dir():
        raise InputError(f"{vault}: " + ("is not a folder" if vault.exists() else "no such folder"))
    return load_config(vault, options, options.get("out", DEFAULT_OUT))


@contextmanager
def _open_executor(options: RunOptions, progress: Progress) -> Iterator[Means]:
    """Open what the options ask for to read notes: a Dask cluster, processes or this process."""
    from skosify_rad.extraction.executors import WORTHWHILE, Means, Processes, connect_dask, count_cores
    from skosify_rad.model.kept_files import default_folder

    cache = None if options.get("no_cache") else default_folder()
    workers = options.get("workers", 1) or count_cores()
    if options.get("dask"):
        with connect_dask(options["dask"]) as executor:
            yield Means(progress, executor, cache=cache)
    elif workers > 1:
        with Processes(workers) as executor:
            yield Means(progress, executor, 0 if options.get("workers") else WORTHWHILE, cache)
    else:
        yield Means(progress, cache=cache)


def run_pipeline(vault: Path, options: RunOptions, known: tuple[Known, ...] | None = None) -> Run:
    """Build a vault's graph, run the checks asked for and compare with the baseline; write nothing.

    `known` holds the baseline's findings if the caller has read them already.

    Raises:
        SkosifyError: the vault, the configuration or the baseline cannot be used.

    """
    started = time.monotonic()
    export, config = build_export(vault, options)
    if not export.vault.notes:
        skipped = ", ".join(f"{number:,} {reason}" for reason, number in sorted(export.counts.notes_skipped.items()))
        raise InputError(f"{vault}: no note to read" + (f" ({skipped})" if skipped else ": it holds no .md file"))
    from skosify_rad.checks.exemptions import leave_out_exempted
    from skosify_rad.checks.not_run import Scope, list_unchecked
    from skosify_rad.checks.validate import merge, validate

    consumers = options.get("consumers", ())
    found = export.diagnostics
    if consumers:
        found = merge(validate(export.graph, export.sources, config, consumers), found)
    if "fhir" in consumers:
        from skosify_rad.outputs.fhir.checks import check_fhir

        found = merge(found, check_fhir(export.graph, export.sources, config))
    if release := options.get("release"):
        from skosify_rad.cli.release import release_export

        export = release_export(export, release, options.get("since"))
    conformance = _run_shapes(export, vault, config, options)
    found = leave_out_exempted(merge(found, conformance.found), export.vault.texts)
    known = _read_known(options) if known is None else known
    scope = Scope(consumers=consumers, house=bool(config.checks.shapes) and not conformance.not_run)
    report = _make_report(found, vault, list_unchecked(config, scope), known)
    export = replace(export, diagnostics=found, scope=scope)
    return Run(export, export.counts, config, report, conformance.describe(found), started, vault)


def run_build(vault: Path, options: RunOptions, *, always: bool = False) -> Run:
    """Build a vault and write the files; do nothing if the last build is up to date, unless `always`.

    Raises:
        SkosifyError: the vault, the configuration or the baseline cannot be used, or a file cannot be written.

    """
    from skosify_rad import pipeline
    from skosify_rad.checks.not_run import Scope, list_unchecked
    from skosify_rad.concepts.register_file import register_path
    from skosify_rad.model.kept_files import default_folder
    from skosify_rad.outputs.files import hold_folders
    from skosify_rad.outputs.last_build import BuildRecord, LastBuild

    started = time.monotonic()
    out = options.get("out", DEFAULT_OUT)
    more = bool(options.get("consumers")) or options.get("shapes", "auto") != "auto"
    # The baseline may be the report that this build replaces, so read it first.
    config, known = _find_config(vault, options), _read_known(options)
    more |= bool(config.site.templates or config.checks.shapes)  # those files may have changed
    more |= bool(options.get("release"))  # the old release may have changed
    if out == DEFAULT_OUT and out.is_symlink():  # it may have come with the notes
        raise OutputError(f"{out}: is a symbolic link; name the folder it should lead to with --out")
    with hold_folders([out, register_path(config, out).parent]):  # two builds must not read the same register
        record = None if options.get("no_cache") or more else BuildRecord(default_folder(), vault, out, config)
        last = record.find() if record and not always else None
        if last is not None:
            report = _make_report(last.diagnostics, vault, list_unchecked(config, Scope()), known)
            return Run(None, last.counts, config, report, last.shapes, started, vault, tuple(last.files))
        run = run_pipeline(vault, options, known)
        assert run.export is not None
        files = pipeline.write(run.export, out, config).files
        if record:
            record.keep(LastBuild(run.export.diagnostics, run.counts, files, run.shapes))
    return replace(run, files=tuple(files))


def _read_known(options: RunOptions) -> tuple[Known, ...] | None:
    from skosify_rad.outputs.reports import read_baseline

    baseline = options.get("baseline")
    return None if baseline is None else read_baseline(baseline)


def _make_report(
    found: tuple[Diagnostic, ...], vault: Path, unchecked: tuple[NotChecked, ...], known: tuple[Known, ...] | None
) -> Report:
    """Return the report of these findings, compared with a baseline's findings unless `known` is None."""
    from skosify_rad.outputs.reports import Report, compare, find_base, make_line_reader

    report = Report(found, unchecked, make_line_reader(vault), base=find_base(vault), vault=vault.resolve().name)
    return report if known is None else compare(report, known)


def _run_shapes(export: Export, vault: Path, config: Config, options: RunOptions) -> Conformance:
    """Run the SHACL shapes, unless the options or the graph's size say otherwise."""
    from skosify_rad.checks.conformance import Conformance, choose_engine, run_conformance
    from skosify_rad.model.kept_files import SHAPES, default_folder, name_file

    engine, not_run = choose_engine(options.get("shapes", "auto"), export.counts.concepts)
    if not engine:
        return Conformance(not_run=not_run)
    kept = None if options.get("no_cache") else name_file(default_folder(), SHAPES, vault)
    with Progress(quiet=options.get("quiet", False), patience_seconds=0) as progress:
        progress(f"running the SHACL shapes on {export.counts.concepts:,} concepts", 0, 0)
        return run_conformance(export.graph, export.sources, config, (engine, kept))


def print_run(run: Run, options: RunOptions, least: Severity) -> None:
    """Print the findings of at least this severity (all if verbose) and the summary; nothing if quiet.

    Below `error`, for `check`, the other findings are summed up; otherwise the most useful steps follow.
    """
    if options.get("quiet"):
        return
    verbose, listing = options.get("verbose", False), least < Severity.ERROR
    print_findings(run.report, least=Severity.INFO if verbose else least, sums=listing)
    print_counts(run.counts)
    print_report(run.report, run.shapes)
    if options.get("statistics"):
        print_statistics(run.report)
    if not listing:
        print_steps(run.report, run.vault)


def exit_on_findings(report: Report, config: Config) -> None:
    """Exit with code 1 if a finding reaches `fail_on`; with a baseline, only new findings count."""
    from skosify_rad.outputs.reports import mark_states

    word = config.checks.fail_on
    if word == "never":
        return
    least = Severity[word.upper()]
    if any(finding.level >= least and state != "known" for finding, state in mark_states(report)):
        sys.exit(1)
