"""The page of a review on this machine: one statement at a time beside the lines of its note.

The page itself holds nothing. What it shows and keeps needs the token, which stands in the fragment of the address,
so that no other page or program knows it; what it keeps must come from the page itself (`Origin`).
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import SkosifyError
from skosify_rad.stores.local_server import POLICY, LocalHandler, LocalServer
from skosify_rad.vault.markdown.inline import parse_inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from skosify_rad.outputs.review import Review
    from skosify_rad.outputs.review_rows import Row

_FOLDER: Final = Path(__file__).parent / "review"
_SITE: Final = Path(__file__).parents[1] / "outputs" / "site" / "assets"
_FILES: Final = {
    "/": (_FOLDER / "review.html", "text/html; charset=utf-8"),
    "/site.css": (_SITE / "site.css", "text/css; charset=utf-8"),
    "/review.css": (_FOLDER / "review.css", "text/css; charset=utf-8"),
    "/review.js": (_FOLDER / "review.js", "text/javascript; charset=utf-8"),
    "/favicon.ico": (_SITE / "icon.svg", "image/svg+xml"),
}
_JSON: Final = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
_MOST_ROWS: Final = 200
"""Statements sent at once; the page asks for more."""
_AROUND: Final = 4
"""Lines of the note shown before and after the statement's."""
_MOST_SHOWN: Final = 600
"""Characters of a line that are shown."""
_MAX_BYTES: Final = 100_000
"""A longer request is refused (bytes)."""


class ReviewServer(LocalServer):
    """Serves a review on 127.0.0.1."""

    def __init__(self, review: Review, read_line: Callable[[str, int], str], port: int) -> None:
        """Take a review and what reads a line of a note; port 0 for any that is free.

        Raises:
            TargetError: the port is taken.

        """
        self.review, self.read_line = review, read_line
        self.token = secrets.token_urlsafe(24)
        self._reading = threading.Lock()  # what reads lines keeps a file between calls
        super().__init__(port, _Handler, "--port")

    @property
    def address(self) -> str:
        """The address of the page, with the token."""
        return f"{super().address}#{self.token}"

    def describe(self) -> dict[str, object]:
        """Return the first open statements and the progress, for JSON."""
        rows = self.review.list_open()
        with self._reading:
            shown = list(map(self._describe_row, rows[:_MOST_ROWS]))
        return {"rows": shown, "left": len(rows), "total": len(self.review.rows)}

    def _describe_row(self, row: Row) -> dict[str, object]:
        at = row.place.line
        lines = [(n, _plain(self.read_line(row.place.path, n))) for n in range(max(1, at - _AROUND), at + _AROUND)]
        told: dict[str, object] = {
            "id": row.id,
            "statement": row.statement,
            "words": row.words,
            "confidence": round(row.confidence, 2),
        }
        told |= {"allowed": row.allowed, "text": row.name, "place": row.where, "line": at}
        return {**told, "lines": [line for line in lines if line[1]]}


def _plain(line: str) -> str:
    """Return a line as people read it, without the marks of links and emphasis."""
    words = line.lstrip()
    return (line[: len(line) - len(words)] + parse_inline(words[: 4 * _MOST_SHOWN]).text)[:_MOST_SHOWN]


class _Handler(LocalHandler):
    server: ReviewServer
    policy = f"{POLICY}; connect-src 'self'"

    methods = ("GET", "POST")

    def answer(self) -> None:
        """Answer with a file of the page, the open statements, or what is left after a decision."""
        if self.command == "POST":
            origin = (self.headers.get("Origin") or "").lower()
            if origin not in {f"http://{name}" for name in self.server.names}:
                self.send(HTTPStatus.FORBIDDEN, b"Decisions come from the page of this server only.\n")
            elif self._is_allowed():
                self._send_json(self._decide)
        elif self.path in _FILES:
            path, kind = _FILES[self.path]
            self.send(HTTPStatus.OK, path.read_bytes(), {"Content-Type": kind})
        elif self.path != "/rows":
            self.send(HTTPStatus.NOT_FOUND, b"There is no such page.\n")
        elif self._is_allowed():
            self._send_json(self.server.describe)

    def _is_allowed(self) -> bool:
        """Return whether a request has the token; otherwise refuse it."""
        given = (self.headers.get("X-Token") or "").encode()
        allowed = hmac.compare_digest(given, self.server.token.encode())
        if not allowed:
            self.send(HTTPStatus.FORBIDDEN, b"Open the address that rad2skos review printed.\n")
        return allowed

    def _decide(self) -> dict[str, object]:
        length = self.headers.get("Content-Length") or ""
        if not length.isdecimal() or int(length) > _MAX_BYTES:
            raise ValueError(f"a decision has at most {_MAX_BYTES:,} bytes")
        given = json.loads(self.rfile.read(int(length)))
        if not isinstance(given, dict):
            raise ValueError("a decision is an object")  # noqa: TRY004 - told to the page like other faults
        identifier, words, comment = (str(given.get(name, "")) for name in ("id", "decision", "comment"))
        review = self.server.review
        review.keep([review.decide(identifier, words, comment)])
        return {"open": [row.id for row in review.list_open()]}

    def _send_json(self, make: Callable[[], dict[str, object]]) -> None:
        """Send what a function returns, or why it could not."""
        status = HTTPStatus.OK
        try:
            content = make()
        except (ValueError, RecursionError, SkosifyError) as error:
            status, content = HTTPStatus.BAD_REQUEST, {"error": str(error)}
        self.send(status, json.dumps(content).encode(), _JSON)
