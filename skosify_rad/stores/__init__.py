"""Targets: one file a kind of store, listed here; loading is the same for all and stands in `load.py`."""

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
    from skosify_rad.stores.base import GraphStore, TargetKind

TARGETS: Final[tuple[TargetKind, ...]] = (EMBEDDED, GSP, SPARQL)
"""Every kind of store."""


def find_target(words: str, config: Config, kind: str = "") -> Target:
    """Return the profile that TARGET names: one of the configuration, a URL, or a directory.

    Raises:
        ConfigError: a URL whose kind cannot be told.

    >>> from skosify_rad.model.config import Config
    >>> find_target("http://localhost:7878/store", Config()).kind
    'gsp'

    """
    if "://" not in words and words in config.targets:
        profile = config.targets[words]
        return replace(profile, kind=kind) if kind else profile
    if "://" in words:
        return Target(kind=kind or guess_kind(words), url=words)
    return Target(kind=kind or "embedded", url=words)


def open_target(target: Target) -> GraphStore:
    """Open the store of a profile.

    Raises:
        ConfigError: the profile cannot be used.
        TargetError: the store cannot be opened.

    """
    for known in TARGETS:
        if known.name == target.kind:
            return known.open(target)
    raise ConfigError(f"unknown kind of target {target.kind!r}; known are {', '.join(k.name for k in TARGETS)}")


__all__ = ["TARGETS", "find_target", "open_target"]
