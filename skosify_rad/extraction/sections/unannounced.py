"""Kinds that no heading announces: introduced by a sentence or a label, or siblings that are kinds by their form."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.entries import (
    Judged,
    could_enumerate,
    enumerates,
    items_of,
    judge,
    judge_all,
    judge_items,
    kind_like,
)
from skosify_rad.extraction.headings import announce, announce_sentence
from skosify_rad.extraction.item_heads import read_entry
from skosify_rad.extraction.list_prefilter import may_enumerate
from skosify_rad.extraction.outline import CALLOUT_LEVEL, PSEUDO_LEVEL, Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.forms import as_codes, bold_paragraphs, is_kind_column
from skosify_rad.extraction.sections.kinds import Kinds
from skosify_rad.extraction.sections.prose import read_enumeration
from skosify_rad.language.english import (
    has_verb,
    is_attribute,
    is_qualifier,
    names_a_thing,
    shares_head,
)
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold, singular
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block, Item, ListBlock, Paragraph, Table
from skosify_rad.vault.markdown.inline import Inline

_MAY_ANNOUNCE: Final = tuple(
    "typ form variant categor kind class divid grad stag split group spectr pattern entit separat fall scor scale member"
    " course includ".split()
)
"""Words without which nothing is announced; looked for in the raw text, before anything is parsed."""
_LABEL_LENGTH: Final = 80
_LABEL_WORDS: Final = 6
_INTRODUCED: Final = (":", "into", "as", "are", "include", ".")


def read_unannounced(context: Context, section: Section) -> Iterator[Statement]:
    """Read what a sentence introduces, and siblings that are kinds by their form, wherever they stand."""
    reader = Kinds(context, section)
    announcing = context.raw.with_any(_MAY_ANNOUNCE)
    for block, following in section.pairs():
        if id(block) in context.read:
            continue
        if isinstance(block, Paragraph):
            yield from _introduced_by(context, reader, (block, following))
        elif section.level == CALLOUT_LEVEL and isinstance(block, ListBlock):
            continue  # tips remark
        elif isinstance(block, ListBlock) and _groups_steps(context, section, block):
            yield from Kinds(context, section, f"{clean(section.title.text)} type").items(
                block.items, context.subject, 0
            )
        elif isinstance(block, ListBlock) and _is_enumeration(context, section, block):
            yield from reader.items(block.items, context.subject, 0)
        elif isinstance(block, ListBlock) and id(section) in announcing:
            yield from _introduced_items(context, reader, block)
        elif isinstance(block, Table):
            yield from _table(context, reader, section, block)
    yield from _bold_siblings(context, reader, section)
    yield from _heading_siblings(context, section)


def _is_enumeration(context: Context, section: Section, block: ListBlock) -> bool:
    title = context.note.title
    opening = context.outline.blocks[:1] == [block]
    if len(block.items) < 2:  # noqa: PLR2004 - one is no enumeration
        return False
    if not opening and not is_scale(title) and not _may_enumerate(context, section, block.items):
        return False
    judged = (
        as_codes(judge_items(block.items, context.knows, title))
        if is_scale(title)
        else judge_items(block.items, context.knows, title)
    )
    if opening and _opens_note(judged, title):
        return True
    if is_scale(title) and sum(bool(grade_code(j.entry.head)[1]) for j in judged) * 2 > len(judged) > 1:
        return True
    marked = len(judged) > 1 and all(j.entry.marked and j.score >= 0 for j in judged)
    return (marked or section.purpose is not Purpose.PROPERTY) and enumerates(judged, title)


def _may_enumerate(context: Context, section: Section, items: list[Item]) -> bool:
    """Tell whether it is worth judging a list; below a property every item of it must be in bold or a link."""
    raws, title = [item.raw for item in items], context.note.title
    if section.purpose is Purpose.PROPERTY and not all("*" in raw or "_" in raw or "[" in raw for raw in raws if raw):
        return False
    return may_enumerate(raws, title) and could_enumerate(items, context.knows, title)


def _groups_steps(context: Context, section: Section, block: ListBlock) -> bool:
    """Tell whether a list below a scale's bare name (`FIGO`) gathers its steps in groups: codes nested in every one."""
    grouped = sum(bool(item.children) for item in block.items) > 1
    if not grouped or section.heading is None or not _codes_name_scale(context, section):
        return False
    groups = [
        [grade_code(j.entry.head)[1] for j in as_codes(judge_items(items_of(i.children), context.knows))]
        for i in block.items
    ]
    codes = [code for group in groups for code in group]
    return len(groups) > 1 and sum(map(bool, groups)) > 1 and all(codes) and len(set(codes)) == len(codes)


def _opens_note(judged: list[Judged], title: str) -> bool:
    """Tell whether the list a note opens with, before any words, names kinds: links and the title's own noun."""
    sure = sum(bool(j.entry.names and j.entry.names[0].link) or shares_head(j.entry.head, title) for j in judged)
    return len(judged) > 1 and sure * 2 > len(judged) and all(j.score >= 0 and not j.entry.remark for j in judged)


def _table(context: Context, reader: Kinds, section: Section, table: Table) -> Iterator[Statement]:
    """Read a table whose header says type, or whose rows are steps; below a property only names confirm it."""
    column = bool(table.header) and is_kind_column(clean(table.header[0].text))
    free = section.purpose is not Purpose.PROPERTY
    if not column and not is_scale(context.note.title):
        raws = [row[0].raw for row in table.rows if row[0].raw]
        if not free or not may_enumerate(raws, context.note.title):
            return
    cells = [judge(row[0], context.knows, context.note.title) for row in table.rows if row[0].raw]
    codes = sum(bool(grade_code(j.entry.head)[1]) for j in cells)
    steps = codes * 2 > len(cells) and (is_scale(context.note.title) or column)
    typed = column and fold(table.header[0].text).split()[-1] not in ("group", "class", "level", "score", "entity")
    if steps and _codes_name_scale(context, section):
        heading = section.heading
        assert heading is not None
        noun = fold(table.header[0].text).split()[-1]
        scale = Mention(clean(section.title.text).rstrip(" :"), context.place(heading))
        yield from Kinds(context, section, noun if noun in ("grade", "stage", "type", "class") else "type").table(
            table, scale
        )
    elif steps or (typed and free) or ((typed or free) and enumerates(cells, context.note.title)):
        yield from reader.table(table, context.subject)
    elif is_scale(context.note.title):
        yield from _grade_column(context, reader, table)


def _codes_name_scale(context: Context, section: Section) -> bool:
    """Tell whether a heading that is only a proper name (`Koos`) names a scale by the codes below it."""
    if section.purpose is not Purpose.NONE or section.level >= PSEUDO_LEVEL or is_scale(context.note.title):
        return False
    words = clean(section.title.text.split("(", 1)[0]).split()
    if not 0 < len(words) <= 3 or not all(w[:1].isupper() for w in words):  # noqa: PLR2004
        return False
    titled = set(fold(context.note.title).split())
    return not any(fold(w) in titled or is_qualifier(w) or is_attribute(w) for w in words)


def _grade_column(context: Context, reader: Kinds, table: Table) -> Iterator[Statement]:
    """In a note on a scale, the steps may stand in a later column: `Score | Grade`."""
    for index in range(1, len(table.header)):
        cells = [judge(row[index], context.knows) for row in table.rows]
        if len(cells) > 1 and all(all(grade_code(j.entry.head)) for j in cells):
            for one in cells:
                for name in one.entry.names:
                    yield reader.prose_kind(one.block, context.subject, name)
            return


def _bold_siblings(context: Context, reader: Kinds, section: Section) -> Iterator[Statement]:
    """Read paragraphs that start with a kind in bold: `**Le Fort I** (floating palate). ...`."""
    heads = bold_paragraphs(section.blocks, context) if section.purpose is not Purpose.PROPERTY else []
    if heads and enumerates(heads, context.note.title):
        for one in heads:
            for name in one.entry.names:
                yield reader.prose_kind(one.block, context.subject, name)


def _heading_siblings(context: Context, section: Section) -> Iterator[Statement]:
    """Read sub-headings that are kinds by their form: `Subfalcine herniation`, `Tonsillar herniation`."""
    if section.purpose is Purpose.PROPERTY or len(section.children) < 2:  # noqa: PLR2004 - siblings are two at least
        return
    children = [c for c in section.children if c.heading is not None and c.purpose is Purpose.NONE]
    chosen = _kind_headings(context, children) or _group_headings(context, children)
    judged = judge_all([c.heading for c in chosen if c.heading is not None], context.knows, context.note.title)
    for child, one in zip(chosen, judged, strict=True):
        if id(child) not in context.read:
            context.read.update(id(s) for s in child.walk())
            yield from Kinds(context, child).below_heading(one, context.subject)


def _kind_headings(context: Context, children: list[Section]) -> list[Section]:
    """Return the sections whose headings are kinds by their form."""
    judged = [judge(c.heading, context.knows, context.note.title) for c in children if c.heading is not None]
    blocks = {id(one.block) for one in kind_like(judged, context.note.title)}
    return [c for c in children if id(c.heading) in blocks]


def _group_headings(context: Context, children: list[Section]) -> list[Section]:
    """Return the sections that gather kinds one level down: `High flow`, `Low flow`."""
    groups = [c for c in children if len(c.children) > 1]
    named = [sum(names_a_thing(s.title.text) for s in g.children) * 2 > len(g.children) for g in groups]
    confirmed = any(shares_head(clean(s.title.text), context.note.title) for g in groups for s in g.children)
    return groups if confirmed and len(groups) > 1 and all(named) else []


def _introduced_by(context: Context, reader: Kinds, pair: tuple[Block, Block | None]) -> Iterator[Statement]:
    block, following = pair
    yield from _scale_below(context, block, following)
    if id(block) not in context.raw.with_any(_MAY_ANNOUNCE):
        return
    yield from _labelled(context, reader, block)
    last = block.text.strip().rsplit("\n", 1)[-1]
    announced = announce_sentence(last, context.note.title)
    if announced.purpose is not Purpose.CLASSIFICATION or announced.of:
        return
    for name in read_enumeration(
        block.inline, lambda name: context.knows(name) or shares_head(name, context.note.title)
    ):
        yield reader.prose_kind(block, context.subject, name)
    if id(block) in context.read:
        return
    if isinstance(following, ListBlock) and last.endswith(_INTRODUCED):
        yield from reader.items(following.items, context.subject, 0)
        context.read.add(id(following))
    elif isinstance(following, Table) and last.endswith(":"):
        yield from reader.table(following, context.subject)
        context.read.add(id(following))


def _labelled(context: Context, reader: Kinds, block: Block) -> Iterator[Statement]:
    """Read `Subtypes: gastric, intestinal` where the label announces kinds."""
    label, colon, rest = block.text.partition(":")
    if not colon or not rest.strip() or len(label.split()) > _LABEL_WORDS:
        return
    found = announce(Inline(label), context.note.title, context.config.extraction)
    last = label.split()[-1].lower() if label.split() else ""
    several = singular(last) != last or last.endswith(("fication", "ing"))
    if found.purpose is Purpose.CLASSIFICATION and found.sure and not found.of and several:
        for name in read_enumeration(block.inline.slice(len(label) + 1, len(block.text)), context.knows, bare=True):
            yield reader.prose_kind(block, context.subject, name)


def _scale_below(context: Context, block: Block, following: Block | None) -> Iterator[Statement]:
    """Read a list of bare codes below a line that is only a proper name: `Hinchey (modified)`."""
    if not isinstance(following, ListBlock) or len(block.raw) > _LABEL_LENGTH:
        return
    words = clean(block.text.split("(", 1)[0]).rstrip(" :").split()
    named = (
        0 < len(words) <= _LABEL_WORDS // 2
        and all(w[:1].isupper() for w in words)
        and not is_attribute(" ".join(words))
    )
    if not named or id(following) in context.read:
        return
    reader = Kinds(context, context.outline, f"{' '.join(words)} type")
    codes = sum(bool(grade_code(j.entry.head)[1]) for j in as_codes(judge_items(following.items, context.knows)))
    if codes > 1 and codes * 3 >= len(following.items) * 2:
        context.read.add(id(following))
        yield from reader.items(following.items, context.subject, 0)


def _introduced_items(context: Context, reader: Kinds, block: ListBlock) -> Iterator[Statement]:
    """Read what is nested below an item that announces kinds."""
    pending = list(block.items)
    announcing = context.raw.with_any(_MAY_ANNOUNCE)
    while pending:
        item = pending.pop(0)
        nested = items_of(item.children) if item.children else []
        if id(item) not in announcing:
            pending[:0] = nested
            continue
        yield from _labelled(context, reader, item)
        announced = _announced_by(context, item, nested)
        if announced.purpose is Purpose.CLASSIFICATION and announced.sure and not announced.of:
            if nested:
                yield from reader.items(nested, context.subject, 0)
            else:
                for name in read_enumeration(item.inline, context.knows):
                    yield reader.prose_kind(item, context.subject, name)
        elif announced.purpose is not Purpose.DIFFERENTIAL:
            pending[:0] = nested


def _announced_by(context: Context, item: Item, nested: list[Item]) -> Announced:
    announced = announce_sentence(item.text, context.note.title)
    if announced.purpose is not Purpose.NONE or not nested:
        return announced
    label = read_entry(item, context.knows)
    if label.opens and len(label.head.split()) <= 5 and not has_verb(label.head):  # noqa: PLR2004 - a label, not a sentence
        return announce(Inline(label.head), context.note.title, context.config.extraction)
    return announced
