"""`rad2skos completion`: print a shell's completion script."""

import click
from click.shell_completion import get_completion_class

EXAMPLES = """\
Install it once:

\b
  bash  rad2skos completion bash > ~/.local/share/bash-completion/completions/rad2skos
  zsh   rad2skos completion zsh > "${fpath[1]}/_rad2skos"
  fish  rad2skos completion fish > ~/.config/fish/completions/rad2skos.fish
"""


@click.command("completion", short_help="Print the completion script for your shell.", epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete the commands and options of rad2skos."""
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(ctx.find_root().command, {}, "rad2skos", "_RAD2SKOS_COMPLETE").source())
