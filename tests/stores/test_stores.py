"""Stores without servers: profiles, messages, credentials, fingerprints, descriptions."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from sample_graphs import BASE, graph_of, small_triples

from skosify_rad.docs import page_names, read_page
from skosify_rad.model.config import Config, Target
from skosify_rad.model.diagnostics import ConfigError, InputError, TargetError
from skosify_rad.model.namespaces import SD, SH, VOID, XSD
from skosify_rad.outputs import find_output, write_files
from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.stores import TARGETS, find_target, open_target
from skosify_rad.stores.canonical import canonical_lines, canonical_value, fingerprint
from skosify_rad.stores.credentials import find_secret
from skosify_rad.stores.dataset import describe_dataset, description_graph
from skosify_rad.stores.endpoints import fill_endpoints, guess_kind
from skosify_rad.stores.error_pages import extract_message
from skosify_rad.stores.exports import read_export
from skosify_rad.stores.http import check_url
from skosify_rad.stores.load import is_stale, staging_prefix, time_stamp
from skosify_rad.stores.sparql_text import to_lines

if TYPE_CHECKING:
    from pathlib import Path

TRIPLES = tuple(to_triples(graph_of(small_triples()), Nodes()))
LINES = to_lines(TRIPLES)


def test_target_is_a_profile_a_url_or_a_directory() -> None:
    config = Config(targets=MappingProxyType({"here": Target(kind="gsp", url="http://a/store", user="u")}))
    assert find_target("here", config).user == "u"
    assert find_target("here", config, "sparql").kind == "sparql"
    assert find_target("http://a/update", config) == Target(kind="sparql", url="http://a/update")
    assert find_target("some/folder", config) == Target(kind="embedded", url="some/folder")
    assert find_target("http://a/b", config, "gsp").kind == "gsp"


@pytest.mark.parametrize(
    ("url", "kind", "query", "update"),
    [
        ("http://h:7878/store", "gsp", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/update", "sparql", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:3030/ds/data", "gsp", "http://h:3030/ds/query", "http://h:3030/ds/update"),
        ("http://h/sparql-auth", "sparql", "http://h/sparql-auth", "http://h/sparql-auth"),
        ("http://h/sparql-graph-crud-auth", "gsp", "http://h/sparql-auth", "http://h/sparql-auth"),
    ],
)
def test_endpoints_of_known_servers_follow_from_one_url(url: str, kind: str, query: str, update: str) -> None:
    assert guess_kind(url) == kind
    filled = fill_endpoints(Target(kind=kind, url=url))
    assert (filled.query_url, filled.update_url) == (query, update)


def test_missing_settings_for_other_servers_are_errors() -> None:
    with pytest.raises(ConfigError, match="--kind"):
        guess_kind("http://h/elsewhere")
    with pytest.raises(ConfigError, match="query_url"):
        open_target(Target(kind="sparql", url="http://h/elsewhere"))
    with pytest.raises(ConfigError, match="atomic_put"):
        open_target(Target(kind="gsp", url="http://h/elsewhere", query_url="http://h/q"))
    with pytest.raises(ConfigError, match="embedded, gsp, sparql"):
        open_target(Target(kind="ftp", url="x"))


@pytest.mark.parametrize("url", ["http://u:secret@h/store", "http://secret@h/store"])
def test_passwords_in_urls_are_rejected_and_not_repeated(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_url(url)
    assert "secret" not in str(caught.value)


def test_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(url="http://h/store", user="u", password_env="RAD2SKOS_TEST_SECRET")
    monkeypatch.setenv("RAD2SKOS_TEST_SECRET", "hidden")
    assert find_secret(target) == "hidden"
    monkeypatch.delenv("RAD2SKOS_TEST_SECRET")
    with pytest.raises(ConfigError, match="RAD2SKOS_TEST_SECRET is not set"):
        find_secret(target)
    assert find_secret(Target(url="http://h/store")) == ""


def test_secret_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {("rad2skos:h:81", "u"): "hidden", ("rad2skos:h:81", "token"): "bearer token"}
    keyring = SimpleNamespace(
        get_password=lambda *entry: entries.get(entry), errors=SimpleNamespace(KeyringError=OSError)
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    target = Target(url="http://h:81/store", user="u")
    assert find_secret(target) == "hidden"
    assert find_secret(replace(target, user="", auth="bearer")) == "bearer token"
    with pytest.raises(ConfigError, match="keyring set rad2skos:h:81 other"):
        find_secret(replace(target, user="other"))


def test_error_without_requests_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(ConfigError, match=r"rad2skos\[servers\]"):
        open_target(Target(kind="gsp", url="http://h/store"))


def test_error_pages_are_shown_without_markup() -> None:
    page = "<html><head><title>413</title><script>x()</script></head><body><p>Too\n <b>large</b></p></body></html>"
    assert extract_message(page, "text/html") == "413 Too large"
    assert extract_message("plain\n  words", "text/plain") == "plain words"
    assert len(extract_message("x" * 999, "")) == 300


@pytest.mark.parametrize(
    ("value", "datatype", "canonical"),
    [
        ("01", "integer", "1"),
        ("+1", "integer", "1"),
        ("-0", "integer", "0"),
        ("1.50", "decimal", "1.5"),
        ("0.0", "decimal", "0"),
        ("1E2", "double", "100.0"),
        ("1", "boolean", "true"),
        ("2026-01-01T00:00:00+00:00", "dateTime", "2026-01-01T00:00:00Z"),
        ("no number", "integer", "no number"),
        ("01", "string", "01"),
    ],
)
def test_values_have_a_canonical_form(value: str, datatype: str, canonical: str) -> None:
    assert canonical_value(value, XSD.NS + datatype) == canonical


def test_fingerprint_is_that_of_the_canonical_dataset() -> None:
    triples = [t for t in TRIPLES if "XMLSchema" not in str(t)]
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    plain = to_lines(triples)
    assert fingerprint(canonical_lines(plain)).digest == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert fingerprint(canonical_lines(reversed(plain))) == fingerprint(canonical_lines(plain))
    assert fingerprint(canonical_lines(plain[1:])) != fingerprint(canonical_lines(plain))


def test_recent_staging_graphs_are_kept() -> None:
    prefix = staging_prefix(BASE)
    assert is_stale(f"{prefix}20200101T000000Z:aa")
    assert not is_stale(f"{prefix}{time_stamp()}:aa")
    assert not is_stale(f"{prefix}nonsense")


@pytest.mark.parametrize("name", ["turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml"])
def test_every_format_is_read_back(tmp_path: Path, name: str) -> None:
    output = find_output(name)
    write_files({tmp_path / output.file_name: output.render(graph_of(small_triples()), Config())})
    export = read_export(tmp_path)
    assert set(export.triples) == set(LINES)
    assert export.scheme == BASE


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ttl", b"<a> <b", "does not parse"),
        ("a.ttl", b"_:a <http://b/> _:c .", "blank nodes"),
        ("a.ttl", b"\xff\xfe", "does not parse"),
        ("a.docx", b"", "unknown format"),
    ],
)
def test_unloadable_files_are_errors(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_export(tmp_path / name)


def test_missing_export_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="rad2skos build"):
        read_export(tmp_path)


def test_description_counts_the_triples() -> None:
    described = describe_dataset(LINES, BASE, "http://h/query")
    dataset = description_graph(BASE) + "#dataset"
    assert [t.value for t in described.objects(dataset, VOID.triples) if not isinstance(t, str)] == [str(len(LINES))]
    assert [t.value for t in described.objects(dataset, VOID.entities) if not isinstance(t, str)] == ["7"]
    assert described.objects(description_graph(BASE) + "#service", SD.endpoint) == ("http://h/query",)
    assert find_output("turtle").render(described, Config())
    prefixes = {t.value for s in described.subjects for t in described.objects(s, SH.prefix) if not isinstance(t, str)}
    assert prefixes >= {"skos", "dct", "rad"}
    assert set(described.objects(dataset, SH.declare)) == {s for s in described.subjects if "-prefix-" in s}
    assert not any(SD.NS in str(triple) for triple in describe_dataset(LINES, BASE))


def test_folder_with_other_files_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("mine")
    with pytest.raises(ConfigError, match="contains other files"):
        open_target(Target(url=str(tmp_path)))
    with pytest.raises(ConfigError, match="is a file"):
        open_target(Target(url=str(tmp_path / "note.md")))


def test_store_in_use_is_an_error(tmp_path: Path) -> None:
    store = open_target(Target(url=str(tmp_path / "store")))
    with pytest.raises(TargetError, match="is using the store"):
        open_target(Target(url=str(tmp_path / "store")))
    store.close()


def test_stores_and_pages_correspond() -> None:
    names = {target.name for target in TARGETS} | {"fhir"}  # for `push`: a FHIR server holds no graphs
    assert {f"stores/{name}" for name in names} == {name for name in page_names() if name.startswith("stores/")}
    for name in names:
        assert f'kind = "{name}"' in read_page(f"stores/{name}")
