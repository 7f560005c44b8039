"""Markdown text -> Heading, Paragraph, Item, Table and Quote blocks, each with its place in the file.

pyromark (pulldown-cmark) finds the blocks and their byte ranges, some 20 times faster than Python parsers
(pages/dependencies.md); the text of a block is cut from the file by range and read by `inline`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from skosify_rad.vault.markdown.inline import Inline, parse_inline

_PREFIX = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)*[ \t]*")


class Block:
    """A piece of a note: its raw text and its place. Slotted and plain, since hundreds of thousands are made."""

    __slots__ = ("__dict__", "column", "inline", "line", "raw", "text")

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw = raw
        """Text as in the file, without the markers of the block itself."""
        self.line = line
        """Line of its first character in the file, from 1."""
        self.column = column
        """Column of its first character, from 1, in code points."""

    nests: ClassVar = False
    """Whether blocks of this kind hold others."""
    inline: Inline
    """The text without markup, with its links; parsed when first asked for."""
    text: str
    """The text without markup."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Fill `inline` and `text` when one is first asked for; from then on they are slots like the others."""
            if name not in ("inline", "text"):
                raise AttributeError(name)
            raw = self.raw
            self.inline = inline = parse_inline(_PREFIX.sub("", raw) if "\n" in raw else raw)
            self.text = text = inline.text
            return inline if name == "inline" else text

    @property
    def parts(self) -> Sequence["Block"]:
        """Blocks directly in it, in order; cells of tables row by row."""
        return ()

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which an offset of `text` lies."""
        return self.line + self.text.count("\n", 0, offset)

    def __repr__(self) -> str:
        """Return kind, line and text, for `rad2skos show`."""
        return f"{type(self).__name__}({self.line}: {self.text!r})"


class Paragraph(Block):
    """A paragraph; also the title line of a callout."""

    __slots__ = ()


class Heading(Block):
    """A heading, `#` or underlined."""

    __slots__ = ("level",)

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw, self.line, self.column = raw, line, column
        self.level = 1
        """1 to 6."""


class Cell(Block):
    """A cell of a table."""

    __slots__ = ()


class Item(Block):
    """An item of a list: its own text, and what is nested in it."""

    __slots__ = ("children", "indent", "number")
    nests = True

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw, self.line, self.column = raw, line, column
        self.children: list[Block] = []
        """Blocks below its own text."""
        self.number = ""
        """The number of an ordered item, as written; empty for a bullet."""
        self.indent = 0
        """Column of its marker, tabs counted as four, to nest lists that indent too little."""

    @property
    def parts(self) -> Sequence[Block]:
        """What is nested in it."""
        return self.children


class ListBlock(Block):
    """A list."""

    __slots__ = ("items", "too_deep")
    nests = True

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw, self.line, self.column = raw, line, column
        self.items: list[Item] = []
        """Its items, in order."""
        self.too_deep = False
        """Lists nested still deeper were read as if they stood here."""

    @property
    def parts(self) -> Sequence[Block]:
        """Its items."""
        return self.items


class Table(Block):
    """A table."""

    __slots__ = ("header", "ragged", "rows")
    nests = True

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw, self.line, self.column = raw, line, column
        self.header: list[Cell] = []
        """Cells of the header row."""
        self.rows: list[list[Cell]] = []
        """Rows below it; each as long as the header."""
        self.ragged: list[int] = []
        """Lines of rows that have more cells than the header; what is too much is not in `rows`."""

    @property
    def parts(self) -> Sequence[Block]:
        """Its cells, row by row."""
        return [cell for row in (self.header, *self.rows) for cell in row]


class Quote(Block):
    """A quote or an Obsidian callout."""

    __slots__ = ("callout", "children")
    nests = True

    def __init__(self, raw: str, line: int, column: int) -> None:
        self.raw, self.line, self.column = raw, line, column
        self.callout = ""
        """Kind of the callout, lower case (`summary`); empty for a plain quote."""
        self.children: list[Block] = []
        """Blocks in it; the callout's title is its `text`."""

    @property
    def parts(self) -> Sequence[Block]:
        """Blocks in it."""
        return self.children


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, depth first; cells of tables row by row."""
    pending = list(blocks)
    pending.reverse()
    while pending:
        block = pending.pop()
        yield block
        if block.nests:
            pending.extend(reversed(block.parts))
