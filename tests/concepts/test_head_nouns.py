"""Subtypes inferred from names, and the concepts at which a tree starts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading import Reading, read

from skosify_rad.checks.validate import validate
from skosify_rad.model.config import Config, Hierarchy
from skosify_rad.model.namespaces import SKOS


def inferred(reading: Reading) -> list[str]:
    """Return `parent > child` for every inferred pair."""
    pairs = [triple for triple, pieces in reading.sources.items() if any(p.rule == "head-noun" for p in pieces)]
    return sorted(
        f"{reading.name(t.subject)} > {reading.name(t.object)}" for t in pairs if t.predicate == SKOS.narrower
    )


def tops(reading: Reading) -> list[str]:
    return sorted(reading.name(term) for term in reading.graph.objects(reading.graph.scheme, SKOS.hasTopConcept))


def test_a_name_is_below_the_longest_label_that_is_its_head() -> None:
    notes = dict.fromkeys(("Lymphoma.md", "Hodgkin lymphoma.md", "Nodular Hodgkin lymphoma.md"), "Text.\n")
    expected = ["Hodgkin lymphoma > Nodular Hodgkin lymphoma", "Lymphoma > Hodgkin lymphoma"]
    assert inferred(read(notes)) == expected
    assert inferred(read(notes, replace(Config(), hierarchy=Hierarchy(infer=False)))) == []


def test_what_follows_a_preposition_is_no_head() -> None:
    notes = dict.fromkeys(("Osteoporosis.md", "DXA scan for osteoporosis.md", "Osteoporosis of the hip.md"), "Text.\n")
    assert inferred(read(notes)) == ["Osteoporosis > Osteoporosis of the hip"]


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("Kidney", "Horseshoe kidney"),
        ("Abdomen", "Acute abdomen"),
        ("Liver", "Fatty liver"),
        ("Osteoma", "Osteoid osteoma"),
        ("Fracture", "Stress reaction or fracture"),
        ("Fracture", "Dislocation, no fracture"),
    ],
)
def test_heads_that_are_not_what_the_name_is_a_subtype_of(parent: str, child: str) -> None:
    assert inferred(read({f"{parent}.md": "Text.\n", f"{child}.md": "Text.\n"})) == []


def test_a_general_noun_needs_a_note() -> None:
    listing = {"Effusion.md": "## Differential diagnosis\n- Tumour\n- Pleural tumour\n"}
    assert inferred(read(listing)) == []
    assert inferred(read({**listing, "Tumour.md": "Text.\n"})) == ["Tumour > Pleural tumour"]


def test_what_notes_state_wins() -> None:
    notes = {"Carcinoma.md": "Text.\n", "Thymic carcinoma.md": "## Differential diagnosis\n- Carcinoma\n"}
    assert inferred(read(notes)) == []
    notes = {"Carcinoma.md": "Text.\n", "Thymic tumour.md": "## Types\n- Thymic carcinoma\n- Thymic carcinoid\n"}
    assert inferred(read(notes)) == []
    notes = {"Thymic carcinoma.md": "## Types\n- [[Carcinoma]]\n- [[Thymoma]]\n", "Carcinoma.md": "Text.\n"}
    assert inferred(read(notes)) == []


def test_no_differential_comes_to_stand_above_or_below_its_partner() -> None:
    notes = {
        "Neoplasm.md": "## Types\n- [[Carcinoma]]\n- [[Sarcoma]]\n",
        "Carcinoma.md": "Text.\n",
        "Thymic carcinoma.md": "## Types\n- [[Keratinising variant]]\n- [[Basaloid variant]]\n",
        "Basaloid variant.md": "## Differential diagnosis\n- [[Neoplasm]]\n",
    }
    assert inferred(read(notes)) == []
    notes["Basaloid variant.md"] = "Text.\n"
    assert inferred(read(notes)) == ["Carcinoma > Thymic carcinoma"]


def test_no_stated_parent_becomes_redundant() -> None:
    notes = {
        "Fracture.md": "## Types\n- [[Insufficiency fracture]]\n- [[Open fracture]]\n",
        "Stress fracture.md": "## Types\n- [[Insufficiency fracture]]\n- [[Fatigue fracture]]\n",
    }
    assert inferred(read(notes)) == []


def test_an_inference_is_no_mention_in_a_note() -> None:
    reading = read({"Pain.md": "## Differential diagnosis\n- Metastasis\n- Bone metastasis\n"})
    assert inferred(reading) == ["Metastasis > Bone metastasis"]
    assert "wanted-note" not in {d.rule.slug for d in validate(reading.graph, reading.sources, Config())}


def test_differentials_without_a_note_are_no_top_concepts() -> None:
    reading = read({"Gout.md": "## Differential diagnosis\n- Pseudogout\n- Septic arthritis\n"})
    assert tops(reading) == ["Gout"]
    assert reading.objects("related") == ["Pseudogout", "Septic arthritis"]


def test_a_scheme_of_stubs_has_top_concepts() -> None:
    assert tops(read({"Pseudogout vs septic arthritis.md": "Text.\n"})) == ["Pseudogout", "Septic arthritis"]
