"""The command line: click, and nothing else; every command is imported when it is called."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import click

from skosify_rad.model.diagnostics import SkosifyError
from skosify_rad.model.version import __version__

COMMANDS: Final[dict[str, str]] = {
    "init": "Write a configuration file that fits a vault.",
    "build": "Export a vault as a SKOS concept scheme.",
    "watch": "Export again whenever a note is saved; tell what that changed.",
    "check": "Find what is wrong in a vault; write nothing.",
    "validate": "Check any SKOS vocabulary, from wherever it comes.",
    "load": "Load an export into a store or server, as one act.",
    "query": "Ask an export, a store or a server.",
    "serve": "Serve an export on this machine, for trying out.",
    "show": "Show what each stage makes of one note.",
    "explain": "Tell where a concept comes from, or what a finding means.",
    "completion": "Print the script that completes commands in your shell.",
}
"""Command -> its line in `--help`; the command itself is `command` in the module of the same name."""

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C: 128 and the signal's number, as shells have it."""

EXAMPLES: Final = """\
Examples:

\b
  rad2skos init  ~/notes                 write ~/notes/rad2skos.toml
  rad2skos check ~/notes                 list what is wrong, at its line
  rad2skos build ~/notes --out export    write the concept scheme
  rad2skos explain broken-link           what a finding means
  rad2skos explain Osteoporosis --vault ~/notes
                                         where every statement comes from

Exit codes: 0 all is well, 1 findings that count (see --fail-on), 2 it could not be done.
"""


class _Commands(click.Group):
    """A group that imports a command when it is called, and tells an operator's error in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"skosify_rad.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        try:
            return super().invoke(ctx)
        except SkosifyError as error:
            click.echo(f"rad2skos: error: {error}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("rad2skos: stopped; nothing was half written", err=True)
            ctx.exit(INTERRUPTED)


@click.command("rad2skos", cls=_Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rad2skos")
def command() -> None:
    """Turn a vault of radiology notes into a validated SKOS concept scheme."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that cannot show a sign shows its code instead of failing
        sys.stdout.reconfigure(errors="backslashreplace")
    command.main(args=arguments, prog_name="rad2skos")
