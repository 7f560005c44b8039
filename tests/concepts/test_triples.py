"""Resolved statements to triples: scales in order, facets, folders, sources, what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import Reading, read

from skosify_rad.checks.validate import validate
from skosify_rad.concepts.register import Register
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import RuleClass, Severity
from skosify_rad.model.namespaces import DCT, RDF, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal
from skosify_rad.vault.frontmatter import iso_date

BASE = Config().scheme.base


def labelled(reading: Reading, label: str) -> str:
    """Return the one resource of this label."""
    found = [s for s in reading.graph.subjects if reading.name(s) == label]
    assert len(found) == 1, label
    return found[0]


def names(reading: Reading, label: str, predicate: str) -> list[str]:
    """Return the labels of the objects of a resource."""
    return sorted(reading.name(term) for term in reading.graph.objects(labelled(reading, label), predicate))


def find_refused(reading: Reading) -> list[str]:
    """Return what the standard refuses in the graph."""
    found = validate(reading.graph, reading.sources, Config())
    return [d.message for d in found if d.rule.kind is RuleClass.STANDARD and d.level is Severity.ERROR]


SCALE = "## Classification\n- Grade II: moth-eaten\n- Grade IA: geographic\n- Grade III: permeative\n"


def test_steps_of_a_scale_have_plain_notations_and_typed_ones() -> None:
    reading = read(
        {"Lodwick classification.md": SCALE, "Kellgren grading.md": "## Grades\n- Grade II: mild\n- Grade III: bad\n"}
    )
    step = labelled(reading, "Lodwick grade IA")
    typed = Literal("IA", "", f"{BASE}notation/lodwick-classification")
    assert reading.graph.objects(step, SKOS.notation) == (Literal("IA"), typed)
    two = reading.graph.objects(labelled(reading, "Lodwick grade II"), SKOS.notation)
    assert set(two) & set(reading.graph.objects(labelled(reading, "Kellgren grade II"), SKOS.notation)) == {
        Literal("II")
    }
    assert "ambiguous-notation" not in {d.rule.slug for d in validate(reading.graph, reading.sources, Config())}


def test_steps_stand_in_the_order_written_without_blank_nodes() -> None:
    reading = read({"Lodwick classification.md": SCALE})
    ordered = labelled(reading, "Lodwick classification, in order")
    assert reading.graph.objects(ordered, RDF.type) == (SKOS.OrderedCollection,)
    (node,) = reading.graph.objects(ordered, SKOS.memberList)
    steps = []
    while node != RDF.nil:
        assert isinstance(node, str)
        assert node.startswith(ordered + "/")
        (first,) = reading.graph.objects(node, RDF.first)
        steps.append(reading.name(first))
        (node,) = reading.graph.objects(node, RDF.rest)
    assert steps == ["Lodwick grade II", "Lodwick grade IA", "Lodwick grade III"]
    assert names(reading, "Lodwick classification, in order", SKOS.member) == sorted(steps)
    assert names(reading, "Lodwick classification", SKOS.narrower) == sorted(steps)


def test_codes_that_name_their_scale_are_called_once() -> None:
    reading = read({"PI-RADS.md": "## Categories\n- PI-RADS 1: very low\n- PI-RADS 2: low\n- PI-RADS 3: equivocal\n"})
    assert reading.objects("narrower") == ["PI-RADS 1", "PI-RADS 2", "PI-RADS 3"]


def test_bare_codes_are_named_after_what_they_divide() -> None:
    reading = read({"Neuroblastoma.md": "## Stages\n- L1: localised\n- L2: with risk factors\n- MS: special\n"})
    found = reading.objects("narrower")
    assert {"L1", "L2", "MS"}.isdisjoint(found)
    assert [label.split()[-1] for label in found] == ["L1", "L2", "MS"]
    assert all(label.startswith("Neuroblastoma ") for label in found)


@pytest.mark.parametrize(
    "text",
    [
        "## Types\n- By location\n    - Medullary osteoma\n    - Cortical osteoma\n- By size\n    - Giant osteoma\n",
        "## Types\n- **By location**:\n\t- Medullary osteoma\n\t- Cortical osteoma\n- By size\n\t- Giant osteoma\n",
        "## Classification\n### By location\n- Medullary osteoma\n- Cortical osteoma\n### By size\n- Giant osteoma\n",
    ],
    ids=["list", "bold", "headings"],
)
def test_a_principle_of_division_is_a_collection_whose_members_stay_narrower(text: str) -> None:
    reading = read({"Osteoma.md": text})
    assert names(reading, "Osteoma", SKOS.narrower) == ["Cortical osteoma", "Giant osteoma", "Medullary osteoma"]
    assert names(reading, "Osteoma by location", SKOS.member) == ["Cortical osteoma", "Medullary osteoma"]
    facet = labelled(reading, "Osteoma by location")
    assert reading.graph.objects(facet, RDF.type) == (SKOS.Collection,)
    assert reading.graph.objects(facet, SKOS.broader) == ()
    assert reading.graph.objects(facet, SKOS.inScheme) == (BASE,)
    place = reading.sources[next(t for t in reading.sources if t.subject == facet)][0].place
    assert place.path == "Osteoma.md"


def test_folders_are_nested_collections_and_no_hierarchy() -> None:
    notes = ["MSK/01 Bone/Osteoma.md", "MSK/01 Bone/Enostosis.md", "MSK/Joint/Gout.md", "MSK/Joint/Pannus.md"]
    notes += ["Chest/01 Bone/Rib lesion x.md", "Chest/01 Bone/Cervical rib.md", "Chest/Empyema.md"]
    reading = read(dict.fromkeys(notes, "Text.\n"))
    assert names(reading, "MSK", SKOS.member) == ["Bone (MSK)", "Joint"]
    assert names(reading, "Bone (MSK)", SKOS.member) == ["Enostosis", "Osteoma"]
    assert reading.pairs("narrower") == reading.pairs("broader") == []
    assert labelled(reading, "Joint") == f"{BASE}collection/folder/msk/joint"
    config = Config()
    without = read(dict.fromkeys(notes, "Text.\n"), replace(config, output=replace(config.output, folders=False)))
    assert without.pairs("member") == []


def test_a_folder_with_one_member_is_no_collection() -> None:
    reading = read(
        dict.fromkeys(["MSK/Joint/Gout.md", "MSK/Bone/Tumour/Osteoma.md", "Chest/Lung/Empyema.md"], "Text.\n")
    )
    assert names(reading, "MSK", SKOS.member) == ["Gout", "Osteoma"]
    assert {reading.name(t.subject) for t in reading.graph if t.predicate == SKOS.member} == {"MSK"}


def test_the_folder_is_the_gardens_where_it_says_so() -> None:
    paths = {"notes/Osteoma.md": "Rad/Bone/Osteoma.md", "notes/Gout.md": "Rad/Gout.md", "notes/X.md": "Rad/Bone/X.md"}
    reading = read({note: f'---\n{{"dg-path": "{path}"}}\n---\nText.\n' for note, path in paths.items()})
    assert names(reading, "Rad", SKOS.member) == ["Bone", "Gout"]
    assert "notes" not in [reading.name(s) for s in reading.graph.subjects if s != BASE]


def test_a_page_is_a_source_only_where_a_site_is_known() -> None:
    notes = {"Gout.md": '---\npermalink: "/joint/gout é <x>/"\n---\nText.\n', "Other.md": "Text.\n"}
    config = Config()
    sited = read(notes, replace(config, vault=replace(config.vault, site="https://notes.example.org/")))
    assert sited.graph.objects(labelled(sited, "Gout"), DCT.source) == (
        "https://notes.example.org/joint/gout%20%C3%A9%20%3Cx%3E/",
    )
    assert sited.graph.objects(labelled(sited, "Other"), DCT.source) == ()
    bare = read(notes)
    assert bare.graph.objects(labelled(bare, "Gout"), DCT.source) == ()


def test_dates_path_and_mappings_of_a_note() -> None:
    front = "created: 2024-01-02\nupdated: 2024-02-03T10:00:00\nexactMatch: http://example.org/gout\n"
    reading = read({"Joint/Gout.md": f"---\n{front}---\nText.\n"})
    gout = labelled(reading, "Gout")
    assert reading.graph.objects(gout, DCT.created) == (Literal("2024-01-02", "", XSD.date),)
    assert reading.graph.objects(gout, DCT.modified) == (Literal("2024-02-03", "", XSD.date),)
    assert reading.graph.objects(gout, RAD.note) == (Literal("Joint/Gout.md"),)
    assert reading.graph.objects(gout, SKOS.exactMatch) == ("http://example.org/gout",)


@pytest.mark.parametrize("value", [None, "", "yesterday", "2026-13-01", "2026-00-10", "2026-01-32", "26-1-1", 7, ["x"]])
def test_what_is_no_date(value: object) -> None:
    assert iso_date(value) == ""


def test_one_scale_in_two_notes_has_one_order() -> None:
    """SKOS S35 allows one member list; that of the note with the most steps is taken."""
    short, long = "- Grade III\n- Grade II\n", "- Grade I\n- Grade II\n- Grade III\n"
    notes = {"A/Lodwick classification.md": f"## Classification\n{short}", "B.md": f"## Lodwick classification\n{long}"}
    reading = read(notes)
    (ordered,) = [s for s, p in reading.graph.subjects.items() if SKOS.OrderedCollection in p.get(RDF.type, ())]
    (head,) = reading.graph.objects(ordered, SKOS.memberList)
    assert [reading.name(o) for o in reading.graph.objects(str(head), RDF.first)] == ["Lodwick grade I"]
    assert find_refused(reading) == []


def test_steps_below_a_line_that_gathers_them_keep_the_order_of_their_lines() -> None:
    gathered = "- Limit to kidney\n\t- **I**: < 7 cm\n\t- **II**: > 7 cm\n"
    text = f"## Staging\n{gathered}- Extended beyond the capsule: **III**\n- Far beyond the fascia: **IV**\n"
    reading = read({"Renal cell carcinoma.md": text})
    (ordered,) = [s for s, p in reading.graph.subjects.items() if SKOS.OrderedCollection in p.get(RDF.type, ())]
    lists = [f"{ordered}/{number}" for number in range(1, 5)]
    steps = [reading.name(step) for item in lists for step in reading.graph.objects(item, RDF.first)]
    assert [step.rpartition(" ")[2] for step in steps] == ["I", "II", "III", "IV"]


def test_folders_of_one_identifier_are_one_collection() -> None:
    folders = {"Bone a": "Gout Rickets", "Bone-a": "Ganglion Lipoma", "骨": "Osteoma Osteitis", "肺": "Cyst Abscess"}
    reading = read({f"{folder}/{name}.md": "x\n" for folder, names in folders.items() for name in names.split()})
    assert names(reading, "Bone a", SKOS.member) == ["Ganglion", "Gout", "Lipoma", "Rickets"]
    assert names(reading, "骨", SKOS.member) == ["Osteitis", "Osteoma"]
    assert find_refused(reading) == []


def test_no_collection_gets_the_identifier_of_a_scales_order() -> None:
    notes = {"Lodwick classification.md": SCALE, "List of Lodwick classification in order.md": "- [[Gout]]\n"}
    reading = read(notes | {"Lodwick classification in order signpost.md": "- [[Gout]]\n"})
    assert find_refused(reading) == []
    assert Register([]).identify("Lodwick classification in order", "collection/").endswith("in-order-2")


@pytest.mark.parametrize(
    "front",
    [
        f"exactMatch: {BASE}",
        f"exactMatch: {BASE}collection/folder/x",
        "exactMatch: http://a.example/x\nbroadMatch: http://a.example/x",
        "broadMatch: http://a.example/x\nrelatedMatch: http://a.example/x",
        "broadMatch: http://a.example/x\nrelated: '[[Cyst]]'",
    ],
)
def test_mappings_that_contradict_are_left_out(front: str) -> None:
    reading = read(
        {"x/Gout.md": f"---\n{front}\n---\nText.\n", "Cyst.md": "---\nnarrowMatch: http://a.example/x\n---\n"}
    )
    assert find_refused(reading) == []
    assert reading.slugs() & {"invalid-mapping", "related-in-hierarchy"}


def test_what_distinguishes_two_is_kept_without_blank_nodes() -> None:
    reading = read({"Gout.md": "## Differential diagnosis\n- [[Pseudogout]]: chondrocalcinosis\n"})
    (kept,) = [s for s, p in reading.graph.subjects.items() if RAD.Differential in p.get(RDF.type, ())]
    assert kept == f"{BASE}differential/gout--pseudogout"
    assert reading.graph.objects(kept, RAD.distinguishedBy) == (Literal("chondrocalcinosis", "en"),)


def test_a_list_has_members_and_is_no_concept() -> None:
    reading = read({"List of cysts.md": "- [[Simple cyst]]\n- [[Bone cyst]]\n    - [[Unicameral bone cyst]]\n"})
    assert reading.graph.objects(labelled(reading, "List of cysts"), RDF.type) == (SKOS.Collection,)
    assert names(reading, "List of cysts", SKOS.member) == ["Bone cyst", "Simple cyst"]
    assert reading.pairs("narrower") == ["Bone cyst -> Unicameral bone cyst"]


def test_a_name_without_ascii_letters_is_reported_with_its_identifier() -> None:
    reading = read({"Hub.md": "## Differential diagnosis\n- 骨肉腫: x\n- [[Osteoma]]: y\n"})
    assert "title-lost-in-slug" in reading.slugs()
    assert labelled(reading, "骨肉腫").isascii()


SHAPE = """\
---
{"dg-publish":true,"dg-path":"Rad/Bone/Osteolysis/Osteolysis.md","permalink":"/rad/bone/osteolysis/"}
---

## Overview
- In daily use **“osteolysis” mostly means [[Rad/Bone/Osteolysis/Primary generalised osteolysis\\|the primary form]]**.
- Formally, osteolysis is defined as **active loss of bone** that leaves a defect.
<tab>- [[Rad/Bone/Osteopenia\\|osteopenia]] is less.
    - Not seen early.
## Classification
- **Generalised**
    - [[Rad/Bone/Osteolysis/Primary generalised osteolysis\\|Primary generalised osteolysis]]
    - [[Secondary generalised osteolysis\\|Secondary generalised osteolysis]]
- **Regional**
    - [[Carpal vanishing syndrome\\|Carpal vanishing syndrome]]
    - Migrating regional osteolysis
        - [[Migrating osteolysis of the wrist\\|Migrating osteolysis of the wrist]]
<tab>    - [[Tarsal migratory osteolysis\\|Tarsal migratory osteolysis]]
- **Localised**
    - Focal pressure (cast, splint)
""".replace("<tab>", "\t")


def test_a_note_shaped_like_the_first_one_has_the_hierarchy_it_shows() -> None:
    """Groups in bold, links with escaped pipes, tabs and spaces mixed; groups are concepts that stand alone."""
    pairs = read({"30_Rad/Bone/Osteolysis/Osteolysis.md": SHAPE}).pairs("narrower")
    assert [pair for pair in pairs if not pair.startswith("Localised osteolysis -> ")] == [
        "Osteolysis -> Generalised osteolysis",
        "Generalised osteolysis -> Primary generalised osteolysis",
        "Generalised osteolysis -> Secondary generalised osteolysis",
        "Osteolysis -> Regional osteolysis",
        "Regional osteolysis -> Carpal vanishing syndrome",
        "Regional osteolysis -> Migrating regional osteolysis",
        "Migrating regional osteolysis -> Migrating osteolysis of the wrist",
        "Migrating regional osteolysis -> Tarsal migratory osteolysis",
        "Osteolysis -> Localised osteolysis",
    ]


def test_a_group_of_a_list_is_named_after_what_is_listed() -> None:
    notes = {
        "List of sclerotic bone conditions.md": "- Focal\n    - [[Enostosis]]\n- Diffuse\n    - [[Myelofibrosis]]\n"
    }
    reading = read(notes)
    labels = {reading.name(subject) for subject in reading.graph.subjects}
    assert {"Focal sclerotic bone condition", "Diffuse sclerotic bone condition"} <= labels
