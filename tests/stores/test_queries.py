"""Ready-made queries: their results, their pages, and the escaping of values."""

from __future__ import annotations

import pytest
from sample_graphs import BASE, BONE, MARROW, RED, STATED, TUMOUR, graph_of

from skosify_rad.docs import page_names, read_page
from skosify_rad.model.diagnostics import InputError
from skosify_rad.outputs.rdf_terms import Nodes, to_triples
from skosify_rad.stores.embedded import EmbeddedStore
from skosify_rad.stores.queries import FOLDER, NAMES, declare_prefixes, read_query
from skosify_rad.stores.sparql_text import to_lines
from skosify_rad.stores.store import QueryGraphs

PREVIOUS = "urn:test:previous"


@pytest.fixture
def store() -> EmbeddedStore:
    opened = EmbeddedStore("")
    lines = to_lines(to_triples(graph_of(STATED), Nodes()))
    opened.add(BASE, lines)
    opened.add(PREVIOUS, [*lines[1:], b'<urn:a> <urn:b> "gone" .'])
    return opened


def ask(store: EmbeddedStore, name: str, *values: str) -> list[tuple[str, ...]]:
    result = store.query(declare_prefixes(read_query(name).bind(values)), QueryGraphs(BASE, (PREVIOUS,)))
    return [tuple(getattr(term, "value", "") for term in row) for row in result.rows]


def test_tree(store: EmbeddedStore) -> None:
    expected = [(MARROW, "Marrow", "1", 'The "bone"'), (RED, "Red marrow", "2", "Marrow")]
    assert ask(store, "tree", 'the "BONE"') == expected
    assert ask(store, "tree", "medulla") == [(RED, "Red marrow", "1", "Marrow")]
    assert ask(store, "tree", "red marrow") == []


def test_differentials_in_both_directions(store: EmbeddedStore) -> None:
    assert ask(store, "differentials", "Red marrow") == [(TUMOUR, "Tumour", "Tumour", "fat")]
    assert ask(store, "differentials", "Tumour") == [(RED, "Red marrow", "Tumour", "fat")]
    assert ask(store, "differentials", "Marrow") == []


def test_wanted(store: EmbeddedStore) -> None:
    assert ask(store, "wanted") == [(RED, "Red marrow", "2"), (TUMOUR, "Tumour", "1")]


def test_undefined(store: EmbeddedStore) -> None:
    assert ask(store, "undefined") == [(BONE, 'The "bone"', "Bone.md")]


def test_changed(store: EmbeddedStore) -> None:
    assert max(ask(store, "changed")) == ("removed", "urn:a", "urn:b", "gone")
    assert [row[0] for row in ask(store, "changed")].count("added") == 1


@pytest.mark.parametrize("value", ['") } #', "\\", "a\nb", "$concept", "}\u2028{", "'", '"""'])
def test_values_are_escaped(store: EmbeddedStore, value: str) -> None:
    assert ask(store, "tree", value) == []
    assert ask(store, "differentials", value) == []


def test_wrong_number_of_values_is_an_error() -> None:
    with pytest.raises(InputError, match=r"tree needs concept .*given 0 values"):
        read_query("tree").bind([])
    with pytest.raises(InputError, match="undefined needs nothing"):
        read_query("undefined").bind(["x"])


def test_only_missing_prefixes_are_declared() -> None:
    text = "PREFIX skos: <urn:mine> SELECT * { ?s skos:a dct:b ; <http://a:80/> 'x' }"
    assert declare_prefixes(text) == "PREFIX dct: <http://purl.org/dc/terms/>\n" + text


def test_queries_names_and_pages_correspond() -> None:
    assert {path.stem for path in FOLDER.glob("*.rq")} == set(NAMES)
    assert {f"queries/{name}" for name in NAMES} == {name for name in page_names() if name.startswith("queries/")}
    for name in NAMES:
        assert read_query(name).title in read_page(f"queries/{name}")
