"""`rad2skos build`: write a vault's concept scheme."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from skosify_rad.cli.options import FHIR_VERSION, FORMAT, OUT, VAULT, build_options
from skosify_rad.cli.release import is_placeholder
from skosify_rad.cli.run import Run, RunOptions, exit_on_findings, print_run, run_build, run_pipeline
from skosify_rad.cli.terminal import echo, print_seconds
from skosify_rad.model.diagnostics import ConfigError, Severity

if TYPE_CHECKING:
    from typing_extensions import Unpack


class BuildOptions(RunOptions, total=False):
    """Values of the options of `build`."""

    dry_run: bool
    """`--dry-run`."""


_PURPOSES: Final = {
    "concepts.ttl": "  (the concept scheme)",
    "register.jsonl": "  (the identifiers; keep this file)",
    "validation.html": "  (every finding, by note; open it in a browser)",
}

EXAMPLES = """\
Examples:

\b
  rad2skos build ~/notes
  rad2skos build ~/notes --out export --format ntriples,rdfxml
  rad2skos build ~/notes --stubs exclude --dry-run
  rad2skos build ~/notes --release 1.3.0 --since git:v1.2.0:output
"""


@click.command("build", short_help="Build the SKOS concept scheme of a vault.", epilog=EXAMPLES)
@VAULT
@OUT
@FORMAT
@FHIR_VERSION
@click.option("--dry-run", is_flag=True, help="Write nothing; list the files that would change.")
@click.option("--release", metavar="VERSION", help="Make this a release: write its version, such as 1.3.0.")
@click.option(
    "--since",
    metavar="OLD",
    help="The release before: a file, folder, store, URL or git:REV:PATH. Writes what changed since then.",
)
@click.option(
    "--only-reviewed",
    "review",
    flag_value="only",
    help="Export only what a person accepted or the notes state in their own words.",
)
@build_options
def command(vault: Path, **options: Unpack[BuildOptions]) -> None:
    """Build a SKOS concept scheme from the notes in the folder VAULT.

    Writes the concepts (Turtle, JSON-LD, optionally other formats), the evidence for every statement, a report of the
    findings, and the register of identifiers. Either all files are replaced or none. If nothing has changed since the
    last build, nothing is written.
    """
    if options.get("since") and not options.get("release"):
        raise ConfigError("--since needs --release; `rad2skos diff` only shows what changed")
    if options.get("dry_run"):
        run = run_pipeline(vault, options)
        title, states = "Would write:", _compare(run, options["out"])
        lines = _list_files([(path, f"  ({state})") for path, state in states], options["out"])
    else:
        run = run_build(vault, options)
        title = "Nothing written; these files are up to date:" if run.export is None else "Written:"
        files = [(path, _PURPOSES.get(path.name, "") if path.parent == options["out"] else "") for path in run.files]
        lines = _list_files(files, options["out"])
    print_run(run, options, Severity.ERROR)
    if not options.get("quiet"):
        echo("\n" + "\n  ".join([title, *lines]))
        if is_placeholder(run.config.scheme.base):
            echo("warning: [scheme] base is a placeholder; set your own before you publish", err=True)
        print_seconds(run.started)
    exit_on_findings(run.report, run.config)


def _list_files(files: list[tuple[Path, str]], out: Path) -> list[str]:
    """Return a line for each file, and one for each folder within the output folder, with the number of its files."""
    folders: dict[Path, list[str]] = defaultdict(list)
    lines = []
    for path, state in files:
        inside = path.relative_to(out).parts if path.is_relative_to(out) else ()
        if len(inside) > 1:
            folders[out / inside[0]].append(state.strip(" ()"))
        else:
            lines.append(f"{path}{state}")
    for folder, states in sorted(folders.items()):
        many = ", ".join(f"{number:,} {state or 'files'}" for state, number in sorted(Counter(states).items()))
        lines.append(f"{folder}/  ({many})")
    return lines


def _compare(run: Run, out: Path) -> list[tuple[Path, str]]:
    """Return the files that a build would write, each with `new`, `changed` or `unchanged`."""
    from skosify_rad import pipeline

    inside = replace(run.config, output=replace(run.config.output, register=""))
    states = []
    assert run.export is not None
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        for path in pipeline.write(run.export, Path(folder), inside).files:
            target = out / path.relative_to(folder)
            same = target.is_file() and target.read_bytes() == path.read_bytes()
            states.append((target, "unchanged" if same else "changed" if target.exists() else "new"))
    return states
