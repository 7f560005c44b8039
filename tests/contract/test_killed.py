"""Kill the loader or the server during a load, or fill the disk: the graph is the old one or the new one."""

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
from skosify_rad.stores.sparql_text import join_lines

if TYPE_CHECKING:
    from pathlib import Path

    from contract.servers import Server

OLD, NEW = many(500, "old"), many(6_000, "new")

LOADER = """
import resource, sys
from skosify_rad.stores.embedded import EmbeddedStore
from skosify_rad.stores.load import Load, LoadOptions
folder, limit, graph, file = sys.argv[1:]
lines = open(file, "rb").read().splitlines()
store = EmbeddedStore(folder)
if limit != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
print("ready", flush=True)
Load(store, graph, LoadOptions()).run(lines)
store.close()
"""


def start_loader(folder: Path, limit: int = 0) -> subprocess.Popen[str]:
    """Start a process that loads NEW, and wait until the load begins."""
    file = folder.with_suffix(".nt")
    file.write_bytes(join_lines(NEW))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LOADER, str(folder), str(limit), GRAPH, str(file)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def prepare(target: Target, old: list[bytes]) -> None:
    """Make a graph hold the old triples; remove it if there are none."""
    store = open_target(target)
    store.drop(GRAPH)
    store.add(GRAPH, old)
    store.close()


def state_of(target: Target) -> str:
    """Return which triples the graph holds: `old`, `new`, `none`, or `mixed`."""
    store = open_target(target)
    held = frozenset(held_by(store))
    store.close()
    states = {frozenset(canonical_lines(lines)): name for name, lines in (("old", OLD), ("new", NEW), ("none", []))}
    return states.get(held, "mixed")


@pytest.mark.parametrize(("old", "state"), [(OLD, "old"), ([], "none")], ids=["replaced", "new"])
def test_killed_loader_leaves_a_whole_graph(tmp_path: Path, old: list[bytes], state: str) -> None:
    target = Target(url=str(tmp_path / "store"))
    for delay_seconds in (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5):
        prepare(target, old)
        with start_loader(tmp_path / "store") as process:
            time.sleep(delay_seconds)
            process.kill()
        assert state_of(target) in (state, "new"), delay_seconds
        assert not list((tmp_path / "store").glob("bulk-*"))


@pytest.mark.parametrize(("old", "state"), [(OLD, "old"), ([], "none")], ids=["replaced", "new"])
def test_full_disk_leaves_the_old_graph(tmp_path: Path, old: list[bytes], state: str) -> None:
    target = Target(url=str(tmp_path / "store"))
    prepare(target, old)
    with start_loader(tmp_path / "store", limit=100_000) as process:  # files cannot grow beyond, as on a full disk
        _, errors = process.communicate()
    assert process.returncode != 0
    assert "TargetError" in errors
    assert state_of(target) == state


@pytest.mark.parametrize("name", SERVERS)
def test_killed_server_leaves_a_whole_graph(name: str, server_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RAD2SKOS_TEST_{name.upper()}", {"virtuoso": "dba", "fuseki": "s3cret"}.get(name, ""))
    expected: tuple[str, ...] = ("none",)
    try:
        for delay_seconds in (0.2, 0.7, None):
            with SERVERS[name](server_folder) as server:
                assert state_of(profile(server, "gsp")) in expected
                if delay_seconds is not None:
                    prepare(profile(server, "gsp"), OLD)
                    load_and_kill(server, delay_seconds)
            expected = ("old", "new")
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")


def load_and_kill(server: Server, delay_seconds: float) -> None:
    """Kill the server while NEW is loaded. The loader must end within its timeouts."""

    def load() -> None:
        store = open_patient(profile(server, "gsp"), 5)
        try:
            Load(store, GRAPH, OPTIONS).run(NEW)
        except TargetError as error:
            errors.append(str(error))
        store.close()

    errors: list[str] = []
    thread = threading.Thread(target=load)
    thread.start()
    time.sleep(delay_seconds)
    os.kill(server.pid, signal.SIGKILL)
    thread.join(60)
    assert not thread.is_alive()
