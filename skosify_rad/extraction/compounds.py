"""Names that name several things: `Epidermoid/dermoid cyst`, `A, B and C`; and commas that do not part names."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from skosify_rad.language import chinese
from skosify_rad.language.english import is_adjective, is_qualifier, is_remark, names_a_thing
from skosify_rad.language.spelling import clean
from skosify_rad.vault.markdown.inline import Inline

Knows = Callable[[str], bool]
"""Tells whether a name is known to the vault: a title, an alias, the target of a link."""

BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
OR: Final = re.compile(
    r"[\s,/](?:(?<=/)\s*|(?<=\s)\s*/\s*|(?:(?<=\s)|(?<=,)\s)\s*(?:and/or|or)\s+)",
    re.IGNORECASE,
)
"""`A/B`, `A or B`, `A, and/or B`; starts with a set, as does `COMMA`: such a pattern is found ten times faster."""
COMMA: Final = re.compile(
    r"[\s,&+](?:(?<=,)\s+(?:and\s+|or\s+|&\s*)?|(?<=&)\s*|(?<=\+)\s+|(?<=\s)\s*(?:and\s+|&\s*|plus\s+|\+\s+))",
    re.IGNORECASE,
)
"""`A, B`, `A, and B`, `A and B`, `A & B`, `A plus B`, `A + B`."""
_PLAIN_COMMA: Final = re.compile(r",\s+")
_CONJUNCTION: Final = re.compile(r"^(?:and|or|&)\s+")
QUOTES: Final = " \t\n\v\"“”‘’'`*_.,:;…!?"
_ORGANS: Final = frozenset(
    "thymic pulmonary renal hepatic splenic cardiac adrenal ovarian uterine pancreatic biliary gastric colonic cerebral"
    " spinal vertebral mediastinal pleural peritoneal testicular prostatic oesophageal esophageal duodenal ileal jejunal"
    " rectal vesical urethral ureteral ureteric mesenteric retroperitoneal epidural subdural intracranial orbital sinonasal"
    " laryngeal parotid thyroid parathyroid pericardial myocardial aortic venous arterial tracheal bronchial".split()
)

_OPENING: Final = re.compile(r"[(\[{]")
_LOOK_BACK: Final = 40
"""Longest word looked at beside a slash, in characters: a line may be a megabyte of slashes."""
_COMPLEMENT: Final = re.compile(r"\s(?:of|in|from|to|at|around|within)\s")


class Name(NamedTuple):
    """One thing named."""

    words: str
    """Its name, without markup."""
    link: str = ""
    """Target of the link that is the whole name; empty where it is plain text or the link only part of it."""
    other_names: tuple[str, ...] = ()
    """Abbreviations and synonyms beside it."""


def closing(string: str, start: int) -> int:
    """Return the offset behind the bracket that closes the one at `start`; the end of the line where none does."""
    close, depth = BRACKETS[string[start]], 0
    for offset in range(start, min(len(string), start + 2000)):
        if string[offset] == string[start]:
            depth += 1
        elif string[offset] == close:
            depth -= 1
            if depth == 0:
                return offset + 1
    newline = string.find("\n", start)
    return len(string) if newline < 0 else newline


def first_comma(head: Inline, knows: Knows) -> int:
    """Return where a remark behind a comma starts; 0 where the commas part a list of names or there is none."""
    string = head.text
    pieces = pieces_of(head, _PLAIN_COMMA) if "," in string else []
    if len(pieces) < 2:  # noqa: PLR2004 - no comma
        return 0
    last = _CONJUNCTION.sub("", string[pieces[-1][0] : pieces[-1][1]])
    texts = [string[a:b] for a, b in pieces[:-1]] + [last]
    if all(_looks_named(t, knows) for t in texts):
        return 0
    if all(is_qualifier(t) for t in texts[:-1]) and names_a_thing(texts[-1]) and not is_remark(texts[-1]):
        return 0
    if len(texts) == 2 and _is_inverted(texts[1]) and (names_a_thing(texts[0]) or _ends_short(texts[0])):  # noqa: PLR2004
        return 0  # inverted: `Teratoma, postpubertal-type`
    return pieces[0][1]


def _is_inverted(text: str) -> bool:
    """Return whether words behind a comma qualify the name before it: one adjective, or a compound of the -type kind."""
    if chinese.follows_name(text):
        return True
    return is_qualifier(text) and not is_remark(text) and (len(text.split()) == 1 or "-" in text)


def _ends_short(text: str) -> bool:
    """Return whether a name ends with an abbreviation: `Diffuse LGG`."""
    return re.search(r"\s[A-Z]{3,5}$", text) is not None


def _looks_named(text: str, knows: Knows) -> bool:
    name = clean(text.split(" (", 1)[0]).strip(QUOTES)
    if not name or is_remark(name) or len(name.split()) > 6:  # noqa: PLR2004 - a clause
        return False
    return names_a_thing(name) or knows(name) or (name.isupper() and 2 <= len(name) <= 6)  # noqa: PLR2004 - `GCT`


def pieces_of(text: Inline, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans between separators that stand outside links and brackets."""
    string, spans, start = text.text, [], 0
    if separator.search(string) is None:
        return [(0, len(string))] if string.strip(QUOTES) else []
    closed = sorted([*((ln.start, ln.end) for ln in text.links), *_brackets(string)])
    ahead, inside = 0, 0
    for match in separator.finditer(string):
        at = match.start()
        while ahead < len(closed) and closed[ahead][0] <= at:
            inside = max(inside, closed[ahead][1])
            ahead += 1
        if at < inside or _numeric(string, match):
            continue
        spans.append((start, at))
        start = match.end()
    spans.append((start, len(string)))
    return [(a, b) for a, b in spans if string[a:b].strip(QUOTES)]


def _brackets(string: str) -> list[tuple[int, int]]:
    """Return the spans of the outermost brackets of a text."""
    spans, position = [], 0
    while (opening := _OPENING.search(string, position)) is not None:
        close = closing(string, opening.start())
        spans.append((opening.start(), close))
        position = max(close, opening.start() + 1)
    return spans


def _numeric(string: str, match: re.Match[str]) -> bool:
    """Return whether a slash stands between digits or single letters and parts no names: `1/3`, `N/A`, `T1/T2`."""
    if "/" not in match[0]:
        return False
    behind = string[max(0, match.start() - _LOOK_BACK) : match.start()]
    if re.search(r"\bw$", behind):
        return True  # `w/ reversible dilation`
    if len(match[0]) > 1:
        return False
    before = re.search(r"[\w+-]*$", behind)
    after = re.match(r"[\w+-]*", string[match.end() : match.end() + _LOOK_BACK])
    a, b = before[0] if before else "", after[0] if after else ""
    return (
        (len(a) <= 1 and len(b) <= 1)
        or (a[-1:].isdigit() and b[:1].isdigit())
        or (a[:1].isdigit() and b[:1].isdigit())
        or bool(re.fullmatch(r"T\d.*", a))
    )


def within(head: Inline, piece: tuple[int, int], knows: Knows) -> list[tuple[int, int]]:
    """Return the names within one part of a compound, as spans of the whole head."""
    return [(a + piece[0], b + piece[0]) for a, b in and_pieces(head.slice(*piece), knows)]


def and_pieces(head: Inline, knows: Knows) -> list[tuple[int, int]]:
    """Split at commas and `and` only where every part is a name of its own."""
    pieces = pieces_of(head, COMMA)
    if len(pieces) < 2:  # noqa: PLR2004 - as mostly
        return [(0, len(head.text))]
    texts = [head.text[a:b] for a, b in pieces]
    linked = all(any(ln.start >= a and ln.end <= b for ln in head.links) for a, b in pieces)
    shared = (
        all(is_qualifier(t) for t in texts[:-1])
        and names_a_thing(texts[-1])
        and not is_remark(texts[-1])
        and "," in head.text
    )
    if linked or shared or all(_looks_named(t, knows) for t in texts):
        return pieces
    return [(0, len(head.text))]


def in_complement(head: Inline, pieces: list[tuple[int, int]], knows: Knows) -> bool:
    """Return whether `or` parts what a name is said of, not names: `Cyst of the lung or liver`."""
    rest = [clean(head.text[a:b]).strip(QUOTES) for a, b in pieces[1:]]
    linked = any(link.start >= pieces[0][1] for link in head.links)
    named = linked or any(names_a_thing(r) or knows(r) for r in rest)
    return not named and _COMPLEMENT.search(head.text[: pieces[0][1]]) is not None


def share(names: list[Name], knows: Knows) -> list[Name]:
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
    """Return the words that qualifiers share with the next part that can stand alone."""
    return next((_tail(n.words.split(), drop) for n in names if not is_qualifier(n.words)), "")


def _tail(words: list[str], drop: int) -> str:
    """Return what a qualifier of `drop` words before the last part shares: its words behind its own qualifier."""
    if not words or is_adjective(words[-1]) or drop >= len(words):
        return ""
    return " ".join(words[drop:])
