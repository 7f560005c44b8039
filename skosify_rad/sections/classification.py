"""Classification: lists, tables and sub-headings that enumerate kinds -> skos:narrower.

Nesting is hierarchy; a label that names a principle of division (`By location`) is a collection, its members stay
narrower of the subject; remarks below a kind are no kinds.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from skosify_rad.blocks import Block, Cell, Item, ListBlock, Paragraph, Table
from skosify_rad.english import grade_code, is_attribute, is_qualifier, is_remark
from skosify_rad.entries import Judged, are_names, is_group, judge, judge_items
from skosify_rad.headings import Announced, Purpose, announce, announce_sentence, principle
from skosify_rad.inline import Inline
from skosify_rad.labels import is_scale
from skosify_rad.naming import Name, parse_entry
from skosify_rad.names import clean, fold
from skosify_rad.outline import Section
from skosify_rad.roles import Role
from skosify_rad.sections.context import Context
from skosify_rad.sections.prose import read_enumeration
from skosify_rad.statements import Mention, Statement
from skosify_rad.vocab import SKOS

RULE: Final = "classification"
_LIST, _TABLE, _HEADING, _PROSE, _NESTED = 7, 6, 6, 4, 6
"""Weights of the evidence by form."""
_KIND_COLUMN: Final = frozenset(
    fold(w) for w in "type subtype variant form category class kind grade stage entity subgroup phenotype group classification".split()
)
_MAX_DEPTH: Final = 12


def read_classification(context: Context) -> Iterator[Statement]:
    """Yield what a note says of kinds."""
    if context.note.role is not Role.CONCEPT:
        return
    for section in context.outline.walk():
        if id(section) in context.read or section.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON):
            continue
        if section.purpose is Purpose.CLASSIFICATION and not _inside_property(section):
            yield from _read_section(context, section)
        else:
            yield from _read_introduced(context, section)


def _inside_property(section: Section) -> bool:
    return any(a.purpose in (Purpose.PROPERTY, Purpose.DIFFERENTIAL) for a in section.ancestors())


def _read_section(context: Context, section: Section) -> Iterator[Statement]:
    """Read a section whose heading announces kinds."""
    subject = _subject_of(context, section)
    found = list(_Kinds(context, section).read(subject)) if subject else []
    if section.announced.sure or _confirmed(context, found):
        context.read.update(id(s) for s in section.walk())
        if not found and subject:
            context.report("empty-section", section.heading or Block("", 1, 1), f"The section “{section.path[-1]}” names no kind.",
                           "List the kinds, one an item; or rename the heading.")  # fmt: skip
        yield from found
    elif section.heading is not None:
        context.report("unread-section", section.heading, f"“{section.path[-1]}” looks like a classification; nothing in it confirmed it.",
                       "Name it Classification if it is one, or list it under [extraction] ignore_headings.")  # fmt: skip


def _subject_of(context: Context, section: Section) -> Mention | None:
    """Return whose kinds a section lists: the note's subject, another known concept, or a named scale."""
    of = section.announced.of
    heading = section.heading
    if of and heading is not None:
        return Mention(of, context.place(heading)) if context.knows(of) else None
    if heading is not None and section.level < 7 and _is_named_scale(context, section):  # noqa: PLR2004 - real headings
        return Mention(clean(section.title.text).rstrip(" :"), context.place(heading))
    return context.subject


def _is_named_scale(context: Context, section: Section) -> bool:
    """A heading with a proper name (`Mirels scoring system`) whose steps are codes is a scale of its own."""
    words = section.title.text.split()
    titled = set(fold(context.note.title).split())
    proper = [w for w in words[:-1] if w[:1].isupper() and fold(w) not in titled]
    if not section.announced.scale or not proper or len(words) > 5:  # noqa: PLR2004 - a name
        return False
    return words[0] in proper and not is_qualifier(words[0]) and not is_attribute(words[0])


def _confirmed(context: Context, found: list[Statement]) -> bool:
    """Tell whether what stands below a doubtful heading shows that it enumerates kinds."""
    from skosify_rad.english import head_noun, names_a_thing  # noqa: PLC0415 - local names of a rare path

    kinds = [s.object for s in found if isinstance(s.object, Mention)]
    if not kinds:
        return False
    own = head_noun(context.note.title)
    good = sum(bool(k.link) or context.knows(k.words) or head_noun(k.words) == own or names_a_thing(k.words) for k in kinds)
    return good * 2 > len(kinds)


class _Kinds:
    """Reads the kinds of one section."""

    def __init__(self, context: Context, section: Section) -> None:
        self._context = context
        self._section = section
        self._scale = section.announced.scale

    def read(self, parent: Mention) -> Iterator[Statement]:
        """Yield the statements of the section and its sub-sections."""
        yield from self._blocks(self._section, self._section.blocks, parent)
        for child in self._section.children:
            yield from self._child(child, parent)

    def _blocks(self, section: Section, blocks: Iterable[Block], parent: Mention) -> Iterator[Statement]:
        announced: Announced | None = None
        for block in blocks:
            if isinstance(block, Paragraph):
                announced = self._introduction(block)
                if announced.purpose in (Purpose.NONE, Purpose.CLASSIFICATION):
                    yield from self._prose(section, block, parent)
            elif announced is not None and announced.purpose in (Purpose.PROPERTY, Purpose.DIFFERENTIAL):
                announced = None
            elif isinstance(block, ListBlock):
                yield from self.items(section, block.items, parent, 0)
            elif isinstance(block, Table):
                yield from self.table(section, block, parent)

    def _introduction(self, block: Paragraph) -> Announced:
        text = block.text.strip()
        if not text.endswith(":"):
            return Announced(Purpose.NONE)
        sentence = announce_sentence(text, self._context.note.title)
        return sentence if sentence.purpose is not Purpose.NONE else announce(Inline(text), self._context.note.title, self._context.config.extraction)

    def _prose(self, section: Section, block: Paragraph, parent: Mention) -> Iterator[Statement]:
        for name in read_enumeration(block.inline, self._context.knows, self._context.note.title):
            yield self.prose_kind(section, block, parent, name)

    def _narrower(self, section: Section, block: Block, parent: Mention, kind: Mention, weight: int) -> Statement:
        state = self._context.state(RULE, section, weight)
        return state(parent, SKOS.narrower, kind, kind.place, written=_written(kind, block))

    def _kind(self, name: Name, block: Block, parent: Mention) -> Mention:
        """Return the mention of a kind, at its own line, a step of a scale with the scale's noun."""
        kind = self._context.mention(name, block, parent)
        if "\n" in block.raw:
            kind = kind._replace(place=kind.place._replace(line=block.line_at(max(0, block.text.find(kind.words)))))
        if self._scale and kind.notation and not grade_code(kind.words)[0]:
            kind = kind._replace(words=f"{self._scale} {kind.words}")
        return kind

    def prose_kind(self, section: Section, block: Block, parent: Mention, name: Name) -> Statement:
        """Return the statement that a name in running text is a kind of the parent."""
        return self._narrower(section, block, parent, self._kind(name, block, parent), _PROSE)

    def items(self, section: Section, items: list[Item], parent: Mention, depth: int) -> Iterator[Statement]:
        """Yield the kinds among the items of a list, and those nested below them."""
        judged = judge_items(items, self._context.knows, parent.words)
        if depth == 0 and sum(j.score < 0 for j in judged) * 2 > len(judged):
            judged = [j for j in judged if j.score >= 2 or _announces(j, self._context)]  # noqa: PLR2004 - names only
        for one in judged:
            item = one.block
            assert isinstance(item, Item)
            yield from self._item(section, one, item, parent, depth)

    def _item(self, section: Section, one: Judged, item: Item, parent: Mention, depth: int) -> Iterator[Statement]:
        nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
        if principle(item.inline) or _announces(one, self._context):
            yield from self._facet(section, one, nested, parent, depth)
            return
        if one.score < 0:
            if item.raw and depth == 0:
                self._context.report("item-not-a-kind", item, "The item reads like a remark, a cause or a site; it was not taken for a kind.",
                                     "Put the kind's name first, in bold or as a link, and the remark behind a colon.")  # fmt: skip
            return
        kinds = [self._kind(name, item, parent) for name in one.entry.names]
        for kind in kinds:
            yield self._narrower(section, item, parent, kind, _LIST if depth == 0 else _NESTED)
        yield from self._inline_kinds(section, one, item, kinds)
        if nested and len(kinds) == 1 and depth < _MAX_DEPTH:
            below = judge_items(nested, self._context.knows, kinds[0].words)
            if are_names(below, opened=one.entry.opens) or any(_announces(j, self._context) for j in below):
                yield from self.items(section, nested, kinds[0], depth + 1)

    def _inline_kinds(self, section: Section, one: Judged, item: Item, kinds: list[Mention]) -> Iterator[Statement]:
        """Read `Generalised: primary, secondary`: a group whose members stand behind its colon."""
        if len(kinds) != 1 or not one.entry.remark or not is_group_like(one) or ":" not in item.text:
            return
        rest = item.inline.slice(item.text.index(":") + 1, len(item.text))
        for name in read_enumeration(rest, self._context.knows, kinds[0].words, bare=True):
            yield self.prose_kind(section, item, kinds[0], name)

    def _facet(self, section: Section, one: Judged, nested: list[Item], parent: Mention, depth: int) -> Iterator[Statement]:
        """A principle of division: a collection; what is nested stays narrower of the parent."""
        found = list(self.items(section, nested, parent, depth)) if nested and depth < _MAX_DEPTH else []
        yield from found
        label = principle(one.block.inline)
        if label:
            facet = Mention(one.entry.head, self._context.place(one.block), parent=parent, kind="facet")
            yield from self._members(section, one.block, facet, parent, found)

    def _members(self, section: Section, block: Block, facet: Mention, parent: Mention, found: list[Statement]) -> Iterator[Statement]:
        state = self._context.state(RULE, section, _NESTED)
        for statement in found:
            if statement.subject is parent and statement.predicate == SKOS.narrower:
                yield state(facet, SKOS.member, statement.object, statement.place, written=statement.written)
        del block

    def table(self, section: Section, table: Table, parent: Mention) -> Iterator[Statement]:
        """Yield the kinds a table names: its first column, or its header where that sets kinds side by side."""
        cells = [judge(cell, self._context.knows, parent.words) for cell in kind_cells(table, self._context, parent.words)]
        graded = [one for one in cells if grade_code(one.entry.head)[1]]
        for one in graded if self._scale else cells:
            cell = one.block
            if one.score >= 0 or grade_code(one.entry.head)[1]:
                for kind in [self._kind(name, cell, parent) for name in one.entry.names]:
                    yield self._narrower(section, cell, parent, kind, _TABLE)

    def _child(self, child: Section, parent: Mention) -> Iterator[Statement]:
        if child.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON, Purpose.DEFINITION, Purpose.SYNONYMS):
            return
        heading = child.heading
        if heading is None or child.level == 8 or child.purpose in (Purpose.CLASSIFICATION, Purpose.OVERVIEW):  # noqa: PLR2004 - callouts
            yield from _Kinds(self._context, child).read(parent)
            return
        if principle(child.title):
            found = list(_Kinds(self._context, child).read(parent))
            yield from found
            facet = Mention(clean(child.title.text), self._context.place(heading), parent=parent, kind="facet")
            yield from self._members(child, heading, facet, parent, found)
            return
        one = judge(heading, self._context.knows, parent.words)
        if child.purpose is Purpose.PROPERTY and one.score < 2 and not grade_code(one.entry.head)[1]:  # noqa: PLR2004 - see Judged
            return
        if one.score < 0 or is_remark(one.entry.head):
            return
        kinds = [self._kind(name, heading, parent) for name in one.entry.names]
        for kind in kinds:
            yield self._narrower(child, heading, parent, kind, _HEADING)
        if len(kinds) == 1:
            yield from self._below(child, kinds[0])

    def _below(self, child: Section, kind: Mention) -> Iterator[Statement]:
        """Below a heading that is a kind: features mostly; kinds only where names stand in a row."""
        lists = [b for b in child.blocks if isinstance(b, ListBlock)]
        for block in lists:
            judged = judge_items(block.items, self._context.knows, kind.words)
            if are_names(judged, opened=False) and all(_shares_or_links(j, kind.words, self._context) for j in judged):
                yield from self.items(child, block.items, kind, 1)
        for sub in child.children:
            heading = sub.heading
            if sub.purpose is Purpose.CLASSIFICATION:
                yield from _Kinds(self._context, sub).read(kind)
            elif heading is not None and sub.purpose is Purpose.NONE and judge(heading, self._context.knows, kind.words).score >= 2:  # noqa: PLR2004
                yield from self._child(sub, kind)


def _shares_or_links(one: Judged, parent: str, context: Context) -> bool:
    from skosify_rad.english import head_noun  # noqa: PLC0415

    return any(n.link or context.knows(n.words) or head_noun(n.words) == head_noun(parent) for n in one.entry.names)


def is_group_like(one: Judged) -> bool:
    """Tell whether an entry is a group whose members may stand behind its colon."""
    return is_qualifier(one.entry.head) or is_group(one)


def _announces(one: Judged, context: Context) -> bool:
    return announce_sentence(one.block.text, context.note.title).purpose is Purpose.CLASSIFICATION


def _written(kind: Mention, block: Block) -> str:
    """Return the name as it stands in the block where it does, else the block's words."""
    return kind.words if kind.words in block.text else clean(block.text)[:200]


def kind_cells(table: Table, context: Context, parent: str) -> list[Cell]:
    """Return the cells of a table that name kinds."""
    header = [clean(c.text) for c in table.header]
    first = header[0] if header else ""
    column = next((i for i, h in enumerate(header) if _is_kind_column(h)), None)
    if column is None and (not first or is_attribute(first)) and len(header) > 2:  # noqa: PLR2004 - two sides at least
        names = [judge(c, context.knows, parent) for c in table.header[1:]]
        if all(n.score >= 0 for n in names) and any(n.score >= 2 or is_qualifier(n.entry.head) for n in names):  # noqa: PLR2004
            return table.header[1:]
    return [row[column or 0] for row in table.rows if row[column or 0].raw]


def _is_kind_column(header: str) -> bool:
    words = fold(header).split()
    return bool(words) and words[-1] in _KIND_COLUMN and len(words) <= 3  # noqa: PLR2004 - `Histological subtype`


def _read_introduced(context: Context, section: Section) -> Iterator[Statement]:
    """Read lists that a sentence introduces, and tables whose header says type, wherever they stand."""
    if section.purpose is Purpose.PROPERTY and any(a.purpose is Purpose.DIFFERENTIAL for a in section.ancestors()):
        return
    if any(a.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON) for a in section.ancestors()):
        return
    reader = _Kinds(context, section)
    for block, following in section.pairs():
        if isinstance(block, Paragraph):
            yield from _introduced_by(context, reader, section, (block, following))
        elif isinstance(block, ListBlock) and _lists_steps(context, section, block):
            yield from reader.items(section, block.items, context.subject, 0)
        elif isinstance(block, ListBlock):
            yield from _introduced_items(context, reader, section, block)
        elif isinstance(block, Table) and table_of_types(block, context) and section.purpose is not Purpose.PROPERTY:
            yield from reader.table(section, block, context.subject)


def _lists_steps(context: Context, section: Section, block: ListBlock) -> bool:
    """Tell whether a list is one of steps: `Type I`, `Type II`; bare codes count in a note on a scale only."""
    codes = [grade_code(parse_entry(item.inline, context.knows).head) for item in block.items]
    steps = sum(bool(code) and bool(noun or is_scale(context.note.title)) for noun, code in codes)
    return section.purpose is not Purpose.PROPERTY and steps >= 2 and steps * 2 > len(codes)  # noqa: PLR2004 - one step is none


def table_of_types(table: Table, context: Context) -> bool:
    """Tell whether a table's first header says that its rows are kinds, or its rows are steps of the note's scale."""
    if is_scale(context.note.title) and table.header:
        codes = [grade_code(parse_entry(row[0].inline, context.knows).head)[1] for row in table.rows]
        if sum(map(bool, codes)) * 2 > len(codes):
            return True
    return bool(table.header) and _is_kind_column(clean(table.header[0].text)) and fold(table.header[0].text).split()[-1] not in ("group", "class", "form")


def _introduced_by(context: Context, reader: _Kinds, section: Section, pair: tuple[Block, Block | None]) -> Iterator[Statement]:
    block, following = pair
    last = block.text.strip().rsplit("\n", 1)[-1]
    announced = announce_sentence(last, context.note.title)
    if announced.purpose is not Purpose.CLASSIFICATION or announced.of:
        return
    if isinstance(following, ListBlock) and last.endswith((":", "into", "as", "are", "include")):
        yield from reader.items(section, following.items, context.subject, 0)
        context.read.add(id(following))
    else:
        for name in read_enumeration(block.inline, context.knows, context.note.title):
            yield reader.prose_kind(section, block, context.subject, name)


def _introduced_items(context: Context, reader: _Kinds, section: Section, block: ListBlock) -> Iterator[Statement]:
    """Read what is nested below an item that announces kinds."""
    pending = list(block.items)
    while pending:
        item = pending.pop(0)
        nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
        label = parse_entry(item.inline, context.knows)
        announced = announce_sentence(item.text, context.note.title)
        if announced.purpose is Purpose.NONE and nested and label.opens:
            announced = announce(Inline(label.head), context.note.title, context.config.extraction)
        if announced.purpose is Purpose.CLASSIFICATION and announced.sure and not announced.of:
            if nested:
                yield from reader.items(section, nested, context.subject, 0)
            else:
                for name in read_enumeration(item.inline, context.knows, context.note.title):
                    yield reader.prose_kind(section, item, context.subject, name)
        elif announced.purpose is not Purpose.DIFFERENTIAL:
            pending[:0] = nested


__all__ = ["RULE", "Name", "kind_cells", "read_classification", "table_of_types"]
