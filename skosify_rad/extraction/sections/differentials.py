"""Differentials: what lists, tables, sub-headings and sentences below a differential heading name."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Judged, are_names, is_group, judge, judge_items
from skosify_rad.extraction.headings import principle
from skosify_rad.extraction.item_heads import parse_entry
from skosify_rad.extraction.outline import CALLOUT_LEVEL, Section
from skosify_rad.extraction.sections.differential_tables import KNOWN, SURE, DifferentialTables, is_diagnosis_column
from skosify_rad.extraction.sections.forms import introduction
from skosify_rad.extraction.sections.prose import read_emphasised, read_enumeration, read_names, read_subjects
from skosify_rad.extraction.sections.remarks import tidy
from skosify_rad.language.english import is_qualifier, is_remark, is_thing_word, names_a_thing
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Statement
from skosify_rad.vault.markdown.blocks import Item, ListBlock, Paragraph, Table
from skosify_rad.vault.roles import VERSUS

_LIST, _HEADING, _PROSE = 5, 4, 3
"""Weights of the evidence by form; a hierarchy stated in a classification outweighs them all."""
_OF: Final = re.compile(r"^(?:of|for|in|at|with|from)\s", re.IGNORECASE)
_ELSEWHERE: Final = (Purpose.CLASSIFICATION, Purpose.DEFINITION, Purpose.OVERVIEW, Purpose.COMPARISON)
_ARROW: Final = re.compile(r"[\s→➜⇒=-](?:(?<=\s)\s*(?:[→➜⇒]|->|=>)|(?<=[→➜⇒])|(?<=[=-])>)\s*")  # as in `naming`
_MAX_DEPTH: Final = 6


class Differentials(DifferentialTables):
    """Reads the differentials of one subject."""

    def section(self, section: Section, depth: int) -> Iterator[Statement]:
        """Yield the differentials of a section and its sub-sections."""
        skip = False
        prose = not any(isinstance(b, (ListBlock, Table)) for b in section.blocks) and not section.children
        for block in section.blocks:
            if isinstance(block, Paragraph):
                skip = introduction(block, self._context).purpose in (Purpose.PROPERTY, Purpose.CLASSIFICATION)
                yield from self._paragraph(section, block, prose=prose)
            elif isinstance(block, ListBlock) and not skip:
                yield from self.items(section, block.items, depth)
            elif isinstance(block, Table):
                yield from self.table(section, block)
        gathering = any(_is_bare_group(c) for c in section.children)
        for child in section.children:
            yield from self._child(child, depth + 1, gathering=gathering)

    def items(self, section: Section, items: list[Item], depth: int) -> Iterator[Statement]:
        """Yield what the items of a list name."""
        judged = judge_items(items, self._context.knows)
        names = sum(j.score >= 0 for j in judged)
        for one in judged:
            item = one.block
            assert isinstance(item, Item)
            nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
            below = judge_items(nested, self._context.knows) if nested and depth < _MAX_DEPTH else []
            if below and self._gathers(one, below):
                yield from self.items(section, nested, depth + 1)
            elif VERSUS.search(item.text):
                yield from self._versus(section, item)
            elif (names_behind := self._behind_arrow(one, item)) is not None:
                yield from self.relate(section, item, names_behind, (_LIST, one.entry.head))
            elif one.score >= (0 if names * 2 > len(judged) else SURE) and not grade_code(one.entry.head)[1]:
                yield from self._item(section, one, item, nested)

    def _item(self, section: Section, one: Judged, item: Item, nested: list[Item]) -> Iterator[Statement]:
        group = is_qualifier(one.entry.head) or is_group(one)
        if ":" in item.text and group:
            rest = item.inline.slice(item.text.find(":") + 1, len(item.text))
            members = read_names(rest, self._context.knows)
            if members:
                yield from self.relate(section, item, members, (_LIST, ""))
                return
        if (
            is_qualifier(one.entry.head)
            and one.score < SURE
            and not (one.entry.remark or nested or _is_noun(one.entry.head))
        ):
            return
        below = "; ".join(tidy(i.text) for i in nested)
        inline = tidy(one.entry.remark)
        bare = one.entry.remark.startswith("(") and one.entry.remark.endswith(")")
        yield from self.relate_entry(section, one, _LIST, below if below and (bare or not inline) else inline)

    def _versus(self, section: Section, item: Item) -> Iterator[Statement]:
        """Read `this form vs. A vs. B`: what stands behind the first `vs` are others."""
        said, _, remark = item.text.partition(": ")
        if any(VERSUS.search(item.text[ln.start : ln.end]) for ln in item.inline.links):
            return  # a link to a comparison, which says itself what it compares
        linked = {item.text[ln.start : ln.end]: ln.target for ln in item.inline.links}
        sides = [clean(s) for s in VERSUS.split(said)]
        if not any(len(s.split()) > 6 for s in sides[1:]):  # noqa: PLR2004 - a clause
            yield from self.relate(
                section, item, [Name(s, linked.get(s, "")) for s in sides[1:]], (_LIST, tidy(remark))
            )

    def _behind_arrow(self, one: Judged, item: Item) -> list[Name] | None:
        """Return the names behind an arrow where a clue stands before it: `fat inside → hamartoma`."""
        arrow = _ARROW.search(item.text) if one.score < SURE else None
        if arrow is None or not arrow.start():
            return None
        behind = parse_entry(item.inline.slice(arrow.end(), len(item.text)), self._context.knows)
        sure = all(n.link or names_a_thing(n.words) or self._context.knows(n.words) for n in behind.names)
        return (
            list(behind.names)
            if behind.names and (sure or behind.marked) and not behind.remark.startswith(",")
            else None
        )

    def _gathers(self, one: Judged, below: list[Judged]) -> bool:
        """Tell whether an item is only the label of the names nested in it."""
        if one.entry.remark and not one.entry.remark.startswith("(") and not is_qualifier(one.entry.head):
            return False
        known = sum(j.score >= KNOWN for j in below)
        entity = one.score >= KNOWN or any(is_thing_word(w) for w in one.entry.head.lower().split())
        if entity and not is_qualifier(one.entry.head):
            return known == len(below) and one.score < KNOWN and one.entry.opens
        label = one.score < 0 or is_qualifier(one.entry.head)
        return are_names(below, opened=True) and (len(below) > 1 or known == 1 or label)

    def _paragraph(self, section: Section, block: Paragraph, *, prose: bool) -> Iterator[Statement]:
        text = block.inline
        if text.text.strip().endswith(":"):
            return
        knows = self._context.knows
        names = read_enumeration(text, knows) or read_names(text, knows, trusted=prose)
        if prose:
            names = [
                *names,
                *(n for n in read_subjects(text, knows) if fold(n.words) not in {fold(m.words) for m in names}),
            ]
        yield from self.relate(section, block, names, (_PROSE, ""))
        one = judge(block, knows)
        if not names and one.entry.marked and one.score >= SURE and len(one.entry.names) == 1:
            yield from self.relate_entry(section, one, _PROSE)

    def _child(self, child: Section, depth: int, *, gathering: bool) -> Iterator[Statement]:
        heading = child.heading
        if heading is None or child.purpose in _ELSEWHERE:
            return
        lists = any(isinstance(b, (ListBlock, Table)) for b in child.blocks)
        if child.purpose is Purpose.DIFFERENTIAL or child.level == CALLOUT_LEVEL or principle(child.title):
            gathers = True
        else:
            gathers = self._holds_names(child) or bool(lists and (gathering or _OF.match(child.title.text)))
        if gathers:
            if depth < _MAX_DEPTH:
                yield from self.section(child, depth)
            return
        one = judge(heading, self._context.knows)
        bare = is_qualifier(one.entry.head) or child.purpose is Purpose.PROPERTY
        if one.score < (SURE if bare else 0) or is_remark(one.entry.head):
            return
        lines = [tidy(i.text) for b in child.blocks if isinstance(b, ListBlock) for i in b.items]
        yield from self.relate_entry(child, one, _HEADING, "; ".join(lines))

    def _holds_names(self, child: Section) -> bool:
        """Tell whether a sub-section gathers differentials (by site, by age) rather than describes one."""
        bold = [
            n for b in child.blocks if isinstance(b, Paragraph) for n in read_emphasised(b.inline, self._context.knows)
        ]
        if not child.children and sum(names_a_thing(n.words) for n in bold) > 1:
            return True
        for section in child.walk():
            for block in section.blocks:
                if isinstance(block, Table) and any(is_diagnosis_column(clean(c.text)) for c in block.header):
                    return True
                if isinstance(block, Table):
                    cells = [judge(row[self.name_column(block)], self._context.knows) for row in block.rows]
                    if sum(j.score >= SURE for j in cells) * 2 > len(cells):
                        return True
                if isinstance(block, ListBlock):
                    judged = judge_items(block.items, self._context.knows)
                    if judged and sum(j.score >= SURE for j in judged) * 2 > len(judged):
                        return True
        return False


def _is_noun(head: str) -> bool:
    """`Dermoid` and `Desmoid` look like adjectives, yet are names where they stand alone."""
    return head.lower().endswith(("oid", "oids")) and " " not in head


def _is_bare_group(child: Section) -> bool:
    """Tell whether a sub-heading is only an adjective (`Benign`): then its siblings gather as well."""
    return is_qualifier(clean(child.title.text).rstrip(":")) and any(isinstance(b, ListBlock) for b in child.blocks)
