"""Authentication, certificates, proxies and retries, against a real server behind the fault-injecting proxy."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from contract.faults import FAULTS, LATE_SECONDS, proxy
from contract.test_targets import GRAPH, OPTIONS, everything, many, open_patient, profile
from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores import open_target
from skosify_rad.stores.canonical import canonical_lines
from skosify_rad.stores.http import Connection, Request, RetryPolicy
from skosify_rad.stores.load import Load
from skosify_rad.stores.store import OutcomeUnknownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contract.faults import Proxy
    from contract.servers import Server
    from skosify_rad.model.config import Target


ALL = len(canonical_lines(everything()))


def base_of(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])


@pytest.fixture
def behind(start: Callable[[str], Server]) -> Iterator[tuple[Proxy, Target]]:
    """Yield a proxy in front of the Oxigraph server, and the profile of the server behind it."""
    target = profile(start("oxigraph"), "gsp")
    with proxy(base_of(target.url)) as between:
        yield between, replace(target, url=between.through(target.url))


@pytest.mark.parametrize(("name", "kind"), [("fuseki", "gsp"), ("virtuoso", "gsp"), ("virtuoso", "sparql")])
def test_wrong_password_changes_nothing_and_is_not_printed(
    start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    target = profile(start(name), kind)
    monkeypatch.setenv(target.password_env, start(name).password)
    good = open_target(target)
    Load(good, GRAPH, OPTIONS).run(everything())
    monkeypatch.setenv(target.password_env, "wr0ng-secret")
    wrong = open_target(target)
    with pytest.raises(TargetError, match=f"401.*{target.password_env}.*is unchanged") as caught:
        Load(wrong, GRAPH, OPTIONS).run(many(2, "x"))
    assert "wr0ng-secret" not in str(caught.value)
    assert good.count(GRAPH) == ALL
    for store in (good, wrong):
        store.close()


def test_bearer_token_is_sent(behind: tuple[Proxy, Target], monkeypatch: pytest.MonkeyPatch) -> None:
    between, target = behind
    monkeypatch.setenv("RAD2SKOS_TEST_TOKEN", "t0ken")
    store = open_target(replace(target, auth="bearer", password_env="RAD2SKOS_TEST_TOKEN"))
    store.check()
    assert set(between.authorizations) == {"Bearer t0ken"}


def test_certificates_are_checked(
    start: Callable[[str], Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme = pytest.importorskip("trustme", reason="not run: trustme is not installed: pip install trustme")
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    target = profile(start("oxigraph"), "gsp")
    with proxy(base_of(target.url), context) as between:
        secure = replace(target, url=between.through(target.url))
        trusting = open_target(replace(secure, ca_file=str(tmp_path / "ca.pem")))
        assert Load(trusting, GRAPH, OPTIONS).run(everything()).triples == ALL
        with pytest.raises(TargetError, match="certificate is not trusted; set ca_file to your certificate authority"):
            open_patient(secure).check()
        # The environment does not override the certificate authority of the profile.
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/dev/null")
        trusting.check()
    with pytest.raises(ConfigError, match="certificate file not found"):
        open_target(replace(target, ca_file=str(tmp_path / "none.pem")))


def test_proxies_of_the_environment_are_used(start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch) -> None:
    target = profile(start("oxigraph"), "gsp")
    with proxy(base_of(target.url)) as between:
        monkeypatch.setenv("http_proxy", between.url)
        monkeypatch.setenv("no_proxy", "")
        assert Load(open_target(target), GRAPH, OPTIONS).run(everything()).triples == ALL
        assert between.seen
        seen = len(between.seen)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        open_target(target).check()
        assert len(between.seen) == seen


def test_retries_wait_as_long_as_the_server_says(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    waits: list[float] = []
    connection = Connection(target, RetryPolicy(first_wait_seconds=7.0, sleep=waits.append))
    between.arm("429", 0)
    connection.send(Request("GET", between.through(target.url)))
    assert waits == [0.0]  # Retry-After: 0
    between.arm("reset-before", 0)
    connection.send(Request("GET", between.through(target.url)))
    assert waits == [0.0, 7.0]
    connection.close()


def test_timeout_leaves_the_outcome_unknown(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    connection = Connection(replace(target, timeout_seconds=LATE_SECONDS / 3), RetryPolicy(first_wait_seconds=0.0))
    between.arm("slow", 0)
    with pytest.raises(OutcomeUnknownError, match="timed out"):
        connection.send(Request("GET", between.through(target.url), is_idempotent=False))
    between.wait_until_idle()
    connection.close()


def test_requests_that_are_not_idempotent_are_sent_once(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    connection = Connection(target, RetryPolicy(first_wait_seconds=0.0))
    for fault in ("429", "reset-before", "500-before"):
        between.arm(fault, 0)
        with pytest.raises(TargetError):
            connection.send(Request("GET", between.through(target.url), is_idempotent=False))
        assert len(between.seen) == 1
    connection.close()


def test_chunks_are_split_when_too_large(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    between.limit_bytes = 20_000
    store = open_patient(target)
    assert Load(store, GRAPH, OPTIONS).run(many(300, "large")).triples == 600
    assert len([line for line in between.seen if "POST /store" in line]) >= 7
    store.close()


def test_error_pages_are_shown_without_markup(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    between.arm("500-before", 0)
    with pytest.raises(TargetError, match=r"answered 500: Error The proxy says no\. <.*> is unchanged"):
        Load(open_patient(target), GRAPH, OPTIONS).run(everything())


def test_missing_server_is_an_error(behind: tuple[Proxy, Target]) -> None:
    _, target = behind
    with pytest.raises(TargetError, match=r"no connection.*is the server running"):
        open_patient(replace(target, url="http://127.0.0.1:1/store")).check()


@pytest.mark.parametrize("fault", FAULTS)
def test_put_replaces_the_graph_when_declared_atomic(behind: tuple[Proxy, Target], fault: str) -> None:
    between, target = behind
    atomic = replace(target, atomic_put=True)
    plain = open_target(replace(atomic, url=atomic.url.replace(between.url, between.upstream)))
    Load(plain, GRAPH, OPTIONS).run(many(3, "old"))
    between.arm("", -1)
    Load(open_patient(atomic), GRAPH, OPTIONS).run(many(3, "old"))
    assert not [line for line in between.seen if "update" in line]
    number = [line.split("?")[0] for line in between.seen].index("PUT /store")
    between.arm(fault, number)
    try:
        Load(open_patient(atomic), GRAPH, OPTIONS).run(many(4, "new"))
        outcome = "new"
    except TargetError as error:
        outcome = str(error)
    between.wait_until_idle()
    assert between.faulted == fault
    assert plain.count(GRAPH) in ((8,) if outcome == "new" else (6, 8)), outcome
    assert "is unchanged" not in outcome or plain.count(GRAPH) == 6
    with pytest.raises(ConfigError, match="update_url"):
        Load(plain, GRAPH, replace(OPTIONS, previous="urn:test:p")).run(many(3, "old"))
