"""The cache of readings: a note that has not changed is not read again.

A reading counts only while everything it depends on is the same: the note (by a hash of path and text), the program
and its settings (by a hash of the code itself), and what the note asked about the names in the vault.
"""

import os
from pathlib import Path

from skosify_rad.extraction.readings import Reading, read_reading, write_reading
from skosify_rad.model.config import Config
from skosify_rad.model.kept_files import READINGS, find_checksum, find_environment, hash_bytes, name_file, write_kept
from skosify_rad.vault.notes import Note


class ReadingCache:
    """The readings of one vault's notes, as they were kept."""

    def __init__(self, folder: Path, root: Path, config: Config) -> None:
        self._file = name_file(folder, READINGS, root)
        self._environment = find_environment(config.extraction, "pyromark")
        self._lines = self._read()
        self._used: dict[str, bytes] = {}

    def _read(self) -> dict[str, bytes]:
        """Return key -> line of every undamaged entry; empty if another program or setting wrote the file."""
        try:
            head, *lines = self._file.read_bytes().split(b"\n")
            os.utime(self._file)
        except (OSError, ValueError):
            return {}
        if not self._environment or head != self._environment.encode():
            return {}
        return {line[9:41].decode("ascii", "replace"): line for line in lines if line[:8] == find_checksum(line[9:])}

    def find(self, note: Note, names: frozenset[str]) -> Reading | None:
        """Return the reading of a note in a vault that knows these names; None if the note must be read."""
        key = find_key(note)
        line = self._lines.get(key)
        if line is None:
            return None
        try:
            reading = read_reading(line[42:], note.path)
        except (ValueError, KeyError, IndexError, TypeError):
            return None
        if not reading.known <= names or not reading.unknown.isdisjoint(names):
            return None
        self._used[key] = line
        return reading

    def keep(self, note: Note, reading: Reading) -> None:
        """Keep a reading for the next run, unless it cannot be written down."""
        data = write_reading(reading, note.path)
        if data is not None:
            key = find_key(note)
            line = key.encode() + b" " + data
            self._used[key] = find_checksum(line) + b" " + line

    def write(self) -> None:
        """Write the readings that this run used or made, and no others."""
        same = self._used.keys() == self._lines.keys() and all(self._lines[k] is v for k, v in self._used.items())
        if not same and self._environment:
            write_kept(self._file, [self._environment.encode(), *(b"\n" + line for line in self._used.values())])


def find_key(note: Note) -> str:
    """Return the key under which the reading of a note is kept."""
    return hash_bytes(f"{note.path}\0{note.text}".encode("utf-8", "surrogatepass"))
