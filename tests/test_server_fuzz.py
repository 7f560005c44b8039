"""Whatever a server answers, a command that asks it ends with findings or one line, and soon."""

from __future__ import annotations

import gc
import os
import random
import time
import warnings
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar, Final

import pytest
from loopback import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

ROUNDS = int(os.environ.get("RAD2SKOS_FUZZ_ROUNDS", "200")) // 2
"""Commands; for a longer run, RAD2SKOS_FUZZ_ROUNDS=20000 pytest tests/test_server_fuzz.py."""
LONGEST: Final = 20
"""Seconds that a command may take; its time limit is one second for each answer."""
SECRET: Final = "s3cret-token-of-the-user"  # noqa: S105 - made up
COMMANDS: Final = (
    ("load", "output", "--to", "{}", "--timeout", "1", "--auth", "bearer", "--password-env", "TOKEN_OF_USER"),
    ("push", "output", "--to", "{}", "--timeout", "1", "--auth", "bearer", "--password-env", "TOKEN_OF_USER"),
    ("query", "differentials", "Osteoporosis", "--on", "{}", "--timeout", "1"),
    ("validate", "{}/v.ttl", "--timeout", "1"),
    ("diff", "{}/v.ttl", "output"),
)
BODIES: Final = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b"<html><title>\x1b[2J</title>",
    b"[" * 5000,
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":5}}]}}',
    b'{"head":{},"boolean":true}',
    b'{"head":{"vars":null},"results":[]}',
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><sparql>&a;</sparql>",
    b'x,y\r\n"1',
    b"@prefix : <x:> . :a :b :c .",
    b'{"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"\\u001b[2J"}]}',
    b'{"resourceType":"OperationOutcome","issue":5}',
    b'{"resourceType":"Bundle","entry":[{"response":{"status":"201"}}]}',
    b'{"resourceType":"Bundle","entry":[null]}',
    b'{"resourceType":"Parameters","parameter":{}}',
    b'{"resourceType":"CapabilityStatement","fhirVersion":5,"software":[]}',
    b'{"resourceType":"CodeSystem","id":"../x","concept":[{}]}',
)
TYPES: Final = (
    *(
        "application/json",
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/turtle",
    ),
    *("application/fhir+json", "text/html; charset=x-none", "application/n-triples", "\x00", ""),
)
CODES: Final = (200, 200, 200, 200, 201, 204, 206, 301, 302, 307, 400, 401, 404, 409, 410, 413, 422, 429, 500, 503, 999)


class Stranger(BaseHTTPRequestHandler):
    """Answers anything."""

    chance: ClassVar[random.Random]

    def handle_one_request(self) -> None:
        """Answer, unless the client has gone."""
        with suppress(OSError):
            super().handle_one_request()

    def do_GET(self) -> None:
        """Answer by chance; a length that is not the body's, or none."""
        length = self.headers.get("Content-Length") or ""
        if length.isdecimal():
            self.rfile.read(int(length))
        chance = Stranger.chance
        body = chance.choice(BODIES)
        if chance.random() < 0.3:
            token = self.headers.get("Authorization") or ""
            body = body[: chance.randrange(len(body) + 1)] + token.encode("latin-1")
        if chance.random() < 0.1:
            body = bytes(chance.randrange(256) for _ in range(200))
        self.wfile.write(f"HTTP/1.1 {chance.choice(CODES)} {chance.choice(['OK', '', 'a b'])}\r\n".encode())
        headers = {
            "Content-Type": chance.choice(TYPES),
            "Content-Length": chance.choice([str(len(body))] * 6 + [str(len(body) + 9), "-1", "x", "0"]),
            "Location": chance.choice(["/", "http://127.0.0.1:1/", "file:///etc/passwd", "//[", "\x0b"]),
            "Retry-After": chance.choice(["0", "x", "-1", "0.1"]),
            "ETag": chance.choice(['W/"1"', "x", ""]),
            "Content-Encoding": chance.choice(["identity"] * 8 + ["gzip", "x"]),
            "WWW-Authenticate": chance.choice(["Basic", "Digest x", "\xff"]),
        }
        for name in chance.sample(sorted(headers), chance.randrange(1, len(headers) + 1)):
            self.wfile.write(f"{name}: {headers[name]}\r\n".encode("latin-1"))
        self.wfile.write(b"\r\n" + body)
        self.close_connection = True

    do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_GET  # noqa: N815 - as the library calls them

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """Start the server; return its URL."""
    with serve(Stranger) as url:
        yield url


def test_no_answer_breaks_a_command(
    root: Path, run: Callable[..., Result], stranger: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built = run("build", str(root / "examples" / "vault"), "--out", str(tmp_path / "output"), "--format", "fhir", "-q")
    assert built.exit_code == 0, built.output
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOKEN_OF_USER", SECRET)
    for seed in range(ROUNDS):
        Stranger.chance = chance = random.Random(seed)  # noqa: S311 - to repeat it
        command = [part.format(stranger) for part in chance.choice(COMMANDS)]
        began = time.monotonic()
        result = run(*command)
        assert time.monotonic() - began < LONGEST, f"seed {seed}: {command}"
        assert result.exception is None or isinstance(result.exception, SystemExit), f"seed {seed}: {command}"
        assert result.exit_code in (0, 1, 2), f"seed {seed}: {result.exit_code}"
        assert SECRET not in result.output, f"seed {seed}: the secret is shown"
        assert "\x1b" not in result.output, f"seed {seed}: a terminal code is shown"
        assert result.exit_code != 2 or result.output.count("\n") <= 3, f"seed {seed}: {result.output}"
    with warnings.catch_warnings():  # urllib leaves sockets to the collector where an answer is no HTTP
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
