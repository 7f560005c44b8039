"""The site's folder brought up to date: what is the same is not written, what was made before and is no more goes."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skosify_rad.model.diagnostics import OutputError

LIST: Final = ".rad2skos-files"
"""The list of the files made, so that no file of anybody else is ever removed."""


@dataclass(frozen=True, slots=True)
class SiteReceipt:
    """What was done to the site's folder."""

    files: tuple[Path, ...]
    """Every file of the site."""
    written: frozenset[Path]
    """Those that are new or changed."""
    removed: int
    """How many of an earlier site are gone."""


def write_site(folder: Path, files: Iterable[tuple[str, bytes]]) -> SiteReceipt:
    """Write a site; each file is replaced whole, and one that holds the same bytes is left alone.

    Raises:
        OutputError: a file cannot be written.

    """
    made: dict[str, Path] = {}
    written: set[Path] = set()
    target = folder
    try:
        for name, content in files:
            made[name] = target = folder / name
            if _write(target, content):
                written.add(target)
        removed = _remove_others(folder, set(made))
        target = folder / LIST
        _write(target, "".join(f"{name}\n" for name in sorted(made)).encode())
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror} (the site is not complete)") from error
    return SiteReceipt((*made.values(), folder / LIST), frozenset(written), removed)


def _write(path: Path, content: bytes) -> bool:
    """Write a file unless it holds this already; tell whether it was written."""
    try:
        if not path.is_symlink() and path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _remove_others(folder: Path, names: set[str]) -> int:
    """Remove what the last site had and this one has not; folders that are empty then go, too."""
    try:
        before = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    removed = 0
    inside = folder.resolve()
    for name in sorted(set(before) - names):
        path = folder / name
        if not name or not path.parent.resolve().is_relative_to(inside) or not path.is_file():
            continue  # the list may have been edited: nothing outside is touched
        path.unlink()
        removed += 1
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed
