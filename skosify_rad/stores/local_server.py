"""A server on 127.0.0.1 that answers to our own host names only, so that no page elsewhere reads it (DNS rebinding)."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from skosify_rad.model.diagnostics import TargetError

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept",
}


class LocalServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, port: int, handler: type[LocalHandler], option: str) -> None:
        """Take the port, 0 for any that is free, what answers, and the option that names the port.

        Raises:
            TargetError: the port is taken.

        """
        try:
            super().__init__(("127.0.0.1", port), handler)
        except OSError as error:
            raise TargetError(f"port {port} cannot be used: {error.strerror}; choose another with {option}") from error
        self.names = {f"{host}:{self.server_port}" for host in ("127.0.0.1", "localhost")}
        if self.server_port == 80:  # noqa: PLR2004 - browsers leave the port of HTTP out
            self.names |= {"127.0.0.1", "localhost"}

    @property
    def address(self) -> str:
        """The address of the start page."""
        return f"http://127.0.0.1:{self.server_port}/"


class LocalHandler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: LocalServer
    server_version = "rad2skos"
    sys_version = ""
    timeout = 30
    """Seconds after which a connection that sends nothing is closed."""
    policy = POLICY
    """Content Security Policy of every answer."""

    methods: tuple[str, ...] = ("GET", "HEAD")
    """Those that are answered."""

    def answer(self) -> None:
        """Answer a request that names us as its host."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Answer a request, unless its host is another: then a page elsewhere may have led it here."""
        if (self.headers.get("Host") or "").lower() not in self.server.names:
            self.send(HTTPStatus.MISDIRECTED_REQUEST, b"This server answers to 127.0.0.1 and localhost only.\n")
        elif self.command not in self.methods:
            self.send(HTTPStatus.NOT_IMPLEMENTED, b"This method is not answered.\n")
        else:
            self.answer()

    do_HEAD = do_POST = do_GET  # noqa: N815 - as the library calls them

    def send(self, status: HTTPStatus, content: bytes, headers: dict[str, str] | None = None) -> None:
        """Send an answer, plain text unless the headers say otherwise."""
        self.send_response(status)
        usual = {"Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": self.policy, **_HEADERS}
        for name, value in {**usual, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Say nothing: a log line for each file of a page is of use to nobody."""
