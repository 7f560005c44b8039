"""Enumerations in running text: `three types: A, B and C`, `the differential includes X, Y or Z`."""

import re
from typing import Final

from skosify_rad.english import grade_code, is_kind_adjective, is_qualifier, is_remark, names_a_thing, sentences
from skosify_rad.inline import Inline
from skosify_rad.names import clean
from skosify_rad.naming import Knows, Name, parse_entry

_LEAD: Final = re.compile(
    r"(?::|\b(?:includes?|included|including|are|is|comprises?|into|as|consists? of|namely|i\.e\.|consider(?:ed)?|between|from|with)\b)"
    r"\s*(?:(?:either|the|an?|both|also|mainly|primarily)\s+)*",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(
    r"\s*[,;]\s*(?:and/or\s+|and\s+|or\s+|&\s*)?|\s+(?:and/or|and|or|versus|vs\.?)\s+|\s*[/&]\s*", re.IGNORECASE
)
_MAX_NAMES: Final = 15
_MAX_WORDS: Final = 6


def read_enumeration(text: Inline, knows: Knows, *, bare: bool = False) -> list[Name]:
    """Return the names a sentence enumerates; empty unless every part of the enumeration reads as a name.

    `bare`: the text is the enumeration itself, with no words that lead to it.
    """
    for start, end in sentences(text.text) or [(0, len(text.text))]:
        sentence = text.slice(start, end)
        leads = [0] if bare else [m.end() for m in _LEAD.finditer(sentence.text)]
        for lead in leads:
            names = _names(sentence.slice(lead, len(sentence.text)), knows)
            if names:
                return names
    return []


def _names(text: Inline, knows: Knows) -> list[Name]:
    pieces = _split(text.strip(" \t\n\v.:;"))
    if not 2 <= len(pieces) <= _MAX_NAMES:  # noqa: PLR2004 - an enumeration has two parts at least
        return []
    names: list[Name] = []
    for piece in pieces:
        entry = parse_entry(piece, knows)
        if len(entry.names) != 1 or not _is_name(entry.names[0], entry.remark, knows):
            return []
        names.append(entry.names[0])
    sure = sum(bool(n.link) or knows(n.words) or names_a_thing(n.words) for n in names)
    alike = all(is_kind_adjective(n.words) or is_qualifier(n.words) or grade_code(n.words)[1] for n in names)
    return names if sure * 2 > len(names) or alike else []


def _is_name(name: Name, remark: str, knows: Knows) -> bool:
    words = name.words
    if remark and not remark.startswith(("(", "[")):
        return False
    if name.link or knows(words):
        return True
    return (
        bool(words)
        and not is_remark(words)
        and len(words.split()) <= _MAX_WORDS
        and words.lower() not in ("others", "other", "etc")
    )


def _split(text: Inline) -> list[Inline]:
    pieces, start, depth_closed = [], 0, _brackets(text.text)
    for match in _SEPARATOR.finditer(text.text):
        inside = any(a <= match.start() < b for a, b in depth_closed) or any(
            ln.start <= match.start() < ln.end for ln in text.links
        )
        if not inside:
            pieces.append(text.slice(start, match.start()))
            start = match.end()
    pieces.append(text.slice(start, len(text.text)))
    return [
        p.strip()
        for p in pieces
        if clean(p.text) and clean(p.text).lower().rstrip(".") not in ("etc", "others", "other")
    ]


def _brackets(text: str) -> list[tuple[int, int]]:
    spans, opened = [], []
    for offset, sign in enumerate(text):
        if sign in "([":
            opened.append(offset)
        elif sign in ")]" and opened:
            spans.append((opened.pop(), offset + 1))
    return spans
