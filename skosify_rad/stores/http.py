"""HTTP: retry requests only where that is safe, and turn failures into messages that say what to do."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.model.time_limit import run_within
from skosify_rad.model.version import __version__
from skosify_rad.stores.credentials import describe_source, find_secret
from skosify_rad.stores.error_pages import extract_message
from skosify_rad.stores.store import OutcomeUnknownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import requests

    from skosify_rad.model.config import Target

    Authentication = Callable[[requests.PreparedRequest], requests.PreparedRequest]

_BUSY: Final = frozenset({429, 502, 503, 504})
"""Status codes after which a request is retried."""
_LONGEST_WAIT_SECONDS: Final = 30.0
MAX_ANSWER_BYTES: Final = 1_000_000_000
"""Longer answers are refused."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often to retry a request, and how long to wait."""

    attempts: int = 4
    """Maximum number of attempts of an idempotent request."""
    first_wait_seconds: float = 0.5
    """Delay before the second attempt, in seconds; doubled each time, unless the server sends Retry-After."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    """The function that waits."""


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request."""

    method: str
    """`GET`, `POST` and so on."""
    url: str
    """URL without query parameters."""
    params: Mapping[str, str | list[str]] = field(default_factory=dict)
    """Query parameters."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Additional headers."""
    content: bytes = b""
    """The body, sent with a Content-Length: Virtuoso ignores chunked bodies."""
    read_error: Callable[[str], str] | None = None
    """Returns the error that the body of an answer describes; empty if it describes none."""
    is_idempotent: bool = True
    """True if sending it twice has the same effect as sending it once."""


class Connection:
    """An HTTP client for one profile: authentication, TLS, timeouts, and proxies from the environment."""

    def __init__(self, target: Target, retry: RetryPolicy) -> None:
        """Prepare the client. Send nothing.

        Raises:
            ConfigError: The profile is invalid, or requests is not installed.

        """
        try:
            import requests  # noqa: PLC0415 - optional dependency
        except ImportError as error:
            raise ConfigError(
                "loading into a server needs the package requests: pip install 'rad2skos[servers]'"
            ) from error
        for url in (target.url, target.query_url, target.update_url):
            check_url(url)
        if target.ca_file and not Path(target.ca_file).is_file():
            raise ConfigError(f"{target.ca_file}: certificate file not found (ca_file)")
        self._target = target
        self._retry = retry
        self._session = requests.Session()
        self._authentication = _make_authentication(target)

    def send(self, request: Request) -> requests.Response:
        """Send a request and return the successful response. Retry if the request is idempotent.

        Raises:
            OutcomeUnknownError: The request may or may not have been carried out.
            TargetError: The server refused the request or could not be reached.

        """
        import requests  # noqa: PLC0415 - optional dependency

        wait = self._retry.first_wait_seconds
        unknown: TargetError | None = None
        for left in range(self._retry.attempts - 1 if request.is_idempotent else 0, -1, -1):
            response = None
            try:
                response = self._send_once(request)
                if response.ok and not response.is_redirect:
                    return response
                problem = self._explain_status(request, response)
            except (requests.RequestException, ValueError) as error:  # ValueError: a redirect to no address
                problem = self._explain_exception(request, error)
            unknown = problem if isinstance(problem, OutcomeUnknownError) else unknown
            if not left or (response is not None and response.status_code not in _BUSY):
                break
            self._retry.sleep(_find_wait(response, wait))
            wait *= 2
        raise problem if unknown is None or unknown is problem else OutcomeUnknownError(f"{unknown}; then {problem}")

    def _send_once(self, request: Request) -> requests.Response:
        """Send a request; the time limit bounds the whole answer."""
        import requests  # noqa: PLC0415 - optional dependency

        seconds = self._target.timeout_seconds
        try:
            return run_within(seconds, lambda: self._exchange(request))
        except TimeoutError:
            raise requests.Timeout(f"no complete answer within {seconds:g} s") from None

    def _exchange(self, request: Request) -> requests.Response:
        is_home = find_origin(request.url) == find_origin(self._target.url)  # no secret goes anywhere else
        response = self._session.request(
            request.method,
            request.url,
            params=request.params,
            headers={"User-Agent": f"rad2skos/{__version__}", **request.headers},
            data=request.content or None,
            timeout=self._target.timeout_seconds,
            verify=self._target.ca_file or True,
            allow_redirects=False,
            auth=self._authentication if is_home else None,
            stream=True,
        )
        with response:
            content = b"".join(_read_limited(response.iter_content(1 << 16), request.url))
        response._content = content  # noqa: SLF001 - what requests itself does when it does not stream
        return response

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _explain_status(self, request: Request, response: requests.Response) -> TargetError:
        status = response.status_code
        body = decode(response)
        text = request.read_error(body) if request.read_error else ""
        text = text or extract_message(body, response.headers.get("content-type", ""))
        advice = {
            401: f"wrong user or secret ({describe_source(self._target)})",
            403: f"this user lacks the permission ({describe_source(self._target)})",
            404: "no such endpoint; check the URL",
            405: "this endpoint does not accept such requests; check the URL and the kind of the target",
            407: "the proxy needs a user and password; set them in HTTP_PROXY or HTTPS_PROXY",
            413: "the request is too large",
            429: "too many requests; try again later",
        }.get(status, "")
        if response.is_redirect:
            advice = f"redirects to {response.headers.get('location', '?')}; use that URL if you trust it"
        message = (
            f"{request.url}: answered {status}" + (f": {advice}" if advice else "") + (f": {text}" if text else "")
        )
        is_refusal = status < 500  # noqa: PLR2004 - a 5xx answer may come after the request was carried out
        return RefusedError(message, status) if is_refusal else OutcomeUnknownError(message)

    def _explain_exception(self, request: Request, error: Exception) -> TargetError:
        reason = _find_reason(error)
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return TargetError(
                f"{request.url}: its certificate is not trusted; set ca_file to your certificate authority: {reason}"
            )
        if _never_connected(error):
            return TargetError(f"{request.url}: no connection: {reason}; is the server running at this address?")
        return OutcomeUnknownError(f"{request.url}: the connection broke or timed out: {reason}")


class RefusedError(TargetError):
    """A request that the server did not carry out."""

    def __init__(self, message: str, status: int) -> None:
        """Store the message and the HTTP status code."""
        super().__init__(message)
        self.status = status


def decode(response: requests.Response) -> str:
    """Return the body of a response as text, with U+FFFD for bytes that are not UTF-8."""
    return response.content.decode("utf-8", "replace")


def _find_reason(error: BaseException) -> str:
    """Return the innermost reason: the outer ones repeat the URL and contain library objects."""
    inner = error.args[0] if error.args else None
    nested = getattr(inner, "reason", inner)
    text = str(nested if isinstance(nested, BaseException) else error)
    return re.sub(r"^<?[\w.]+(?:\([^)]*\)| object at \w+>): ", "", text) or type(error).__name__


def _never_connected(error: Exception) -> bool:
    """Return True if no byte of the request was sent."""
    import urllib3  # noqa: PLC0415 - a dependency of requests

    inner = error.args[0] if error.args else None
    reason = getattr(inner, "reason", None)
    known = urllib3.exceptions
    return isinstance(reason, (known.NewConnectionError, known.ConnectTimeoutError, known.ProxyError))


def check_url(url: str) -> None:
    """Reject a URL with a user or password, before it is printed anywhere.

    Raises:
        ConfigError: The URL contains a user or password, or its scheme is not http(s).

    """
    if not url:
        return
    parts = urlsplit(url)
    if parts.password or parts.username:
        raise ConfigError(
            f"{parts.scheme}://...@{parts.hostname}: a URL must not contain a user or password; "
            "use --user and --password-env, or a profile in rad2skos.toml"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{url!r} is not an http(s) URL")


def _find_wait(response: requests.Response | None, wait_seconds: float) -> float:
    """Return the delay in seconds: that of `Retry-After`, but at most 30 s, otherwise `wait_seconds`."""
    header = response.headers.get("retry-after", "") if response is not None else ""
    return min(float(header), _LONGEST_WAIT_SECONDS) if header.isdigit() else wait_seconds


def find_origin(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of a URL.

    >>> find_origin("HTTPS://Example.org/a") == find_origin("https://example.org:443/b")
    True
    """
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _read_limited(pieces: Iterable[bytes], url: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_ANSWER_BYTES:
            raise TargetError(f"{url}: the answer is larger than {MAX_ANSWER_BYTES:,} bytes")
        yield piece


def _make_authentication(target: Target) -> Authentication | None:
    """Return the function that adds credentials to requests; None if the profile has neither user nor token."""
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth  # noqa: PLC0415 - optional dependency

    secret = find_secret(target)
    if target.auth == "bearer" and secret:

        def add_token(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["Authorization"] = f"Bearer {secret}".encode()  # type: ignore[assignment] # UTF-8
            return request

        return add_token
    if not target.user:
        return None
    if target.auth not in ("basic", "digest"):
        raise ConfigError(f"auth must be basic, digest or bearer, not {target.auth!r}")
    if target.auth == "digest" and not f"{target.user}{secret}".isascii():
        raise ConfigError("auth digest takes a user and password of ASCII characters only; use basic")
    if target.auth == "basic":
        return HTTPBasicAuth(target.user.encode(), secret.encode())  # UTF-8, as RFC 7617 has it
    return HTTPDigestAuth(target.user, secret)
