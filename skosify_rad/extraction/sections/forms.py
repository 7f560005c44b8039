"""Forms that several recognisers read: introductions, paragraphs led by bold names, tables of kinds, lists of codes."""

import re
from collections.abc import Iterable
from typing import Final

from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Judged, judge
from skosify_rad.extraction.headings import announce, announce_sentence
from skosify_rad.extraction.sections.context import Context
from skosify_rad.language.english import is_attribute, is_qualifier
from skosify_rad.language.grades import grade_code, leading_code
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.blocks import Block, Cell, Paragraph, Table
from skosify_rad.vault.markdown.inline import Inline

_KIND_COLUMN: Final = frozenset(
    fold(w)
    for w in "type subtype variant form category class kind grade stage entity subgroup phenotype group classification level score".split()
)

_STEP: Final = re.compile(
    r"[*_]*(?:type|grade|stage|class|category|group|level|[A-Z]{1,4}-?RADS)?\s*(?:[IVX]{1,4}|\d{1,2}|[A-H])[a-c]?\b",
    re.IGNORECASE,
)
"""A paragraph that may start with a step of a scale."""


def introduction(block: Paragraph, context: Context) -> Announced:
    """Return what a paragraph that ends in a colon announces of the list below it."""
    text = block.text.strip()
    if not text.endswith(":"):
        return Announced(Purpose.NONE)
    sentence = announce_sentence(text, context.note.title)
    return (
        sentence
        if sentence.purpose is not Purpose.NONE
        else announce(Inline(text), context.note.title, context.config.extraction)
    )


def bold_paragraphs(blocks: Iterable[Block], context: Context) -> list[Judged]:
    """Return the paragraphs that start with a name in bold, where there are two at least: a list in all but form."""
    led = [b for b in blocks if isinstance(b, Paragraph)]
    if len(led) < 2:  # noqa: PLR2004 - there is no list of one
        return []
    steps = [j for b in led if _STEP.match(b.raw) and any(grade_code((j := judge(b, context.knows)).entry.head))]
    if len(steps) > 1:
        return [j._replace(score=max(j.score, 1)) for j in steps]
    judged = [
        judge(b, context.knows)
        for b in led
        if ("*" in b.raw or "_" in b.raw) and b.inline.strong and b.inline.strong[0][0] == 0
    ]
    found = [j for j in judged if j.entry.marked and (j.entry.parted or not j.entry.remark) and j.score >= 0]
    return found if len(found) > 1 else []


def kind_cells(table: Table, context: Context, parent: str) -> list[Cell]:
    """Return the cells of a table that name kinds."""
    header = [clean(c.text) for c in table.header]
    first = header[0] if header else ""
    column = next((i for i, h in enumerate(header) if is_kind_column(h)), None)
    if column is None and (not first or is_attribute(first)) and len(header) > 2:  # noqa: PLR2004 - two sides at least
        names = [judge(c, context.knows, parent) for c in table.header[1:]]
        if all(n.score >= 0 for n in names) and any(n.score >= 2 or is_qualifier(n.entry.head) for n in names):  # noqa: PLR2004
            return table.header[1:]
    if column is None and header and is_attribute(first):
        return []
    return [row[column or 0] for row in table.rows if row[column or 0].raw]


def is_kind_column(header: str) -> bool:
    """Tell whether a column's header says that its cells are kinds: `Type`, `Histological subtype`."""
    words = fold(header).split()
    return bool(words) and words[-1] in _KIND_COLUMN and len(words) <= 3  # noqa: PLR2004 - a noun and its qualifiers


def as_codes(judged: list[Judged]) -> list[Judged]:
    """Return items that start with the codes of a scale (`I ascending`, `II ...`) as those codes."""
    codes = [leading_code(clean(j.block.text)) for j in judged]
    different = {code for code, _ in codes if code}
    if len(different) < 2 or len(different) * 3 < len(judged) * 2:  # noqa: PLR2004 - two make a scale
        return judged
    return [
        _as_code(j, code, rest) if code and not grade_code(j.entry.head)[1] else j
        for j, (code, rest) in zip(judged, codes, strict=True)
    ]


def _as_code(one: Judged, code: str, rest: str) -> Judged:
    return one._replace(entry=one.entry._replace(names=(Name(code),), head=code, remark=rest), score=max(one.score, 1))
