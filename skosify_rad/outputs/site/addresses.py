"""Where each resource's page lies: its identifier, where that is a safe file name on every system."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

INNER: Final = "site"
"""The folder of every page that is no concept's, so that no identifier collides with one."""

_SEGMENT: Final = re.compile(r"[\w-]+")
_RESERVED: Final = frozenset(
    {"index", "404", INNER, "con", "aux", "nul", "prn"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
"""Names of the site's own files, and those that Windows has for devices."""
_MOST_BYTES: Final = 120
"""Longest segment of a path: systems take 255 bytes, and some encode each as three."""
_MOST_SEGMENTS: Final = 12


def make_paths(iris: Iterable[str], base: str) -> dict[str, str]:
    """Return IRI -> path of its page without `.html`, unique even where letter case is ignored.

    What is no plain path below `base` lies in the folder `c` under a hash, likewise all resources of a base that
    ends in `#`, whose pages no server could tell apart.
    """
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(iris):
        path = _make_path(iri, base)
        reserved = any(part in _RESERVED for part in path.casefold().split("/"))
        if reserved or path.casefold() in taken:
            path = f"{path}-{_hash(iri)}"
        while path.casefold() in taken:
            path += "-"
        taken.add(path.casefold())
        paths[iri] = path
    return paths


def _make_path(iri: str, base: str) -> str:
    local = iri[len(base) :] if base and iri.startswith(base) else ""
    parts = local.split("/")
    if len(parts) > _MOST_SEGMENTS or not all(_is_plain(part) for part in parts):
        return f"c/{_hash(iri)}"
    return f"c/{local}" if base.endswith("#") else local


def _is_plain(part: str) -> bool:
    return _SEGMENT.fullmatch(part) is not None and part.isascii() and len(part) <= _MOST_BYTES


def _hash(iri: str) -> str:
    return hashlib.sha256(iri.encode("utf-8", "surrogatepass")).hexdigest()[:12]
