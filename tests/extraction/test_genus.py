"""Which genus a name stands below, which names are none, and what defines: invented notes, a mechanism each."""

from __future__ import annotations

import pytest
from extraction_edges import edges

from skosify_rad.model.namespaces import SKOS

ROWS = "| Term | Bone |\n|---|---|\n| Load fracture | |\n| - Tired fracture | sound |\n| Weak fracture | thin |\n"
FOLDER = "## Looks\n" + "".join(
    f"- **[[Rad/Marrow diseases/{name}|{name}]]** – spots, streaks\n" for name in ("Abo", "Bek", "Cyl", "Dor")
)
HORMONES = (
    "**Three types of hormones**\n- Lipids\n\t- Abol\n\t- Bekol\n- Sugars\n\t- Cylose\n\t- Dorose\n"
    "- Proteins\n\t- Elin\n\t- Folin\n"
)
CAUSES = (
    "Large ones mean disease.\n\n1. Collagen / bone dysplasia group\n\t- Osteogenesis mala\n\t- Lax dysplasia\n"
    "\t- Bone sclerosis\n\t- Phosphatasia\n"
    "2. Metabolic\n\t- Rickets\n3. Syndromic\n\t- Abo syndrome\n"
)
GUIDES = "## Use\n- Folded into staging and guides:\n\t- Length of follow-up\n\t- Type of drug\n"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Quiet fracture",
            ROWS,
            {
                ("Quiet fracture", "Load fracture"),
                ("Load fracture", "Tired fracture"),
                ("Quiet fracture", "Weak fracture"),
            },
        ),
        ("Marrow disease", FOLDER, {("Marrow disease", name) for name in ("Abo", "Bek", "Cyl", "Dor")}),
        ("Marrow disease", FOLDER.replace("Marrow diseases/", "Skin/"), set()),
        ("Marrow grading", GUIDES, set()),
        ("Skin", "- [[W12.1.3-Skin growth]]\n- [[W12.2.1-Skin tumours]]\n", set()),
    ],
)
def test_where_kinds_stand(title: str, text: str, expected: set[tuple[str, str]]) -> None:
    assert edges(text, title) == expected


def test_a_group_in_a_list_of_causes_owns_no_kinds() -> None:
    assert not [kind for genus, kind in edges(CAUSES, "Odd ossicles") if genus.endswith("dysplasia")]


def test_steps_are_named_by_the_code_behind_them_and_letters_by_their_scale() -> None:
    text = "## Staging\n- Within the bone\n\t- **I**: small\n\t- **II**: large\n- Beyond the bone: **III**\n"
    assert edges(text) == {("Marrow disease", f"Stage {code}") for code in ("I", "II", "III")}
    letters = edges("- Stages:\n\t- **L1** – one side\n\t- **M** – spread\n\t- **MS** – infant\n")
    assert letters == {("Marrow disease", f"Stage {code}") for code in ("L1", "M", "MS")}
    assert edges("- Staging:\n\t- T: size\n\t- N: nodes\n\t- M: spread\n") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adult pattern of marrow is reached late.\n", set()),
        ("A marrow disease is a disorder of the marrow.\n", {"A marrow disease is a disorder of the marrow."}),
        ("Blood dyscrasia with\n- Rash\n- Fever\n", {"Blood dyscrasia with Rash; Fever."}),
        ("Exam word\n\n- Smooth tapering of the shaft\n", {"Smooth tapering of the shaft"}),
        ("Part of [[Bone list]]\n", set()),
        ("Part of [[Bone list]], caused by a broken gene.\n", {"Part of Bone list, caused by a broken gene."}),
        ("- Most common marrow tumour\n- Composed of fat with a rim\n", {"Composed of fat with a rim"}),
        ("## Terminology\n- Marrow disease (MD)\n", set()),
        ("- Dry marrow disease\n- Wet marrow disease\n", set()),
        ("## Types\n- **Abo syndrome**: Cystic nephroma, marrow goitre, lung blastoma\n", set()),
    ],
)
def test_what_defines_a_note(text: str, expected: set[str]) -> None:
    assert {value for _, value in edges(text, predicate=SKOS.definition)} == expected


def test_other_names_stand_behind_a_bracket_and_whole_names() -> None:
    said = edges("**Marrow disease (MD)** = **wet marrow neuropathy**\n", predicate=SKOS.altLabel)
    assert ("Marrow disease", "wet marrow neuropathy") in said
    assert edges("Compatible with marrow disease (Abo disease).\n", predicate=SKOS.altLabel) == {
        ("Marrow disease", "Abo disease")
    }
    assert edges("## Dry marrow disease (Dry disease)\n", predicate=SKOS.altLabel) == set()


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Marrow hormones",
            HORMONES,
            {("Proteins", "Elin"), ("Proteins", "Folin")},
        ),
        (
            "WHO classification of marrow tumours",
            "# Wet glioma\n## About\ntext\n# Dry sarcoma\n## About\ntext\n# Flat lymphoma\n## About\ntext\n",
            {
                ("WHO classification of marrow tumours", f"{one}")
                for one in ("Wet glioma", "Dry sarcoma", "Flat lymphoma")
            },
        ),
        (
            "Marrow cancer",
            "## Kinds known\n- Wet marrow carcinoma\n- Dry marrow carcinoma\n",
            {("Marrow cancer", "Wet marrow carcinoma"), ("Marrow cancer", "Dry marrow carcinoma")},
        ),
        (
            "Marrow disease",
            "Risk factors\n- age\n- smoking\n- drink\n\n- Wet marrow disease\n\t- soft\n- Dry marrow disease\n",
            {("Marrow disease", "Wet marrow disease"), ("Marrow disease", "Dry marrow disease")},
        ),
    ],
)
def test_classes_among_others(title: str, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= edges(text, title)
