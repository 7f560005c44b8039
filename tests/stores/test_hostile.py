"""Hostile servers, queries and secrets: one line, in bounded time, and nothing given away."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, ClassVar

import pytest
from sample_graphs import BASE, graph_of, small_triples

from skosify_rad.model.config import Config, Target
from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.model.outgoing import clean_message
from skosify_rad.outputs import find_output, write_files
from skosify_rad.stores import http as client
from skosify_rad.stores.embedded import EmbeddedStore, has_service
from skosify_rad.stores.http import Connection, Request, RetryPolicy
from skosify_rad.stores.store import QueryGraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

ONCE = RetryPolicy(attempts=1)


class _Handler(http.server.BaseHTTPRequestHandler):
    seen: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        _Handler.seen.append(self.headers.get("Authorization"))
        if self.path == "/echo":
            self.send_response(400)
            self.end_headers()
            self.wfile.write(f"bad {self.headers.get('Authorization')}\x1b[2J".encode())
            return
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100 if self.path == "/drip" else 1):
                self.wfile.write(b"x" * (5_000 if self.path == "/large" else 1))
                time.sleep(0.1 if self.path == "/drip" else 0)
        except OSError:
            return

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Start a server on loopback; return its URL."""
    _Handler.seen.clear()
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def connect(url: str, **fields: object) -> Connection:
    values: dict[str, object] = {"kind": "sparql", "url": url, "timeout_seconds": 0.5, **fields}
    return Connection(Target(**values), ONCE)  # type: ignore[arg-type] # by name


def test_the_timeout_bounds_the_whole_answer(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(TargetError, match=r"no complete answer within 0.5 s"):
        connect(server).send(Request("GET", server + "/drip"))
    assert time.monotonic() - started < 8  # the answer drips for 10 s


def test_an_answer_has_a_size_limit(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MAX_ANSWER_BYTES", 4_000)
    with pytest.raises(TargetError, match="answer is larger than 4,000 bytes"):
        connect(server).send(Request("GET", server + "/large"))


def test_credentials_go_to_one_origin(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "hunter2hunter2")
    connection = connect("http://127.0.0.1:1/update", user="me", password_env="SECRET", query_url=server)
    connection.send(Request("GET", server + "/"))
    connect(server + "/update", user="me", password_env="SECRET").send(Request("GET", server + "/query"))
    assert _Handler.seen[0] is None
    assert str(_Handler.seen[1]).startswith("Basic ")


@pytest.mark.parametrize("auth", ["basic", "bearer"])
@pytest.mark.parametrize("secret", ["correct-horse", "пароль-密码", "é\xff"])
def test_an_echoed_secret_is_masked(server: str, monkeypatch: pytest.MonkeyPatch, auth: str, secret: str) -> None:
    monkeypatch.setenv("SECRET", secret)
    with pytest.raises(TargetError) as caught:
        connect(server, user="me", auth=auth, password_env="SECRET").send(Request("GET", server + "/echo"))
    message = clean_message(str(caught.value))
    assert secret not in message
    assert "\x1b" not in message
    if auth == "basic":
        assert "Basic ***" in message


@pytest.mark.parametrize("secret", ["token\n", "a\rb", "a\x7fb"])
def test_a_secret_that_no_header_takes_is_not_shown(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("SECRET", secret)
    with pytest.raises(ConfigError, match="line end") as caught:
        connect("http://127.0.0.1:1/", auth="bearer", password_env="SECRET")
    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { service silent ?x { ?a ?b ?c } }",
        "SELECT * { \\u0053ERVICE <http://x/> { ?a ?b ?c } }",
        "# '''\nSELECT * { SERVICE<http://x/>{ ?a ?b ?c } } # '''",
        "SELECT * { ?a <http://x#y> '#' . SERVICE<http://x/>{ ?a ?b ?c } }",
        "PREFIX e: <http://e/> SELECT * { ?a e:a\\#b ?c SERVICE e:x { ?a ?b ?c } }",
        "SELECT * { ?a ?b '''a'b\"c''' SERVICE <http://x/> { ?a ?b \"\" } }",
    ],
)
def test_service_is_refused(query: str) -> None:
    assert has_service(query)
    with pytest.raises(TargetError, match="SERVICE"):
        EmbeddedStore("").query(query, QueryGraphs(""))


def test_a_query_has_a_time_limit() -> None:
    store = EmbeddedStore("")
    store.query_seconds = 0.5
    store.add("http://e/g", [f'<http://e/{i}> <http://e/p> "{i}" .'.encode() for i in range(2_000)])
    started = time.monotonic()
    with pytest.raises(TargetError, match=r"took longer than 0.5 s"):
        store.query(
            "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x < ?y || ?z = ?x) }",
            QueryGraphs("http://e/g"),
        )
    assert time.monotonic() - started < 60  # without a limit, for hours


@pytest.mark.parametrize(
    "query",
    ["SELECT (<http://e/f>(1) AS ?x) {}", "SELECT (foo(1) AS ?x) {}", "SELECT \udcff {}", "ASK { ?s ?p 'a\x00' "],
)
def test_a_query_that_fails_is_one_line(tmp_path: Path, run: Callable[..., Result], query: str) -> None:
    turtle = find_output("turtle")
    write_files({tmp_path / "output" / turtle.file_name: turtle.render(graph_of(small_triples()), Config())})
    result = run("query", query, "--graph", BASE)
    assert result.exit_code == 2, result.exception
    assert result.output.count("\n") == 1
    assert len(result.output) < 400


@pytest.mark.parametrize(
    "arguments",
    [
        [b"build", b"\xff"],
        [b"query", b"\xff\xfe"],
        [b"query", b"tree", b"\xff", b"--on", b"missing"],
        [b"validate", b"http://127.0.0.1:1/\xff"],
        [b"init", b".", b"--base", b"http://e/\xff/"],
        [b"load", b"x.ttl", b"--to", b"s", b"--graph", b"http://e/\xff"],
    ],
)
def test_arguments_that_are_not_utf8_are_one_line(tmp_path: Path, arguments: list[bytes]) -> None:
    (tmp_path / "x.ttl").write_bytes(b"<http://e/a> <http://e/b> <http://e/c> .")
    command = [os.fsencode(sys.executable), b"-m", b"skosify_rad", *arguments]
    ended = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, timeout=60)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr.count(b"\n") == 1
