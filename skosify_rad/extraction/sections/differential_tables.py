"""Tables of differentials: a diagnosis a row, a list in a cell, or things set side by side in the header."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Judged, judge
from skosify_rad.extraction.headings import announce
from skosify_rad.extraction.item_heads import Entry, read_entry
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.prose import read_names
from skosify_rad.extraction.sections.remarks import column_remark, is_subject, tidy
from skosify_rad.language.english import head_noun, is_attribute, is_qualifier, names_a_thing
from skosify_rad.language.spelling import clean, fold, singular
from skosify_rad.model.config import Extraction
from skosify_rad.model.memo import remembered
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block, Cell, Table
from skosify_rad.vault.markdown.inline import Inline

RULE: Final = "differential"
_TABLE, _COMPARISON = 5, 4
"""Weights of the evidence by form."""
SURE: Final = 2
"""Score from which an entry is a name on its own (see `entries.Judged`)."""
KNOWN: Final = 3
"""Score that only links and names known to the vault reach without further signs."""
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


_NO_SETTINGS: Final = Extraction()


class Relations:
    """Relates one subject to what is named beside it."""

    def __init__(self, context: Context, subject: Mention) -> None:
        self._context = context
        self._subject = subject

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

    def relate_entry(self, section: Section, one: Judged, weight: int, remark: str = "") -> Iterator[Statement]:
        """Yield the relations to the names of an entry, its head as the words written where it names one thing."""
        names = list(one.entry.names)
        for statement in self.relate(section, one.block, names, (weight, remark or tidy(one.entry.remark))):
            yield statement._replace(written=one.entry.head) if len(names) == 1 else statement


class DifferentialTables(Relations):
    """Reads the tables of differentials: a row each, or the header of a comparison."""

    def table(self, section: Section, table: Table) -> Iterator[Statement]:
        """Yield what a table of differentials names, whatever its form."""
        header = [clean(c.text) for c in table.header]
        column = next((i for i, h in enumerate(header) if is_diagnosis_column(h)), None)
        listed = next((i for i, h in enumerate(header) if _announces_differential(h)), 0) if column is None else 0
        if listed > 0:
            for row in table.rows:
                cell = row[listed]
                names = read_names(cell.inline, self._context.knows) or list(
                    read_entry(cell, self._context.knows).names
                )
                yield from self.relate(section, cell, names, (_TABLE, tidy(f"{header[0]}: {row[0].text}")))
            return
        if column is None and self._is_comparison(table):
            yield from self.comparison(section, table)
            return
        first = self.name_column(table) if column is None else column
        if column is None and first == 0 and self._names_stand_behind(table):
            for row in table.rows:
                names = read_names(row[1].inline, self._context.knows) or list(
                    read_entry(row[1], self._context.knows).names
                )
                yield from self.relate(section, row[1], names, (_TABLE, tidy(row[0].text)))
            return
        for row in table.rows:
            cell = row[first]
            one = judge(cell, self._context.knows)
            wanted = one.score >= 0 or (one.entry.marked and one.score > -KNOWN)
            if cell.raw and wanted and not _is_row_label(cell, row):
                rest = [(header[i], tidy(c.text)) for i, c in enumerate(row) if c is not cell and c.raw]
                rest = [(h, t) for h, t in rest if len(t) > 2 or t.isdigit()]  # noqa: PLR2004 - letters of a mnemonic
                said = rest[0][1] if len(rest) == 1 else "; ".join(f"{h}: {t}" if h else t for h, t in rest)
                yield from self.relate_entry(
                    section, one._replace(entry=self._completed(one.entry, header[first])), _TABLE, said
                )

    def _names_stand_behind(self, table: Table) -> bool:
        """Tell whether clues stand in the first of two columns and the names they lead to in the second."""
        if len(table.header) != 2 or len(table.rows) < 2:  # noqa: PLR2004 - a clue and its names
            return False
        clues = [judge(row[0], self._context.knows).score >= SURE for row in table.rows]
        lists = [
            bool(read_names(row[1].inline, self._context.knows)) or judge(row[1], self._context.knows).score >= KNOWN
            for row in table.rows
        ]
        return sum(clues) * 2 < len(clues) and sum(lists) * 2 > len(lists)

    def _completed(self, entry: Entry, header: str) -> Entry:
        """Give short names the noun of their column where it is the subject's own: `Motion` below `Artefact`."""
        noun = singular(header.lower())
        if not header or fold(header) != head_noun(self._subject.words) or len(header.split()) > 1:
            return entry
        names = [
            n
            if n.link or names_a_thing(n.words) or self._context.knows(n.words) or len(n.words.split()) > 2  # noqa: PLR2004
            else n._replace(words=f"{n.words} {noun}")
            for n in entry.names
        ]
        return entry._replace(names=tuple(names))

    def name_column(self, table: Table) -> int:
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
        return self.holds_subject(table) or (labelled and any(s.score >= SURE for s in sides))

    def holds_subject(self, table: Table) -> bool:
        """Tell whether a table's header sets the subject beside other names."""
        sides = [read_entry(c, self._context.knows) for c in table.header[1:]]
        return any(is_subject(n.words, self._subject.words) for s in sides for n in s.names)

    def comparison(self, section: Section, table: Table) -> Iterator[Statement]:
        """Yield the other sides of a comparison table."""
        sides = [(c, judge(c, self._context.knows)) for c in table.header[1:]]
        own = [c for c, s in sides if any(is_subject(n.words, self._subject.words) for n in s.entry.names)]
        if not own and not any(s.score >= SURE for _, s in sides):
            return
        for index, (cell, side) in enumerate(sides, 1):
            bare = is_attribute(side.entry.head) or is_qualifier(side.entry.head)
            if cell in own or side.score < (0 if own else SURE) or bare:
                continue
            yield from self.relate_entry(section, side, _COMPARISON, column_remark(table, index))


def is_diagnosis_column(header: str) -> bool:
    """Tell whether a header says that its column holds diagnoses; `Paget disease` names one itself."""
    words = fold(header).split()
    known = all(w in _DIAGNOSIS_COLUMN or w in _COLUMN_MODIFIERS for w in words)
    return bool(words) and words[-1] in _DIAGNOSIS_COLUMN and known


@remembered  # vaults have few kinds of table
def _announces_differential(header: str) -> bool:
    return announce(Inline(header), "", _NO_SETTINGS).purpose is Purpose.DIFFERENTIAL


def _is_row_label(cell: Cell, row: list[Cell]) -> bool:
    """Tell whether a bold cell is alone in its row and so heads the rows below it."""
    alone = len(row) > 1 and not any(c.raw for c in row if c is not cell)
    return alone and bool(cell.inline.strong) and not cell.inline.links
