"""The options that name a store or server, for the commands that talk to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from skosify_rad.cli.options import CONFIG, find_vault

if TYPE_CHECKING:
    from skosify_rad.model.config import Config, Target

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class EndpointOptions(TypedDict, total=False):
    """What these options hold; each overrides the profile in the configuration."""

    config: Path | None
    """`--config`."""
    kind: str | None
    """`--kind`."""
    graph: str | None
    """`--graph`."""
    query_url: str | None
    """`--query-url`."""
    update_url: str | None
    """`--update-url`."""
    user: str | None
    """`--user`."""
    auth: str | None
    """`--auth`."""
    password_env: str | None
    """`--password-env`."""
    ca_file: str | None
    """`--ca-file`."""
    timeout_seconds: float | None
    """`--timeout`."""


_FIELDS = ("graph", "query_url", "update_url", "user", "auth", "password_env", "ca_file", "timeout_seconds")

_OPTIONS = (
    CONFIG,
    click.option(
        "--kind", type=click.Choice(["embedded", "gsp", "sparql"]), help="Kind of store.  [default: by the URL]"
    ),
    click.option("--graph", metavar="IRI", help="The named graph.  [default: the scheme's IRI]"),
    click.option("--query-url", metavar="URL", help="SPARQL query endpoint.  [default: by the URL]"),
    click.option("--update-url", metavar="URL", help="SPARQL Update endpoint.  [default: by the URL]"),
    click.option("--user", metavar="NAME", help="User name."),
    click.option("--auth", type=click.Choice(["basic", "digest", "bearer"]), help="How to sign in.  [default: basic]"),
    click.option(
        "--password-env",
        metavar="NAME",
        help="Environment variable that holds the password or token.  [default: the system's keyring]",
    ),
    click.option("--ca-file", metavar="FILE", help="Certificate of your own authority."),
    click.option("--timeout", "timeout_seconds", type=float, metavar="SECONDS", help="For one request.  [default: 60]"),
)


def endpoint_options(function: _Decorated) -> _Decorated:
    """Give a command the options of a store or server."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def load_profiles(options: EndpointOptions) -> Config:
    """Read the configuration: `--config`, or `rad2skos.toml` here or above.

    Raises:
        ConfigError: the file cannot be used.

    """
    from skosify_rad.model.config import FILE_NAME, read_config  # noqa: PLC0415 - keeps --help fast

    path = options.get("config")
    if path is None:
        folder = find_vault(Path())
        path = folder / FILE_NAME if folder is not None and (folder / FILE_NAME).is_file() else None
    return read_config(path)


def make_profile(words: str, options: EndpointOptions) -> Target:
    """Return the profile that TARGET names, with the command line's options laid over it.

    Raises:
        ConfigError: it cannot be used.

    """
    from skosify_rad.stores import find_target  # noqa: PLC0415 - keeps --help fast

    found = find_target(words, load_profiles(options), options.get("kind") or "")
    given: dict[str, Any] = {name: options.get(name) for name in _FIELDS if options.get(name) is not None}
    return replace(found, **given)
