"""`rad2skos validate`: check any SKOS vocabulary, from wherever it comes."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from skosify_rad.cli.options import FOR, IGNORE, SELECT, names_option
from skosify_rad.model.diagnostics import ConfigError, Severity

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.graph.readers import Vocabulary
    from skosify_rad.model.config import Config
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.outputs.reports import Report


class ValidateOptions(TypedDict, total=False):
    """What the options of `validate` hold."""

    config: Path | None
    """`--config`."""
    engine: str
    """`--engine`."""
    select: tuple[str, ...]
    """`--select`."""
    ignore: tuple[str, ...]
    """`--ignore`."""
    fail_on: str | None
    """`--fail-on`."""
    consumers: tuple[str, ...]
    """`--for`."""
    network: bool
    """`--network`."""
    report: str
    """`--report`."""
    baseline: Path | None
    """`--baseline`."""
    fix: tuple[str, ...]
    """`--fix`."""
    out: Path | None
    """`--out`."""
    quiet: bool
    """`--quiet`."""
    verbose: bool
    """`--verbose`."""


EXAMPLES = """\
Examples:

\b
  rad2skos validate vocabulary.ttl
  rad2skos validate export/ --select standard
  rad2skos validate http://localhost:7878/query
  rad2skos validate vocabulary.rdf --for skosmos --report sarif > findings.sarif
  rad2skos validate vocabulary.ttl --engine pyshacl
  rad2skos validate vocabulary.ttl --report json > before.json
  rad2skos validate vocabulary.ttl --baseline before.json
  rad2skos validate vocabulary.ttl --fix redundant-broader
  rad2skos validate vocabulary.ttl --fix redundant-broader --out mended.ttl
"""


@click.command("validate", short_help="Check any SKOS vocabulary.", epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file; its [checks] are used.")
@click.option(
    "--engine",
    type=click.Choice(["fast", "pyshacl-core", "pyshacl", "pyshifty-core", "pyshifty"]),
    default="fast",
    show_default=True,
    help="The checks on sets, or the SHACL shapes through this engine.",
)
@SELECT
@IGNORE
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Exit with 1 when a finding is at least this bad.  [default: error]",
)
@FOR
@click.option("--network", is_flag=True, help="Follow the links to other vocabularies.")
@click.option(
    "--report",
    type=click.Choice(["text", "json", "sarif", "github", "junit", "shacl", "html"]),
    default="text",
    show_default=True,
    help="Format of the report.",
)
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Compare with an earlier JSON report."
)
@names_option("--fix", metavar="SLUG", help="Show a patch for this rule's findings.  May be repeated.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the fixed vocabulary to this file.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code tells.")
@click.option("-v", "--verbose", is_flag=True, help="Print remarks too, in the text report.")
def command(inputs: tuple[str, ...], **options: Unpack[ValidateOptions]) -> None:
    """Check SKOS vocabularies: files (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD), folders, addresses.

    All inputs are read as one vocabulary; files may be packed (gzip, bzip2, xz, zip). An address is a file, a graph
    store or a SPARQL endpoint. Nothing is changed; `--fix` shows a patch, and only `--out` writes it, to another file.
    """
    from skosify_rad.graph.readers import read_vocabulary  # noqa: PLC0415 - keeps --help fast

    started = time.monotonic()
    gc.disable()  # plain values without cycles: a collection would walk millions of them for nothing
    config = _load_config(options)
    if options.get("out") and not options.get("fix"):
        raise ConfigError("--out needs --fix: without it there is nothing new to write")
    out = options.get("out")
    if out and any(out.resolve() == Path(item).resolve() for item in inputs):
        raise ConfigError(f"--out {out} is what was read: name another file, and compare the two")
    vocabulary = read_vocabulary(inputs)
    if options.get("fix"):
        _fix(vocabulary, options)
        return
    report = _make_report(vocabulary, config, options)
    if not options.get("quiet"):
        click.echo(_render(report, options), nl=False)
        if options.get("report") == "text":
            click.echo(f"{'triples:':<24}{len(vocabulary.graph):>7}")
            click.echo(f"{'seconds:':<24}{time.monotonic() - started:>7.2f}")
    _finish(report, config)


def _load_config(options: ValidateOptions) -> Config:
    from dataclasses import replace  # noqa: PLC0415 - keeps --help fast

    from skosify_rad.model.config import read_config  # noqa: PLC0415 - as above

    config = read_config(options.get("config"))
    checks = replace(
        config.checks,
        select=options.get("select") or config.checks.select,
        ignore=(*config.checks.ignore, *options.get("ignore", ())),
        fail_on=options.get("fail_on") or config.checks.fail_on,
    )
    return replace(config, checks=checks)


def _make_report(vocabulary: Vocabulary, config: Config, options: ValidateOptions) -> Report:
    from skosify_rad.checks.not_run import Scope, list_unchecked  # noqa: PLC0415 - as above
    from skosify_rad.outputs.reports import Report, compare, read_baseline  # noqa: PLC0415 - as above

    engine = "" if options.get("engine") == "fast" else options.get("engine", "")
    found = _check(vocabulary, config, options)
    scope = Scope(False, options.get("consumers", ()), options.get("network", False), engine)  # noqa: FBT003 - a record
    report = Report(found, list_unchecked(config, scope), vocabulary.places.read_line)
    baseline = options.get("baseline")
    return compare(report, read_baseline(baseline)) if baseline else report


def _check(vocabulary: Vocabulary, config: Config, options: ValidateOptions) -> tuple[Diagnostic, ...]:
    import skosify_rad.checks.validate as checking  # noqa: PLC0415 - as above

    graph, places = vocabulary.graph, vocabulary.places
    engine, consumers = options.get("engine", "fast"), options.get("consumers", ())
    found = list(vocabulary.diagnostics)
    remarks: tuple[Diagnostic, ...] = ()
    if engine != "fast":
        found.extend(checking.demand(checking.validate_with_shapes(graph, places, config, engine), consumers))
    elif _counts_remarks(options):
        told, remarks = checking.validate_in_brief(graph, places, config, consumers)
        found.extend(told)
    else:
        found.extend(checking.validate(graph, places, config, consumers))
    if options.get("network"):
        found.extend(checking.validate_links(graph, places, config))
    return (*checking.settle(found, config), *remarks)


def _counts_remarks(options: ValidateOptions) -> bool:
    """Tell whether the report only counts remarks."""
    return options.get("report", "text") == "text" and not options.get("verbose") and not options.get("baseline")


def _render(report: Report, options: ValidateOptions) -> str:
    from dataclasses import replace  # noqa: PLC0415 - as above

    from skosify_rad.outputs.reports import render, render_findings, render_summary  # noqa: PLC0415 - as above

    name = options.get("report", "text")
    if name != "text" or options.get("verbose"):
        return render(report, name)
    shown = replace(report, diagnostics=tuple(d for d in report.diagnostics if d.level > Severity.INFO))
    hidden = len(report.diagnostics) - len(shown.diagnostics)
    remarks = [f"{hidden} remarks not shown; --verbose shows them", ""] if hidden else []
    return "\n".join([*render_findings(shown), *remarks, *render_summary(report)]) + "\n"


def _fix(vocabulary: Vocabulary, options: ValidateOptions) -> None:
    from skosify_rad.checks.fixes import fix_graph, render_patch  # noqa: PLC0415 - as above
    from skosify_rad.graph.readers import write_graph  # noqa: PLC0415 - as above

    graph, fixes = fix_graph(vocabulary.graph, vocabulary.places, options.get("fix", ()))
    click.echo(render_patch(fixes, vocabulary.places), nl=False)
    out = options.get("out")
    if out:
        write_graph(graph, out)
    click.echo(f"{len(fixes)} changes " + (f"written to {out}" if out else "shown; --out FILE writes them"), err=True)


def _finish(report: Report, config: Config) -> None:
    """End with exit code 1 when a finding counts; with a baseline, only new ones do."""
    from skosify_rad.outputs.reports import fingerprint_all  # noqa: PLC0415 - as above

    word = config.checks.fail_on
    if word == "never":
        return
    least = Severity[word.upper()]
    if report.new is None:
        counts = any(finding.level >= least for finding in report.diagnostics)
    else:
        marked = zip(report.diagnostics, fingerprint_all(report.diagnostics), strict=True)
        counts = any(finding.level >= least and fingerprint in report.new for finding, fingerprint in marked)
    if counts:
        sys.exit(1)
