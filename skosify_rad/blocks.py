"""Markdown text -> Heading, Paragraph, Item, Table and Quote blocks, each with its place in the file.

pyromark (pulldown-cmark) finds the blocks and their byte ranges, some 20 times faster than Python parsers
(pages/dependencies.md); the text of a block is cut from the file by range and read by `inline`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from skosify_rad.inline import Inline, parse_inline

_PREFIX = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)*[ \t]*")


class Block:
    """A piece of a note: its raw text and its place. Slotted and plain, since hundreds of thousands are made."""

    __slots__ = ("__dict__", "column", "line", "raw")

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw = raw
        """Text as in the file, without the markers of the block itself."""
        self.line = line
        """Line of its first character in the file, from 1."""
        self.column = column
        """Column of its first character, from 1, in code points."""

    @cached_property
    def inline(self) -> Inline:
        """The text without markup, with its links; parsed when first asked for."""
        return parse_inline(_PREFIX.sub("", self.raw) if "\n" in self.raw else self.raw)

    @property
    def text(self) -> str:
        """The text without markup."""
        return self.inline.text

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which an offset of `text` lies."""
        return self.line + self.inline.text.count("\n", 0, offset)

    def __repr__(self) -> str:
        """Return kind, line and text, for `rad2skos show`."""
        return f"{type(self).__name__}({self.line}: {self.text!r})"


class Paragraph(Block):
    """A paragraph; also the title line of a callout."""


class Heading(Block):
    """A heading, `#` or underlined."""

    level: int = 1
    """1 to 6."""


class Cell(Block):
    """A cell of a table."""


class Item(Block):
    """An item of a list: its own text, and what is nested in it."""

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line, column)
        self.children: list[Block] = []
        """Blocks below its own text."""
        self.number = ""
        """The number of an ordered item, as written; empty for a bullet."""
        self.indent = 0
        """Column of its marker, tabs counted as four, to nest lists that indent too little."""


class ListBlock(Block):
    """A list."""

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line, column)
        self.items: list[Item] = []
        """Its items, in order."""
        self.too_deep = False
        """Lists nested still deeper were read as if they stood here."""


class Table(Block):
    """A table."""

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line, column)
        self.header: list[Cell] = []
        """Cells of the header row."""
        self.rows: list[list[Cell]] = []
        """Rows below it; each as long as the header."""
        self.ragged: list[int] = []
        """Lines of rows that have more cells than the header; what is too much is not in `rows`."""


class Quote(Block):
    """A quote or an Obsidian callout."""

    def __init__(self, raw: str, line: int, column: int) -> None:
        super().__init__(raw, line, column)
        self.callout = ""
        """Kind of the callout, lower case (`summary`); empty for a plain quote."""
        self.children: list[Block] = []
        """Blocks in it; the callout's title is its `text`."""


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, depth first; cells of tables row by row."""
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
            continue
        yield block
        if isinstance(block, ListBlock):
            stack.append(iter(block.items))
        elif isinstance(block, (Item, Quote)):
            stack.append(iter(block.children))
        elif isinstance(block, Table):
            stack.append(iter([c for row in (block.header, *block.rows) for c in row]))
