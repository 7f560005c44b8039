"""Kinds: the walk over a note's tree that knows the topic everywhere, and the forms that propose sets of kinds."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.blocks import Item, Table
from skosify_rad.english import has_verb, head_noun, is_adjective, is_attribute, is_qualifier, is_remark, names_a_thing, shares_head
from skosify_rad.extraction.announce import announce, is_same
from skosify_rad.extraction.candidates import Candidate, CandidateSet, make_candidate, tell_apart
from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.decide import decide_kinds
from skosify_rad.extraction.differentials import Differentials
from skosify_rad.extraction.naming import Entry
from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.purpose import NOTHING, Announced, Purpose
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.remarks import state_remarks
from skosify_rad.extraction.sentences import read_enumeration
from skosify_rad.extraction.tables import (
    KIND_HEADERS,
    grade_column,
    header_noun,
    is_aspects,
    kind_column,
    read_column,
    read_column_heads,
)
from skosify_rad.grades import grade_code
from skosify_rad.labels import is_scale
from skosify_rad.names import clean, fold, singular
from skosify_rad.roles import Role
from skosify_rad.statements import Mention

_OWNING = (Form.HEADING, Form.LABEL)
_TOPIC_WORDS = 8
_MANY = 2
"""More headings of the first level that announce nothing make a note a survey of several things."""


class Kinds:
    """Reads the kinds of one note, and hands every differential section to its own reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._differentials = Differentials(reader)
        title = reader.subject.words
        tops = [node for node in reader.root.of_form(Form.HEADING) if node.level == 1]
        free = [node for node in tops if announce(node.words, "", reader.config.extraction).purpose is Purpose.NONE]
        said = announce(title.partition(" - ")[0], "", reader.config.extraction).purpose
        self._is_chapter = said is Purpose.FIELD and reader.note.role is not Role.LIST
        """Whether the title names no thing, `Cardiac imaging`: the note's sections are topics of their own."""
        self._is_survey = self._is_chapter or len(free) > _MANY or reader.note.role is Role.LIST
        """Whether the note speaks of many things."""

    def read(self) -> None:
        """Read the whole note."""
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
        for found in self._propose(node, scope):
            self._reader.decisions.append(found)
            if decide_kinds(found, self._reader.knows):
                made = self._reader.state_kinds(found)
                state_remarks(self._reader, found, made)
                for item in found.items:
                    if item.node is not None and len(made.get(id(item), ())) == 1:
                        owners[id(item.node)] = made[id(item)][0]
        for child in node.children:
            self._enter(child, scope, owners)

    def _enter(self, child: Node, scope: Scope, owners: dict[int, Mention]) -> None:
        """Read a node that may change what is spoken of."""
        purpose = child.says.purpose
        if purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON):
            self._differentials.read(child, scope.topic)
        elif id(child) in owners:
            kind = owners[id(child)]
            nested = "" if kind.notation else "list" if child.form in (Form.ITEM, Form.PARAGRAPH) else "section"
            self._visit(child, Scope(kind, nested=nested))
        elif child.children:
            self._visit(child, self._scope_of(child, scope))
        else:
            self._differentials.read_sentence(child, scope)

    def _scope_of(self, child: Node, scope: Scope) -> Scope:
        """Return what holds below a node that is no accepted kind."""
        says = child.says
        block = child.block
        if says.purpose is Purpose.DIVISION:
            facet = Mention(child.words, self._reader.place(block), parent=scope.topic, kind="facet")
            return Scope(scope.topic, Announced(Purpose.KINDS), facet=facet)
        if says.purpose is Purpose.KINDS:
            topic = self._reader.topic_of(says.of, block) if says.of else scope.topic
            if self._is_chapter and topic is self._reader.subject and child.form in _OWNING:
                topic = self._reader.topic_of(child.words, block)  # a chapter's title is no class: `Benign entities`
            above = scope.announced.purpose
            if above is Purpose.CAUSES or (above is Purpose.FIELD and not says.sure):
                return Scope(topic, scope.announced)
            return Scope(topic, says)
        if says.purpose is not Purpose.NONE:
            return Scope(scope.topic, says)
        topic = self._find_topic(child, scope)
        if topic is not None:
            return Scope(topic)
        listed = child.form is Form.ITEM and scope.announced.purpose in (Purpose.KINDS, Purpose.DIVISION)
        if listed and not child.text.text.rstrip().endswith(":"):
            return Scope(scope.topic)  # what stands below an item that was left is not announced
        return Scope(scope.topic, scope.announced, facet=scope.facet)

    def _find_topic(self, child: Node, scope: Scope) -> Mention | None:
        """Return the thing that a heading or a label names; None where nothing speaks for it."""
        words = child.words
        if child.form not in (*_OWNING, Form.ITEM) or not words or len(words.split()) > _TOPIC_WORDS:
            return None
        purpose = scope.announced.purpose
        if purpose is Purpose.CAUSES or (purpose is Purpose.FIELD and child.form is not Form.HEADING):
            return None
        candidate = make_candidate(child.label, child.block, self._reader.knows)
        if candidate is None or len(candidate.entry.names) != 1 or is_remark(candidate.words):
            return None
        name = candidate.entry.names[0]
        title = self._reader.subject.words
        if is_same(name.words, title) or is_attribute(name.words):
            return None
        if self._reader.note.role is Role.LIST and head_noun(name.words) == head_noun(title):
            return self._reader.subject
        named = name.link or names_a_thing(name.words) or (child.form is Form.HEADING and self._reader.knows(name.words))
        if named or (self._is_survey and child.form is Form.HEADING):
            return self._reader.mention(name, child.block)._replace(kind="kind", notation="")
        return None

    # Forms that propose

    def _propose(self, node: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the candidate sets directly below a node."""
        announced = scope.announced
        for run in node.runs():
            numbered = self._from_numbers(run, scope)
            yield from self._make("list", numbered or self._from_nodes(run), node, scope)
        for table in node.of_form(Form.TABLE):
            yield from self._from_table(table, node, scope)
        for form, name in ((Form.HEADING, "headings"), (Form.LABEL, "labels"), (Form.PARAGRAPH, "paragraphs")):
            siblings = [child for child in node.of_form(form) if child.says.purpose is Purpose.NONE]
            if form is Form.PARAGRAPH:
                siblings = [child for child in siblings if _starts_with_name(child)]
            elif form is Form.HEADING and siblings:
                level = min(child.level for child in siblings)
                siblings = [child for child in siblings if child.level == level]
            if len(siblings) > 1 or announced.purpose is Purpose.KINDS:
                yield from self._make(name, self._from_nodes(siblings), node, scope)
        for child in node.children:
            if child.says.purpose is Purpose.KINDS and child.form is not Form.HEADING and not child.of_form(Form.ITEM):
                names = read_enumeration(child, self._reader.knows)
                topic = self._reader.topic_of(child.says.of, child.block) if child.says.of else scope.topic
                inside = Scope(topic, child.says, facet=scope.facet)
                free = announced.purpose not in (Purpose.FIELD, Purpose.CAUSES)
                if free or (child.form is Form.LABEL and child.says.sure):
                    yield from self._make("enumeration", names, child, inside)

    def _make(self, form: str, items: list[Candidate], node: Node, scope: Scope) -> Iterator[CandidateSet]:
        if not items:
            return
        announced, topic = scope.announced, scope.topic
        codes = sum(bool(grade_code(item.entry.names[0].words)[1]) for item in items)
        if announced.scale and codes * 2 > len(items):
            topic = self._reader.topic_of(announced.scale, node.block)
        path = node.path or ()
        if scope.nested and topic.parent is not None and codes * 2 > len(items) and not topic.notation:
            topic = topic.parent  # a line that gathers steps: `Limited to the kidney`
        if self._is_chapter and topic is self._reader.subject and node.form in _OWNING and form != "headings":
            topic = self._reader.topic_of(node.words, node.block)
        tell_apart(items)
        nested = scope.nested if form == "list" or form.startswith("column") else ""
        found = CandidateSet(topic, form, announced, path, items, nested, scope.facet)
        speaks = node.form is Form.ITEM or node.text.text.rstrip().endswith(":") or has_verb(node.text.text)
        owned = speaks and node.form in (Form.ITEM, Form.PARAGRAPH) and not scope.nested and announced.purpose is Purpose.NONE
        found.signals["below-words"] = owned and form == "list"
        found.signals["below-phrase"] = node.form is not Form.ROOT and _PHRASE_END.search(node.words) is not None
        found.signals |= self._place_signals(form, items, node)
        yield found

    def _place_signals(self, form: str, items: list[Candidate], node: Node) -> dict[str, float]:
        """Return what it tells that a set stands at the top of the note, or is all that the note holds."""
        root = self._reader.root
        first = next((i for i, child in enumerate(root.children) if child.form is Form.HEADING), len(root.children))
        above = root.children[:first]
        intro = node is root and any(items[0].node is child for child in above)
        phrase = node.form is Form.PARAGRAPH and not has_verb(node.text.text)
        intro = intro or (phrase and any(node is child for child in above))
        bare = not root.of_form(Form.HEADING) and node in root.children
        opens = form == "list" and ((node is root and root.children[0] is items[0].node) or bare)
        return {"opens-note": opens and not any(item.remark for item in items), "intro": intro and form != "headings"}

    def _from_nodes(self, nodes: list[Node]) -> list[Candidate]:
        found = []
        for node in nodes:
            first, _, rest = node.text.text.partition("\n")
            text = node.text.slice(0, len(first)) if rest and first.strip() else node.text
            if "definition" in node.text.tags:
                continue
            candidate = make_candidate(text, node.block, self._reader.knows, node)
            if candidate is not None:
                candidate.remark = clean(f"{candidate.remark} {rest}") if text is not node.text else candidate.remark
                candidate.says = node.says
                if node.form in (Form.HEADING, Form.LABEL) and not candidate.remark:
                    candidate.remark = _first_words(node)
                found.append(candidate)
        return found

    def _from_numbers(self, run: list[Node], scope: Scope) -> list[Candidate]:
        """Return the steps of a scale that a numbered list gives criteria of."""
        scale = is_scale(scope.topic.words) or scope.announced.step in ("grade", "stage", "score")
        numbers = [node.block.number.rstrip(".)") for node in run if isinstance(node.block, Item)]
        if not scale or len(run) < 3 or not _are_criteria(run) or not all(numbers) or any(grade_code(n.words)[1] for n in run):  # noqa: PLR2004 - a scale
            return []
        found = []
        for node, number in zip(run, numbers, strict=True):
            entry = Entry((Name(number),), number, clean(node.text.text), parted=True)
            found.append(Candidate(node.block, entry, node, node.says._replace(purpose=Purpose.NONE), clean(node.text.text)))
        return found

    def _from_table(self, node: Node, parent: Node, scope: Scope) -> Iterator[CandidateSet]:
        table = node.block
        assert isinstance(table, Table)
        column = kind_column(table)
        if is_scale(scope.topic.words) or scope.announced.step:
            column = grade_column(table, column)
        if is_aspects(table) and announced_free(scope):
            self._differentials.read_columns(node, scope.topic)
        if not table.header or (is_aspects(table) and column < 0):
            return
        own = header_noun(table.header[0])
        if own and own == head_noun(parent.words) and _names_class(parent):
            alike = self._reader.note.role is Role.LIST and head_noun(scope.topic.words) == own
            same = alike or is_same(parent.words, scope.topic.words)
            topic = scope.topic if same else self._reader.topic_of(parent.words, parent.block)
            scope, column = scope._replace(topic=topic, announced=Announced(Purpose.KINDS)), 0
        if column < 0 and scope.announced.purpose is Purpose.KINDS and scope.announced.sure:
            heads = read_column_heads(table, self._reader.knows)
            if heads and all(is_qualifier(one.words) or shares_head(one.words, scope.topic.words) for one in heads):
                yield from self._make("columns", heads, parent, scope)
                return
        column = max(column, 0)
        items = read_column(table, column, self._reader.knows)
        noun = header_noun(table.header[column])
        announced = scope.announced
        if noun in ("grade", "stage", "type", "class", "category", "score"):
            announced = announced._replace(step=announced.step or noun)
        for found in self._make(f"column {clean(table.header[column].text)}", items, parent, scope._replace(announced=announced)):
            found.signals["name-column"] = noun in KIND_HEADERS or noun in fold(scope.topic.words).split()
            yield found


_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SHORT_LINE: Final = 4
"""Words of a line that may be a name by itself."""
_PHRASE_END: Final = re.compile(r"\b(?:of|in|from|to|by|with|for|at|on|like|if|when|as|causes?|cause|due|vs)$", re.IGNORECASE)
"""A label that ends so relates what stands below it otherwise than as kinds: `Direct extension from`."""


def announced_free(scope: Scope) -> bool:
    """Tell whether a comparison may stand here by itself: not among causes."""
    return scope.announced.purpose is not Purpose.CAUSES


def _are_criteria(run: list[Node]) -> bool:
    """Tell whether the items of a numbered list say what a step is, and do not name it: `Uptake above the liver`."""
    bare = [node.text.text for node in run if not node.body.text]
    said = sum(is_remark(text) or bool(_MEASURE.search(text)) for text in bare)
    return said * 2 >= len(run)


_MEASURE: Final = re.compile(r"[<>≤≥]|\d\s*(?:%|mm|cm|HU)|\bno\b", re.IGNORECASE)


def _names_class(node: Node) -> bool:
    """Tell whether a heading names a class by itself, `Fluoroscopic modes`, and announces nothing: `Subtypes`."""
    words = node.words.lower().split()
    announces = node.says.purpose in (Purpose.KINDS, Purpose.DIVISION, Purpose.CAUSES)
    plural = bool(words) and singular(words[-1]) != words[-1]
    return node.form in _OWNING and len(words) > 1 and plural and not announces and not has_verb(node.words) and not {"of", "for", "in"} & set(words)


def _starts_with_name(node: Node) -> bool:
    """Tell whether a paragraph starts with a bold name or a step of a scale."""
    parted = node.label is not node.text and bool(node.body.text)
    line = node.text.text.strip()
    short = len(_BRACKETS.sub("", line).split()) <= _SHORT_LINE and line[-1:] not in ".:;?!" and not has_verb(line)
    return parted or short or bool(grade_code(node.words)[1])


def _first_words(node: Node) -> str:
    """Return the first sentence below a heading."""
    for child in node.children[:1]:
        if child.form is Form.PARAGRAPH and not is_adjective(child.words):
            return clean(child.text.text)
    return ""
