"""The one door to the network: requests that are repeated only where that is safe, and messages people can use."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.model.version import __version__
from skosify_rad.stores.base import UncertainError
from skosify_rad.stores.secrets import find_secret, secret_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import requests

    from skosify_rad.model.config import Target

    Authentication = Callable[[requests.PreparedRequest], requests.PreparedRequest]

_BUSY: Final = frozenset({429, 502, 503, 504})
"""Answers that say: later."""
_LONGEST_WAIT_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try."""

    attempts: int = 4
    """Times a safe request is made before giving up."""
    first_wait_seconds: float = 0.5
    """Wait before the second attempt, in seconds; doubled each time, unless the server names another."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    """What waits."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request."""

    method: str
    """`GET`, `POST` ..."""
    url: str
    """Where to."""
    params: Mapping[str, str | list[str]] = field(default_factory=dict)
    """Query parameters."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers beside the usual."""
    content: bytes = b""
    """The body; sent with its length, since Virtuoso stores nothing of a chunked one."""
    read_error: Callable[[str], str] | None = None
    """Returns what an answer of the server's own kind says went wrong, empty where it cannot tell."""
    is_safe: bool = True
    """Carrying it out twice is the same as once."""


class Connection:
    """An HTTP client for one profile: authentication, TLS, proxies (from the environment), time-outs."""

    def __init__(self, target: Target, patience: Patience) -> None:
        """Prepare the client; nothing is sent yet.

        Raises:
            ConfigError: the profile cannot be used, or httpx is not installed.

        """
        try:
            import requests  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ConfigError("loading into a server needs requests: pip install 'rad2skos[servers]'") from error
        for url in (target.url, target.query_url, target.update_url):
            check_url(url)
        if target.ca_file and not Path(target.ca_file).is_file():
            raise ConfigError(f"{target.ca_file}: there is no such certificate file (ca_file)")
        self._target = target
        self._patience = patience
        self._session = requests.Session()
        self._session.auth = _make_authentication(target)

    def send(self, call: Call) -> requests.Response:
        """Make a request and return its good answer, repeating it where that is safe.

        Raises:
            UncertainError: it may have been carried out, or not.
            TargetError: the server refused, or was not reached.

        """
        import requests  # noqa: PLC0415 - an extra

        wait = self._patience.first_wait_seconds
        doubt: TargetError | None = None
        for left in range(self._patience.attempts - 1 if call.is_safe else 0, -1, -1):
            response = None
            try:
                response = self._request(call)
                if response.ok and not response.is_redirect:
                    return response
                problem = self._explain_status(call, response)
            except requests.RequestException as error:
                problem = self._explain_break(call, error)
            doubt = problem if isinstance(problem, UncertainError) else doubt
            if not left or (response is not None and response.status_code not in _BUSY):
                break
            self._patience.sleep(_find_wait(response, wait))
            wait *= 2
        raise problem if doubt is None or doubt is problem else UncertainError(f"{doubt}; then {problem}")

    def _request(self, call: Call) -> requests.Response:
        return self._session.request(
            call.method,
            call.url,
            params=call.params,
            headers={"User-Agent": f"rad2skos/{__version__}", **call.headers},
            data=call.content or None,
            timeout=self._target.timeout_seconds,
            verify=self._target.ca_file or True,
            allow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _explain_status(self, call: Call, response: requests.Response) -> TargetError:
        status, text = response.status_code, decode(response)
        said = call.read_error(text) if call.read_error else ""
        said = said or extract_message(text, response.headers.get("content-type", ""))
        advice = {
            401: f"it does not know this user or secret ({secret_hint(self._target)})",
            403: f"this user may not do that ({secret_hint(self._target)})",
            404: "there is no such endpoint; check the URL",
            405: "this endpoint does not take such requests; check the URL and the kind of the target",
            407: "the proxy wants a user and password; set them in HTTP_PROXY or HTTPS_PROXY",
            413: "the request is too large for it",
            429: "it is asked too often; try later",
        }.get(status, "")
        if response.is_redirect:
            advice = f"it sends us on to {response.headers.get('location', '?')}; use that URL if you trust it"
        message = f"{call.url}: answered {status}" + (f": {advice}" if advice else "") + (f": {said}" if said else "")
        is_refusal = status < 500  # noqa: PLR2004 - above it may have failed after the deed
        return RefusedError(message, status) if is_refusal else UncertainError(message)

    def _explain_break(self, call: Call, error: Exception) -> TargetError:
        reason = _find_reason(error)
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return TargetError(f"{call.url}: its certificate is not trusted; name your authority by ca_file: {reason}")
        if _never_connected(error):
            return TargetError(f"{call.url}: no connection: {reason}; is the server running, is the address right?")
        return UncertainError(f"{call.url}: the connection broke or timed out: {reason}")


class RefusedError(TargetError):
    """A request that the server certainly did not carry out, and why."""

    def __init__(self, message: str, status: int) -> None:
        """Keep the HTTP status."""
        super().__init__(message)
        self.status = status


def decode(response: requests.Response) -> str:
    """Return the text of an answer, whatever bytes it holds."""
    return response.content.decode("utf-8", "replace")


def _find_reason(error: BaseException) -> str:
    """Return the innermost reason: the outer ones repeat the URL and name objects of libraries."""
    inner = error.args[0] if error.args else None
    nested = getattr(inner, "reason", inner)
    text = str(nested if isinstance(nested, BaseException) else error)
    return re.sub(r"^<?[\w.]+(?:\([^)]*\)| object at \w+>): ", "", text) or type(error).__name__


def _never_connected(error: Exception) -> bool:
    """Tell whether not one byte of the request was sent."""
    import urllib3  # noqa: PLC0415 - comes with requests

    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", None)
    known = urllib3.exceptions
    return isinstance(reason, (known.NewConnectionError, known.ConnectTimeoutError, known.ProxyError))


def check_url(url: str) -> None:
    """Refuse a URL that holds a password, before it is printed anywhere.

    Raises:
        ConfigError: it does, or it is no http(s) URL.

    """
    if not url:
        return
    parts = urlsplit(url)
    if parts.password or parts.username:
        raise ConfigError(
            f"{parts.scheme}://...@{parts.hostname}: keep user and password out of the URL: "
            "give --user and --password-env, or a profile in rad2skos.toml"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{url!r} is no http(s) URL")


def extract_message(text: str, content_type: str) -> str:
    """Return what an error page says, without its mark-up, in one line of at most 300 characters.

    >>> extract_message("<html><title>No</title><style>p {}</style><p>Disk <b>full</b></p></html>", "text/html")
    'No Disk full'
    """
    if "html" in content_type or text.lstrip()[:1] == "<":
        page = _Words()
        page.feed(text)
        text = " ".join(page.words)
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= 300 else line[:299] + "…"  # noqa: PLR2004 - as the docstring says


class _Words(HTMLParser):
    """Collects the words of a page, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.words.append(data.strip())


def _find_wait(response: requests.Response | None, wait_seconds: float) -> float:
    """Return the seconds to wait: what `Retry-After` says, at most half a minute, else our own."""
    said = response.headers.get("retry-after", "") if response is not None else ""
    return min(float(said), _LONGEST_WAIT_SECONDS) if said.isdigit() else wait_seconds


def _make_authentication(target: Target) -> Authentication | None:
    """Return what signs requests; None where the profile names no user and no token."""
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth  # noqa: PLC0415 - an extra

    secret = find_secret(target)
    if target.auth == "bearer" and secret:
        return _make_bearer(secret)
    if not target.user:
        return None
    kinds = {"basic": HTTPBasicAuth, "digest": HTTPDigestAuth}
    if target.auth not in kinds:
        raise ConfigError(f"auth must be basic, digest or bearer, not {target.auth!r}")
    return kinds[target.auth](target.user, secret)


def _make_bearer(token: str) -> Authentication:
    def give_token(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return give_token
