"""`rad2skos diff` on real servers and on an address."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from loopback import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from contract.servers import Server

HEAD = """\
@prefix : <https://w3id.org/t/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
: a skos:ConceptScheme .
"""
OLD = f'{HEAD}:a a skos:Concept ; skos:prefLabel "Cyst"@en ; skos:inScheme : .\n'
NEW = f'{OLD}:b a skos:Concept ; skos:prefLabel "Simple cyst"@en ; skos:inScheme : ; skos:broader :a .\n'
GRAPH = "https://w3id.org/t/diff"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


@pytest.mark.parametrize("name", ["oxigraph", "fuseki"])
def test_a_server_is_compared_with_a_file(
    name: str,
    files: tuple[Path, Path],
    start: Callable[[str], Server],
    run: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = start(name)
    profile = f'[targets.live]\nkind = "gsp"\nurl = "{server.store}"\ngraph = "{GRAPH}"\n'
    if server.password:  # a name and a secret are taken from the user's own configuration only
        profile += f'user = "{server.user}"\npassword_env = "RAD2SKOS_TEST_DIFF"\n'
        monkeypatch.setenv("RAD2SKOS_TEST_DIFF", server.password)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    own = tmp_path / "xdg" / "rad2skos" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text(profile, encoding="utf-8")
    old, new = files
    loaded = run("load", old, "--to", "live", "--graph", GRAPH, "--quiet")
    assert loaded.exit_code == 0, loaded.output
    assert "no changes" in run("diff", "live", old).output
    found = run("diff", "live", new)
    assert "Concepts added (1)" in found.output
    assert "Simple cyst, below Cyst" in found.output
    assert "Concepts removed (1)" in run("diff", new, "live").output


def test_an_address_is_compared_with_a_file(files: tuple[Path, Path], run: Callable[..., Result]) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(OLD.encode())

        def log_message(self, *_: object) -> None:
            pass

    with serve(Handler) as url:
        found = run("diff", f"{url}/old", files[1])
    assert found.exit_code == 0, found.output
    assert "Concepts added (1)" in found.output
