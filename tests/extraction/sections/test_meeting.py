"""Which names meet in one concept, and which stay apart, whatever they look like; on invented notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading import read

from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph


def concepts(graph: Graph) -> list[str]:
    """Return the preferred labels of all concepts."""
    found = []
    for iri in graph.subjects:
        if SKOS.Concept in graph.objects(iri, RDF.type):
            found += [label.value for label in graph.objects(iri, SKOS.prefLabel) if isinstance(label, Literal)]
    return sorted(found)


def in_two_notes(first: str, second: str) -> list[str]:
    """Return the concepts beside two notes' own that a differential in each makes."""
    notes = {"Wrist pain.md": f"## DDx\n- {first}\n", "Ankle pain.md": f"## DDx\n- {second}\n"}
    return [label for label in concepts(read(notes).graph) if not label.endswith(" pain")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Soft-tissue tumour", "Soft tissue tumors"),
        ("Haemangioma", "Hemangiomas"),
        ("Metastases", "Metastasis"),
        ("Paget's disease", "Paget disease"),
        ("Oesophageal leiomyoma", "Esophageal leiomyoma"),
        ("[[Vault/Moved/Osteoid osteoma]]", "osteoid osteoma"),
        ("**Stress fracture**: linear", "Stress fractures (linear)"),
        ("Aneurysmal bone cyst (ABC)", "aneurysmal bone cysts"),
        ("Generalised lymphadenopathy", "Generalized lymphadenopathy"),
    ],
)
def test_spellings_meet_in_one_concept(first: str, second: str) -> None:
    assert len(in_two_notes(first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Osteoma", "Osteosarcoma"),
        ("Giant cell tumour", "Granular cell tumour"),
        ("Giant cell tumour (GCT)", "Granular cell tumour (GCT)"),
        ("Low-grade [[Chondrosarcoma]]", "[[Chondrosarcoma]]"),
        ("Chronic osteomyelitis", "Acute osteomyelitis"),
        ("Simple bone cyst", "Aneurysmal bone cyst"),
        ("Enchondroma", "Ecchondroma"),
        ("Type I endoleak", "Type II endoleak"),
        ("Myositis", "Myelitis"),
        ("Lymphangioma", "Lymphoma"),
        ("Hypoplasia of the thumb", "Hyperplasia of the thumb"),
        ("Dorsal intercalated segment instability (DISI)", "Volar intercalated segment instability (VISI)"),
    ],
)
def test_names_that_merely_look_alike_stay_two(first: str, second: str) -> None:
    assert len(in_two_notes(first, second)) == 2


def test_one_abbreviation_of_two_things_merges_neither() -> None:
    notes = {
        "Giant cell tumour (GCT).md": "A tumour of giant cells.\n",
        "Granular cell tumour (GCT).md": "A tumour of Schwann cells.\n",
        "Wrist pain.md": "## DDx\n- [[Giant cell tumour (GCT)|GCT]]\n- [[Granular cell tumour (GCT)]]\n",
    }
    reading = read(notes)
    assert reading.objects("related", "differential") == ["Giant cell tumour", "Granular cell tumour"]
    assert "shared-label" in reading.slugs()


def test_an_ambiguous_abbreviation_is_not_guessed() -> None:
    notes = {
        "Giant cell tumour.md": "---\naliases: [GCT]\n---\nA tumour.\n",
        "Granular cell tumour.md": "---\naliases: [GCT]\n---\nA tumour.\n",
        "Wrist pain.md": "## DDx\n- GCT\n",
    }
    related = read(notes).objects("related", "differential")
    assert "Giant cell tumour" not in related
    assert "Granular cell tumour" not in related


def test_an_unambiguous_alias_leads_to_its_note() -> None:
    notes = {
        "Giant cell tumour.md": "---\naliases: [GCT]\n---\nA tumour.\n",
        "Wrist pain.md": "## DDx\n- GCT\n- Gout\n",
    }
    assert read(notes).objects("related", "differential") == ["Giant cell tumour", "Gout"]


def test_abbreviations_defined_in_the_text_are_known_there() -> None:
    text = "## DDx\n- Aneurysmal bone cyst (ABC): fluid levels\n\n## Mimics\n- ABC\n"
    assert read({"Wrist pain.md": text}).objects("related", "differential") == ["Aneurysmal bone cyst"]


def test_two_notes_of_one_name_become_two_concepts_with_qualifiers() -> None:
    reading = read({"Kidney/Cyst.md": "A cavity of the kidney.\n", "Bone/Cyst.md": "A cavity of bone.\n"})
    assert concepts(reading.graph) == ["Cyst (Bone)", "Cyst (Kidney)"]
    assert "duplicate-note-name" in reading.slugs()


@pytest.mark.parametrize(
    ("title", "text", "labels"),
    [
        (
            "Renal cell carcinoma",
            "## Types\n- Clear cell\n- Papillary\n",
            ["Clear cell renal cell carcinoma", "Papillary renal cell carcinoma"],
        ),
        (
            "Choledochal cyst",
            "## Todani classification\n- Type I\n- Type IVa\n",
            ["Choledochal cyst type I", "Choledochal cyst type IVa"],
        ),
        (
            "Osteoporosis",
            "## Classification\n- Regional\n- Generalised\n",
            ["Regional osteoporosis", "Generalised osteoporosis"],
        ),
        (
            "Osteoporosis",
            "## Types\n- Regional osteoporosis\n- Primary generalised osteoporosis\n",
            ["Regional osteoporosis", "Primary generalised osteoporosis"],
        ),
        (
            "Paget disease",
            "## Types\n- Juvenile\n- Monostotic\n",
            ["Juvenile Paget disease", "Monostotic Paget disease"],
        ),
        ("Gout", "## Types\n- Primary\n- Secondary to drugs\n", ["Primary gout", "Gout secondary to drugs"]),
        ("Bone cyst", "## Types\n- [[Aneurysmal bone cyst]]\n- Simple\n", ["Aneurysmal bone cyst", "Simple bone cyst"]),
        (
            "Thyroid carcinoma",
            "## Types\n- Papillary carcinoma\n- Medullary carcinoma\n",
            ["Papillary carcinoma", "Medullary carcinoma"],
        ),
        (
            "Hydronephrosis",
            "## Grades\n- Grade 1: pelvis\n- Grade 2: calyces\n",
            ["Hydronephrosis grade 1", "Hydronephrosis grade 2"],
        ),
        (
            "Lodwick classification (original)",
            "- IA: sclerotic\n- IB: sharp\n",
            ["Lodwick type IA (original)", "Lodwick type IB (original)"],
        ),
    ],
)
def test_labels_stand_alone_and_are_english(title: str, text: str, labels: list[str]) -> None:
    found = read({f"{title}.md": text}).objects("narrower", "classification")
    assert [label for label in found if label != title] == labels


def test_no_two_concepts_share_a_preferred_label() -> None:
    notes = {
        "Osteoporosis.md": "## Types\n- Regional\n    - Transient\n- Generalised\n    - Transient\n",
        "Oedema.md": "## Types\n- Regional\n- Transient\n\n## DDx\n- Regional osteoporosis\n",
    }
    labels = concepts(read(notes).graph)
    assert len({label.casefold() for label in labels}) == len(labels)
    assert "Transient" not in labels
    assert "Regional" not in labels


def test_the_words_as_written_are_found_again_as_hidden_labels() -> None:
    reading = read({"Osteoporosis.md": "## Types\n- Regional\n- Generalised\n"})
    assert 'Regional osteoporosis -> "Regional"' in reading.pairs("hiddenLabel")


def test_a_stub_takes_the_spelling_written_most_often() -> None:
    notes = {
        f"Note {n} pain.md": f"## DDx\n- {w}\n" for n, w in enumerate(["Hemangioma", "Haemangioma", "Haemangioma"])
    }
    assert "Haemangioma" in concepts(read(notes).graph)
