"""Real servers for the contract tests, each started on a free loopback port and stopped by its process id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

FUSEKI_JAR: Final = Path.home() / ".cache" / "rad2skos" / "jena-fuseki-server.jar"
"""Where `.ci/servers` puts Fuseki."""

JVM_OPTIONS: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Start fast: the tests end before optimised compilation would pay."""

START_SECONDS: Final = 90.0
"""Time after which a server that has not answered counts as failed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and its endpoints."""

    name: str
    query: str
    update: str
    store: str
    user: str = ""
    password: str = ""
    auth: str = ""
    pid: int = 0


class NotRun(Exception):  # noqa: N818 - not an error: something is missing on this machine
    """A server that is not available, with the reason."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], folder: Path, url: str, more: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a server until the block ends, with further environment variables, and yield its process id.

    Its output goes to the file `log` in the folder.
    """
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(more or {})}
        )
    try:
        wait_until_answers(process, url, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            requests.get(url, params={"query": "ASK {}"}, timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{process.args!r} does not answer at {url}:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run the Oxigraph server from its Python package."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if binary is None:
        raise NotRun("the binary `oxigraph` is not installed: pip install oxigraph")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [binary, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, f"{url}/query") as pid:
        yield Server("oxigraph", f"{url}/query", f"{url}/update", f"{url}/store", pid=pid)


VIRTUOSO_INI: Final = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000
"""
"""A minimal configuration. Debian's own sets ResultSetMaxRows to 10000; a tenth makes the tests faster."""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso 7 from Debian's packages."""
    if shutil.which("virtuoso-t") is None:
        raise NotRun("virtuoso-t is not installed: .ci/servers installs it with apt-get")
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, port=port, sql_port=free_port()))
    url = f"http://127.0.0.1:{port}"
    command = ["virtuoso-t", "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # left behind by a killed server
    with running(command, folder, f"{url}/sparql") as pid:
        yield Server(
            "virtuoso",
            f"{url}/sparql-auth",
            f"{url}/sparql-auth",
            f"{url}/sparql-graph-crud-auth",
            "dba",
            "dba",
            "digest",
            pid,
        )


@contextmanager
def fuseki(folder: Path) -> Iterator[Server]:
    """Run Apache Jena Fuseki from Maven Central, with basic authentication."""
    if shutil.which("java") is None:
        raise NotRun("java is not installed")
    if not FUSEKI_JAR.exists():
        raise NotRun(f"{FUSEKI_JAR} does not exist: .ci/servers downloads it with mvn")
    port = free_port()
    (folder / "passwords").write_text("loader: s3cret\n")
    options = ["--tdb2", f"--loc={folder / 'data'}", "--update", "--localhost", f"--port={port}", "--auth=basic"]
    (folder / "data").mkdir(exist_ok=True)
    command = [
        "java",
        "-Xmx512m",
        *JVM_OPTIONS,
        "-jar",
        str(FUSEKI_JAR),
        *options,
        f"--passwd={folder / 'passwords'}",
        "/ds",
    ]
    url = f"http://127.0.0.1:{port}/ds"
    with running(command, folder, f"{url}/query") as pid:
        yield Server("fuseki", f"{url}/query", f"{url}/update", f"{url}/data", "loader", "s3cret", "basic", pid)


SERVERS: Final[dict[str, Callable[[Path], AbstractContextManager[Server]]]] = {
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
    "fuseki": fuseki,
}
"""Servers by name."""
