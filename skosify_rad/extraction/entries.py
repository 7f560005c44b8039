"""The head of a list item, cell or heading -> the names in it, and the remark behind them.

`**Paget disease** (late): cortical thickening` names one thing and remarks on it; `Epidermoid/dermoid cyst` names two.
"""

import re
from typing import Final, NamedTuple

from skosify_rad.extraction.compounds import (
    BRACKETS,
    COMMA,
    OR,
    QUOTES,
    Knows,
    Name,
    and_pieces,
    closing,
    first_comma,
    in_complement,
    pieces_of,
    share,
    within,
)
from skosify_rad.language.english import has_verb, is_qualifier, is_remark, names_a_thing
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import abbreviates, clean
from skosify_rad.vault.markdown.inline import Inline

_DECORATION: Final = re.compile(
    r"^(?:[\s\u2190-\u21FF►▶▪•·–—*=>-]|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u20E3]"
    r"|\(?\d{1,2}[.)](?=\s)|[A-Z]\s[=:–-]\s(?=(?:Type|Grade|Stage|Class)\s)|[a-z]\)\s|[A-H]\.\s(?=[A-Z][a-z]+(?:\s\w+){0,3}\s*(?:\(|$))|\(?[ivx]{1,4}\)\s|[1-9](?=\uFE0F?\u20E3))+\s*"
)
_ARROWS: Final = r"\u2190-\u21FF\u2794-\u27BE\u27F0-\u27FF≠≈"
_EMOJI: Final = r"\U0001F000-\U0001FAFF\u2600-\u26FF"
_CUT: Final = re.compile(
    rf"""[\s:;.=(\[{{–—−{_ARROWS}{_EMOJI}-]  # one of these first: a pattern that starts with a set is found ten times faster
    (?: (?<=\s)\s*
        (?: [–—](?=\s) | >>\s* | (?:[{_ARROWS}]|=>|->)\s* | =\s+
        | (?=[<>≤≥~±]\s*\d) | (?=\d[\d.,–-]*\s*(?:%|cm\b|mm\b|years?\b|yo\b|[hdy]\b|months?\b|weeks?\b|days?\b))
        | (?=e\.g\.|i\.e\.|eg\b|ie\b|incl\.|esp\.|especially\b|including\b|such\ as\b|if\b|when\b|unless\b) )
    | (?<=[\v\n;(\[{{])
    | (?<=[:.])(?=\s|$)
    | (?<=\s[–—−-])[–—−-]?(?=\s)
    | (?<=[–—])(?=\s)
    | (?:(?<=[{_ARROWS}{_EMOJI}])|(?<=[=-])>)\s* )""",
    re.VERBOSE,
)
"""A sign or a word behind which no name goes on."""
_ACROSTIC: Final = re.compile(r"[A-Z] [a-z]{2,}")
_ALL_BRACKETED: Final = re.compile(r"\s*\(([^()]+)\)\s*")
_SYNONYM: Final = re.compile(
    r"^(?:a\.?k\.?a\.?|also(?: called| known as| termed)?|syn(?:onym)?s?\b[.:]?|formerly(?: called| known as)?|previously"
    r"(?: called| known as)?|(?:so-)?called|=)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_SEPARATORS: Final = re.compile(r"^(?:(?![–−-]\d)[ \t\n\v:;.–—−→⇒=*,-])+")
"""Signs between a name and its remark; the minus of `-100 HU` is none."""
_INNER_BRACKET: Final = re.compile(r"(?<=\s)\([^()]*\)\s*(?=\w)")
_SUSPENDED: Final = re.compile(r"\w,\s[^,]*\w-\s(?:or|and)\s\S*\w-\w")
"""A hyphen that waits for its second half, behind a comma."""
_QUOTED: Final = re.compile('["“”]')
_OTHER: Final = re.compile(r"^other\s+(?=\S+\s+\S)", re.IGNORECASE)
_SUBJECT_AGAIN: Final = re.compile(
    r"\s*(?:the|this|these)\s+(?:lesions?|mass(?:es)?|tumou?rs?|diseases?|nodules?|conditions?)\b", re.IGNORECASE
)
"""`The lesion is lytic` speaks of the subject; it names nothing else."""
_ARTICLE: Final = re.compile(r"^(?:also\s+)?(?:(?:the|an?)\s+)?(?=\S)", re.IGNORECASE)


_MEASURED: Final = re.compile(r"[(\[].*[)\]]:?|[<>≤≥~]?\s*[\d.,–-]+\s*%?")
"""Behind a name it leaves the name open: a bracket, a number."""
_PARTING: Final = re.compile(r"\s*(?:[:–—→⇒➜(\[=;]|-+>?\s|[(\[])")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:e\.g|i\.e|vs|esp|cf|incl|etc|St|Dr)|\b[A-Z])$")
_LONGEST_ABBREVIATION: Final = 8
"""Characters to look back for one."""
_BESIDE: Final = re.compile(r"[;,/]\s*|\s+or\s+")


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
    separated: bool = False
    """A sign (colon, dash, arrow, bracket) parts the name from the remark behind it."""


def parse_entry(inline: Inline, knows: Knows) -> Entry:
    """Return what a text names: its head, split where it names several things."""
    if inline.strong[:1] == ((0, 1),) and _ACROSTIC.match(inline.text):
        inline = Inline(inline.text[0] + inline.text[2:])  # `**M** etastasis` of a mnemonic
    decoration = _DECORATION.match(inline.text)
    text = inline.slice(decoration.end(), len(inline.text)) if decoration else inline
    bracketed = _ALL_BRACKETED.fullmatch(text.text)
    if bracketed:
        text = text.slice(bracketed.start(1), bracketed.end(1))
    end, brackets, cut_at_colon = _find_head(text)
    head = _up_to(end, text)
    end = _shorten(head, text, knows)
    head = _up_to(end, head)
    behind = text.text[end:]
    remark = clean(_SEPARATORS.sub("", behind, count=1)) if behind else ""
    words = clean(head.text.strip(QUOTES))
    names = tuple(_names(head, text, [b for b in brackets if b[0] <= end + 1], knows)) if words else ()
    opens = not remark or (cut_at_colon and not remark.strip(":")) or _MEASURED.fullmatch(remark) is not None
    separated = bool(remark) and _PARTING.match(behind) is not None
    return Entry(names, words, remark, opens, _is_marked(head), separated)


def _up_to(end: int, text: Inline) -> Inline:
    """Return the beginning of a text; mostly all of it, which need not be cut."""
    return text if end == len(text.text) else text.slice(0, end)


def _find_head(text: Inline) -> tuple[int, list[tuple[int, int]], bool]:
    """Return where the head ends, the brackets met on the way (start, end), and whether a colon ended it."""
    brackets: list[tuple[int, int]] = []
    position = 0
    string = text.text
    while (match := _CUT.search(string, position)) is not None:
        start = match.start()
        link_end = next((ln.end for ln in text.links if ln.start <= start < ln.end), 0) if text.links else 0
        if link_end:
            position = link_end
            continue
        sign = match[0]
        if sign in BRACKETS:
            close = closing(string, start)
            brackets.append((start, close))
            follows = string[close:].lstrip(" \t*")
            goes_on = follows[:1].isalpha() and (
                _joined(string, start, close) or _names_on(string[:start], string[close:])
            )
            if OR.match(string[close:]) or goes_on:
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
    """Return whether a bracket stands inside a word or its words go on with the name: `osteo(chondro)ma`."""
    return string[start - 1 : start].isalpha() or string[close : close + 1].isalpha()


def _names_on(before: str, after: str) -> bool:
    """Return whether the name goes on behind a bracket: `Regressed (burnt-out) germ cell tumour`."""
    rest = _CUT.split(after, maxsplit=1)[0]
    return (
        is_qualifier(clean(before).strip(QUOTES))
        and names_a_thing(rest)
        and len(rest.split()) <= 4  # noqa: PLR2004 - a name, not a clause
        and not is_remark(rest)
    )


def _is_abbreviation(before: str) -> bool:
    at = max(0, len(before) - _LONGEST_ABBREVIATION)
    return len(before.strip()) > 1 and _ABBREVIATION.search(before, at) is not None


def _shorten(head: Inline, text: Inline, knows: Knows) -> int:
    """Return where the name ends when the head runs on into a sentence: `**Osteosarcoma** usually in teens`."""
    string = head.text
    end = len(string)
    marks = _marks(head)
    marked_end = max((e for s, e in marks if not string[:s].strip(QUOTES + "([{")), default=0) if marks else 0
    behind = string[marked_end:] if marked_end else ""
    if marked_end == 1 and behind[:1].isalpha():
        marked_end, behind = 0, ""  # a mnemonic: `**B**ilirubin`
    if len(behind.strip()) > 2 and not OR.match(behind) and not COMMA.match(behind):  # noqa: PLR2004 - plural
        first = behind.strip().split()[0]
        if grade_code(string[:marked_end].strip(QUOTES))[1]:
            return marked_end
        if is_remark(behind.strip()) and first.lower() not in ("of", "in"):
            return marked_end
        linked = any(link.end == marked_end for link in head.links) and names_a_thing(string[:marked_end].strip(QUOTES))
        if (
            linked
            and behind[:1].isspace()
            and first.islower()
            and not names_a_thing(behind)
            and first not in ("of", "in")
        ):
            return marked_end  # `[[carotid body tumour]] splays`
        if (
            behind[:1].isspace()
            and not names_a_thing(behind)
            and first.lower() not in ("of", "in")
            and first.islower()
            and len(behind.split()) > 2  # noqa: PLR2004 - more than a name's last words
        ):
            return marked_end
    if marked_end >= len(string.rstrip(QUOTES)):
        return end  # all of it stands in bold: commas belong to the name
    comma = first_comma(head, knows) if "," in string and not knows(clean(string).strip(QUOTES)) else 0
    if comma and comma < end:
        end = comma
    if has_verb(string[:end]) and not knows(string[:end].strip(QUOTES)):
        end = _before_verb(string, end, knows)
    return end if string[:end].strip() else len(text.text[: len(string)])


def _before_verb(string: str, end: int, knows: Knows) -> int:
    """Cut a sentence before its verb when what stands there is a name."""
    if _SUBJECT_AGAIN.match(string):
        return end
    words = list(re.finditer(r"\S+", string[:end]))
    for index, word in enumerate(words[1:6], 1):
        if has_verb(word[0]) or word[0].lower() in ("usually", "often", "typically", "which", "that", "when"):
            name = string[: words[index - 1].end()]
            return len(name) if (names_a_thing(name) or knows(name)) and not is_remark(name) else end
    return end


def _marks(text: Inline) -> list[tuple[int, int]]:
    return [*text.strong, *[(start, end) for _, start, end, _ in text.links]]


def _is_marked(head: Inline) -> bool:
    """Return whether bold or a link starts the head."""
    marks = _marks(head)
    lead = len(head.text) - len(head.text.lstrip(QUOTES)) if marks else 0
    return any(s <= lead < e for s, e in marks) if marks else False


def _names(head: Inline, text: Inline, brackets: list[tuple[int, int]], knows: Knows) -> list[Name]:
    single = OR.search(head.text) is None and COMMA.search(head.text) is None
    if single or knows(clean(head.text.strip(QUOTES))):
        return [_name(head, text, brackets, (0, len(head.text)))]
    pieces = pieces_of(head, OR)
    if len(pieces) > 1 and (_SUSPENDED.search(head.text) or in_complement(head, pieces, knows)):
        return [_name(head, text, brackets, (0, len(head.text)))]  # `Diffuse astrocytoma, MYB- or MYBL1-altered`
    if len(pieces) == 1:
        pieces = and_pieces(head, knows)
    else:
        pieces = [p for piece in pieces for p in within(head, piece, knows)]
    names = [_name(head, text, brackets, piece) for piece in pieces]
    return share(names, knows)


def _name(head: Inline, text: Inline, brackets: list[tuple[int, int]], piece: tuple[int, int]) -> Name:
    start, end = piece
    part = head if start == 0 and end == len(head.text) else head.slice(start, end)
    follows = inner = None
    if brackets:
        follows = next((b for b in brackets if end <= b[0] <= end + 2), None)
        inner = next((b for b in brackets if start < b[0] and b[1] <= end), None)
    bracket = text.text[follows[0] + 1 : follows[1] - 1] if follows else ""
    if inner and not part.text[: inner[0] - start].strip():
        inner = None
    if inner and text.text[inner[1] : end].strip() == "":
        bracket = text.text[inner[0] + 1 : inner[1] - 1]
        part = part.slice(0, inner[0] - start)
    words = clean(_INNER_BRACKET.sub(" ", part.text) if inner else part.text)
    words = _OTHER.sub("", _ARTICLE.sub("", words.strip(QUOTES)))
    if words.count('"') % 2 or words.count("“") != words.count("”"):
        words = _QUOTED.sub("", words)
    link = _whole_link(part)
    others = tuple(_other_names(words, bracket)) if bracket else ()
    if others and not link and abbreviates(words, others[0]) and not abbreviates(others[0], words):
        return Name(others[0], "", (words,))
    return Name(words, link, others)


def _whole_link(part: Inline) -> str:
    """Return the target of the link that is the whole of a text, a plural ending outside it allowed."""
    if len(part.links) != 1 or not part.links[0].target:
        return ""
    link = part.links[0]
    if link.anchor:
        return ""  # a section of a note is a thing of its own
    outside = (part.text[: link.start] + part.text[link.end :]).strip(QUOTES)
    return link.target if outside in ("", "s", "es") else ""


def _other_names(words: str, bracket: str) -> list[str]:
    found = []
    for piece in _BESIDE.split(clean(bracket).strip(QUOTES)):
        synonym = _SYNONYM.match(piece)
        if synonym:
            found.append(synonym["name"].strip(QUOTES))
        elif abbreviates(piece, words) or abbreviates(words, piece):
            found.append(piece)
    return found
