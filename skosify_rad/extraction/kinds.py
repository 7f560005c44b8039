"""Reads kinds: walks a note's tree and decides on every set of names, parents before children."""

from typing import TYPE_CHECKING

from skosify_rad.extraction.announce import announce
from skosify_rad.extraction.behind import propose_members
from skosify_rad.extraction.decide import decide_kinds
from skosify_rad.extraction.differentials import Differentials
from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.proposals import Proposals
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.remarks import state_remarks
from skosify_rad.extraction.topics import Topics
from skosify_rad.extraction.unread import report_items, report_section
from skosify_rad.language.english import is_qualifier
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import NOTHING, Announced, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skosify_rad.extraction.candidates import CandidateSet
    from skosify_rad.model.statements import Mention

_CAUSAL = frozenset(("secondary", "iatrogenic"))
"""Adjectives below which a list names causes: `Secondary` above `COPD`."""
_DIFFERENTIAL = (Purpose.DIFFERENTIAL, Purpose.COMPARISON)


class Kinds:
    """Reads the kinds of one note, and hands every differential section to its own reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._differentials = Differentials(reader)
        self._topics = Topics(reader)
        self._proposals = Proposals(reader, self._topics)

    def read(self) -> None:
        """Read the whole note; its title may announce what its lists are: `Types of shock`."""
        title = self._reader.subject.words
        said = announce(title, "", self._reader.config.extraction)
        counts = said.purpose in (Purpose.KINDS, Purpose.CAUSES) and not is_scale(title)
        said = said._replace(of="", scale="") if counts else NOTHING
        self._visit(self._reader.root, Scope(self._reader.subject, said))

    def _visit(self, node: Node, scope: Scope) -> None:
        """Read what stands below a node."""
        for child in node.children:
            child.says = self._reader.announce(child, scope.topic.words)
        owners: dict[int, Mention] = {}
        steps: set[int] = set()
        for found in self._proposals.propose(node, scope):
            self._reader.decisions.append(found)
            if decide_kinds(found, self._reader.knows):
                made = self._reader.state_kinds(found)
                report_items(self._reader, found)
                state_remarks(self._reader, found, made)
                self._read_behind(found, made)
                for item in found.items:
                    if item.node is not None and len(made.get(id(item), ())) == 1:
                        owners[id(item.node)] = made[id(item)][0]
                        steps |= {id(item.node)} if found.announced.step or made[id(item)][0].notation else set()
        for child in node.children:
            if id(child) in owners and child.says.purpose not in _DIFFERENTIAL:
                divided = child.form is Form.LABEL and is_qualifier(
                    owners[id(child)].words
                )  # `Traumatic` above `Blunt`
                nested = "list" if divided or child.form in (Form.ITEM, Form.PARAGRAPH) else "section"
                owner = owners[id(child)]
                caused = Announced(Purpose.CAUSES) if fold(owner.words) in _CAUSAL else NOTHING
                plain = id(child) in steps or caused is not NOTHING
                self._visit(child, Scope(owner, caused, nested="" if plain else nested))
            else:
                self._enter(child, scope)

    def _read_behind(self, found: "CandidateSet", made: "Mapping[int, list[Mention]]") -> None:
        """Read the names that stand behind the kinds of an accepted set."""
        for item in found.items:
            kinds = made.get(id(item), [])
            members = propose_members(item, kinds[0], found, self._reader.knows) if len(kinds) == 1 else None
            if members is not None:
                self._reader.decisions.append(members)
                if decide_kinds(members, self._reader.knows):
                    self._reader.state_kinds(members)

    def _enter(self, child: Node, scope: Scope) -> None:
        """Read a node that is no kind itself, and may change what is spoken of."""
        if child.says.ignored:
            return
        if child.form is Form.TABLE:
            self._differentials.read_columns(child, scope)
        elif child.says.purpose in _DIFFERENTIAL:
            self._differentials.read(child, scope.topic)
        elif self._differentials.offers(child, scope):
            child.says = Announced(Purpose.DIFFERENTIAL, sure=False)
            self._differentials.read(child, scope.topic)
        elif child.says.purpose is Purpose.KINDS and (child.children or child.form in (Form.HEADING, Form.CALLOUT)):
            said = len(self._reader.statements), len(self._reader.diagnostics)
            self._visit(child, self._topics.find_scope(child, scope))
            if said == (len(self._reader.statements), len(self._reader.diagnostics)):
                report_section(self._reader, child, scope)
        elif child.children:
            self._visit(child, self._topics.find_scope(child, scope))
        else:
            self._differentials.read_sentence(child, scope)
