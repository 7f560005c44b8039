"""Tables: which column names things, and what the others say of them."""

import re
from functools import partial
from typing import Final

from skosify_rad.extraction.candidates import Candidate, make_candidate
from skosify_rad.extraction.compounds import Knows
from skosify_rad.extraction.plain_text import read_text
from skosify_rad.extraction.sentences import split_names
from skosify_rad.language.english import is_qualifier, is_remark, names_a_thing
from skosify_rad.language.grades import grade_code, ladder_kind
from skosify_rad.language.spelling import clean, fold
from skosify_rad.vault.markdown.blocks import Block, Cell, Table
from skosify_rad.vault.markdown.inline import LINE_BREAK, Inline

KIND_HEADERS: Final = frozenset(
    fold(w)
    for w in "type subtype variant form category class kind grade stage entity subgroup phenotype group classification"
    " level score tier column name pattern zone phase eponym".split()
)
"""Last words of the header of a column that names kinds."""
THING_HEADERS: Final = frozenset(
    fold(w)
    for w in "diagnosis differential ddx entity condition disease lesion mimic pathology disorder tumor mass name cause"
    " finding alternative etiology possibility consideration syndrome".split()
)
"""Last words of the header of a column that names differentials."""
_ASPECTS: Final = frozenset(
    fold(w)
    for w in "feature aspect characteristic parameter criterion property finding sign variable factor point"
    " domain".split()
)
CLASS_HEADERS: Final = frozenset("disease disorder entity condition diagnosis syndrome lesion tumor".split())
_STEP_NOUNS: Final = ("grade", "stage", "type", "class", "category", "level", "score")
_COUNTERS: Final = ("#", "No", "No.", "Nr", "Step", "Week", "Weeks", "Day")
_TWO: Final = 2
"""Columns; with more, each remark starts with its column's header."""
_EXAMPLES: Final = re.compile(r"(?:examples?|includes?|members?|e\.g\.)$", re.IGNORECASE)
"""Headers of a column that names what belongs to the class in its row."""
_MORE: Final = 0.5
"""Share of cells by which a column must name more things than the first."""
_LONG: Final = 4
"""Words; more are no name."""
_LIST_START: Final = re.compile(r"^\s*[-•*]\s+")
_CHINESE_THING: Final = re.compile(r"診斷|诊断|鑑別|鉴别|疾病|病名|病灶")
_CHINESE_KIND: Final = re.compile(r"分型|類型|类型|型別|分級|分级|分期")
_CHINESE_ASPECT: Final = re.compile(r"特徵|特征|項目|项目|比較|比较")


def header_noun(cell: Cell) -> str:
    """Return the last word of a column's header, folded."""
    words = fold(re.sub(r"\([^()]*\)", " ", read_text(cell.raw).text)).split()
    return words[-1] if words else ""


def is_aspects(table: Table) -> bool:
    """Return whether the first column holds features, so that the others are the things compared."""
    if not table.header:
        return False
    first = read_text(table.header[0].raw).text.strip()
    if not first and len(table.header) == _TWO:
        cells = [read_text(row[0].raw) for row in table.rows if row]
        return not any(cell.links or names_a_thing(cell.text) for cell in cells)  # `| | Distinguish by |`
    return not first or header_noun(table.header[0]) in _ASPECTS or _CHINESE_ASPECT.search(first) is not None


def find_column(table: Table, headers: frozenset[str], chinese: re.Pattern[str]) -> int:
    """Return the column whose header is one of these nouns; -1 where there is none."""
    for index, cell in enumerate(table.header):
        if header_noun(cell) in headers or chinese.search(cell.raw):
            return index
    return -1


def kind_column(table: Table) -> int:
    """Return the column that says it names kinds; -1 where none does."""
    return find_column(table, KIND_HEADERS, _CHINESE_KIND)


def grade_column(table: Table, otherwise: int) -> int:
    """Return the column whose cells all name steps of a scale, else another one."""
    for index in range(len(table.header)):
        cells = [clean(read_text(row[index].raw).text) for row in table.rows if index < len(row)]
        if len(cells) > 1 and all(all(grade_code(cell)) for cell in cells):
            return index
    return otherwise


def ladder_scale(table: Table) -> tuple[bool, str]:
    """Return whether the first column climbs a scale by its codes, and the scale's name where the header is one.

    Numbers from 1 may count rows: they climb only below a header that is short for `grade` or `stage`.
    """
    cells = [clean(read_text(row[0].raw).text) for row in table.rows if row and row[0].raw.strip()]
    kind = ladder_kind(cells) if table.header else ""
    header = clean(read_text(table.header[0].raw).text) if kind else ""
    short = bool(header) and any(noun.startswith(header.lower().rstrip(".")) for noun in _STEP_NOUNS)
    generic = short or header_noun(table.header[0]) in KIND_HEADERS if kind else True
    proper = any(letter.isupper() for letter in header) and not generic
    climbs = kind in ("roman", "letter") or (kind == "digit" and (generic or proper or cells[0] == "0"))
    return climbs and header not in _COUNTERS, header if climbs and proper else ""


def counts_rows(table: Table) -> bool:
    """Return whether the first column only counts the rows, from 1 and below no name: `#`, `No.`."""
    header = read_text(table.header[0].raw).text.strip()
    cells = [row[0].raw.strip() for row in table.rows if row]
    return header in ("", *_COUNTERS) and cells == [str(number) for number in range(1, len(cells) + 1)]


def thing_column(table: Table, knows: Knows) -> int:
    """Return the column of a differential table that names things: by its header, else by its cells, else the first."""
    column = find_column(table, THING_HEADERS, _CHINESE_THING)
    if column >= 0:
        return column
    shares = [_share_of_things(table, index, knows) for index in range(len(table.header))]
    most = max(shares, default=0)
    return shares.index(most) if most >= shares[0] + _MORE else 0


def _share_of_things(table: Table, column: int, knows: Knows) -> float:
    """Return how far a column's cells name things and nothing else: 1 for each name, more where it is marked or several."""
    cells = [read_text(row[column].raw) for row in table.rows if column < len(row) and row[column].raw.strip()]
    return sum(map(partial(_weigh_cell, knows=knows), cells)) / max(1, len(table.rows))


def _weigh_cell(cell: Inline, knows: Knows) -> float:
    if (0, len(cell.text)) in (*cell.strong, *((link.start, link.end) for link in cell.links)):
        return 1 + _MORE
    if len(_parts(cell, knows, _MORE)) > 1:
        return 1 + _MORE
    return float(names_a_thing(cell.text) and len(cell.text.split()) <= _LONG and not is_remark(cell.text))


def class_column(table: Table, topic: str) -> int:
    """Return the column of a table of unannounced kinds that names things: the first where its header says so."""
    if header_noun(table.header[0]) in fold(topic).split():
        return 0
    return max(0, find_column(table, CLASS_HEADERS, _CHINESE_THING))


def has_things(table: Table) -> bool:
    """Return whether a column's header says that it names diagnoses."""
    return find_column(table, THING_HEADERS, _CHINESE_THING) >= 0


def read_things(table: Table, knows: Knows) -> list[Candidate]:
    """Return what the rows of a differential table name; where most cells enumerate things, the others enumerate too."""
    column = thing_column(table, knows)
    cells = [read_text(row[column].raw) for row in table.rows if column < len(row)]
    enumerate_things = sum(len(_parts(cell, knows, _MORE)) > 1 for cell in cells)
    return read_column(table, column, knows, 0 if enumerate_things * 2 > len(cells) else _MORE)


def read_column(table: Table, column: int, knows: Knows, least: float = 1) -> list[Candidate]:
    """Return what the cells of a column name, several where a cell has several lines; the rest of each row remarks.

    A cell is parted at its commas where at least this share of the parts names things.
    """
    found: list[Candidate] = []
    heads = [_plain(cell) for cell in table.header]
    for row in table.rows:
        if column >= len(row) or not row[column].raw.strip():
            continue
        told = [(heads[i], _plain(cell), cell) for i, cell in enumerate(row) if i != column]
        several = len(heads) > _TWO
        points: list[tuple[str, Block]] = [
            (f"{head}: {text}" if head and (several or _EXAMPLES.match(head)) else text, cell)
            for head, text, cell in told
            if text and text not in ("-", "—")
        ]
        for part in _parts(read_text(row[column].raw), knows, least):
            candidate = make_candidate(part, row[column], knows)
            if candidate is not None:
                candidate.say(points)
                found.append(candidate)
    return found


def read_column_heads(table: Table, knows: Knows) -> list[Candidate]:
    """Return what all columns are headed by: `Intravascular | Extravascular`."""
    found = [make_candidate(read_text(cell.raw), cell, knows) for cell in table.header]
    return [candidate for candidate in found if candidate is not None]


def read_header(table: Table, knows: Knows) -> list[Candidate]:
    """Return what the columns of a comparison are headed by, each with what its cells say."""
    found: list[Candidate] = []
    for index, cell in enumerate(table.header[1:], 1):
        candidate = make_candidate(read_text(cell.raw), cell, knows)
        if candidate is not None:
            cells = ((_plain(row[0]), _plain(row[index]), row[index]) for row in table.rows if index < len(row))
            candidate.say([(f"{head}: {text}" if head else text, cell) for head, text, cell in cells if text])
            found.append(candidate)
    return found


def _plain(cell: Cell) -> str:
    return clean(_LIST_START.sub("", read_text(cell.raw).text.replace(LINE_BREAK, "; ")))


def _parts(text: Inline, knows: Knows, least: float) -> list[Inline]:
    """Return the lines of a cell where each names something; a bracket by itself belongs to the one before."""
    if LINE_BREAK not in text.text:
        several = split_names(text, knows) if "," in text.text else []
        named = sum(names_a_thing(one.text) or one.text.isupper() or bool(one.links) for one in several)
        plain = not any(is_qualifier(one.text) or is_remark(one.text) for one in several)
        return several if len(several) > 1 and plain and named >= len(several) * least else [text]
    parts: list[Inline] = []
    start = 0
    pieces = text.text.split(LINE_BREAK)
    for piece in pieces:
        part = text.slice(start, start + len(piece))
        start += len(piece) + 1
        if (parts and piece.lstrip()[:1] in ("(", "")) or not piece.strip(" -•*"):
            continue
        parts.append(part.strip(" -•*\t"))
    return parts if all(len(p.text.split()) <= 5 for p in parts) else [text]  # noqa: PLR2004 - names
