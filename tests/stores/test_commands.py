"""The commands `load`, `query` and `serve`."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from sample_graphs import BASE, graph_of, small_triples

from skosify_rad.cli import load, query
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, InputError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs import find_output, write_files
from skosify_rad.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    import click

VAULT = Path(__file__).parents[2] / "examples" / "vault"


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an export in `output`, and make it the working directory."""
    monkeypatch.chdir(tmp_path)
    write_export(tmp_path / "output", small_triples())
    return tmp_path


def write_export(folder: Path, triples: list[Triple]) -> None:
    turtle = find_output("turtle")
    write_files({folder / turtle.file_name: turtle.render(graph_of(triples), Config())})


def run(command: click.Command, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_loads_into_a_folder_and_compares(export: Path) -> None:
    output = run(load.command, "output", "--to", "store", "--verify")
    assert "after the swap" in output
    assert f"<{BASE}>" in output
    assert "equals" in run(load.command, "output", "--to", "store", "--verify", "--dry-run")
    write_export(export / "output", small_triples()[:-1])
    assert "differs" in run(load.command, "output", "--to", "store", "--verify", "--dry-run", code=1)
    assert "would replace" in run(load.command, "output", "--to", "store", "--dry-run")
    assert "differs" in run(load.command, "output", "--to", "store", "--verify", "--dry-run", code=1)
    assert run(load.command, "output", "--to", "store", "--quiet") == ""
    assert "equals" in run(load.command, "output", "--to", "store", "--verify", "--dry-run")


def test_description_has_its_own_graph(export: Path) -> None:
    run(load.command, "output", "--to", "store")
    store = EmbeddedStore(str(export / "store"))
    assert store.list_graphs("") == [BASE, BASE + ".well-known/void"]
    store.close()
    run(load.command, "output", "--to", "plain", "--no-description")
    store = EmbeddedStore(str(export / "plain"))
    assert store.list_graphs("") == [BASE]
    store.close()


def test_loads_a_vault_without_writing_files(export: Path) -> None:
    shutil.copytree(VAULT, export / "vault")
    assert "triples" in run(load.command, "vault", "--to", "store")
    assert "Osteo" in run(query.command, "differentials", "Osteoporosis", "--on", "store")


def test_changes_between_loads(export: Path) -> None:
    run(load.command, "output", "--to", "store")
    added = Triple(BASE + "bone", SKOS.altLabel, Literal("Os", "la"))
    write_export(export / "output", [*small_triples()[1:], small_triples()[0], added])
    run(load.command, "output", "--to", "store", "--keep-previous")
    rows = run(query.command, "changed", "--on", "store", "--format", "csv").splitlines()
    assert rows == ["change,subject,predicate,object", f"added,{BASE}bone,{SKOS.altLabel},Os"]


@pytest.mark.usefixtures("export")
def test_profiles_of_the_configuration() -> None:
    Path("rad2skos.toml").write_text('[targets.here]\nurl = "store"\ngraph = "urn:test:own"\n')
    assert "<urn:test:own>" in run(load.command, "output", "--to", "here")
    assert "yes" in run(query.command, "ASK { ?s skos:prefLabel ?o }", "--on", "here")


@pytest.mark.usefixtures("export")
def test_result_formats() -> None:
    text = "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(lang(?l) != '') }"
    table = run(query.command, text)
    assert table.splitlines()[0].split() == ["s", "l"]
    assert "Bone" in table
    assert "(1 row)" in table
    bindings = json.loads(run(query.command, text, "--format", "json"))["results"]["bindings"]
    assert bindings == [
        {"s": {"type": "uri", "value": BASE + "bone"}, "l": {"type": "literal", "value": "Bone", "xml:lang": "en"}}
    ]
    assert run(query.command, text, "--format", "csv") == f"s,l\n{BASE}bone,Bone\n"
    assert "skos:prefLabel" in run(query.command, "DESCRIBE " + f"<{BASE}bone>", "--format", "turtle")
    assert run(query.command, "ASK { ?s ?p ?o }") == "yes\n"
    assert json.loads(run(query.command, "ASK { <urn:x> ?p ?o }", "--format", "json"))["boolean"] is False
    Path("mine.rq").write_text(text)
    assert run(query.command, "mine.rq") == table


def test_ready_queries_are_listed() -> None:
    assert [line.split()[0] for line in run(query.command).splitlines()] == [
        "tree",
        "differentials",
        "wanted",
        "undefined",
        "changed",
    ]


@pytest.mark.usefixtures("export")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "not a ready-made query"),
        (["ASK {}", "value"], "only ready-made queries"),
        (["none.rq"], "cannot be read"),
        (["ASK {}", "--format", "turtle"], "table"),
        (["DESCRIBE <urn:x>", "--format", "csv"], "turtle"),
        (["tree"], "needs concept"),
    ],
)
def test_invalid_queries_are_errors(arguments: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(query.command, *arguments)


@pytest.mark.usefixtures("export")
def test_missing_or_invalid_graph_is_an_error() -> None:
    Path("two.nt").write_text(f"<urn:a> a <{SKOS.Concept}> .".replace(" a ", " <urn:p> "))
    with pytest.raises(ConfigError, match="--graph"):
        run(load.command, "two.nt", "--to", "store")
    with pytest.raises(ConfigError, match="not a valid IRI"):
        run(load.command, "two.nt", "--to", "store", "--graph", "no iri> }")
    assert "<urn:g>" in run(load.command, "two.nt", "--to", "store", "--graph", "urn:g")


def test_serves_on_loopback_until_terminated(export: Path) -> None:
    if not (shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")):
        pytest.skip("not run: the binary `oxigraph` is not installed: pip install oxigraph")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = "from skosify_rad.cli.serve import command; command()"
    command = [sys.executable, "-c", program, "output", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(VAULT.parent.parent), *sys.path])}
    with subprocess.Popen(command, cwd=export, env=environment, stderr=subprocess.PIPE) as process:
        try:
            url = f"http://127.0.0.1:{port}/query"
            answer, headers = ask_until_answered(url)
            assert answer == "l\nBone\n"
            assert "access-control-allow-origin" not in headers
        finally:
            process.terminate()
            try:
                process.communicate(timeout=20)
            finally:
                process.kill()
    assert process.returncode == 0
    with pytest.raises(OSError, match="refused"):  # the server has stopped too
        socket.create_connection(("127.0.0.1", port)).close()


def ask_until_answered(url: str) -> tuple[str, dict[str, str]]:
    text = f"SELECT ?l {{ ?s <{SKOS.prefLabel}> ?l FILTER(lang(?l) != '') }}"
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv", "Origin": "http://evil.example"}
    for _ in range(100):
        with suppress(OSError), urlopen(Request(url, text.encode(), headers)) as response:  # noqa: S310 - our loopback
            return response.read().decode().replace("\r", ""), {k.lower(): v for k, v in response.headers.items()}
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")
