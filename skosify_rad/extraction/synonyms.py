"""Other names: aliases, `also known as`, abbreviations in brackets and in the texts of links -> skos:altLabel."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.reader import Reader
from skosify_rad.extraction.source import read_page_aliases
from skosify_rad.language.english import is_remark, names_a_thing
from skosify_rad.language.full_names import read_title
from skosify_rad.language.spelling import abbreviates, clean, fold, initials
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention, Statement

_ALSO: Final = re.compile(
    r"\b(?:also (?:known|referred to|called|termed|named)(?: (?:as|to as))?|a\.?k\.?a\.?(?!\w)|(?:formerly|previously|historically)"
    r" (?:known as|called|termed|referred to as)|synonyms?(?: (?:include|are|is))?|other names?(?: (?:include|are))?|otherwise known as"
    r"|often called|sometimes called|commonly called|syn\.|abb\.)\s*[:=]?\s*(?P<names>[^.;\n\v]+)",
    re.IGNORECASE,
)
_MAY_ALSO: Final = ("also", "ka", "k.a", "formerly", "previously", "historically", "synonym", "other name", "otherwise", "called", "syn.", "abb.")  # fmt: skip
_SPLIT: Final = re.compile(r"\s*[,;]\s*(?:and\s+|or\s+)?|\s+or\s+|\s+and\s+|\s*/\s*", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"\s+(?:is|are|was|in|by|because|which|that|when|due|as|since|after|for|with|where|–|—|--?|→)\s.*$", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"(?<![\w-])[A-Z][A-Za-z]?[A-Z0-9](?:[A-Za-z0-9-]{0,5}[A-Z0-9])?(?![\w-])")
_EPONYM: Final = re.compile(r"s?[”\"*]*\s*\((?P<name>[A-Z][^()\n]{2,50})\)")
_LEADING: Final = re.compile(r"(?:^|\b(?:with|of|is|as|to)\s)[\s*_\"“]*$")
"""What may stand before a name that is whole: not `Spinal` before `brucellosis`."""
_EQUAL: Final = re.compile(r"\s+(?:\([^()]*\)\s+)?=\s+(?P<names>[^.;\n\v]+)")
_SAYS_IT: Final = frozenset(
    {
        "it",
        "it is",
        "this",
        "this is",
        "the condition is",
        "the disease is",
        "it can be",
        "it was",
        "is",
        "sometimes",
        "often",
    }
)
_NAME_WORDS: Final = 7
_SHORT: Final = 4
"""Words of a name that is said to equal another; more are a description."""
_JOINS: Final = re.compile(r"\b(?:of|in|within|during|at|with|without|that|by|from|to|for|on)\b", re.IGNORECASE)


def read_synonyms(reader: Reader) -> None:
    """State the other names of a note's subject, and abbreviations that links give their targets."""
    said: set[str] = {fold(reader.subject.words)}

    def state(name: str, node: Node, weight: int) -> None:
        if fold(name) not in said and len(name) > 1:
            said.add(fold(name))
            place = reader.place(node.block)
            reader.state(Statement(reader.subject, SKOS.altLabel, name, place, node.path, "synonyms", name, weight))

    for alias in (*reader.note.aliases, *read_page_aliases(reader.note.body)):
        state(alias, reader.root, 9)
    title = _read_title(reader.subject.words)
    for node in reader.root.walk():
        if node.says.purpose is Purpose.SYNONYMS and _is_subjects(node):
            for name, where in _listed(node):
                state(name, where, 7)
        for name in _also(reader, node):
            state(name, node, 6)
        for name in _beside_title(title, node):
            state(name, node, 4)
    _read_links(reader)


def _is_subjects(node: Node) -> bool:
    return len(node.path) <= 2  # noqa: PLR2004 - a deeper section speaks of something else


def _listed(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the names that a section of synonyms lists, each with the node it stands in."""
    texts = [(node.body.text, node)] if node.body.text else []
    texts += [(child.label.text, child) for child in node.of_form(Form.ITEM, Form.PARAGRAPH)]
    for text, where in texts:
        for name in _split(text):
            yield name, where


def _split(text: str) -> Iterator[str]:
    for piece in _SPLIT.split(clean(re.sub(r"\([^()]*\)", " ", text))):
        name = _CLAUSE.sub("", piece).strip(" \"“”‘’'*_()[].:,")
        if name and len(name.split()) <= _NAME_WORDS and not is_remark(name) and any(c.isalpha() for c in name):
            yield name


def _also(reader: Reader, node: Node) -> Iterator[str]:
    """Yield what stands behind `also known as` where the words before speak of the subject."""
    text = node.text.text
    small = text.lower()
    if not any(part in small for part in _MAY_ALSO):
        return
    for match in _ALSO.finditer(text):
        clause = re.split(r"[.;\n\v]", text[: match.start()])[-1].strip(' "“”*(,')
        at_top = len(node.path) <= 1 or reader.subject.words.casefold() in clause.casefold()
        title = fold(reader.subject.words.split(" (", 1)[0])
        if (
            (not clause and at_top)
            or clause.lower() in _SAYS_IT
            or fold(clause).endswith(title)
            or fold(clause).startswith(title + " ")
        ):
            yield from _split(match["names"])


def _equal_names(text: str) -> list[str]:
    """Return what stands behind an equals sign if every part of it is a short name; else it says what the thing is."""
    names = [*_split(text)]
    short = all(len(name.split()) <= _SHORT and not _JOINS.search(name) for name in names)
    return names if short and all(name[:1].isupper() or names_a_thing(name) for name in names) else []


class _Title(NamedTuple):
    """A note's title as its texts are compared with it."""

    words: str
    """Without the bracket at its end."""
    small: str
    """In lower case."""
    initials: frozenset[str]
    """Its initials in lower case, with and without that of `of`."""
    is_long: bool
    """Whether there is something to abbreviate."""


def _read_title(words: str) -> _Title:
    title = words.split(" (", 1)[0]
    long = len(title.split()) > 1 or "-" in title or len(title) > 13  # noqa: PLR2004 - else nothing to abbreviate
    capitals = initials(title)
    short = frozenset({capitals.casefold(), capitals.replace("o", "").casefold()} - {""})
    return _Title(title, title.casefold(), short, long)


def _beside_title(subject: _Title, node: Node) -> Iterator[str]:
    """Yield what the subject's name equals, its initials in its note, and a proper name in brackets behind its own."""
    title, small, wanted, is_long = subject
    text = node.text.text
    equal = _EQUAL.match(text, len(title)) if "=" in text and text[: len(title)].casefold() == small else None
    if equal:
        yield from _equal_names(equal["names"])
    if is_long:
        for match in _ACRONYM.finditer(text):
            before = text[max(0, match.start() - len(title) - 4) : match.start()].rstrip(' "“”*')
            strong = before.endswith("(") and fold(before.rstrip(' ("“”*')).endswith(fold(title))
            if match[0].casefold() in wanted or (strong and abbreviates(match[0], title)):
                yield match[0]
    at = text.casefold().find(small) if "(" in text else -1
    match2 = _EPONYM.match(text, at + len(title)) if at >= 0 else None
    alone = _LEADING.search(text, 0, max(at, 0)) is not None
    if match2 and alone and names_a_thing(match2["name"]) and len(match2["name"].split()) <= 4:  # noqa: PLR2004 - a name
        yield match2["name"]


def _read_links(reader: Reader) -> None:
    """State the link texts that abbreviate their target: `[[Aneurysmal bone cyst|ABC]]`."""
    seen: set[tuple[str, str]] = set()
    for node in reader.root.walk():
        for link in node.text.links:
            shown = node.text.text[link.start : link.end].strip(" *_")
            target = link.target.rsplit("/", 1)[-1].strip()
            if (target, shown) in seen or sum(c.isupper() or c.isdigit() for c in shown) < 2:  # noqa: PLR2004 - an abbreviation
                continue
            seen.add((target, shown))
            if abbreviates(shown, read_title(target).preferred):
                place = reader.place(node.block)
                mention = Mention(target, place, link.target)
                reader.state(Statement(mention, SKOS.altLabel, shown, place, node.path, "synonyms", shown, 4))
