"""Killed in the middle, or out of space: the graph is the old one or the new one, entirely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from contract.servers import SERVERS, NotRun
from contract.test_targets import GRAPH, OPTIONS, held_by, many, open_patient, profile
from skosify_rad.model.config import Target
from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores import open_target
from skosify_rad.stores.canonical import canonical_lines
from skosify_rad.stores.load import Load

if TYPE_CHECKING:
    from pathlib import Path

    from contract.servers import Server

OLD, NEW = many(500, "old"), many(6_000, "new")

LOADER = """
import resource, sys
from contract.test_targets import GRAPH, OPTIONS, many
from skosify_rad.model.config import Target
from skosify_rad.stores import open_target
from skosify_rad.stores.load import Load
folder, limit = sys.argv[1], int(sys.argv[2])
new = many(6_000, "new")
store = open_target(Target(url=folder))
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("ready", flush=True)
Load(store, GRAPH, OPTIONS).run(new)
store.close()
"""


def start_loader(folder: Path, limit: int = 0) -> subprocess.Popen[str]:
    """Start a process that loads NEW, and wait until it is about to."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LOADER, str(folder), str(limit)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def state_of(target: Target) -> str:
    store = open_target(target)
    held = held_by(store, [*OLD, *NEW])
    store.close()
    return {frozenset(canonical_lines(OLD)): "old", frozenset(canonical_lines(NEW)): "new"}.get(frozenset(held), "half")


def test_killed_loader_leaves_the_embedded_store_whole(tmp_path: Path) -> None:
    target = Target(url=str(tmp_path / "store"))
    for delay_seconds in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5):
        store = open_target(target)
        Load(store, GRAPH, OPTIONS).run(OLD)
        store.close()
        with start_loader(tmp_path / "store") as process:
            time.sleep(delay_seconds)
            process.kill()
        assert state_of(target) in ("old", "new"), delay_seconds


def test_full_disk_leaves_the_embedded_store_whole(tmp_path: Path) -> None:
    target = Target(url=str(tmp_path / "store"))
    store = open_target(target)
    Load(store, GRAPH, OPTIONS).run(OLD)
    store.close()
    with start_loader(tmp_path / "store", limit=100_000) as process:  # no file may grow beyond that, as if it were full
        _, errors = process.communicate()
    assert process.returncode != 0
    assert "TargetError" in errors
    assert state_of(target) == "old"


@pytest.mark.parametrize("name", SERVERS)
def test_killed_server_leaves_the_graph_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RAD2SKOS_TEST_{name.upper()}", {"virtuoso": "dba", "fuseki": "s3cret"}.get(name, ""))
    try:
        with SERVERS[name](tmp_path) as server:
            store = open_target(profile(server, "gsp"))
            Load(store, GRAPH, OPTIONS).run(OLD)
            store.close()
        for delay_seconds in (0.2, 0.7):
            with SERVERS[name](tmp_path) as server:
                load_and_kill(server, delay_seconds)
            with SERVERS[name](tmp_path) as server:
                assert state_of(profile(server, "gsp")) in ("old", "new")
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")


def load_and_kill(server: Server, delay_seconds: float) -> None:
    """Kill the server while NEW is loaded; whatever the loader says, it says within its time-outs."""

    def load() -> None:
        store = open_patient(profile(server, "gsp"), 5)
        try:
            Load(store, GRAPH, OPTIONS).run(NEW)
        except TargetError as error:
            said.append(str(error))
        store.close()

    said: list[str] = []
    thread = threading.Thread(target=load)
    thread.start()
    time.sleep(delay_seconds)
    os.kill(server.pid, signal.SIGKILL)
    thread.join(60)
    assert not thread.is_alive()
