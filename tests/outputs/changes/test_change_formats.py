"""Every format of a comparison says the same; patches turn the old graph into the new one."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skosify_rad.graph.changes import KINDS, compare
from skosify_rad.graph.readers import Source, read_sources
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.outputs.changes import CHANGE_FORMATS, ChangeReport
from skosify_rad.outputs.changes.json_changes import SCHEMA
from skosify_rad.outputs.changes.release_notes import MOST_CHARACTERS
from skosify_rad.outputs.changes.wording import _WORDS

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph

PREFIXES = """\
@prefix : <http://x.test/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rad: <https://w3id.org/rad2skos/ns#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
OLD = """\
: a skos:ConceptScheme ; owl:versionInfo "1.0.0" .
:a a skos:Concept ; skos:prefLabel "Alpha's <b>one</b>"@en ; skos:altLabel "first @someone" ; skos:notation "1" .
:b a skos:Concept ; skos:prefLabel "Beta"@en ; skos:broader :a ; skos:definition "It isn't\\nlarge."@en .
:c a skos:Concept ; skos:prefLabel "Gamma"@en ; skos:related :b ; skos:exactMatch <http://y.test/c> .
:e a skos:Concept ; skos:prefLabel "Eta"@en .
:s a skos:Collection ; skos:prefLabel "Set"@en ; skos:member :a , :b .
"""
NEW = """\
: a skos:ConceptScheme ; owl:versionInfo "1.0.0" ; dct:title "Greek" .
:a a skos:Concept ; skos:prefLabel "Alpha's <i>two</i>"@en ; skos:altLabel "1st [link](http://bad.test)" .
:b a skos:Concept ; skos:prefLabel "Beta"@en ; skos:broader :d ; skos:notation "1" .
:b skos:definition "It isn't\\nsmall."@en .
:d a skos:Concept ; skos:prefLabel "Delta"@en ; skos:altLabel "D"@en ; skos:definition "New."@en ; skos:broader :a .
:e a skos:Concept ; skos:prefLabel "Eta"@en ; owl:deprecated true ; dct:isReplacedBy :d .
:s a skos:Collection ; skos:prefLabel "Set"@en ; skos:member :a , :d .
:f a rad:Differential ; rad:differentialOf :b ; rad:differentialDiagnosis :a ; rad:distinguishedBy "size" .
"""


def read(turtle: str) -> Graph:
    return read_sources([Source("v.ttl", (PREFIXES + turtle).encode(), "TURTLE")]).graph


def report(old: str, new: str) -> ChangeReport:
    return ChangeReport(compare(read(old), read(new)))


def update(old: str, new: str) -> bool:
    """Return whether the SPARQL Update turns the old graph into the new one, blank nodes renamed."""
    store = ox.Store()
    store.load((PREFIXES + old).encode(), format=ox.RdfFormat.TURTLE)
    store.update(CHANGE_FORMATS["sparql"](report(old, new)))
    found = ox.Dataset(store)
    wanted = ox.Dataset(ox.parse((PREFIXES + new).encode(), format=ox.RdfFormat.TURTLE))
    for dataset in (found, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found == wanted


def test_an_update_turns_the_old_graph_into_the_new_one() -> None:
    assert update(OLD, NEW)
    assert update(NEW, OLD)
    assert update(OLD, OLD)


def test_an_rdf_patch_turns_the_old_graph_into_the_new_one() -> None:
    triples = {f"{quad.triple} ." for quad in ox.parse((PREFIXES + OLD).encode(), format=ox.RdfFormat.TURTLE)}
    for line in CHANGE_FORMATS["rdf-patch"](report(OLD, NEW)).splitlines()[1:-1]:
        verb, triple = line.split(" ", 1)
        assert verb in "AD"
        (triples.add if verb == "A" else triples.remove)(triple)
    assert triples == {f"{quad.triple} ." for quad in ox.parse((PREFIXES + NEW).encode(), format=ox.RdfFormat.TURTLE)}


NODES = ("<http://x.test/a>", "<http://x.test/b>", "_:x", "_:y", "_:z")
TRIPLES = st.sets(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(("skos:note", "dct:relation")),
        st.sampled_from((*NODES, '"1"', '"2"@en')),
    )
)


def write(triples: set[tuple[str, str, str]]) -> str:
    return ": a skos:ConceptScheme .\n" + "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(triples))


@given(TRIPLES, TRIPLES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_update_is_right_for_any_blank_nodes(old: set[tuple[str, str, str]], new: set[tuple[str, str, str]]) -> None:
    assert update(write(old), write(new))


def test_an_rdf_patch_refuses_blank_nodes_that_changed() -> None:
    with pytest.raises(OutputError, match="--format sparql"):
        CHANGE_FORMATS["rdf-patch"](report(OLD, OLD + ':a skos:note [ rdf:value "x" ] .'))
    kept = OLD + ':a skos:note [ rdf:value "x" ] .'
    assert CHANGE_FORMATS["rdf-patch"](report(kept, ':a skos:note [ rdf:value "x" ] .\n' + OLD)) == "TX .\nTC .\n"


def test_the_json_follows_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="not run: pip install jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(CHANGE_FORMATS["json"](report(OLD, NEW)))
    jsonschema.validate(document, schema)
    assert document["suggested"]["level"] == "major"
    assert {change["kind"] for change in document["changes"]} >= {"concept-added", "notation-reused", "renamed"}


KGCL_PYTHON = Path.home() / ".cache" / "rad2skos" / "tools" / "kgcl-schema" / "bin" / "python"
"""Where `.ci/servers` puts the parser."""
PARSE = """
import sys
from kgcl_schema.grammar.parser import parse_statement
for line in sys.stdin.read().split("\\n")[:-1]:
    change = parse_statement(line)
    nodes = ("about_node", "subject", "predicate", "object", "in_subset", "has_direct_replacement")
    print(*sorted(str(node) for name in nodes if (node := getattr(change, name, None))))
"""


def test_kgcl_schema_reads_every_line_with_its_identifiers() -> None:
    if not KGCL_PYTHON.exists():
        pytest.skip(f"not run: {KGCL_PYTHON} is not there: .ci/servers installs kgcl-schema by pip")
    lines = CHANGE_FORMATS["kgcl"](report(OLD, NEW))
    command = [str(KGCL_PYTHON), "-c", PARSE]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    texts = re.compile(r"'[^']*'(@[a-z]+)?")
    stated = [re.findall(r"\S*:\S+", texts.sub("", line)) for line in lines.splitlines()]
    found = [[node for node in line.split() if ":" in node] for line in done.stdout.splitlines()]
    assert len(stated) > 10
    assert found == [sorted(nodes) for nodes in stated]


def test_kgcl_writes_identifiers_that_expand_to_one_iri() -> None:
    declared = ': <http://purl.org/vocab/vann/preferredNamespacePrefix> "t" .\n'
    declared += ': <http://purl.org/vocab/vann/preferredNamespaceUri> "http://x.test/" .\n'
    more = ":a skos:exactMatch <http://snomed.info/id/123456> , <http://y.test/c> , <http://x.test/o'b> .\n"
    text = CHANGE_FORMATS["kgcl"](report(declared + OLD, declared + OLD + more))
    for found in ("SNOMEDCT:123456", "<http://y.test/c>", "<http://x.test/o'b>"):
        assert f"create edge t:a skos:exactMatch {found}\n" in text
    hostile = declared.replace('"t"', '"skos"'), declared.replace('"t"', '"a b"')
    for words in hostile:
        assert "create edge :a skos:exactMatch SNOMEDCT:" in CHANGE_FORMATS["kgcl"](report(words + OLD, OLD + more))
    moved = declared.replace("x.test", "z.test")  # one prefix, another namespace: the new one has it
    changes = report(moved + "<http://z.test/q> a skos:Concept .", declared + OLD)
    lines = CHANGE_FORMATS["kgcl"](changes)
    assert "delete <http://z.test/q>\n" in lines
    assert "create node t:c 'Gamma'@en\n" in lines


def test_kgcl_has_a_line_for_each_thing_it_can_say() -> None:
    text = CHANGE_FORMATS["kgcl"](report(OLD, NEW))
    for line in (
        "create node :d 'Delta'@en",
        "obsolete :e with replacement :d",
        "rename :a from 'Alpha’s <b>one</b>'@en to 'Alpha’s <i>two</i>'@en",
        "change definition of :b from 'It isn’t large.' to 'It isn’t small.'",
        "remove :b from subset :s",
        "delete :c",
    ):
        assert f"{line}\n" in text


def test_the_text_says_what_changed_in_words() -> None:
    text = CHANGE_FORMATS["text"](report(OLD, NEW))
    for line in (
        "suggested version: 2.0.0 (major), because of concepts removed: 1, notations given to another concept: 1",
        "  Delta, below Alpha's <i>two</i>",
        "  Eta, replaced by Delta",
        "  Beta: from below Alpha's <i>two</i> to below Delta",
        "  Beta vs Alpha's <i>two</i>: “size”",
        "  Beta: “It isn't large.” → “It isn't small.”",
    ):
        assert line in text.splitlines()
    assert CHANGE_FORMATS["text"](report(OLD, OLD)).splitlines()[2:4] == ["triples: 0 added, 0 removed", "no changes"]


def test_every_kind_with_values_has_words() -> None:
    bare = {"scheme-added", "concept-restored", "collection-added"}  # report by their name
    assert {kind.slug for kind in KINDS} - _WORDS.keys() == bare


def test_markdown_shows_the_words_of_notes_as_they_are() -> None:
    text = CHANGE_FORMATS["markdown"](report(OLD, NEW))
    assert "<b>" not in text
    assert "<i>" not in text
    assert "@someone" not in text
    assert "](http" not in text
    assert "<summary>Concepts removed (1), breaking</summary>" in text


def test_markdown_is_short_enough_for_a_comment() -> None:
    names = (f':n{n} a skos:Concept ; skos:prefLabel "{n} {"<*_" * 100}"@en .\n' for n in range(3_000))
    many = "".join(names)
    for old, new in ((OLD, OLD + many), (OLD + many, OLD), (OLD + many, OLD + many.replace("prefLabel", "altLabel"))):
        text = CHANGE_FORMATS["markdown"](report(old, new))
        assert len(text) <= MOST_CHARACTERS
        assert " more\n" in text
        assert text.count("<details") == text.count("</details>")
