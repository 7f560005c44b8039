"""Proposes sets of kinds: from lists, tables, sibling headings, labels and paragraphs, and enumerations."""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile
from typing import Final

from skosify_rad.extraction import tables
from skosify_rad.extraction.announce import announce, is_same
from skosify_rad.extraction.announce_sentence import find_count
from skosify_rad.extraction.candidates import Candidate, CandidateSet, make_candidate, tell_apart
from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Entry
from skosify_rad.extraction.ladders import find_bracketed, read_inline_ladder, read_ladder
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.sentences import read_enumeration
from skosify_rad.extraction.topics import Topics
from skosify_rad.language.english import (
    has_verb,
    head_noun,
    is_adjective,
    is_kind_adjective,
    is_qualifier,
    is_remark,
    names_a_thing,
    shares_head,
)
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import GRADE_NOUN, grade_code
from skosify_rad.language.spelling import abbreviates, clean, fold, singular
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.blocks import Item, Table
from skosify_rad.vault.markdown.inline import Link
from skosify_rad.vault.roles import Role

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SHORT_LINE: Final = 4
"""Words of a line that may be a name by itself."""
_LEAST_STEPS: Final = 3
"""Fewer numbered criteria make no scale."""
_PHRASE_END: Final = re.compile(
    r"\b(?:of|in|from|to|by|with|for|at|on|like|if|when|as|causes?|cause|due|vs)$", re.IGNORECASE
)
"""A label that ends so relates what stands below it otherwise than as kinds: `Direct extension from`."""
_COUNTS: Final = re.compile(
    r"(?:the |there are )?(?:two|three|four|five|six|seven|eight|\d) (?!\S*(?:sign|cause|finding|feature|step))",
    re.IGNORECASE,
)
"""How a sentence starts that counts what stands below it: `Four fluids deserve a name of their own`."""
_PROPER: Final = re.compile(r"[A-Z]{2}|\w[-–][A-Z]")
"""What the name of a scale holds: `BCLC`, `Child-Pugh`."""
_ASKS: Final = re.compile(r"(?:how|what|which|where|when|who|why|if|the)\b", re.IGNORECASE)
"""A heading that starts so names no scale."""
_LEADS_ON: Final = re.compile(r"\b(?:this|these|those|following|below)$", re.IGNORECASE)
"""A line that ends so leads on to a list: `The WHO knows these:`."""
_MEASURE: Final = re.compile(r"[<>≤≥]|\d\s*(?:%|mm|cm|HU)|\bno\b", re.IGNORECASE)
_STEP_HEADERS: Final = ("grade", "stage", "type", "class", "category", "score")


class Proposals:
    """Proposes the candidate sets of one note's nodes."""

    def __init__(self, reader: Reader, topics: Topics) -> None:
        self._reader = reader
        self._topics = topics
        above = takewhile(lambda child: child.form is not Form.HEADING, reader.root.children)
        self._opening = frozenset(map(id, above))
        """Identities of what stands before the first heading."""

    def propose(self, node: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the candidate sets directly below a node."""
        for run in node.runs():
            steps = self._from_numbers(run, scope) or read_ladder(run, scope.topic.notation)
            yield from self._make("list", steps or self._from_nodes(run), node, scope)
            for contrast in _find_contrasts(run):
                yield from self._make("contrast", self._from_nodes(contrast), node, scope)
        for table in node.of_form(Form.TABLE):
            yield from self._from_table(table, node, scope)
        for form, name in ((Form.HEADING, "headings"), (Form.LABEL, "labels"), (Form.PARAGRAPH, "paragraphs")):
            for siblings in _runs(_find_siblings(node, form), form):
                if len(siblings) > 1 or scope.announced.purpose is Purpose.KINDS:
                    yield from self._make(name, read_ladder(siblings) or self._from_nodes(siblings), node, scope)
        for child in node.children:
            kinds = child.says.purpose is Purpose.KINDS and child.form is not Form.HEADING
            if (kinds and not child.of_form(Form.ITEM)) or child.form is Form.PARAGRAPH:
                yield from self._from_words(child, scope)
            if child.form in (Form.PARAGRAPH, Form.LABEL, Form.ITEM):
                yield from self._from_line(child, scope)

    def _from_line(self, child: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the steps that a line gives of a scale: `Watanabe: I complete, II incomplete, III Wrisberg`."""
        scale, steps = read_inline_ladder(child)
        said = announce(scale, scope.topic.words, self._reader.config.extraction)
        if steps and said.purpose not in (Purpose.FIELD, Purpose.CAUSES):
            announced = Announced(Purpose.KINDS, scale=scale, step=said.step)
            yield from self._make("enumeration", steps, child, Scope(scope.topic, announced, facet=scope.facet))

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
            form, found = read_enumeration(child, topic.words, self._reader.knows)
            if not plain or all(
                one.entry.marked or is_qualifier(one.words) or names_a_thing(one.words) for one in found
            ):
                yield from self._make(form, found, child, inside)

    def _make(self, form: str, items: list[Candidate], node: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the set of some items below its parent; nothing if there are no items."""
        if not items:
            return
        announced, topic = scope.announced, scope.topic
        codes = sum(bool(grade_code(item.entry.names[0].words)[1]) for item in items) * 2 > len(items)
        typed = sum(grade_code(item.entry.names[0].words)[0] == "type" for item in items) * 2 > len(items)
        if announced.scale and codes and not typed:  # types of a disease are its own; grades are of their scale
            topic = self._reader.topic_of(announced.scale, node.block)
        gathers = not topic.notation and not is_qualifier(topic.words) and not names_a_thing(topic.words)
        if scope.nested and topic.parent is not None and codes and gathers:
            topic = topic.parent  # a line that gathers steps: `Limited to the kidney`
        plain = (
            not announced.scale
            and not (announced.purpose is Purpose.KINDS and announced.sure)
            and topic.words[:1].islower()
            and not topic.link
        )
        if codes and plain and gathers and not scope.nested:
            topic = self._reader.subject  # `The plane` above a table of types has no types itself
        chapter = self._topics.is_chapter and form != "headings"
        scale = self._heading_of_steps(node) if codes else ""
        if topic is self._reader.subject and node.form in OWNING and (chapter or scale):
            topic = self._reader.topic_of(scale or node.words, node.block)  # `Endoleak` above its types
        if topic is self._reader.subject and any(fold(item.words) == fold(topic.words) for item in items):
            whole = _whole_of(node)
            if whole is None:
                return  # a list that holds the note's own subject has another parent
            topic = self._reader.topic_of(node.text.text[whole.start : whole.end], node.block, whole.target)
        tell_apart(items)
        nested = scope.nested if form == "list" or form.startswith("column") else ""
        found = CandidateSet(topic, form, announced, node.path, items, nested, scope.facet)
        found.signals |= self._place_signals(found, node, scope)
        yield found

    def _heading_of_steps(self, node: Node) -> str:
        """Return what the heading of steps names; that above it where it only announces: `LI-RADS`, `Categories`."""
        path = node.path[:-1] if node.says.purpose is Purpose.KINDS and not node.says.of else node.path
        heading = path[-1].partition(",")[0] if path else ""
        said = announce(heading, self._reader.subject.words, self._reader.config.extraction) if heading else None
        named = names_a_thing(heading) or _PROPER.search(heading) is not None
        free = said is not None and (said.purpose is Purpose.NONE or said.scale)
        plain = free and named and not _ASKS.match(heading)
        return heading if plain and len(heading.split()) <= _SHORT_LINE and not GRADE_NOUN.match(heading) else ""

    def _place_signals(self, found: CandidateSet, node: Node, scope: Scope) -> dict[str, float]:
        """Return the signals of a set's place: at the top of the note, alone in it, below a phrase or sentence."""
        root, items, listed = self._reader.root, found.items, found.form == "list"
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

    def _from_table(self, node: Node, parent: Node, scope: Scope) -> Iterator[CandidateSet]:
        """Yield the sets that a table proposes: the column that names kinds, or its columns' headers."""
        table, knows = node.block, self._reader.knows
        assert isinstance(table, Table)
        column = tables.kind_column(table)
        graded = tables.grade_column(table, -1)
        if is_scale(scope.topic.words) or scope.announced.step or (column < 0 and graded == 0):
            column = graded if graded >= 0 else column
        if not table.header:
            return
        climbs, scale = tables.ladder_scale(table)
        scale = scale or (find_bracketed(parent.words) if climbs else "")
        if climbs and scope.announced.purpose is not Purpose.CAUSES:
            said = Announced(Purpose.KINDS, scale=scale, step=scope.announced.step, sure=bool(scale))
            steps = tables.read_column(table, 0, knows)
            yield from self._make("column", steps, parent, Scope(scope.topic, said, facet=scope.facet))
            return
        if tables.is_aspects(table) and column < 0:
            heads = tables.read_header(table, knows)
            free = scope.announced.purpose is Purpose.NONE and len(heads) > 1
            alike = free and all(shares_head(one.words, scope.topic.words) for one in heads)
            if alike or (scope.announced.purpose is Purpose.KINDS and scope.announced.sure):
                yield from self._make("columns", heads, parent, scope)
            return
        scope, column = self._of_class(table, column, parent, scope)
        if column < 0 and scope.announced.purpose is Purpose.KINDS and scope.announced.sure:
            heads = tables.read_column_heads(table, knows)
            if heads and all(is_qualifier(one.words) or shares_head(one.words, scope.topic.words) for one in heads):
                yield from self._make("columns", heads, parent, scope)
                return
        column = max(column, 0) if column >= 0 or graded == 0 else tables.class_column(table, scope.topic.words)
        noun = tables.header_noun(table.header[column])
        free = not scope.announced.step
        if noun in _STEP_HEADERS:
            scope = scope._replace(announced=scope.announced._replace(step=scope.announced.step or noun))
        form = f"column {clean(table.header[column].text)}"
        for found in self._make(form, tables.read_column(table, column, knows), parent, scope):
            short = abbreviates(clean(table.header[column].text), parent.words or scope.topic.words)
            own = noun in fold(scope.topic.words).split()
            named = noun in tables.KIND_HEADERS or own
            found.signals["own-column"] = own
            found.signals["name-column"] = named or (short and column == 0)
            found.signals["step-column"] = free and noun in _STEP_HEADERS and column == graded
            yield found

    def _of_class(self, table: Table, column: int, parent: Node, scope: Scope) -> tuple[Scope, int]:
        """Return the scope and the column where a column is headed by the noun of the heading above the table."""
        own = tables.header_noun(table.header[0])
        if not own or own != head_noun(parent.words) or not _names_class(parent):
            return scope, column
        alike = self._reader.note.role is Role.LIST and head_noun(scope.topic.words) == own
        same = alike or is_same(parent.words, scope.topic.words)
        topic = scope.topic if same else self._reader.topic_of(parent.words, parent.block)
        return scope._replace(topic=topic, announced=Announced(Purpose.KINDS)), 0


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


def _whole_of(node: Node) -> Link | None:
    """Return the only link of the words above a list: `Part of the [[neuroblastic tumours]] spectrum:`."""
    links = node.text.links if node.form is not Form.ROOT else ()
    return links[0] if len(links) == 1 else None


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


def _names_class(node: Node) -> bool:
    """Return whether a heading names a class by itself, `Fluoroscopic modes`, and announces nothing: `Subtypes`."""
    words = node.words.lower().split()
    announces = node.says.purpose in (Purpose.KINDS, Purpose.DIVISION, Purpose.CAUSES)
    plural = len(words) > 1 and singular(words[-1]) != words[-1]
    plain = not has_verb(node.words) and not {"of", "for", "in"} & set(words)
    return node.form in OWNING and plural and plain and not announces


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
