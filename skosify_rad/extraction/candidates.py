"""Candidate sets: names that some form of a note proposes below one parent, with the signals for and against."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from skosify_rad.extraction.compounds import Knows, Name
from skosify_rad.extraction.entries import Entry, parse_entry
from skosify_rad.extraction.node import Node
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Announced
from skosify_rad.model.statements import Mention
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.markdown.inline import Inline


@dataclass(slots=True)
class Candidate:
    """A name proposed, where it stands, and how it was judged."""

    block: Block
    """Where it stands."""
    entry: Entry
    """What it names."""
    node: Node | None = None
    """The node whose label it is; None for a cell or a part of a sentence."""
    says: Announced | None = None
    """What its label announces."""
    remark: str = ""
    """What is said of it: the rest of the item, what is nested below, the other columns."""
    points: list[tuple[str, Block]] = field(default_factory=list)
    """The same point by point, each with where it stands; empty where it is one, and stands with the name."""
    below: list["Candidate"] = field(default_factory=list)
    """What is indented below it in the rows of a table."""
    signals: dict[str, float] = field(default_factory=dict)
    """Name of a signal -> how much of it is there."""
    score: float = 0.0
    """Weighted sum."""
    accepted: bool = False
    """Whether it was accepted."""

    @property
    def words(self) -> str:
        """The name as written."""
        return self.entry.head

    def say(self, points: list[tuple[str, Block]]) -> None:
        """Add what is said of it elsewhere than behind its name."""
        self.points = ([(self.remark, self.block)] if self.remark else []) + points
        self.remark = "; ".join(text for text, _ in self.points)


@dataclass(slots=True)
class CandidateSet:
    """Names proposed together below one parent."""

    parent: Mention
    """What they may be kinds of."""
    form: str
    """What proposes them: `list`, `headings`, `labels`, `column Type`, `sentence` ..."""
    announced: Announced
    """What is announced above them."""
    path: tuple[str, ...]
    """Headings above."""
    items: list[Candidate]
    """The names."""
    nested: str = ""
    """`list` or `section` where the parent was accepted as a kind itself, by what owns the set."""
    facet: Mention | None = None
    """The principle of division they stand under."""
    signals: dict[str, float] = field(default_factory=dict)
    """Name of a signal -> how much of it is there."""
    score: float = 0.0
    """Weighted sum."""
    accepted: bool = False
    """Whether it was accepted."""
    own: list[Candidate] = field(default_factory=list)
    """The parent's own columns, in a comparison."""

    def reasons(self, item: Candidate) -> tuple[str, ...]:
        """Return the signals for a accepted item, the set's and its own."""
        ours = [f"{self.form}", *(f"{name}={value:.2g}" for name, value in self.signals.items() if value)]
        return (*ours, *(f"item:{name}" for name, value in item.signals.items() if value))


def make_candidate(text: Inline, block: Block, knows: Knows, node: Node | None = None) -> Candidate | None:
    """Return the candidate that a text proposes; None where it names nothing."""
    text = _without_bracket(text)
    entry = parse_entry(text, knows)
    if not entry.names:
        return None
    if node is None and "\n" in block.raw:
        block = _find_line(block, entry.head)
    return Candidate(block, entry, node, remark=entry.remark)


def _find_line(block: Block, words: str) -> Block:
    """Return the part of a hard-wrapped block that starts on the line where some words stand."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), block.text)
    return part_at(block, block.text[: found.start()]) if found else block


def part_at(block: Block, before: str) -> Block:
    """Return the part of a block that starts on the line on which the text before ends."""
    lines = before.count("\n")
    return Block(block.raw.split("\n", lines)[-1], block.line + lines, 1) if lines else block


def tell_apart(items: list[Candidate]) -> None:
    """Give items of one name the bracket that tells them apart: `2nd-degree (Mobitz I)`."""
    if len(items) == 1:
        return
    heads = Counter([fold(item.words) for item in items])
    if len(heads) == len(items):
        return
    for item in items:
        bracket = re.match(r"\([^()]{2,40}\)", item.entry.remark)
        if heads[fold(item.words)] > 1 and bracket and len(item.entry.names) == 1:
            words = f"{item.words} {bracket[0]}"
            item.entry = item.entry._replace(names=(item.entry.names[0]._replace(words=words),), head=words)


def name_by_code(items: list[Candidate]) -> None:
    """Name steps by the code behind their criterion: `Beyond the fascia: IV`."""
    for item in items:
        noun, code = grade_code(item.remark)
        if code and not grade_code(item.words)[1]:
            words = f"{noun} {code}".strip()
            item.entry, item.remark = Entry((Name(words),), words, item.words, separated=True), item.words
            item.says = None


def _without_bracket(text: Inline) -> Inline:
    """Return a text without the bracket that it opens with: `(in children) Rickets`."""
    match = _OPENING.match(text.text)
    return text.slice(match.end(), len(text.text)) if match else text


_OPENING: Final = re.compile(r"\s*\([^()\n]{1,60}\)\s*(?=\S)")
