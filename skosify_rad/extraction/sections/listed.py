"""Listed kinds: what the lists, tables and sentences of one section enumerate."""

import re
from collections.abc import Iterable, Iterator
from itertools import compress
from types import MappingProxyType
from typing import Final

from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Judged, are_names, is_group, judge_all, judge_items
from skosify_rad.extraction.headings import announce, announce_sentence, principle
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.forms import as_codes, bold_paragraphs, introduction, kind_cells
from skosify_rad.extraction.sections.prose import read_emphasised, read_enumeration
from skosify_rad.language.english import head_noun, is_qualifier, is_remark, names_a_thing
from skosify_rad.language.grades import grade_code, step_of
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block, Item, ListBlock, Paragraph, Table
from skosify_rad.vault.markdown.inline import Inline

RULE: Final = "classification"
_LIST, _TABLE, _HEADING, _PROSE, _NESTED = 7, 6, 6, 4, 6
"""Weights of the evidence by form."""
_CAUSAL: Final = re.compile(
    r"\b(?:of|on|from|in|to|with|by|after|due to|because of|arising|following|caused|associated)$", re.IGNORECASE
)
BODIES: Final = MappingProxyType(
    {
        **dict.fromkeys(("TNM", "AJCC", "UICC", "FIGO"), "stage"),
        **dict.fromkeys(("WHO", "ISUP"), "grade"),
        **dict.fromkeys(("ICD", "ACR", "ESR"), "type"),
    }
)
"""Bodies whose classifications are the disease's own, not scales with a name -> what their steps are called."""
_DUE: Final = re.compile(r"(?:secondary|due) to\b", re.IGNORECASE)
_DASHED: Final = re.compile(r"\s*(?:[-–—•↳└]|&nbsp;|&emsp;)")
"""A cell drawn as nested below the one before."""
_MAX_DEPTH: Final = 12


class ListedKinds:
    """Reads the kinds that one section itself enumerates; `kinds.Kinds` adds those of its sub-headings."""

    def __init__(self, context: Context, section: Section, scale: str = "") -> None:
        self._context = context
        self._section = section
        self._scale = scale or section.announced.scale

    def blocks(self, blocks: Iterable[Block], parent: Mention) -> Iterator[Statement]:
        """Yield the kinds that lists, tables and sentences directly below the heading enumerate."""
        blocks = list(blocks)
        announced: Announced | None = None
        heads = bold_paragraphs(blocks, self._context)
        for block in blocks:
            if isinstance(block, Paragraph):
                announced = introduction(block, self._context)
                if any(block is one.block for one in heads):
                    yield from self._entry(next(one for one in heads if one.block is block), parent, _HEADING)
                elif announced.purpose in (Purpose.NONE, Purpose.CLASSIFICATION):
                    yield from self._prose(block, parent)
            elif announced is not None and announced.purpose in (Purpose.PROPERTY, Purpose.DIFFERENTIAL):
                announced = None
            elif isinstance(block, ListBlock):
                yield from self.items(block.items, parent, 0)
            elif isinstance(block, Table):
                yield from self.table(block, parent)

    def _prose(self, block: Paragraph, parent: Mention) -> Iterator[Statement]:
        bare = len(block.text.split()) <= 25 and not is_remark(block.text.split(",")[0])  # noqa: PLR2004 - one line
        found = read_enumeration(block.inline, self._context.knows)
        found = found or (read_enumeration(block.inline, self._context.knows, bare=True) if bare else [])
        if not found and not any(isinstance(b, (ListBlock, Table)) for b in self._section.blocks):
            found = self._emphasised(block, parent)
        for name in found:
            yield self.prose_kind(block, parent, name)

    def _emphasised(self, block: Paragraph, parent: Mention) -> list[Name]:
        """Return the kinds that a paragraph sets in bold or italics: two at least, each a qualifier or of the parent's noun."""
        names = [n for n in read_emphasised(block.inline, self._context.knows) if fold(n.words) != fold(parent.words)]
        kind = [
            is_qualifier(n.words) or head_noun(n.words) == head_noun(parent.words) or names_a_thing(n.words)
            for n in names
        ]
        return names if len(names) > 1 and all(kind) else []

    def narrower(self, block: Block, parent: Mention, kind: Mention, weight: int) -> Statement:
        """Return the statement that a mention is a kind of its parent."""
        state = self._context.state(RULE, self._section, weight)
        return state(parent, SKOS.narrower, kind, kind.place, written=_written(kind, block))

    def kind(self, name: Name, block: Block, parent: Mention) -> Mention:
        """Return the mention of a kind, at its own line, a step of a scale with the scale's noun."""
        kind = self._context.mention(name, block, parent)
        if "\n" in block.raw:
            kind = kind._replace(place=kind.place._replace(line=block.line_at(max(0, block.text.find(kind.words)))))
        if self._scale and kind.notation and not grade_code(kind.words)[0]:
            kind = kind._replace(words=f"{self._scale} {kind.words}")
        scale, code = step_of(kind.words)
        own = code and set(fold(scale).split()) <= set(fold(parent.words).split())
        return kind._replace(notation=code) if own and not kind.notation else kind  # `Bosniak I`

    def prose_kind(self, block: Block, parent: Mention, name: Name) -> Statement:
        """Return the statement that a name in running text is a kind of the parent."""
        return self.narrower(block, parent, self.kind(name, block, parent), _PROSE)

    def _entry(self, one: Judged, parent: Mention, weight: int) -> Iterator[Statement]:
        for name in one.entry.names:
            yield self.narrower(one.block, parent, self.kind(name, one.block, parent), weight)

    def items(self, items: list[Item], parent: Mention, depth: int) -> Iterator[Statement]:
        """Yield the kinds among the items of a list, and those nested below them."""
        judged = as_codes(judge_items(items, self._context.knows, parent.words))
        dividing = [bool(principle(j.block.inline)) for j in judged]  # `By location` above kinds is no remark
        if depth == 0 and sum(j.score < 0 and not d for j, d in zip(judged, dividing, strict=True)) * 2 > len(judged):
            names = [j.score >= 2 or d or self._announces(j) for j, d in zip(judged, dividing, strict=True)]  # noqa: PLR2004
            judged = list(compress(judged, names))
        codes = [j for j in judged if grade_code(j.entry.head)[1]]
        if self._scale and len(codes) == 1 and len(items) > 1:
            judged = [j for j in judged if j not in codes]  # `8` between `≤7` and `≥9` is no step
        for one in judged:
            item = one.block
            assert isinstance(item, Item)
            yield from self._item(one, item, parent, depth)

    def _item(self, one: Judged, item: Item, parent: Mention, depth: int) -> Iterator[Statement]:
        nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
        if principle(item.inline) or self._announces(one):
            yield from self._facet(one, nested, parent, depth)
            return
        if nested and fold(one.entry.head) != "other" and self.is_scale_of(one, nested):
            yield from self.scale(one, nested, parent)
            return
        if one.score < 0:
            if nested and self._all_steps(nested):
                yield from self.items(nested, parent, depth + 1)  # `Other` only gathers further steps
            else:
                self._refuse(item, depth)
            return
        kinds = [self.kind(name, item, parent) for name in one.entry.names]
        for kind in kinds:
            yield self.narrower(item, parent, kind, _LIST if depth == 0 else _NESTED)
        yield from self._inline_kinds(one, item, kinds)
        if _CAUSAL.search(item.text.rstrip(" :")) or _DUE.match(item.text):
            return  # `Secondary, on top of:` opens causes, and so does `Secondary to hyperaemia:`
        if nested and (len(kinds) == 1 or is_qualifier(one.entry.head)) and depth < _MAX_DEPTH:
            yield from self._nested(one, nested, kinds, depth)

    def _nested(self, one: Judged, nested: list[Item], kinds: list[Mention], depth: int) -> Iterator[Statement]:
        """Yield the kinds nested below a kind, where what is nested names things rather than remarks."""
        below = as_codes(judge_items(nested, self._context.knows, kinds[0].words))
        opened = one.entry.opens or is_group(one) or bool(principle(Inline(one.entry.remark)))
        group = is_qualifier(one.entry.head.split(",")[0]) and not grade_code(one.entry.head)[1] and one.entry.opens
        if grade_code(one.entry.head)[1] and not all(self._belongs_to_step(j) for j in below):
            return
        if group and all(self._is_plain(j) for j in below):
            opened, below = True, [j._replace(score=max(j.score, 2)) for j in below]
        if are_names(below, opened=opened) or any(self._announces(j) for j in below):
            for kind in kinds:
                yield from self.items(nested, kind, depth + 1)
        else:
            yield from self._labelled(nested, kinds[0])

    @staticmethod
    def _is_plain(one: Judged) -> bool:
        """Below a bare group every short name without a remark is a kind: `Lumbar` above `Petit`, `Grynfeltt-Lesshaft`."""
        head, remark = one.entry.head, one.entry.remark
        bare = not remark or re.fullmatch(r"\([^()]*\)", remark) is not None
        named = is_qualifier(head) or (head[:1].isupper() and len(head.split()) <= 2)  # noqa: PLR2004
        return one.score >= 0 and bare and named

    def _belongs_to_step(self, one: Judged) -> bool:
        """Below a step of a scale stand mostly its criteria; codes, bare qualifiers and known names are kinds."""
        names = one.entry.names
        code = bool(grade_code(one.entry.head)[1])
        return (
            code
            or one.score < 0
            or is_qualifier(one.entry.head)
            or all(n.link or self._context.knows(n.words) for n in names)
        )

    def _labelled(self, nested: list[Item], kind: Mention) -> Iterator[Statement]:
        """Read `Subtypes: a, b, c` among the remarks below a kind."""
        for item in nested:
            label, colon, rest = item.text.partition(":")
            found = announce(Inline(label), self._context.note.title, self._context.config.extraction)
            if colon and rest.strip() and found.purpose is Purpose.CLASSIFICATION and found.sure and not found.of:
                for name in read_enumeration(
                    item.inline.slice(len(label) + 1, len(item.text)), self._context.knows, bare=True
                ):
                    yield self.prose_kind(item, kind, name)

    def _refuse(self, item: Item, depth: int) -> None:
        if item.raw and depth == 0:
            message = "The item reads like a remark, a cause or a site; it was not taken for a kind."
            hint = "Put the kind's name first, in bold or as a link, and the remark behind a colon."
            self._context.report("item-not-a-kind", item, message, hint)

    def is_scale_of(self, one: Judged, nested: list[Item]) -> bool:
        """`Stanford` above `A: ...` and `B: ...`: a scale's name above its steps."""
        named = not one.entry.remark and not grade_code(one.entry.head)[1] and not is_qualifier(one.entry.head)
        return named and self._all_steps(nested)

    def _all_steps(self, nested: list[Item]) -> bool:
        codes = [grade_code(j.entry.head)[1] for j in as_codes(judge_items(nested, self._context.knows))]
        return len(codes) > 1 and all(codes)

    def scale(self, one: Judged, nested: list[Item], parent: Mention) -> Iterator[Statement]:
        """Yield the steps below a scale's name as kinds of the parent, each called after its scale."""
        scale = "" if len(one.entry.head) == 1 else one.entry.head  # `T` of TNM is in the codes already
        step = next((BODIES[w] for w in re.findall(r"[A-Z]+", scale) if w in BODIES), "")
        called = step or f"{scale} {self._scale or 'type'}".strip()  # stage T1 of one cancer is not that of another
        yield from ListedKinds(self._context, self._section, called).items(nested, parent, 1)

    def _inline_kinds(self, one: Judged, item: Item, kinds: list[Mention]) -> Iterator[Statement]:
        """Read `Generalised: primary, secondary`: a group whose members stand behind its colon."""
        group = is_qualifier(one.entry.head) or is_group(one)
        if len(kinds) != 1 or not one.entry.remark or not group or ":" not in item.text:
            return
        rest = item.inline.slice(item.text.index(":") + 1, len(item.text))
        for name in read_enumeration(rest, self._context.knows, bare=True):
            yield self.prose_kind(item, kinds[0], name)

    def _facet(self, one: Judged, nested: list[Item], parent: Mention, depth: int) -> Iterator[Statement]:
        """Yield a principle of division as a collection; what is nested stays narrower of the parent."""
        found = list(self.items(nested, parent, depth)) if nested and depth < _MAX_DEPTH else []
        if not nested and self._announces(one):
            found = [
                self.prose_kind(one.block, parent, n) for n in read_enumeration(one.block.inline, self._context.knows)
            ]
        yield from found
        if principle(one.block.inline):
            yield from self.members(
                Mention(one.entry.head, self._context.place(one.block), parent=parent, kind="facet"), found
            )

    def members(self, facet: Mention, found: list[Statement]) -> Iterator[Statement]:
        """Yield the members of a collection made by a principle of division."""
        state = self._context.state(RULE, self._section, _NESTED)
        for statement in found:
            if statement.subject is facet.parent and statement.predicate == SKOS.narrower:
                yield state(facet, SKOS.member, statement.object, statement.place, written=statement.written)

    def table(self, table: Table, parent: Mention) -> Iterator[Statement]:
        """Yield the kinds a table names: its first column, or its header where that sets kinds side by side."""
        cells = judge_all(kind_cells(table, self._context, parent.words), self._context.knows, parent.words)
        graded = [one for one in cells if grade_code(one.entry.head)[1]]
        above = parent
        for one in graded if self._scale and graded else cells:
            if one.score < 0 and not grade_code(one.entry.head)[1]:
                continue
            under = above if _DASHED.match(one.block.raw) else parent
            for name in one.entry.names:
                kind = self.kind(name, one.block, under)
                yield self.narrower(one.block, under, kind, _TABLE)
                above = kind if under is parent else above

    def _announces(self, one: Judged) -> bool:
        return announce_sentence(one.block.text, self._context.note.title).purpose is Purpose.CLASSIFICATION


def _written(kind: Mention, block: Block) -> str:
    """Return the name as it stands in the block where it does, else the block's words."""
    if kind.words in block.text:
        return kind.words
    return kind.notation or clean(block.text)[:200]
