"""The form in which a note says something, told from the line itself and not from how the extractor read it."""

import re
from collections.abc import Sequence
from typing import Final

FORMS: Final = ("list", "table", "heading", "prose", "front matter", "unread")
"""`unread`: the note of the gold was not read at all."""

_ITEM = re.compile(r"[\s>]*(?:[-*+•‣◦]|\d{1,3}[.)]|[a-zA-Z][.)])(?=\s)")
_HEADING = re.compile(r"[\s>]*(?:#{1,6}\s|\[!|(\*\*|__)(?=\S)[^*_]+\1:?\s*$)")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*$")
_TABLE_ROW = re.compile(r"[\s>]*\|")
_DELIMITER = re.compile(r"[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_QUOTE_MARKS = re.compile(r"[\s>]*")


def tell_form(lines: Sequence[str], number: int) -> str:
    r"""Return the form of a line, counted from 1, of a note.

    >>> note = "# Types\n- Clear cell\n  the commonest\n\n| Kind |\n|---|\n| Papillary |\n\nRare.".split("\n")
    >>> [tell_form(note, number) for number in (1, 2, 3, 7, 9)]
    ['heading', 'list', 'list', 'table', 'prose']
    """
    if not 1 <= number <= len(lines):
        return "unread"
    line, after = lines[number - 1], lines[number] if number < len(lines) else ""
    if number <= _front_matter_end(lines):
        form = "front matter"
    elif _HEADING.match(line):
        form = "heading"
    elif _ITEM.match(line):
        form = "list"
    elif _TABLE_ROW.match(line) or ("|" in line and _has_delimiter(lines, number)):
        form = "table"
    elif _UNDERLINE.match(after) and line.strip():
        form = "heading"
    else:
        form = "list" if _continues_item(lines, number) else "prose"
    return form


def _front_matter_end(lines: Sequence[str]) -> int:
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((i for i, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), 0)


def _has_delimiter(lines: Sequence[str], number: int) -> bool:
    """Tell whether the rows around a line hold the one between a table's head and body."""
    first = last = number - 1
    while first > 0 and "|" in lines[first - 1]:
        first -= 1
    while last + 1 < len(lines) and "|" in lines[last + 1]:
        last += 1
    return any(_DELIMITER.match(line) for line in lines[first : last + 1])


def _continues_item(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line goes on with the list item above it, or stands indented below one."""
    indented = _indent(lines[number - 1]) >= 2  # noqa: PLR2004 - the least that a list's content is indented by
    for line in reversed(lines[: number - 1]):
        if _ITEM.match(line):
            return True
        if _HEADING.match(line) or (not line.strip(" \t>") and not indented):
            return False
        if line.strip(" \t>") and indented and _indent(line) == 0:
            return False
    return False


def _indent(line: str) -> int:
    """Return how far a line is indented, in columns, quote marks counted as blanks."""
    found = _QUOTE_MARKS.match(line.expandtabs(4))
    return found.end() if found else 0
