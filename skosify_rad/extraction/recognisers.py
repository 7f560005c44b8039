"""Reads one note: builds its tree, then runs each recogniser."""

from typing import Final

from skosify_rad.extraction.announce import announce
from skosify_rad.extraction.definitions import read_definition
from skosify_rad.extraction.differentials import Differentials
from skosify_rad.extraction.front_matter import read_front_matter
from skosify_rad.extraction.kinds import Kinds
from skosify_rad.extraction.members import read_members
from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.reader import Reader
from skosify_rad.extraction.synonyms import read_synonyms
from skosify_rad.extraction.tree import build_tree
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.purposes import NOTHING, Announced, Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.directives import find_purposes
from skosify_rad.vault.links import Knowing
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.notes import Note
from skosify_rad.vault.roles import Role, compared_sides, differential_subject

RULES: Final = ("front-matter", "definition", "synonyms", "classification", "differential", "membership", "remark")
"""Names of what is read, each that of its page and of `rule` in the evidence."""


def read_blocks(note: Note, blocks: list[Block], links: Knowing, config: Config) -> Reader:
    """Return all that a note says, with every decision and its reasons."""
    root = build_tree(blocks, note.title)
    _apply_directives(root, note)
    _hoist_title(root, note, config)
    subject = Mention(note.title, Place(note.path), note=note.path)
    reader = Reader(note, root, links, config, subject)
    if note.role is Role.CONCEPT:
        read_front_matter(reader)
        Kinds(reader).read()
        read_definition(reader)
        read_synonyms(reader)
    elif note.role is Role.LIST:
        Kinds(reader).read()
        read_members(reader)
    elif note.role is Role.DIFFERENTIAL:
        name = differential_subject(note.title)
        reader.subject = Mention(name, Place(note.path))
        root.says = Announced(Purpose.DIFFERENTIAL)
        Differentials(reader).read_note(root)
    elif note.role is Role.COMPARISON:
        root.says = Announced(Purpose.COMPARISON, sides=tuple(compared_sides(note.title)))
        Differentials(reader).read_note(root)
    return reader


def _hoist_title(root: Node, note: Note, config: Config) -> None:
    """Let the only heading of the first level own nothing where it stands first: it is the note's title again."""
    tops = [node for node in root.of_form(Form.HEADING) if node.level == 1]
    alone = len(tops) == 1 and tops[0] is root.children[0] and tops[0].says is NOTHING
    if alone and announce(tops[0].words, note.title, config.extraction).purpose is Purpose.NONE:
        root.children[:1] = tops[0].children


def _apply_directives(root: Node, note: Note) -> None:
    """Let sections be what the note says they are in a comment of its own."""
    for line, purpose in find_purposes(note.text).items():
        above = [node for node in root.walk() if node.form in (Form.HEADING, Form.LABEL) and node.block.line <= line]
        if above:
            max(above, key=lambda node: node.block.line).says = Announced(purpose, ignored=purpose is Purpose.FIELD)
