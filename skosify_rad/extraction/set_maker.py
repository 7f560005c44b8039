"""Makes a candidate set of names: chooses its parent and records where it stands."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from skosify_rad.extraction.announce import announce, says_whose
from skosify_rad.extraction.announce_sentence import find_count
from skosify_rad.extraction.candidates import Candidate, CandidateSet, name_by_code, tell_apart
from skosify_rad.extraction.ladders import find_bracketed
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.topics import Topics
from skosify_rad.language.english import has_verb, is_qualifier, names_a_thing
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import GRADE_NOUN, grade_code
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.markdown.inline import Link

_HEADING_WORDS: Final = 4
_PHRASE_END: Final = re.compile(
    r"\b(?:of|in|from|to|by|with|for|at|on|like|if|when|as|causes?|cause|due|vs)$", re.IGNORECASE
)
"""A label that ends so relates what stands below it otherwise than as kinds: `Direct extension from`."""
_COUNTS: Final = re.compile(
    r"(?:the |there are )?(?:two|three|four|five|six|seven|eight|\d) (?!\S*(?:sign|cause|finding|feature|step))",
    re.IGNORECASE,
)
"""How a sentence starts that counts what stands below it: `Four fluids deserve a name of their own`."""
_PROPER: Final = re.compile(r"[A-Z]{2}|\w[-–][A-Z]|^[A-Z][a-z]+$")
"""What the name of a scale holds: `BCLC`, `Child-Pugh`."""
_ASKS: Final = re.compile(r"(?:how|what|which|where|when|who|why|if|the)\b", re.IGNORECASE)
"""A heading that starts so names no scale."""


class SetMaker:
    """Makes the candidate sets of one note."""

    def __init__(self, reader: Reader, topics: Topics) -> None:
        self.reader = reader
        self._topics = topics
        above = takewhile(lambda child: child.form is not Form.HEADING, reader.root.children)
        self._opening = frozenset(map(id, above))
        """Identities of what stands before the first heading."""

    def make(self, form: str, items: list[Candidate], node: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the set of some items below its parent; nothing if there are no items or no parent."""
        parent = self._find_parent(form, items, node, scope) if items else None
        if parent is None:
            return
        tell_apart(items)
        if scope.announced.step:
            name_by_code(items)
        nested = scope.nested if form == "list" or form.startswith("column") else ""
        found = CandidateSet(parent, form, scope.announced, node.path, items, nested, scope.facet)
        found.signals |= self._place_signals(found, node, scope)
        yield found

    def _find_parent(self, form: str, items: list[Candidate], node: Node, scope: Scope) -> Mention | None:
        """Return the parent of a set: mostly the topic; None if the set holds the topic itself and names no other."""
        announced, topic, subject = scope.announced, scope.topic, self.reader.subject
        told = announced.purpose is Purpose.KINDS and announced.sure
        steps = [grade_code(item.entry.names[0].words) for item in items]
        coded = sum(bool(code) for _, code in steps) * 2 > len(items)
        typed = sum(noun == "type" for noun, _ in steps) * 2 > len(items)
        scaled = is_scale(subject.words) or bool(find_bracketed(subject.words))
        if coded and scaled and not (announced.scale or scope.nested or topic.notation):
            topic = subject  # `CT grading of renal trauma:` in the note of a scale
        elif announced.scale and coded and not typed:  # types of a disease are its own; grades are of their scale
            own = set(fold(announced.scale).split()) <= set(fold(subject.words).split())
            topic = subject if own else self.reader.topic_of(announced.scale, node.block)
        gathers = coded and not (topic.notation or is_qualifier(topic.words) or names_a_thing(topic.words))
        if scope.nested and topic.parent is not None and gathers:
            topic = topic.parent  # a line that gathers steps: `Limited to the kidney`
        elif gathers and topic.words[:1].islower() and not (topic.link or announced.scale or told or scope.nested):
            topic = subject  # `The plane` above a table of types has no types itself
        if topic is not subject:
            return topic
        chapter = self._topics.is_chapter and form != "headings" and says_whose(node.words)
        heading = self._heading_of_steps(node) if coded else ""
        if node.form in OWNING and (chapter or heading):
            topic = self.reader.topic_of(heading or node.words, node.block)  # `Endoleak` above its types
        if told or topic is not subject or all(fold(item.words) != fold(topic.words) for item in items):
            return topic
        whole = _whole_of(node)
        return (
            self.reader.topic_of(node.text.text[whole.start : whole.end], node.block, whole.target) if whole else None
        )

    def _heading_of_steps(self, node: Node) -> str:
        """Return what the heading of steps names; that above it where it only announces: `LI-RADS`, `Categories`."""
        path = node.path[:-1] if node.says.purpose is Purpose.KINDS and not node.says.of else node.path
        heading = path[-1].partition(",")[0] if path else ""
        said = announce(heading, self.reader.subject.words, self.reader.config.extraction) if heading else None
        named = names_a_thing(heading) or _PROPER.search(heading) is not None
        free = said is not None and (said.purpose is Purpose.NONE or said.scale)
        plain = free and named and not _ASKS.match(heading)
        return heading if plain and len(heading.split()) <= _HEADING_WORDS and not GRADE_NOUN.match(heading) else ""

    def _place_signals(self, found: CandidateSet, node: Node, scope: Scope) -> dict[str, float]:
        """Return the signals of a set's place: at the top of the note, alone in it, below a phrase or sentence."""
        root, items, listed = self.reader.root, found.items, found.form == "list"
        intro = node is root and id(items[0].node) in self._opening
        intro = intro or (node.form is Form.PARAGRAPH and id(node) in self._opening and not has_verb(node.text.text))
        alone = len(self._opening) == len(root.children) and id(node) in self._opening
        tabled = found.form.startswith("column") and node is root and root.children[0].form is Form.TABLE
        opens = tabled or (listed and ((node is root and root.children[0] is items[0].node) or alone))
        speaks = node.form is Form.ITEM or (
            node.form is Form.PARAGRAPH and (node.text.text.rstrip().endswith(":") or has_verb(node.text.text))
        )
        free = not scope.nested and scope.announced.purpose is Purpose.NONE
        lead = node if node.form is Form.PARAGRAPH else next(iter(node.of_form(Form.PARAGRAPH)), None)
        return {
            "led-by-count": free
            and lead is not None
            and _COUNTS.match(lead.text.text) is not None
            and 0 <= find_count(lead.text.text) - len(items) <= 1,
            "opens-note": opens and (tabled or not any(item.remark for item in items)),
            "intro": intro and found.form != "headings",
            "below-words": listed and free and speaks,
            "below-phrase": node is not root and _PHRASE_END.search(node.words) is not None,
        }


def _whole_of(node: Node) -> Link | None:
    """Return the only link of the words above a list: `Part of the [[neuroblastic tumours]] spectrum:`."""
    links = node.text.links if node.form is not Form.ROOT else ()
    return links[0] if len(links) == 1 else None
