"""Check files of a git revision out into a folder, to read a vocabulary as it was."""

import subprocess
from pathlib import Path, PurePosixPath
from typing import Final

from skosify_rad.graph.readers.limits import MAX_BYTES
from skosify_rad.model.diagnostics import InputError

PREFIX: Final = "git:"
"""Start of the address of files in git: `git:REV:PATH`."""
_MOST_FILES: Final = 1_000
"""Files of a folder: an export has a dozen, a site with a page for each concept is not meant."""
_FILE: Final = ("100644", "100755")
"""Modes of regular files: links are not followed."""
_LINE_PARTS: Final = 4


def check_out(address: str, folder: Path) -> Path:
    """Write the file or the files directly in the folder that `git:REV:PATH` names; return where they are.

    PATH is relative to the current folder.

    Raises:
        InputError: there is no such revision or path, git is not installed, or the files are too many or too large.

    """
    revision, _, path = address.removeprefix(PREFIX).partition(":")
    if not revision or revision.startswith("-"):
        raise InputError(f"{address}: is not git:REV:PATH, for example git:main:output")
    wanted = PurePosixPath(path or ".")
    rows = _list_files(address, revision, [str(wanted), f"{wanted}/"])
    if not rows:
        raise InputError(f"{address}: no such file in this revision (paths are relative to this folder)")
    if len(rows) > _MOST_FILES or sum(size for _, size, _ in rows) > MAX_BYTES:
        raise InputError(f"{address}: has more than {_MOST_FILES:,} files or {MAX_BYTES:,} bytes; name a file")
    for name, _, identifier in rows:
        (folder / PurePosixPath(name).name).write_bytes(_run(address, "cat-file", "blob", identifier))
    return folder / wanted.name if len(rows) == 1 and rows[0][0] == str(wanted) else folder


def _list_files(address: str, revision: str, paths: list[str]) -> list[tuple[str, int, str]]:
    """Return name, size and identifier of each regular file that is or is directly in one of the paths."""
    output = _run(address, "ls-tree", "--long", "-z", "--end-of-options", revision, *paths)
    rows = []
    for line in output.decode("utf-8", "surrogateescape").split("\0"):
        about, _, name = line.partition("\t")
        parts = about.split()
        if len(parts) == _LINE_PARTS and parts[0] in _FILE:
            rows.append((name, int(parts[3]), parts[2]))
    return rows


def _run(address: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)  # noqa: S603, S607 - the user's own git
    except FileNotFoundError as error:
        raise InputError(f"{address}: git is not installed") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise InputError(f"{address}: {lines[0]}") from error
    return done.stdout
