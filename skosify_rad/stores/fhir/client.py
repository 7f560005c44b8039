"""A FHIR server's REST interface, as far as terminology needs it; whatever it answers is checked before it is used.

Source: https://hl7.org/fhir/R4/http.html, https://hl7.org/fhir/R4/terminology-service.html.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores.http import Connection, RefusedError, Request, RetryPolicy, decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skosify_rad.model.config import Target

    Parameters = Mapping[str, str | list[str]]

Resource = dict[str, Any]
"""A resource as JSON has it."""

_TYPE: Final = "application/fhir+json"
_WRITING: Final = 10
"""How many times as long as a question a resource or a transaction may take."""
_RELEASES: Final = {"4.0": "R4", "5.0": "R5"}


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server says of itself."""

    software: str
    """Name and version of the software; empty where it does not say."""
    release: str
    """`R4`, `R5` or, of another release, its number."""
    types: frozenset[str]
    """Types of resources that it keeps; empty where it does not say."""


class FhirClient:
    """Requests to one server; every method raises TargetError when it refuses or fails."""

    def __init__(self, target: Target, retry: RetryPolicy | None = None) -> None:
        """Prepare the connection; nothing is sent yet.

        Raises:
            ConfigError: the profile cannot be used.

        """
        self.name = target.url.rstrip("/")
        retry = retry or RetryPolicy()
        self._connection = Connection(target, retry)
        # Sent again, or undone, while the server still works on it, a transaction would only stand in its own way.
        seconds = target.timeout_seconds * _WRITING
        self._writing = Connection(replace(target, timeout_seconds=seconds), retry)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()
        self._writing.close()

    def describe(self) -> Capabilities:
        """Ask what the server is and can do."""
        answer = self._send("GET", "metadata", {})
        if answer.get("resourceType") != "CapabilityStatement":
            raise TargetError(f"{self.name}: is no FHIR server: /metadata answers with no CapabilityStatement")
        software = answer.get("software")
        words = [str(software.get(key, "")) for key in ("name", "version")] if isinstance(software, dict) else []
        number = str(answer.get("fhirVersion", ""))
        kept = [r for rest in as_dicts(answer.get("rest")) for r in as_dicts(rest.get("resource"))]
        release = _RELEASES.get(number[:3], number)
        return Capabilities(" ".join(words).strip(), release, frozenset(str(r.get("type")) for r in kept))

    def read(self, place: str) -> Resource | None:
        """Return the resource at `CodeSystem/rad`; None where there is none or it was deleted."""
        try:
            return self._send("GET", place, {})
        except RefusedError as error:
            if error.status in (404, 410):
                return None
            raise

    def find(self, kind: str, parameters: Parameters) -> list[Resource]:
        """Return the resources of a type that a search finds, the first page of them."""
        answer = self._send("GET", kind, parameters)
        found = [entry.get("resource") for entry in as_dicts(answer.get("entry"))]
        return [r for r in found if isinstance(r, dict) and r.get("resourceType") == kind and is_id(r.get("id"))]

    def put(self, resource: Resource) -> None:
        """Create or replace the resource with this type and id."""
        self._send("PUT", f"{resource['resourceType']}/{resource['id']}", {}, resource)

    def delete(self, place: str) -> None:
        """Delete a resource, if there is one."""
        try:
            self._send("DELETE", place, {})
        except RefusedError as error:
            if error.status not in (404, 410):
                raise

    def send_bundle(self, bundle: Resource) -> list[str]:
        """Send a transaction; return why each entry failed, in order, empty for those that did not.

        The answer's own 200 says nothing: servers that know no transactions send one with refusals inside.
        """
        answer = self._send("POST", "", {}, bundle)
        entries = as_dicts(answer.get("entry"))
        if answer.get("resourceType") != "Bundle" or len(entries) != len(bundle["entry"]):
            raise TargetError(
                f"{self.name}: answered a transaction with {len(entries)} of {len(bundle['entry'])} results"
            )
        return [_find_refusal(entry) for entry in entries]

    def ask(self, kind: str, operation: str, parameters: Parameters) -> Resource:
        """Call an operation on a type: `CodeSystem`, `lookup`."""
        return self._send("GET", f"{kind}/${operation}", parameters)

    def invalidate_expansion(self, value_set: Resource) -> None:
        """Have the kept expansion of a value set made anew; a refusal is passed over, since asking will tell."""
        place = f"ValueSet/{value_set['id']}/$invalidate-expansion"
        with suppress(TargetError):
            self._send("POST", place, {}, {"resourceType": "Parameters"})

    def _send(self, method: str, path: str, parameters: Parameters, body: Resource | None = None) -> Resource:
        url = f"{self.name}/{quote(path, safe='/$')}" if path else self.name
        # HAPI would answer a search from its memory of the last minute.
        headers = {"Accept": _TYPE, "Cache-Control": "no-cache"} | ({"Content-Type": _TYPE} if body is not None else {})
        content = json.dumps(body).encode() if body is not None else b""
        connection = self._connection if method == "GET" else self._writing
        response = connection.send(Request(method, url, parameters, headers, content, read_error=read_outcome))
        text = decode(response)
        if method in ("PUT", "DELETE"):  # what they answer is of no interest, and may be nothing
            return {}
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise TargetError(
                f"{url}: answered with what is no JSON; is this the base URL of a FHIR server?"
            ) from error
        if not isinstance(answer, dict):
            raise TargetError(f"{url}: answered with no FHIR resource")
        return answer


def as_dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects of a JSON array; none where it is no array."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def is_id(value: object) -> bool:
    """Return whether a value is a resource id, safe as a part of a URL."""
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9.-]{1,64}", value) is not None


def _find_refusal(entry: Resource) -> str:
    response = entry.get("response")
    status = str(response.get("status", "")) if isinstance(response, dict) else ""
    if status.startswith("2"):
        return ""
    outcomes = [response.get("outcome") if isinstance(response, dict) else None, entry.get("resource")]
    said = "; ".join(filter(None, (join_issues(outcome) for outcome in outcomes)))
    return f"{status or 'no status'}{': ' if said else ''}{said}"


def read_outcome(text: str) -> str:
    """Return what an OperationOutcome says, in one line; empty where the text is none.

    >>> read_outcome('{"resourceType": "OperationOutcome", "issue": [{"diagnostics": "No  code"}]}')
    'No code'
    """
    try:
        return join_issues(json.loads(text))
    except (ValueError, RecursionError):
        return ""


def join_issues(outcome: object) -> str:
    """Return the errors, else the warnings, of an OperationOutcome in a line of at most 300 characters."""
    if not isinstance(outcome, dict) or outcome.get("resourceType") != "OperationOutcome":
        return ""
    issues = as_dicts(outcome.get("issue"))
    errors = [issue for issue in issues if issue.get("severity") in ("error", "fatal")] or issues
    line = "; ".join(dict.fromkeys(filter(None, map(_read_issue, errors))))
    return line if len(line) <= 300 else line[:299] + "…"  # noqa: PLR2004 - as the docstring says


def _read_issue(issue: Resource) -> str:
    details = issue.get("details")
    said = issue.get("diagnostics") or (details.get("text") if isinstance(details, dict) else "") or issue.get("code")
    where = [str(part) for part in issue.get("expression") or () if isinstance(part, str)][:1]
    words = " ".join(re.sub(r"[\x00-\x1f\x7f\x9b]", " ", str(said or "")).split())
    return f"{words} ({where[0]})" if where and words else words
