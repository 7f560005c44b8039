"""Blocks -> outline: headings in all their forms, callouts, labels, and what notes say of their sections."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.outline import Section, apply_purposes, build_outline
from skosify_rad.model.config import Extraction
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.directives import find_purposes
from skosify_rad.vault.markdown.blocks import ListBlock
from skosify_rad.vault.markdown.parser import parse_blocks


def outline(text: str, title: str = "Gout") -> Section:
    return build_outline(parse_blocks(text), title, Extraction())


def paths(root: Section) -> list[str]:
    return [" > ".join(s.path) for s in root.walk() if s.heading is not None]


def test_headings_nest_by_their_level() -> None:
    root = outline("# A\n### B\n## C\n#### D\n# E\n")
    assert paths(root) == ["A", "A > B", "A > C", "A > C > D", "E"]
    assert [s.path[-1] for s in root.walk() if s.path == ("A", "C", "D") for s in s.ancestors() if s.path] == ["C", "A"]


def test_a_heading_that_repeats_the_title_is_none() -> None:
    root = outline("# Gout\nAn arthritis.\n\n## Types\n- Acute gout\n")
    assert paths(root) == ["Types"]
    assert [b.text for b in root.blocks] == ["An arthritis."]


def test_only_the_first_such_heading_is_none() -> None:
    assert paths(outline("## Imaging\nx\n\n## Gout\ny\n")) == ["Imaging", "Gout"]


@pytest.mark.parametrize(
    "text",
    [
        "**Types**\n\n- Acute gout\n- Late gout\n",
        "**Types:**\n- Acute gout\n- Late gout\n",
        "**Types**:\n\n- Acute gout\n- Late gout\n",
        "Types:\n- Acute gout\n- Late gout\n",
        "Types\n- Acute gout\n- Late gout\n",
        "__Types__\n\n- Acute gout\n- Late gout\n",
        "- **Types**\n    - Acute gout\n    - Late gout\n",
        "- Types:\n    - Acute gout\n    - Late gout\n",
        "> [!info] Types\n> - Acute gout\n> - Late gout\n",
        "> [!types]\n> - Acute gout\n> - Late gout\n",
        "Types\n-----\n- Acute gout\n- Late gout\n",
    ],
)
def test_every_form_of_a_heading_heads_what_follows(text: str) -> None:
    root = outline(text)
    found = [s for s in root.walk() if s.purpose is Purpose.CLASSIFICATION]
    assert len(found) == 1
    lists = [b for b in found[0].blocks if isinstance(b, ListBlock)]
    assert [[i.text for i in b.items] for b in lists] == [["Acute gout", "Late gout"]]


@pytest.mark.parametrize(
    "text",
    [
        "The types are many.\n\n- a\n- b\n",
        "Types of imaging that are used most often in daily practice\n- a\n- b\n",
        "**Types** are rare in this disease, and so on.\n\nMore.\n",
        "> Types\n\n- a\n- b\n",
        "`Types`\n",
    ],
)
def test_a_sentence_is_no_heading(text: str) -> None:
    assert [s for s in outline(text).walk() if s.heading is not None and s.purpose is Purpose.CLASSIFICATION] == []


def test_a_label_ends_with_the_next_heading_or_label() -> None:
    root = outline("## Imaging\n**Types**\n- Acute gout\n\n**Site:** toe\n\n## Clinical\n- Pain\n")
    types = next(s for s in root.walk() if s.purpose is Purpose.CLASSIFICATION)
    assert types.path == ("Imaging", "Types")
    assert [type(b).__name__ for b in types.blocks] == ["ListBlock"]


def test_a_callouts_kind_speaks_where_its_title_does_not() -> None:
    kinds = {
        "> [!ddx]\n> - Pseudogout\n": Purpose.DIFFERENTIAL,
        "> [!tip] Differentials\n> - Pseudogout\n": Purpose.DIFFERENTIAL,
        "> [!summary]\n> An arthritis.\n": Purpose.OVERVIEW,
        "> [!note] Imaging\n> Erosions.\n": Purpose.PROPERTY,
    }
    for text, purpose in kinds.items():
        assert [s.purpose for s in outline(text).walk() if s.heading is not None] == [purpose]


def test_what_stands_before_the_first_heading_is_the_roots() -> None:
    root = outline("Text.\n\n- a\n\n# A\nMore.\n")
    assert [b.text for b in root.blocks if b.text] == ["Text."]
    assert root.path == ()
    assert [(b.text, f.text if f else None) for b, f in root.children[0].pairs()] == [("More.", None)]


def test_terms_with_descriptions_are_a_list() -> None:
    root = outline("Acute gout\n: Painful.\n\nTophaceous gout\n: Not painful.\n")
    (block,) = root.blocks
    assert isinstance(block, ListBlock)
    assert [i.text for i in block.items] == ["Acute gout: Painful.", "Tophaceous gout: Not painful."]


@pytest.mark.parametrize(
    "text",
    [
        "## Menu %% rad2skos: section classification %%\n- Acute gout\n",
        "## Menu\n%% rad2skos: section classification %%\n- Acute gout\n",
        "## Menu\n\nWords.\n\n%% rad2skos: section classification -- I say so %%\n",
        "**Menu**\n%% rad2skos: section classification %%\n\n- Acute gout\n",
    ],
)
def test_a_note_says_what_its_section_is(text: str) -> None:
    root = outline(text)
    apply_purposes(root, find_purposes(text))
    assert next(s for s in root.walk() if s.path).purpose is Purpose.CLASSIFICATION


@pytest.mark.parametrize(
    "comment",
    [
        "%% rad2skos: section recipe %%",
        "%% rad2skos: section %%",
        "%% section classification %%",
        "%% rad2skos: section classification differential %%",
    ],
)
def test_what_is_not_understood_says_nothing(comment: str) -> None:
    assert find_purposes(f"## Menu\n{comment}\n") == {}


def test_a_long_chain_of_headings_is_walked() -> None:
    text = "".join(f"{'#' * (n % 6 + 1)} Heading {n}\n\n- item {n}\n\n" for n in range(3000))
    assert len(list(outline(text).walk())) == 3001


def test_a_section_has_a_name_for_messages() -> None:
    root = outline("# **A**:\n\n> [!ddx]\n> - x\n\n> [!note] B\n> y\n")
    assert [s.name for s in root.walk()] == ["", "A", "ddx", "B"]
