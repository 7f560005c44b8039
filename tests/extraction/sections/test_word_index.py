"""The raw text of all blocks: what is found in it is what would be found block by block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.extraction.outline import build_outline
from skosify_rad.extraction.sections.word_index import Raw
from skosify_rad.language.spelling import small_letters
from skosify_rad.model.config import Extraction
from skosify_rad.vault.markdown.blocks import walk
from skosify_rad.vault.markdown.parser import parse_blocks

PIECES = (
    "# A\n",
    "## B\n",
    "- ",
    "\t- ",
    "word",
    "WORD",
    "ſ",
    "İ",
    "x=y",
    " ",
    "\n",
    "\n\n",
    "> ",
    "| a | b |\n|---|---|\n| 1 | ß |\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_words_are_found_in_the_blocks_that_hold_them(text: str) -> None:
    sections = list(build_outline(parse_blocks(text), "Gout", Extraction()).walk())
    raw = Raw(sections)
    held = [(section, block) for section in sections for block in walk(section.blocks)]
    for words in (("word",), ("s", "=", "b"), ("zz", "1"), ("i",)):
        holding = [(s, b) for s, b in held if any(word in small_letters(b.raw) for word in words)]
        assert list(raw.holding(words)) == holding
        assert raw.with_any(words) == {id(one) for pair in holding for one in pair}
    offset = 0
    for section, block in held:
        if block.raw:
            assert raw.text[offset : offset + len(block.raw)] == block.raw
            assert raw.at(offset) == raw.at(offset + len(block.raw) - 1) == (section, block)
        offset += len(block.raw) + 1
