"""FHIR resources say what the graph says, whatever the graph holds."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from sample_graphs import BASE, STATED, graph_of, graphs, kind, labelled, small_triples

from skosify_rad.model.config import Config, parse_config
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.fhir_config import Fhir
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.fhir.bundle import FHIR, build_resources, encode, make_bundle, name_file
from skosify_rad.outputs.fhir.checks import find_faults
from skosify_rad.outputs.fhir.code_system import DEEPEST_NESTING, HIDDEN, PREFERRED, SYNONYM
from skosify_rad.stores.fhir.verify import list_concepts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from skosify_rad.graph.graph import Graph

Resource = dict[str, Any]

BONE, MARROW, RED, TUMOUR = (BASE + name for name in ("bone", "marrow", "red-marrow", "tumour"))
HEAD = [
    Triple(BASE, RDF.type, SKOS.ConceptScheme),
    Triple(BASE, DCT.title, Literal("Radiology", "en")),
    Triple(BASE, OWL.versionInfo, Literal("1.2.0")),
    Triple(BASE, DCT.modified, Literal("2026-02-28", datatype=XSD.date)),
]


def make(triples: list[Triple], config: Config | None = None) -> list[Resource]:
    return list(build_resources(graph_of(triples), config or Config()))


def of_kind(resources: list[Resource], kind: str) -> list[Resource]:
    return [resource for resource in resources if resource["resourceType"] == kind]


def concepts(resources: list[Resource]) -> dict[str, Resource]:
    return {concept["code"]: concept for concept in list_concepts(resources[0])}


def said(concept: Resource, code: str) -> list[Any]:
    found = [p for p in concept.get("property", []) if p["code"] == code]
    return [value for p in found for key, value in p.items() if key.startswith("value")]


def collection(name: str, label: str, *members: str) -> list[Triple]:
    iri = BASE + "collection/" + name
    return [
        Triple(iri, RDF.type, SKOS.Collection),
        Triple(iri, SKOS.prefLabel, Literal(label, "en")),
        *(Triple(iri, SKOS.member, member) for member in members),
    ]


def in_order(name: str, *members: str) -> list[Triple]:
    iri = BASE + "collection/" + name
    nodes = [f"{iri}/{number}" for number in range(1, len(members) + 1)]
    triples = [Triple(iri, RDF.type, SKOS.OrderedCollection), Triple(iri, SKOS.memberList, nodes[0])]
    triples += [Triple(iri, SKOS.member, member) for member in members]
    for node, member, following in zip(nodes, members, [*nodes[1:], RDF.nil], strict=True):
        triples += [Triple(node, RDF.first, member), Triple(node, RDF.rest, following)]
    return triples


def test_a_concept_says_what_the_graph_says_of_it() -> None:
    more = [
        Triple(MARROW, SKOS.prefLabel, Literal("Knochenmark", "de")),
        Triple(MARROW, SKOS.hiddenLabel, Literal("marow", "en")),
        Triple(MARROW, SKOS.notation, Literal("M1")),
        Triple(MARROW, ADMS.status, ADMS.UnderDevelopment),
        Triple(MARROW, DCT.source, "https://notes.example.org/marrow"),
    ]
    found = concepts(make([*HEAD, *STATED, *more]))["marrow"]
    assert (found["display"], found["definition"]) == ("Marrow", "What bones hold.")
    assert found["designation"] == [
        {"language": "de", "use": PREFERRED, "value": "Knochenmark"},
        {"language": "en", "use": SYNONYM, "value": "Medulla"},
        {"language": "en", "use": HIDDEN, "value": "marow"},
    ]
    assert said(found, "parent") == ["bone"]
    assert said(found, "child") == ["red-marrow"]
    assert said(found, "notation") == ["M1"]
    assert said(found, "status") == ["draft"]
    assert said(found, "source") == ["https://notes.example.org/marrow"]


def test_a_differential_names_the_other_and_what_distinguishes_it() -> None:
    found = concepts(make([*HEAD, *STATED]))
    assert said(found["tumour"], "related") == ["red-marrow"]
    assert said(found["tumour"], "distinguishedBy") == ["red-marrow: fat"]
    assert said(found["red-marrow"], "distinguishedBy") == []


def test_the_code_system_declares_what_it_uses_by_uris_that_servers_know() -> None:
    system = make([*HEAD, *STATED])[0]
    declared = {p["code"]: p["uri"] for p in system["property"]}
    assert declared["parent"] == "http://hl7.org/fhir/concept-properties#parent"
    assert declared["distinguishedBy"] == RAD.distinguishedBy
    assert set(declared) == {p["code"] for c in list_concepts(system) for p in c.get("property", [])}
    assert (system["url"], system["version"], system["date"]) == (BASE.rstrip("/"), "1.2.0", "2026-02-28")
    assert (system["count"], system["content"], system["hierarchyMeaning"]) == (4, "complete", "is-a")


def test_a_second_parent_is_named_and_the_deepest_one_nests() -> None:
    system = make([*HEAD, *STATED, *kind(BONE, RED), *kind(TUMOUR, RED)])[0]
    assert said(concepts([system])["red-marrow"], "parent") == ["bone", "marrow", "tumour"]
    bone = next(c for c in system["concept"] if c["code"] == "bone")
    assert [c["code"] for c in bone["concept"][0]["concept"]] == ["red-marrow"]


def test_a_branch_is_whole_for_servers_that_know_only_nesting() -> None:
    resources = make([*HEAD, *STATED, *kind(TUMOUR, MARROW)])
    branches = {r["url"].rpartition("/")[2]: r["compose"]["include"] for r in of_kind(resources, "ValueSet")}
    assert list(branches) == ["all", "branch-bone", "branch-tumour"]
    first, *further = branches["branch-tumour"]
    assert first["filter"] == [{"property": "concept", "op": "is-a", "value": "tumour"}]
    assert [c["code"] for part in further for c in part["concept"]] == ["marrow", "red-marrow"]
    assert len(branches["branch-bone"]) == 1


def test_value_sets_carry_the_version_and_list_members_of_inner_collections() -> None:
    inner = collection("inner", "Inner", RED)
    outer = collection("outer", "Outer", TUMOUR, BASE + "collection/inner", BASE + "collection/outer")
    resources = make(
        [*HEAD, *STATED, *inner, *outer, *collection("empty", "Empty"), *collection("folder/bone", "Bone")]
    )
    found = {r["id"]: r for r in of_kind(resources, "ValueSet")}
    assert [c["code"] for c in found["vault-collection-outer"]["compose"]["include"][0]["concept"]] == [
        "red-marrow",
        "tumour",
    ]
    assert not {"vault-collection-empty", "vault-collection-folder-bone"} & set(found)
    assert {r["version"] for r in found.values()} == {"1.2.0"}
    assert {part["version"] for r in found.values() for part in r["compose"]["include"]} == {"1.2.0"}


def test_grades_stand_in_their_order_and_the_scale_is_not_to_be_chosen() -> None:
    scale, one, two = (BASE + name for name in ("bosniak-classification", "type-ii", "type-i"))
    triples = [*labelled(scale, "Bosniak classification"), *labelled(one, "Type II"), *labelled(two, "Type I")]
    triples += [*kind(scale, one), *kind(scale, two), *in_order("bosniak", one, two)]
    triples += [*collection("all-of-it", "All", scale, one)]
    resources = make([*HEAD, *triples])
    assert said(concepts(resources)["bosniak-classification"], "notSelectable") == [True]
    assert said(concepts(resources)["type-i"], "notSelectable") == []
    found = {r["id"]: r["compose"]["include"] for r in of_kind(resources, "ValueSet")}
    assert [c["code"] for c in found["vault-collection-bosniak"][0]["concept"]] == ["type-ii", "type-i"]
    assert [c["code"] for c in found["vault-collection-all-of-it"][0]["concept"]] == ["type-ii"]


def test_configured_groups_are_not_to_be_chosen() -> None:
    config = Config(fhir=Fhir(not_selectable=("tum*",)))
    assert said(concepts(make([*HEAD, *STATED], config))["tumour"], "notSelectable") == [True]


def test_a_deprecated_concept_is_inactive_and_names_its_successor() -> None:
    gone = BASE + "swelling"
    triples = [
        *labelled(gone, "Swelling"),
        Triple(gone, OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        Triple(gone, ADMS.status, ADMS.Deprecated),
        Triple(gone, DCT.isReplacedBy, TUMOUR),
        Triple(gone, DCT.modified, Literal("2026-02-28", datatype=XSD.date)),
        Triple(TUMOUR, DCT.modified, Literal("2026-02-28", datatype=XSD.date)),
    ]
    resources = make([*HEAD, *STATED, *triples])
    found = concepts(resources)["swelling"]
    assert [said(found, code) for code in ("status", "inactive", "replacedBy")] == [["deprecated"], [True], ["tumour"]]
    assert said(found, "deprecationDate") == ["2026-02-28"]
    assert said(concepts(resources)["tumour"], "deprecationDate") == []
    (mapped,) = of_kind(resources, "ConceptMap")
    assert mapped["id"] == "vault-replacements"
    assert mapped["group"][0]["element"][0]["target"][0]["code"] == "tumour"


@pytest.mark.parametrize(
    ("predicate", "old", "new"),
    [
        (SKOS.exactMatch, "equivalent", "equivalent"),
        (SKOS.closeMatch, "relatedto", "related-to"),
        (SKOS.broadMatch, "wider", "source-is-narrower-than-target"),
        (SKOS.narrowMatch, "narrower", "source-is-broader-than-target"),
        (SKOS.relatedMatch, "relatedto", "related-to"),
    ],
)
def test_mappings_become_concept_maps(predicate: str, old: str, new: str) -> None:
    triples = [*HEAD, *STATED, Triple(BONE, predicate, "http://id.nlm.nih.gov/mesh/D001842")]
    for version, element, value in (("R4", "equivalence", old), ("R5", "relationship", new)):
        (mapped,) = of_kind(make(triples, Config(fhir=Fhir(version=version))), "ConceptMap")
        (group,) = mapped["group"]
        assert group["target"] == "https://www.nlm.nih.gov/mesh"
        (target,) = group["element"][0]["target"]
        assert (target["code"], target[element]) == ("D001842", value)


def test_a_match_that_is_no_code_is_no_mapping() -> None:
    triples = [
        Triple(BONE, SKOS.exactMatch, iri) for iri in ("https://example.com/", "x", "http://id.nlm.nih.gov/mesh/")
    ]
    assert of_kind(make([*HEAD, *STATED, *triples]), "ConceptMap") == []


def test_no_date_is_invented() -> None:
    undated = [triple for triple in HEAD if triple.predicate != DCT.modified]
    resources = make([*undated, *STATED])
    assert of_kind(resources, "NamingSystem") == []
    assert not any("date" in resource for resource in resources)
    (naming,) = of_kind(make([*HEAD, *STATED]), "NamingSystem")
    assert naming["date"] == "2026-02-28"
    assert naming["uniqueId"][0] == {"type": "uri", "value": BASE.rstrip("/"), "preferred": True}


def test_the_configuration_says_the_rest() -> None:
    table = {
        "url": "https://fhir.example.org/CodeSystem/rad",
        "id": "rad",
        "status": "active",
        "identifier": "urn:oid:1.2.3",
        "publisher": "Acme",
        "copyright": "© Acme",
        "hierarchy_meaning": "grouped-by",
        "version_needed": True,
        "experimental": True,
    }
    system, *others = make([*HEAD, *STATED], parse_config({"fhir": table}))
    assert (system["url"], system["id"], system["status"]) == (table["url"], "rad", "active")
    assert system["identifier"] == [{"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3"}]
    assert (system["publisher"], system["copyright"]) == ("Acme", "© Acme")
    assert (system["hierarchyMeaning"], system["versionNeeded"], system["experimental"]) == ("grouped-by", True, True)
    assert all(other["id"].startswith("rad-") for other in others)


@pytest.mark.parametrize(
    "table",
    [
        {"version": "R3"},
        {"status": "final"},
        {"hierarchy_meaning": "subsumes"},
        {"url": "rad"},
        {"url": "https://x.example/#a"},
        {"id": "no id"},
        {"identifier": "1.2.3"},
    ],
)
def test_a_wrong_configuration_is_told(table: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=rf"\[fhir\] {next(iter(table))}"):
        parse_config({"fhir": table})


def test_a_cycle_is_cut_and_a_deep_hierarchy_is_not_nested_without_end() -> None:
    looped = make([*HEAD, *STATED, *kind(RED, BONE), Triple(BONE, SKOS.broader, BONE)])
    assert list(find_faults(looped)) == []
    names = [f"{BASE}level-{number:04}" for number in range(3_000)]
    deep = [t for name in names for t in labelled(name, name[-4:])]
    deep += [t for above, below in pairwise(names) for t in kind(above, below)]
    resources = make([*HEAD, *deep])
    assert len(concepts(resources)) == len(names)
    assert json.loads(encode(resources[0])) == resources[0]
    assert len(resources[0]["concept"]) == len(names) // DEEPEST_NESTING


@given(graphs)
def test_nothing_made_is_at_fault(graph: Graph) -> None:
    resources = list(build_resources(graph, Config()))
    assert list(find_faults(resources)) == []
    encode(make_bundle(resources, "https://example.org"))
    places = [name_file(resource).casefold() for resource in resources]
    assert len(set(places)) == len(places)


def test_one_of_everything_is_not_at_fault() -> None:
    assert list(find_faults(make(small_triples()))) == []


def test_files_follow_the_vault(run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path) -> None:
    vault = make_vault({"Bone/Osteoma.md": "A tumour.", "Chest/Nodule.md": "A spot.", "Chest/Empyema.md": "Pus."})
    assert run("build", vault, "--out", tmp_path / "out", "--format", "fhir").exit_code == 0
    folder = tmp_path / "out" / "fhir"
    bundle = json.loads((tmp_path / "out" / FHIR.file_name).read_bytes())
    names = {name_file(entry["resource"]) for entry in bundle["entry"]}
    assert {f"fhir/{path.name}" for path in folder.iterdir()} == names
    assert "fhir/ValueSet-vault-collection-folder-chest.json" in names
    mine = folder / "ValueSet-mine.json"
    mine.write_text("{}")
    (vault / "Chest" / "Nodule.md").rename(vault / "Bone" / "Nodule.md")
    assert run("build", vault, "--out", tmp_path / "out", "--format", "fhir").exit_code == 0
    assert mine.exists()
    assert not (folder / "ValueSet-vault-collection-folder-chest.json").exists()


def test_what_another_bundle_names_outside_the_folder_is_left_alone(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault({"Osteoma.md": "A tumour."})
    (tmp_path / "out").mkdir()
    victim = tmp_path / "victim.json"
    victim.write_text("{}")
    evil = {"entry": [{"resource": {"resourceType": "ValueSet", "id": "/../../victim"}}, {"resource": 3}]}
    (tmp_path / "out" / FHIR.file_name).write_text(json.dumps(evil))
    assert run("build", vault, "--out", tmp_path / "out", "--format", "fhir").exit_code == 0
    assert victim.exists()


def test_release_is_chosen_on_the_command_line(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault({"Osteoma.md": "A tumour."}, '[scheme]\nversion = "1.0.0"\n')
    assert run("build", vault, "--out", tmp_path / "out", "--format", "fhir", "--fhir-version", "R5").exit_code == 0
    bundle = json.loads((tmp_path / "out" / FHIR.file_name).read_bytes())
    assert bundle["entry"][0]["resource"]["versionAlgorithmString"] == "semver"
