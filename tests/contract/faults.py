"""A reverse proxy that injects a fault into one request to a real server."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

FAULTS: Final = (
    "reset-before",  # the connection breaks before the server receives the request
    "reset-after",  # the server has carried out the request, but the answer is lost
    "cut-request",  # the server receives half of the body
    "cut-answer",  # the client receives half of the answer
    "late",  # the connection breaks, and the server receives the request only after the client has noticed
    "500-before",  # an error page; the server has not received the request
    "500-after",  # an error page, although the server has carried out the request
    "429",  # too many requests
    "413",  # content too large
)
"""Kinds of faults. There is also `slow`: the server receives the request and answers, but late."""

LATE_SECONDS: Final = 0.15
"""Delay of late and slow requests."""


@dataclass(slots=True)
class Proxy:
    """A proxy in front of a server."""

    upstream: str
    url: str = ""
    fault: str = ""
    at: int = -1
    seen: list[str] = field(default_factory=list)
    faulted: str = ""
    busy: int = 0
    limit_bytes: int = 0
    authorizations: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def through(self, url: str) -> str:
        """Return the URL that reaches an endpoint through the proxy."""
        return url.replace(self.upstream, self.url)

    def arm(self, fault: str, at: int) -> None:
        """Inject a fault into the request with index `at`, counting from 0."""
        self.fault, self.at, self.seen, self.faulted = fault, at, [], ""

    def wait_until_idle(self) -> None:
        """Wait until all late requests have reached the server."""
        end = time.monotonic() + 10
        while self.busy and time.monotonic() < end:
            time.sleep(0.02)
        assert not self.busy


@contextmanager
def proxy(upstream: str, context: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy in front of the server at `upstream`, with TLS if there is a context."""
    state = Proxy(upstream)

    class Handler(_Handler):
        proxy = state

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    state.url = f"http{'s' if context else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError, OSError):
            self.close_connection = True

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.proxy.lock:
            number = len(self.proxy.seen)
            self.proxy.seen.append(f"{self.command} {self.path[:60]}")
            fault = self.proxy.fault if number == self.proxy.at else ""
            self.proxy.faulted = self.proxy.faulted or fault
            self.proxy.authorizations.append(self.headers.get("Authorization", ""))
            self.proxy.busy += 1
        if self.proxy.limit_bytes and len(body) > self.proxy.limit_bytes:
            fault = "413"
        try:
            self.answer(body, fault)
        finally:
            with self.proxy.lock:
                self.proxy.busy -= 1

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 - names of http.server

    def answer(self, body: bytes, fault: str) -> None:
        if fault == "reset-before":
            self.reset()
        elif fault == "cut-request":
            self.forward_half(body)
            self.reset()
        elif fault in ("500-before", "429", "413"):
            self.refuse(int(fault[:3]))
        elif fault == "late":
            self.reset()
            time.sleep(LATE_SECONDS)
            self.forward(body)
        else:
            if fault == "slow":
                time.sleep(LATE_SECONDS)
            status, headers, content = self.forward(body)
            if fault == "reset-after":
                self.reset()
            elif fault == "500-after":
                self.refuse(500)
            else:
                self.reply(status, headers, content, half=fault == "cut-answer")

    def forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.proxy.upstream).netloc, timeout=30)
        path = self.path[len(self.proxy.upstream) :] if self.path.startswith("http") else self.path
        headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection", "proxy-connection")}
        try:
            connection.request(self.command, path, body, headers)
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def forward_half(self, body: bytes) -> None:
        """Send the headers and half of the body, then close the connection."""
        parts = urlsplit(self.proxy.upstream)
        with socket.create_connection((parts.hostname, parts.port)) as upstream:  # type: ignore[arg-type]
            head = f"{self.command} {self.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            head += "".join(f"{k}: {v}\r\n" for k, v in self.headers.items() if k.lower() != "host")
            upstream.sendall(head.encode("latin-1") + b"\r\n" + body[: len(body) // 2])

    def reply(self, status: int, headers: list[tuple[str, str]], content: bytes, *, half: bool) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        # An empty body cannot be cut in half, so announce one byte and do not send it.
        self.send_header("Content-Length", str(max(len(content), 1) if half else len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[: len(content) // 2] if half else content)
        self.close_connection = True

    def refuse(self, status: int) -> None:
        page = b"<html><head><title>Error</title></head><body><h1>The <b>proxy</b> says no</h1></body></html>"
        self.send_response_only(status)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        self.close_connection = True

    def reset(self) -> None:
        """Reset the connection (RST) instead of closing it."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Suppress logging."""
