"""Stores to load into and query. Each kind has its module, listed here; `load.py` loads into any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from skosify_rad.model.config import Target
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.stores.embedded import EMBEDDED
from skosify_rad.stores.endpoints import guess_kind
from skosify_rad.stores.gsp import GSP
from skosify_rad.stores.sparql import SPARQL

if TYPE_CHECKING:
    from skosify_rad.model.config import Config
    from skosify_rad.stores.store import GraphStore, TargetKind

TARGETS: Final[tuple[TargetKind, ...]] = (EMBEDDED, GSP, SPARQL)
"""All kinds of stores."""


def find_target(target: str, config: Config, kind: str = "") -> Target:
    """Return the profile of a target, which is the name of a configured profile, a URL or a directory.

    Raises:
        ConfigError: The kind of store cannot be guessed from the URL.

    >>> from skosify_rad.model.config import Config
    >>> find_target("http://localhost:7878/store", Config()).kind
    'gsp'

    """
    if "://" not in target and target in config.targets:
        profile = config.targets[target]
        return replace(profile, kind=kind) if kind else profile
    if "://" in target:
        return Target(kind=kind or guess_kind(target), url=target)
    return Target(kind=kind or "embedded", url=target)


def open_target(target: Target) -> GraphStore:
    """Open the store of a profile.

    Raises:
        ConfigError: The profile is invalid.
        TargetError: The store cannot be opened.

    """
    for known in TARGETS:
        if known.name == target.kind:
            return known.open(target)
    raise ConfigError(f"unknown kind of target {target.kind!r}; known kinds: {', '.join(k.name for k in TARGETS)}")


__all__ = ["TARGETS", "find_target", "open_target"]
