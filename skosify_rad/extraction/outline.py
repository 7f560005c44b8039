"""Blocks -> Outline: the sections of a note, each with what its heading announces."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.extraction.headings import announce, principle
from skosify_rad.extraction.paragraphs import DESCRIBED, RUN_IN, End, Label, list_of, parted
from skosify_rad.language.english import shares_head
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.config import Extraction
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.blocks import Block, Heading, Item, ListBlock, Paragraph, Quote, Table
from skosify_rad.vault.markdown.inline import Inline

PSEUDO_LEVEL: Final = 7
"""A paragraph that is one bold phrase, or a short label before a list, heads what follows, below all real headings."""
CALLOUT_LEVEL: Final = 8
"""A callout is a section of its own."""
_PSEUDO_WORDS: Final = 9
_LABEL_WORDS: Final = 6
_PUNCTUATED: Final = re.compile(r"[:;,→–—]")
_SAID: Final = re.compile(r":\s*\S")
_SUMMARY_CALLOUTS: Final = frozenset({"summary", "abstract", "tldr", "definition", "info", "note", "overview"})


class Section:
    """A heading and what stands below it, up to the next heading; mutable only while the outline is built."""

    __slots__ = ("announced", "blocks", "children", "heading", "level", "parent", "path", "title")

    def __init__(self, heading: Block | None, level: int, parent: "Section | None") -> None:
        self.heading = heading
        """The heading; None for what stands before the first one."""
        self.level = level
        """1 to 6 for headings, 7 for labels, 8 for callouts; 0 for the root."""
        self.parent = parent
        """The section it lies in."""
        self.title = heading.inline if heading is not None else Inline("")
        """The heading's text."""
        words = clean(self.title.text).rstrip(" :")
        self.path: tuple[str, ...] = (
            (*(parent.path if parent else ()), words) if words else (parent.path if parent else ())
        )
        """Headings from the outermost to this one."""
        self.announced = Announced(Purpose.NONE)
        """What its heading announces."""
        self.blocks: list[Block] = []
        """Blocks directly below the heading."""
        self.children: list[Section] = []
        """Sub-sections."""

    @property
    def purpose(self) -> Purpose:
        """The purpose its own heading announces."""
        return self.announced.purpose

    @property
    def name(self) -> str:
        """What messages call it: the words of its heading, the kind of a callout without a title."""
        kind = self.heading.callout if isinstance(self.heading, Quote) else ""
        return clean(self.title.text).rstrip(" :") or kind

    def pairs(self) -> Iterator[tuple[Block, Block | None]]:
        """Yield each block directly below the heading with the one that follows it."""
        return zip(self.blocks, [*self.blocks[1:], None], strict=False)

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it, in the order of the note."""
        pending = [self]
        while pending:
            section = pending.pop()
            yield section
            if section.children:
                pending.extend(reversed(section.children))

    def ancestors(self) -> Iterator["Section"]:
        """Yield the sections around this one, innermost first."""
        section = self.parent
        while section is not None:
            yield section
            section = section.parent

    def release(self) -> None:
        """Forget what lies around each section, so that a note that was read leaves no cycle behind.

        Then Python frees it at once, and its collector, a twentieth of the time of extraction, need not be asked.
        """
        for section in self.walk():
            section.parent = None


def build_outline(blocks: list[Block], title: str, extraction: Extraction) -> Section:
    """Return the root section of a note."""
    return _Outliner(title, extraction).build(blocks)


def apply_purposes(root: Section, purposes: Mapping[int, Purpose]) -> None:
    """Let sections be what their notes say they are; `purposes` maps the line of the comment to the purpose."""
    for line, purpose in purposes.items():
        above = [s for s in root.walk() if s.heading is not None and s.heading.line <= line]
        if above:
            max(above, key=lambda s: s.heading.line if s.heading else 0).announced = Announced(purpose)


class _Outliner:
    """Nests the blocks of one note into sections."""

    def __init__(self, title: str, extraction: Extraction) -> None:
        self._title = title
        self._extraction = extraction
        self._root = Section(None, 0, None)
        self._current = self._root

    def build(self, blocks: list[Block]) -> Section:
        """Return the root."""
        expanded = list(self._expand(blocks))
        for index, block in enumerate(expanded):
            if isinstance(block, End):
                self._close(PSEUDO_LEVEL)
                continue
            level = self._level(block, expanded[index + 1] if index + 1 < len(expanded) else None)
            if level and self._is_title(block):
                continue
            if level:
                self._close(level)
                self._current = self._open(block, level)
            elif isinstance(block, Quote) and block.callout:
                self._close(CALLOUT_LEVEL)
                self._callout(block)
            else:
                if self._leaves_label(block):
                    self._close(PSEUDO_LEVEL)
                self._current.blocks.append(block)
        return self._root

    def _announce(self, text: Inline) -> Announced:
        return announce(text, self._title, self._extraction)

    def _is_title(self, block: Block) -> bool:
        """Tell whether a heading only repeats the note's name; what follows stands at the top all the same."""
        return isinstance(block, Heading) and not self._root.children and fold(block.text) == fold(self._title)

    def _close(self, level: int) -> None:
        while self._current.level >= level and self._current.parent is not None:
            self._current = self._current.parent

    def _leaves_label(self, block: Block) -> bool:
        """Tell whether a paragraph ends a label's reach: one with its own label, or behind the label's list."""
        section = self._current
        if section.level != PSEUDO_LEVEL or not isinstance(block, Paragraph):
            return False
        label = RUN_IN.match(block.raw)
        listed = any(isinstance(b, (ListBlock, Table)) for b in section.blocks)
        return (label is not None and bool(label["colon"] or label["after"].strip())) or (
            listed and not section.title.strong
        )

    def _open(self, block: Block, level: int) -> Section:
        section = Section(block, level, self._current)
        section.announced = self._announce(section.title)
        self._current.children.append(section)
        return section

    def _level(self, block: Block, following: Block | None) -> int:
        if isinstance(block, Heading):
            return block.level
        if type(block) is Label:
            return PSEUDO_LEVEL
        if not isinstance(block, Paragraph) or not isinstance(following, (Paragraph, ListBlock, Table, Quote)):
            return 0
        text = block.text.strip()
        words = text.rstrip(" :")
        if "\n" in text or words.endswith((".", ";", "!")):
            return 0
        bold = block.inline.strong
        if len(bold) == 1 and bold[0][0] == 0 and bold[0][1] >= len(words) and len(text.split()) <= _PSEUDO_WORDS:
            return PSEUDO_LEVEL
        return PSEUDO_LEVEL if isinstance(following, (ListBlock, Table)) and self._is_label(text) else 0

    def _is_label(self, text: str) -> bool:
        """Tell whether a line before a list is a heading in all but its mark: `Types`, `By size`, `Mimickers:`."""
        if len(text.split()) > _LABEL_WORDS:
            return False
        inline = Inline(text)
        if shares_head(text.rstrip(" :"), self._title) and "." not in text:
            return True  # `Adult-type diffuse gliomas` in a note on diffuse glioma
        purpose = self._announce(inline).purpose
        if purpose is Purpose.PROPERTY and _SAID.search(text):
            return False  # `Points: composition, margin` has said what it says
        return bool(principle(inline)) or purpose not in (Purpose.NONE, Purpose.OVERVIEW)

    def _expand(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks, paragraphs parted where a bold label runs in or every line is an item."""
        described: ListBlock | None = None
        for block in blocks:
            if isinstance(block, Paragraph) and (match := DESCRIBED.match(block.raw)):
                if described is None:
                    described = ListBlock("", block.line, block.column)
                    yield described
                described.items.append(Item(f"{match['term']}: {match['text']}", block.line, block.column))
                continue
            described = None
            if isinstance(block, ListBlock):
                yield from self._promoted(block)
                continue
            if not isinstance(block, Paragraph):
                yield block
                continue
            label, rest = self._run_in(block)
            if label is not None:
                yield label
            if rest is not None:
                yield from parted(rest)

    def _promoted(self, block: ListBlock) -> Iterator[Block]:
        """Yield a list; items that are headings in all but form (`- Subtypes` above a list) as labels of their own."""
        rest: list[Item] = []
        for item in block.items:
            words = self._heads_list(item) if item.children else None
            if words is not None:
                if rest:
                    yield list_of(rest)
                    rest = []
                yield Label(words, item.line, item.column)
                yield from item.children
                yield End("", item.line, item.column)
            else:
                rest.append(item)
        if rest:
            yield block if len(rest) == len(block.items) else list_of(rest)

    def _heads_list(self, item: Item) -> str | None:
        """Return the words of an item that is a heading in all but form; None where it is none."""
        if not any(isinstance(b, ListBlock) for b in item.children) or _is_long(item.raw):
            return None
        words = clean(item.text).rstrip(" :")
        short = len(words.split()) <= _LABEL_WORDS and not _PUNCTUATED.search(words)
        return words if short and self._announce(Inline(words)).purpose in _PROMOTED else None

    def _run_in(self, block: Paragraph) -> tuple["Label | None", Paragraph | None]:
        """Part `**DDx**` from the lines below it, and `**Types.** Three ...` where the label announces something."""
        match = RUN_IN.match(block.raw)
        if match is None:
            return None, block
        rest = block.raw[match.end() :]
        alone = bool(match["break"]) and rest.strip() != ""
        said = match["colon"] or match["after"].strip()
        if not alone and not (said and rest.strip() and self._announce(Inline(match["label"])).purpose in _RUNNING):
            return None, block
        lines = block.raw.count("\n", 0, match.end())
        column = block.column if lines else block.column + match.end()
        return Label(match["label"], block.line, block.column), Paragraph(rest, block.line + lines, column)

    def _callout(self, quote: Quote) -> None:
        """Make a callout a section: its title is the heading, or its kind where that says more."""
        section = Section(quote, CALLOUT_LEVEL, self._current)
        section.announced = self._announce(section.title)
        if section.purpose in (Purpose.NONE, Purpose.PROPERTY):
            kind = self._announce(Inline(quote.callout))
            if kind.purpose is not Purpose.PROPERTY:
                section.announced = kind
        if not section.title.text.strip() and quote.callout in _SUMMARY_CALLOUTS:
            section.announced = Announced(Purpose.OVERVIEW)
        section.blocks = list(self._expand(quote.children))
        self._current.children.append(section)


def _is_long(raw: str) -> bool:
    """Tell, at a glance at the raw text, whether it surely has more words than a label."""
    return len(raw.split()) > _LABEL_WORDS and raw.isprintable() and not _DROPPED.search(raw)


_DROPPED: Final = re.compile(r"[\[<#^&%`]|(?:^| )[*_~=:]+(?: |$)")
"""What may be dropped with words in it, or be a word of its own until it is dropped: links, tags, anchors, markup."""
_RUNNING: Final = frozenset(
    {
        Purpose.CLASSIFICATION,
        Purpose.DIFFERENTIAL,
        Purpose.DEFINITION,
        Purpose.SYNONYMS,
        Purpose.PROPERTY,
        Purpose.COMPARISON,
    }
)


_PROMOTED: Final = frozenset({Purpose.CLASSIFICATION, Purpose.DIFFERENTIAL, Purpose.SYNONYMS})
