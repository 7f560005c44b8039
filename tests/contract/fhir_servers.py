"""Real FHIR servers for the contract, and HL7's validator: what is not to be had here is reported as not run."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contract.servers import JVM_OPTIONS, NotRun, Server, free_port, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

CACHE: Final = Path.home() / ".cache" / "rad2skos"
"""Where `.ci/servers` puts servers and jars."""
SOURCES: Final = Path(__file__).parents[1] / "fhir"
"""The Java classes that start the server and the validator."""


def java_command(name: str, class_name: str, *options: str) -> list[str]:
    """Return the command that compiles and runs the one class of `tests/fhir/<name>`."""
    if shutil.which("javac") is None:
        raise NotRun("a Java development kit is not installed: .ci/servers installs it by apt-get")
    jars = CACHE / f"fhir-{name}"
    if not (jars / "version").exists():
        raise NotRun(f"{jars} is not there: .ci/servers gets it by mvn")
    return ["java", *options, "-cp", f"{jars}/*", str(SOURCES / name / f"{class_name}.java")]


@contextmanager
def helios(folder: Path) -> Iterator[Server]:
    """Run the Helios terminology server, from its crate: FHIR R4."""
    binary = CACHE / "hts"
    if not binary.exists():
        raise NotRun(f"{binary} is not there: .ci/servers compiles it by cargo")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "HTS_UI_ENABLED": "false",
        "HTS_SERVER_HOST": "127.0.0.1",
        "HTS_SERVER_PORT": str(port),
        "HTS_DATABASE_URL": "file.db",
        "HTS_MAX_EXPANSION_SIZE": "100000",
        "HTS_MAX_BODY_SIZE": "104857600",
    }
    with running([str(binary), "run"], folder, f"{url}/metadata", settings) as pid:
        yield Server("helios", url, url, url, pid=pid)


@contextmanager
def hapi(folder: Path) -> Iterator[Server]:
    """Run a HAPI FHIR server, from its jars: FHIR R4."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/fhir"
    logging = f"-Dlogback.configurationFile={SOURCES / 'hapi' / 'logback.xml'}"
    command = [*java_command("hapi", "Serve", "-Xmx1200m", *JVM_OPTIONS, logging), str(port)]
    with running(command, folder, f"{url}/metadata") as pid:
        yield Server("hapi", url, url, url, pid=pid)


FHIR_SERVERS: Final[dict[str, Callable[[Path], AbstractContextManager[Server]]]] = {"helios": helios, "hapi": hapi}
"""FHIR servers by name."""
