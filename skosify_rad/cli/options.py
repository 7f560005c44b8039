"""Options that several commands share, and the configuration they override."""

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


class ConfigOptions(TypedDict, total=False):
    """Values of the options that override the configuration file."""

    config: Path | None
    formats: tuple[str, ...]
    fhir_version: str | None
    stubs: str | None
    profile: str | None
    review: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    release: str | None


def _split_names(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of an option that may be repeated or hold several values separated by commas."""
    del ctx, parameter
    return tuple(name for words in value for name in map(str.strip, words.split(",")) if name)


def _check_formats(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    names = _split_names(ctx, parameter, value)
    if not names:
        return ()
    from skosify_rad.outputs import check_format

    try:
        return tuple(check_format(name.lower()) for name in names)
    except ConfigError as error:
        raise click.BadParameter(str(error), ctx, parameter) from error


def names_option(*names: str, metavar: str, help: str) -> Callable[[_Decorated], _Decorated]:  # noqa: A002 - as click calls it
    """Return an option that takes names, repeated or separated by commas."""
    return click.option(*names, multiple=True, metavar=metavar, callback=_split_names, help=help)


DEFAULT_OUT: Final = Path("output")

VAULT: Final = click.argument("vault", type=click.Path(path_type=Path))
VAULT_OPTION: Final = click.option(
    "--vault",
    type=click.Path(path_type=Path),
    help="Folder of notes.  [default: the nearest one with rad2skos.toml or .obsidian]",
)
CONFIG: Final = click.option(
    "--config", type=click.Path(path_type=Path), help="Configuration file.  [default: rad2skos.toml in the vault]"
)
OUT: Final = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder to write to.",
)
EARLIER_OUT: Final = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_OUT,
    show_default=True,
    help="Folder of an earlier build, to reuse its IRIs. Nothing is written there.",
)
"""For commands that read what `build` writes."""
FORMAT: Final = click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    callback=_check_formats,
    help="Also write this format: csv, fhir, jskos, ntriples, nquads, trig, rdfxml, sssom, site. May be repeated.",
)
FHIR_VERSION: Final = click.option(
    "--fhir-version", type=click.Choice(["R4", "R5"]), help="Release of FHIR for `--format fhir`.  [default: R4]"
)
SITE_PORT: Final = click.option(
    "--site-port", type=click.IntRange(1, 65535), default=7880, show_default=True, help="TCP port of the site."
)
SELECT: Final = names_option(
    "--select", metavar="RULE", help="Run only these rules: code, code prefix, class or slug. May be repeated."
)
IGNORE: Final = names_option(
    "--ignore", metavar="RULE", help="Skip these rules: code, code prefix, class or slug. May be repeated."
)
FAIL_ON: Final = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Exit with 1 if there is a finding of this severity or worse.  [default: error]",
)
CONSUMERS: Final = names_option(
    "--for",
    "consumers",
    metavar="NAME",
    help="Also check the requirements of a consumer: skosmos, bioportal, skohub, fhir ... May be repeated.",
)
BASELINE: Final = click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Compare with an earlier JSON report. Only new findings affect the exit code.",
)
REPORT_FORMATS: Final = click.Choice(["text", "json", "sarif", "github", "junit", "shacl", "html"])
VERBOSE: Final = click.option("-v", "--verbose", is_flag=True, help="Print every finding, including info.")
STATISTICS: Final = click.option("--statistics", is_flag=True, help="Also print the number of findings of each rule.")
QUIET: Final = click.option("-q", "--quiet", is_flag=True, help="Print only errors that stop the run.")

_BUILD_OPTIONS = (
    CONFIG,
    click.option(
        "--stubs",
        type=click.Choice(["include", "exclude"]),
        help="Concepts that are named but have no note.  [default: include]",
    ),
    click.option(
        "--profile",
        type=click.Choice(["atramhasis", "skohub", "vocpub"]),
        help="Export as this tool needs it.  [default: as all others take it]",
    ),
    SELECT,
    IGNORE,
    FAIL_ON,
    CONSUMERS,
    BASELINE,
    click.option(
        "--shapes",
        type=click.Choice(["auto", "none", "pyshacl-core", "pyshacl", "pyshifty"]),
        default="auto",
        show_default=True,
        help="Run the SHACL shapes with this engine. auto: pyshacl-core, up to 1,000 concepts.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Processes that read notes. 0: one per core if the vault is large enough; 1: no extra process.",
    ),
    click.option("--dask", default="", metavar="ADDRESS", help="Read notes on the Dask cluster of this scheduler."),
    click.option("--no-cache", is_flag=True, help="Read every note again and cache nothing."),
    STATISTICS,
    QUIET,
    VERBOSE,
)


def build_options(function: _Decorated) -> _Decorated:
    """Add the options of commands that build a vault's graph."""
    for option in reversed(_BUILD_OPTIONS):
        function = option(function)
    return function


def find_vault(near: Path) -> Path | None:
    """Return the nearest folder at or above a path with `rad2skos.toml` or `.obsidian`; None if there is none."""
    from skosify_rad.model.config import FILE_NAME

    start = near.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file() or (folder / ".obsidian").is_dir():
            return folder
    return None


def _check_own(config: Config, vault: Path, out: Path) -> None:
    """Refuse a configuration that came with the notes and names templates, or a register outside vault and output."""
    if config.site.templates:  # they may write scripts into the pages
        raise ConfigError(
            f"{config.path}: [site] templates cannot be set by a configuration that comes with the notes; to allow it, "
            "name this configuration with --config"
        )
    name = config.output.register
    if not name:
        return
    register = (vault / name).resolve()
    folder = next((f for f in (vault.resolve(), out.resolve()) if register.is_relative_to(f)), None)
    hidden = folder is None or any(part.startswith(".") for part in register.relative_to(folder).parts)
    if hidden or register.suffix != ".jsonl":
        raise ConfigError(
            f"{config.path}: [output] register must be a .jsonl file in the vault or the output folder, outside hidden "
            f"folders, not {name!r}; to allow it, name this configuration with --config"
        )


def load_config(vault: Path | None, options: ConfigOptions, out: Path = DEFAULT_OUT) -> Config:
    """Read `--config`, or the vault's own file, and override it with the command line.

    The vault's own file is not trusted: its register must lie in the vault or in `out`.

    Raises:
        ConfigError: the file is missing or invalid.

    """
    from skosify_rad.model.config import FILE_NAME, read_config

    path = options.get("config")
    own = vault / FILE_NAME if vault and path is None else None
    if own and own.is_file():
        config = read_config(own)
        _check_own(config, own.parent, out)
    else:
        config = read_config(path)
    formats = tuple(dict.fromkeys((*config.output.formats, *options.get("formats", ()))))
    stubs, review = (options.get("stubs") or config.output.stubs), (options.get("review") or config.output.review)
    profile = options.get("profile") or config.output.profile
    output = replace(config.output, formats=formats, stubs=stubs, review=review, profile=profile)
    checks = replace(
        config.checks,
        select=options.get("select") or config.checks.select,
        ignore=(*config.checks.ignore, *options.get("ignore", ())),
        fail_on=options.get("fail_on") or config.checks.fail_on,
    )
    fhir = replace(config.fhir, version=options.get("fhir_version") or config.fhir.version)
    scheme = replace(config.scheme, version=options.get("release") or config.scheme.version)
    return replace(config, scheme=scheme, output=output, checks=checks, fhir=fhir)
