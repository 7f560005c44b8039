"""The head of a list item, cell or heading -> the names in it, and the remark behind them.

`**Paget disease** (late): cortical thickening` names one thing and remarks on it; `Epidermoid/dermoid cyst` names two.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from skosify_rad.blocks import Block
from skosify_rad.english import (
    grade_code,
    has_verb,
    is_adjective,
    is_qualifier,
    is_remark,
    names_a_thing,
)
from skosify_rad.inline import Inline
from skosify_rad.names import abbreviates, clean

Knows = Callable[[str], bool]
"""Tells whether a name is known to the vault: a title, an alias, the target of a link."""

_DECORATION: Final = re.compile(
    r"^(?:[\s\u2190-\u21FF►▶▪•·–—*=>-]|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3]"
    r"|\(?\d{1,2}[.)](?=\s)|[a-z]\)\s|\(?[ivx]{1,4}\)\s|[1-9](?=\uFE0F?\u20E3))+\s*"
)
_CUT: Final = re.compile(
    r":(?=\s|\v|$)|(?<=\s)[–—−-]{1,2}(?=\s)|\s*[–—](?=\s)|\s*(?:[\u2190-\u21FF\u2794-\u27BE\u27F0-\u27FF≠≈]|=>|->)\s*|\s+=\s+|[\v\n]|;"
    r"|\s+(?=[<>≤≥~±]\s*\d)|\s+(?=\d[\d.,–-]*\s*(?:%|cm\b|mm\b|years?\b|yo\b|[hdy]\b|months?\b|weeks?\b|days?\b))"
    r"|\s+(?=(?:e\.g\.|i\.e\.|eg\b|ie\b|incl\.|esp\.|especially\b|including\b|such as\b|if\b|when\b|unless\b))|\.(?=\s|$)|[(\[{]"
)
_ALL_BRACKETED: Final = re.compile(r"\s*\(([^()]+)\)\s*")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_OR: Final = re.compile(r"\s*/\s*|,?\s+(?:and/or|or)\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+(?:and\s+|or\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+plus\s+|\s*\+\s+", re.IGNORECASE)
_SYNONYM: Final = re.compile(
    r"^(?:a\.?k\.?a\.?|also(?: called| known as| termed)?|syn(?:onym)?s?\b[.:]?|formerly(?: called| known as)?|previously"
    r"(?: called| known as)?|(?:so-)?called|=)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_INNER_BRACKET: Final = re.compile(r"(?<=\s)\([^()]*\)\s*(?=\w)")
_OTHER: Final = re.compile(r"^other\s+(?=\S+\s+\S)", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_QUOTES: Final = " \t\n\v\"“”‘’'`*_.,:;…!?"
_ORGANS: Final = frozenset(
    "thymic pulmonary renal hepatic splenic cardiac adrenal ovarian uterine pancreatic biliary gastric colonic cerebral"
    " spinal vertebral mediastinal pleural peritoneal testicular prostatic oesophageal esophageal duodenal ileal jejunal"
    " rectal vesical urethral ureteral ureteric mesenteric retroperitoneal epidural subdural intracranial orbital sinonasal"
    " laryngeal parotid thyroid parathyroid pericardial myocardial aortic venous arterial tracheal bronchial".split()
)


class Name(NamedTuple):
    """One thing named."""

    words: str
    """Its name, without markup."""
    link: str = ""
    """Target of the link that is the whole name; empty where it is plain text or the link only part of it."""
    other_names: tuple[str, ...] = ()
    """Abbreviations and synonyms beside it."""


class Entry(NamedTuple):
    """What an item, a cell or a heading names."""

    names: tuple[Name, ...]
    """The things named, at least one unless there are no words."""
    head: str
    """All words of the name's part, as written."""
    remark: str = ""
    """What is said behind it; brackets included."""
    opens: bool = False
    """It ends in a colon or has nothing behind the name: what is nested may be enumerated by it."""
    marked: bool = False
    """The name stands in bold or is a link: the author's own mark of a name."""
    parted: bool = False
    """A sign (colon, dash, arrow, bracket) parts the name from the remark behind it."""


def read_entry(block: Block, knows: Knows) -> Entry:
    """Return what a block names."""
    return parse_entry(block.inline, knows)


def parse_entry(inline: Inline, knows: Knows) -> Entry:
    """Return what a text names: its head, split where it names several things."""
    decoration = _DECORATION.match(inline.text)
    text = inline.slice(decoration.end() if decoration else 0, len(inline.text))
    bracketed = _ALL_BRACKETED.fullmatch(text.text)
    if bracketed:
        text = text.slice(bracketed.start(1), bracketed.end(1))
    end, brackets, cut_at_colon = _find_head(text)
    head = text.slice(0, end)
    end = _shorten(head, text, knows)
    head = text.slice(0, end)
    remark = clean(_lstrip_separators(text.text[end:]))
    words = clean(head.text.strip(_QUOTES))
    inside = [b for b in brackets if b[0] <= end + 1]
    names = tuple(_names(head, text, inside, knows)) if words else ()
    opens = cut_at_colon if remark.strip(":") == "" else False
    opens = opens or (not remark or bool(re.fullmatch(r"[(\[].*[)\]]:?|[<>≤≥~]?\s*[\d.,–-]+\s*%?", remark)))
    parted = bool(remark) and re.match(r"\s*(?:[:–—→⇒➜(\[=;]|-+>?\s|[(\[])", text.text[end:]) is not None
    return Entry(names, words, remark, opens, _is_marked(head), parted)


def _lstrip_separators(text: str) -> str:
    return text.lstrip(" \t\n\v:;.–—−-→⇒=*,")


def _find_head(text: Inline) -> tuple[int, list[tuple[int, int]], bool]:
    """Return where the head ends, the brackets met on the way (start, end), and whether a colon ended it."""
    brackets: list[tuple[int, int]] = []
    position = 0
    string = text.text
    while (match := _CUT.search(string, position)) is not None:
        start = match.start()
        link_end = next((ln.end for ln in text.links if ln.start <= start < ln.end), 0)
        if link_end:
            position = link_end
            continue
        sign = match[0]
        if sign in _BRACKETS:
            close = _closing(string, start)
            brackets.append((start, close))
            follows = string[close:].lstrip(" \t*")
            goes_on = follows[:1].isalpha() and (
                _joined(string, start, close) or _names_on(string[:start], string[close:])
            )
            if _OR.match(string[close:]) or goes_on:
                position = close
                continue
            return (start if string[:start].strip() else close), brackets, follows.startswith(":")
        if sign == ":" and string[:start].strip() == "":
            position = start + 1
            continue
        if sign == "." and (_is_abbreviation(string[:start]) or string[start + 1 : start + 2].isdigit()):
            position = start + 1
            continue
        return start, brackets, sign == ":"
    return len(string), brackets, False


def _joined(string: str, start: int, close: int) -> bool:
    """Tell whether a bracket stands inside a word or its words go on with the name: `osteo(chondro)ma`."""
    return string[start - 1 : start].isalpha() or string[close : close + 1].isalpha()


def _names_on(before: str, after: str) -> bool:
    """Tell whether the name goes on behind a bracket: `Regressed (burnt-out) germ cell tumour`."""
    rest = _CUT.split(after, maxsplit=1)[0]
    return (
        is_qualifier(clean(before).strip(_QUOTES))
        and names_a_thing(rest)
        and len(rest.split()) <= 4  # noqa: PLR2004 - a name, not a clause
        and not is_remark(rest)
    )


def _closing(string: str, start: int) -> int:
    """Return the offset behind the bracket that closes the one at `start`; the end of the line where none does."""
    close, depth = _BRACKETS[string[start]], 0
    for offset in range(start, min(len(string), start + 2000)):
        if string[offset] == string[start]:
            depth += 1
        elif string[offset] == close:
            depth -= 1
            if depth == 0:
                return offset + 1
    newline = string.find("\n", start)
    return len(string) if newline < 0 else newline


def _is_abbreviation(before: str) -> bool:
    return bool(re.search(r"(?:\b(?:e\.g|i\.e|vs|esp|cf|incl|etc|St|Dr)|\b[A-Z])$", before))


def _shorten(head: Inline, text: Inline, knows: Knows) -> int:
    """Return where the name ends when the head runs on into a sentence: `**Osteosarcoma** usually in teens`."""
    string = head.text
    end = len(string)
    marked_end = max((e for s, e in _marks(head) if not string[:s].strip(_QUOTES + "([{")), default=0)
    behind = string[marked_end:]
    if marked_end and len(behind.strip()) > 2 and not _OR.match(behind) and not _COMMA.match(behind):  # noqa: PLR2004 - plural
        first = behind.strip().split()[0]
        if grade_code(string[:marked_end].strip(_QUOTES))[1]:
            return marked_end
        if is_remark(behind.strip()) and first.lower() not in ("of", "in"):
            return marked_end
        if (
            behind[:1].isspace()
            and not names_a_thing(behind)
            and first.lower() not in ("of", "in")
            and first.islower()
            and len(behind.split()) > 2  # noqa: PLR2004 - more than a name's last words
        ):
            return marked_end
    if marked_end >= len(string.rstrip(_QUOTES)):
        return end  # all of it stands in bold: commas belong to the name
    comma = _first_comma(head, knows)
    if comma and comma < end:
        end = comma
    if has_verb(string[:end]) and not knows(string[:end].strip(_QUOTES)):
        end = _before_verb(string, end, knows)
    return end if string[:end].strip() else len(text.text[: len(string)])


def _before_verb(string: str, end: int, knows: Knows) -> int:
    """Cut a sentence before its verb when what stands there is a name."""
    words = list(re.finditer(r"\S+", string[:end]))
    for index, word in enumerate(words[1:6], 1):
        if has_verb(word[0]) or word[0].lower() in ("usually", "often", "typically", "which", "that", "when"):
            name = string[: words[index - 1].end()]
            return len(name) if (names_a_thing(name) or knows(name)) and not is_remark(name) else end
    return end


def _first_comma(head: Inline, knows: Knows) -> int:
    """Return where a remark behind a comma starts; 0 where the commas part a list of names or there is none."""
    string = head.text
    pieces = _pieces(head, re.compile(r",\s+"))
    if len(pieces) < 2:  # noqa: PLR2004 - no comma
        return 0
    last = re.sub(r"^(?:and|or|&)\s+", "", string[pieces[-1][0] : pieces[-1][1]])
    texts = [string[a:b] for a, b in pieces[:-1]] + [last]
    if all(_looks_named(t, knows) for t in texts):
        return 0
    if all(is_qualifier(t) for t in texts[:-1]) and names_a_thing(texts[-1]) and not is_remark(texts[-1]):
        return 0
    if len(texts) == 2 and _is_inverted(texts[1]) and names_a_thing(texts[0]):  # noqa: PLR2004
        return 0  # inverted: `Teratoma, postpubertal-type`
    return pieces[0][1]


def _is_inverted(text: str) -> bool:
    """Tell whether words behind a comma qualify the name before it: one adjective, or a compound of the -type kind."""
    return is_qualifier(text) and not is_remark(text) and (len(text.split()) == 1 or "-" in text)


def _looks_named(text: str, knows: Knows) -> bool:
    name = clean(text.split(" (", 1)[0]).strip(_QUOTES)
    if not name or is_remark(name) or len(name.split()) > 6:  # noqa: PLR2004 - a clause
        return False
    return knows(name) or names_a_thing(name) or (name.isupper() and 2 <= len(name) <= 6)  # noqa: PLR2004 - `GCT`


def _marks(text: Inline) -> list[tuple[int, int]]:
    return sorted([*text.strong, *((ln.start, ln.end) for ln in text.links)])


def _is_marked(head: Inline) -> bool:
    """Tell whether bold or a link starts the head."""
    lead = len(head.text) - len(head.text.lstrip(_QUOTES))
    return any(s <= lead < e for s, e in _marks(head))


def _pieces(text: Inline, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans between separators that stand outside links and brackets."""
    string, spans, start = text.text, [], 0
    closed = [(ln.start, ln.end) for ln in text.links]
    position = 0
    while (opening := re.search(r"[(\[{]", string[position:])) is not None:
        at = position + opening.start()
        close = _closing(string, at)
        closed.append((at, close))
        position = max(close, at + 1)
    for match in separator.finditer(string):
        if any(a <= match.start() < b for a, b in closed) or _numeric(string, match):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(string)))
    return [(a, b) for a, b in spans if string[a:b].strip(_QUOTES)]


def _numeric(string: str, match: re.Match[str]) -> bool:
    """Tell whether a slash stands between digits or single letters and parts no names: `1/3`, `N/A`, `T1/T2`."""
    if "/" not in match[0] or len(match[0]) > 1:
        return False
    before = re.search(r"[\w+-]*$", string[: match.start()])
    after = re.match(r"[\w+-]*", string[match.end() :])
    a, b = before[0] if before else "", after[0] if after else ""
    return (
        a == "w"  # `w/ reversible dilation`
        or (len(a) <= 1 and len(b) <= 1)
        or (a[-1:].isdigit() and b[:1].isdigit())
        or (a[:1].isdigit() and b[:1].isdigit())
        or bool(re.fullmatch(r"T\d.*", a))
    )


def _names(head: Inline, text: Inline, brackets: list[tuple[int, int]], knows: Knows) -> list[Name]:
    whole = clean(head.text.strip(_QUOTES))
    if knows(whole):
        return [_name(head, text, brackets, (0, len(head.text)))]
    pieces = _pieces(head, _OR)
    if len(pieces) == 1:
        pieces = _and_pieces(head, knows)
    else:
        pieces = [p for piece in pieces for p in _within(head, piece, knows)]
    names = [_name(head, text, brackets, piece) for piece in pieces]
    return _share(names, knows)


def _within(head: Inline, piece: tuple[int, int], knows: Knows) -> list[tuple[int, int]]:
    return [(a + piece[0], b + piece[0]) for a, b in _and_pieces(head.slice(*piece), knows)]


def _and_pieces(head: Inline, knows: Knows) -> list[tuple[int, int]]:
    """Split at commas and `and` only where every part is a name of its own."""
    pieces = _pieces(head, _COMMA)
    texts = [head.text[a:b] for a, b in pieces]
    linked = all(any(ln.start >= a and ln.end <= b for ln in head.links) for a, b in pieces)
    shared = (
        len(texts) > 1
        and all(is_qualifier(t) for t in texts[:-1])
        and names_a_thing(texts[-1])
        and not is_remark(texts[-1])
        and "," in head.text
    )
    if len(pieces) > 1 and (linked or shared or all(_looks_named(t, knows) for t in texts)):
        return pieces
    return [(0, len(head.text))]


def _name(head: Inline, text: Inline, brackets: list[tuple[int, int]], piece: tuple[int, int]) -> Name:
    start, end = piece
    part = head.slice(start, end)
    follows = next((b for b in brackets if end <= b[0] <= end + 2), None)
    inner = next((b for b in brackets if start < b[0] and b[1] <= end), None)
    bracket = text.text[follows[0] + 1 : follows[1] - 1] if follows else ""
    if inner and not part.text[: inner[0] - start].strip():
        inner = None
    if inner and text.text[inner[1] : end].strip() == "":
        bracket = text.text[inner[0] + 1 : inner[1] - 1]
        part = part.slice(0, inner[0] - start)
    words = clean(_INNER_BRACKET.sub(" ", part.text) if inner else part.text)
    words = _OTHER.sub("", _ARTICLE.sub("", words.strip(_QUOTES)))
    link = _whole_link(part)
    others = tuple(_other_names(words, bracket))
    if others and not link and abbreviates(words, others[0]) and not abbreviates(others[0], words):
        return Name(others[0], "", (words,))
    return Name(words, link, others)


def _whole_link(part: Inline) -> str:
    """Return the target of the link that is the whole of a text, a plural ending outside it allowed."""
    if len(part.links) != 1 or not part.links[0].target:
        return ""
    link = part.links[0]
    outside = (part.text[: link.start] + part.text[link.end :]).strip(_QUOTES)
    return link.target if outside in ("", "s", "es") else ""


def _other_names(words: str, bracket: str) -> list[str]:
    found = []
    for piece in re.split(r"[;,/]\s*|\s+or\s+", clean(bracket).strip(_QUOTES)):
        synonym = _SYNONYM.match(piece)
        if synonym:
            found.append(synonym["name"].strip(_QUOTES))
        elif abbreviates(piece, words) or abbreviates(words, piece):
            found.append(piece)
    return found


def _share(names: list[Name], knows: Knows) -> list[Name]:
    """Give parts of a compound what they share: `Epidermoid/dermoid cyst`, `Thymic rebound/hyperplasia`."""
    if len(names) < 2:  # noqa: PLR2004 - no compound
        return names
    last = names[-1].words.split()
    first = names[0].words.split()
    shared = []
    for index, name in enumerate(names):
        words = name.words
        if name.link or knows(words) or (words.isupper() and len(words) > 1):
            shared.append(name)
        elif words.endswith("-") and "-" in last[0]:
            shared.append(name._replace(words=" ".join([words + last[0].split("-", 1)[1], *last[1:]])))
        elif is_qualifier(words) and (tail := _next_tail(names[index + 1 :], len(words.split()))):
            shared.append(name._replace(words=f"{words} {tail}"))
        elif index and len(first) > 1 and len(words.split()) == 1 and first[0].lower() in _ORGANS:
            shared.append(name._replace(words=f"{first[0]} {words[:1].lower()}{words[1:]}"))
        else:
            shared.append(name)
    return shared


def _next_tail(names: list[Name], drop: int) -> str:
    """Return what the next part that can stand alone lends to the qualifiers before it."""
    return next((_tail(n.words.split(), drop) for n in names if not is_qualifier(n.words)), "")


def _tail(words: list[str], drop: int) -> str:
    """Return what a qualifier of `drop` words before the last part shares: its words behind its own qualifier."""
    if not words or is_adjective(words[-1]) or drop >= len(words):
        return ""
    return " ".join(words[drop:])
