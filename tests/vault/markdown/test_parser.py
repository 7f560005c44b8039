"""Markdown text -> blocks: every form real notes have, each block at its line; and what holds no statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.vault.markdown import parser as markdown
from skosify_rad.vault.markdown.blocks import Block, Heading, Item, ListBlock, Paragraph, Quote, Table, walk
from skosify_rad.vault.markdown.parser import MAX_DEPTH, parse_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable


def outline(blocks: Iterable[Block], depth: int = 0) -> list[str]:
    """Return `LINE: text` of items and texts, indented by depth of lists and quotes."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                lines += [f"{'  ' * depth}{item.line}: {item.text}", *outline(item.children, depth + 1)]
        elif isinstance(block, Quote):
            lines += [
                f"{'  ' * depth}{block.line}: [{block.callout}] {block.text}",
                *outline(block.children, depth + 1),
            ]
        elif isinstance(block, Table):
            rows = [[c.text for c in row] for row in (block.header, *block.rows)]
            lines += [f"{'  ' * depth}| {' | '.join(row)}" for row in rows]
        else:
            lines.append(f"{'  ' * depth}{block.line}: {block.text}")
    return lines


def test_headings_have_their_level_and_place() -> None:
    blocks = parse_blocks("# One\n\n### Three ###\nTwo\n---\n####### no heading\n")
    headings = [b for b in blocks if isinstance(b, Heading)]
    assert [(h.level, h.text, h.line, h.column) for h in headings] == [
        (1, "One", 1, 3),
        (3, "Three", 3, 5),
        (2, "Two", 4, 1),
    ]
    assert isinstance(blocks[-1], Paragraph)


def test_lines_and_columns_count_from_the_top_of_the_file() -> None:
    text = "---\na: 1\n---\nÜber\n\n- **Gout** ä\n\t- tophi\n"
    blocks = parse_blocks(text, text.index("Über"))
    places = [(b.line, b.column, b.text) for b in walk(blocks) if not isinstance(b, ListBlock)]
    assert places == [(4, 1, "Über"), (6, 3, "Gout ä"), (7, 4, "tophi")]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n    - b\n        - c\n- d\n",
        "- a\n\t- b\n\t\t- c\n- d\n",
        "- a\n  - b\n    - c\n- d\n",
        "- a\n\t- b\n\t    - c\n- d\n",
        "- a\n    - b\n\t    - c\n- d\n",
        "* a\n    + b\n        - c\n* d\n",
        "1. a\n    1. b\n        1. c\n2. d\n",
        "1. a\n  - b\n    - c\n2. d\n",
        "1) a\n   - b\n     - c\n2) d\n",
    ],
)
def test_nesting_is_read_whatever_indents_it(text: str) -> None:
    assert outline(parse_blocks(text)) == ["1: a", "  2: b", "    3: c", "4: d"]


def test_a_list_parted_by_blank_lines_signs_or_comments_is_one_list() -> None:
    blocks = parse_blocks("- a\n\n- b\n\n%% why %%\n\n* c\n")
    assert len(blocks) == 1
    assert outline(blocks) == ["1: a", "3: b", "7: c"]


def test_a_bulleted_and_a_numbered_list_are_two() -> None:
    assert len(parse_blocks("- a\n- b\n\n1. c\n2. d\n")) == 2


def test_numbers_and_check_boxes_are_no_text() -> None:
    (block,) = parse_blocks("3. [ ] a\n4. [x] b\n")
    assert isinstance(block, ListBlock)
    assert [(i.number, i.text) for i in block.items] == [("3", "a"), ("4", "b")]


def test_an_items_paragraphs_lines_and_tables_are_its_children() -> None:
    (block,) = parse_blocks("- a\n  goes on\n\n  more\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n- b\n")
    assert isinstance(block, ListBlock)
    first = block.items[0]
    assert first.text == "a\ngoes on"
    assert [type(c) for c in first.children] == [Paragraph, Table]
    assert first.children[0].line == 4


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (r"| [[Gout\|tophi]] | late |", ["tophi", "late"]),
        ("| [[Gout|tophi]] | late |", ["tophi", "late"]),
        (r"| a \| b | late |", ["a | b", "late"]),
        ("| **Gout** |  |", ["Gout", ""]),
        ("| only |", ["only", ""]),
        ("Gout | late", ["Gout", "late"]),
        ("| a<br>b | c |", ["a\vb", "c"]),
        ("| `a` | $x$ |", ["a", "$x$"]),
    ],
)
def test_cells_are_read_with_and_without_escaped_pipes(row: str, cells: list[str]) -> None:
    (table,) = parse_blocks(f"| Name | Stage |\n|---|:-:|\n{row}\n")
    assert isinstance(table, Table)
    assert [c.text for c in table.header] == ["Name", "Stage"]
    assert [[c.text for c in r] for r in table.rows] == [cells]
    assert table.rows[0][0].line == 3


def test_a_links_target_in_a_cell_survives_the_pipe() -> None:
    for row in (r"| [[Joint/Gout\|tophi]] | x |", "| [[Joint/Gout|tophi]] | x |"):
        (table,) = parse_blocks(f"| Name | Stage |\n|---|---|\n{row}\n")
        assert isinstance(table, Table)
        assert [ln.target for ln in table.rows[0][0].inline.links] == ["Joint/Gout"]


def test_a_row_with_more_cells_than_the_header_loses_none_of_its_first() -> None:
    (table,) = parse_blocks("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |\n")
    assert isinstance(table, Table)
    assert [[c.text for c in r] for r in table.rows] == [["1", "2"], ["4", "5"]]


def test_callouts_hold_lists_and_nest() -> None:
    text = "> [!ddx]- Key **mimics**\n> - Gout\n>   - tophi\n>\n> > [!note]\n> > inner\n\n> plain quote\n"
    assert outline(parse_blocks(text)) == [
        "1: [ddx] Key mimics",
        "  2: Gout",
        "    3: tophi",
        "  5: [note] ",
        "    6: inner",
        "8: [] ",
        "  8: plain quote",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n- Gout\n## Types\n```\n",
        "~~~yaml\n- Gout\n~~~\n",
        "    indented code\n",
        "---\n",
        "<div>\nGout\n</div>\n",
        "%%\n- Gout\n%%\n",
        "<!-- \n## Types\n- Gout\n-->\n",
        "[^1]: A footnote on gout.\n",
        "",
        "\n\n \t\n",
    ],
)
def test_code_comments_rules_and_html_hold_no_blocks(text: str) -> None:
    assert [b for b in walk(parse_blocks(text)) if b.text.strip()] == []


def test_a_comment_hides_its_words_and_moves_no_line() -> None:
    blocks = parse_blocks("- a %%not [[b]]%%\n%% two\nlines %%\n- c\n")
    assert outline(blocks) == ["1: a", "4: c"]
    assert [ln for b in walk(blocks) for ln in b.inline.links] == []


def test_math_is_text() -> None:
    (block,) = parse_blocks("The $T_2^*$ of $$x * y$$ is short.\n")
    assert isinstance(block, Paragraph)
    assert block.text.startswith("The $T")
    assert block.inline.links == ()


def test_text_above_dashes_is_a_heading_as_obsidian_shows_it() -> None:
    (block,) = parse_blocks("Types\n-----\n")
    assert isinstance(block, Heading)
    assert (block.text, block.level) == ("Types", 2)


@pytest.mark.parametrize("opening", ["- ", "> ", "1. ", "* - + "])
def test_a_thousand_levels_are_read_without_a_crash(opening: str) -> None:
    text = "".join(f"{'  ' * n}- item {n}\n" for n in range(1000)) if opening == "- " else opening * 1000 + "deep\n"
    blocks = parse_blocks(text)
    assert any("item 999" in b.text or "deep" in b.text for b in walk(blocks))


def test_what_lies_deeper_than_the_limit_is_read_at_the_limit() -> None:
    blocks = parse_blocks("".join(f"{'  ' * n}- item {n}\n" for n in range(100)))
    assert [b.text for b in walk(blocks) if isinstance(b, Item)].count("item 99") == 1
    depth, level = 0, blocks
    while level:
        inner = [b for b in level if isinstance(b, ListBlock)]
        level = [c for b in inner for i in b.items for c in i.children]
        depth += bool(inner)
    assert depth == MAX_DEPTH


def test_a_list_of_many_thousand_items_keeps_all_of_them() -> None:
    (block,) = parse_blocks("".join(f"- item {n}\n" for n in range(20_000)))
    assert isinstance(block, ListBlock)
    assert (len(block.items), block.items[-1].line) == (20_000, 20_000)


def test_control_characters_and_odd_line_separators_are_no_trouble() -> None:
    blocks = parse_blocks("- a \ufeff b\n- \x00c\x1f\n- \u2028d\u0085\n")
    assert len([b for b in walk(blocks) if isinstance(b, Item)]) == 3


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<é is no instruction\n\n- item", [Paragraph, ListBlock]),
        ("<?\né>\n- no item\n?>\n\n- item", [ListBlock]),
        ("1é. no list\n\n- item", [Paragraph, ListBlock]),
        ("é\n===\n\n#\u00a0no heading\n\n- item", [Heading, Paragraph, ListBlock]),
    ],
)
def test_characters_beyond_ascii_open_and_close_no_block(text: str, kinds: list[type]) -> None:
    assert [type(block) for block in parse_blocks(text)] == kinds


def test_columns_count_characters_not_bytes() -> None:
    (table,) = parse_blocks("| é € | b |\n| --- | --- |\n| ↔ 𝔄 x | [[é]] |\n")
    assert isinstance(table, Table)
    assert [(c.column, c.text) for c in (*table.header, *table.rows[0])] == [
        (3, "é €"),
        (9, "b"),
        (3, "↔ 𝔄 x"),
        (11, "é"),
    ]


SIGNS = "** * *** - 1. > # a é | _ ` [x]: [^1]: ]( [ <b> <a <div> --- === &amp; \\".split()


@given(
    st.lists(st.sampled_from([*SIGNS, "* ", "- ", " ", "  ", "\n", "\n\n", "\t", "```\n", "|---|---|\n"])).map("".join)
)
def test_bold_that_is_hidden_from_the_parser_changes_no_block(text: str) -> None:
    plain = pytest.MonkeyPatch()
    hidden = [(type(b), b.line, b.column, b.raw) for b in walk(parse_blocks(text))]
    with plain.context() as patch:
        patch.setattr(markdown, "_STARS", re.compile(""))
        assert [(type(b), b.line, b.column, b.raw) for b in walk(parse_blocks(text))] == hidden
