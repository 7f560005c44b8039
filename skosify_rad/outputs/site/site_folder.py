"""The site's folder brought up to date: what is the same is not written, what was made before and is no more goes."""

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.regular_files import read_regular
from skosify_rad.outputs.files import NEW, make_folders

LIST: Final = ".rad2skos-files"
"""The list of the files made, so that no file of anybody else is ever removed."""


@dataclass(frozen=True, slots=True)
class SiteReceipt:
    """What was done to the site's folder."""

    files: dict[Path, str]
    """Every file of the site with the SHA-256 digest of its content."""
    written: frozenset[Path]
    """Those that are new or changed."""
    removed: int
    """How many of an earlier site are gone."""


def write_site(folder: Path, files: Iterable[tuple[str, bytes]]) -> SiteReceipt:
    """Write a site; each file is replaced whole, and one that holds the same bytes is left alone.

    New files are first written beside their places. The list then names the old and the new ones, so that after a
    killed process the next one removes what it does not make itself.

    Raises:
        OutputError: a file cannot be written.

    """
    made: dict[str, str] = {}
    new: dict[str, str] = {}  # as text: values of `Path` take half of the time of writing 30,000 small files
    ready: set[str] = set()
    base, target = str(folder), str(folder)
    try:
        make_folders(folder.parent, [folder])
        for left in [*folder.rglob(f".?*{NEW}")]:
            _unlink(left, folder)
        before = _read_list(folder)
        try:
            for name, content in files:
                target = f"{base}/{name}"
                made[name] = hashlib.sha256(content).hexdigest()
                if not _holds(target, content):
                    parent, _, last = target.rpartition("/")
                    if parent not in ready:
                        make_folders(folder, [Path(parent)])
                        ready.add(parent)
                    new[target] = f"{parent}/.{last}{NEW}"
                    with open(new[target], "wb") as file:  # noqa: PTH123 - as above
                        file.write(content)
            _write_list(folder, before | made.keys())
            for target, staged in new.items():
                os.replace(staged, target)  # noqa: PTH105 - as above
        except BaseException:
            for staged in new.values():
                Path(staged).unlink(missing_ok=True)
            raise
        removed = _remove(folder, before - made.keys())
        listed = _write_list(folder, made)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror} (the site is not complete)") from error
    digests = {folder / name: digest for name, digest in made.items()} | {folder / LIST: listed}
    return SiteReceipt(digests, frozenset(map(Path, new)), removed)


def _holds(path: str, content: bytes) -> bool:
    try:
        found = os.lstat(path)
        same = stat.S_ISREG(found.st_mode) and found.st_size == len(content)
        return same and read_regular(Path(path)) == content
    except OSError:
        return False


def _write_list(folder: Path, names: Iterable[str]) -> str:
    """Write the list of files; return its digest."""
    content = "".join(f"{name}\n" for name in sorted(names)).encode()
    if not _holds(str(folder / LIST), content):
        staged = folder / f"{LIST}{NEW}"
        staged.write_bytes(content)
        staged.replace(folder / LIST)
    return hashlib.sha256(content).hexdigest()


def _read_list(folder: Path) -> set[str]:
    try:
        return set(read_regular(folder / LIST).decode().splitlines())
    except (OSError, UnicodeDecodeError):
        return set()


def _remove(folder: Path, names: Iterable[str]) -> int:
    """Remove what the last site had and this one has not; return how many files that is."""
    removed = 0
    inside = folder.resolve()
    for name in sorted(names):
        path = folder / name
        if not name or not path.parent.resolve().is_relative_to(inside) or not path.is_file():
            continue  # the list may have been edited: nothing outside is touched
        _unlink(path, folder)
        removed += 1
    return removed


def _unlink(path: Path, folder: Path) -> None:
    """Remove a file, and the folders up to `folder` that are then empty."""
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
