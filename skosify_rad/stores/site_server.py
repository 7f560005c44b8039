"""A site on this machine: files of one folder on 127.0.0.1, each concept in the form that is asked for.

Standard library only, read only. Source: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from skosify_rad.stores.local_server import LocalHandler, LocalServer

if TYPE_CHECKING:
    from pathlib import Path

FORMS: Final = {".html": "text/html", ".ttl": "text/turtle", ".jsonld": "application/ld+json"}
"""Suffix -> media type of the forms in which a concept answers, the preferred one first."""
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/fhir+json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
"""Suffix -> what is sent; files of any other kind are not."""
_MISSING: Final = b'<!doctype html><meta http-equiv="refresh" content="0; url=/404.html"><title>Not found</title>\n'
"""Leads to the page for missing pages, whose relative links work at its own address only."""
_QUALITY: Final = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_MOST_RANGES: Final = 100
"""So many media ranges of an `Accept` header are read."""


def negotiate(accept: str) -> str:
    """Return the suffix of the form that an `Accept` header prefers; empty where it takes none of ours.

    >>> negotiate("text/turtle;q=0.5, application/ld+json"), negotiate("*/*"), negotiate("image/png")
    ('.jsonld', '.html', '')
    """
    ranges = [_parse_range(part) for part in accept.split(",")[:_MOST_RANGES] if part.strip()] or [("*/*", 1.0)]
    found = [(_weigh(media_type, ranges), -at, suffix) for at, (suffix, media_type) in enumerate(FORMS.items())]
    quality, _, suffix = max(found)
    return suffix if quality > 0 else ""


def _parse_range(text: str) -> tuple[str, float]:
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    values = [p.partition("=")[2].strip() for p in parameters if p.partition("=")[0].strip() == "q"]
    if not values:
        return media_type, 1.0
    return media_type, float(values[0]) if _QUALITY.fullmatch(values[0]) else 0.0


def _weigh(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of a media type: that of the narrowest range that fits it."""
    for fitting in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == fitting]
        if found:
            return max(found)
    return 0.0


def find_file(folder: Path, path: str) -> Path | None:
    """Return the file that a path of a request names: inside the folder, of a kind we send, not hidden."""
    parts = unquote(path, errors="replace").split("/")
    if any(part in (".", "..") or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        file = (folder / "/".join(parts).lstrip("/")).resolve()
        inside = file.is_relative_to(folder.resolve()) and file.suffix in _TYPES and file.is_file()
    except (OSError, ValueError):  # a name that is too long
        return None
    return file if inside else None


class SiteServer(LocalServer):
    """Serves a folder on 127.0.0.1."""

    def __init__(self, folder: Path, port: int) -> None:
        """Take the folder of a site; port 0 for any that is free.

        Raises:
            TargetError: the port is taken.

        """
        self.folder = folder
        super().__init__(port, _Handler, "--site-port")


class _Handler(LocalHandler):
    server: SiteServer

    def answer(self) -> None:
        """Answer with a file, or the form of a concept that is asked for."""
        path = re.split("[?#]", self.path, maxsplit=1)[0]
        path = "/index.html" if path == "/" else path
        file = find_file(self.server.folder, path)
        if file is not None:
            self._send_file(file)
        elif find_file(self.server.folder, f"{path}.html"):
            self._redirect(path)
        else:
            self.send(HTTPStatus.NOT_FOUND, _MISSING, {"Content-Type": _TYPES[".html"]})

    def _redirect(self, path: str) -> None:
        """Send to the form that is asked for: a concept is no document (303, See Other)."""
        suffix = negotiate(", ".join(self.headers.get_all("Accept") or []))
        if suffix and find_file(self.server.folder, path + suffix):
            place = "/" + path.lstrip("/") + suffix  # never `//`, which would be another host
            self.send(HTTPStatus.SEE_OTHER, b"", {"Location": re.sub(r"[^\x21-\x7e]", "", place)})
        else:
            self.send(HTTPStatus.NOT_ACCEPTABLE, f"There is {', '.join(FORMS.values())}.\n".encode())

    def _send_file(self, file: Path) -> None:
        try:
            content = file.read_bytes()
        except OSError:
            self.send(HTTPStatus.NOT_FOUND, _MISSING, {"Content-Type": _TYPES[".html"]})
            return
        self.send(HTTPStatus.OK, content, {"Content-Type": _TYPES[file.suffix]})
