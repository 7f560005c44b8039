"""Paragraphs that are lists in all but form."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.paragraphs import RUN_IN, list_of, parted
from skosify_rad.vault.markdown.blocks import ListBlock, Paragraph


def lists(raw: str) -> list[list[str]]:
    return [[i.text for i in b.items] for b in parted(Paragraph(raw, 10, 1)) if isinstance(b, ListBlock)]


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("→ Gout\n→ Pseudogout", ["Gout", "Pseudogout"]),
        ("• Gout\n• Pseudogout", ["Gout", "Pseudogout"]),
        ("-> Gout\n-> Pseudogout", ["Gout", "Pseudogout"]),
        ("✓ Gout\n✓ Pseudogout", ["Gout", "Pseudogout"]),
        ("a) Gout\nb) Pseudogout", ["Gout", "Pseudogout"]),
        ("Gout - urate\nPseudogout - pyrophosphate", ["Gout - urate", "Pseudogout - pyrophosphate"]),
        ("Gout → urate\nPseudogout → pyrophosphate", ["Gout → urate", "Pseudogout → pyrophosphate"]),
        ("Gout: urate\nPseudogout: pyrophosphate", ["Gout: urate", "Pseudogout: pyrophosphate"]),
    ],
)
def test_lines_that_are_items_make_a_list(raw: str, items: list[str]) -> None:
    assert lists(raw) == [items]


@pytest.mark.parametrize(
    "raw",
    [
        "Gout is painful.\nPseudogout less so.",
        "Gout",
        "Gout - urate",
        "A long sentence\nthat goes on → and on\nand ends.",
        "",
    ],
)
def test_running_text_does_not(raw: str) -> None:
    assert lists(raw) == []


def test_words_before_the_items_stay_a_paragraph() -> None:
    blocks = list(parted(Paragraph("It may be:\n→ Gout\n→ Pseudogout", 10, 1)))
    assert [type(b).__name__ for b in blocks] == ["Paragraph", "ListBlock"]
    assert (blocks[0].text, blocks[0].line) == ("It may be:", 10)
    assert isinstance(blocks[1], ListBlock)
    assert [(i.line, i.column) for i in blocks[1].items] == [(11, 3), (12, 3)]


def test_indented_lines_nest() -> None:
    (block,) = [b for b in parted(Paragraph("→ Gout\n   → tophi\n→ Pseudogout", 1, 1)) if isinstance(b, ListBlock)]
    assert [i.text for i in block.items] == ["Gout", "Pseudogout"]
    (nested,) = block.items[0].children
    assert isinstance(nested, ListBlock)
    assert [(i.text, i.line) for i in nested.items] == [("tophi", 2)]


def test_a_list_of_items_stands_where_the_first_does() -> None:
    (block,) = [b for b in parted(Paragraph("→ a\n→ b", 7, 1)) if isinstance(b, ListBlock)]
    assert (list_of(block.items[1:]).line, len(list_of(block.items).items)) == (8, 2)


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("**DDx:** gout", "DDx"),
        ("**DDx**: gout", "DDx"),
        ("**Types.** Three.", "Types"),
        ("__Types__\nThree.", "Types"),
        ("DDx: gout", None),
        ("the **DDx:** gout", None),
    ],
)
def test_labels_run_in(raw: str, label: str | None) -> None:
    match = RUN_IN.match(raw)
    assert (match["label"] if match else None) == label
