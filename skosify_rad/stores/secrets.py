"""Passwords and tokens: from the environment or the system's keyring, never from a file, never printed."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from skosify_rad.model.diagnostics import ConfigError, TargetError

if TYPE_CHECKING:
    from skosify_rad.model.config import Target


def find_secret(target: Target) -> str:
    """Return the password or token of a profile, empty where it needs none.

    The variable that `password_env` names comes first; else the keyring's entry for the service
    `rad2skos:<host>` and the user (`token` where there is none).

    Raises:
        ConfigError: the variable is not set, or there is no keyring entry.

    """
    if target.password_env:
        secret = os.environ.get(target.password_env)
        if not secret:
            raise ConfigError(f"the environment variable {target.password_env} is not set: it must hold the secret")
        return secret
    if not target.user and target.auth != "bearer":
        return ""
    service, user = keyring_entry(target)
    secret = _ask_keyring(service, user)
    if secret is None:
        raise ConfigError(
            f"no secret for {user!r}: name an environment variable by password_env (--password-env), "
            f"or store it once with `keyring set {service} {user}`"
        )
    return secret


def keyring_entry(target: Target) -> tuple[str, str]:
    """Return the service and user name under which the keyring keeps the secret of a profile."""
    return f"rad2skos:{urlsplit(target.url).netloc}", target.user or "token"


def secret_hint(target: Target) -> str:
    """Return where the secret of a profile comes from, for messages."""
    if target.password_env:
        return f"the secret comes from the environment variable {target.password_env}"
    if target.user or target.auth == "bearer":
        service, user = keyring_entry(target)
        return f"the secret comes from the keyring, service {service}, user {user}"
    return "no user is configured: give --user and --password-env, or a profile in rad2skos.toml"


def _ask_keyring(service: str, user: str) -> str | None:
    """Return what the keyring holds; None where it is not installed or holds nothing."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise TargetError(f"the keyring cannot be asked: {error}") from error
    return found
