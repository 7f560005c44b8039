"""Topics: the thing that is spoken of below a heading, a label or an item."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.announce import RADS, announce, says_whose
from skosify_rad.extraction.candidates import make_candidate
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.same_topic import is_same
from skosify_rad.language.english import head_noun, is_acronym, is_attribute, is_remark, names_a_thing
from skosify_rad.language.full_names import read_title
from skosify_rad.language.grades import is_series
from skosify_rad.language.spelling import fold
from skosify_rad.model.config import Extraction
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.markdown.blocks import Quote
from skosify_rad.vault.roles import Role

_TOPIC_WORDS: Final = 8
_JOINED: Final = re.compile(r"\s(?:and|&|/|vs\.?)\s|,\s", re.IGNORECASE)
_ASIDES: Final = frozenset(
    "tip pearl warning danger caution important example quote question bug failure success".split()
)
_MANY: Final = 2
"""More headings of the first level that announce nothing make a note a survey of several things."""


class Topics:
    """Tells what holds below the nodes of one note."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        extraction = reader.config.extraction
        tops = [node for node in reader.root.of_form(Form.HEADING) if node.level == 1]
        free = [node for node in tops if announce(node.words, "", extraction).purpose is Purpose.NONE]
        title = reader.subject.words.partition(" - ")[0]
        said = announce(title, "", extraction).purpose
        self._sections = frozenset(_find_sections(reader))
        """Identities of headings that own fields of their own, beside others that do."""
        self.is_chapter = said is Purpose.FIELD and reader.note.role is not Role.LIST and not read_title(title).others
        """Whether the title names no thing, `Cardiac imaging`: the note's sections are topics of their own."""
        self._is_survey = self.is_chapter or len(free) > _MANY or reader.note.role is Role.LIST

    def find_scope(self, child: Node, scope: Scope) -> Scope:
        """Return what holds below a node that is no accepted kind."""
        says = child.says
        if says.purpose is Purpose.DIVISION or (scope.announced.purpose is Purpose.KINDS and _labels_codes(child)):
            return self._divide(child, scope)
        if says.purpose is Purpose.KINDS:
            return self._of_kinds(child, scope)
        aside = says.purpose is Purpose.NONE and child.form is Form.CALLOUT and (child.words or _is_aside(child))
        if aside or says.purpose is not Purpose.NONE:
            return Scope(scope.topic, Announced(Purpose.FIELD, sure=False) if aside else says)
        named = self._find_topic(child, scope)
        if named is not None:
            return Scope(named)
        listed = child.form is Form.ITEM and scope.announced.purpose in (Purpose.KINDS, Purpose.DIVISION)
        left = listed and not child.text.text.rstrip().endswith(":")  # what stands below it is not announced
        unsure = scope.announced.purpose is Purpose.KINDS and not scope.announced.sure
        if left or (child.form is Form.HEADING and unsure):
            return Scope(scope.topic)
        return Scope(scope.topic, scope.announced, facet=scope.facet)

    def _divide(self, child: Node, scope: Scope) -> Scope:
        """Return what holds below a principle of division; steps among features are none."""
        if scope.announced.purpose in (Purpose.FIELD, Purpose.CAUSES) and child.form is Form.ITEM:
            return scope
        facet = Mention(child.words, self._reader.place(child.block), parent=scope.topic, kind="facet")
        kinds = scope.announced if scope.announced.step else Announced(Purpose.KINDS)
        return Scope(scope.topic, kinds, facet=facet)

    def _of_kinds(self, child: Node, scope: Scope) -> Scope:
        """Return what holds below a node that announces kinds: of the topic, or of what it names itself."""
        says, above = child.says, scope.announced.purpose
        topic = self._reader.topic_of(says.of, child.block) if says.of else scope.topic
        if self.is_chapter and says_whose(child.words) and topic is self._reader.subject and child.form in OWNING:
            topic = self._reader.topic_of(child.words, child.block)  # a chapter's title is no class: `Benign entities`
        group = child.form is Form.ITEM and says.of and not says.sure and above is Purpose.NONE
        if group:
            return Scope(scope.topic)  # `Collagen / bone dysplasia group` groups what its siblings do: causes, perhaps
        if above is Purpose.CAUSES or (above is Purpose.FIELD and (not says.sure or scope.announced.sure)):
            return Scope(topic, scope.announced)
        doubtful = above is Purpose.FIELD and not says.step  # what stands there must read as kinds itself
        return Scope(topic, says._replace(sure=says.sure and not doubtful))

    def _find_topic(self, child: Node, scope: Scope) -> Mention | None:
        """Return the thing that a heading or a label names; None where nothing speaks for it."""
        if not _may_name(child, scope):
            return None
        candidate = make_candidate(child.label, child.block, self._reader.knows)
        if candidate is None or len(candidate.entry.names) != 1 or is_remark(candidate.words):
            return None
        name, title = candidate.entry.names[0], self._reader.subject.words
        if is_attribute(name.words) or (is_same(name.words, title) and not _is_part(name.words, title)):
            return None
        if self._reader.note.role is Role.LIST and head_noun(name.words) == head_noun(title):
            return self._reader.subject
        heads = child.form is Form.HEADING
        scale = heads and (RADS.search(name.words) is not None or is_acronym(name.words))
        named = name.link or names_a_thing(name.words) or (heads and self._reader.knows(name.words)) or scale
        if named or id(child) in self._sections or (heads and self._is_survey):
            return self._reader.mention(name, child.block)._replace(kind="kind", notation="")
        return None


def _find_sections(reader: Reader) -> Iterator[int]:
    """Yield the identities of sibling headings that announce nothing and each own several fields: a thing each."""
    extraction = reader.config.extraction
    for node in reader.root.walk():
        free = [one for one in node.of_form(Form.HEADING) if _announces_nothing(one, extraction)]
        telling = [one for one in free if sum(not _announces_nothing(part, extraction) for part in _parts(one)) > 1]
        if len(telling) > 1:
            yield from map(id, telling)
        else:
            yield from (id(one) for one in telling if one.words.isupper() and len(one.words) > _MANY)


def _parts(node: Node) -> list[Node]:
    return node.of_form(Form.HEADING, Form.LABEL)


def _announces_nothing(node: Node, extraction: Extraction) -> bool:
    return announce(node.words, "", extraction).purpose is Purpose.NONE


def _labels_codes(node: Node) -> bool:
    """Return whether a node stands above the steps of one axis of a scale: `Age at diagnosis` above `A1`, `A2`, `A3`."""
    return is_series([item.words for item in node.of_form(Form.ITEM)], announced=True)


def _is_part(name: str, title: str) -> bool:
    """Return whether a name is one of several things in a title: `Shock` of `Heart failure and shock`."""
    return fold(name) != fold(title) and _JOINED.search(title) is not None


def _is_aside(child: Node) -> bool:
    """Return whether a callout only remarks, by its kind: a tip, a warning."""
    return isinstance(child.block, Quote) and child.block.callout in _ASIDES


def _may_name(child: Node, scope: Scope) -> bool:
    """Return whether a node may name a topic at all: a short label, and among causes or fields none but a heading."""
    short = 0 < len(child.words.split()) <= _TOPIC_WORDS
    purpose = scope.announced.purpose
    free = purpose is not Purpose.FIELD or child.form is Form.HEADING
    return short and free and purpose is not Purpose.CAUSES and child.form in (*OWNING, Form.ITEM)
