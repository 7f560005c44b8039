"""Options that describe a store or server, shared by the commands that access one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from skosify_rad.cli.options import find_vault, load_config
from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from skosify_rad.model.config import Config, Target

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

    A URL or folder is never looked up. Profiles are read from `--config`, then from the user's own configuration, then
    from `rad2skos.toml` in this folder or a parent, which came with the notes and may not use credentials.

    Raises:
        ConfigError: TARGET, an option or the configuration is invalid.

    """
    from skosify_rad.model.config import read_config
    from skosify_rad.model.config_files import find_user_file
    from skosify_rad.stores import find_target

    given: dict[str, Any] = {name: options.get(name) for name in _FIELDS if options.get(name) is not None}
    if not 0 < given.get("timeout_seconds", 1) < math.inf:
        raise ConfigError("--timeout must be a positive number of seconds")
    kind = options.get("kind") or kind
    file = options.get("config")
    user_file = find_user_file()
    for path in [file, user_file if user_file.is_file() else None]:
        config = read_config(path)
        if words in config.targets:
            return replace(find_target(words, config, kind), **given)
    vault = find_vault(Path()) if file is None else None
    config = load_config(vault, {})
    found = replace(find_target(words, config, kind), **given)
    if vault and "://" not in words and words in config.targets:
        _check_untrusted(words, found, config)
    return found


def _check_untrusted(name: str, target: Target, config: Config) -> None:
    """Refuse a profile that came with the notes if it would use credentials or write outside the vault."""
    from skosify_rad.model.config_files import find_user_file

    assert config.path
    where = f"{config.path}: [targets.{name}]"
    advice = f"move the profile to {find_user_file()} or name this configuration with --config"
    if target.user or target.password_env or target.auth == "bearer":
        raise ConfigError(f"{where} comes with the notes, so no user, password or token is sent to it; {advice}")
    if target.kind == "embedded" and not Path(target.url).resolve().is_relative_to(config.path.parent.resolve()):
        raise ConfigError(f"{where} comes with the notes and names a folder outside the vault; {advice}")
