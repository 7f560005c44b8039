"""What a recogniser is given: one note, read; and how it says what it found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.item_heads import Entry
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.word_index import Raw
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.links import Knowing
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.notes import Note


@dataclass(slots=True)
class Context:
    """One note as the recognisers see it."""

    note: Note
    """The note."""
    outline: Section
    """Its root section."""
    links: Knowing
    """Knows the vault's titles, aliases and links."""
    config: Config
    """The configuration."""
    subject: Mention
    """The note's own concept (or collection, for a list)."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What the recognisers found wrong."""
    read: set[int] = field(default_factory=set)
    """Identities of sections and blocks a recogniser has read, so that none is read twice."""
    sections: list[Section] = field(init=False)
    """The sections, in order."""
    raw: Raw = field(init=False)
    """Every block with its section, walked once for all recognisers."""

    def __post_init__(self) -> None:
        """Walk the note."""
        self.sections = list(self.outline.walk())
        self.raw = Raw(self.sections)

    def knows(self, name: str) -> bool:
        """Tell whether the vault knows a name."""
        return self.links.knows(name)

    def place(self, block: Block) -> Place:
        """Return the place of a block."""
        return Place(self.note.path, block.line, block.column)

    def mention(self, name: Name, block: Block, parent: Mention | None = None) -> Mention:
        """Return the mention of a name that stands in a block."""
        noun, code = grade_code(name.words)
        kind = "grade" if code else "kind"
        del noun
        return Mention(name.words, self.place(block), name.link, "", parent, kind, name.other_names, code)

    def mentions(self, entry: Entry, block: Block, parent: Mention | None = None) -> list[Mention]:
        """Return the mentions of all names of an entry."""
        return [self.mention(name, block, parent) for name in entry.names]

    def state(self, rule: str, section: Section, weight: int) -> "partial[Statement]":
        """Return a maker of statements of one recogniser in one section."""
        return partial(Statement, section=section.path, rule=rule, weight=weight)

    def report(self, slug: str, block: Block, message: str, hint: str = "") -> None:
        """Report a finding about a block."""
        words = clean(block.text)[:120]
        self.diagnostics.append(Diagnostic(BY_SLUG[slug], self.place(block), message, hint, words=words))

    def unread(self) -> Iterator[Section]:
        """Yield the sections no recogniser has read yet, in order."""
        for section in self.sections:
            if id(section) not in self.read:
                yield section
