"""JSKOS holds what the graph says; that it is valid is for the contract tests."""

import json

from sample_graphs import BASE, graph_of, small_triples

from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS, XSD
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs import find_output
from skosify_rad.outputs.jskos import JSKOS, write_jskos_more

BONE = BASE + "bone"


def test_a_concept_with_everything() -> None:
    triples = [
        Triple(BONE, RDF.type, SKOS.Concept),
        Triple(BONE, SKOS.prefLabel, Literal("Bone", "en-GB")),
        Triple(BONE, SKOS.altLabel, Literal("Os")),
        Triple(BONE, SKOS.notation, Literal("1")),
        Triple(BONE, SKOS.notation, Literal("1", datatype=BASE + "notation/scale")),
        Triple(BONE, SKOS.broader, BASE + "tissue"),
        Triple(BONE, OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        Triple(BONE, DCT.isReplacedBy, BASE + "tissue"),
        Triple(BONE, SKOS.exactMatch, "https://elsewhere.example/b"),
        Triple(BASE + "collection/a", RDF.type, SKOS.Collection),
    ]
    (line,) = JSKOS.render(graph_of(triples), Config()).splitlines()
    assert json.loads(line) == {
        "uri": BONE,
        "type": [SKOS.Concept],
        "prefLabel": {"en-gb": "Bone"},
        "altLabel": {"und": ["Os"]},
        "notation": ["1"],
        "broader": [{"uri": BASE + "tissue"}],
        "deprecated": True,
        "replacedBy": [{"uri": BASE + "tissue"}],
    }
    (mapping,) = dict(write_jskos_more(graph_of(triples), Config()))["mappings.jskos.ndjson"].splitlines()
    ends = {"from": {"memberSet": [{"uri": BONE}]}, "to": {"memberSet": [{"uri": "https://elsewhere.example/b"}]}}
    assert json.loads(mapping) == {"type": [SKOS.exactMatch], "fromScheme": {"uri": BASE}, **ends}


def test_the_scheme_names_its_languages_and_people() -> None:
    (line,) = dict(write_jskos_more(graph_of(small_triples()), Config()))["scheme.jskos.ndjson"].splitlines()
    scheme = json.loads(line)
    assert scheme["uri"] == scheme["namespace"] == BASE
    assert "en" in scheme["languages"]
    assert {"uri": "https://orcid.org/0000-0002-1825-0097"} in scheme["creator"]
    assert {"prefLabel": {"und": "A. Radiologist"}} in scheme["creator"]
    assert scheme["topConcepts"] == [{"uri": BONE}]


def test_no_text_becomes_two_lines() -> None:
    lines = find_output("jskos").render(graph_of(small_triples()), Config()).split(b"\n")
    concepts = {t.subject for t in small_triples() if (t.predicate, t.object) == (RDF.type, SKOS.Concept)}
    assert [json.loads(line)["uri"] for line in lines[:-1]] == sorted(concepts)
    assert lines[-1] == b""
