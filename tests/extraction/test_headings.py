"""What headings and introducing sentences announce: kinds, differentials, properties, and none of them."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.headings import announce, announce_sentence, principle
from skosify_rad.model.config import Extraction
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.inline import Inline, parse_inline

TITLE = "Renal cell carcinoma"


def purpose(text: str, title: str = TITLE, extraction: Extraction | None = None) -> Purpose:
    return announce(parse_inline(text), title, extraction or Extraction()).purpose


@pytest.mark.parametrize(
    "text",
    [
        "Classification",
        "Classifications",
        "classification:",
        "**Classification**",
        "Types",
        "Sub-types",
        "Main subtypes",
        "Common types and variants",
        "Histological subtypes (WHO 2022)",
        "WHO classification 2022",
        "3. Types",
        "3) Types",
        "IV. Staging",
        "🔬 Types",
        "Types – table",
        "Types of renal cell carcinoma",
        "Types of RCC",
        "Types (n = 4)",
        "Grading",
        "TNM staging",
        "Morphological variants",
        "What types are there?",
        "Sites/types",
        "Classification by histology",
        "Categories",
        "Three main forms",
        "Phenotypes",
        "Clinical forms",
    ],
)
def test_kinds_are_announced(text: str) -> None:
    assert purpose(text) is Purpose.CLASSIFICATION


@pytest.mark.parametrize(
    "text",
    [
        "Types of imaging",
        "Staging workup",
        "Staging investigations",
        "Treatment types",
        "Imaging features by type",
        "Imaging and types",
        "Types of contrast agents",
        "Grading of evidence",
        "Type of surgery",
        "Enhancement pattern",
        "Patterns of calcification",
        "Reporting system",
        "Typical features",
        "Prognosis by stage",
        "Family history",
        "Immune system",
        "Forms of treatment",
        "Causes",
        "Location",
        "Risk groups of patients",
    ],
)
def test_types_of_something_else_are_not(text: str) -> None:
    announced = announce(Inline(text), TITLE, Extraction())
    assert announced.purpose is not Purpose.CLASSIFICATION or not announced.sure or announced.strict


@pytest.mark.parametrize(
    "text",
    [
        "Differential diagnosis",
        "Differential diagnoses",
        "Differentials",
        "Differential considerations",
        "DDx",
        "DDx:",
        "D.D.",
        "D/D:",
        "DD",
        "Ddx (short list)",
        "Key differentials",
        "Top 3 differentials",
        "⚠️ Mimics",
        "Mimickers",
        "Look-alikes",
        "Main imaging mimics",
        "Other diagnoses to consider",
        "Also consider",
        "Not to be confused with",
        "Can be mistaken for",
        "Similar lesions",
        "What else could it be?",
        "Alternative diagnoses",
        "Other renal masses",
        "Diagnostic considerations",
        "Differential diagnosis of renal cell carcinoma",
        "False positives",
    ],
)
def test_differentials_are_announced(text: str) -> None:
    assert purpose(text) is Purpose.DIFFERENTIAL


@pytest.mark.parametrize(
    "text",
    [
        "Differentiating features",
        "Differential enhancement",
        "Differential blood count",
        "Differential diagnostic clues",
        "How to differentiate",
        "Differentiation grade",
        "Well differentiated tumours",
        "Imaging considerations",
        "Diagnosis",
        "Diagnostic criteria",
        "Added value",
        "Muddy water",
        "Add-on",
        "Dd of numbers",
    ],
)
def test_what_only_sounds_like_a_differential_is_none(text: str) -> None:
    assert purpose(text) is not Purpose.DIFFERENTIAL


def test_a_differential_of_something_else_says_whose() -> None:
    found = announce(Inline("DDx of osteopenia"), TITLE, Extraction())
    assert found == Announced(Purpose.DIFFERENTIAL, "osteopenia")
    assert announce(Inline("DDx of Renal cell carcinomas"), TITLE, Extraction()).of == ""


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Cyst vs abscess", ("Cyst", "abscess")),
        ("Cyst versus abscess:", ("Cyst", "abscess")),
        ("Cyst vs. abscess vs tumour", ("Cyst", "abscess", "tumour")),
        ("vs oncocytoma", (TITLE, "oncocytoma")),
    ],
)
def test_comparisons_have_sides(text: str, sides: tuple[str, ...]) -> None:
    found = announce(Inline(text), TITLE, Extraction())
    assert (found.purpose, found.sides) == (Purpose.COMPARISON, sides)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Definition", Purpose.DEFINITION),
        ("What is it?", Purpose.DEFINITION),
        ("What is renal cell carcinoma", Purpose.DEFINITION),
        ("Terminology", Purpose.DEFINITION),
        ("Synonyms", Purpose.SYNONYMS),
        ("Also known as", Purpose.SYNONYMS),
        ("A.k.a.", Purpose.SYNONYMS),
        ("Overview", Purpose.OVERVIEW),
        ("General introduction", Purpose.OVERVIEW),
        ("TL;DR", Purpose.OVERVIEW),
        ("At a glance", Purpose.OVERVIEW),
        ("Imaging", Purpose.PROPERTY),
        ("Aetiology & pathogenesis", Purpose.PROPERTY),
        ("Etiology", Purpose.PROPERTY),
        ("CT", Purpose.PROPERTY),
        ("Exam pearls", Purpose.PROPERTY),
        ("Clear cell carcinoma", Purpose.NONE),
        ("Type III - graft", Purpose.NONE),
        ("Grade 2", Purpose.NONE),
        ("Examples", Purpose.NONE),
        ("", Purpose.NONE),
        ("…", Purpose.NONE),
    ],
)
def test_other_headings(text: str, expected: Purpose) -> None:
    assert purpose(text) is expected


@pytest.mark.parametrize("text", ["Grading", "Fuhrman grade", "Staging", "Mirels score"])
def test_scales_know_their_steps(text: str) -> None:
    assert announce(Inline(text), TITLE, Extraction()).scale in ("grade", "stage", "score")


def test_a_heading_that_counts_says_how_many() -> None:
    assert announce(Inline("Three types"), TITLE, Extraction()).number == 3
    assert announce(Inline("4 main subtypes"), TITLE, Extraction()).number == 4
    assert announce(Inline("Types"), TITLE, Extraction()).number == 0


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("classification_headings", Purpose.CLASSIFICATION),
        ("differential_headings", Purpose.DIFFERENTIAL),
        ("definition_headings", Purpose.DEFINITION),
        ("synonym_headings", Purpose.SYNONYMS),
        ("ignore_headings", Purpose.PROPERTY),
    ],
)
def test_the_author_has_the_last_word(key: str, expected: Purpose) -> None:
    mine = Extraction(**{key: ("Exam pearl", "MX")})
    for text in ("Exam pearls", "3. EXAM PEARLS:", "🔬 My exam pearls here", "Mx"):
        assert purpose(text, extraction=mine) is expected
    for text in ("Exam", "Pearls", "Mxd types of exam"):
        assert purpose(text, extraction=mine) is purpose(text)


def test_the_author_outweighs_what_a_heading_says() -> None:
    assert purpose("Classification", extraction=Extraction(ignore_headings=("Classification",))) is Purpose.PROPERTY
    assert purpose("Imaging", extraction=Extraction(differential_headings=("Imaging",))) is Purpose.DIFFERENTIAL


@pytest.mark.parametrize(
    "text",
    [
        "It can be divided into:",
        "Classified as",
        "There are three types:",
        "It is subdivided into two groups",
        "Two main forms are known:",
        "Types include:",
        "It falls into several categories",
        "It comes in two forms",
        "is graded as:",
    ],
)
def test_sentences_that_divide(text: str) -> None:
    assert announce_sentence(text, TITLE).purpose is Purpose.CLASSIFICATION


@pytest.mark.parametrize(
    "text",
    [
        "It was divided by the surgeon.",
        "It is classified using CT",
        "Three types of imaging are used:",
        "It is often seen in adults:",
        "Complications include:",
        "Causes are:",
        "",
    ],
)
def test_sentences_that_do_not(text: str) -> None:
    assert announce_sentence(text, TITLE).purpose is Purpose.NONE


@pytest.mark.parametrize(
    "text",
    [
        "DDx:",
        "D/D:",
        "The main differentials are:",
        "Mimics include",
        "Also consider:",
        "The differential diagnosis includes:",
    ],
)
def test_sentences_that_name_differentials(text: str) -> None:
    assert announce_sentence(text, TITLE).purpose is Purpose.DIFFERENTIAL


@pytest.mark.parametrize(
    ("text", "word"),
    [("By location:", "location"), ("**Based on histology**", "histology"), ("According to course", "course")],
)
def test_principles_of_division(text: str, word: str) -> None:
    assert principle(parse_inline(text)) == word
    assert purpose(text) is not Purpose.CLASSIFICATION


@pytest.mark.parametrize("text", ["Location", "Bystander lesion", "Types by location", ""])
def test_what_is_no_principle(text: str) -> None:
    assert principle(Inline(text)) == ""


def test_what_the_title_decides_is_not_remembered_for_other_notes() -> None:
    for heading in ("DDx of osteoma", "Types of osteoma", "vs osteoma", "Not osteoma"):
        first = [announce(Inline(heading), title, Extraction()) for title in ("Osteoma", "Gout")]
        again = [announce(Inline(heading), title, Extraction()) for title in ("Gout", "Osteoma")]
        assert first == again[::-1]
        assert first[0] != first[1]


def test_configured_headings_hold_for_their_configuration_only() -> None:
    configured = Extraction(classification_headings=("Menagerie",))
    assert purpose("Menagerie", extraction=configured) is Purpose.CLASSIFICATION
    assert purpose("Menagerie") is Purpose.NONE
    assert purpose("Menagerie", extraction=configured) is Purpose.CLASSIFICATION
