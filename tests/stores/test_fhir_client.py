"""Requests to a FHIR server, by a server on loopback that is slow."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest
from loopback import serve

from skosify_rad.model.config import Target
from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores.fhir.client import FhirClient
from skosify_rad.stores.http import RetryPolicy


class Slow(BaseHTTPRequestHandler):
    """Takes half a second for everything."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(0.5)
        self.send_response(200)
        self.end_headers()

    do_PUT = do_GET  # noqa: N815 - names of http.server

    def log_message(self, *_: object) -> None:
        """Suppress logging."""


def test_storing_may_take_longer_than_a_question() -> None:
    with serve(Slow) as url:
        client = FhirClient(Target(kind="fhir", url=url, timeout_seconds=0.2), RetryPolicy(attempts=1))
        client.put({"resourceType": "ValueSet", "id": "all"})
        with pytest.raises(TargetError, match="timed out"):
            client.read("ValueSet/all")
        client.close()
