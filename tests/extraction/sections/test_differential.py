"""Differentials: what is one in which form, and what is none; on invented notes, beside the examples of the page."""

from __future__ import annotations

import pytest
from reading import read

from skosify_rad.model.config import Config, Extraction
from skosify_rad.model.ontology import RAD


def related(text: str, title: str = "Marrow disease", config: Config | None = None) -> list[str]:
    """Return `Subject -> Other`, the title left out where it is the subject."""
    pairs = read({f"{title}.md": text}, config).pairs("related", "differential")
    return [pair.removeprefix(f"{title} -> ") for pair in pairs]


@pytest.mark.parametrize(
    "text",
    [
        "## Differential diagnosis\n- Gout\n- Myeloma\n",
        "## Differential diagnosis\n1. Gout: urate\n2. Myeloma: plasma cells\n",
        "## Differential diagnosis\n- [ ] [[Gout]]\n- [ ] [[Heme/Myeloma|Myeloma]]\n",
        "## Differential diagnosis\n- **Gout** usually shows tophi\n- **Myeloma** spares pedicles\n",
        "## DDx\n→ Gout\n→ Myeloma\n",
        "## DDx\n### Gout\nUrate.\n### Myeloma\nPlasma cells.\n",
        "## DDx\n| Diagnosis | Clue |\n|---|---|\n| Gout | urate |\n| **Myeloma** | plasma cells |\n",
        "## DDx\n| Clue | Diagnosis |\n|---|---|\n| urate | Gout |\n| plasma cells | Myeloma |\n",
        "## DDx\n|  | Marrow disease | Gout | Myeloma |\n|---|---|---|---|\n| Urate | no | yes | no |\n",
        "> [!ddx]\n> - Gout\n> - Myeloma\n",
        "**DDx:** gout, myeloma\n",
        "## Imaging\n- Erosions. DDx: gout, myeloma\n",
        "## Imaging\n- Mimics:\n    - Gout\n    - Myeloma\n",
        "The differential diagnosis includes gout and myeloma.\n",
        "## DDx\n- Common\n    - Gout\n- Rare\n    - Myeloma\n",
        "## DDx\n### Common\n- Gout\n### Rare\n- Myeloma\n",
        "## DDx\n- Gout/myeloma\n",
        "## vs gout\nUrate.\n\n## Marrow disease vs. myeloma\nPlasma cells.\n",
    ],
)
def test_differentials_are_read_in_every_form(text: str) -> None:
    assert {name.lower() for name in related(text)} == {"gout", "myeloma"}


@pytest.mark.parametrize(
    "text",
    [
        "It is like [[Gout]].\n",
        "## Differentiating features\n- Night sweats\n- Bone pain\n",
        "## Differential blood count\n- Lymphocytes\n- Monocytes\n",
        "## Complications\n- Gout\n- Myeloma\n",
        "## DDx\n- Usually clear\n- Depends on the age\n- Others\n- etc.\n",
        "## DDx\n- Marrow disease\n- [[Marrow disease]]\n",
        "## DDx\n",
        "```\n## DDx\n- Gout\n```\n",
        "%%\n## DDx\n- Gout\n%%\n",
        "## DDx\n- Age\n- MRI\n- Treatment\n",
        "",
    ],
)
def test_other_lists_are_not(text: str) -> None:
    assert related(text) == []


def test_a_note_titled_ddx_relates_its_subject() -> None:
    found = related("## DDx\n- Gout\n- Myeloma\n", title="DDx of marrow changes")
    assert found == ["Marrow changes -> Gout", "Marrow changes -> Myeloma"]


def test_what_tells_them_apart_is_kept_without_blank_nodes() -> None:
    reading = read("## DDx\n- Gout: urate, tophi\n- Myeloma\n    - Plasma cells\n    - Older men\n- Sarcoid (nodes)\n")
    assert reading.pairs("distinguishedBy") == [
        'Marrow disease | Gout -> "urate, tophi"',
        'Marrow disease | Myeloma -> "Plasma cells"',
        'Marrow disease | Myeloma -> "Older men"',
        'Marrow disease | Sarcoid -> "nodes"',
    ]
    assert all(not iri.startswith("_:") for iri in reading.graph.subjects)


def test_a_sign_that_means_something_is_kept() -> None:
    head = "| Diagnosis | Density | Size |\n|---|---|---|\n"
    text = f"## DDx\n{head}| Lipoma | -100 HU | > 5 cm |\n| Gout: < 2 cm | 160 HU | ± |\n"
    found = read(text).pairs("distinguishedBy")
    assert {'Marrow disease | Lipoma -> "Density: -100 HU"', 'Marrow disease | Lipoma -> "Size: > 5 cm"'} <= {*found}


@pytest.mark.parametrize(
    ("heading", "title"), [("## Gout vs sepsis", "Gout"), ("## DDx", "Gout"), ("", "Gout"), ("", "Gout vs sepsis")]
)
def test_both_columns_of_a_comparison_tell_apart(heading: str, title: str) -> None:
    table = "| Feature | Gout | Sepsis |\n|---|---|---|\n| Onset | sudden; at night | slow |\n| Urate | high | |\n"
    found = read({f"{title}.md": f"{heading}\n{table}"}).pairs("distinguishedBy")
    assert sorted(found) == [
        'Gout | Sepsis -> "Onset: slow"',
        'Sepsis | Gout -> "Onset: sudden; at night"',
        'Sepsis | Gout -> "Urate: high"',
    ]


def test_every_related_pair_is_said_once_from_each_note() -> None:
    reading = read(
        {"Alpha disease.md": "## DDx\n- [[Beta disease]]: b\n", "Beta disease.md": "## DDx\n- [[Alpha disease]]: a\n"}
    )
    assert len([s for s in reading.said("differential") if s.predicate == "related"]) == 2
    assert len({t.subject for t in reading.sources if t.predicate == RAD.distinguishedBy}) == 2


def test_the_hierarchy_wins_and_the_conflict_is_told_with_both_places() -> None:
    reading = read(
        "## Types\n- Acute marrow disease\n- Chronic marrow disease\n\n## DDx\n- Acute marrow disease\n- Gout\n"
    )
    assert reading.objects("related") == ["Gout"]
    (found,) = [d for d in reading.diagnostics if d.rule.slug == "related-in-hierarchy"]
    assert found.second is not None
    assert {found.place.line, found.second.line} == {2, 6}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("DDx of bone oedema", ["Bone oedema -> Gout"]),
        ("DDx of marrow disease", ["Gout"]),
        ("DDx of the marrow disease (adults)", ["Gout"]),
        ("DDx of something nobody knows", ["Gout"]),
    ],
)
def test_the_differential_of_x_is_of_x_where_x_is_known(heading: str, expected: list[str]) -> None:
    assert related(f"See [[Bone oedema]].\n\n## {heading}\n- Gout\n") == expected


@pytest.mark.parametrize(
    ("title", "pairs"),
    [
        ("Gout vs pseudogout", ["Gout -> Pseudogout"]),
        ("Gout versus pseudogout (knee)", ["Gout -> Pseudogout"]),
        ("Epidermoid vs dermoid cyst", ["Epidermoid cyst -> Dermoid cyst"]),
        ("Gout vs pseudogout vs sepsis", ["Gout -> Pseudogout", "Gout -> Sepsis", "Pseudogout -> Sepsis"]),
    ],
)
def test_a_comparison_relates_its_sides(title: str, pairs: list[str]) -> None:
    assert sorted(read({f"{title}.md": "Words.\n"}).pairs("related")) == sorted(pairs)


def test_links_lead_to_their_notes_and_shown_words_do_not_matter() -> None:
    notes = {"Marrow disease.md": "## DDx\n- [[Heme/Myeloma|plasma cell trouble]]\n", "Heme/Myeloma.md": "A cancer.\n"}
    assert read(notes).pairs("related") == ["Marrow disease -> Myeloma"]


def test_the_author_has_the_last_word() -> None:
    mine = Config(extraction=Extraction(differential_headings=("Old friends",), ignore_headings=("DDx",)))
    assert related("## Old friends\n- Gout\n\n## DDx\n- Myeloma\n", config=mine) == ["Gout"]
    assert related("## DDx %% rad2skos: section none %%\n- Gout\n") == []
    assert related("## Causes\n%% rad2skos: section differential %%\n- Gout\n") == ["Gout"]


def test_an_empty_section_is_told() -> None:
    for text in ("## DDx\n- Depends on the age\n", "> [!ddx]\n> - Depends on the age\n"):
        assert "empty-section" in read(text).slugs()
