"""The options that several commands share, and the configuration they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

import click

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from skosify_rad.model.config import Config

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class Settings(TypedDict, total=False):
    """What these options hold; each overrides the configuration file."""

    config: Path | None
    """`--config`."""
    formats: tuple[str, ...]
    """`--format`, beside those configured."""
    stubs: str | None
    """`--stubs`."""
    select: tuple[str, ...]
    """`--select`."""
    ignore: tuple[str, ...]
    """`--ignore`, beside those configured."""
    fail_on: str | None
    """`--fail-on`."""


DEFAULT_OUT: Final = Path("output")
"""The folder that exports are written to."""

VAULT: Final = click.argument("vault", type=click.Path(path_type=Path))
"""The folder of notes."""

VAULT_OPTION: Final = click.option(
    "--vault", type=click.Path(path_type=Path), help="The folder of notes.  [default: found from here]"
)
"""The folder of notes, for commands whose argument is something else."""

CONFIG: Final = click.option(
    "--config", type=click.Path(path_type=Path), help="Configuration file.  [default: rad2skos.toml in the vault]"
)
"""The configuration file."""


def _format_names(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        return ()
    from skosify_rad.outputs import check_format  # noqa: PLC0415 - only when asked for

    names = [name.strip().lower() for words in value for name in words.split(",")]
    try:
        return tuple(map(check_format, names))
    except ConfigError as error:
        raise click.BadParameter(str(error), ctx, parameter) from error


OUT: Final = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder to write to.",
)
"""The folder to write to."""

BESIDE: Final = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder of the export whose identifiers are kept; nothing is written there.",
)
"""The folder of an earlier export, for commands that only read."""


def _split_names(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of an option that may be repeated, or hold several with commas, as linters have it."""
    del ctx, parameter
    return tuple(name for words in value for name in map(str.strip, words.split(",")) if name)


def names_option(*names: str, metavar: str, help: str) -> Callable[[_Decorated], _Decorated]:  # noqa: A002 - as click calls it
    """Return an option that takes names, repeated or with commas."""
    return click.option(*names, multiple=True, metavar=metavar, callback=_split_names, help=help)


SELECT: Final = names_option("--select", metavar="CODE", help="Check these only: code, prefix, class or slug.")
"""Rules to check."""

IGNORE: Final = names_option("--ignore", metavar="CODE", help="Leave these out: code, prefix, class or slug.")
"""Rules to leave out."""

FOR: Final = names_option(
    "--for",
    "consumers",
    metavar="NAME",
    help="Also check what this reader demands: skosmos, bioportal, skohub, fhir ...  May be repeated.",
)
"""Readers of the vocabulary."""

_EXPORT = (
    CONFIG,
    click.option("--stubs", type=click.Choice(["include", "exclude"]), help="Concepts that no note describes."),
    SELECT,
    IGNORE,
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        help="Exit with 1 when a finding is at least this bad.  [default: error]",
    ),
    FOR,
    click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Compare with an earlier JSON report; only what is new counts for the exit code.",
    ),
    click.option(
        "--shapes",
        type=click.Choice(["none", "pyshacl-core", "pyshacl", "pyshifty"]),
        default="none",
        show_default=True,
        help="Also run the SHACL shapes, through this engine.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Processes that read notes; 0 for one a core where it pays, 1 for this one only.",
    ),
    click.option("--dask", default="", metavar="ADDRESS", help="Read notes on the Dask cluster of this scheduler."),
    click.option("--no-cache", is_flag=True, help="Read every note anew, and keep nothing for the next run."),
    click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
    click.option("-v", "--verbose", is_flag=True, help="Print every finding, remarks included."),
)

FORMAT: Final = click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    callback=_format_names,
    help="Write this format too: ntriples, nquads, trig, rdfxml, csv, site.  May be repeated.",
)
"""A further format."""


def export_options(function: _Decorated) -> _Decorated:
    """Give a command the options of an export."""
    for option in reversed(_EXPORT):
        function = option(function)
    return function


def find_vault(near: Path) -> Path | None:
    """Return the nearest folder at or above a path with `rad2skos.toml` or `.obsidian`; None where there is none."""
    from skosify_rad.model.config import FILE_NAME  # noqa: PLC0415 - keeps --help fast

    start = near.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file() or (folder / ".obsidian").is_dir():
            return folder
    return None


def load_config(vault: Path, settings: Settings) -> Config:
    """Read the configuration of a vault and lay the command line's options over it.

    Raises:
        ConfigError: the file cannot be used.

    """
    from skosify_rad.model.config import FILE_NAME, read_config  # noqa: PLC0415 - keeps --help fast

    path = settings.get("config")
    if path is None and (vault / FILE_NAME).is_file():
        path = vault / FILE_NAME
    config = read_config(path)
    formats = tuple(dict.fromkeys((*config.output.formats, *settings.get("formats", ()))))
    output = replace(config.output, formats=formats, stubs=settings.get("stubs") or config.output.stubs)
    checks = replace(
        config.checks,
        select=settings.get("select") or config.checks.select,
        ignore=(*config.checks.ignore, *settings.get("ignore", ())),
        fail_on=settings.get("fail_on") or config.checks.fail_on,
    )
    return replace(config, output=output, checks=checks)
