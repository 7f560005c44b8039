"""Differentials: what lists, tables, sub-headings and sentences below a differential heading name."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.announced import Purpose
from skosify_rad.blocks import Block, Cell, Item, ListBlock, Paragraph, Table
from skosify_rad.config import Extraction
from skosify_rad.english import is_attribute, is_qualifier, is_remark, is_thing_word, names_a_thing
from skosify_rad.entries import Judged, are_names, is_group, judge, judge_items
from skosify_rad.grades import grade_code
from skosify_rad.headings import announce, principle
from skosify_rad.inline import Inline
from skosify_rad.names import abbreviates, clean, fold
from skosify_rad.naming import Name, parse_entry
from skosify_rad.outline import CALLOUT_LEVEL, Section
from skosify_rad.roles import VERSUS
from skosify_rad.sections.context import Context
from skosify_rad.sections.forms import introduction
from skosify_rad.sections.prose import read_enumeration, read_names, read_subjects
from skosify_rad.statements import Mention, Statement
from skosify_rad.vocab import SKOS

RULE: Final = "differential"
_LIST, _TABLE, _HEADING, _COMPARISON, _PROSE = 5, 5, 4, 4, 3
"""Weights of the evidence by form; a hierarchy stated in a classification outweighs them all."""
_DIAGNOSIS_COLUMN: Final = frozenset(
    fold(w)
    for w in (
        "diagnosis dx ddx differential mimic mimicker condition entity disease lesion disorder pathology tumour"
        " artefact alternative consideration"
    ).split()
)
_COLUMN_MODIFIERS: Final = frozenset(
    fold(w) for w in "key main top common other possible alternative similar the or and".split()
)
_FEATURE_COLUMN: Final = re.compile(
    r"^(?:features?|findings?|parameters?|aspects?|characteristics?|criteri(?:a|on)|property|sign|point|clues?|)$",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"^(?:of|for|in|at|with|from)\s", re.IGNORECASE)
_ELSEWHERE: Final = (Purpose.CLASSIFICATION, Purpose.DEFINITION, Purpose.OVERVIEW, Purpose.COMPARISON)
_ARROW: Final = re.compile(r"\s*(?:→|➜|⇒|->|=>)\s*")
_MAX_DEPTH: Final = 6
_SURE: Final = 2
"""Score from which an entry is a name on its own (see `entries.Judged`)."""
_KNOWN: Final = 3
"""Score that only links and names known to the vault reach without further signs."""


class Differentials:
    """Reads the differentials of one subject."""

    def __init__(self, context: Context, subject: Mention) -> None:
        self._context = context
        self._subject = subject

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
                yield from self._table(section, block)
        gathering = any(_is_bare_group(c) for c in section.children)
        for child in section.children:
            yield from self._child(child, depth + 1, gathering=gathering)

    def relate(self, section: Section, block: Block, names: list[Name], said: tuple[int, str]) -> Iterator[Statement]:
        """Yield the subject's relation to each name; `said` is the weight and what distinguishes them."""
        weight, remark = said
        state = self._context.state(RULE, section, weight)
        for name in names:
            if not name.link and is_subject(name.words, self._subject.words):
                continue
            mention = self._context.mention(name, block)
            if "\n" in block.raw:
                line = block.line_at(max(0, block.text.find(name.words)))
                mention = mention._replace(place=mention.place._replace(line=line))
            yield state(self._subject, SKOS.related, mention, mention.place, written=name.words, remark=remark)

    def _relate_entry(self, section: Section, one: Judged, weight: int, remark: str = "") -> Iterator[Statement]:
        names = list(one.entry.names)
        for statement in self.relate(section, one.block, names, (weight, remark or one.entry.remark)):
            yield statement._replace(written=one.entry.head) if len(names) == 1 else statement

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
            elif one.score >= (0 if names * 2 > len(judged) else _SURE) and not grade_code(one.entry.head)[1]:
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
            and one.score < _SURE
            and not (one.entry.remark or nested or _is_noun(one.entry.head))
        ):
            return
        remark = one.entry.remark or "; ".join(clean(i.text) for i in nested)
        yield from self._relate_entry(section, one, _LIST, remark)

    def _versus(self, section: Section, item: Item) -> Iterator[Statement]:
        """Read `this form vs. A vs. B`: what stands behind the first `vs` are others."""
        linked = {item.text[ln.start : ln.end]: ln.target for ln in item.inline.links}
        sides = [clean(s) for s in VERSUS.split(item.text)]
        if not any(len(s.split()) > 6 for s in sides[1:]):  # noqa: PLR2004 - a clause
            yield from self.relate(section, item, [Name(s, linked.get(s, "")) for s in sides[1:]], (_LIST, ""))

    def _behind_arrow(self, one: Judged, item: Item) -> list[Name] | None:
        """Return the names behind an arrow where a clue stands before it: `fat inside → hamartoma`."""
        arrow = _ARROW.search(item.text)
        if arrow is None or not arrow.start() or one.score >= _SURE:
            return None
        behind = parse_entry(item.inline.slice(arrow.end(), len(item.text)), self._context.knows)
        sure = all(n.link or self._context.knows(n.words) or names_a_thing(n.words) for n in behind.names)
        return (
            list(behind.names)
            if behind.names and (sure or behind.marked) and not behind.remark.startswith(",")
            else None
        )

    def _gathers(self, one: Judged, below: list[Judged]) -> bool:
        """Tell whether an item is only the label of the names nested in it."""
        if one.entry.remark and not one.entry.remark.startswith("(") and not is_qualifier(one.entry.head):
            return False
        known = sum(j.score >= _KNOWN for j in below)
        entity = one.score >= _KNOWN or any(is_thing_word(w) for w in one.entry.head.lower().split())
        if entity and not is_qualifier(one.entry.head):
            return known == len(below) and one.score < _KNOWN and one.entry.opens
        return are_names(below, opened=True) and (len(below) > 1 or known == 1)

    def _paragraph(self, section: Section, block: Paragraph, *, prose: bool) -> Iterator[Statement]:
        text = block.inline
        if text.text.strip().endswith(":"):
            return
        knows = self._context.knows
        names = read_enumeration(text, knows) or read_names(text, knows)
        if prose:
            names = [
                *names,
                *(n for n in read_subjects(text, knows) if fold(n.words) not in {fold(m.words) for m in names}),
            ]
        yield from self.relate(section, block, names, (_PROSE, ""))
        one = judge(block, knows)
        if not names and one.entry.marked and one.score >= _SURE and len(one.entry.names) == 1:
            yield from self._relate_entry(section, one, _PROSE)

    def _table(self, section: Section, table: Table) -> Iterator[Statement]:
        header = [clean(c.text) for c in table.header]
        column = next((i for i, h in enumerate(header) if _is_diagnosis_column(h)), None)
        listed = next((i for i, h in enumerate(header) if _announces_differential(h)), None)
        if column is None and listed is not None and listed > 0:
            for row in table.rows:
                cell = row[listed]
                names = read_names(cell.inline, self._context.knows) or list(
                    judge(cell, self._context.knows).entry.names
                )
                yield from self.relate(section, cell, names, (_TABLE, f"{header[0]}: {clean(row[0].text)}"))
            return
        if column is None and self._is_comparison(table):
            yield from self.comparison(section, table)
            return
        first = self._name_column(table) if column is None else column
        for row in table.rows:
            cell = row[first]
            one = judge(cell, self._context.knows)
            wanted = one.score >= 0 or (one.entry.marked and one.score > -_KNOWN)
            if cell.raw and wanted and not _is_row_label(cell, row):
                rest = [(header[i], clean(c.text)) for i, c in enumerate(row) if c is not cell and clean(c.text)]
                yield from self._relate_entry(section, one, _TABLE, "; ".join(f"{h}: {t}" for h, t in rest))

    def _name_column(self, table: Table) -> int:
        """Return the first column that holds names: not one of letters (a mnemonic) or of numbers."""
        for index in range(min(2, len(table.header))):
            cells = [clean(row[index].text) for row in table.rows if row[index].raw]
            if any(len(c) > 2 and not c.isdigit() for c in cells):  # noqa: PLR2004 - a letter and its sign
                return index
        return 0

    def _is_comparison(self, table: Table) -> bool:
        """Tell whether a table sets things side by side in its header."""
        header = table.header
        if len(header) < 3:  # noqa: PLR2004 - a label and two sides
            return False
        sides = [judge(c, self._context.knows) for c in header[1:]]
        labelled = bool(_FEATURE_COLUMN.match(clean(header[0].text)))
        return self.holds_subject(table) or (labelled and any(s.score >= _SURE for s in sides))

    def holds_subject(self, table: Table) -> bool:
        """Tell whether a table's header sets the subject beside other names."""
        sides = [judge(c, self._context.knows) for c in table.header[1:]]
        return any(is_subject(n.words, self._subject.words) for s in sides for n in s.entry.names)

    def comparison(self, section: Section, table: Table) -> Iterator[Statement]:
        """Yield the other sides of a comparison table."""
        sides = [(c, judge(c, self._context.knows)) for c in table.header[1:]]
        own = [c for c, s in sides if any(is_subject(n.words, self._subject.words) for n in s.entry.names)]
        if not own and not any(s.score >= _SURE for _, s in sides):
            return
        for index, (cell, side) in enumerate(sides, 1):
            bare = is_attribute(side.entry.head) or is_qualifier(side.entry.head)
            if cell in own or side.score < (0 if own else _SURE) or bare:
                continue
            rows = [(clean(row[0].text), clean(row[index].text)) for row in table.rows if index < len(row)]
            yield from self._relate_entry(section, side, _COMPARISON, "; ".join(f"{h}: {t}" for h, t in rows))

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
        if one.score < (_SURE if bare else 0) or is_remark(one.entry.head):
            return
        lines = [clean(i.text) for b in child.blocks if isinstance(b, ListBlock) for i in b.items]
        yield from self._relate_entry(child, one, _HEADING, "; ".join(lines))

    def _holds_names(self, child: Section) -> bool:
        """Tell whether a sub-section gathers differentials (by site, by age) rather than describes one."""
        for section in child.walk():
            for block in section.blocks:
                if isinstance(block, Table) and any(_is_diagnosis_column(clean(c.text)) for c in block.header):
                    return True
                if isinstance(block, Table):
                    cells = [judge(row[self._name_column(block)], self._context.knows) for row in block.rows]
                    if sum(j.score >= _SURE for j in cells) * 2 > len(cells):
                        return True
                if isinstance(block, ListBlock):
                    judged = judge_items(block.items, self._context.knows)
                    if judged and sum(j.score >= _SURE for j in judged) * 2 > len(judged):
                        return True
        return False


def is_subject(name: str, title: str) -> bool:
    """Tell whether a name in a comparison is the note's own subject, abbreviated or shortened."""
    bare = title.split(" (", 1)[0]
    return fold(name) in (fold(title), fold(bare)) or abbreviates(name, bare) or abbreviates(bare, name)


def _is_noun(head: str) -> bool:
    """`Dermoid` and `Desmoid` look like adjectives, yet are names where they stand alone."""
    return head.lower().endswith(("oid", "oids")) and " " not in head


def _is_bare_group(child: Section) -> bool:
    """Tell whether a sub-heading is only an adjective (`Benign`): then its siblings gather as well."""
    return is_qualifier(clean(child.title.text).rstrip(":")) and any(isinstance(b, ListBlock) for b in child.blocks)


def _is_diagnosis_column(header: str) -> bool:
    """Tell whether a header says that its column holds diagnoses; `Paget disease` names one itself."""
    words = fold(header).split()
    known = all(w in _DIAGNOSIS_COLUMN or w in _COLUMN_MODIFIERS for w in words)
    return bool(words) and words[-1] in _DIAGNOSIS_COLUMN and known


def _announces_differential(header: str) -> bool:
    return announce(Inline(header), "", Extraction()).purpose is Purpose.DIFFERENTIAL


def _is_row_label(cell: Cell, row: list[Cell]) -> bool:
    """Tell whether a bold cell is alone in its row and so heads the rows below it."""
    alone = len(row) > 1 and not any(c.raw for c in row if c is not cell)
    return alone and bool(cell.inline.strong) and not cell.inline.links
