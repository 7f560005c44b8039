"""`rad2skos diff`: what changed between two vocabularies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypedDict

import click

if TYPE_CHECKING:
    from typing_extensions import Unpack

EXAMPLES = """\
Examples:

\b
  rad2skos diff output ~/notes                      the last export and the notes as they are
  rad2skos diff git:v1.0.0:output output            a tag and now
  rad2skos diff old.ttl new.rdf --format markdown > changes.md
  rad2skos diff old.ttl new.ttl --format sparql > update.ru
  rad2skos diff git:main:output output --fail-on breaking
"""
FORMATS: Final = ("text", "markdown", "json", "kgcl", "rdf-patch", "sparql")


class DiffOptions(TypedDict):
    """Values of the options of `diff`."""

    form: str
    """`--format`."""
    graph: str | None
    fail_on: str


@click.command("diff", short_help="Show what changed between two vocabularies.", epilog=EXAMPLES)
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Output format.")
@click.option("--graph", metavar="IRI", help="Named graph of a store.  [default: the one with a concept scheme]")
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "any", "never"]),
    default="never",
    show_default=True,
    help="Exit with 1 if there is a breaking change (one that asks for a major version), or any.",
)
def command(old: str, new: str, **options: Unpack[DiffOptions]) -> None:
    """Show what changed from OLD to NEW, and suggest the next version.

    Each is a file, a folder, an export, a vault, a store, a profile of the configuration, a URL, or git:REV:PATH for a
    file or export in a git revision.
    """
    from skosify_rad.cli.editions import compare_editions, read_edition
    from skosify_rad.graph.changes import Bump
    from skosify_rad.model.gc_pause import collector_held
    from skosify_rad.outputs.changes import CHANGE_FORMATS

    with collector_held():
        report = compare_editions(read_edition(old, options["graph"]), read_edition(new, options["graph"]))
        sys.stdout.write(CHANGE_FORMATS[options["form"]](report))
    worst = report.suggestion.bump
    if worst > Bump.NONE and (
        options["fail_on"] == "any" or (options["fail_on"] == "breaking" and worst == Bump.MAJOR)
    ):
        sys.exit(1)
