"""Markdown text -> blocks, each with its place in the file.

pyromark (pulldown-cmark) finds the blocks and their byte ranges, some 20 times faster than Python parsers
(pages/dependencies.md); the text of a block is cut from the file by range and read by `inline`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Final

from skosify_rad.blocks import Block, Cell, Heading, Item, ListBlock, Paragraph, Quote, Table

MAX_DEPTH: Final = 48
"""Lists and quotes nested deeper are read as if they stood at this depth."""
_MARKER = re.compile(r"[\s>]*(?P<marker>[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=\n)|$)(?:\[[ xX/-]\][ \t]+)?")
_CALLOUT = re.compile(r"\[!(?P<kind>[^\]\n]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|$)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_COMMENT = re.compile(r"%%(?:.*?%%|.*\Z)|<!--(?:.*?-->|.*\Z)", re.DOTALL)
_TABLE_LINE = re.compile(r"^[ \t>]*\|.*\[\[.*$", re.MULTILINE)
_WIKILINK = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def parse_blocks(text: str, start: int = 0) -> list[Block]:
    """Parse a note's Markdown from an offset on; lines count from the top of the file.

    Returns the top-level blocks in order: headings, paragraphs, lists, tables, quotes. Code, rules and HTML blocks
    hold no statements and are left out.
    """
    import pyromark  # noqa: PLC0415 - 5 ms at start-up

    source = _Source(_prepare(text[start:]), text[:start].count("\n") + 1)
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    return _Builder(source).build(pyromark.events_with_range(source.text, options=options))


def _prepare(body: str) -> str:
    """Blank what a comment hides and shield bare pipes of links in tables; every line stays a line."""
    if "%%" in body or "<!--" in body:
        body = _COMMENT.sub(_blank, body)
    if "[[" in body and "|" in body:
        body = _TABLE_LINE.sub(_shield_row, body)
    return body


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if c == "\n" else " " for c in match[0]) if "\n" in match[0] else " "


def _shield_row(row: re.Match[str]) -> str:
    return _WIKILINK.sub(lambda link: "[[" + _BARE_PIPE.sub("\x1f", link[1]) + "]]", row[0])


class _Source:
    """The text with its byte offsets, which is what pulldown-cmark counts in."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self._bytes = b"" if text.isascii() else text.encode("utf-8", "replace")
        data: Any = self._bytes or text
        newline: Any = b"\n" if self._bytes else "\n"
        starts = [0]
        position = data.find(newline)
        while position >= 0:
            starts.append(position + 1)
            position = data.find(newline, position + 1)
        self._starts = starts
        self._first_line = first_line

    def cut(self, start: int, end: int) -> str:
        return self._bytes[start:end].decode("utf-8", "replace") if self._bytes else self.text[start:end]

    def place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        return self._first_line + index, len(self.cut(self._starts[index], offset)) + 1

    def indent(self, offset: int) -> int:
        start = self._starts[bisect_right(self._starts, offset) - 1]
        return len(self.cut(start, offset).expandtabs(4))


class _Builder:
    """Turns the parser's flat events into nested blocks, with a stack instead of recursion."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._top: list[Block] = []
        self._stack: list[Block] = []
        self._own_text_from: list[int] = []  # offset where an open item's own text starts; -1 once it is cut
        self._skip = 0

    def build(self, events: Iterable[Any]) -> list[Block]:
        for event, span in events:
            if type(event) is dict:
                if "Start" in event:
                    self._start(event["Start"], span["start"], span["end"])
                elif "End" in event:
                    self._end(event["End"], span["start"], span["end"])
        return self._top

    def _start(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401 - pyromark's untyped tags
        name = tag if type(tag) is str else next(iter(tag))
        if self._skip or name in _SKIPPED:
            self._skip += name in _SKIPPED
            self._cut_own_text(start)
        elif name in _BLOCKS:
            if name not in ("TableHead", "TableRow", "TableCell"):
                self._cut_own_text(start)
            getattr(self, "_open_" + name)(tag, start, end)

    def _end(self, tag: Any, _start: int, end: int) -> None:  # noqa: ANN401 - as above
        name = tag if type(tag) is str else next(iter(tag))
        if name in _SKIPPED:
            self._skip -= 1
        elif not self._skip and name in _CLOSED:
            if name == "Item":
                self._cut_own_text(end)
                self._own_text_from.pop()
            self._stack.pop()

    def _make(self, kind: type[Any], start: int, end: int, *, raw: bool = True) -> Any:  # noqa: ANN401 - a `kind`
        text = self._source.cut(start, end).rstrip() if raw else ""
        return kind(text, *self._source.place(start))

    def _add(self, block: Block) -> None:
        parent = self._stack[-1] if self._stack else None
        if isinstance(parent, (Item, Quote)):
            parent.children.append(block)
        else:
            self._top.append(block)

    def _open_Heading(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        raw = self._source.cut(start, end)
        stripped = raw.lstrip("# \t") if raw.startswith("#") else raw.rstrip().rsplit("\n", 1)[0]
        lead = len(raw) - len(raw.lstrip("# \t")) if raw.startswith("#") else 0
        line, column = self._source.place(start)
        heading = Heading(_CLOSING_HASHES.sub("", stripped.rstrip()), line, column + lead)
        heading.level = int(tag["Heading"]["level"][1])
        self._add(heading)

    def _open_Paragraph(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        parent = self._stack[-1] if self._stack else None
        if isinstance(parent, Item) and not parent.raw and not parent.children:
            self._own_text(parent, start, end)
        elif isinstance(parent, Quote) and not parent.children and not parent.callout:
            self._callout(parent, start, end)
        else:
            self._add(self._make(Paragraph, start, end))

    def _callout(self, quote: Quote, start: int, end: int) -> None:
        raw = self._source.cut(start, end)
        match = _CALLOUT.match(raw)
        if match is None:
            self._add(self._make(Paragraph, start, end))
            return
        quote.callout = match["kind"].strip().lower()
        quote.raw = match["title"].strip()
        quote.line, quote.column = self._source.place(start)
        body = start + len(raw[: match.end()].encode()) if not self._source.text.isascii() else start + match.end()
        rest = self._source.cut(body, end)
        lead = len(rest) - len(rest.lstrip(" \t>"))
        if rest.strip(" \t>\n"):
            self._add(self._make(Paragraph, body + lead, end))

    def _open_List(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        block = self._make(ListBlock, start, end, raw=False)
        depth = sum(isinstance(b, ListBlock) for b in self._stack)
        siblings = self._siblings()
        previous = siblings[-1] if siblings else None
        indent = self._source.indent(self._marker(start, end)[0])
        if depth >= MAX_DEPTH:
            block = next(b for b in reversed(self._stack) if isinstance(b, ListBlock))
            block.too_deep = True
        elif isinstance(previous, ListBlock) and previous.items and indent > previous.items[-1].indent:
            previous.items[-1].children.append(block)  # `1. a` with a child indented by two: CommonMark ends the list
        elif isinstance(previous, ListBlock) and self._continues(previous, tag, indent):
            block = previous  # another bullet sign or a comment in between: one list to the eye
        else:
            self._add(block)
        self._stack.append(block)

    @staticmethod
    def _continues(previous: ListBlock, tag: Any, indent: int) -> bool:  # noqa: ANN401 - as above
        ordered = tag["List"] is not None
        last = previous.items[-1] if previous.items else None
        return last is not None and indent == last.indent and ordered == bool(last.number)

    def _siblings(self) -> list[Block]:
        parent = self._stack[-1] if self._stack else None
        return parent.children if isinstance(parent, (Item, Quote)) else self._top

    def _marker(self, start: int, end: int) -> tuple[int, int, str]:
        """Return the offsets of an item's marker and of its text, and the marker."""
        match = _MARKER.match(self._source.cut(start, min(end, start + 400)))
        if match is None:
            return start, start, ""
        lead = match.start("marker")  # all before it is ASCII, so characters are bytes
        return start + lead, start + match.end(), match["marker"]

    def _open_Item(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        marker, text, sign = self._marker(start, end)
        item = Item("", *self._source.place(text))
        item.indent = self._source.indent(marker)
        item.number = sign.rstrip(".)") if sign[:1].isdigit() else ""
        parent = self._stack[-1]
        assert isinstance(parent, ListBlock)
        parent.items.append(item)
        self._stack.append(item)
        self._own_text_from.append(text)

    def _own_text(self, item: Item, start: int, end: int) -> None:
        item.raw = self._source.cut(start, end).strip()
        if item.raw:
            item.line, item.column = self._source.place(start)
        self._own_text_from[-1] = -1

    def _cut_own_text(self, end: int) -> None:
        """Close the own text of the innermost open item where its first block begins."""
        if self._own_text_from and self._own_text_from[-1] >= 0 and isinstance(self._stack[-1], Item):
            start = self._own_text_from[-1]
            raw = self._source.cut(start, max(start, end))
            if raw.strip(" \t\n>"):
                self._stack[-1].raw = raw.rstrip(" \t\n>").lstrip()
                self._own_text_from[-1] = -1

    def _open_Table(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        table = self._make(Table, start, end, raw=False)
        self._add(table)
        self._stack.append(table)

    def _open_TableHead(self, _tag: Any, _start: int, _end: int) -> None:  # noqa: ANN401
        """Do nothing: the header's cells come next, and the table has no rows yet."""

    def _open_TableRow(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        table = self._stack[-1]
        assert isinstance(table, Table)
        table.rows.append([])
        cells = _CELL_END.findall(self._source.cut(start, end).strip().strip("|"))
        if len(cells) >= len(table.header):
            table.ragged.append(self._source.place(start)[0])

    def _open_TableCell(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        table = self._stack[-1]
        assert isinstance(table, Table)
        raw = self._source.cut(start, end)
        lead = len(raw) - len(raw.lstrip(" \t|"))
        cell = Cell(raw.strip(" \t\n").removeprefix("|").strip(), *self._source.place(start + lead))
        (table.rows[-1] if table.rows else table.header).append(cell)

    def _open_BlockQuote(self, _tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        quote = self._make(Quote, start, end, raw=False)
        self._add(quote)
        self._stack.append(quote)


_SKIPPED: Final = frozenset({"CodeBlock", "HtmlBlock", "MetadataBlock", "FootnoteDefinition"})
_BLOCKS: Final = frozenset(
    {"Heading", "Paragraph", "List", "Item", "Table", "TableHead", "TableRow", "TableCell", "BlockQuote"}
)
_CLOSED: Final = frozenset({"List", "Item", "Table", "BlockQuote"})
