"""English: adjectives, heads, remarks, attributes, sentences; each with words that trick their endings."""

from __future__ import annotations

import pytest

from skosify_rad.language.english import (
    has_verb,
    head_noun,
    is_adjective,
    is_attribute,
    is_kind_adjective,
    is_qualifier,
    is_remark,
    lower_first,
    names_a_thing,
    sentences,
    shares_head,
)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Transient osteoporosis of the hip", "osteoporosis"),
        ("Stress fractures", "fracture"),
        ("Myelolipoma (of the adrenal gland)", "myelolipoma"),
        ("Fracture due to osteoporosis", "fracture"),
        ("Carcinoma in situ", "carcinoma"),
        ("Haemangioma", "hemangioma"),
        ("", ""),
    ],
)
def test_the_head_is_what_a_name_is_a_kind_of(name: str, head: str) -> None:
    assert head_noun(name) == head


@pytest.mark.parametrize(
    "word",
    "Generalised Cortical Desmoid-type Congenital Fibrous Sclerosing Clear-cell Acute Left Displaced Saccular".split(),
)
def test_adjectives(word: str) -> None:
    assert is_adjective(word)


@pytest.mark.parametrize(
    "word",
    (
        "Ligament Fibroma Hospital Cancer Artery Canal Steroid Ring Staging Implant Bed Olive Thyroid Sinus Disease"
        " Plant Segment Signal"
    ).split(),
)
def test_nouns_that_end_like_adjectives(word: str) -> None:
    assert not is_adjective(word)


@pytest.mark.parametrize(
    "name",
    [
        "Clear cell",
        "Secondary to hyperaemia",
        "Generalised",
        "Low grade",
        "Large cell",
        "Due to drugs",
        "Well differentiated",
    ],
)
def test_qualifiers_cannot_stand_alone(name: str) -> None:
    assert is_qualifier(name)


@pytest.mark.parametrize(
    "name", ["Oncocytoma", "Type I", "Bone island", "Carcinoma", "Focal disuse", "Gout", "Thymic carcinoma", ""]
)
def test_names_can(name: str) -> None:
    assert not is_qualifier(name)


@pytest.mark.parametrize(
    "name",
    [
        "Chronic osteomyelitis",
        "Ewing sarcoma",
        "Stress fractures",
        "Codman sign",
        "Osteitis condensans",
        "Tear of the meniscus",
    ],
)
def test_names_of_things(name: str) -> None:
    assert names_a_thing(name)


@pytest.mark.parametrize(
    "name", ["Older patients", "Distal femur", "Bright on T2", "Imaging", "", "Trauma surgeon", "Contrast agent"]
)
def test_names_of_no_disease(name: str) -> None:
    assert not names_a_thing(name)


@pytest.mark.parametrize(
    "name",
    [
        "Age",
        "Common sites",
        "Imaging features",
        "MRI",
        "T1",
        "Key differential features",
        "Signal/enhancement",
        "Treatment",
    ],
)
def test_attributes_label_properties(name: str) -> None:
    assert is_attribute(name)


@pytest.mark.parametrize(
    "name", ["Bone island", "Mixed type", "Gout", "Metastasis", "Osteoma", "Ring", "High-grade", ""]
)
def test_things_are_no_attributes(name: str) -> None:
    assert not is_attribute(name)


@pytest.mark.parametrize(
    "text",
    [
        "Usually in adults",
        "Lesion is lytic",
        "Size >2 cm",
        "Often bilateral",
        "Without matrix",
        "More common in men",
        "5-10 %",
        "Depends on the age",
        "Ask for old films",
        "Shows a nidus",
        "In the epiphysis of a long bone",
        "The lesion that everybody remembers from the examination of last year",
    ],
)
def test_remarks(text: str) -> None:
    assert is_remark(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ewing sarcoma",
        "In situ carcinoma",
        "Secondary to trauma",
        "Not otherwise specified",
        "Onset psoriasis",
        "Inflammatory arthritis",
        "Isolated fracture",
        "Asthma",
    ],
)
def test_names_are_no_remarks(text: str) -> None:
    assert not is_remark(text)


def test_kinds_share_their_parents_head() -> None:
    assert shares_head("Tonsillar herniation", "Cerebral herniation")
    assert shares_head("Primary ABC", "Aneurysmal bone cyst")
    assert not shares_head("Herniation", "Cerebral herniation")
    assert not shares_head("Cerebral herniations", "Cerebral herniation")
    assert not shares_head("Cerebral abscess", "Cerebral herniation")


def test_adjectives_that_divide_diseases() -> None:
    assert is_kind_adjective(" Benign ")
    assert not is_kind_adjective("Lytic")
    assert not is_kind_adjective("Benign tumour")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Seen in bone, e.g. Femur. Rare.", ["Seen in bone, e.g. Femur.", "Rare."]),
        ("About 2.5 cm wide. Rare.", ["About 2.5 cm wide.", "Rare."]),
        ("Of Dr. Paget. Rare!", ["Of Dr. Paget.", "Rare!"]),
        ("No end", ["No end"]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Renal cell carcinoma", "renal cell carcinoma"),
        ("Paget disease", "Paget disease"),
        ("MRI artefact", "MRI artefact"),
        ("Osteoporosis", "osteoporosis"),
        ("Graves' disease", "Graves' disease"),
        ("T2 shine-through", "T2 shine-through"),
    ],
)
def test_a_name_inside_another_starts_small_unless_proper(name: str, inside: str) -> None:
    assert lower_first(name, lambda word: word == "renal") == inside


def test_verbs() -> None:
    assert has_verb("The lesion shows fat")
    assert not has_verb("Fatty lesion of the axis")
