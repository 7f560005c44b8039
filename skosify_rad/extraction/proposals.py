"""Proposes sets of kinds: from lists, tables, sibling headings, labels and paragraphs, and enumerations."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from skosify_rad.extraction.announce import announce
from skosify_rad.extraction.candidates import Candidate, CandidateSet, make_candidate
from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Entry
from skosify_rad.extraction.ladders import read_clauses, read_inline_ladder, read_ladder
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.sentences import read_enumeration, read_names
from skosify_rad.extraction.set_maker import SetMaker
from skosify_rad.extraction.table_sets import propose_table
from skosify_rad.extraction.topics import Topics
from skosify_rad.language.english import (
    has_verb,
    is_adjective,
    is_kind_adjective,
    is_qualifier,
    is_remark,
    names_a_thing,
    sentences,
)
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.blocks import Item

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SHORT_LINE: Final = 4
"""Words of a line that may be a name by itself."""
_LEAST_STEPS: Final = 3
"""Fewer numbered criteria make no scale."""
_LEADS_ON: Final = re.compile(r"\b(?:this|these|those|following|below)$", re.IGNORECASE)
"""A line that ends so leads on to a list: `The WHO knows these:`."""
_MEASURE: Final = re.compile(r"[<>≤≥]|\d\s*(?:%|mm|cm|HU)|\bno\b", re.IGNORECASE)


class Proposals:
    """Proposes the candidate sets of one note's nodes."""

    def __init__(self, reader: Reader, topics: Topics) -> None:
        self._reader = reader
        self._topics = topics
        self._maker = SetMaker(reader, topics)

    def propose(self, node: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the candidate sets directly below a node."""
        for run in node.runs():
            steps = self._from_numbers(run, scope) or read_ladder(run, scope.topic.notation)
            yield from self._maker.make("list", steps or self._from_nodes(run), node, scope)
            for contrast in _find_contrasts(run):
                yield from self._maker.make("contrast", self._from_nodes(contrast), node, scope)
        for table in node.of_form(Form.TABLE):
            yield from propose_table(self._maker, table, node, scope)
        for form, name in ((Form.HEADING, "headings"), (Form.LABEL, "labels"), (Form.PARAGRAPH, "paragraphs")):
            for siblings in _runs(_find_siblings(node, form), form):
                if len(siblings) > 1 or scope.announced.purpose is Purpose.KINDS:
                    yield from self._maker.make(name, read_ladder(siblings) or self._from_nodes(siblings), node, scope)
        for child in node.children:
            yield from self._from_text(child, scope)

    def _from_text(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield what the words of a node enumerate."""
        kinds = child.says.purpose is Purpose.KINDS and child.form is not Form.HEADING
        if (kinds and not child.of_form(Form.ITEM)) or child.form is Form.PARAGRAPH:
            yield from self._from_words(child, scope)
        if child.form in (Form.PARAGRAPH, Form.LABEL, Form.ITEM):
            yield from self._from_line(child, scope)
        if child.says.purpose is Purpose.DIVISION and child.body.text and not child.of_form(Form.ITEM):
            yield from self._from_division(child, scope)

    def _from_line(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the steps that a line gives of a scale: `Watanabe: I complete, II incomplete, III Wrisberg`."""
        scale, steps = read_inline_ladder(child)
        if not steps:
            yield from self._from_clauses(child, scope)
            return
        said = announce(scale, scope.topic.words, self._reader.config.extraction)
        if said.purpose not in (Purpose.FIELD, Purpose.CAUSES):
            announced = Announced(Purpose.KINDS, scale=scale, step=said.step)
            yield from self._maker.make("enumeration", steps, child, Scope(scope.topic, announced, facet=scope.facet))

    def _from_clauses(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the steps that clauses start with; below a heading that ends in their noun they are its own."""
        steps = read_clauses(child, scope.topic.notation)
        if not steps or scope.announced.purpose in (Purpose.FIELD, Purpose.CAUSES):
            return
        heading = _BRACKETS.sub("", child.path[-1]).strip() if child.path else ""
        if " " in heading and fold(heading).split()[-1] == fold(steps[0].words).split()[0]:
            scope = Scope(self._reader.topic_of(heading, child.block))  # `Thrombus level` above `Level I ...`
        yield from self._maker.make("enumeration", steps, child, scope)

    def _from_division(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield what a principle of division enumerates: `By surface: smooth / textured`."""
        if scope.announced.purpose not in (Purpose.FIELD, Purpose.CAUSES):
            start, end = sentences(child.body.text)[0]
            found = read_names(child.body.slice(start, end).strip(" ."), child.block, self._reader.knows)
            inside = self._topics.find_scope(child, scope)
            yield from self._maker.make("division", found, child, inside)

    def _from_words(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield what a label or a sentence enumerates; below causes and fields only what a label enumerates.

        The label of an item among fields must have plain names behind it: `Forms: infantile, juvenile`.
        """
        above = scope.announced.purpose
        free = above not in (Purpose.FIELD, Purpose.CAUSES)
        plain = child.form is Form.ITEM and above is Purpose.FIELD and bool(child.body.text)
        if free or ((child.form is Form.LABEL or plain) and child.says.sure):
            said = child.says if child.says.purpose is Purpose.KINDS else Announced(Purpose.KINDS)
            topic = self._reader.topic_of(said.of, child.block) if said.of else scope.topic
            inside = Scope(topic, said, facet=scope.facet)
            told = above is Purpose.KINDS and scope.announced.sure
            form, found = read_enumeration(child, topic.words, self._reader.knows, told=told)
            if not plain or all(
                one.entry.marked or is_qualifier(one.words) or names_a_thing(one.words) for one in found
            ):
                yield from self._maker.make(form, found, child, inside)

    def _from_nodes(self, nodes: list[Node]) -> list[Candidate]:
        """Return the candidates named by the first lines of some nodes."""
        found = []
        for node in nodes:
            first, _, rest = node.text.text.partition("\n")
            text = node.text.slice(0, len(first)) if rest and first.strip() else node.text
            if "definition" in node.text.tags or _gathers(node):
                continue
            candidate = make_candidate(text, node.block, self._reader.knows, node)
            if candidate is not None:
                candidate.remark = clean(f"{candidate.remark} {rest}") if text is not node.text else candidate.remark
                candidate.says = node.says
                if node.form in OWNING and not candidate.remark:
                    candidate.remark = _first_words(node)
                found.append(candidate)
        return found

    def _from_numbers(self, run: list[Node], scope: Scope) -> list[Candidate]:
        """Return the steps of a scale that a numbered list gives criteria of."""
        scale = is_scale(scope.topic.words) or scope.announced.step in ("grade", "stage", "score")
        numbers = [node.block.number.rstrip(".)") for node in run if isinstance(node.block, Item)]
        named = any(grade_code(node.words)[1] for node in run)
        if not scale or named or len(run) < _LEAST_STEPS or not all(numbers) or not _are_criteria(run):
            return []
        found = []
        for node, number in zip(run, numbers, strict=True):
            text = clean(node.text.text)
            entry = Entry((Name(number),), number, text, separated=True)
            found.append(Candidate(node.block, entry, node, node.says._replace(purpose=Purpose.NONE), text))
        return found


def _find_siblings(node: Node, form: Form) -> list[Node]:
    """Return the children of a form that announce nothing and may name kinds; headings of the uppermost level only."""
    free = [child for child in node.of_form(form) if child.says.purpose is Purpose.NONE]
    siblings = [child for child in free if form is Form.HEADING or not _LEADS_ON.search(child.words)]
    if form is Form.PARAGRAPH:
        return [child for child in siblings if _starts_with_name(child)]
    level = min((child.level for child in siblings), default=0)
    return [child for child in siblings if child.level == level] if form is Form.HEADING else siblings


def _runs(siblings: list[Node], form: Form) -> list[list[Node]]:
    """Return siblings as one set; paragraphs that follow each other line by line as a set of their own."""
    if form is not Form.PARAGRAPH:
        return [siblings]
    apart: list[Node] = []
    runs: list[list[Node]] = []
    for node in siblings:
        last = runs[-1][-1].block if runs else None
        if last is not None and last.line + last.raw.count("\n") + 1 == node.block.line:
            runs[-1].append(node)
        else:
            runs.append([node])
    apart = [run[0] for run in runs if len(run) == 1]
    return [*(run for run in runs if len(run) > 1), *([apart] if apart else [])]


def _find_contrasts(run: list[Node]) -> Iterator[list[Node]]:
    """Yield the items side by side in a list of other things that contrast by an adjective: `acute`, `chronic`."""
    for contrasts, group in groupby(run, key=lambda node: is_kind_adjective(node.words) and bool(node.children)):
        found = [*group]
        if contrasts and 1 < len(found) < len(run):
            yield found


def _gathers(node: Node) -> bool:
    """Return whether an item only gathers the kinds below it: `By course`, `FIGO` above its stages."""
    kinds = node.says.purpose is Purpose.KINDS and (node.says.sure or bool(node.says.step))
    return bool(node.children) and (kinds or node.says.purpose is Purpose.DIVISION)


def _are_criteria(run: list[Node]) -> bool:
    """Return whether the items of a numbered list say what a step is, and do not name it: `Uptake above the liver`."""
    bare = [node.text.text for node in run if not node.body.text]
    said = sum(is_remark(text) or bool(_MEASURE.search(text)) for text in bare)
    return said * 2 >= len(run)


def _starts_with_name(node: Node) -> bool:
    """Return whether a paragraph starts with a name: a label, a step of a scale, or a short line and nothing else."""
    separated = node.label is not node.text and bool(node.body.text)
    line = node.text.text.strip()
    short = len(_BRACKETS.sub("", line).split()) <= _SHORT_LINE and line[-1:] not in ".:;?!" and not has_verb(line)
    return separated or short or bool(grade_code(node.words)[1])


def _first_words(node: Node) -> str:
    """Return the first paragraph below a heading."""
    for child in node.children[:1]:
        if child.form is Form.PARAGRAPH and not is_adjective(child.words):
            return clean(child.text.text)
    return ""
