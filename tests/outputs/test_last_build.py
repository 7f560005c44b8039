"""A build where nothing changed does nothing; any change is noticed."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from skosify_rad import pipeline
from skosify_rad.model import kept_files
from skosify_rad.model.config import Config
from skosify_rad.outputs.last_build import BuildRecord, LastBuild

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.usefixtures("same_code")

NOTES = {
    "Bone/Osteoma.md": "Osteoma is a benign tumour of bone.\n\n## Types\n- Ivory\n- Mature\n\n[[Nowhere]]\n",
    "Bone/Bone island.md": "A bone island is a focus of cortical bone.\n\n## Differential diagnosis\n- [[Osteoma]]\n",
}


class Desk:
    """A vault that was built once."""

    def __init__(self, vault: Path, folder: Path) -> None:
        self.vault, self.out, self.cache = vault, folder / "out", folder / "kept"
        self.config = Config()
        self.export = pipeline.build(vault, self.config, out=self.out)
        files = pipeline.write(self.export, self.out, self.config).files
        self.record().keep(LastBuild(self.export.diagnostics, self.export.counts, files, "conforms"))

    def record(self, config: Config | None = None, out: Path | None = None) -> BuildRecord:
        return BuildRecord(self.cache, self.vault, out or self.out, config or self.config)


@pytest.fixture
def desk(make_vault: Callable[..., Path], tmp_path: Path) -> Desk:
    return Desk(make_vault(NOTES), tmp_path)


def test_it_is_what_was_built(desk: Desk) -> None:
    last = desk.record().find()
    assert last is not None
    assert last.diagnostics == desk.export.diagnostics
    assert last.counts == desk.export.counts
    assert {path.name for path in last.files} == {path.name for path in desk.out.iterdir()}


def edit_note(desk: Desk) -> None:
    note = desk.vault / "Bone" / "Osteoma.md"
    stamp = note.stat()
    note.write_text(note.read_text().replace("Mature", "Mixed."))  # as long as before, and saved at the same time
    os.utime(note, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def add_note(desk: Desk) -> None:
    (desk.vault / "New.md").write_text("A new thing.\n")


def remove_note(desk: Desk) -> None:
    (desk.vault / "Bone" / "Osteoma.md").unlink()


def move_note(desk: Desk) -> None:
    (desk.vault / "Bone" / "Osteoma.md").rename(desk.vault / "Osteoma.md")


def recode_note(desk: Desk) -> None:
    note = desk.vault / "Bone" / "Osteoma.md"
    note.write_bytes(b"\xff" + note.read_bytes())


def edit_output(desk: Desk) -> None:
    file = desk.out / "concepts.ttl"
    file.write_bytes(file.read_bytes() + b"# touched\n")


def remove_output(desk: Desk) -> None:
    (desk.out / "concepts.jsonld").unlink()


def edit_register(desk: Desk) -> None:
    file = desk.out / "register.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Osteoma", b"Osteomas"))


def spoil_record(desk: Desk) -> None:
    (file,) = desk.cache.glob("*.build")
    data = file.read_bytes()
    file.write_bytes(data[:-9] + b"1" + data[-8:])


def empty_record(desk: Desk) -> None:
    (file,) = desk.cache.glob("*.build")
    file.write_bytes(kept_files.find_checksum(b"[]") + b" []")


CHANGES = (
    *(edit_note, add_note, remove_note, move_note, recode_note),
    *(edit_output, remove_output, edit_register, spoil_record, empty_record),
)


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_noticed(desk: Desk, change: Callable[[Desk], None]) -> None:
    assert desk.record().find() is not None
    change(desk)
    assert desk.record().find() is None


def test_another_configuration_code_or_folder_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(desk.config, scheme=replace(desk.config.scheme, title="Bone"))
    assert desk.record(config=other).find() is None
    assert desk.record(out=desk.out.parent / "elsewhere").find() is None
    monkeypatch.setattr(kept_files, "hash_code", lambda _: "other code")
    assert desk.record().find() is None
    monkeypatch.setattr(kept_files, "hash_code", lambda _: "")
    assert desk.record().find() is None


def test_the_command_writes_nothing_and_says_the_same(run: Callable[..., Result], desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "there"
    first = run("build", desk.vault, "--out", out, "--fail-on", "info")
    stamps = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    second = run("build", desk.vault, "--out", out, "--fail-on", "info")
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == stamps
    assert first.exit_code == second.exit_code == 1
    assert _summary(first.stdout) == _summary(second.stdout)
    assert "Nothing written" in second.stdout
    assert "Nothing written" not in run("build", desk.vault, "--out", out, "--no-cache").stdout


def _summary(printed: str) -> list[str]:
    """Return what was printed about findings and counts: neither files nor time."""
    return re.split(r"\n(?:Nothing w|W)ritten", printed)[0].splitlines()
