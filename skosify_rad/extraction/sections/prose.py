"""Enumerations in running text: `three types: A, B and C`, `the differential includes X, Y or Z`."""

import re
from typing import Final

from skosify_rad.extraction.compounds import Knows, Name
from skosify_rad.extraction.item_heads import parse_entry
from skosify_rad.language.english import has_verb, is_kind_adjective, is_qualifier, is_remark, names_a_thing, sentences
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, fold
from skosify_rad.vault.markdown.inline import Inline

_LEAD: Final = re.compile(
    r"(?::|\b(?:includes?|included|including|are|is|comprises?|into|as|consists? of|namely|i\.e\.|consider(?:ed)?|between|from|with)\b)"
    r"\s*(?:(?:either|the|an?|both|also|mainly|primarily)\s+)*",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(
    r"""[\s,;/&]  # one of these first, as in `naming`
    (?: (?<=\s)\s*(?: \|\s+ | [,;]\s*(?:and/or\s+|and\s+|or\s+|&\s*)? | (?:and/or|and|or|versus|vs\.?)\s+ | [/&]\s* )
    | (?<=[,;])\s*(?:and/or\s+|and\s+|or\s+|&\s*)?
    | (?<=[/&])\s* )""",
    re.IGNORECASE | re.VERBOSE,
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


def read_names(text: Inline, knows: Knows, *, trusted: bool = False) -> list[Name]:
    """Return the names of a bare list in a differential: `colitis, psoas, intramural haematoma`.

    Here each part is one, and it is enough that half of them are sure; none need be where the place is `trusted`.
    """
    if has_verb(_BRACKET.sub("", text.text)):
        return []
    pieces = _split(text.strip(" \t\n\v.:;"))
    if not 2 <= len(pieces) <= _MAX_NAMES:  # noqa: PLR2004 - an enumeration has two parts at least
        return []
    entries = [parse_entry(_without_tail(piece), knows) for piece in pieces]
    names = [n for entry in entries for n in entry.names]
    if any(len(n.words.split()) > _MAX_WORDS or (is_remark(n.words) and not n.link) for n in names):
        return []
    sure = sum(bool(n.link) or names_a_thing(n.words) or knows(n.words) or _is_acronym(n.words) for n in names)
    return names if sure * 2 >= len(names) or (trusted and len(names) > 2) else []  # noqa: PLR2004 - a list


def _is_acronym(words: str) -> bool:
    return words.isupper() and words.isalpha() and 2 <= len(words) <= 6  # noqa: PLR2004 - `GIST`


def _without_tail(piece: Inline) -> Inline:
    """Cut a long part where it runs on: `lipid-rich adenoma with macroscopic fat`."""
    tail = _TAIL.search(piece.text) if len(piece.text.split()) > _MAX_WORDS - 1 else None
    return piece.slice(0, tail.start()) if tail else piece


_TAIL: Final = re.compile(r"\s+(?:with|that|in|on|from|when|if|where|who)\s+", re.IGNORECASE)


def read_subjects(text: Inline, knows: Knows) -> list[Name]:
    """Return what the sentences of a differential speak of: the names before their verbs, and those in bold."""
    found: list[Name] = []
    for start, end in sentences(text.text):
        for piece in _clauses(text.slice(start, end)):
            subject = _VERB.split(piece.text, maxsplit=1)[0]
            if len(subject) < len(piece.text):
                pieces = _split(piece.slice(0, len(subject)).strip())
                names = [n for p in pieces for n in parse_entry(p, knows).names]
                if names and all(_is_sure(n, knows) for n in names):
                    found += names
    found += read_emphasised(text, knows)
    return list({fold(n.words): n for n in reversed(found)}.values())[::-1]


def read_emphasised(text: Inline, knows: Knows) -> list[Name]:
    """Return the names that a text sets in bold, or in italics where nothing is bold."""
    marked = text.strong if len(text.strong) > 1 else (*text.strong, *text.italic)
    spans = [(a, b) for a, b in marked if _is_emphasised_name(text.text[a:b])]
    return [entry.names[0] for a, b in spans if (entry := parse_entry(text.slice(a, b), knows)).names]


def _clauses(sentence: Inline) -> list[Inline]:
    pieces, start = [], 0
    for match in re.finditer(r";\s+", sentence.text):
        pieces.append(sentence.slice(start, match.start()))
        start = match.end()
    return [*pieces, sentence.slice(start, len(sentence.text))]


def _is_sure(name: Name, knows: Knows) -> bool:
    good = bool(name.link) or names_a_thing(name.words) or knows(name.words)
    return good and not is_remark(name.words) and len(name.words.split()) <= _MAX_WORDS


def _is_emphasised_name(words: str) -> bool:
    return 0 < len(words.split()) <= 4 and not is_remark(words) and any(c.isalpha() for c in words)  # noqa: PLR2004 - a name


_VERB: Final = re.compile(
    r"\s+(?=(?:is|are|was|were|has|have|can|may|might|could|should|must|will|does|do|did|comes?|shows?|presents?|appears?|occurs?|arises?"
    r"|involves?|affects?|lacks?|mimics?|looks?|gives?|causes?|enhances?|tends?|contains?|leaves?|also|often|usually|,\s+which)\b)|,\s+which\b",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\([^()]*\)")


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
    sure = sum(bool(n.link) or names_a_thing(n.words) or knows(n.words) for n in names)
    alike = all(is_kind_adjective(n.words) or is_qualifier(n.words) or grade_code(n.words)[1] for n in names)
    return names if sure * 2 > len(names) or alike else []


def _is_name(name: Name, remark: str, knows: Knows) -> bool:
    words = name.words
    if remark and not remark.startswith(("(", "[")) and not re.match(r"[<>≤≥~±]?\s*\d", remark):
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
