"""Differential: lists, tables, comparisons and sub-headings that name what else it could be -> skos:related."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.blocks import Block, Cell, Item, ListBlock, Paragraph, Table
from skosify_rad.english import grade_code, is_attribute, is_qualifier, is_remark, names_a_thing
from skosify_rad.entries import Judged, are_names, is_group, judge, judge_items
from skosify_rad.headings import Purpose, announce_sentence, principle
from skosify_rad.inline import Inline
from skosify_rad.names import abbreviates, clean, fold
from skosify_rad.naming import parse_entry
from skosify_rad.outline import Section
from skosify_rad.roles import VERSUS, Role
from skosify_rad.sections.context import Context
from skosify_rad.sections.kinds import introduction
from skosify_rad.sections.prose import read_enumeration
from skosify_rad.statements import Mention, Statement
from skosify_rad.vocab import SKOS

RULE: Final = "differential"
_LIST, _TABLE, _HEADING, _COMPARISON, _PROSE, _LABEL = 5, 5, 4, 4, 3, 3
"""Weights of the evidence by form; a hierarchy stated in a classification outweighs them all."""
_DIAGNOSIS_COLUMN: Final = frozenset(
    fold(w)
    for w in (
        "diagnosis dx ddx differential mimic mimicker condition entity disease lesion disorder pathology tumour"
        " artefact alternative consideration"
    ).split()
)
_FEATURE_COLUMN: Final = re.compile(
    r"^(?:features?|findings?|parameters?|aspects?|characteristics?|criteri(?:a|on)|property|sign|point|clues?|)$",
    re.IGNORECASE,
)
_COLUMN_MODIFIERS: Final = frozenset(
    fold(w) for w in "key main top common other possible alternative similar the or and".split()
)
_MAX_DEPTH: Final = 6


def read_differential(context: Context) -> Iterator[Statement]:
    """Yield what a note says of differentials."""
    if context.note.role is Role.COMPARISON:
        yield from _read_comparison_note(context)
    if context.note.role not in (Role.CONCEPT, Role.COMPARISON):
        return
    for section in context.outline.walk():
        if id(section) in context.read:
            continue
        if section.purpose is Purpose.DIFFERENTIAL:
            yield from _read_section(context, section)
        elif section.purpose is Purpose.COMPARISON:
            yield from _read_comparison(context, section, context.subject)
        else:
            yield from _read_labelled(context, section)


def _read_section(context: Context, section: Section) -> Iterator[Statement]:
    of = section.announced.of
    subject = context.subject
    if of:
        heading = section.heading
        assert heading is not None
        if not (context.knows(of) or names_a_thing(of)):
            return
        subject = Mention(of, context.place(heading))
    context.read.update(id(s) for s in section.walk())
    found = list(_Differentials(context, subject).section(section, 0))
    if not found and section.heading is not None:
        context.report("empty-section", section.heading, f"The section “{section.path[-1]}” names no differential.",
                       "List the differentials, one an item; or rename the heading.")  # fmt: skip
    yield from found


def _read_comparison_note(context: Context) -> Iterator[Statement]:
    """`X vs Y`: the two sides of the title, at the header cells that name them where a table does."""
    sides = _sides(VERSUS.split(context.note.title))
    cells = [c for s in context.outline.walk() for b in s.blocks if isinstance(b, Table) for c in b.header[1:]]
    place = context.place(cells[0]) if cells else context.subject.place
    mentions = [Mention(side, place) for side in sides]
    state = context.state(RULE, context.outline, _COMPARISON)
    for index, left in enumerate(mentions):
        for right in mentions[index + 1 :]:
            yield state(left, SKOS.related, right, place, written=context.note.title)


def _sides(parts: list[str]) -> list[str]:
    """Return the sides of a comparison, each with the noun that only the last one carries."""
    sides = [clean(re.sub(r"\s*\([^()]*\)", "", p)).strip(" .:,") for p in parts]
    sides = [s for s in sides if s]
    last = sides[-1].split() if sides else []
    if len(last) > 1 and all(
        len(s.split()) == 1 and (is_qualifier(s) or any(c.isdigit() for c in s)) for s in sides[:-1]
    ):
        return [f"{s} {' '.join(last[1:])}" for s in sides[:-1]] + sides[-1:]
    return sides


def _read_comparison(context: Context, section: Section, subject: Mention) -> Iterator[Statement]:
    """Relate the sides of a section `X vs Y`: to the subject where it is one of them, else to each other."""
    context.read.update(id(s) for s in section.walk())
    sides = _sides(list(section.announced.sides))
    heading = section.heading
    assert heading is not None
    state = context.state(RULE, section, _COMPARISON)
    place = context.place(heading)
    others = [s for s in sides if not is_subject(s, subject.words)]
    tables = [b for s in section.walk() for b in s.blocks if isinstance(b, Table)]
    if sides and section.announced.sure:
        if len(others) < len(sides):
            for other in others:
                yield state(subject, SKOS.related, Mention(other, place), place, written=clean(section.title.text))
        elif len(sides) == 2 and all(context.knows(s) or names_a_thing(s) for s in sides):  # noqa: PLR2004
            yield state(
                Mention(sides[0], place),
                SKOS.related,
                Mention(sides[1], place),
                place,
                written=clean(section.title.text),
            )
        return
    for table in tables:
        yield from _Differentials(context, subject).comparison(section, table)
    for side in others:
        entry = parse_entry(Inline(side), context.knows)
        if all(context.knows(n.words) or names_a_thing(n.words) for n in entry.names):
            for mention in context.mentions(entry, heading):
                yield state(subject, SKOS.related, mention, place, written=side)


def is_subject(name: str, title: str) -> bool:
    """Tell whether a name in a comparison is the note's own subject, abbreviated or shortened."""
    bare = title.split(" (", 1)[0]
    return fold(name) in (fold(title), fold(bare)) or abbreviates(name, bare) or abbreviates(bare, name)


class _Differentials:
    """Reads the differentials of one subject."""

    def __init__(self, context: Context, subject: Mention) -> None:
        self._context = context
        self._subject = subject

    def section(self, section: Section, depth: int) -> Iterator[Statement]:
        """Yield the differentials of a section and its sub-sections."""
        skip = False
        for block, following in section.pairs():
            if isinstance(block, Paragraph):
                announced = introduction(block, self._context)
                skip = announced.purpose in (Purpose.PROPERTY, Purpose.CLASSIFICATION)
                yield from self._paragraph(section, block, following)
            elif isinstance(block, ListBlock) and not skip:
                yield from self.items(section, block.items, depth)
            elif isinstance(block, Table):
                yield from self._table(section, block)
        for child in section.children:
            yield from self._child(child, depth + 1)

    def _related(
        self, section: Section, block: Block, judged: Judged, weight: int, remark: str = ""
    ) -> Iterator[Statement]:
        state = self._context.state(RULE, section, weight)
        for mention in self._context.mentions(judged.entry, block):
            if not mention.link and is_subject(mention.words, self._subject.words):
                continue
            yield state(
                self._subject,
                SKOS.related,
                mention,
                mention.place,
                written=mention.words,
                remark=remark or judged.entry.remark,
            )

    def items(self, section: Section, items: list[Item], depth: int) -> Iterator[Statement]:
        """Yield what the items of a list name."""
        judged = judge_items(items, self._context.knows)
        names = sum(j.score >= 0 for j in judged)
        for one in judged:
            item = one.block
            assert isinstance(item, Item)
            nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
            below = judge_items(nested, self._context.knows) if nested and depth < _MAX_DEPTH else []
            group = bool(below) and self._gathers(one, below)
            if group:
                yield from self.items(section, nested, depth + 1)
            if not group and one.score >= (0 if names * 2 > len(judged) else 2) and not grade_code(one.entry.head)[1]:
                yield from self._item(section, one, item, nested)

    def _item(self, section: Section, one: Judged, item: Item, nested: list[Item]) -> Iterator[Statement]:
        rest = item.inline.slice(item.text.find(":") + 1, len(item.text)) if ":" in item.text else None
        if rest is not None and (is_qualifier(one.entry.head) or is_group(one)):
            members = read_enumeration(rest, self._context.knows, bare=True)
            state = self._context.state(RULE, section, _LIST)
            for name in members:
                mention = self._context.mention(name, item)
                yield state(self._subject, SKOS.related, mention, mention.place, written=name.words)
            if members:
                return
        if is_qualifier(one.entry.head) and one.score < 2 and not one.entry.remark and not nested:  # noqa: PLR2004 - see Judged
            return
        remark = one.entry.remark or "; ".join(clean(i.text) for i in nested)
        yield from self._related(section, item, one, _LIST, remark)

    def _gathers(self, one: Judged, below: list[Judged]) -> bool:
        """Tell whether an item is only the label of the names nested in it."""
        if not are_names(below, opened=one.entry.opens):
            return False
        linked = sum(j.score >= 3 for j in below)  # noqa: PLR2004 - see Judged
        if one.score >= 2 and not is_qualifier(one.entry.head):  # noqa: PLR2004 - a name with remarks, unless all below are known
            return one.entry.opens and linked == len(below) and one.score < 3  # noqa: PLR2004
        return is_group(one) or one.score < 0 or linked * 2 > len(below)

    def _paragraph(self, section: Section, block: Paragraph, following: Block | None) -> Iterator[Statement]:
        del following
        text = block.inline
        if text.text.strip().endswith(":"):
            return
        state = self._context.state(RULE, section, _PROSE)
        names = read_enumeration(text, self._context.knows) or read_enumeration(text, self._context.knows, bare=True)
        for name in names:
            mention = self._context.mention(name, block)
            line = block.line_at(max(0, block.text.find(name.words)))
            mention = mention._replace(place=mention.place._replace(line=line))
            if not is_subject(name.words, self._subject.words):
                yield state(self._subject, SKOS.related, mention, mention.place, written=name.words)
        one = judge(block, self._context.knows)
        if not names and one.entry.marked and one.score >= 2 and len(one.entry.names) == 1:  # noqa: PLR2004 - `**X** - remark`
            yield from self._related(section, block, one, _PROSE)

    def _table(self, section: Section, table: Table) -> Iterator[Statement]:
        header = [clean(c.text) for c in table.header]
        column = next((i for i, h in enumerate(header) if _is_diagnosis_column(h)), None)
        if column is None and self._is_comparison(table):
            yield from self.comparison(section, table)
            return
        for row in table.rows:
            cell = row[column or 0]
            one = judge(cell, self._context.knows)
            if cell.raw and (one.score >= 0 or (one.entry.marked and one.score > -3)) and not _is_row_label(cell, row):  # noqa: PLR2004
                remark = "; ".join(
                    f"{header[i]}: {clean(c.text)}" for i, c in enumerate(row) if c is not cell and clean(c.text)
                )
                yield from self._related(section, cell, one, _TABLE, remark)

    def _is_comparison(self, table: Table) -> bool:
        """Tell whether a table sets things side by side in its header."""
        header = table.header
        if len(header) < 3:  # noqa: PLR2004 - a label and two sides
            return False
        first = clean(header[0].text)
        sides = [judge(c, self._context.knows) for c in header[1:]]
        own = any(is_subject(n.words, self._subject.words) for s in sides for n in s.entry.names)
        return own or (bool(_FEATURE_COLUMN.match(first)) and any(s.score >= 2 for s in sides))  # noqa: PLR2004 - see Judged

    def comparison(self, section: Section, table: Table) -> Iterator[Statement]:
        """Yield the other sides of a comparison table."""
        sides = [(c, judge(c, self._context.knows)) for c in table.header[1:]]
        own = [c for c, s in sides if any(is_subject(n.words, self._subject.words) for n in s.entry.names)]
        if not own and not any(s.score >= 2 for _, s in sides):  # noqa: PLR2004 - see Judged
            return
        for index, (cell, side) in enumerate(sides, 1):
            if cell in own or side.score < 0 or is_attribute(side.entry.head) or is_qualifier(side.entry.head):
                continue
            if not own and side.score < 2:  # noqa: PLR2004 - see Judged
                continue
            remark = "; ".join(
                f"{clean(row[0].text)}: {clean(row[index].text)}" for row in table.rows if index < len(row)
            )
            yield from self._related(section, cell, side, _COMPARISON, remark)

    def _child(self, child: Section, depth: int) -> Iterator[Statement]:
        heading = child.heading
        if heading is None or child.purpose in (Purpose.CLASSIFICATION, Purpose.DEFINITION, Purpose.OVERVIEW):
            return
        if child.purpose is Purpose.COMPARISON:
            yield from _read_comparison(self._context, child, self._subject)
            return
        if (
            child.purpose is Purpose.DIFFERENTIAL
            or child.level == 8  # noqa: PLR2004 - below a bold line
            or principle(child.title)
            or self._holds_names(child)
        ):
            if depth < _MAX_DEPTH:
                yield from self.section(child, depth)
            return
        one = judge(heading, self._context.knows)
        if one.score < 0 or (child.purpose is Purpose.PROPERTY and one.score < 2) or is_remark(one.entry.head):  # noqa: PLR2004
            return
        if is_qualifier(one.entry.head) and one.score < 2:  # noqa: PLR2004 - see Judged
            return
        lines = [clean(i.text) for b in child.blocks if isinstance(b, ListBlock) for i in b.items]
        yield from self._related(child, heading, one, _HEADING, "; ".join(lines))

    def _holds_names(self, child: Section) -> bool:
        """Tell whether a sub-section gathers differentials (by site, by age) rather than describes one."""
        for section in child.walk():
            for block in section.blocks:
                if isinstance(block, Table) and any(_is_diagnosis_column(clean(c.text)) for c in block.header):
                    return True
                if isinstance(block, ListBlock):
                    judged = judge_items(block.items, self._context.knows)
                    if judged and sum(j.score >= 2 for j in judged) * 2 > len(judged):  # noqa: PLR2004 - see Judged
                        return True
        return False


def _is_diagnosis_column(header: str) -> bool:
    """Tell whether a header says that its column holds diagnoses; `Paget disease` names one itself."""
    words = fold(header).split()
    return (
        bool(words)
        and words[-1] in _DIAGNOSIS_COLUMN
        and all(w in _DIAGNOSIS_COLUMN or w in _COLUMN_MODIFIERS for w in words)
    )


def _is_row_label(cell: Cell, row: list[Cell]) -> bool:
    """Tell whether a bold cell is alone in its row and so heads the rows below it."""
    return (
        len(row) > 1
        and not any(c.raw for c in row if c is not cell)
        and bool(cell.inline.strong)
        and not cell.inline.links
    )


def _read_labelled(context: Context, section: Section) -> Iterator[Statement]:
    """Read `DDx: A, B` and `Mimics:` with a list, wherever they stand."""
    reader = _Differentials(context, context.subject)
    for block, following in section.pairs():
        if isinstance(block, Paragraph):
            yield from _labelled(context, reader, section, (block, following))
        elif isinstance(block, ListBlock):
            pending = list(block.items)
            while pending:
                item = pending.pop(0)
                nested = [b for b in item.children if isinstance(b, ListBlock)]
                found = list(_labelled(context, reader, section, (item, nested[0] if nested else None)))
                yield from found
                if not found:
                    pending[:0] = [i for b in nested for i in b.items]


def _labelled(
    context: Context, reader: _Differentials, section: Section, pair: tuple[Block, Block | None]
) -> Iterator[Statement]:
    block, following = pair
    text = block.text.strip()
    label, colon, rest = text.partition(":")
    announced = announce_sentence(label, context.note.title)
    if announced.purpose is not Purpose.DIFFERENTIAL or announced.of or len(label.split()) > 8:  # noqa: PLR2004 - a label
        return
    if rest.strip() or not colon:
        inline = (
            block.inline.slice(block.text.find(label) + len(label) + len(colon), len(block.text))
            if colon
            else block.inline
        )
        names = read_enumeration(inline, context.knows, bare=bool(colon))
        if not names and colon:
            entry = parse_entry(inline, context.knows)
            names = [n for n in entry.names if n.link or context.knows(n.words) or names_a_thing(n.words)]
        state = context.state(RULE, section, _LABEL)
        for name in names:
            mention = context.mention(name, block)
            if not is_subject(name.words, context.note.title):
                yield state(context.subject, SKOS.related, mention, mention.place, written=name.words)
    elif isinstance(following, ListBlock):
        context.read.add(id(following))
        yield from reader.items(section, following.items, 1)
