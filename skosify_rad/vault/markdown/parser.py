"""Markdown text -> blocks, each with its place in the file.

pyromark (pulldown-cmark) finds the blocks and their byte ranges, some 20 times faster than Python parsers
(pages/dependencies.md); the text of a block is cut from the file by range and read by `inline`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import accumulate
from typing import Any, Final

from skosify_rad.vault.markdown.blocks import Block, Cell, Heading, Item, ListBlock, Paragraph, Quote, Table

MAX_DEPTH: Final = 48
"""Lists and quotes nested deeper are read as if they stood at this depth."""
_MARKER = re.compile(r"[\s>]*(?P<marker>[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=\n)|$)(?:\[[ xX/-]\][ \t]+)?")
_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\n]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|$)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_COMMENT = re.compile(r"%%(?:.*?%%|.*\Z)|<!--(?:.*?-->|.*\Z)", re.DOTALL)
_TABLE_LINE = re.compile(r"\n[ \t>]*\|.*\[\[.*")
_WIKILINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_STARS = re.compile(r"\*[ \t]*\*[ \t]*\*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def parse_blocks(text: str, start: int = 0) -> list[Block]:
    """Parse a note's Markdown from an offset on; lines count from the top of the file.

    Returns the top-level blocks in order: headings, paragraphs, lists, tables, quotes. Code, rules and HTML blocks
    hold no statements and are left out.
    """
    return parse_note(text, start)[0]


def parse_note(text: str, start: int = 0) -> tuple[list[Block], bool]:
    """Return the blocks as `parse_blocks` does, and whether every list and table of them was read as it was drawn."""
    body = _prepare(text[start:])
    builder = _Builder(body, text.count("\n", 0, start) + 1)
    return builder.build(_parser()(_shape(body))), builder.whole


@cache
def _parser() -> Callable[[str], Iterable[Any]]:
    import pyromark  # noqa: PLC0415 - 5 ms at start-up

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    return partial(pyromark.events_with_range, options=options)


def _prepare(body: str) -> str:
    """Blank what a comment hides and shield bare pipes of links in tables; every line stays a line."""
    if "%%" in body or "<!--" in body:
        body = _COMMENT.sub(_blank, body)
    if "[[" in body and "|" in body:
        body = _TABLE_LINE.sub(_shield_row, "\n" + body)[1:]
    return body


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if c == "\n" else " " for c in match[0]) if "\n" in match[0] else " "


def _shield_row(row: re.Match[str]) -> str:
    return _WIKILINK.sub(lambda link: "[[" + _BARE_PIPE.sub("\x1f", link[1]) + "]]", row[0])


def _shape(body: str) -> str:
    """Return what the block parser sees: one byte a character, so that its offsets are offsets in the text.

    No character beyond ASCII opens or closes a block, and `?` does so only behind `<`. Nor do two stars, where no third
    can make them a rule: bold is a quarter of what the parser would tell of.
    """
    shape = body
    if not body.isascii():
        shape = body.encode("ascii", "replace").decode("ascii")
        if "<?" in shape:
            shape = _NOT_ASCII.sub(",", body)
    return shape if _STARS.search(shape) else shape.replace("**", "xx")


class _Builder:
    """Turns the parser's flat events into nested blocks, with a stack instead of recursion."""

    __slots__ = ("_first_line", "_line_starts", "_lists", "_own_text_from", "_stack", "_text", "_top", "whole")

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._line_starts = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
        self.whole = True
        self._top: list[Block] = []
        self._stack: list[Block] = []
        self._lists = 0  # how many of them are lists
        self._own_text_from: list[int] = []  # offset where an open item's own text starts; -1 once it is cut

    def build(self, events: Iterable[Any]) -> list[Block]:
        """Return the top-level blocks. A third of the time is spent in this loop: most events are within lines."""
        skipped = 0
        own_text_from, stack, opened = self._own_text_from, self._stack, _OPENED
        for event, span in events:
            if "Start" in event:
                tag = event["Start"]
                name = tag if type(tag) is str else next(iter(tag))
                if skipped or name in _SKIPPED:
                    skipped += name in _SKIPPED
                    self._cut_own_text(span["start"])
                elif (open_block := opened.get(name)) is not None:
                    start = span["start"]
                    if own_text_from and own_text_from[-1] >= 0 and name not in _CELLS:
                        self._cut_own_text(start)
                    open_block(self, tag, start, span["end"])
            elif "End" in event:
                tag = event["End"]
                name = tag if type(tag) is str else next(iter(tag))
                if name in _CLOSED and not skipped:
                    if name == "Item":
                        self._cut_own_text(span["end"])
                        own_text_from.pop()
                    self._lists -= isinstance(stack.pop(), ListBlock)
                elif name in _SKIPPED:
                    skipped -= 1
        return self._top

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._line_starts, offset) - 1
        return self._first_line + index, offset - self._line_starts[index] + 1

    def _add_paragraph(self, start: int, end: int) -> None:
        self._siblings().append(Paragraph(self._text[start:end].rstrip(), *self._place(start)))

    def open_heading(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - pyromark's untyped tags
        raw = self._text[start:end]
        stripped = raw.lstrip("# \t") if raw.startswith("#") else raw.rstrip().rsplit("\n", 1)[0]
        lead = len(raw) - len(stripped) if raw.startswith("#") else 0
        words = stripped.rstrip()
        line, column = self._place(start)
        heading = Heading(_CLOSING_HASHES.sub("", words) if words.endswith("#") else words, line, column + lead)
        heading.level = int(tag["Heading"]["level"][1])
        self._siblings().append(heading)

    def open_paragraph(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - as above
        parent = self._stack[-1] if self._stack else None
        if isinstance(parent, Item) and not parent.raw and not parent.children:
            self._own_text(parent, start, end)
        elif isinstance(parent, Quote) and not parent.children and not parent.callout:
            self._callout(parent, start, end)
        else:
            self._add_paragraph(start, end)

    def _callout(self, quote: Quote, start: int, end: int) -> None:
        match = _CALLOUT.match(self._text, start, end)
        if match is None:
            self._add_paragraph(start, end)
            return
        quote.callout = match["kind"].strip().lower()
        quote.raw = match["title"].strip()
        quote.line, quote.column = self._place(start)
        rest = self._text[match.end() : end]
        if rest.strip(" \t>\n"):
            self._add_paragraph(end - len(rest.lstrip(" \t>")), end)

    def open_list(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - as above
        block = ListBlock("", *self._place(start))
        if self._own_text_from:
            self._own_text_from[-1] = -1  # `- - a`: what the inner list holds is no text of the outer item
        siblings = self._siblings()
        previous = siblings[-1] if siblings else None
        if previous is None and len(self._stack) < MAX_DEPTH:
            siblings.append(block)  # as nearly always
        elif self._lists >= MAX_DEPTH:
            block = next(b for b in reversed(self._stack) if isinstance(b, ListBlock))
            block.too_deep = True
            self.whole = False
        elif isinstance(previous, ListBlock) and previous.items:
            last, indent = previous.items[-1], self._item_at(start, end)[0].indent
            if indent > last.indent:
                last.children.append(block)  # `1. a` with a child indented by two: CommonMark ends the list
            elif indent == last.indent and (tag["List"] is not None) == bool(last.number):
                block = previous  # another bullet sign or a comment in between: one list to the eye
            else:
                siblings.append(block)
        else:
            siblings.append(block)
        self._stack.append(block)
        self._lists += 1

    def _siblings(self) -> list[Block]:
        parent = self._stack[-1] if self._stack else None
        return parent.children if isinstance(parent, (Item, Quote)) else self._top

    def _item_at(self, start: int, end: int) -> tuple[Item, int]:
        """Return an item without its text, and the offset where that starts."""
        match = _MARKER.match(self._text, start, min(end, start + 400))
        marker, text = (match.start(1), match.end()) if match else (start, start)
        index = bisect_right(self._line_starts, text) - 1
        line_start = self._line_starts[index]
        item = Item("", self._first_line + index, text - line_start + 1)
        if marker != line_start:
            item.indent = len(self._text[line_start : min(marker, line_start + 1_000)].expandtabs(4))
        if match and self._text[marker] not in "-*+":
            item.number = match[1][:-1]
        return item, text

    def open_item(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - as above
        item, text = self._item_at(start, end)
        parent = self._stack[-1]
        assert isinstance(parent, ListBlock)
        parent.items.append(item)
        self._stack.append(item)
        self._own_text_from.append(text)

    def _own_text(self, item: Item, start: int, end: int) -> None:
        item.raw = self._text[start:end].strip()
        if item.raw:
            item.line, item.column = self._place(start)
        self._own_text_from[-1] = -1

    def _cut_own_text(self, end: int) -> None:
        """Close the own text of the innermost open item where its first block begins."""
        if self._own_text_from and self._own_text_from[-1] >= 0 and isinstance(self._stack[-1], Item):
            raw = self._text[self._own_text_from[-1] : end].rstrip(" \t\n>")
            if raw:
                self._stack[-1].raw = raw.lstrip()
                self._own_text_from[-1] = -1

    def open_table(self, _tag: Any, start: int, _end: int) -> None:  # noqa: ANN401 - as above
        table = Table("", *self._place(start))
        self._siblings().append(table)
        self._stack.append(table)

    def open_row(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - as above
        table = self._stack[-1]
        assert isinstance(table, Table)
        table.rows.append([])
        row = self._text[start:end].strip().strip("|")
        bars = len(_BARE_PIPE.findall(row)) if "\\" in row else row.count("|")
        if bars >= len(table.header):
            table.ragged.append(self._place(start)[0])
            self.whole = False

    def open_cell(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - as above
        table = self._stack[-1]
        assert isinstance(table, Table)
        raw = self._text[start:end]
        lead = len(raw) - len(raw.lstrip(" \t|"))
        cell = Cell(raw.strip(" \t\n").removeprefix("|").strip(), *self._place(start + lead))
        (table.rows[-1] if table.rows else table.header).append(cell)

    def open_quote(self, _tag: Any, start: int, _end: int) -> None:  # noqa: ANN401 - as above
        quote = Quote("", *self._place(start))
        self._siblings().append(quote)
        self._stack.append(quote)


_SKIPPED: Final = frozenset({"CodeBlock", "HtmlBlock", "MetadataBlock", "FootnoteDefinition"})
_OPENED: Final = {
    "Heading": _Builder.open_heading,
    "Paragraph": _Builder.open_paragraph,
    "List": _Builder.open_list,
    "Item": _Builder.open_item,
    "Table": _Builder.open_table,
    "TableRow": _Builder.open_row,
    "TableCell": _Builder.open_cell,
    "BlockQuote": _Builder.open_quote,
}
_CELLS: Final = frozenset({"TableRow", "TableCell"})
_CLOSED: Final = frozenset({"List", "Item", "Table", "BlockQuote"})
