"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from skosify_rad.model.diagnostics import OutputError
from skosify_rad.outputs import write_files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_and_makes_folders(tmp_path: Path) -> None:
    write_files({tmp_path / "a" / "b" / "c.ttl": b"new", tmp_path / "d": b""})
    assert (tmp_path / "a/b/c.ttl").read_bytes() == b"new"
    assert (tmp_path / "d").read_bytes() == b""
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b", "c.ttl", "d"]


def test_keeps_permissions_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_files({link: b"new"})
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)


def test_new_files_are_readable_as_the_umask_says(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b""})
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


def test_failure_leaves_every_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    write_files({first: b"old", second: b"old"})
    stages = 0

    def full(_: int) -> None:
        nonlocal stages
        stages += 1
        if stages == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"b: cannot be written: No space left .*disk is full.*nothing was changed"):
        write_files({first: b"new", second: b"new"})
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"old")
    assert names_in(tmp_path) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("folder", "folder has this name"), ("file/x", "part of the path is a file"), ("n" * 300, "too long")],
)
def test_what_stands_in_the_way_is_said(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=words):
        write_files({tmp_path / "good": b"", tmp_path / name: b""})
    assert names_in(tmp_path) == ["file", "folder"]


def test_full_disk_is_said() -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_files({Path("/proc/none/a"): b"x"})
