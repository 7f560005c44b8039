"""The command line, built with click. Each command's module is imported only when it is called."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import TracebackType
from typing import Any, Final

import click

from skosify_rad.model.diagnostics import SkosifyError, suggest
from skosify_rad.model.outgoing import clean_message
from skosify_rad.model.version import __version__

COMMANDS: Final[dict[str, str]] = {
    "init": "Write a configuration file for a vault.",
    "build": "Build the SKOS concept scheme of a vault.",
    "watch": "Build, and build again after each save; print what changed.",
    "check": "List errors and warnings in a vault; write nothing.",
    "validate": "Check any SKOS vocabulary.",
    "diff": "Show what changed between two vocabularies.",
    "review": "List what a person should decide, and take the decisions.",
    "align": "Propose mappings to an ontology.",
    "load": "Load a concept scheme into a triple store.",
    "push": "Put a concept scheme on a FHIR terminology server.",
    "query": "Query a concept scheme with SPARQL or a ready-made query.",
    "serve": "Serve a concept scheme on this machine, read-only.",
    "show": "Show how one note is read, stage by stage.",
    "explain": "Explain where a concept comes from, or what a rule means.",
    "completion": "Print the completion script for your shell.",
}
"""Command -> its line in `--help`. The command is the object `command` in the module of the same name."""

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C: 128 plus the signal's number, as in shells."""

_MOST_SHOWN: Final = 1_000
"""Characters of a message that are printed: what it quotes may be long."""

EXAMPLES: Final = """\
Examples:

\b
  rad2skos init  ~/notes                 write ~/notes/rad2skos.toml
  rad2skos check ~/notes                 list errors and warnings by note and line
  rad2skos build ~/notes --out export    write the concept scheme to export/
  rad2skos explain broken-link           what the rule means and what to do
  rad2skos explain Osteoporosis --vault ~/notes
                                         the source line of every statement

Exit codes: 0 success, 1 findings (see --fail-on), 2 the command could not run, 130 Ctrl-C.
"""


class _Commands(click.Group):
    """A group that imports commands on demand and prints a SkosifyError as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"skosify_rad.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}{suggest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        try:
            return super().invoke(ctx)
        except SkosifyError as error:
            click.echo(f"rad2skos: error: {clean_message(str(error))[:_MOST_SHOWN]}", err=True)
            ctx.exit(2)
        except UnicodeEncodeError:
            if all(argument.isascii() or argument.isprintable() for argument in sys.argv):
                raise  # a bug of ours
            click.echo("rad2skos: error: an argument is not valid UTF-8", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("rad2skos: interrupted; no file was left half-written", err=True)
            ctx.exit(INTERRUPTED)


@click.command("rad2skos", cls=_Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rad2skos")
def command() -> None:
    """Turn a vault of radiology notes into a validated SKOS concept scheme."""


def _print_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of a bug without the secrets that it may hold."""
    import traceback

    sys.stderr.write(clean_message("".join(traceback.format_exception(kind, error, trace)), keep="\n"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its exit code."""
    if hasattr(sys.stdout, "reconfigure"):  # escape characters that the terminal cannot show
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.excepthook = _print_bug
    # https://no-color.org
    command.main(args=arguments, prog_name="rad2skos", color=False if os.environ.get("NO_COLOR") else None)
