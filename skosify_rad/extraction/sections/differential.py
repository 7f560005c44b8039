"""Differential: sections, labels and comparisons that say what else it could be -> skos:related."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.headings import announce, announce_sentence
from skosify_rad.extraction.item_heads import parse_entry
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.differential_tables import RULE
from skosify_rad.extraction.sections.differentials import Differentials
from skosify_rad.extraction.sections.prose import read_enumeration, read_names
from skosify_rad.extraction.sections.remarks import column_remark, is_subject
from skosify_rad.language.english import holds_any, is_qualifier, names_a_thing
from skosify_rad.language.spelling import clean, fold, small_letters
from skosify_rad.model.config import Extraction
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block, ListBlock, Paragraph, Table
from skosify_rad.vault.markdown.inline import Inline
from skosify_rad.vault.roles import Role, compared_sides

_COMPARISON, _LABEL = 4, 3
"""Weights of the evidence by form."""
_LABEL_END: Final = re.compile(
    r"[\s:→⇒➜–—=-](?:(?<=\s)\s*(?:[:→⇒➜–—]|->|=>)|(?<=[:→⇒➜–—])|(?<=[=-])>)\s*"  # a set first, as in `naming`
)
_MAY_ANNOUNCE: Final = tuple(
    "ddx d.dx diff mimic consider versus look simil confus mistak resembl imitat simulat masquer else diagnos fak fool think"
    " false other besides apart rather instead".split()
)
_MAY_ANNOUNCE_SHORT: Final = re.compile(r"[dvn](?:(?<=\bd)\.?d\b|(?<=\bv)s\b|(?<=n).t\b)")
"""`DD`, `d.d`, `vs`, `not`, `isn't`."""
_MAYBE: Final = (*_MAY_ANNOUNCE, "dd", "d.d", "vs", "not", "isn", "aren")
"""Words without which no differential is announced; looked for in the raw text, before anything is parsed."""
_LABEL_WORDS: Final = 8
_NO_SETTINGS: Final = Extraction()


def read_differential(context: Context) -> Iterator[Statement]:
    """Yield what a note says of differentials."""
    if context.note.role is Role.COMPARISON:
        yield from _read_comparison_note(context)
    if context.note.role not in (Role.CONCEPT, Role.COMPARISON):
        return
    for section in context.sections:
        if id(section) in context.read:
            continue
        if section.purpose is Purpose.DIFFERENTIAL:
            yield from _read_section(context, section)
        elif section.purpose is Purpose.COMPARISON:
            context.read.update(id(s) for s in section.walk())
            yield from read_comparison(context, section, context.subject)
        elif id(section) in context.raw.with_any(_MAYBE) or any(isinstance(b, Table) for b in section.blocks):
            yield from _read_labelled(context, section)


def _read_section(context: Context, section: Section) -> Iterator[Statement]:
    """Read a differential section: of the subject, or of another concept that its heading names."""
    of, heading = section.announced.of, section.heading
    assert heading is not None
    subject = Mention(of, context.place(heading)) if of and context.knows(of) else context.subject
    context.read.update(id(s) for s in section.walk())
    found = list(Differentials(context, subject).section(section, 0))
    for child in section.walk():
        if child.purpose is Purpose.COMPARISON:
            found += read_comparison(context, child, subject)
    if not found:
        message = f"The section “{section.name}” names no differential."
        context.report("empty-section", heading, message, "List the differentials, one an item; or rename the heading.")
    yield from found


def _read_comparison_note(context: Context) -> Iterator[Statement]:
    """`X vs Y`: the two sides of the title, at the header cells that name them where a table does."""
    sides = _sides(compared_sides(context.note.title))
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
    single = [len(s.split()) == 1 and (is_qualifier(s) or any(c.isdigit() for c in s)) for s in sides[:-1]]
    if len(last) > 1 and all(single):
        return [f"{s} {' '.join(last[1:])}" for s in sides[:-1]] + sides[-1:]
    return sides


def read_comparison(context: Context, section: Section, subject: Mention) -> Iterator[Statement]:
    """Relate the sides of a section `X vs Y`: to the subject where it is one of them, else to each other."""
    heading = section.heading
    assert heading is not None
    sides = _sides(list(section.announced.sides))
    others = [s for s in sides if not is_subject(s, subject.words)]
    state = context.state(RULE, section, _COMPARISON)
    place = context.place(heading)
    written = clean(section.title.text)
    if sides and section.announced.sure:
        if len(others) < len(sides):
            for other in others:
                yield state(
                    subject,
                    SKOS.related,
                    Mention(other, place),
                    place,
                    written=written,
                    remark=_said_of(section, other),
                )
        elif len(sides) == 2 and all(names_a_thing(s) or context.knows(s) for s in sides):  # noqa: PLR2004 - a pair
            yield state(Mention(sides[0], place), SKOS.related, Mention(sides[1], place), place, written=written)
        return
    for table in [b for s in section.walk() for b in s.blocks if isinstance(b, Table)]:
        yield from Differentials(context, subject).comparison(section, table)
    for side in others if len(others) < len(sides) or len(sides) == 1 else ():
        entry = parse_entry(Inline(side), context.knows)
        if all(names_a_thing(n.words) or context.knows(n.words) for n in entry.names):
            for mention in context.mentions(entry, heading):
                yield state(subject, SKOS.related, mention, place, written=side)


def _said_of(section: Section, side: str) -> str:
    """Return what the tables of a comparison say of one side."""
    for table in [b for s in section.walk() for b in s.blocks if isinstance(b, Table)]:
        for index, cell in enumerate(table.header):
            if index and (is_subject(clean(cell.text), side) or fold(side).endswith(fold(cell.text))):
                return column_remark(table, index)
    return ""


def _read_labelled(context: Context, section: Section) -> Iterator[Statement]:
    """Read `DDx: A, B` and `Mimics:` with a list, and tables that set the subject beside others, wherever they stand."""
    reader = Differentials(context, context.subject)
    maybe = context.raw.with_any(_MAYBE)
    announces = id(section) in maybe
    for block, following in section.pairs():
        if isinstance(block, Paragraph) and id(block) in maybe and _may_announce(block.raw):
            yield from _labelled(context, reader, section, (block, following))
        elif isinstance(block, Table) and section.purpose is not Purpose.CLASSIFICATION and reader.holds_subject(block):
            yield from reader.comparison(section, block)
        elif isinstance(block, ListBlock) and announces:
            pending = list(block.items)
            while pending:
                item = pending.pop(0)
                nested = [b for b in item.children if isinstance(b, ListBlock)] if item.children else []
                found = []
                if id(item) in maybe and _may_announce(item.raw):
                    found = list(_labelled(context, reader, section, (item, nested[0] if nested else None)))
                    yield from found
                if not found:
                    pending[:0] = [i for b in nested for i in b.items]


def _may_announce(raw: str) -> bool:
    """Tell, at a glance at the raw text, whether it may announce a differential."""
    small = small_letters(raw[:120])
    return holds_any(small, _MAY_ANNOUNCE) or _MAY_ANNOUNCE_SHORT.search(small) is not None


def _labelled(
    context: Context, reader: Differentials, section: Section, pair: tuple[Block, Block | None]
) -> Iterator[Statement]:
    block, following = pair
    text = block.text
    end = _LABEL_END.search(text)
    label = text[: end.start()] if end else text
    announced = _announced(label, context.note.title, labels_rest=end is not None)
    if announced.purpose is not Purpose.DIFFERENTIAL or context.knows(announced.of or " "):
        return
    if (end is None and not isinstance(following, ListBlock)) or (end is not None and text[end.end() :].strip()):
        inline = block.inline.slice(end.end() if end else 0, len(text))
        names = read_names(inline, context.knows) if end else read_enumeration(inline, context.knows)
        if not names and end:
            entry = parse_entry(inline, context.knows)
            names = [n for n in entry.names if n.link or names_a_thing(n.words) or context.knows(n.words)]
        yield from reader.relate(section, block, names, (_LABEL, ""))
    elif isinstance(following, ListBlock):
        context.read.add(id(following))
        yield from reader.items(section, following.items, 1)


def _announced(label: str, title: str, *, labels_rest: bool) -> Announced:
    """Return what a label announces; as a heading would where something stands behind its colon."""
    if len(label.split()) > _LABEL_WORDS:
        return Announced(Purpose.NONE)
    announced = announce_sentence(label, title)
    if announced.purpose is Purpose.NONE and labels_rest and len(label.split()) <= _LABEL_WORDS // 2:
        heading = announce(Inline(label), title, _NO_SETTINGS)
        return heading if heading.purpose is Purpose.DIFFERENTIAL else announced
    return announced
