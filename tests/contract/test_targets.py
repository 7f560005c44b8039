"""The contract that all stores fulfil: the embedded store and each available server."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from sample_graphs import BASE, graph_of, graphs, small_triples

from contract.faults import FAULTS, proxy
from contract.servers import SERVERS
from skosify_rad.model.config import Target
from skosify_rad.model.diagnostics import InputError, TargetError
from skosify_rad.model.namespaces import RDF, SKOS, XSD
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.stores import open_target
from skosify_rad.stores.canonical import canonical_lines
from skosify_rad.stores.endpoints import fill_endpoints
from skosify_rad.stores.gsp import GspStore
from skosify_rad.stores.http import RetryPolicy
from skosify_rad.stores.load import Load, LoadOptions, compare, staging_prefix
from skosify_rad.stores.sparql import SparqlStore
from skosify_rad.stores.sparql_text import to_lines
from skosify_rad.stores.store import QueryGraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contract.servers import Server
    from skosify_rad.graph.graph import Graph
    from skosify_rad.stores.store import GraphStore

    MakeProfile = Callable[[str], Target]

GRAPH = BASE
STORES = ("embedded", *(f"{name}-{kind}" for name in SERVERS for kind in ("gsp", "sparql")))
REMOTE = STORES[1:]
OPTIONS = LoadOptions(verify=True, settle_seconds=0.1)


def lines_of(graph: Graph) -> list[bytes]:
    return to_lines(to_triples(graph, Nodes()))


def everything() -> list[bytes]:
    """Return one triple of every sort, except IRIs with dot segments, which SPARQL normalises."""
    return [line for line in lines_of(graph_of(small_triples())) if b"/../" not in line]


def is_ill_typed(line: bytes) -> bool:
    """Return True if the object is a boolean with an invalid value."""
    boolean = f"^^<{XSD.boolean}> ."
    term = line.decode().split(" ", 2)[2]
    return term.endswith(boolean) and term not in {f'"{value}"{boolean}' for value in ("true", "false", "1", "0")}


def many(size: int, word: str) -> list[bytes]:
    concepts = [f"{BASE}{word}-{number}" for number in range(size)]
    stated = [Triple(c, RDF.type, SKOS.Concept) for c in concepts]
    labels = [Triple(c, SKOS.prefLabel, Literal(f'{word} "{n}"', "en")) for n, c in enumerate(concepts)]
    return lines_of(graph_of([*stated, *labels]))


def profile(server: Server, kind: str) -> Target:
    """Return the profile of a server. Its password is in an environment variable."""
    url = server.store if kind == "gsp" else server.update
    secret = f"RAD2SKOS_TEST_{server.name.upper()}" if server.password else ""
    return Target(kind=kind, url=url, user=server.user, auth=server.auth or "basic", password_env=secret)


@pytest.fixture
def make_profile(start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch) -> MakeProfile:
    def make(name: str) -> Target:
        server_name, kind = name.split("-")
        server = start(server_name)
        if server.password:
            monkeypatch.setenv(f"RAD2SKOS_TEST_{server.name.upper()}", server.password)
        return profile(server, kind)

    return make


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path, make_profile: MakeProfile) -> Iterator[GraphStore]:
    """Yield an open store that does not contain GRAPH."""
    name: str = request.param
    target = Target(url=str(tmp_path / "store")) if name == "embedded" else make_profile(name)
    opened = open_target(target)
    opened.drop(GRAPH)
    yield opened
    opened.drop(GRAPH)
    opened.close()


def open_patient(target: Target, timeout_seconds: float = 30) -> GraphStore:
    """Open a server with four attempts in quick succession."""
    kinds = {"gsp": GspStore, "sparql": SparqlStore}
    filled = fill_endpoints(replace(target, timeout_seconds=timeout_seconds))
    filled = filled if filled.kind == "gsp" else replace(filled, update_url=filled.url)
    return kinds[target.kind](filled, RetryPolicy(first_wait_seconds=0.01))


def held_by(store: GraphStore) -> set[bytes]:
    held = canonical_lines(store.read(GRAPH))
    assert len(held) == store.count(GRAPH)
    return held


every_store = pytest.mark.parametrize("store", STORES, indirect=True)


@every_store
def test_loads_replaces_and_verifies(store: GraphStore) -> None:
    first, second = everything(), many(3, "second")
    receipt = Load(store, GRAPH, OPTIONS).run(first)
    assert (receipt.before, receipt.triples) == (0, len(canonical_lines(first)))
    assert held_by(store) == canonical_lines(first)
    receipt = Load(store, GRAPH, OPTIONS).run(second)
    assert (receipt.before, receipt.triples) == (len(canonical_lines(first)), 6)
    assert held_by(store) == canonical_lines(second)
    sent, held = compare(store, GRAPH, second)
    assert sent == held
    sent, held = compare(store, GRAPH, first)
    assert sent != held
    assert store.list_graphs(staging_prefix(GRAPH)) == []


@every_store
def test_loading_is_idempotent(store: GraphStore) -> None:
    for _ in range(2):
        receipt = Load(store, GRAPH, OPTIONS).run(everything())
        assert held_by(store) == canonical_lines(everything())
    assert receipt.before == receipt.triples


@every_store
def test_large_graphs_are_sent_in_chunks(store: GraphStore) -> None:
    store.chunk_size = 500
    tops = [Triple(BASE, SKOS.hasTopConcept, f"{BASE}bone-{number}") for number in range(1300)]
    triples = [*many(700, "bone"), *lines_of(graph_of(tops))]  # more than Virtuoso returns at once, see servers.py
    Load(store, GRAPH, OPTIONS).run(triples)
    assert held_by(store) == canonical_lines(triples)
    Load(store, GRAPH, OPTIONS).run(many(690, "bone"))
    assert store.count(GRAPH) == 2 * 690


@every_store
def test_keeps_the_previous_graph_when_asked(store: GraphStore) -> None:
    previous = "urn:test:previous"
    Load(store, GRAPH, OPTIONS).run(many(3, "first"))
    Load(store, GRAPH, replace(OPTIONS, previous=previous)).run(many(4, "second"))
    assert (store.count(previous), store.count(GRAPH)) == (6, 8)
    store.drop(previous)
    assert store.count(previous) == 0


@every_store
def test_staging_graphs_of_killed_loads_are_removed(store: GraphStore) -> None:
    stale = staging_prefix(GRAPH) + "20200101T000000Z:aaaa"
    other = staging_prefix("urn:other") + "20200101T000000Z:aaaa"
    for name in (stale, other):
        store.add(name, many(1, "left"))
    fresh = Load(store, GRAPH, OPTIONS).staging
    store.add(fresh, many(1, "left"))
    receipt = Load(store, GRAPH, OPTIONS).run(everything())
    assert stale in receipt.cleaned
    assert (fresh in receipt.cleaned) == store.is_exclusive
    assert (fresh in receipt.left) == (not store.is_exclusive)
    assert store.list_graphs(staging_prefix("urn:other")) == [other]
    store.drop(fresh)
    store.drop(other)


@every_store
def test_loading_nothing_is_an_error(store: GraphStore) -> None:
    Load(store, GRAPH, OPTIONS).run(everything())
    with pytest.raises(InputError, match="nothing to load"):
        Load(store, GRAPH, OPTIONS).run([])
    assert held_by(store) == canonical_lines(everything())


@every_store
def test_all_query_forms(store: GraphStore) -> None:
    Load(store, GRAPH, OPTIONS).run(everything())
    graphs_to_ask = QueryGraphs(GRAPH)
    label = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?l { ?s skos:prefLabel ?l FILTER(lang(?l) = 'en') }"
    )
    assert [str(row[0]) for row in store.query(label, graphs_to_ask).rows] == ['"Bone"@en']
    assert store.query("ASK { ?s ?p ?o }", graphs_to_ask).answer is True
    assert store.query("ASK { ?s <urn:none> ?o }", graphs_to_ask).answer is False
    built = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", graphs_to_ask).triples
    assert canonical_lines(to_lines(built or ())) == canonical_lines(everything())
    with pytest.raises(TargetError):
        store.query("SELECT nonsense", graphs_to_ask)


@every_store
def test_any_graph_arrives_unchanged(store: GraphStore) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(graphs)
    def check(graph: Graph) -> None:
        # SPARQL normalises dot segments, and Virtuoso rejects invalid booleans; exports contain neither.
        triples = [line for line in lines_of(graph) if b"/." not in line and not is_ill_typed(line)]
        if triples:
            Load(store, GRAPH, OPTIONS).run(triples)
            assert held_by(store) == canonical_lines(triples)

    check()


@pytest.mark.parametrize("store", REMOTE, indirect=True)  # the embedded store excludes other readers
def test_readers_never_see_half(store: GraphStore, make_profile: MakeProfile, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["store"]
    sizes = {2 * 600, 2 * 900}
    Load(store, GRAPH, OPTIONS).run(many(600, "old"))
    reader, seen, stop = open_target(make_profile(name)), set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.add(reader.count(GRAPH))

    thread = threading.Thread(target=read)
    thread.start()
    for word, size in (("new", 900), ("old", 600), ("new", 900)):
        Load(store, GRAPH, OPTIONS).run(many(size, word))
    stop.set()
    thread.join()
    reader.close()
    assert seen <= sizes


@pytest.mark.parametrize("name", REMOTE)
def test_any_fault_at_any_request_leaves_the_old_or_the_new_graph(name: str, make_profile: MakeProfile) -> None:
    target = make_profile(name)
    plain = open_target(target)
    old, new = many(3, "old"), many(4, "new")
    states = {frozenset(canonical_lines(old)): "old", frozenset(canonical_lines(new)): "new"}
    with proxy(target.url.split("/", 3)[0] + "//" + target.url.split("/", 3)[2]) as between:
        broken = replace(target, url=between.through(target.url))
        Load(plain, GRAPH, OPTIONS).run(old)
        between.arm("", -1)
        store = open_patient(broken)
        Load(store, GRAPH, OPTIONS).run(new)
        requests, state = len(between.seen), "new"
        assert requests >= 8
        for fault in FAULTS:
            for at in range(requests):
                if state == "new":
                    plain.drop(GRAPH)
                    plain.add(GRAPH, old)
                between.arm(fault, at)
                store = open_patient(broken)
                try:
                    Load(store, GRAPH, OPTIONS).run(new)
                    outcome = "new"
                except TargetError as error:
                    outcome = str(error)
                store.close()
                between.wait_until_idle()
                state = states.get(frozenset(held_by(plain)), "neither")
                where = f"{fault} at {at}: {between.seen[at : at + 1]}: {outcome}"
                assert between.faulted == fault, where
                assert state in ("old", "new"), where
                assert outcome != "new" or state == "new", where
                assert "is unchanged" not in outcome or state == "old", where
    for left in plain.list_graphs(staging_prefix(GRAPH)):
        plain.drop(left)
    plain.drop(GRAPH)
    plain.close()
