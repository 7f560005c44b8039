"""The node type for every part of a note: heading, label, paragraph, item, callout and table."""

from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import Final

from skosify_rad.language.spelling import clean
from skosify_rad.model.purposes import NOTHING, Announced
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.markdown.inline import Inline


class Form(Enum):
    """What a node is in the note's Markdown."""

    ROOT = "note"
    HEADING = "heading"
    LABEL = "label"
    """A paragraph that heads what follows: `**Causes:** ...`, `Types:`."""
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CALLOUT = "callout"
    TABLE = "table"


OWNING: Final = (Form.HEADING, Form.LABEL)
"""What heads a section."""
LABEL_LEVEL: Final = 7
"""A label heads what follows, below all real headings."""


class Node:
    """A piece of a note with what it owns; slotted, since a vault makes hundreds of thousands."""

    __slots__ = ("_words", "block", "body", "children", "form", "label", "level", "path", "run", "says", "text")

    def __init__(self, form: Form, block: Block, text: Inline) -> None:
        self.form = form
        """What it is."""
        self.block = block
        """Where it stands."""
        self.text = text
        """Its whole text."""
        self.label = text
        """The part that may announce: before a colon, or in bold; the whole where there is neither."""
        self.body = Inline("")
        """What stands behind the label."""
        self.level = 0
        """1 to 6 for headings, 7 for labels; 0 otherwise."""
        self.run = 0
        """Number of the list an item belongs to, within its parent."""
        self.children: list[Node] = []
        """What it owns, in order."""
        self.path: tuple[str, ...] = ()
        """Headings and labels around it, outermost first, its own included."""
        self.says: Announced = NOTHING
        """What its label announces."""
        self._words: tuple[Inline, str] | None = None

    def of_form(self, *forms: Form) -> list["Node"]:
        """Return its children of some forms, in order."""
        return [child for child in self.children if child.form in forms]

    def runs(self) -> Iterator[list["Node"]]:
        """Yield the items of each list directly below it."""
        for _, run in groupby(self.of_form(Form.ITEM), key=lambda item: item.run):
            yield [*run]

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in the order of the note."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))

    @property
    def words(self) -> str:
        """The label's words without a colon; computed once."""
        if self._words is None or self._words[0] is not self.label:
            words = clean(self.label.text)
            bare = words.removesuffix(".") if self.label is not self.text or self.form is Form.LABEL else words
            self._words = (self.label, bare.rstrip(" :"))
        return self._words[1]

    def __repr__(self) -> str:
        """Return form, line and text, for debugging."""
        return f"Node({self.form.value} {self.block.line}: {clean(self.text.text)[:60]!r})"
