"""The site's server: the form that is asked for, nothing outside the folder, nobody under another name."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores.site_server import SiteServer, find_file, negotiate

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {
    "index.html": b"<title>Start</title>",
    "404.html": b"missing",
    "bone.html": b"<title>Bone</title>",
    "bone.ttl": b"bone ttl",
    "bone.jsonld": b"{}",
    "collection/folder/msk.html": b"MSK",
    "collection/folder/msk.ttl": b"msk",
    "site/about.html": b"About",
    "site/data/names.js": b"radData()",
    ".rad2skos-files": b"list",
    ".hidden/a.html": b"hidden",
    "program.sh": b"secret",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (tmp_path / "outside.html").write_text("secret", encoding="utf-8")
    (folder / "link.html").symlink_to(tmp_path / "outside.html")
    return folder


@pytest.fixture
def server(site: Path) -> Iterator[SiteServer]:
    with SiteServer(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: SiteServer, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, headers={name.capitalize(): value for name, value in headers.items()})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.headers.items()}, content


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("", ".html"),
        ("*/*", ".html"),
        ("text/turtle", ".ttl"),
        ("TEXT/Turtle ; Q=1", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("text/turtle;q=0.5, application/ld+json;q=0.7", ".jsonld"),
        ("text/*;q=0.3, text/turtle", ".ttl"),
        ("text/html;q=0, */*;q=0.1", ".ttl"),
        ("application/*", ".jsonld"),
        ("text/turtle;q=2, text/html;q=0.1", ".html"),
        ("text/turtle;q=nan, text/html;q=0.001", ".html"),
        ("image/png", ""),
        ("*/*;q=0", ""),
        (";;;,,,q=", ""),
        (", ".join(["a/b"] * 5000), ""),
    ],
)
def test_negotiates(accept: str, suffix: str) -> None:
    assert negotiate(accept) == suffix


def test_a_concept_answers_in_the_form_that_is_asked_for(server: SiteServer) -> None:
    for accept, place in (("text/turtle", "/bone.ttl"), ("application/ld+json", "/bone.jsonld"), ("*/*", "/bone.html")):
        status, headers, content = ask(server, "/bone", accept=accept)
        assert (status, headers["location"], headers["vary"], content) == (303, place, "Accept", b"")
    assert ask(server, "/bone", accept="image/png")[0] == 406
    assert ask(server, "/collection/folder/msk", accept="text/turtle")[1]["location"] == "/collection/folder/msk.ttl"
    assert ask(server, "/collection/folder/msk", accept="application/ld+json")[0] == 406


def test_files_come_with_type_and_policy(server: SiteServer) -> None:
    for path, kind in (("/", "text/html"), ("/bone.ttl", "text/turtle"), ("/site/data/names.js", "text/javascript")):
        status, headers, content = ask(server, path)
        assert status == 200
        assert headers["content-type"].startswith(kind)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "access-control-allow-origin" not in headers
        assert int(headers["content-length"]) == len(content) > 0
    status, headers, content = ask(server, "/bone.html", "HEAD")
    assert (status, content) == (200, b"")


OUTSIDE = (
    *("/../outside.html", "/%2e%2e/outside.html", "/..%2foutside.html", "/site/../../outside.html", "//outside.html"),
    *("/link.html", "/link", "/.rad2skos-files", "/.hidden/a.html", "/.hidden/a", "/program.sh", "/program"),
    *("/" + "a" * 5000, "/%00", "/a%00.html", "/%5c..%5coutside.html", "/bone/", "/collection", "/%ff"),
)


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path[:30])
def test_nothing_outside_is_shown(server: SiteServer, path: str) -> None:
    status, headers, content = ask(server, path)
    assert status == 404
    assert b"secret" not in content
    assert b"/404.html" in content
    assert "location" not in headers


def test_a_redirect_stays_here(server: SiteServer) -> None:
    for path in ("//bone", "/%2fbone", "/%0d%0aSet-Cookie:x/../bone"):
        status, headers, _ = ask(server, path)
        assert "set-cookie" not in headers
        if status == 303:
            assert headers["location"] == "/bone.html" or headers["location"].startswith("/%2f")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_only_our_own_names_are_answered(server: SiteServer, host: str) -> None:
    assert ask(server, "/", host=host.format(port=server.server_port))[0] == 421
    assert ask(server, "/", host=f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nobody_can_write(server: SiteServer, method: str) -> None:
    assert ask(server, "/bone.html", method)[0] == 501


def test_a_taken_port_is_one_line(server: SiteServer, site: Path) -> None:
    with pytest.raises(TargetError, match="choose another with --site-port"):
        SiteServer(site, server.server_port)


def test_paths_are_unquoted_once(site: Path) -> None:
    assert find_file(site, quote("/bone.html")) == site / "bone.html"
    assert find_file(site, "/%2562one.html") is None


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_a_site_without_the_oxigraph_server(
    site: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = "import shutil; shutil.which = lambda *a, **k: None; from skosify_rad.cli import main; main()"
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path]), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", program, "serve", str(site.parent), "--site-port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr is not None
            assert f"http://127.0.0.1:{port}/" in process.stderr.readline().decode()
            time.sleep(0.1)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/bone", headers={"Accept": "text/turtle"})
            assert connection.getresponse().status == 303
            connection.close()
            process.send_signal(sign)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
