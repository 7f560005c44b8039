"""Paragraphs that are more than one thing: a label that runs in, lines that are items, terms with descriptions."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.vault.markdown.blocks import Block, Item, ListBlock, Paragraph

_BULLET_LINE: Final = re.compile(
    r"[ \t>]*(?:→|➜|➔|⇒|->|=>|•|▪|▶|►|✓|✔|–|—|[*+-](?=\s)|[a-h1-9]\)|[a-h]\.(?=\s))[ \t]*(?=\S)"
)
DESCRIBED: Final = re.compile(r"(?P<term>[^\n]{1,120})\n[ \t]*:[ \t]+(?P<text>\S.*)", re.DOTALL)
_REMARK_LINE: Final = re.compile(r"[ \t>]*[^\s.:|][^.:|]{1,70}?(?:\s(?:->|=>|→|➜|–|—|-)\s|\s*(?:→|➜)|:\s)\S")
RUN_IN: Final = re.compile(
    r"(?:\*\*|__)(?P<label>[^*_\n]{2,60}?)(?P<colon>[:.]?)(?:\*\*|__)(?P<after>[ \t]*[:.]|)[ \t]*(?P<break>\n|)"
)


def list_of(items: list[Item]) -> ListBlock:
    """Return items as a list of their own."""
    found = ListBlock("", items[0].line, items[0].column)
    found.items = items
    return found


class End(Block):
    """The end of what a promoted label heads."""


class Label(Paragraph):
    """A bold label that ran into its paragraph, on its own now."""


def parted(block: Paragraph) -> Iterator[Block]:
    """Yield a paragraph, as a list where its lines are items: `→ A`, `A -> remark`; lines before them stay."""
    lines = block.raw.split("\n")
    bulleted = [_BULLET_LINE.match(line) for line in lines]
    first = next((i for i, bullet in enumerate(bulleted) if bullet), len(lines))
    if len(lines) > 1 and all(_REMARK_LINE.match(line) for line in lines):
        first = 0
    elif not all(bulleted[first:]) or (first and len(lines) - first < 2):  # noqa: PLR2004 - one line may be anything
        first = len(lines)
    if first:
        yield block if first == len(lines) else Paragraph("\n".join(lines[:first]), block.line, block.column)
    if first < len(lines):
        yield _as_list(lines[first:], block.line + first)


def _as_list(lines: list[str], line: int) -> ListBlock:
    """Return lines as a list, indented ones nested below the one before."""
    found = ListBlock("", line, 1)
    for offset, text in enumerate(lines):
        bullet = _BULLET_LINE.match(text)
        indent = len(text) - len(text.lstrip(" \t>"))
        lead = bullet.end() if bullet else indent
        item = Item(text[lead:].rstrip(), line + offset, lead + 1)
        if offset and indent and found.items:
            parent = found.items[-1]
            if not parent.children:
                parent.children.append(ListBlock("", item.line, item.column))
            nested = parent.children[0]
            assert isinstance(nested, ListBlock)
            nested.items.append(item)
        else:
            found.items.append(item)
    return found
