"""One run of the pipeline for a command: with its configuration, its progress, its report and its exit code."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from skosify_rad.cli.options import DEFAULT_OUT, Settings, load_config
from skosify_rad.cli.terminal import Progress, print_counts, print_findings, print_report
from skosify_rad.model.diagnostics import InputError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from skosify_rad.checks.not_run import NotChecked
    from skosify_rad.extraction.executors import Means
    from skosify_rad.model.config import Config
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.outputs.reports import Known, Report
    from skosify_rad.outputs.summary import Counts
    from skosify_rad.pipeline import Export


_NO_SHAPES: Final = "not run (the same rules were checked in code; see --shapes)"


class RunOptions(Settings, total=False):
    """What the options of an export hold."""

    out: Path
    """`--out`: where the register of identifiers lies, unless it is configured."""
    consumers: tuple[str, ...]
    """`--for`."""
    shapes: str
    """`--shapes`."""
    baseline: Path | None
    """`--baseline`."""
    workers: int
    """`--workers`."""
    dask: str
    """`--dask`."""
    no_cache: bool
    """`--no-cache`."""
    quiet: bool
    """`--quiet`."""
    verbose: bool
    """`--verbose`."""


@dataclass(frozen=True, slots=True)
class Run:
    """An export as a command has made it."""

    export: Export | None
    """Vault, graph, diagnostics; None if the last build was up to date and nothing was built."""
    counts: Counts
    """How much there is of everything."""
    config: Config
    """The configuration in force."""
    report: Report
    """What was found, and what was not looked at."""
    shapes: str
    """Whether the SHACL shapes ran, in words."""
    started: float
    """`time.monotonic()` at its beginning, in seconds."""
    files: Mapping[Path, bool] = field(default_factory=dict)
    """File of the export -> whether it was written; empty for commands that write nothing."""


def build_export(vault: Path, options: RunOptions) -> tuple[Export, Config]:
    """Read a vault and build its graph; nothing is written.

    Raises:
        SkosifyError: the vault or the configuration cannot be used.

    """
    config = _find_config(vault, options)
    from skosify_rad import pipeline  # noqa: PLC0415 - keeps --help fast

    progress = Progress(quiet=options.get("quiet", False))
    try:
        with _open_means(options, progress) as means:
            return pipeline.build(vault, config, means, options.get("out", DEFAULT_OUT)), config
    finally:
        progress.clear()


def _find_config(vault: Path, options: RunOptions) -> Config:
    if not vault.is_dir():
        raise InputError(f"{vault}: " + ("is not a folder" if vault.exists() else "there is no such folder"))
    return load_config(vault, options)


@contextmanager
def _open_means(options: RunOptions, progress: Progress) -> Iterator[Means]:
    """Give the means by which notes are read, as the options have it: a cluster, processes or this process; a cache."""
    from skosify_rad.extraction.executors import WORTHWHILE, Means, Processes, connect_dask, count_cores  # noqa: PLC0415 - as above
    from skosify_rad.model.kept_files import default_folder  # noqa: PLC0415 - keeps --help fast

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
    """Build a vault's graph, check all that is asked for, compare with the baseline (`known`, once it was read).

    Raises:
        SkosifyError: the vault, the configuration or the baseline cannot be used.

    """
    started = time.monotonic()
    export, config = build_export(vault, options)
    from skosify_rad.checks.exemptions import leave_out_exempted  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.checks.not_run import Scope, list_unchecked  # noqa: PLC0415 - as above
    from skosify_rad.checks.validate import merge, validate  # noqa: PLC0415 - as above

    consumers = options.get("consumers", ())
    found = export.diagnostics
    if consumers:
        found = merge(validate(export.graph, export.sources, config, consumers), found)
    found, shapes = _run_shapes(replace(export, diagnostics=found), config, options.get("shapes", "none"))
    found = leave_out_exempted(found, export.vault.texts)
    known = _read_known(options) if known is None else known
    report = _report(found, vault, list_unchecked(config, Scope(consumers=consumers)), known)
    return Run(replace(export, diagnostics=found), export.counts, config, report, shapes, started)


def run_export(vault: Path, options: RunOptions, *, always: bool = False) -> Run:
    """Build a vault and write its export; do nothing if the last build is up to date, unless `always`.

    Raises:
        SkosifyError: the vault, the configuration or the baseline cannot be used, or a file cannot be written.

    """
    from skosify_rad import pipeline  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.checks.not_run import Scope, list_unchecked  # noqa: PLC0415 - as above
    from skosify_rad.model.kept_files import default_folder  # noqa: PLC0415 - as above
    from skosify_rad.outputs.last_build import BuildRecord, LastBuild  # noqa: PLC0415 - as above

    started = time.monotonic()
    out = options.get("out", DEFAULT_OUT)
    more = options.get("consumers") or options.get("shapes", "none") != "none"
    config, known = _find_config(vault, options), _read_known(options)  # which may be the report of the last build
    record = None if options.get("no_cache") or more else BuildRecord(default_folder(), vault, out, config)
    last = record.find() if record and not always else None
    if last is not None:
        report = _report(last.diagnostics, vault, list_unchecked(config, Scope()), known)
        return Run(None, last.counts, config, report, _NO_SHAPES, started, dict.fromkeys(last.files, False))
    run = run_pipeline(vault, options, known)
    assert run.export is not None
    receipt = pipeline.write(run.export, out, config)
    if record:
        record.keep(LastBuild(run.export.diagnostics, run.counts, receipt.files))
    return replace(run, files={file: file not in receipt.unchanged for file in receipt.files})


def _read_known(options: RunOptions) -> tuple[Known, ...] | None:
    from skosify_rad.outputs.reports import read_baseline  # noqa: PLC0415 - keeps --help fast

    baseline = options.get("baseline")
    return None if baseline is None else read_baseline(baseline)


def _report(
    found: tuple[Diagnostic, ...], vault: Path, unchecked: tuple[NotChecked, ...], known: tuple[Known, ...] | None
) -> Report:
    """Return the report of what was found, compared with the findings of a baseline where one is given."""
    from skosify_rad.outputs.reports import Report, compare, find_base, make_line_reader  # noqa: PLC0415 - keeps --help fast

    report = Report(found, unchecked, make_line_reader(vault), base=find_base(vault))
    return report if known is None else compare(report, known)


def _run_shapes(export: Export, config: Config, engine: str) -> tuple[tuple[Diagnostic, ...], str]:
    """Run the SHACL shapes where they are asked for; return all findings, and whether they ran."""
    if engine == "none":
        return export.diagnostics, _NO_SHAPES
    from skosify_rad.checks.validate import merge, validate_with_shapes  # noqa: PLC0415 - imports pySHACL, 400 ms

    found = validate_with_shapes(export.graph, export.sources, config, engine)
    return merge(export.diagnostics, found), f"run through {engine}: {len(found):,} findings"


def print_run(run: Run, options: RunOptions, least: Severity) -> None:
    """Print what a run found (from a severity on, or all when verbose) and made, unless it is to be quiet."""
    if options.get("quiet"):
        return
    print_findings(run.report, least=Severity.INFO if options.get("verbose") else least)
    print_counts(run.counts)
    print_report(run.report, run.shapes)


def finish(run: Run) -> None:
    """End with exit code 1 when a finding counts, as `fail_on` has it; with a baseline, only new ones do."""
    from skosify_rad.outputs.reports import fingerprint_all  # noqa: PLC0415 - keeps --help fast

    word = run.config.checks.fail_on
    if word == "never":
        return
    found = run.report.diagnostics
    new = run.report.new
    for finding, fingerprint in zip(found, fingerprint_all(found), strict=True):
        if finding.level >= Severity[word.upper()] and (new is None or fingerprint in new):
            sys.exit(1)
