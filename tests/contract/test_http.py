"""Signing in, certificates, proxies and patience, against a real server behind a proxy of ours."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from contract.faults import FAULTS, proxy
from contract.test_targets import GRAPH, OPTIONS, everything, many, open_patient, profile
from skosify_rad.model.diagnostics import ConfigError, TargetError
from skosify_rad.stores import open_target
from skosify_rad.stores.canonical import canonical_lines
from skosify_rad.stores.http import Call, Connection, Patience
from skosify_rad.stores.load import Load

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
    """Return a proxy in front of the Oxigraph server, and the profile that goes through it."""
    target = profile(start("oxigraph"), "gsp")
    with proxy(base_of(target.url)) as between:
        yield between, replace(target, url=between.through(target.url))


@pytest.mark.parametrize(("name", "kind"), [("fuseki", "gsp"), ("virtuoso", "gsp"), ("virtuoso", "sparql")])
def test_wrong_password_changes_nothing_and_is_not_repeated(
    start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    target = profile(start(name), kind)
    monkeypatch.setenv(target.password_env, start(name).password)
    good = open_target(target)
    Load(good, GRAPH, OPTIONS).run(everything())
    monkeypatch.setenv(target.password_env, "wr0ng-secret")
    wrong = open_target(target)
    with pytest.raises(TargetError, match=f"401.*{target.password_env}.*as it was before") as caught:
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
        with pytest.raises(TargetError, match="certificate is not trusted; name your authority by ca_file"):
            open_patient(secure).check()
        # An environment that names other authorities does not override the profile's.
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/dev/null")
        trusting.check()
    with pytest.raises(ConfigError, match="no such certificate file"):
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


def test_later_is_waited_for_as_long_as_the_server_says(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    waits: list[float] = []
    connection = Connection(target, Patience(first_wait_seconds=7.0, sleep=waits.append))
    between.arm("429", 0)
    connection.send(Call("GET", between.through(target.url)))
    assert waits == [0.0]  # Retry-After: 0
    between.arm("reset-before", 0)
    connection.send(Call("GET", between.through(target.url)))
    assert waits == [0.0, 7.0]
    connection.close()


def test_unsafe_requests_are_made_once(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    connection = Connection(target, Patience(first_wait_seconds=0.0))
    for fault in ("429", "reset-before", "500-before"):
        between.arm(fault, 0)
        with pytest.raises(TargetError):
            connection.send(Call("GET", between.through(target.url), is_safe=False))
        assert len(between.seen) == 1
    connection.close()


def test_too_large_is_sent_in_smaller_parts(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    between.limit_bytes = 20_000
    store = open_patient(target)
    assert Load(store, GRAPH, OPTIONS).run(many(300, "large")).triples == 600
    assert len([line for line in between.seen if "POST /store" in line]) >= 7
    store.close()


def test_error_pages_are_shown_without_mark_up(behind: tuple[Proxy, Target]) -> None:
    between, target = behind
    between.arm("500-before", 0)
    with pytest.raises(TargetError, match=r"answered 500: Error The proxy says no\. <.*> is as it was before"):
        Load(open_patient(target), GRAPH, OPTIONS).run(everything())


def test_no_server_is_said(behind: tuple[Proxy, Target]) -> None:
    _, target = behind
    with pytest.raises(TargetError, match=r"no connection.*is the server running"):
        open_patient(replace(target, url="http://127.0.0.1:1/store")).check()


@pytest.mark.parametrize("fault", FAULTS)
def test_put_alone_is_used_where_the_operator_vouches_for_it(behind: tuple[Proxy, Target], fault: str) -> None:
    between, target = behind
    vouched = replace(target, atomic_put=True)
    plain = open_target(replace(vouched, url=vouched.url.replace(between.url, between.upstream)))
    Load(plain, GRAPH, OPTIONS).run(many(3, "old"))
    between.arm("", -1)
    Load(open_patient(vouched), GRAPH, OPTIONS).run(many(3, "old"))
    assert not [line for line in between.seen if "update" in line]
    number = [line.split("?")[0] for line in between.seen].index("PUT /store")
    between.arm(fault, number)
    try:
        Load(open_patient(vouched), GRAPH, OPTIONS).run(many(4, "new"))
        said = "new"
    except TargetError as error:
        said = str(error)
    between.wait_until_idle()
    assert between.faulted == fault
    assert plain.count(GRAPH) in ((8,) if said == "new" else (6, 8)), said
    assert "as it was before" not in said or plain.count(GRAPH) == 6
    with pytest.raises(ConfigError, match="update_url"):
        Load(plain, GRAPH, replace(OPTIONS, previous="urn:test:p")).run(many(3, "old"))
