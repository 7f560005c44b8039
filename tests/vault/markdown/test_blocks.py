"""Blocks: texts without markup, lines of offsets, walking."""

from __future__ import annotations

from skosify_rad.vault.markdown.blocks import Item, Paragraph, walk
from skosify_rad.vault.markdown.parser import parse_blocks


def test_a_blocks_text_has_neither_quote_signs_nor_indents() -> None:
    block = Paragraph("First line\n  > > second\n\tthird", 5, 1)
    assert block.text == "First line\nsecond\nthird"


def test_an_offset_of_the_text_knows_its_line() -> None:
    block = Paragraph("One\ntwo **three**\nfour", 10, 1)
    assert [block.line_at(block.text.index(w)) for w in ("One", "two", "three", "four")] == [10, 11, 11, 12]


def test_walking_yields_every_block_once_in_order() -> None:
    text = "# H\n\nP\n\n- a\n    - b\n\n        more\n- c\n\n> [!note] T\n> q\n\n| x |\n|---|\n| y |\n"
    words = [b.text for b in walk(parse_blocks(text)) if b.text]
    assert words == ["H", "P", "a", "b", "more", "c", "T", "q", "x", "y"]


def test_blocks_show_their_kind_line_and_text() -> None:
    assert repr(Item("**Gout**", 3, 1)) == "Item(3: 'Gout')"
