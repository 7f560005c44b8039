"""What reading one note gathers: statements, findings, and every candidate set with its reasons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from skosify_rad.extraction.announce import announce
from skosify_rad.extraction.announce_sentence import announce_sentence, starts_differential
from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.node import Form, Node
from skosify_rad.language.chinese import restore_signs
from skosify_rad.language.english import has_verb, is_plural, is_qualifier, names_a_thing
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import grade_code, is_letter_code, step_of
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.purposes import NOTHING, Announced, Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.links import Knowing
from skosify_rad.vault.markdown.blocks import Block, Quote
from skosify_rad.vault.notes import Note


class Scope(NamedTuple):
    """What holds where a node stands."""

    topic: Mention
    """The thing spoken of."""
    announced: Announced = NOTHING
    """What was announced above."""
    nested: str = ""
    """`list` or `section` where the topic was accepted as a kind, by what owns the node."""
    facet: Mention | None = None
    """The principle of division above."""


def _is_label(node: Node) -> bool:
    """Return whether an item or a paragraph is a label and no sentence: short, and a list or a colon follows."""
    if starts_differential(node.words) and not re.match(r"(?:the|a) ", node.words, re.IGNORECASE):
        return bool(node.children or node.body.text)
    short = len(node.words.split()) <= _SHORT_LABEL and not node.words.lower().startswith("the ")
    return short and bool(node.children or node.body.text)


def _labels_steps(node: Node) -> bool:
    """Return whether a label only names the scale whose steps stand below it: `Stanford` above `A` and `B`."""
    steps = node.of_form(Form.ITEM) if node.form in (Form.LABEL, Form.ITEM) and node.children else []
    codes = [grade_code(step.words)[1] for step in steps]
    coded = len(steps) > 1 and len(steps) == len(node.children) and all(codes) and "".join(codes) not in node.words
    coded = coded and not grade_code(node.body.text)[1]  # `Beyond the capsule: III` is a step itself
    return (
        coded
        and not is_plural(node.words)
        and not (names_a_thing(node.words) or is_qualifier(node.words) or grade_code(node.words)[1])
    )


def _names_scheme(node: Node) -> bool:
    """Return whether an item names whose stages it gathers and is none itself: `FIGO` above `IA` and `IB`."""
    if not node.words.isupper() or grade_code(node.words)[1] or node.body.text:
        return False
    steps = [grade_code(child.words)[1] for child in node.of_form(Form.ITEM)]
    return len(steps) > 1 and all(steps)


_BRACKETED: Final = re.compile(r"^\(([^()]*)\)$")
_LABEL_WORDS: Final = 7
_SHORT_LABEL: Final = 4


@dataclass(slots=True)
class Reader:
    """One note as it is read."""

    note: Note
    """The note."""
    root: Node
    """Its tree."""
    links: Knowing
    """Knows the vault's names."""
    config: Config
    """The configuration."""
    subject: Mention
    """What the note is about."""
    statements: list[Statement] = field(default_factory=list)
    """What it says."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What was wrong."""
    decisions: list[CandidateSet] = field(default_factory=list)
    """Every candidate set, accepted or left."""

    def knows(self, name: str) -> bool:
        """Return whether the vault knows a name."""
        return self.links.knows(name)

    def place(self, block: Block) -> Place:
        """Return the place of a block."""
        return Place(self.note.path, block.line, block.column)

    def mention(self, name: Name, block: Block, parent: Mention | None = None, step: str = "") -> Mention:
        """Return the mention of a name; `step` is what a bare code is one of."""
        noun, code = grade_code(name.words)
        if not code and parent is not None and is_scale(parent.words):
            noun, code = step_of(name.words)  # `Bosniak IIF`
        if step and not code and is_letter_code(name.words):
            code = name.words
        words = (
            f"{step.capitalize()} {code}"
            if step and code and not noun and "-" not in code
            else restore_signs(name.words)
        )
        kind = "grade" if code else "kind"
        return Mention(words, self.place(block), name.link, "", parent, kind, name.other_names, code)

    def announce(self, node: Node, topic: str) -> Announced:
        """Return what a node's label announces about a topic, a sentence where it is one."""
        if node.says is not NOTHING:
            return node.says  # the note says it itself
        words = node.words
        if node.form is Form.CALLOUT and not words and isinstance(node.block, Quote):
            said = announce(node.block.callout, topic, self.config.extraction)
            return said if said.purpose not in (Purpose.FIELD, Purpose.CAUSES) else NOTHING
        heads = node.form in (Form.HEADING, Form.LABEL, Form.CALLOUT)
        said = NOTHING
        if words and (heads or len(words.split()) <= _LABEL_WORDS):
            said = announce(words, topic, self.config.extraction)
            if not heads and said.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON) and not _is_label(node):
                return NOTHING
        if said.purpose is Purpose.NONE and node.form is Form.ITEM and _names_scheme(node):
            return Announced(Purpose.KINDS, step="stage")
        if said.purpose is Purpose.NONE and words and _labels_steps(node):
            return Announced(Purpose.DIVISION)
        free = said.purpose is Purpose.NONE or (said.purpose is Purpose.FIELD and has_verb(words))
        if free and node.form in (Form.LABEL, Form.PARAGRAPH, Form.ITEM):
            said = announce_sentence(clean(node.text.text)[-200:])
        return said

    def topic_of(self, words: str, block: Block, link: str = "") -> Mention:
        """Return the mention of a topic: the note's own subject where its words are."""
        return self.subject if fold(words) == fold(self.subject.words) else Mention(words, self.place(block), link)

    def state(self, statement: Statement) -> None:
        """Take a statement."""
        self.statements.append(statement)

    def state_kinds(self, found: CandidateSet, rule: str = "classification") -> dict[int, list[Mention]]:
        """State the accepted items of a set as kinds of its parent; return the mentions by the identity of the item."""
        made: dict[int, list[Mention]] = {}
        confidence = min(0.99, 0.5 + found.score / 20)
        for item in found.items:
            if not item.accepted:
                continue
            reasons = found.reasons(item)
            for name in item.entry.names:
                kind = self.mention(name, item.block, found.parent, found.announced.step)
                if fold(kind.words) == fold(found.parent.words) and not kind.link:
                    continue
                made.setdefault(id(item), []).append(kind)
                weight = 6 if found.signals.get("announced") else 4
                said = Statement(found.parent, SKOS.narrower, kind, kind.place, found.path, rule, item.words, weight)
                self.state(said._replace(reasons=reasons, confidence=confidence))
                if found.facet is not None:
                    self.state(said._replace(subject=found.facet, predicate=SKOS.member, reasons=reasons))
        return made

    def state_related(self, topic: Mention, found: CandidateSet, items: Iterable[Candidate]) -> None:
        """State items as differentials of a topic, each with what distinguishes it, and it from them."""
        for item in items:
            for name in item.entry.names:
                other = self.mention(name, item.block)._replace(kind="kind", notation="")
                if fold(other.words) == fold(topic.words):
                    continue
                said = Statement(topic, SKOS.related, other, other.place, found.path, "differential", item.words)
                said = said._replace(reasons=found.reasons(item), confidence=0.9)
                self.state(said)
                self._tell_apart(said, item)
                for own in found.own:
                    self._tell_apart(said._replace(subject=other, object=topic), own)

    def _tell_apart(self, said: Statement, item: Candidate) -> None:
        """State each point that distinguishes a differential, where it stands."""
        for text, block in item.points or [(item.remark, item.block)]:
            if text:
                point = said._replace(predicate=RAD.distinguishedBy, place=self.place(block), written=text)
                self.state(point._replace(remark=_BRACKETED.sub(r"\1", text)))

    def report(self, slug: str, block: Block, message: str, hint: str = "") -> None:
        """Report a finding about a block."""
        words = clean(block.text)[:120]
        self.diagnostics.append(Diagnostic(BY_SLUG[slug], self.place(block), message, hint, words=words))
