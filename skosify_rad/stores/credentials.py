"""Passwords and tokens, read from the environment or the system's keyring, never from a file, and never printed."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.model.outgoing import keep_secret

if TYPE_CHECKING:
    from skosify_rad.model.config import Target


def find_secret(target: Target) -> str:
    """Return the password or token of a profile; empty if it needs none.

    It comes from the environment variable that `password_env` names, otherwise from the keyring: service
    `rad2skos:<host>`, user name `user`, or `token` if the profile has no user.

    Raises:
        ConfigError: The variable is not set, or the keyring has no such entry.

    """
    if target.password_env:
        secret = os.environ.get(target.password_env)
        if not secret:
            raise ConfigError(f"the environment variable {target.password_env} is not set: it must hold the secret")
        return _check_secret(secret, target)
    if not target.user and target.auth != "bearer":
        return ""
    service, user = keyring_entry(target)
    secret = _ask_keyring(service, user)
    if secret is None:
        raise ConfigError(
            f"no secret found for {user!r}: name an environment variable with password_env (--password-env), "
            f"or store the secret once with `keyring set {service} {user}`"
        )
    return _check_secret(secret, target)


def _check_secret(secret: str, target: Target) -> str:
    """Return a secret that can be sent in a header; from now on no message shows it.

    Raises:
        ConfigError: It contains a line end, another control character or bytes that are not UTF-8.

    """
    keep_secret(secret, target.user)
    if any(ord(c) < 0x20 or ord(c) == 0x7F or "\ud800" <= c <= "\udfff" for c in secret):  # noqa: PLR2004 - ASCII's
        raise ConfigError(
            f"the secret holds a line end or another character that no header takes ({describe_source(target)})"
        )
    return secret


def keyring_entry(target: Target) -> tuple[str, str]:
    """Return the service and user name of a profile's keyring entry."""
    return f"rad2skos:{urlsplit(target.url).netloc}", target.user or "token"


def describe_source(target: Target) -> str:
    """Return where the secret of a profile comes from, for messages."""
    if target.password_env:
        return f"the secret comes from the environment variable {target.password_env}"
    if target.user or target.auth == "bearer":
        service, user = keyring_entry(target)
        return f"the secret comes from the keyring, service {service}, user {user}"
    return "no user is configured: use --user and --password-env, or a profile in rad2skos.toml"


def _ask_keyring(service: str, user: str) -> str | None:
    """Return the secret of a keyring entry; None if keyring is not installed or has no such entry."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise TargetError(f"the keyring failed: {error}") from error
    return found
