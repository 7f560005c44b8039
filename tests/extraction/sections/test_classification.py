"""Kinds: what is one in which form, and what is none; on invented notes, beside the examples of the page."""

from __future__ import annotations

import pytest
from reading import read

from skosify_rad.model.config import Config, Extraction


def kinds(text: str, title: str = "Marrow disease", config: Config | None = None) -> list[str]:
    """Return `Parent -> Kind`, the title left out where it is the parent."""
    pairs = read({f"{title}.md": text}, config).pairs("narrower", "classification")
    return [pair.removeprefix(f"{title} -> ") for pair in pairs]


@pytest.mark.parametrize(
    "text",
    [
        "## Types\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "## Types\n1. Adipose osteoma\n2. Myeloid sarcoma\n",
        "## Types\n* Adipose osteoma\n\n* Myeloid sarcoma\n",
        "## Types\n- [ ] Adipose osteoma\n- [x] Myeloid sarcoma\n",
        "## Types\n- **Adipose osteoma**: fat\n- **Myeloid sarcoma**: green\n",
        "## Types\n- *Adipose osteoma*\n- *Myeloid sarcoma*\n",
        "## Types\n→ Adipose osteoma\n→ Myeloid sarcoma\n",
        "## Types\n• Adipose osteoma – fat\n• Myeloid sarcoma – green\n",
        "## Types\n**Adipose osteoma**: fat.\n\n**Myeloid sarcoma**: green.\n",
        "## Types\n### Adipose osteoma\nFat.\n### Myeloid sarcoma\nGreen.\n",
        "## Types\n#### 1. Adipose osteoma\n- Fat\n#### 2. Myeloid sarcoma\n- Green\n",
        "## Types\n| Type | Colour |\n|---|---|\n| Adipose osteoma | yellow |\n| Myeloid sarcoma | green |\n",
        "## Types\n| No | Type | Hue |\n|---|---|---|\n| 1 | Adipose osteoma | |\n| 2 | Myeloid sarcoma | |\n",
        "> [!note] Types\n> - Adipose osteoma\n> - Myeloid sarcoma\n",
        "> [!types]\n> - Adipose osteoma\n> - Myeloid sarcoma\n",
        "Types:\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "**Types**: adipose osteoma and myeloid sarcoma.\n",
        "Words.\n\nIt can be divided into:\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "There are two types: adipose osteoma and myeloid sarcoma.\n",
        "## Overview\n- There are two types:\n    - Adipose osteoma\n    - Myeloid sarcoma\n",
        "## Types\n\n%% a comment %%\n\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "## Types\nThe WHO knows these:\n\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "# Marrow disease\n## Types\n\t- Adipose osteoma\n\t- Myeloid sarcoma\n".replace("\t", ""),
    ],
)
def test_kinds_are_read_in_every_form(text: str) -> None:
    assert kinds(text) == ["Adipose osteoma", "Myeloid sarcoma"]


@pytest.mark.parametrize(
    "text",
    [
        "## Causes\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "## Associated tumours\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "## Imaging\n- Radiograph\n- MRI\n",
        "## Types of biopsy\n- Core biopsy\n- Fine needle biopsy\n",
        "## Staging workup\n- CT of the chest\n- Bone scan\n",
        "## Differential diagnosis\n### Types\n- Adipose osteoma\n- Myeloid sarcoma\n",
        "```\n## Types\n- Adipose osteoma\n```\n",
        "%%\n## Types\n- Adipose osteoma\n%%\n",
        "## Treatment\n### Types\n- Surgery\n- Radiotherapy\n",
        "## Complications\n- Pathological fracture\n- Marrow infarct\n",
        "## History\n- First seen in 1900\n- Named in 1950\n",
        "See [[Adipose osteoma]] and [[Myeloid sarcoma]].\n",
        "## Sites\n| Site | Share |\n|---|---|\n| Spine | half |\n| Pelvis | a third |\n",
        "## Types\n",
        "",
    ],
)
def test_other_lists_are_not(text: str) -> None:
    assert kinds(text) == []


def test_nesting_is_hierarchy_and_remarks_are_none() -> None:
    text = (
        "## Types\n- Myeloid neoplasm\n\t- Acute myeloid leukaemia\n\t\t- Blasts above 20 %\n\t\t- Usually in adults\n"
        "    - Chronic myeloid leukaemia\n- Lymphoid neoplasm\n  - Lymphoma: nodes\n"
    )
    assert kinds(text) == [
        "Myeloid neoplasm",
        "Myeloid neoplasm -> Acute myeloid leukaemia",
        "Myeloid neoplasm -> Chronic myeloid leukaemia",
        "Lymphoid neoplasm",
        "Lymphoid neoplasm -> Lymphoma",
    ]


def test_sub_headings_nest_too() -> None:
    benign, malignant = "- Adipose osteoma\n- Fibrous dysplasia\n", "- Myeloid sarcoma\n- Ewing sarcoma\n"
    text = f"In the marrow.\n\n## Types\n### Benign\n{benign}### Malignant\n{malignant}"
    assert kinds(text) == [
        "Benign marrow disease",
        "Benign marrow disease -> Adipose osteoma",
        "Benign marrow disease -> Fibrous dysplasia",
        "Malignant marrow disease",
        "Malignant marrow disease -> Myeloid sarcoma",
        "Malignant marrow disease -> Ewing sarcoma",
    ]


def test_a_kind_stands_on_its_own_line() -> None:
    reading = read("---\na: 1\n---\n\n## Types\n\n- Adipose osteoma,\n  seldom\n- Myeloid sarcoma\n")
    places = [(s.line, s.object) for s in reading.said("classification") if s.predicate == "narrower"]
    assert places == [(7, "Adipose osteoma"), (9, "Myeloid sarcoma")]


def test_principles_of_division_are_collections() -> None:
    course = "- By course\n    - Acute marrow disease\n    - Chronic marrow disease\n"
    site = "- By site\n    - Axial marrow disease\n    - Peripheral marrow disease\n"
    text = f"## Types\n{course}{site}"
    reading = read(text)
    assert reading.pairs("member", "classification") == [
        "Marrow disease by course -> Acute marrow disease",
        "Marrow disease by course -> Chronic marrow disease",
        "Marrow disease by site -> Axial marrow disease",
        "Marrow disease by site -> Peripheral marrow disease",
    ]
    assert len(reading.pairs("narrower")) == 4


def test_steps_of_a_scale_are_in_order_with_their_codes() -> None:
    reading = read({"Endoleak.md": "## Types\n- Type III: modular\n- Type I: seal\n- Type II: branch\n"})
    assert reading.pairs("notation", "classification") == [
        'Endoleak type III -> "III"',
        'Endoleak type I -> "I"',
        'Endoleak type II -> "II"',
    ]
    assert reading.pairs("member", "classification")[0] == "Endoleak, in order -> Endoleak type III"


def test_percentages_and_ages_are_no_steps() -> None:
    assert kinds(
        "## Types\n- 10 % of cases: familial\n- 20 % of cases: drugs\n- Myeloid sarcoma\n- Adipose osteoma\n"
    ) == [
        "Myeloid sarcoma",
        "Adipose osteoma",
    ]


def test_a_low_grade_kind_is_not_the_kind_itself() -> None:
    found = kinds("## Types\n- Low-grade [[Chondrosarcoma]]\n- [[Chondrosarcoma]]\n")
    assert len(found) == 2
    assert found[1] == "Chondrosarcoma"


def test_a_cycle_is_broken_and_told_with_both_places() -> None:
    reading = read(
        {"Alpha disease.md": "## Types\n- [[Beta disease]]\n", "Beta disease.md": "## Types\n- [[Alpha disease]]\n"}
    )
    assert len(reading.pairs("narrower")) == 1
    (found,) = [d for d in reading.diagnostics if d.rule.slug == "hierarchy-cycle"]
    assert found.second is not None
    assert {found.place.path, found.second.path} == {"Alpha disease.md", "Beta disease.md"}


def test_a_thing_is_no_kind_of_itself() -> None:
    assert kinds("## Types\n- Marrow disease\n- [[Marrow disease]]\n- Myeloid sarcoma\n") == ["Myeloid sarcoma"]


def test_the_author_has_the_last_word() -> None:
    mine = Config(extraction=Extraction(classification_headings=("Menagerie",), ignore_headings=("Types",)))
    assert kinds(
        "## The menagerie:\n- Adipose osteoma\n- Blue thing\n\n## Types\n- Myeloid sarcoma\n", config=mine
    ) == [
        "Adipose osteoma",
        "Blue thing",
    ]
    assert kinds("## Types\n%% rad2skos: section none %%\n- Myeloid sarcoma\n- Adipose osteoma\n") == []
    assert kinds("## Imaging %% rad2skos: section classification %%\n- Myeloid sarcoma\n- Blue thing\n") == [
        "Myeloid sarcoma",
        "Blue thing",
    ]


def test_nothing_is_lost_in_silence() -> None:
    reading = read(
        "## Types\n\n## Pattern\n- depends on the weather\n- and the sea\n\n"
        "## Variants\n- Myeloid sarcoma\n- Usually seen at night\n"
    )
    assert {"empty-section", "unread-section", "item-not-a-kind"} <= reading.slugs()


def test_deep_and_long_lists_are_read() -> None:
    deep = "## Types\n" + "".join(f"{'  ' * n}- Tumour {'x' * (n % 7)}{n}oma\n" for n in range(1000))
    assert kinds(deep)
    long = "## Types\n" + "".join(f"- Item {n} sarcoma\n" for n in range(3000))
    assert len(kinds(long)) == 3000


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("Pathology", "Histological subtypes"),
        ("Imaging", "Classification"),
        ("Clinical features", "Types"),
        ("Anatomy", "Variants"),
    ],
)
def test_kinds_stand_below_properties_too_where_they_read_as_kinds(above: str, heading: str) -> None:
    assert kinds(f"## {above}\n### {heading}\n- Adipose osteoma\n- Myeloid sarcoma\n") == [
        "Adipose osteoma",
        "Myeloid sarcoma",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## Treatment\n### Types\n- Open osteotomy\n- Closed osteotomy\n- **Acute**: now\n",
        "## Pathology\n### Types\n- Rubber band\n- Glue in the joint\n",
        "## Imaging\n### Typical pattern\n- **Fracture line**: dark\n- **Marrow oedema**: bright\n",
        "## Complications\n### Types\n- Acute abscess\n- Chronic abscess\n",
        "## Pathology %% rad2skos: section none %%\n### Types\n- Adipose osteoma\n- Myeloid sarcoma\n",
    ],
)
def test_types_of_a_property_are_none(text: str) -> None:
    assert kinds(text) == []


def test_an_ignored_heading_hides_what_is_below_it() -> None:
    mine = Config(extraction=Extraction(ignore_headings=("Imaging",)))
    assert kinds("## Imaging\n### Types\n- Adipose osteoma\n- Myeloid sarcoma\n", config=mine) == []


def test_stages_of_one_cancer_are_not_those_of_another() -> None:
    steps = "## Staging\n- TNM\n    - T1: small\n    - T2: large\n- FIGO\n    - IA: smaller\n    - IB: larger\n"
    found = read({"Renal carcinoma.md": steps, "Lung carcinoma.md": steps}).objects("narrower", "classification")
    assert len(found) == len(set(found)) == 8
    assert all(label.startswith(("Renal carcinoma stage", "Lung carcinoma stage")) for label in found)


def test_a_section_that_is_read_after_all_is_not_told() -> None:
    assert "unread-section" not in read("## Pattern\n- Stanford A\n- Stanford B\n").slugs()
