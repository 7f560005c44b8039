"""Blocks -> Outline: the sections of a note, each with what its heading announces."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.blocks import Block, Heading, ListBlock, Paragraph, Quote, Table
from skosify_rad.config import Extraction
from skosify_rad.headings import Announced, Purpose, announce
from skosify_rad.inline import Inline
from skosify_rad.names import clean

_PSEUDO_LEVEL: Final = 7
"""A paragraph that is one bold phrase heads what follows, below all real headings."""
_PSEUDO_WORDS: Final = 9
_CALLOUT_LEVEL: Final = 8
_SUMMARY_CALLOUTS: Final = frozenset({"summary", "abstract", "tldr", "definition", "info", "note", "overview"})


class Section:
    """A heading and what stands below it, up to the next heading; mutable only while the outline is built."""

    __slots__ = ("announced", "blocks", "children", "heading", "level", "parent", "path", "title")

    def __init__(self, heading: Block | None, level: int, parent: "Section | None") -> None:
        self.heading = heading
        """The heading; None for what stands before the first one."""
        self.level = level
        """1 to 6 for headings, 7 for bold paragraphs, 8 for callouts; 0 for the root."""
        self.parent = parent
        """The section it lies in."""
        self.title = heading.inline if heading is not None else Inline("")
        """The heading's text."""
        words = clean(self.title.text).rstrip(" :")
        self.path: tuple[str, ...] = (*(parent.path if parent else ()), words) if words else (parent.path if parent else ())
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

    def pairs(self) -> Iterator[tuple[Block, Block | None]]:
        """Yield each block directly below the heading with the one that follows it."""
        return zip(self.blocks, [*self.blocks[1:], None], strict=False)

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it, in the order of the note."""
        stack = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def ancestors(self) -> Iterator["Section"]:
        """Yield the sections around this one, innermost first."""
        section = self.parent
        while section is not None:
            yield section
            section = section.parent


def build_outline(blocks: list[Block], title: str, extraction: Extraction) -> Section:
    """Return the root section of a note."""
    root = Section(None, 0, None)
    current = root
    for index, block in enumerate(blocks):
        level = _heading_level(block, blocks[index + 1] if index + 1 < len(blocks) else None)
        if level:
            while current.level >= level and current.parent is not None:
                current = current.parent
            current = _open(block, level, current, title, extraction)
        elif isinstance(block, Quote) and block.callout:
            while current.level >= _CALLOUT_LEVEL and current.parent is not None:
                current = current.parent
            _add_callout(block, current, title, extraction)
        else:
            current.blocks.append(block)
    return root


def _open(block: Block, level: int, parent: Section, title: str, extraction: Extraction) -> Section:
    section = Section(block, level, parent)
    section.announced = announce(section.title, title, extraction)
    parent.children.append(section)
    return section


def _heading_level(block: Block, following: Block | None) -> int:
    if isinstance(block, Heading):
        return block.level
    if isinstance(block, Paragraph) and isinstance(following, (Paragraph, ListBlock, Table, Quote)):
        text = block.text.strip()
        bold = block.inline.strong
        words = text.rstrip(" :")
        whole = len(bold) == 1 and bold[0][0] == 0 and bold[0][1] >= len(words)
        if whole and "\n" not in text and len(text.split()) <= _PSEUDO_WORDS and not re.search(r"[.;!]$", words):
            return _PSEUDO_LEVEL
    return 0


def _add_callout(quote: Quote, parent: Section, title: str, extraction: Extraction) -> None:
    """Make a callout a section: its title is the heading, or its kind where that says more."""
    section = Section(quote, _CALLOUT_LEVEL, parent)
    section.announced = announce(section.title, title, extraction)
    if section.purpose in (Purpose.NONE, Purpose.PROPERTY):
        kind = announce(Inline(quote.callout), title, extraction)
        if kind.purpose is not Purpose.PROPERTY:
            section.announced = kind
    if not section.title.text.strip() and quote.callout in _SUMMARY_CALLOUTS:
        section.announced = Announced(Purpose.OVERVIEW)
    section.blocks = quote.children
    parent.children.append(section)
