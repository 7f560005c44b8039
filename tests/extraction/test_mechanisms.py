"""Each mechanism of extraction on an invented note: what is read, below which parent, and what is left alone."""

from __future__ import annotations

import pytest
from extraction_edges import edges
from reading import make_note, read

from skosify_rad.extraction.announce import announce
from skosify_rad.extraction.extract import read_fully
from skosify_rad.model.config import Config, Extraction
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.links import Asking


@pytest.mark.parametrize(
    ("heading", "purpose"),
    [
        ("Histological subtypes (WHO 2021)", Purpose.KINDS),
        ("By location", Purpose.DIVISION),
        ("Key differentials", Purpose.DIFFERENTIAL),
        ("Gout vs pseudogout", Purpose.COMPARISON),
        ("Risk factors", Purpose.CAUSES),
        ("Imaging features", Purpose.FIELD),
        ("Differential tips", Purpose.FIELD),
        ("33.2 Wrist fractures", Purpose.NONE),
        ("Intestinal type", Purpose.NONE),
        ("分型", Purpose.KINDS),
        ("鑑別診斷", Purpose.DIFFERENTIAL),
    ],
)
def test_a_heading_announces(heading: str, purpose: Purpose) -> None:
    assert announce(heading, "Marrow disease", Extraction()).purpose is purpose


def test_kinds_stand_below_the_thing_their_section_names() -> None:
    text = "## 3.1 Elbow fracture\n### Types\n- Simple\n- Comminuted\n"
    text += "## 3.2 Knee dislocation\n### Types\n- Open\n- Closed\n"
    found = edges(text, "Limb imaging")
    assert {("Elbow fracture", "Simple"), ("Knee dislocation", "Open")} <= found
    assert not any(subject == "Limb imaging" for subject, _ in found)


def test_siblings_of_one_noun_are_kinds_unannounced() -> None:
    assert edges("## Dry gangrene\n\nText.\n\n## Wet gangrene\n\nText.\n", "Gangrene") == {
        ("Gangrene", "Dry gangrene"),
        ("Gangrene", "Wet gangrene"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "## Causes\n- Trauma\n- Infection\n",
        "## Imaging\n- Cortical thinning\n- Oedema\n",
        "> [!tip] Pearls\n> - Acute gout\n> - Chronic gout\n",
        "## Treatment\n### Types\n- Open reduction\n- Closed reduction\n",
        "- Seen in\n    - Gout\n    - Myeloma\n",
    ],
)
def test_causes_findings_and_asides_are_no_kinds(text: str) -> None:
    assert edges(text) == set()


def test_nothing_nests_below_a_stage() -> None:
    text = "**Stages:**\n\n**Stage 1: Oedema**\n- Effusion\n- Hyperaemia\n\n**Stage 2: Necrosis**\n- Sclerosis\n"
    assert edges(text) == {("Marrow disease", "Stage 1"), ("Marrow disease", "Stage 2")}


def test_numbered_criteria_are_the_steps_of_a_scale() -> None:
    found = edges("1. No uptake\n2. Uptake ≤ liver\n3. Uptake > liver\n", "Uptake scale")
    assert {words for _, words in found} == {"1", "2", "3"}


def test_what_is_said_of_a_kind_is_kept() -> None:
    text = "## Types\n- **Grade 1**: mild scarring\n- **Grade 2**: severe scarring\n"
    assert ("Grade 1", "mild scarring") in edges(text, predicate=SKOS.definition)
    text = "## Types\n- Acute marrow disease: mostly in the young\n- Chronic marrow disease: old patients\n"
    assert ("Acute marrow disease", "mostly in the young") in edges(text, predicate=SKOS.scopeNote)


@pytest.mark.parametrize(
    "text",
    [
        "## DDx\n- Gout\n- Myeloma\n",
        "- # Differential diagnosis #card\n  deck:: x\n\t- Gout\n\t- Myeloma\n",
        "> [!ddx]\n> - Gout\n> - Myeloma\n",
        "## Differentials\n### Diffuse\n- Gout\n### Focal\n- Myeloma\n",
        "The differential diagnosis includes gout and myeloma.\n",
    ],
)
def test_differentials_are_read_in_every_form(text: str) -> None:
    found = edges(text, predicate=SKOS.related)
    assert {(s, o.lower()) for s, o in found} == {("Marrow disease", "gout"), ("Marrow disease", "myeloma")}


def test_the_columns_of_a_comparison_are_differentials_with_what_their_cells_say() -> None:
    text = "|  | Gout | Septic arthritis |\n|---|---|---|\n| Onset | sudden | slow |\n"
    note = make_note("Gout.md", text, Config())
    reader, _ = read_fully(note, Asking(frozenset()), Config())
    said = [s for s in reader.statements if s.predicate in (SKOS.related, RAD.distinguishedBy)]
    found = [(s.subject.words, s.object.words, s.remark, s.place.line) for s in said if isinstance(s.object, Mention)]
    assert found == [
        ("Gout", "Septic arthritis", "", 1),
        ("Gout", "Septic arthritis", "Onset: slow", 3),
        ("Septic arthritis", "Gout", "Onset: sudden", 3),
    ]


def test_a_differential_note_relates_what_it_is_about() -> None:
    assert edges("- Gout\n- Myeloma\n", "Lytic lesion ddx", SKOS.related) == {
        ("Lytic lesion", "Gout"),
        ("Lytic lesion", "Myeloma"),
    }


def test_none_is_better_than_a_wrong_definition() -> None:
    assert edges("Usually in adults.\n", predicate=SKOS.definition) == set()
    assert edges("What is it?\n", predicate=SKOS.definition) == set()
    text = "A benign tumour of cartilage within the marrow.\n"
    assert edges(text, predicate=SKOS.definition) == {("Marrow disease", text.strip())}


def test_chinese_names_and_signs() -> None:
    text = "### 鑑別診斷（DDx）\n- **骨轉移／多發性骨髓瘤**：常見。\n"
    assert edges(text, predicate=SKOS.related) == {("Marrow disease", "骨轉移"), ("Marrow disease", "多發性骨髓瘤")}


def test_every_decision_keeps_its_reasons() -> None:
    reading = read("## Types\n- Acute marrow disease\n- Chronic marrow disease\n")
    said = [s for s in reading.statements if s.predicate == SKOS.narrower]
    assert said
    assert all("announced=1" in s.reasons and 0 < s.confidence < 1 for s in said)


@pytest.mark.parametrize(
    "text",
    [
        "Q: What are the types?\nA:\n- Wet marrow\n- Dry marrow\n",
        "Types::\n- Wet marrow\n- Dry marrow\n",
        "Subtypes:: Wet marrow, Dry marrow\n",
        "Marrow disease can be classified as Wet marrow or Dry marrow based on its fluid.\n",
        "It is rare. It is divided into two forms: Wet marrow and Dry marrow. It hurts.\n",
        "## Acute vs chronic\n- **Wet marrow**\n- **Dry marrow**\n",
        "Classified by fluid:\n- Wet marrow\n- Dry marrow\n",
    ],
)
def test_kinds_are_announced_in_questions_properties_and_sentences(text: str) -> None:
    found = edges(text)
    assert {(s, o) for s, o in found} == {("Marrow disease", "Wet marrow"), ("Marrow disease", "Dry marrow")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Benign\n: Marrow cyst\n: Marrow lipoma\n\nMalignant\n: Myeloma\n: Lymphoma\n",
            {
                ("Marrow disease", "Benign"),
                ("Marrow disease", "Malignant"),
                ("Benign", "Marrow cyst"),
                ("Benign", "Marrow lipoma"),
                ("Malignant", "Myeloma"),
                ("Malignant", "Lymphoma"),
            },
        ),
        (
            "|  | CT |\n|---|---|\n| Stage 1 | a |\n| Stage 2 | b |\n",
            {("Marrow disease", "Stage 1"), ("Marrow disease", "Stage 2")},
        ),
        ("WHO stages:\nMX1 → wet\nMX2 → dry\nMX3 → dead\n", {("Marrow disease", f"Stage MX{n}") for n in (1, 2, 3)}),
        ("- **M**arrow\n- **A**ge\n- **P**ain\n", set()),
        ("## CT: ABC\n- A: air\n- B: bone\n- C: cyst\n", set()),
    ],
)
def test_definition_lists_series_and_mnemonics(text: str, expected: set[tuple[str, str]]) -> None:
    assert edges(text) == expected


def test_a_label_above_bare_codes_is_a_principle_of_division() -> None:
    text = "## Classification\n- Stanhope\n    - A: wet\n    - B: dry\n"
    assert edges(text) == {("Marrow disease", "A"), ("Marrow disease", "B")}


def test_mimics_in_a_bracket_and_differentials_in_a_sentence() -> None:
    assert edges("## Pitfalls (mimics)\n- Gout\n", predicate=SKOS.related) == {("Marrow disease", "Gout")}
    text = "## Differential diagnosis\nThe most important differential diagnoses are gout and myeloma.\n"
    assert edges(text, predicate=SKOS.related) == {("Marrow disease", "gout"), ("Marrow disease", "myeloma")}


def test_a_remark_does_not_open_with_a_bracket() -> None:
    found = edges(
        "## Types\n- **Wet type** (quiet): rim of fluid around it\n- **Dry type**\n", predicate=SKOS.scopeNote
    )
    assert {text for _, text in found} == {"rim of fluid around it"}


@pytest.mark.parametrize(
    "text",
    ["Oedema → fibrosis of the marrow\n", "Microdisease: < 10 mm\n", "## Gout\n### Definition\nCrystals in a joint.\n"],
)
def test_what_defines_something_else_defines_nothing(text: str) -> None:
    assert edges(text, predicate=SKOS.definition) == set()


def test_short_names_below_a_plural_class_are_its_members() -> None:
    note = "## Types\n- Spore infections\n  - Blastia\n  - Corvex\n- Mould infection\n  - Fever\n  - Weight loss\n"
    pairs = read(note).pairs("narrower")
    assert "Spore infections -> Blastia" in pairs
    assert not any("Fever" in pair for pair in pairs)


def test_sites_below_a_class_are_no_members() -> None:
    sites = "".join(f"  - {site}\n" for site in ("Calcaneus", "Fibula", "Patella", "Tibia"))
    note = f"## Types\n- Low risk stress fractures\n  - Fatigue fracture\n{sites}"
    assert not any("Fibula" in pair for pair in read(note).pairs("narrower"))


def test_sibling_headings_with_fields_of_their_own_are_topics() -> None:
    section = "## {}\n### Causes\n- Smoke\n### Treatment\n- Rest\n### Subtypes\n- Acute\n- Chronic\n"
    pairs = read(section.format("Snoring lung") + section.format("Grumbling lung")).pairs("narrower")
    assert "Snoring lung -> Acute snoring lung" in pairs
    assert "Grumbling lung -> Acute grumbling lung" in pairs


def test_a_column_of_examples_names_what_belongs_to_the_class_of_its_row() -> None:
    rows = "| Fibrosing | UIP, NSIP |\n| Granulomatous | Sarcoidosis, Berylliosis |\n"
    note = f"## Types\n\n| Type | Examples |\n| --- | --- |\n{rows}"
    pairs = read(note).pairs("narrower")
    assert any(pair.endswith("-> Berylliosis") and "ranulomatous" in pair for pair in pairs)


def test_a_task_of_an_examination_defines_nothing() -> None:
    assert read("> List the causes of marrow disease. Discuss its management.\n").objects("definition") == []


def test_what_a_thing_equals_is_a_name_only_if_it_is_short() -> None:
    assert read("Marrow disease = Smith syndrome\n").objects("altLabel") == ['"Smith syndrome"']
    assert read("Marrow disease = extra cells within the marrow, especially late\n").objects("altLabel") == []


def test_a_heading_announces_by_the_words_before_its_colon() -> None:
    pairs = read(
        "## Types of marrow disease: causes and imaging\n- Red marrow disease\n- Fatty marrow disease\n"
    ).pairs("narrower")
    assert pairs == ["Marrow disease -> Red marrow disease", "Marrow disease -> Fatty marrow disease"]
