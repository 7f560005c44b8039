"""Readings kept from run to run: the bytes of a clean build, and never trusted blindly."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad import pipeline
from skosify_rad.extraction import cache, extract
from skosify_rad.extraction.cache import ReadingCache
from skosify_rad.extraction.executors import Means
from skosify_rad.model import kept_files
from skosify_rad.model.config import Config, Extraction
from skosify_rad.model.kept_files import KEPT_SECONDS, READINGS
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import read_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from skosify_rad.extraction.readings import Reading
    from skosify_rad.vault.notes import Note

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from vaults import write_vault

NOTES = 120
CONFIG = Config()


class Bench:
    """A vault, a cache, and which notes were read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.vault = folder / "vault"
        self.folder = folder / "cache"
        self.read: list[str] = []
        self._runs = 0
        self._out = folder
        true = extract.read_chunk

        def spy(notes: Sequence[Note], names: frozenset[str], extraction: Extraction) -> list[Reading]:
            self.read += [note.path for note in notes]
            return true(notes, names, extraction)

        monkeypatch.setattr(extract, "read_chunk", spy)

    def export(self, *, kept: bool = True, config: Config = CONFIG) -> dict[str, bytes]:
        """Build into a fresh folder; tells in `read` which notes were read."""
        self._runs += 1
        self.read.clear()
        out = self._out / f"out-{self._runs}"
        means = Means(cache=self.folder if kept else None)
        pipeline.write(pipeline.build(self.vault, config, means, out), out, config)
        return {file.name: file.read_bytes() for file in out.iterdir()}

    def notes(self) -> list[Path]:
        return sorted(self.vault.rglob("*.md"))

    def file(self) -> Path:
        (found,) = self.folder.glob(f"*{READINGS}")
        return found


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(tmp_path, monkeypatch)
    monkeypatch.setattr(kept_files, "hash_code", lambda _: "this code")  # which may be edited while the tests run
    write_vault(made.vault, NOTES)
    return made


def test_a_second_run_reads_nothing_and_writes_the_same(bench: Bench) -> None:
    first = bench.export()
    assert len(bench.read) == NOTES
    before = bench.file().read_bytes()
    second = bench.export()
    assert bench.read == []
    assert second == first == bench.export(kept=False)
    assert bench.file().read_bytes() == before


def change_text(bench: Bench) -> None:
    note = bench.notes()[7]
    note.write_text(note.read_text() + "\n## Types\n- Papillary\n- Clear cell\n- [[Nowhere yet]]\n")


def add_note(bench: Bench) -> None:
    (bench.vault / "Brand new osteoma.md").write_text("---\ndg-publish: true\n---\n## Overview\nA bone tumour.\n")


def remove_note(bench: Bench) -> None:
    bench.notes()[11].unlink()


def rename_note(bench: Bench) -> None:
    note = bench.notes()[13]
    note.rename(note.with_name("Wholly other name.md"))


@pytest.mark.parametrize("change", [change_text, add_note, remove_note, rename_note])
def test_after_a_change_few_notes_are_read_and_the_bytes_are_a_clean_builds(
    bench: Bench, change: Callable[[Bench], None]
) -> None:
    bench.export()
    change(bench)
    kept = bench.export()
    assert len(bench.read) < NOTES / 4
    assert kept == bench.export(kept=False)


def test_a_note_is_read_again_when_the_vault_learns_a_name_it_asked_for(bench: Bench) -> None:
    front = "---\ndg-publish: true\n---\n"
    (bench.vault / "Lymphoma.md").write_text(front + "A tumour of lymphocytes.\n")
    asks = bench.vault / "Lucent lesions.md"
    asks.write_text(front + "## Differential diagnosis\n- Lymphoma: permeative\n- Brodie: cortical\n")
    bench.export()
    vault, _ = read_vault(bench.vault, CONFIG)
    names = Links(vault).names
    note = next(note for note in vault.notes if note.path == asks.name)
    (reading,) = extract.read_chunk([note], names, CONFIG.extraction)
    assert "lymphoma" in reading.known
    assert "brodie" in reading.unknown
    store = ReadingCache(bench.folder, bench.vault, CONFIG)
    found = store.find(note, names)
    assert found == reading
    assert store.find(note, names - {"lymphoma"}) is None
    assert store.find(note, names | {"brodie"}) is None


def test_mentions_keep_their_identity(bench: Bench) -> None:
    vault, _ = read_vault(bench.vault, CONFIG)
    names = Links(vault).names
    store = ReadingCache(bench.folder, bench.vault, CONFIG)
    readings = extract.read_chunk(vault.notes, names, CONFIG.extraction)
    for note, reading in zip(vault.notes, readings, strict=True):
        store.keep(note, reading)
    store.write()
    again = ReadingCache(bench.folder, bench.vault, CONFIG)
    for note, reading in zip(vault.notes, readings, strict=True):
        found = again.find(note, names)
        assert found == reading
        assert same_identities(found.statements) == same_identities(reading.statements)


def same_identities(statements: Sequence[object]) -> list[int]:
    """Return a number for each mention, the same for the same one."""
    seen: dict[int, int] = {}
    parts = [part for statement in statements for part in (statement[0], statement[2])]  # type: ignore[index]
    return [seen.setdefault(id(part), len(seen)) for part in parts if not isinstance(part, str)]


def test_another_setting_reads_all_again(bench: Bench) -> None:
    bench.export()
    other = replace(CONFIG, extraction=Extraction(classification_headings=("Epidemiology",)))
    kept = bench.export(config=other)
    assert len(bench.read) == NOTES
    assert kept == bench.export(kept=False, config=other)


def test_settings_that_reading_never_sees_read_nothing_again(bench: Bench) -> None:
    bench.export()
    bench.export(config=replace(CONFIG, output=replace(CONFIG.output, stubs="exclude")))
    assert bench.read == []


def test_another_program_reads_all_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.export()
    monkeypatch.setattr(cache, "find_environment", lambda settings, *_: f"other {settings.list_titles}")
    bench.export()
    assert len(bench.read) == NOTES


def test_the_environment_is_the_code_itself(tmp_path: Path) -> None:
    hashes: list[str] = []
    for number in (3, 4, 3):
        folder = tmp_path / str(len(hashes))
        folder.mkdir()
        (folder / "rule.py").write_text(f"LEAST = {number}\n")
        os.utime(folder / "rule.py", (0, 0))
        hashes.append(kept_files.hash_code(folder))
    assert hashes[0] == hashes[2] != hashes[1]
    (tmp_path / "changed since.py").write_text("")
    assert kept_files.hash_code(tmp_path) == ""


def test_without_an_environment_nothing_is_kept(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "hash_code", lambda _: "")
    bench.export()
    bench.export()
    assert len(bench.read) == NOTES
    assert not bench.folder.exists()


def spoil_bytes(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_bytes,
        lambda data: data[: len(data) // 3],
        lambda data: data + b"\nnonsense\n00000000 " + b"f" * 32 + b" {}",
        lambda data: data.replace(b'"', b"'"),
        lambda _: b"",
        lambda _: b"\xff\xfe\x00" * 100,
    ],
)
def test_a_spoilt_file_is_passed_over(bench: Bench, spoil: Callable[[bytes], bytes]) -> None:
    first = bench.export()
    bench.file().write_bytes(spoil(bench.file().read_bytes()))
    assert bench.export() == first
    bench.export()
    assert bench.read == []


SHAPELESS = (
    b"[]",
    b"[[],[],[],[],[[]],[],[]]",
    b"[[],[],[],[],[],[[0]],[]]",
    b"[[],[],[7],[],[],[],[]]",
    b"[[],[],[],[[0]],[],[],[]]",
    b'[[],[],["a"],[],[[1,1,true,-1,0,0,0,0]],[[0,-9,1,1,0,5,0,0,0,0]],[]]',
    b"7",
    b"null",
)


def test_a_line_with_a_right_sum_and_wrong_shape_is_passed_over(bench: Bench) -> None:
    first = bench.export()
    head, *lines = bench.file().read_bytes().split(b"\n")
    forged = []
    for number, line in enumerate(lines):
        body = line[9:41] + b" " + SHAPELESS[number % len(SHAPELESS)]
        forged.append(kept_files.find_checksum(body) + b" " + body)  # what a forger would do
    bench.file().write_bytes(b"\n".join([head, *forged]))
    assert bench.export() == first
    assert len(bench.read) == NOTES


def test_it_prunes_itself(bench: Bench) -> None:
    bench.export()
    for note in bench.notes()[: NOTES // 2]:
        note.unlink()
    left = len(bench.notes())
    bench.export()
    assert bench.file().read_bytes().count(b"\n") == left
    gone = bench.folder / f"gone{READINGS}"
    gone.write_bytes(b"")
    os.utime(gone, (time.time() - KEPT_SECONDS - 60,) * 2)
    bench.notes()[0].unlink()
    bench.export()
    assert not gone.exists()


def test_where_nothing_can_be_kept_the_export_is_the_same(bench: Bench) -> None:
    expected = bench.export(kept=False)
    bench.folder.write_text("a file where the folder should be")
    assert bench.export() == expected


def test_a_text_json_cannot_hold_is_read_each_time(bench: Bench) -> None:
    vault, _ = read_vault(bench.vault, CONFIG)
    names = Links(vault).names
    note = vault.notes[0]
    (reading,) = extract.read_chunk([note], names, CONFIG.extraction)
    store = ReadingCache(bench.folder, bench.vault, CONFIG)
    store.keep(note, reading._replace(statements=[reading.statements[0]._replace(written="half a pair: \ud800")]))
    store.write()
    assert ReadingCache(bench.folder, bench.vault, CONFIG).find(note, names) is None
