"""Labels that stand alone: titles, scales, qualifiers and their parents."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skosify_rad.language.full_names import Title, compose, is_scale, needs_parent, read_title, stub_label


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Osteoma", Title("Osteoma")),
        ("  Osteoma \u00a0 of  bone", Title("Osteoma of bone")),
        ("Giant cell tumour (GCT)", Title("Giant cell tumour", ("GCT",))),
        ("Aneurysmal bone cyst (ABC)", Title("Aneurysmal bone cyst", ("ABC",))),
        ("Myelolipoma (of the adrenal gland)", Title("Myelolipoma (of the adrenal gland)")),
        ("Cyst (renal)", Title("Cyst (renal)")),
        ("Osteoporosis (overview)", Title("Osteoporosis")),
        ("Osteoporosis (summary)", Title("Osteoporosis")),
        ("(nothing before)", Title("(nothing before)")),
        ("Osteoma (", Title("Osteoma (")),
    ],
)
def test_titles(title: str, expected: Title) -> None:
    assert read_title(title) == expected


def test_an_abbreviation_that_stands_first_is_the_other_name_too() -> None:
    title = read_title("GCT (Giant cell tumour)")
    assert {title.preferred, *title.others} == {"GCT", "Giant cell tumour"}


@pytest.mark.parametrize(
    ("words", "parent", "expected"),
    [
        ("Clear cell", "Renal cell carcinoma", "Clear cell renal cell carcinoma"),
        ("Generalised", "Osteoporosis", "Generalised osteoporosis"),
        ("Type I", "Choledochal cyst", "Choledochal cyst type I"),
        ("Type IVa", "Choledochal cyst", "Choledochal cyst type IVa"),
        ("Benign phyllodes", "Phyllodes tumour", "Benign phyllodes tumour"),
        ("Secondary to hyperaemia", "Localised osteoporosis", "Localised osteoporosis secondary to hyperaemia"),
        ("Due to trauma", "Osteonecrosis", "Osteonecrosis due to trauma"),
        ("IA", "Lodwick classification (original)", "Lodwick type IA (original)"),
        ("Grade 2", "Kellgren grading", "Kellgren grade 2"),
        ("Primary", "Osteoma (of the skull)", "Primary osteoma (of the skull)"),
        ("Infantile variants", "Fibromatosis", "Infantile variant of fibromatosis"),
        ("Mild", "Marrow Enhancement (ME) - MRI", "Mild marrow enhancement"),
        ("Stage MS", "Neuroblastoma", "Neuroblastoma stage MS"),
    ],
)
def test_composed_labels_are_right_english(words: str, parent: str, expected: str) -> None:
    assert compose(words, parent, lambda word: word[:1].islower()) == expected


def test_proper_names_keep_their_capitals() -> None:
    assert compose("Primary", "Paget disease", lambda word: word != "paget") == "Primary Paget disease"
    assert compose("Atypical", "MRI artefact", lambda _: True) == "Atypical MRI artefact"


@pytest.mark.parametrize(
    ("words", "parent", "expected"),
    [
        ("Clear cell", "Renal cell carcinoma", True),
        ("Generalised", "Osteoporosis", True),
        ("Type I", "Choledochal cyst", True),
        ("Oncocytoma", "Renal tumour", False),
        ("Stress fracture", "Fracture", False),
        ("PI-RADS 4", "PI-RADS", False),
        ("Infantile variants", "Fibromatosis", True),
    ],
)
def test_what_needs_its_parent(words: str, parent: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    assert needs_parent(words, parent) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Lodwick classification", True), ("BI-RADS", True), ("Staging of bone tumours", False), ("Osteosarcoma", False)],
)
def test_scales(title: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_scale(title) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("low-grade glioma", "Low-grade glioma"), ("pT1 tumour", "pT1 tumour"), ("β cell", "β cell"), ("", "")],
)
def test_labels_of_stubs(words: str, expected: str) -> None:
    assert stub_label(words) == expected


@given(st.text(max_size=40), st.text(min_size=1, max_size=40))
@example("0", " ")
@example("IA", "\u200b")
def test_any_words_make_a_label(words: str, parent: str) -> None:
    label = compose(words, parent, lambda _: True)
    assert label == label.strip() or not words.strip()
    assert stub_label(stub_label(words)) == stub_label(words)
    assert read_title(parent).preferred or not parent.strip() or not parent.isprintable()
