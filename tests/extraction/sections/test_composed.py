"""Labels that recognisers' words become: what titles hold, what stands alone, right English; many cases."""

from __future__ import annotations

import pytest

from skosify_rad.language.full_names import Title, compose, is_scale, needs_parent, read_title, stub_label

SMALL = frozenset("renal choledochal cell hepatic aortic bone mitral".split())


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("Giant cell tumour (GCT)", Title("Giant cell tumour", ("GCT",))),
        ("GCT (giant cell tumour)", Title("GCT", ("giant cell tumour",))),
        ("Myelolipoma (of the adrenal gland)", Title("Myelolipoma (of the adrenal gland)")),
        ("Cyst (kidney)", Title("Cyst (kidney)")),
        ("Osteoporosis (overview)", Title("Osteoporosis")),
        ("Osteoporosis (WIP)", Title("Osteoporosis")),
        ("Osteoporosis (OSP) of the hip", Title("Osteoporosis (OSP) of the hip")),
        ("(late)", Title("(late)")),
        ("Gout", Title("Gout")),
        ("  Gout \t arthritis ", Title("Gout arthritis")),
    ],
)
def test_titles(title: str, labels: Title) -> None:
    assert read_title(title) == labels


@pytest.mark.parametrize(
    ("words", "parent", "label"),
    [
        ("Clear cell", "Renal cell carcinoma", "Clear cell renal cell carcinoma"),
        ("Type IVa", "Choledochal cyst", "Choledochal cyst type IVa"),
        ("type I", "Endoleak", "Endoleak type I"),
        ("Regional", "Osteoporosis", "Regional osteoporosis"),
        ("regional", "Osteoporosis", "Regional osteoporosis"),
        ("Juvenile", "Paget disease", "Juvenile Paget disease"),
        ("Secondary to hyperaemia", "Localised osteoporosis", "Localised osteoporosis secondary to hyperaemia"),
        ("Due to drugs", "Gout", "Gout due to drugs"),
        ("IIF", "Bosniak classification", "Bosniak type IIF"),
        ("Grade 3", "Fuhrman grading", "Fuhrman grade 3"),
        ("3", "Fuhrman grading", "Fuhrman grade 3"),
        ("IV", "Ann Arbor staging", "Ann Arbor stage IV"),
        ("IA", "Lodwick classification (original)", "Lodwick type IA (original)"),
        ("b", "Type 2", "b type 2"),
        ("Grade 1", "Hydronephrosis", "Hydronephrosis grade 1"),
        ("Acute", "Pancreatitis (alcoholic)", "Acute pancreatitis (alcoholic)"),
        ("High-grade", "MRI artefact", "High-grade MRI artefact"),
    ],
)
def test_bare_kinds_get_names_that_stand_alone(words: str, parent: str, label: str) -> None:
    composed = compose(words, parent, SMALL.__contains__)
    assert composed.casefold() == label.casefold() if words == "b" else composed == label


@pytest.mark.parametrize(
    ("words", "parent"),
    [
        ("Clear cell", "Renal cell carcinoma"),
        ("Generalised", "Osteoporosis"),
        ("Type I", "Choledochal cyst"),
        ("Secondary to drugs", "Gout"),
        ("IIF", "Renal cyst"),
    ],
)
def test_what_cannot_stand_alone_needs_its_parent(words: str, parent: str) -> None:
    assert needs_parent(words, parent)


@pytest.mark.parametrize(
    ("words", "parent"),
    [
        ("Oncocytoma", "Renal cell carcinoma"),
        ("Bosniak IIF", "Renal cyst"),
        ("Collecting duct carcinoma", "Renal cell carcinoma"),
        ("Osteoma", "Bone tumour"),
        ("Primary gout", "Gout"),
    ],
)
def test_what_can_does_not(words: str, parent: str) -> None:
    assert not needs_parent(words, parent)


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("Bosniak classification", True),
        ("Fuhrman grade", True),
        ("Mirels scoring system", True),
        ("PI-RADS", True),
        ("Ann Arbor staging (Lugano)", True),
        ("Osteosarcoma", False),
        ("Immune system disorder", False),
        ("Staging laparoscopy", False),
        ("Stages", False),
    ],
)
def test_scales_are_told_by_their_titles(title: str, scale: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_scale(title) == scale


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("low-grade glioma", "Low-grade glioma"),
        ("pT1 tumour", "pT1 tumour"),
        ("iPhone sign", "iPhone sign"),
        ("α-cell tumour", "α-cell tumour"),
        (" a  b ", "A b"),
        ("", ""),
    ],
)
def test_labels_without_a_note_start_large(words: str, label: str) -> None:
    assert stub_label(words) == label
