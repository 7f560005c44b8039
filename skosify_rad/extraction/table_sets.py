"""Proposes the sets of kinds of a table: the column that names kinds, or what heads its columns."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction import tables
from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.ladders import find_bracketed
from skosify_rad.extraction.node import OWNING, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.extraction.same_topic import is_same
from skosify_rad.extraction.set_maker import SetMaker
from skosify_rad.language.english import has_verb, head_noun, is_qualifier, shares_head
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.spelling import abbreviates, clean, fold, singular
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.vault.markdown.blocks import Table
from skosify_rad.vault.roles import Role

_INDENTED: Final = re.compile(r"\s*(?:[-•–]\s|↳|&[en][mnb]sp;)")
"""How a cell starts that stands below the one above it."""
_STEP_HEADERS: Final = ("grade", "stage", "type", "class", "category", "score")


def propose_table(maker: SetMaker, node: Node, parent: Node, scope: Scope) -> Iterator[CandidateSet]:
    """Yield the sets that a table proposes: the column that names kinds, or its columns' headers."""
    table, knows = node.block, maker.reader.knows
    assert isinstance(table, Table)
    column = tables.kind_column(table)
    graded = tables.grade_column(table, -1)
    if is_scale(scope.topic.words) or scope.announced.step or (column < 0 and graded == 0):
        column = graded if graded >= 0 else column
    if not table.header:
        return
    told = scope.announced.purpose is Purpose.KINDS and scope.announced.sure
    if tables.counts_rows(table) and not told:
        return
    climbs, scale = tables.ladder_scale(table)
    if climbs and scope.announced.purpose is not Purpose.CAUSES:
        scale = scale or find_bracketed(parent.words)
        noun = tables.header_noun(table.header[0])
        step = scope.announced.step or (noun if noun in _STEP_HEADERS else "")
        said = Announced(Purpose.KINDS, scale=scale, step=step, sure=bool(scale))
        inside = Scope(scope.topic, said, facet=scope.facet)
        form = f"column {clean(table.header[0].text)}".rstrip()
        yield from maker.make(form, tables.read_column(table, 0, knows), parent, inside)
        return
    if tables.is_aspects(table) and column < 0:
        heads = tables.read_header(table, knows)
        free = scope.announced.purpose is Purpose.NONE and len(heads) > 1
        alike = free and all(shares_head(one.words, scope.topic.words) for one in heads)
        if alike or told:
            yield from maker.make("columns", heads, parent, scope)
        return
    scope, column = _of_class(maker.reader, table, parent, scope) or (scope, column)
    if column < 0 and told:
        heads = tables.read_column_heads(table, knows)
        if heads and all(is_qualifier(one.words) or shares_head(one.words, scope.topic.words) for one in heads):
            yield from maker.make("columns", heads, parent, scope)
            return
    column = max(column, 0) if column >= 0 or graded == 0 else tables.class_column(table, scope.topic.words)
    yield from _propose_column(maker, (table, column), parent, scope)


def _propose_column(maker: SetMaker, place: tuple[Table, int], parent: Node, scope: Scope) -> Iterator[CandidateSet]:
    """Yield the set that a column of a table names; `place` is the table and the column."""
    table, column = place
    knows = maker.reader.knows
    noun = tables.header_noun(table.header[column])
    if noun in _STEP_HEADERS and not scope.announced.step:
        scope = scope._replace(announced=scope.announced._replace(step=noun))
    form = f"column {clean(table.header[column].text)}"
    for found in maker.make(form, _indent(tables.read_column(table, column, knows)), parent, scope):
        short = abbreviates(clean(table.header[column].text), parent.words or scope.topic.words)
        own = noun in fold(scope.topic.words).split()
        named = noun in tables.KIND_HEADERS or own
        found.signals["own-column"] = own
        found.signals["name-column"] = named or (short and column == 0)
        yield found


def _indent(rows: list[Candidate]) -> list[Candidate]:
    """Return the rows that are not indented, each holding those that are and stand below it: `- Fatigue fracture`."""
    found: list[Candidate] = []
    for row in rows:
        (found[-1].below if found and _INDENTED.match(row.block.raw) else found).append(row)
    return found if found and not _INDENTED.match(found[0].block.raw) else rows


def _of_class(reader: Reader, table: Table, parent: Node, scope: Scope) -> tuple[Scope, int] | None:
    """Return the scope and the column of a table whose first column is headed by the noun of the heading above."""
    own = tables.header_noun(table.header[0])
    if not own or own != head_noun(parent.words) or not _names_class(parent):
        return None
    alike = reader.note.role is Role.LIST and head_noun(scope.topic.words) == own
    same = alike or is_same(parent.words, scope.topic.words)
    topic = scope.topic if same else reader.topic_of(parent.words, parent.block)
    return scope._replace(topic=topic, announced=Announced(Purpose.KINDS)), 0


def _names_class(node: Node) -> bool:
    """Return whether a heading names a class by itself, `Fluoroscopic modes`, and announces nothing: `Subtypes`."""
    words = node.words.lower().split()
    announces = node.says.purpose in (Purpose.KINDS, Purpose.DIVISION, Purpose.CAUSES)
    plural = len(words) > 1 and singular(words[-1]) != words[-1]
    plain = not has_verb(node.words) and not {"of", "for", "in"} & set(words)
    return node.form in OWNING and plural and plain and not announces
