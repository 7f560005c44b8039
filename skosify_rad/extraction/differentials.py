"""Differentials: what a section, a table, a comparison or a sentence names as what else it could be."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.candidates import Candidate, CandidateSet, make_candidate
from skosify_rad.extraction.compounds import share
from skosify_rad.extraction.decide import decide_differentials
from skosify_rad.extraction.differential_sentences import find_named, name_in_prose, says_differentials
from skosify_rad.extraction.hints import behind_condition, find_arrow, hints_at_others, is_named, may_stand_alone
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.same_topic import is_same
from skosify_rad.extraction.sentences import read_links, read_names
from skosify_rad.extraction.tables import has_things, is_aspects, read_header, read_things
from skosify_rad.extraction.words import GENERIC, GROUPS
from skosify_rad.language.english import (
    is_acronym,
    is_attribute,
    is_plural,
    is_qualifier,
    is_remark,
    names_a_thing,
    sentences,
    shares_head,
)
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.markdown.blocks import Table
from skosify_rad.vault.markdown.inline import Inline

_PREFIX: Final = re.compile(
    r"^\W*(?:d\.?d\.?x?|d/dx?|differentials?(?: diagnos[ie]s)?)\s*(?:[:=→]|includes?|are|is)\s*", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_ASIDES: Final = (Purpose.FIELD, Purpose.CAUSES, Purpose.DEFINITION, Purpose.SYNONYMS)
_COMPARING: Final = ("columns", "comparison")
"""Forms that may set the topic beside its differentials."""
_GROUP_WORDS: Final = 5


class Differentials:
    """Reads the differential sections of one note."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._divided = False
        """Whether the section divides its list, so that its headings only gather: `Differentials by location`."""

    def read(self, node: Node, topic: Mention) -> None:
        """Read a node that announces differentials or compares."""
        says = node.says
        of = _ARTICLE.sub("", says.of)
        if of and (self._reader.knows(of) or (names_a_thing(of) and not names_a_thing(topic.words))):
            topic = self._reader.topic_of(of, node.block)
        if says.purpose is Purpose.COMPARISON:
            self._compare(node, topic)
            return
        for inner in node.walk():
            inner.says = self._reader.announce(inner, topic.words)
        self._divided = " by " in node.words.lower()
        before = len(self._reader.statements)
        if node.form is not Form.HEADING:
            self._decide(topic, "inline", [*self._inline(node)], node)
        self._below(node, topic)
        if len(self._reader.statements) == before and node.form in (*OWNING, Form.CALLOUT):
            message = f"The section “{node.words}” names no differential."
            self._reader.report("empty-section", node.block, message, "List the differentials, one per item.")

    def offers(self, node: Node, scope: Scope) -> bool:
        """Return whether a section that announces nothing may hint at other things, and lists things."""
        if node.says.purpose is not Purpose.NONE or scope.announced.purpose is not Purpose.NONE:
            return False
        if node.form not in (*OWNING, Form.CALLOUT, Form.ITEM) or not hints_at_others(node.words):
            return False
        items = [one for child in node.of_form(Form.ITEM) for one in self._candidates(child)]
        things = [one for one in items if is_named(one, self._reader.knows)]
        return len(things) > 1 and len(things) * 3 >= len(items) * 2

    def read_note(self, root: Node) -> None:
        """Read a whole note whose title says that it is one differential or comparison."""
        topic = self._reader.subject
        for node in root.walk():
            node.says = self._reader.announce(node, topic.words)
        if root.says.purpose is Purpose.COMPARISON:
            self._compare(root, topic)
        self._below(root, topic)

    def _inline(self, node: Node) -> Iterator[Candidate]:
        """Yield what a label's body enumerates: `DDx: a, b`."""
        body = node.body
        if not body.text:
            match = _PREFIX.match(node.text.text)
            body = node.text.slice(match.end(), len(node.text.text)) if match else body
        if body.text:
            yield from self._names_in(body, node)

    def _names_in(self, text: Inline, node: Node) -> list[Candidate]:
        """Return what a text enumerates: its first sentence, or the part behind a condition, `at the sella → adenoma`."""
        knows = self._reader.knows
        part = next((text.slice(*span).strip(" .") for span in sentences(text.text)), text)
        if find_arrow(part):
            behind = behind_condition(part)
            return read_names(behind, node.block, knows, least=1) if behind else []
        return read_names(part, node.block, knows, least=1) or read_links(part, node.block, knows)

    def _below(self, node: Node, topic: Mention) -> None:
        """Read all that a differential section holds."""
        for run in node.runs():
            self._items(run, topic, node)
        labelled = [one for one in node.of_form(Form.PARAGRAPH) if _has_label(one)]
        labelled = labelled if len(labelled) > 1 else []
        for child in node.children:
            if child.form is Form.TABLE:
                self._table(child, topic, node)
            elif child.form is Form.CALLOUT and (not child.words or len(node.children) == 1):
                self._below(child, topic)
            elif child.form is Form.PARAGRAPH and child not in labelled:
                self._paragraph(child, topic)
        self._items([*labelled, *node.of_form(Form.HEADING, Form.LABEL)], topic, node)

    def _items(self, nodes: list[Node], topic: Mention, parent: Node) -> None:
        found: list[Candidate] = []
        for node in nodes:
            says = node.says
            if says.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON):
                node.says = says._replace(sure=True)  # said twice
                self.read(node, topic)
            elif says.purpose in _ASIDES and not (node.form is Form.ITEM and node.label.links):
                continue
            elif self._gathers(node):
                self._decide(topic, "inline", self._names_in(node.body, node) if node.body.text else [], node)
                self._below(node, topic)
            else:
                found += self._candidates(node)
                if node.form is Form.ITEM and is_plural(node.words) and self._lists_names(node):
                    self._below(node, topic)
        self._decide(topic, "list", found, parent)

    def _candidates(self, node: Node) -> Iterator[Candidate]:
        behind = behind_condition(node.text)
        if behind:
            yield from read_names(behind, node.block, self._reader.knows, least=1)
            return
        several = (
            read_names(node.text, node.block, self._reader.knows)
            if "," in node.text.text and not node.body.text
            else []
        )
        lone = len(several) > 1 and several[0].entry.marked and not any(one.entry.marked for one in several[1:])
        if several and not lone and all(may_stand_alone(one) for one in several):
            yield from several
            return
        candidate = make_candidate(node.text, node.block, self._reader.knows, node)
        if candidate is not None:
            candidate.says = node.says
            below = [(clean(c.text.text), c.block) for c in node.children if c.form in (Form.ITEM, Form.PARAGRAPH)]
            candidate.say([(text, block) for text, block in below if text])
            yield candidate

    def _lists_names(self, node: Node) -> bool:
        """Return whether all that is nested below an item names things itself: `Cysts` above two kinds of them."""
        below = [make_candidate(item.text, item.block, self._reader.knows) for item in node.of_form(Form.ITEM)]
        named = [
            one for one in below if one and (one.entry.marked or names_a_thing(one.words)) and not is_remark(one.words)
        ]
        return bool(below) and len(named) == len(below)

    def _gathers(self, node: Node) -> bool:
        """Return whether a label only gathers: `Common:`, `Other cystic lesions`, `By location`."""
        words = fold(re.sub(r"\([^()]*\)", " ", node.words)).split()
        if node.form in OWNING and self._gathers_by_what_it_owns(node):
            return True
        if node.says.purpose in (Purpose.DIVISION, Purpose.KINDS, Purpose.OVERVIEW):
            return bool(node.children or node.body.text)
        if not words or not (node.children or node.body.text) or len(words) > _GROUP_WORDS:
            return False
        if is_qualifier(node.words) and not names_a_thing(node.words) and (node.children or self._enumerates(node)):
            return True  # `Diffuse`, `Focal`, `Enhancing: metastasis, abscess`
        below = node.of_form(Form.ITEM)
        if below and not node.label.links and all(item.label.links and not item.body.text for item in below):
            return True  # `Infection` above links
        others = words[0] == "other" or node.words.startswith("其他")
        return others or all(word in GROUPS or word in GENERIC for word in words)

    def _enumerates(self, node: Node) -> bool:
        """Return whether most of what stands behind a label names things."""
        named = read_names(node.body, node.block, self._reader.knows)
        return sum(is_named(one, self._reader.knows) for one in named) * 2 > len(named)

    def _gathers_by_what_it_owns(self, node: Node) -> bool:
        """Return whether a heading owns a table of diagnoses or a list of things, or divides them."""
        if any(isinstance(child.block, Table) and has_things(child.block) for child in node.of_form(Form.TABLE)):
            return True
        below = node.of_form(Form.ITEM)
        things = [item for item in below if item.label.links or names_a_thing(item.words)]
        many = len(below) > 1 and len(things) * 2 >= len(below)  # `Pseudo-mass` above a list of things
        many = many or any(
            len(one.text.strong) > 1 for one in node.of_form(Form.PARAGRAPH)
        )  # `**Gout** is painful. **Lupus** ...`
        return many or (self._divided and bool(node.children))

    def _table(self, node: Node, topic: Mention, parent: Node) -> None:
        table = node.block
        assert isinstance(table, Table)
        if is_aspects(table):
            self._decide(topic, "columns", read_header(table, self._reader.knows), parent)
        else:
            self._decide(topic, "column", read_things(table, self._reader.knows), parent)

    def _paragraph(self, node: Node, topic: Mention) -> None:
        """Read a paragraph of a differential section: names and nothing else, or a label with names; and its list."""
        if node.says.purpose in _ASIDES:
            return
        if self._gathers(node) and node.body.text:
            self._decide(topic, "inline", self._names_in(node.body, node), node)
        elif not says_differentials(node.text.text):
            self._decide(
                topic,
                "paragraph",
                name_in_prose(node, self._reader.knows, lambda one: self._is_thing(one, topic)),
                node,
            )
        else:
            self._by_verb(node, topic)
        self._below(node, topic)

    def read_sentence(self, node: Node, scope: Scope) -> None:
        """Read a sentence outside differential sections: `A and B are the key differentials`."""
        if node.form in (Form.PARAGRAPH, Form.ITEM):
            self._by_verb(node, scope.topic)

    def _by_verb(self, node: Node, topic: Mention) -> None:
        named = find_named(node.text)
        if named is None:
            return
        text, how = named
        if how == "verb":
            self._decide(topic, "sentence", read_names(text, node.block, self._reader.knows), node)
        else:
            node.says = node.says._replace(sure=how == "said")
            self._decide(topic, "sentence", self._names_in(text, node), node)

    def _compare(self, node: Node, topic: Mention) -> None:
        """Relate the sides of a comparison: to the topic where it is one of them, else to each other."""
        sides = [make_candidate(Inline(side), node.block, self._reader.knows) for side in node.says.sides]
        found = [side for side in sides if side is not None]
        tables = [table.block for table in node.of_form(Form.TABLE) if isinstance(table.block, Table)]
        columns = [column for table in tables for column in read_header(table, self._reader.knows)]
        found = found or [column for column in columns if any(map(is_aspects, tables))]
        found = [next((c for c in columns if fold(c.words) == fold(side.words)), side) for side in found]
        if node.form is not Form.ROOT:
            found = [side for side in found if self._is_thing(side, topic)]
        own = [side for side in found if node.form is not Form.ROOT and is_same(side.words, topic.words)]
        if own:
            self._decide(topic, "comparison", found, node)
            return
        names = share([side.entry.names[0] for side in found], self._reader.knows)
        for side, name in zip(found, names, strict=True):
            side.entry = side.entry._replace(names=(name,))
        for index, name in enumerate(names):  # none is the topic: each is a differential of the others
            self._decide(self._reader.mention(name, node.block), "comparison", found[index:], node)

    def read_columns(self, node: Node, scope: Scope) -> None:
        """Relate the topic to the other columns of a table that compares it; not among causes."""
        assert isinstance(node.block, Table)
        topic = scope.topic
        if scope.announced.purpose is Purpose.CAUSES or not is_aspects(node.block):
            return
        columns = read_header(node.block, self._reader.knows)
        rest = [column for column in columns if not is_same(column.words, topic.words)]
        named = all(self._is_thing(one, topic) and not shares_head(one.words, topic.words) for one in rest)
        if rest and len(rest) < len(columns) and named:
            self._decide(topic, "columns", columns, node)

    def _is_thing(self, side: Candidate, topic: Mention) -> bool:
        """Return whether a side of a comparison names a thing: the topic, a known name, a noun of diseases."""
        names = [name.words for name in side.entry.names]
        return is_same(side.words, topic.words) or all(
            self._reader.knows(n) or names_a_thing(n) or is_acronym(n) for n in names
        )

    def _decide(self, topic: Mention, form: str, items: list[Candidate], node: Node) -> None:
        """Decide over what a form proposes, and state what is accepted."""
        own = [item for item in items if form in _COMPARING and is_same(item.entry.names[0].words, topic.words)]
        items = [item for item in items if item not in own]
        if not items:
            return
        found = CandidateSet(topic, f"differential {form}", node.says, node.path, items, own=own)
        self._reader.decisions.append(found)
        if decide_differentials(found, self._reader.knows):
            self._reader.state_related(topic, found, [item for item in items if item.accepted])


def _has_label(node: Node) -> bool:
    """Return whether a paragraph starts with a name and says something of it: `Haemangioma: follows the blood pool`."""
    short = len(node.words.split()) <= _GROUP_WORDS and not is_attribute(node.words)
    return short and bool(node.body.text) and node.says.purpose is Purpose.NONE
