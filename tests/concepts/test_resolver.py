"""Words to concepts: what meets in one, what stays apart, what each is called."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from reading import read

from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import ADMS, RDF, SKOS
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from reading import Reading


def concepts(reading: Reading) -> list[str]:
    """Return the labels of all concepts, in order."""
    return sorted(reading.name(s) for s, p in reading.graph.subjects.items() if SKOS.Concept in p.get(RDF.type, ()))


def listed(*items: str) -> str:
    """Return a note with a list of differentials."""
    return "## Differential diagnosis\n" + "".join(f"- {item}\n" for item in items)


def differentials(*items: str, **notes: str) -> list[str]:
    """Return what a note's differentials are read as, beside other notes."""
    reading = read({"Hub.md": listed(*items), **{f"{path}.md": text for path, text in notes.items()}})
    return [pair.removeprefix("Hub -> ") for pair in reading.pairs("related") if pair.startswith("Hub -> ")]


# Links


@pytest.mark.parametrize(
    "link",
    [
        "[[Fibrous dysplasia]]",
        "[[fibrous dysplasia]]",
        "[[Bone/Fibrous dysplasia]]",
        "[[Bone/Fibrous dysplasia.md]]",
        "[[Gone/Elsewhere/Fibrous dysplasia]]",
        "[[Bone/Fibrous dysplasia\\|FD]]",
        "[[Fibrous dysplasia|FD]]",
        "[[Fibrous dysplasia#Imaging|FD]]",
        "[[Jaffe disease]]",
        "[FD](Bone/Fibrous%20dysplasia.md)",
        "Fibrous dysplasia",
        "fibrous dysplasias",
        "Jaffe’s disease",
    ],
)
def test_every_way_to_a_note_ends_at_it(link: str) -> None:
    notes = {"Bone/Fibrous dysplasia.md": "---\naliases: [Jaffe disease]\n---\nIt is benign.\n"}
    reading = read({**notes, "Hub.md": listed(f"{link}: ground glass")})
    assert reading.pairs("related") == ["Hub -> Fibrous dysplasia"]
    assert concepts(reading) == ["Fibrous dysplasia", "Hub"]


def test_the_nearest_note_of_a_name_is_meant() -> None:
    notes = {"Liver/Cyst.md": "a\n", "Renal/Cyst.md": "b\n"}
    near = read({**notes, "Renal/Hub.md": listed("[[Cyst]]: x"), "Liver/Hub two.md": listed("[[Cyst]]: y")})
    assert near.pairs("related") == ["Hub two -> Cyst (Liver)", "Hub -> Cyst (Renal)"]
    assert "ambiguous-link" in near.slugs()
    assert "duplicate-note-name" in near.slugs()


def test_the_nearest_note_of_a_plain_name_is_meant() -> None:
    notes = {"Liver/Cyst.md": "a\n", "Renal/Cyst.md": "b\n"}
    near = read({**notes, "Renal/Hub.md": listed("Cysts: x", "[[Osteoma]]"), "Liver/Hub two.md": listed("cyst: y")})
    assert near.pairs("related") == ["Hub two -> Cyst (Liver)", "Hub -> Cyst (Renal)", "Hub -> Osteoma"]


def test_a_path_tells_notes_of_one_name_apart() -> None:
    notes = {"Liver/Cyst.md": "a\n", "Renal/Cyst.md": "b\n"}
    reading = read({**notes, "Renal/Hub.md": listed("[[Liver/Cyst]]: x")})
    assert reading.pairs("related") == ["Hub -> Cyst (Liver)"]
    assert "ambiguous-link" not in reading.slugs()


@pytest.mark.parametrize(
    "paths",
    [
        ("Osteoma.md", "Osteoma (overview).md", "osteoma.md"),
        ("A/Cyst.md", "B/A/Cyst.md", "B/Cyst.md"),
        ("A/Cyst.md", "A/cyst.md", "A/CYST.md", "A/Cyst (A).md"),
        ("Cyst.md", "Cyst (2).md", "cyst.md"),
    ],
)
def test_notes_of_one_name_never_share_a_label(paths: tuple[str, ...]) -> None:
    labels = [name.casefold() for name in concepts(read(dict.fromkeys(paths, "Text.\n")))]
    assert len(set(labels)) == len(labels) == len(paths)
    assert not any("()" in label for label in labels)


def test_broken_links_and_plain_names_meet() -> None:
    reading = read(
        {
            "A.md": listed("[[Old/Lost tumour\\|lost]]: a"),
            "B.md": listed("[[Lost tumour]]: b"),
            "C.md": listed("Lost tumors: c"),
        }
    )
    assert reading.pairs("related") == ["A -> Lost tumour", "B -> Lost tumour", "C -> Lost tumour"]
    assert "broken-link" in reading.slugs()


def test_a_link_to_a_list_or_home_page_names_no_concept() -> None:
    notes = {"List of cysts": "- [[Simple cyst]]\n", "Home": "---\ntags: [gardenEntry]\n---\nHello.\n"}
    assert differentials("[[List of cysts]]", "[[Home]]", "[[Osteoma]]: ivory", **notes) == ["Osteoma"]


def test_a_link_to_a_comparison_names_no_concept() -> None:
    notes = {"Osteoma.md": "a\n", "Alpha vs Beta.md": "Words.\n"}
    reading = read({**notes, "Hub.md": listed("[[Alpha vs Beta]]: both", "[[Osteoma]]: ivory")})
    assert reading.pairs("related") == ["Alpha -> Beta", "Hub -> Osteoma"]


def test_what_stands_behind_a_comparison_in_a_list_is_no_name() -> None:
    assert differentials("Hub vs Osteoma: ivory", "[[Gout]]: tophi") == ["Osteoma", "Gout"]


# One concept or two


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haemangioma", "Hemangiomas"),
        ("Oesophageal tumour", "esophageal tumors"),
        ("Paget disease", "Paget's disease"),
        ("Soft-tissue tumour", "Soft tissue tumours"),
        ("Non-ossifying fibroma", "Nonossifying fibroma"),
        ("Metastasis", "Metastases"),
        ("Grey matter heterotopia", "Gray-matter heterotopias"),
        ("Sjögren disease", "Sjogren disease"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert len(differentials(f"{one}: a", f"{other}: b")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Osteoma", "Osteosarcoma"),
        ("Haemangioma", "Haemangioblastoma"),
        ("Hypophosphatasia", "Hypophosphataemia"),
        ("Osteoid osteoma", "Osteoma"),
        ("Giant cell tumour", "Granular cell tumour"),
        ("Chondroblastoma", "Chondromyxoid fibroma"),
        ("Intraosseous lipoma", "Extraosseous lipoma"),
        ("Type I endoleak", "Type II endoleak"),
    ],
)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert differentials(f"{one}: a", f"{other}: b") == [one, other]


def test_a_modifier_outside_the_link_makes_another_concept() -> None:
    found = differentials(
        "Low-grade [[Chondrosarcoma]]: small", "[[Chondrosarcoma]]: large", Chondrosarcoma="It grows.\n"
    )
    assert len(found) == 2
    assert found[0].casefold() == "low-grade chondrosarcoma"
    assert found[1] == "Chondrosarcoma"


def test_an_abbreviation_of_two_things_is_neither() -> None:
    alias = "---\naliases: [GCT]\n---\nIt is a tumour.\n"
    reading = read(
        {
            "Giant cell tumour.md": alias,
            "Granular cell tumour.md": alias,
            "Hub.md": listed("GCT: lytic"),
        }
    )
    assert reading.pairs("related") == ["Hub -> GCT"]
    assert {"ambiguous-name", "shared-label"} <= reading.slugs()
    assert reading.pairs("altLabel") == []
    assert reading.pairs("hiddenLabel") == ['Giant cell tumour -> "GCT"', 'Granular cell tumour -> "GCT"']


def test_an_abbreviation_means_what_the_same_note_says_it_means() -> None:
    one = "Giant cell tumour (GCT): lytic"
    two = "Granular cell tumour (GCT): skin"
    reading = read({"A.md": listed(one), "B.md": listed(two), "C.md": listed("GCT: which")})
    assert reading.pairs("related")[:2] == ["A -> Giant cell tumour", "B -> Granular cell tumour"]
    assert "C -> GCT" in reading.pairs("related")


@pytest.mark.parametrize("first", ["A", "Z"])
def test_an_abbreviation_beside_a_name_is_known_in_other_notes(first: str) -> None:
    full = "Undifferentiated pleomorphic sarcoma (UPS): old people"
    reading = read({f"{first}.md": listed(full), "M.md": listed("UPS: deep")})
    assert sorted(reading.pairs("related")) == [
        f"{name} -> Undifferentiated pleomorphic sarcoma" for name in sorted((first, "M"))
    ]
    assert "Undifferentiated pleomorphic sarcoma" in concepts(reading)
    assert "UPS" not in concepts(reading)


def test_no_two_concepts_share_a_label() -> None:
    reading = read(
        {
            "Osteoblastoma.md": "---\naliases: [OB, Osteoma]\n---\nIt is large.\n",
            "Osteoma.md": "---\naliases: [OB, Ivory exostosis]\n---\nIt is dense.\n",
            "Hub.md": listed("ivory exostoses: skull", "OB: what", "osteoma: dense"),
        }
    )
    shown: dict[str, str] = {}
    for subject, properties in reading.graph.subjects.items():
        if SKOS.Concept in properties.get(RDF.type, ()):
            for term in (*properties[SKOS.prefLabel], *properties.get(SKOS.altLabel, ())):
                assert isinstance(term, Literal)
                assert shown.setdefault(term.value.casefold(), subject) == subject
    assert "Hub -> Osteoma" in reading.pairs("related")


def test_a_thing_is_no_kind_or_differential_of_itself() -> None:
    reading = read(
        "## Types\n- [[Marrow disease]]\n- Marrow diseases\n- Focal marrow disease\n\n" + listed("Marrow disease")
    )
    assert reading.pairs("narrower") == ["Marrow disease -> Focal marrow disease"]
    assert reading.pairs("related") == []


def test_a_stub_is_called_as_most_notes_call_it() -> None:
    items = ["haemangioma", "Hemangioma", "haemangioma", "Haemangiomas"]
    for number, order in enumerate(permutations(items)):
        if number % 5 == 0:
            reading = read({f"{'ABCD'[i]}.md": listed(f"{item}: x") for i, item in enumerate(order)})
            assert "Haemangioma" in concepts(reading)


# Composed labels


def test_bare_qualifiers_get_labels_that_stand_alone() -> None:
    reading = read({"Renal cell carcinoma.md": "## Subtypes\n- Clear cell\n- Papillary\n- Chromophobe\n- Oncocytoma\n"})
    assert reading.objects("narrower") == [
        "Clear cell renal cell carcinoma",
        "Papillary renal cell carcinoma",
        "Chromophobe renal cell carcinoma",
        "Oncocytoma",
    ]
    assert reading.objects("hiddenLabel") == ['"Clear cell"', '"Papillary"', '"Chromophobe"']


def test_the_same_qualifier_below_two_parents_makes_two_concepts() -> None:
    kinds = "## Classification\n- Primary\n- Secondary\n"
    reading = read({"Osteoporosis.md": kinds, "Osteonecrosis.md": kinds})
    assert reading.pairs("narrower") == [
        "Osteonecrosis -> Primary osteonecrosis",
        "Osteonecrosis -> Secondary osteonecrosis",
        "Osteoporosis -> Primary osteoporosis",
        "Osteoporosis -> Secondary osteoporosis",
    ]


def test_a_composed_label_meets_the_note_of_that_name() -> None:
    reading = read(
        {"Osteoporosis.md": "## Classification\n- Primary\n- Secondary\n", "Primary osteoporosis.md": "It is common.\n"}
    )
    assert concepts(reading) == ["Osteoporosis", "Primary osteoporosis", "Secondary osteoporosis"]
    child = next(s for s in reading.graph.subjects if reading.name(s) == "Primary osteoporosis")
    assert reading.graph.objects(child, ADMS.status) == (ADMS.Completed,)


# Stubs


def test_a_name_without_a_note_is_marked_as_a_candidate() -> None:
    reading = read({"Hub.md": listed("[[Osteoma]]: a", "Unknown fibroma: b"), "Osteoma.md": "It is dense.\n"})
    state = {reading.name(s): p[ADMS.status] for s, p in reading.graph.subjects.items() if ADMS.status in p}
    assert state == {
        "Hub": (ADMS.Completed,),
        "Osteoma": (ADMS.Completed,),
        "Unknown fibroma": (ADMS.UnderDevelopment,),
    }


def test_stubs_can_be_left_out_with_all_that_is_said_of_them() -> None:
    notes = {
        "Hub.md": "## Types\n- Type I: a\n- Type II: b\n\n" + listed("[[Osteoma]]: ivory", "Unknown fibroma: grey"),
        "Osteoma.md": "It is dense.\n",
    }
    config = Config()
    reading = read(notes, replace(config, output=replace(config.output, stubs="exclude")))
    assert concepts(reading) == ["Hub", "Osteoma"]
    assert reading.pairs("related") == ["Hub -> Osteoma"]
    known = set(reading.graph.subjects) | {config.scheme.base}
    own = [t for t in reading.graph if isinstance(t.object, str) and t.object.startswith(config.scheme.base)]
    assert own
    assert [t for t in own if t.object not in known] == []
    assert reading.objects("distinguishedBy") == ['"ivory"']
