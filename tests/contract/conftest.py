"""Servers for the contract: one of each for the whole session; what cannot be had is reported as not run."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from contract.servers import SERVERS, NotRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contract.servers import Server


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Return what starts a server by its name, once, or skips the test, saying why."""
    started: dict[str, Server | str] = {}
    with ExitStack() as stack:

        def start_once(name: str) -> Server:
            if name not in started:
                try:
                    started[name] = stack.enter_context(SERVERS[name](tmp_path_factory.mktemp(name)))
                except NotRun as reason:
                    started[name] = str(reason)
            server = started[name]
            if isinstance(server, str):
                pytest.skip(f"not run: {server}")
            return server

        yield start_once


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach the loopback directly, whatever proxies this machine is told to use."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
