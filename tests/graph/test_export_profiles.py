"""Each export profile gives what its tool needs and loses nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_graphs import BASE, graph_of

from skosify_rad.graph.export_profiles import PROFILES, apply_profile
from skosify_rad.model.config import EXPORT_PROFILES, Config, parse_config
from skosify_rad.model.diagnostics import ConfigError, Place
from skosify_rad.model.namespaces import DCT, RDF, RDFS, SDO, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

CYST, GRADE, SCALE = BASE + "cyst", BASE + "grade-i", BASE + "collection/scale"
OUTER, INNER, LONELY = BASE + "collection/outer", BASE + "collection/inner", BASE + "collection/lonely"
ORG = "https://ror.org/0000000"
PLAIN, TYPED = Literal("I"), Literal("I", datatype=BASE + "notation/scale")
TRIPLES = [
    Triple(BASE, RDF.type, SKOS.ConceptScheme),
    Triple(BASE, SKOS.prefLabel, Literal("Rad", "en")),
    Triple(BASE, DCT.description, Literal("Notes.", "en")),
    Triple(BASE, DCT.created, Literal("2026-01-31", datatype=XSD.date)),
    Triple(BASE, DCT.creator, ORG),
    Triple(CYST, RDF.type, SKOS.Concept),
    Triple(CYST, SKOS.prefLabel, Literal("Cyst", "en")),
    Triple(CYST, SKOS.definition, Literal("A sac.", "en")),
    Triple(CYST, RAD.steps, SCALE),
    Triple(GRADE, RDF.type, SKOS.Concept),
    Triple(GRADE, SKOS.prefLabel, Literal("Grade I", "en")),
    Triple(GRADE, SKOS.broader, CYST),
    Triple(GRADE, SKOS.notation, PLAIN),
    Triple(GRADE, SKOS.notation, TYPED),
    *(Triple(iri, RDF.type, SKOS.Collection) for iri in (OUTER, INNER, LONELY)),
    *(Triple(iri, SKOS.prefLabel, Literal(iri[-6:], "en")) for iri in (OUTER, INNER, LONELY)),
    Triple(SCALE, RDF.type, SKOS.OrderedCollection),
    Triple(SCALE, SKOS.member, GRADE),
    Triple(LONELY, SKOS.member, CYST),
    Triple(OUTER, SKOS.member, INNER),
    Triple(INNER, SKOS.member, OUTER),  # a cycle, as only a hostile file has it
    Triple(INNER, SKOS.member, CYST),
    Triple(INNER, SKOS.member, GRADE),
]
EVIDENCE = (Evidence(Place("Cyst.md", 3), (), "w", "r"),)


def shape(name: str, triples: list[Triple] = TRIPLES) -> set[Triple]:
    graph, sources = apply_profile(graph_of(triples), dict.fromkeys(triples, EVIDENCE), name)
    assert set(sources) <= set(graph)
    assert set(sources) >= set(graph) & set(triples)
    return set(graph)


def test_skohub_gets_flat_collections_of_several_and_plain_notations() -> None:
    gone = {t for t in TRIPLES if {SCALE, LONELY} & set(t) or t.object == TYPED}
    nested = {Triple(OUTER, SKOS.member, INNER), Triple(INNER, SKOS.member, OUTER)}
    flat = {Triple(OUTER, SKOS.member, CYST), Triple(OUTER, SKOS.member, GRADE)}
    assert shape("skohub") == set(TRIPLES) - gone - nested | flat


def test_atramhasis_gets_identifiers_and_no_collections() -> None:
    gone = {t for t in TRIPLES if "/collection/" in f"{t.subject} {t.object}"}
    added = {Triple(iri, DCT.identifier, Literal(iri.removeprefix(BASE))) for iri in (CYST, GRADE)}
    assert shape("atramhasis") == set(TRIPLES) - gone | added


def test_vocpub_gets_definitions_that_say_so_and_typed_agents() -> None:
    added = shape("vocpub") - set(TRIPLES)
    assert shape("vocpub") >= set(TRIPLES)
    assert Triple(GRADE, SKOS.definition, Literal("Not defined in the notes; listed below “Cyst”.", "en")) in added
    assert not [t for t in added if t.subject == CYST]
    assert {t.subject for t in added if t.predicate == RDFS.isDefinedBy} == {OUTER, INNER, LONELY, SCALE}
    assert {t.object for t in added if t.subject == ORG and t.predicate == RDF.type} == {SDO.Organization}
    assert Triple(BASE, DCT.publisher, ORG) in added


@pytest.mark.parametrize("left_out", [DCT.creator, DCT.created])
def test_vocpub_needs_to_be_told_who_and_when(left_out: str) -> None:
    with pytest.raises(ConfigError, match=r"\[scheme\] created, and \[scheme\] creator"):
        shape("vocpub", [t for t in TRIPLES if t.predicate != left_out])


def test_a_name_is_no_creator_for_vocpub() -> None:
    with pytest.raises(ConfigError, match="as IRIs"):
        shape("vocpub", [*TRIPLES, Triple(BASE, DCT.publisher, Literal("Acme Hospital"))])


def test_the_configuration_and_the_command_line_know_each_profile() -> None:
    assert tuple(PROFILES) == EXPORT_PROFILES
    assert [parse_config({"output": {"profile": name}}).output.profile for name in PROFILES] == [*PROFILES]
    with pytest.raises(ConfigError, match="profile must be one of"):
        parse_config({"output": {"profile": "all"}})
    assert Config().output.profile == ""


def test_a_build_follows_its_profile(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault({"Cyst.md": "# Cyst\n\n## Types\n\n- Renal cyst\n- Hepatic cyst\n"})
    run("build", vault, "--out", tmp_path / "out", "--profile", "atramhasis")
    assert 'dct:identifier "renal-cyst"' in (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")
    refused = run("build", vault, "--out", tmp_path / "out", "--profile", "vocpub")
    assert (refused.exit_code, "creator" in refused.output) == (2, True)
