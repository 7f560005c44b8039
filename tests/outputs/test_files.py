"""Files are written whole or not at all."""

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from skosify_rad.model.diagnostics import OutputError
from skosify_rad.outputs import folder_lock, write_files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_and_makes_folders(tmp_path: Path) -> None:
    write_files({tmp_path / "a" / "b" / "c.ttl": b"new", tmp_path / "d": b""})
    assert (tmp_path / "a/b/c.ttl").read_bytes() == b"new"
    assert (tmp_path / "d").read_bytes() == b""
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b", "c.ttl", "d"]


def test_keeps_permissions_and_replaces_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_files({link: b"new"})
    assert not link.is_symlink()
    assert (link.read_bytes(), real.read_bytes()) == (b"new", b"old")
    write_files({real: b"new"})
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)


@pytest.mark.parametrize("renamed", [0, 1, 2])
def test_a_killed_switch_is_completed_by_the_next_writer(tmp_path: Path, renamed: int) -> None:
    """A process that dies between two renames leaves old and new files; the next writer finishes what it began."""
    names = ["a", "b", "c"]
    write_files({tmp_path / name: b"old" for name in names})
    died = _run_child(
        f"""
        import itertools, os, pathlib
        count = itertools.count()
        rename = pathlib.Path.replace
        def dying(self, target):
            if next(count) == {renamed}:
                os.kill(os.getpid(), 9)
            return rename(self, target)
        pathlib.Path.replace = dying
        write_files({{pathlib.Path({str(tmp_path)!r}) / name: b"new" for name in {names}}})
        """
    )
    assert died == -9
    assert sum((tmp_path / name).read_bytes() == b"new" for name in names) == renamed
    write_files({tmp_path / "d": b"later"})
    assert {(tmp_path / name).read_bytes() for name in names} == {b"new"}
    assert names_in(tmp_path) == ["a", "b", "c", "d"]


def test_what_a_writer_left_that_was_killed_early_is_removed(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"old"})
    died = _run_child(
        f"""
        import os, pathlib
        def pieces():
            yield b"new"
            os.kill(os.getpid(), 9)
        write_files({{pathlib.Path({str(tmp_path)!r}) / "a": pieces}})
        """
    )
    assert died == -9
    assert len(names_in(tmp_path)) > 1
    write_files({tmp_path / "b": b"later"})
    assert names_in(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_second_writer_waits_and_then_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"""
        import pathlib, sys
        from skosify_rad.outputs.folder_lock import lock_folders
        with lock_folders([pathlib.Path({str(tmp_path)!r})]):
            print("held", flush=True)
            sys.stdin.read()
        """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr(folder_lock, "WAIT_SECONDS", 0.2)
        with pytest.raises(OutputError, match=r"another rad2skos is writing there \(waited 0.2 s\)"):
            write_files({tmp_path / "a": b"x"})
        monkeypatch.setattr(folder_lock, "WAIT_SECONDS", 30.0)
        threading.Timer(0.3, holder.stdin.close).start()
        write_files({tmp_path / "a": b"x"})
        holder.stdin = None
    assert names_in(tmp_path) == ["a"]


def _run_child(code: str) -> int:
    """Run code that may kill its process; return the exit status."""
    whole = "from skosify_rad.outputs import write_files\n" + textwrap.dedent(code)
    return subprocess.run([sys.executable, "-c", whole], check=False).returncode


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
