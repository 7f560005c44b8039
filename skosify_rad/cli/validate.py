"""`rad2skos validate`: check any SKOS vocabulary."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import (
    BASELINE,
    CONSUMERS,
    FAIL_ON,
    IGNORE,
    QUIET,
    REPORT_FORMATS,
    SELECT,
    STATISTICS,
    VERBOSE,
    ConfigOptions,
    load_config,
    names_option,
)
from skosify_rad.cli.run import exit_on_findings
from skosify_rad.cli.terminal import Progress, print_findings, print_statistics
from skosify_rad.model.diagnostics import ConfigError, InputError, Severity
from skosify_rad.model.time_limit import run_within

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.graph.readers import Vocabulary
    from skosify_rad.model.config import Config
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.outputs.reports import Report


class ValidateOptions(ConfigOptions, total=False):
    """Values of the options of `validate`."""

    engine: str
    consumers: tuple[str, ...]
    """`--for`."""
    timeout: float
    network: bool
    report: str
    baseline: Path | None
    fix: tuple[str, ...]
    out: Path | None
    quiet: bool
    verbose: bool
    statistics: bool


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
  rad2skos validate vocabulary.ttl --fix redundant-broader --out fixed.ttl
"""


@click.command("validate", short_help="Check any SKOS vocabulary.", epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file; only its [checks] table is used.")
@click.option(
    "--engine",
    type=click.Choice(["fast", "pyshacl-core", "pyshacl", "pyshifty-core", "pyshifty"]),
    default="fast",
    show_default=True,
    help="fast: the built-in checks; otherwise the SHACL shapes, run with this engine.",
)
@SELECT
@IGNORE
@FAIL_ON
@CONSUMERS
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), default=600, show_default=True, help="Time limit in seconds."
)
@click.option("--network", is_flag=True, help="Follow links to other vocabularies.")
@click.option("--report", type=REPORT_FORMATS, default="text", show_default=True, help="Report format.")
@BASELINE
@names_option("--fix", metavar="SLUG", help="Print a patch that fixes this rule's findings. May be repeated.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the fixed vocabulary to this file.")
@STATISTICS
@QUIET
@VERBOSE
def command(inputs: tuple[str, ...], **options: Unpack[ValidateOptions]) -> None:
    """Check one SKOS vocabulary, read from files, folders and URLs.

    Files are Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, optionally compressed (gzip, bzip2, xz, zip). A URL
    is a file, a Graph Store Protocol endpoint or a SPARQL endpoint. The inputs are never changed: `--fix` prints a
    patch, and `--out` writes the result to another file.
    """
    from skosify_rad.graph.readers import read_vocabulary

    started = time.monotonic()
    gc.disable()  # millions of plain values without cycles, which the collector would traverse for nothing
    config = load_config(None, options)
    out = options.get("out")
    if out and not options.get("fix"):
        raise ConfigError("--out needs --fix: without a fix there is nothing to write")
    if out and any(out.resolve() == Path(item).resolve() for item in inputs):
        raise ConfigError(f"--out {out} is one of the inputs; name another file")

    def check() -> tuple[Vocabulary, Report | None]:
        vocabulary = read_vocabulary(inputs)
        return vocabulary, None if options.get("fix") else _make_report(vocabulary, config, options)

    with Progress(quiet=options.get("quiet", False), patience_seconds=0) as progress:
        progress("reading and checking", 0, 0)
        try:
            vocabulary, report = run_within(options["timeout"], check)
        except TimeoutError as error:
            raise InputError(f"checking {', '.join(inputs)} {error}; raise --timeout") from error
    if report is None:
        _fix(vocabulary, options)
        return
    if not options.get("quiet"):
        _print(report, options)
        if options.get("report") == "text":
            click.echo(f"{'triples:':<24}{len(vocabulary.graph):>7}")
            click.echo(f"{'seconds:':<24}{time.monotonic() - started:>7.2f}")
    exit_on_findings(report, config)


def _make_report(vocabulary: Vocabulary, config: Config, options: ValidateOptions) -> Report:
    from skosify_rad.checks.not_run import Scope, list_unchecked
    from skosify_rad.outputs.reports import Report, compare, read_baseline

    engine = "" if options.get("engine") == "fast" else options.get("engine", "")
    found = _check(vocabulary, config, options)
    scope = Scope(
        vault=False,
        consumers=options.get("consumers", ()),
        network=options.get("network", False),
        is_partial=bool(vocabulary.diagnostics),
        engine=engine,
        house=bool(config.checks.shapes),
    )
    report = Report(found, list_unchecked(config, scope), vocabulary.places.read_line)
    baseline = options.get("baseline")
    return compare(report, read_baseline(baseline)) if baseline else report


def _check(vocabulary: Vocabulary, config: Config, options: ValidateOptions) -> tuple[Diagnostic, ...]:
    import skosify_rad.checks.validate as checking

    graph, places = vocabulary.graph, vocabulary.places
    engine, consumers = options.get("engine", "fast"), options.get("consumers", ())
    found = list(vocabulary.diagnostics)
    infos: tuple[Diagnostic, ...] = ()
    # The text report without --verbose only counts info findings, so they need no places.
    brief = options.get("report", "text") == "text" and not options.get("verbose") and not options.get("baseline")
    if engine != "fast":
        found.extend(checking.demand(checking.validate_with_shapes(graph, places, config, engine), consumers))
    elif brief:
        located, infos = checking.validate_in_brief(graph, places, config, consumers)
        found.extend(located)
    else:
        found.extend(checking.validate(graph, places, config, consumers))
    if config.checks.shapes:
        from skosify_rad.checks.house_shapes import find_house_findings

        found.extend(find_house_findings(graph, places, config))
    if options.get("network"):
        found.extend(checking.validate_links(graph, places, config))
    return (*checking.settle(found, config), *infos)


def _print(report: Report, options: ValidateOptions) -> None:
    from skosify_rad.outputs.reports import render, render_summary

    name = options.get("report", "text")
    if name != "text":
        click.echo(render(report, name), nl=False)
        return
    print_findings(report, least=Severity.INFO if options.get("verbose") else Severity.WARNING, sums=True)
    if options.get("statistics"):
        print_statistics(report)
    else:
        click.echo("\n".join(render_summary(report)))


def _fix(vocabulary: Vocabulary, options: ValidateOptions) -> None:
    from skosify_rad.checks.fixes import fix_graph, render_patch
    from skosify_rad.graph.readers import write_graph

    graph, fixes = fix_graph(vocabulary.graph, vocabulary.places, options.get("fix", ()))
    click.echo(render_patch(fixes, vocabulary.places), nl=False)
    out = options.get("out")
    if out:
        write_graph(graph, out)
    click.echo(f"{len(fixes)} changes " + (f"written to {out}" if out else "shown; --out FILE writes them"), err=True)
