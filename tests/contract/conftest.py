"""Servers for the contract tests: one of each kind per session. Tests of an unavailable server are skipped."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from contract.fhir_servers import FHIR_SERVERS
from contract.servers import SERVERS, NotRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contract.servers import Server

MEMORY_BYTES: Final = 2_000_000_000
"""Free space in /dev/shm from which servers keep their data there; containers often have 64 MB."""


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """Yield a new folder for a server's data."""
    with new_folder() as folder:
        yield Path(folder)


def new_folder() -> tempfile.TemporaryDirectory[str]:
    """Create a folder, in memory if there is room: Fuseki spends most of its time waiting for the disk (fsync)."""
    memory = Path("/dev/shm")  # noqa: S108 - TemporaryDirectory creates a private folder in it
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > MEMORY_BYTES
    return tempfile.TemporaryDirectory(prefix="rad2skos-", dir=memory if has_room else None)


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[[str], Server]]:
    """Return a function that starts a server once and returns it, or skips the test with the reason."""
    started: dict[str, Server | str] = {}
    known = SERVERS | FHIR_SERVERS
    with ExitStack() as stack:

        def start_once(name: str) -> Server:
            if name not in started:
                try:
                    started[name] = stack.enter_context(known[name](Path(stack.enter_context(new_folder()))))
                except NotRun as reason:
                    started[name] = str(reason)
            server = started[name]
            if isinstance(server, str):
                pytest.skip(f"not run: {server}")
            return server

        yield start_once


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect to the loopback directly, even if the environment sets a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
