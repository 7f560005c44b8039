"""Members: what a list note enumerates -> skos:member of its collection."""

from skosify_rad.extraction.candidates import Candidate, make_candidate
from skosify_rad.extraction.item_signals import measure_item
from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.reader import Reader
from skosify_rad.extraction.tables import read_column
from skosify_rad.language.english import is_qualifier, names_a_thing
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Statement
from skosify_rad.vault.markdown.blocks import Table

_SHORT = 3
_ASIDES = (Purpose.FIELD, Purpose.CAUSES)


def read_members(reader: Reader) -> None:
    """State what a list note enumerates as members of its collection."""
    _read(reader, reader.root)


def _read(reader: Reader, node: Node) -> None:
    for child in node.children:
        if child.form is Form.TABLE:
            assert isinstance(child.block, Table)
            for item in read_column(child.block, 0, reader.knows):
                _state(reader, item, node)
        elif child.form is Form.ITEM:
            candidate = make_candidate(child.text, child.block, reader.knows, child)
            if candidate is None or not _state(reader, candidate, node):
                _read(reader, child)
        elif child.says.purpose not in _ASIDES:
            _read(reader, child)


def _state(reader: Reader, item: Candidate, node: Node) -> bool:
    """State an item that is a link or a short name of a thing; tell whether it is one."""
    signals = measure_item(item, "", reader.knows)
    words = item.words.split()
    plain = names_a_thing(item.words) and len(words) <= _SHORT and not is_qualifier(words[0])
    known = (signals["linked"] or signals["known"]) and not signals["nobody"]
    if not known and not (plain and not signals["remark"] and not signals["nobody"]):
        return False
    for name in item.entry.names:
        member = reader.mention(name, item.block)
        said = Statement(reader.subject, SKOS.member, member, member.place, node.path, "membership", item.words)
        reader.state(said)
    return True
