"""Build a note's tree of nodes from its blocks: every heading and label owns what follows it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from skosify_rad.extraction.node import LABEL_LEVEL, Form, Node
from skosify_rad.extraction.plain_text import read_text
from skosify_rad.extraction.words import KINDS
from skosify_rad.language.english import has_verb
from skosify_rad.language.grades import ladder_kind, leading_code
from skosify_rad.language.spelling import fold
from skosify_rad.vault.markdown.blocks import Block, Heading, Item, ListBlock, Paragraph, Quote, Table
from skosify_rad.vault.markdown.inline import Inline
from skosify_rad.vault.markdown.parser import MAX_DEPTH

_NUMBER: Final = re.compile(
    r"(?:chapter|section|part|unit|lecture|lesson|topic)\s+\d+(?:\.\d+)*\s*[:.–—-]?\s+|\d{1,3}(?:\.\d{1,3})+\.?\s+|\d{1,2}[.)]\s+"
    r"|\d{1,2}\s+(?=[A-Z](?:[a-z]{3}|\s))|[A-H][.)]\s+(?=[A-Z])|[IVX]{1,4}[.)]\s+",
    re.IGNORECASE,
)
"""Section and chapter numbers, which are not part of a name."""
_SIGNS: Final = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3\s*_#>→►▶•-]+")
_LABEL: Final = re.compile(r"[^:\n.]{1,80}?(?::(?=\s|$)|\s[–—]\s|\s--?\s|\s=\s|\s->|\s→)")
_LABEL_WORDS: Final = 9
_RUN_IN_WORDS: Final = 4
"""Words of a bold label that ends in a full stop; more are a sentence."""
_RUNS: Final = 1000
"""Lists of one parent, at the most: what an item without words holds is a list of its own below the parent."""
_BRACKET_END: Final = re.compile(r"\s?\([^()]*\)$")
_HASHES: Final = re.compile(r"#{1,6}[ \t]+")
_BOLD_START: Final = re.compile(r"[ \t]*(?:\*\*|__)(?=\S)")
_ITEM_LINE: Final = re.compile(r"[ \t>]*(?:→|➜|➔|⇒|->|=>|✓|✔|–|—|[a-h1-9]\)|[a-h]\.(?=\s))[ \t]*(?=\S)")
_LABELLED_LINE: Final = re.compile(r"[ \t>]*[^\s:|=.][^:|=.\n]{0,60}?(?:\s[=–—-]\s|:\s|\s->\s|\s→)[ \t]*\S")
_DESCRIBED: Final = re.compile(r"(?P<term>[^\n]{1,120})\n[ \t]*:[ \t]+(?P<text>\S.*)", re.DOTALL)
_DESCRIPTION: Final = re.compile(r"\n[ \t]*:[ \t]+")


def build_tree(blocks: Iterable[Block], title: str) -> Node:
    """Return the root of a note's tree; a heading that only repeats the title is skipped."""
    root = Node(Form.ROOT, Block("", 1, 1), Inline(""))
    _Builder(root, title).add(blocks)
    return root


def _last_line(block: Block) -> int:
    """Return the line on which a block ends, with what is nested in it."""
    while block.parts:
        block = block.parts[-1]
    return block.line + block.raw.count("\n")


class _Builder:
    """Nests the blocks below one node."""

    def __init__(self, root: Node, title: str = "", depth: int = 0, run: int = 0) -> None:
        self._depth = depth
        self._title = fold(title)
        self._open = [root]
        self._lead: Node | None = None
        """The paragraph that the next list or table belongs to."""
        self._run = run

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks in order."""
        for block in _expand(blocks):
            lead, self._lead = self._lead, None
            if isinstance(block, Heading):
                self._open_heading(block)
            elif isinstance(block, Paragraph):
                self._add_paragraph(block)
            elif isinstance(block, ListBlock):
                self._add_list(block, lead or self._open[-1])
            elif isinstance(block, Table):
                self._attach(Node(Form.TABLE, block, Inline("")), lead or self._open[-1])
            elif isinstance(block, Quote):
                self._add_quote(block)
                self._lead = lead

    def _attach(self, node: Node, parent: Node) -> Node:
        words = node.words if node.form in (Form.HEADING, Form.LABEL, Form.CALLOUT) else ""
        node.path = (*parent.path, words) if words else parent.path
        parent.children.append(node)
        return node

    def _close(self, level: int) -> None:
        while len(self._open) > 1 and self._open[-1].level >= level:
            self._open.pop()

    def _open_heading(self, block: Heading) -> None:
        node = Node(Form.HEADING, block, _without_number(read_text(block.raw)))
        node.label = node.text
        node.level = block.level
        if self._title and fold(node.words) == self._title and len(self._open) == 1:
            return
        if node.words:
            self._close(block.level)
            self._open.append(self._attach(node, self._open[-1]))

    def _add_paragraph(self, block: Paragraph) -> None:
        text = read_text(block.raw)
        if not text.text.strip():
            return
        node = Node(Form.PARAGRAPH, block, text)
        split_label(node)
        if _heads(node):
            node.form, node.level = Form.LABEL, self._level_below()
            self._close(node.level)
            self._open.append(self._attach(node, self._open[-1]))
            return
        above = self._open[-1]
        if above.form is Form.LABEL and (above.body.text or above.of_form(Form.ITEM, Form.TABLE)):
            self._close(LABEL_LEVEL)
        self._lead = self._attach(node, self._open[-1])

    def _level_below(self) -> int:
        """Return the level of a label: below one that ends in a colon and holds nothing but labels, else beside it."""
        for above in self._open[1:]:
            if above.form is Form.LABEL and above.level == LABEL_LEVEL:
                only_labels = not above.body.text and all(c.form is Form.LABEL for c in above.children[-1:])
                return LABEL_LEVEL + (only_labels and ":" in above.text.text[-4:])
        return LABEL_LEVEL

    def _add_list(self, block: ListBlock, parent: Node) -> None:
        self._run += 1
        end = tight = 0
        for item in block.items:
            if tight > 1 and item.line > end + 1 and parent is not self._open[-1]:
                parent, self._run = self._open[-1], self._run + 1  # a blank line ends what a line leads to
            tight += item.line == end + 1
            self._add_item(item, parent)
            end = _last_line(item)

    def _add_item(self, item: Item, parent: Node) -> None:
        children = list(item.children)
        hashes = _HASHES.match(item.raw)
        text = read_text(item.raw[hashes.end() :] if hashes else item.raw)
        if not text.text.strip() and any(fold(tag) in KINDS for tag in text.tags):
            text = Inline(" ".join(text.tags))  # `#kinds` above a list
        if hashes and text.text.strip():
            node = Node(Form.HEADING, item, _without_number(text))
            node.level = len(hashes[0].strip())
            node.label = node.text
            if children and isinstance(children[0], Heading):
                children = children[1:]  # the parser reports it twice
        elif text.text.strip():
            node = Node(Form.ITEM, item, text)
            node.run = self._run
            split_label(node)
        else:
            self._nest(parent, children, self._run * _RUNS)
            return
        self._attach(node, parent)
        self._nest(node, children)

    def _nest(self, node: Node, blocks: list[Block], run: int = 0) -> None:
        """Add blocks below a node, down to MAX_DEPTH; their lists are numbered from `run`."""
        if blocks and self._depth < MAX_DEPTH:
            _Builder(node, "", self._depth + 1, run).add(blocks)

    def _add_quote(self, block: Quote) -> None:
        node = Node(Form.CALLOUT, block, read_text(block.raw) if block.callout else Inline(""))
        node.label = node.text
        self._attach(node, self._open[-1])
        self._nest(node, block.children)


def split_label(node: Node) -> None:
    """Split a node's text where its label ends: after leading bold text, or after a few words and a colon."""
    text = node.text
    lead = len(text.text) - len(text.text.lstrip(" \t*_"))
    bold = next((end for start, end in text.strong if start <= lead < end), 0)
    rest = text.text[bold:].lstrip()
    if bold and (not rest or text.text[bold] == "\n" or rest[0] in ":–—-→=(." or text.text[bold - 1] in ":."):
        match = re.match(r"\s*(?:\([^()\n]*\)\s*)?(?:[:.–—=→]|--?>?)?\s*", text.text[bold:])
        end = bold + (match.end() if match else 0)
        node.label, node.body = text.slice(0, bold), text.slice(end, len(text.text)).strip()
        return
    match = _LABEL.match(text.text)
    if match and len(match[0].split()) <= _LABEL_WORDS:
        node.label = text.slice(0, len(match[0].rstrip(" \t:=–—→>-")))
        node.body = text.slice(match.end(), len(text.text)).strip(" \t\n\v>")
    else:
        first = text.text.partition("\n")[0]
        node.label = text.slice(0, len(first)) if len(first) < len(text.text) else text


def _heads(node: Node) -> bool:
    """Return whether a paragraph heads what follows: a bold label, or a short line that ends in a colon."""
    raw, words = node.block.raw, node.words
    if not words or len(words.split()) > _LABEL_WORDS or "\n" in node.text.text.strip():
        return False
    if _BOLD_START.match(raw) and node.text.strong and node.text.strong[0][0] == 0:
        end = node.text.strong[0][1]
        sentence = words.endswith(".") and (len(words.split()) > _RUN_IN_WORDS or has_verb(words))
        return node.label.text.rstrip() == node.text.text[:end].rstrip() and not sentence
    return not node.body.text and _BRACKET_END.sub("", node.text.text.rstrip()).endswith((":", "?"))


def _without_number(text: Inline) -> Inline:
    """Return a heading without its number and signs."""
    start = 0
    for _ in range(3):
        for pattern in (_SIGNS, _NUMBER):
            match = pattern.match(text.text, start)
            if match and match.end() < len(text.text):
                start = match.end()
    return text.slice(start, len(text.text)) if start else text


def strip_number(title: str) -> str:
    """Return a title without section and chapter numbers.

    >>> strip_number("Chapter 20: Cardiac Imaging"), strip_number("33.2 Wrist fractures"), strip_number("3 Tesla")
    ('Cardiac Imaging', 'Wrist fractures', 'Tesla')
    """
    return _without_number(Inline(title)).text


def _expand(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks; split paragraphs at lines that start with a bold label or are list items."""
    described: ListBlock | None = None
    for block in blocks:
        match = _DESCRIBED.match(block.raw) if isinstance(block, Paragraph) and "\n" in block.raw else None
        if match:
            described = described or ListBlock("", block.line, block.column)
            described.items.append(_describe(match["term"], match["text"], block))
            continue
        if described is not None:
            yield described
            described = None
        if isinstance(block, Paragraph) and "\n" in block.raw:
            yield from _part(block)
        else:
            yield block
    if described is not None:
        yield described


def _heads_lines(line: str) -> bool:
    """Return whether the first line of a paragraph may head the others: it ends in a colon, or is a few words only."""
    line = line.rstrip()
    few = len(line.split()) <= _LABEL_WORDS and line[-1:] not in ".,;" and ":" not in line
    return line.endswith(":") or (few and _LABELLED_LINE.match(line) is None)


def _climb(lines: list[str]) -> bool:
    """Return whether lines start with the codes of a scale, one line apart at most: `I encapsulated`, `II invasive`."""
    codes = [code for code, _ in map(leading_code, lines) if code]
    return len(codes) + 1 >= len(lines) and ladder_kind(codes) in ("roman", "letter")


def _describe(term: str, text: str, block: Block) -> Item:
    """Return the list item for a term of a definition list: with its description, or with several below it."""
    texts = _DESCRIPTION.split(text)
    if len(texts) == 1:
        return Item(f"{term}: {text}", block.line, block.column)
    item, below = Item(f"{term}:", block.line, block.column), ListBlock("", block.line + 1, block.column)
    for count, one in enumerate(texts, 1):
        below.items.append(Item(one, block.line + count, block.column))
    item.children.append(below)
    return item


def _part(block: Paragraph) -> Iterator[Block]:
    """Yield the paragraphs and lists that a paragraph's lines form."""
    lines = block.raw.split("\n")
    headed = len(lines) > 2 and _heads_lines(lines[0])  # noqa: PLR2004 - a label above its lines
    coded = _climb(lines[headed:])
    labelled = coded or all(_LABELLED_LINE.match(line) for line in lines[headed:])
    if headed and labelled and lines[0].rstrip()[-1] not in ":?":
        lines[0] = f"{lines[0].rstrip()}:"
    starts = [
        i for i, line in enumerate(lines) if i == 0 or labelled or _BOLD_START.match(line) or _ITEM_LINE.match(line)
    ]
    items: ListBlock | None = None
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        raw, line = "\n".join(lines[start:stop]), block.line + start
        bullet = _ITEM_LINE.match(lines[start]) if len(starts) > 1 else None
        if bullet or (coded and start >= headed):
            indent = bullet.end() if bullet else 0
            if items is None:
                items = ListBlock("", line, 1)
            items.items.append(Item(raw[indent:], line, indent + 1))
            continue
        if items is not None:
            yield items
            items = None
        yield Paragraph(raw, line, block.column if start == 0 else 1)
    if items is not None:
        yield items
