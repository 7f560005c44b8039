"""Manners of authors that nobody had tuned on: codes alone, outlines, lines, flash cards; on invented notes."""

from __future__ import annotations

import pytest
from extraction_edges import edges

from skosify_rad.model.namespaces import SKOS

MARROW = "Marrow disease"


@pytest.mark.parametrize(
    ("text", "parent", "codes"),
    [
        ("Doe–Roe\nI within the marrow\nIIa microscopic through the cortex\nIIb macroscopic\nIII far beyond\n", "Doe–Roe", "I IIa IIb III"),
        ("## Lodge\nIA :: with a sharp rim\nIB :: without any rim\nII :: moth-eaten\n==II== = aggressive\n", "Lodge", "IA IB II"),
        ("## mod Doe\n- 0 none\n- 1 thin, no blood\n- 2 thick + blood\n", MARROW, "0 1 2"),
        ("CL :: anechoic\nXE1 :: sand\nXE2 :: honeycomb\nXE3a :: detached\n", MARROW, "CL XE1 XE2 XE3a"),
        ("## Vienna classification\nBehaviour\n- B1: soft\n- B2: firm\n- B3: hard\n", MARROW, "B1 B2 B3"),
        ("Old system = Doe I–III (I fluid, II split wall, III septa)\n", "Doe", "I II III"),
        ("## Marrow score\n\nScore 1 means no uptake. Score 2 is low, and\nscore 3 is high.\n", "Marrow score", "Score 1|Score 2|score 3"),
        ("- I whole marrow\n- II upper half only\n- III lower half only\n", MARROW, "I II III"),
        ("depth (Smithers): 1 <3 mm, 2 3–6 mm, 3 >6 mm or more\n", "Smithers", "1 2 3"),
        ("**XR (Doe–Roe)**: I compression, II partial loss, III complete, IV displaced.\n", "Doe–Roe", "I II III IV"),
        ("**MR (Hopper)**\n\n| st | |\n|---|---|\n| 1 | skin |\n| 2a | fat |\n| 2b | bone |\n| 3 | all |\n", "Hopper", "1 2a 2b 3"),
        ("| mRR | film |\n|---|---|\n| 0 | normal |\n| 1 | doubtful |\n| 2 | certain |\n", "mRR", "0 1 2"),
        ("## Snoring hernia\n\n### Type I\nSeal.\n\n### Type II\nBranch.\n\n### Type III\nTear.\n", "Snoring hernia", "Type I|Type II|Type III"),
        ("## XY-RADS v1\n\n### Categories\n\nLR-1: benign\n\nLR-2: probably\n\nLR-3: unsure\n", "XY-RADS v1", "LR-1 LR-2 LR-3"),
    ],
)  # fmt: skip
def test_codes_climb_a_scale_whose_name_stands_above_them(text: str, parent: str, codes: str) -> None:
    split = codes.split("|") if "|" in codes else codes.split()
    assert edges(text) == {(parent, code) for code in split}


@pytest.mark.parametrize(
    "text",
    [
        "- A airway\n- B breathing\n- C circulation\n",
        "1. Position the patient\n2. Drape\n3. Puncture\n",
        "| # | do |\n|---|---|\n| 1 | drape |\n| 2 | puncture |\n| 3 | wire |\n",
        "Look for: 1 fluid, 2 gas, 3 bone.\n",
        "## Levels\n- L1: inguinal\n- L2: thigh\n- L3: knee\n",
    ],
)
def test_mnemonics_and_procedures_are_no_scales(text: str) -> None:
    assert edges(text) == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Marrow disease may be divided, by the rule of Doe, into transients and permanents.\n", {"transients", "permanents"}),
        ("It is commonly divided in a cellular and a fibrotic form; the latter is rare.\n", {"cellular", "fibrotic"}),
        ("## Clinical picture\n- Inheritance: recessive.\n- Main forms: infantile, **juvenile**, adult.\n", {"infantile", "juvenile", "adult"}),
        ("Name the major marrow diseases\n?\n- Red marrow disease\n- Fatty marrow disease\n", {"Red marrow disease", "Fatty marrow disease"}),
        ("- #kinds\n\t- spontaneous\n\t- traumatic\n- may be silent\n", {"spontaneous", "traumatic"}),
        ("- [[Anchor]] is where to look\n- acute\n\t- fever\n- chronic\n\t- fatigue\n- mortality is low\n", {"acute", "chronic"}),
        ("## Forms\n\nThe *acute disease* is rare. In the *wasting disease* of old age the *chronic* phase is long.\n", {"acute disease", "wasting disease", "chronic"}),
        ("Marrow diseases are divided into **dry ones**, which last, and **wet ones**, which pass.\n", {"dry ones", "wet ones"}),
        ("## Forms\nInferior (common), posterior, mixed.\n", {"Inferior", "posterior", "mixed"}),
        ("**Forms**\nwet > dry > mixed\n", {"wet", "dry", "mixed"}),
        ("## Forms\nloss of fat, tortuosity\n", set()),
        ("## which sort\n- vascular\n- traumatic\n- metabolic\n", {"vascular", "traumatic", "metabolic"}),
        ("| pattern | look |\n|---|---|\n| horizontal | flat |\n| radial | cleft |\n| complex | both |\n", {"horizontal", "radial", "complex"}),
    ],
)  # fmt: skip
def test_kinds_in_sentences_questions_tags_and_outlines(text: str, kinds: set[str]) -> None:
    assert {kind for _, kind in edges(text)} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "## Looks similar\n- [[Gout]]\n- [[Myeloma]]\n",
        "**Not marrow disease**\n- [[Gout]]\n- [[Myeloma]]\n",
        "**Tell apart**: gout (no fever), myeloma (old, bone pain)\n",
        "## What else swells the marrow\n\nGout: in the young.\n\nMyeloma: lytic.\n",
        "Main alternative considerations are gout and myeloma.\n",
        "To be distinguished from gout and myeloma, with which it may coexist.\n",
        "Ddx in a child who limps and is well: gout, myeloma.\n",
        "## Ddx\n### In the wrist\n**Gout** is painful; see [[Crystals]]. **Myeloma** is lytic.\n",
        "## Things that imitate it\n- Gout: swells\n- Myeloma, which is lytic\n",
        "## Main considerations besides marrow\n- Gout: swells\n- Myeloma: lytic\n",
        "## Ddx\n| Site | Think of |\n|---|---|\n| wrist nodes | gout |\n| diffuse disease | myeloma, gout |\n",
        "## Versus\n| Alike because | What it was | Tell by |\n|---|---|---|\n| lytic mass | **Myeloma** | age |\n| pain | **Gout** | urate |\n",
    ],
)
def test_differentials_announced_in_other_words(text: str) -> None:
    assert {kind.lower() for _, kind in edges(text, predicate=SKOS.related)} == {"gout", "myeloma"}


def test_parts_of_a_step_stand_in_its_text() -> None:
    text = "## Doe types\n### Type I\nUsual. Ia sac, Ib tube.\n### Type II\nPouch.\n"
    assert edges(text) >= {("Type I", "Ia"), ("Type I", "Ib")}


def test_a_weak_announcement_relates_things_only() -> None:
    text = "## Looks like\n- soft, no mass effect\n- changes with respiration\n- [[Gout]]\n"
    assert edges(text, predicate=SKOS.related) == {(MARROW, "Gout")}


def test_a_list_that_holds_the_notes_own_subject_is_of_what_the_sentence_above_links() -> None:
    items = "- [[Marrow disease]], the worst\n- [[Marrow fibroma]]\n- [[Marrow lipoma]]\n"
    text = f"It is part of the [[white cell tumours]] spectrum:\n{items}"
    assert {parent for parent, _ in edges(text)} == {"white cell tumours"}


def test_what_stands_below_secondary_is_a_cause() -> None:
    text = "## Types\n- Primary\n- Secondary\n    - [[Gout]]\n    - [[Myeloma]]\n"
    assert {kind for _, kind in edges(text)} == {"Primary", "Secondary"}


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("age:: old\ndef:: slow loss of the fat of the marrow\n", "slow loss of the fat of the marrow"),
        ("- loss of the fat of the marrow #oneliner\n- rare\n", "loss of the fat of the marrow"),
        ("## Physiology\nFat turns over. A *marrow disease* is therefore a disorder of this turnover.\n", "A marrow disease is therefore a disorder of this turnover."),
        ("**Incubation period** is long, about 3 weeks.\n", ""),
        ("![film](a.png)\n*newborn on day two, shift of the heart to the right*\n", ""),
        ("Prev ~ 25% in the 60s, 50% in the 80s; half silent.\n", ""),
    ],
)  # fmt: skip
def test_definitions_stand_in_fields_tags_and_sentences(text: str, definition: str) -> None:
    found = {text for _, text in edges(text, predicate=SKOS.definition)}
    assert found == ({definition} if definition else set())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Hot bone, but it isn't?\n- osteosarcoma\n- abscess\n- bruise\n", {"osteosarcoma", "abscess", "bruise"}),
        ("**Otherwise the pain comes from**\n- Osteoma\n- Abscess\n", {"Osteoma", "Abscess"}),
        ("## Not marrow disease\n| dx | clue |\n|---|---|\n| stress | line |\n| HPT | thin |\n", {"stress", "HPT"}),
        ("## DDx\n- Enhancing: abscess, metastasis, MET\n", {"abscess", "metastasis", "MET"}),
        ("## DDx\n- In a child → lactating adenoma or abscess\n- At the hip → **osteoma**\n", {"lactating adenoma", "abscess", "osteoma"}),
        ("**DDx**\nosteoma (dense), infarct, IgG4. At the hip → transient osteoporosis.\n", {"osteoma", "infarct", "IgG4"}),
        ("## DDx\nRetained stone; degenerating fibroid; missed abscess with gas in its wall.\n", {"Retained stone", "degenerating fibroid", "missed abscess with gas in its wall"}),
        ("## DDx\n| | Clue |\n|---|---|\n| Osteoma | dense |\n| Lymphoma / abscess | soft |\n", {"Osteoma", "Lymphoma", "abscess"}),
        ("## DDx\nOsteoma is dense; bone cysts come next. In children think of osteosarcoma.\n", {"Osteoma", "bone cysts", "osteosarcoma"}),
    ],
)  # fmt: skip
def test_differentials_that_are_hinted_at_or_stand_behind_conditions(text: str, found: set[str]) -> None:
    assert {other for _, other in edges(text, predicate=SKOS.related)} == found


@pytest.mark.parametrize(
    "text",
    [
        "## Who is not suitable?\n- Abscess\n- Osteoma\n",
        "## It looks dark in\n- T1\n- early phase\n",
        "## Otherwise\n- call the ward\n- biopsy\n",
        "## Other causes of pain\n- Abscess\n- Osteoma\n",
    ],
)
def test_hints_above_advice_causes_or_signs_are_no_differentials(text: str) -> None:
    assert edges(text, predicate=SKOS.related) == set()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("**Variants XYZ.** wet; dry; mixed\n", {("XYZ", kind) for kind in ("wet", "dry", "mixed")}),
        ("**DOE 2019.**\n1 = thin\n2 = thick\n3A = broken\n3B = gone\n4 = healed\n", {("DOE 2019", kind) for kind in "1 2 3A 3B 4".split()}),
        ("## Shape\n\n**Fusiform:** all round.\n\n**Saccular:** on one side.\n\n**Lobular:** in parts.\n", {(MARROW, kind) for kind in ("Fusiform", "Saccular", "Lobular")}),
        ("By **surface**: smooth / textured / nodular.\n", {(MARROW, kind) for kind in ("smooth", "textured", "nodular")}),
        ("## The three pictures\n\n### Nodular\nEarly.\n\n### Dendritic\nLate.\n\n### Diffuse\nAll.\n", {(MARROW, kind) for kind in ("Nodular", "Dendritic", "Diffuse")}),
        ("### DOERSS\n- L1: local\n- L2: wide\n- M: far\n- MS: infants\n", {("DOERSS", kind) for kind in ("L1", "L2", "M", "MS")}),
        ("It may be *idiopathic* or *secondary* to trauma.\n", {(MARROW, kind) for kind in ("idiopathic", "secondary")}),
        ("It may be large or small, and solid or cystic.\n", set()),
    ],
)  # fmt: skip
def test_kinds_that_a_property_a_count_or_an_acronym_heads(text: str, kinds: set[tuple[str, str]]) -> None:
    assert edges(text) == kinds
