"""Options that describe a store or server, shared by the commands that access one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from skosify_rad.cli.options import find_vault, load_config

if TYPE_CHECKING:
    from skosify_rad.model.config import Target

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class EndpointOptions(TypedDict, total=False):
    """Values of these options; each overrides the profile in the configuration."""

    config: Path | None
    kind: str | None
    graph: str | None
    query_url: str | None
    update_url: str | None
    user: str | None
    auth: str | None
    password_env: str | None
    ca_file: str | None
    timeout_seconds: float | None


_FIELDS = ("graph", "query_url", "update_url", "user", "auth", "password_env", "ca_file", "timeout_seconds")

_CONFIG = (
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        help="Configuration file.  [default: rad2skos.toml in this folder or a parent]",
    ),
)
_GRAPH = (
    click.option(
        "--kind",
        type=click.Choice(["embedded", "gsp", "sparql"]),
        help="Kind of store.  [default: inferred from TARGET]",
    ),
    click.option("--graph", metavar="IRI", help="Named graph.  [default: the concept scheme's IRI]"),
    click.option("--query-url", metavar="URL", help="SPARQL query endpoint.  [default: inferred]"),
    click.option("--update-url", metavar="URL", help="SPARQL Update endpoint.  [default: inferred]"),
)
_SERVER = (
    click.option("--user", metavar="NAME", help="User name."),
    click.option("--auth", type=click.Choice(["basic", "digest", "bearer"]), help="Authentication.  [default: basic]"),
    click.option(
        "--password-env",
        metavar="NAME",
        help="Environment variable with the password or token.  [default: the system keyring]",
    ),
    click.option("--ca-file", metavar="FILE", help="CA certificate for TLS, if not a public one."),
    click.option(
        "--timeout", "timeout_seconds", type=float, metavar="SECONDS", help="Time-out of one request.  [default: 60]"
    ),
)


def endpoint_options(function: _Decorated) -> _Decorated:
    """Add the options that describe a store or server."""
    for option in reversed((*_CONFIG, *_GRAPH, *_SERVER)):
        function = option(function)
    return function


def server_options(function: _Decorated) -> _Decorated:
    """Add the options for signing in to a server that holds no graphs."""
    for option in reversed((*_CONFIG, *_SERVER)):
        function = option(function)
    return function


def find_profile(words: str, options: EndpointOptions, kind: str = "") -> Target:
    """Return the profile that TARGET names, overridden by the command line; `kind` is used without `--kind`.

    Profiles are read from `--config`, or from `rad2skos.toml` in this folder or a parent.

    Raises:
        ConfigError: TARGET, an option or the configuration is invalid.

    """
    from skosify_rad.stores import find_target

    config = load_config(find_vault(Path()), {"config": options.get("config")})
    found = find_target(words, config, options.get("kind") or kind)
    given: dict[str, Any] = {name: options.get(name) for name in _FIELDS if options.get(name) is not None}
    return replace(found, **given)
