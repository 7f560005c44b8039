"""The ready-made queries return the same results on every server."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample_graphs import BASE, STATED, graph_of

from contract.servers import SERVERS
from contract.test_targets import profile
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Triple
from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.stores import open_target
from skosify_rad.stores.embedded import EmbeddedStore
from skosify_rad.stores.load import Load, LoadOptions, find_scheme
from skosify_rad.stores.queries import NAMES, declare_prefixes, read_query
from skosify_rad.stores.sparql_text import to_lines
from skosify_rad.stores.store import QueryGraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from contract.servers import Server
    from skosify_rad.stores.store import GraphStore

    Run = Callable[..., Result]

GRAPH = "https://example.org/ready/"
PREVIOUS = GRAPH + ".well-known/previous"
VALUES = {"tree": ['the "BONE"'], "differentials": ["Tumour"]}


def answers(store: GraphStore) -> dict[str, list[list[str]]]:
    triples = to_lines(to_triples(graph_of(STATED), Nodes()))
    Load(store, GRAPH, LoadOptions()).run(triples[1:])
    Load(store, GRAPH, LoadOptions(previous=PREVIOUS)).run(triples[:-1])
    found = {}
    for name in NAMES:
        text = declare_prefixes(read_query(name).bind(VALUES.get(name, [])))
        rows = store.query(text, QueryGraphs(GRAPH, (PREVIOUS,))).rows
        found[name] = [[getattr(term, "value", "") for term in row] for row in rows]
    store.drop(GRAPH)
    store.drop(PREVIOUS)
    return found


@pytest.mark.parametrize("name", SERVERS)
def test_ready_queries_return_the_same_results(
    name: str, start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start(name)
    monkeypatch.setenv(f"RAD2SKOS_TEST_{name.upper()}", server.password)
    store = open_target(profile(server, "gsp"))
    expected = answers(EmbeddedStore(""))
    assert all(expected.values())
    assert answers(store) == expected
    store.close()


@pytest.mark.parametrize("name", SERVERS)
def test_graph_with_the_scheme_is_found(
    name: str, start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start(name)
    monkeypatch.setenv(f"RAD2SKOS_TEST_{name.upper()}", server.password)
    store = open_target(profile(server, "sparql"))
    store.drop(BASE)  # left by other tests
    scheme = graph_of([*STATED, Triple(GRAPH, RDF.type, SKOS.ConceptScheme)])
    Load(store, GRAPH, LoadOptions()).run(to_lines(to_triples(scheme, Nodes())))
    assert find_scheme(store) == GRAPH
    store.drop(GRAPH)
    store.close()


@pytest.mark.parametrize("name", SERVERS)
def test_diff_reads_what_a_server_holds(
    name: str, start: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run
) -> None:
    server, rad = start(name), "https://example.org/rad/"
    monkeypatch.setenv(f"RAD2SKOS_TEST_{name.upper()}", server.password)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    keys = {key: value for key, value in asdict(profile(server, "gsp")).items() if isinstance(value, str) and value}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    (tmp_path / "rad2skos").mkdir()
    (tmp_path / "rad2skos" / "config.toml").write_text(f"[targets.production]\n{lines}", encoding="utf-8")
    output = Path(__file__).parents[2] / "output"
    loaded = run("load", output, "--to", "production", "--no-description")
    same = run("diff", "production", output, "--fail-on", "any", "--graph", rad)
    other = run("diff", "production", output / "ontology.ttl", "--fail-on", "any", "--graph", rad)
    store = open_target(profile(server, "gsp"))
    store.drop(rad)
    store.close()
    assert loaded.exit_code == 0, loaded.output
    assert (same.exit_code, "no changes" in same.output) == (0, True), same.output
    assert (other.exit_code, "Osteoporosis" in other.output) == (1, True)
