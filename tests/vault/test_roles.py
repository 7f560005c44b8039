"""Roles: what a title says a note is."""

from __future__ import annotations

import pytest

from skosify_rad.model.config import Extraction
from skosify_rad.vault.roles import Role, find_role


@pytest.mark.parametrize(
    "title",
    [
        "Osteoporosis",
        "Giant cell tumour (GCT)",
        "Bosniak classification",
        "Placenta accreta spectrum",
        "Codman triangle",
        "List-mode acquisition",
        "Mimicry artefact",
        "Metastasis",
        "Paget disease",
        "Multiple endocrine neoplasia",
        "Pulmonary arteriovenous malformations",
        "Signet ring sign",
        "Vshaped fracture",
    ],
)
def test_a_thing_is_a_concept(title: str) -> None:
    assert find_role(title, (), Extraction()) is Role.CONCEPT


@pytest.mark.parametrize(
    "title",
    [
        "List of lucent lesions",
        "Causes of osteosclerosis",
        "Approach to bone lesions",
        "How to read a chest radiograph",
        "Liver signpost",
        "Epiphyseal lesions",
        "Adrenal masses",
        "Mimics",
        "Bone lesions by location",
        "Arthritis overview",
        "Renal tumours comparison",
        "Cystic lung diseases spectrum",
    ],
)
def test_a_list_or_signpost_is_a_collection(title: str) -> None:
    assert find_role(title, (), Extraction()) is Role.LIST


@pytest.mark.parametrize("title", ["DDx of osteopenia", "Differential diagnosis of ring enhancement", "Haematuria ddx"])
def test_what_else_a_thing_could_be_is_a_differential(title: str) -> None:
    assert find_role(title, (), Extraction()) is Role.DIFFERENTIAL


@pytest.mark.parametrize("title", ["Gout vs pseudogout", "CT versus MRI", "A vs. B", "A VS B (knee)"])
def test_two_sides_are_a_comparison(title: str) -> None:
    assert find_role(title, (), Extraction()) is Role.COMPARISON


def test_a_home_page_is_nothing() -> None:
    assert find_role("Osteoporosis", ("gardenEntry",), Extraction()) is Role.INDEX
    assert find_role("Osteoporosis", ("garden",), Extraction()) is Role.CONCEPT


def test_the_author_names_lists_by_globs() -> None:
    globs = Extraction(list_titles=("My * things", "MOC ?"))
    assert find_role("My dense THINGS", (), globs) is Role.LIST
    assert find_role("Dense things", (), globs) is Role.CONCEPT
