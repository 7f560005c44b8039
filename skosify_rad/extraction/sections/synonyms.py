"""Synonyms: aliases, and the other names a note states for its own subject -> skos:altLabel."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.item_heads import read_entry
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.language.english import holds_any, is_remark, names_a_thing
from skosify_rad.language.full_names import read_title
from skosify_rad.language.spelling import abbreviates, clean, fold, initials, small_letters
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block, ListBlock, Paragraph, Quote, Table, walk
from skosify_rad.vault.markdown.inline import Inline
from skosify_rad.vault.roles import Role

RULE: Final = "synonyms"
_ALSO: Final = re.compile(
    r"\b(?:also (?:known|referred to|called|termed|named|described)(?: (?:as|to as))?|a\.?k\.?a\.?(?!\w)|(?:formerly|previously|historically|alternatively|variously)"
    r" (?:known as|called|termed|referred to as)|(?:^|(?<=[.;]\s))formerly(?=\s+[^\s.]+(?:\s[^\s.]+){0,3}\.)|synonyms?(?: (?:include|are|is))?|other names?(?: (?:include|are))?|otherwise known as"
    r"|often called|sometimes called|commonly called|syn\.)\s*[:=]?\s*(?P<names>[^.;\n\v]+)",
    re.IGNORECASE,
)
_ALSO_WORDS: Final = (
    *("also", "ka", "k.a", "formerly", "previously", "historically", "alternatively", "variously"),
    *("synonym", "other name", "otherwise", "called", "syn."),
)
"""One of these is in all that `_ALSO` finds."""
_DESCRIBED: Final = re.compile(
    r"\b(?:less precise|older|obsolete|outdated|alternative|synonymous)\s+(?:words|terms|names)\s*\(\s*(?:e\.g\.,?\s*)?(?P<names>[^()]+)\)",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"\s*[,;]\s*(?:and\s+|or\s+)?|\s+or\s+|\s+and\s+|\s*/\s*", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"\s+(?:is|are|was|in|by|because|which|that|when|due|as|since|after|for|with|where|–|—|-|→)\s.*$", re.IGNORECASE
)
_ACRONYM: Final = re.compile(r"(?P<short>[A-Z](?<![\w-][A-Z])[A-Za-z]?[A-Z0-9](?:[A-Za-z0-9-]{0,5}[A-Z0-9])?)(?![\w-])")
"""What is before it is looked at behind its first letter: a pattern that starts with a letter is found ten times faster."""
_QUOTED: Final = re.compile(r"\(\s*[\"“‘](?P<names>[^\"”’()]{3,40})[\"”’]\s*\)")
_EQUATED: Final = re.compile(
    r"[\"“]?(?P<name>[^=()\n.]{3,60}?)[\"”]?\s*(?:\([^()]*\))?\s*=\s*(?P<names>[^=.\n]{3,80}/[^=.\n]{3,80})\."
)
_FUNCTION_WORDS: Final = frozenset("a an the of with in for as to by is called and or than from like".split())
_MAY_STATE: Final = (*_ALSO_WORDS, "(", "&", "\\")
"""One of these is in all raw text that states a synonym; `&` may stand for a sign, and a backslash before one."""
_EPONYM: Final = re.compile(r"s?[”\"*]*\s*\((?P<name>[A-Z][^()\n]{2,50})\)", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"[a-z0-9]+")
_PARTED_WORD: Final = re.compile(r"[*_\]=~%!](?<=\w.)[*_\]=~%!]*[\w(\[<`]|[\[<`](?<=\w.)|&[#\w]")
"""Markup within a word, which then stands in the text but not in the raw text; or an entity, which may be a letter."""
_EQUATION: Final = re.compile(r"^[\"“]?(?P<short>[A-Z][\w-]{1,8})[\"”]?\s*=\s")
_SHOWN: Final = re.compile(r"\[\[(?P<target>[^\[\]\n|\\#\x1f]+)\\?[|\x1f](?P<shown>[^\[\]\n]{2,12})\]\]")
_CAPITAL: Final = re.compile(r"[A-Z0-9]")
"""A capital or digit: an abbreviation has two at least."""


def read_synonyms(context: Context) -> Iterator[Statement]:
    """Yield the other names of a note's subject."""
    if context.note.role is not Role.CONCEPT:
        return
    state = context.state(RULE, context.outline, 8)
    for alias in context.note.aliases:
        yield state(context.subject, SKOS.altLabel, clean(alias), context.subject.place, written=alias)
    body = context.note.body
    equated = context.raw.with_any(("=", "&")) if "=" in body else ()  # an entity may stand for it
    for section in context.sections:
        if section.purpose is Purpose.SYNONYMS:
            yield from _listed(context, section)
        elif _speaks_of_all(context, section):
            yield from _stated(context, section)
        if section.purpose is Purpose.DEFINITION or id(section) in equated:
            yield from _equated(context, section)
    yield from _acronyms(context)
    if small_letters(context.note.title.split(" (", 1)[0]) in small_letters(body):
        yield from _eponyms(context)
    yield from _links(context)


def _listed(context: Context, section: Section) -> Iterator[Statement]:
    """Read a section of synonyms."""
    state = context.state(RULE, section, 6)
    for block in _texts(section.blocks):
        for name in _names(block.inline):
            yield state(context.subject, SKOS.altLabel, name, context.place(block), written=name)


def _speaks_of_all(context: Context, section: Section) -> bool:
    """Tell whether a section speaks of the whole subject, not of a part or a kind of it."""
    whole = section.level == 0 or section.purpose in (Purpose.DEFINITION, Purpose.OVERVIEW)
    return whole or section is _first(context.outline)


def _stated(context: Context, section: Section) -> Iterator[Statement]:
    """Read `also known as X` where it speaks of the subject."""
    state = context.state(RULE, section, 6)
    for number, block in enumerate(_texts(section.blocks)):
        if not holds_any(small_letters(block.raw), _MAY_STATE):
            continue
        for match in _sayings(block.text, first=number == 0):
            if match.re is _QUOTED or _speaks_of_subject(block.text[: match.start()], context):
                place = context.place(block)._replace(line=block.line_at(match.start("names")))
                for name in _names(block.inline.slice(match.start("names"), match.end("names"))):
                    if fold(name) != fold(context.note.title):
                        yield state(context.subject, SKOS.altLabel, name, place, written=name)


def _sayings(text: str, *, first: bool) -> Iterator[re.Match[str]]:
    """Yield the places of a text that may give other names; quotes in brackets count in the `first` text only."""
    small = small_letters(text)
    if holds_any(small, _ALSO_WORDS):
        yield from _ALSO.finditer(text)
    if "(" in text:
        yield from _DESCRIBED.finditer(text)
        yield from _QUOTED.finditer(text) if first else ()


def _equated(context: Context, section: Section) -> Iterator[Statement]:
    """Read `X (ABC) = name / name.` at a note's start, and the bare list that a section on terminology gives."""
    state = context.state(RULE, section, 6)
    for block in _texts(section.blocks):
        equals = "=" in block.raw or "&" in block.raw  # an entity may stand for it
        match = _EQUATED.match(block.text) if equals else None
        if match and fold(match["name"]) == fold(context.note.title):
            for name in _names(block.inline.slice(match.start("names"), match.end("names"))):
                yield state(context.subject, SKOS.altLabel, name, context.place(block), written=name)
    for block in section.blocks if section.purpose is Purpose.DEFINITION else ():
        entries = [read_entry(i, context.knows) for i in block.items] if isinstance(block, ListBlock) else []
        own = [e for e in entries if fold(e.head) == fold(context.note.title)]
        if own and isinstance(block, ListBlock) and not any(e.remark.strip("() ").count(" ") for e in entries):
            for item, entry in zip(block.items, entries, strict=True):
                if entry not in own and len(entry.names) == 1:
                    yield state(context.subject, SKOS.altLabel, entry.head, context.place(item), written=entry.head)


def _eponyms(context: Context) -> Iterator[Statement]:
    """Read a proper name in brackets behind the subject's own: `infantile cortical hyperostosis (Caffey disease)`."""
    title = context.note.title.split(" (", 1)[0]
    seen: set[str] = set()
    word = max(_PLAIN_WORD.findall(small_letters(title)), key=len, default="")
    for section, block in context.raw.holding(("(",)):
        if word not in small_letters(block.raw) and not _PARTED_WORD.search(block.raw):
            continue
        for start, name in _bracketed(title, block.text):
            before = block.text[:start].rsplit(None, 1)[-1:]
            if before and before[0].isalpha() and before[0].lower() not in _FUNCTION_WORDS:
                continue  # `Renal hamartoma (Angiomyolipoma)` speaks of a kind
            if name[:1].isupper() and names_a_thing(name) and len(name.split()) <= 4 and fold(name) not in seen:  # noqa: PLR2004
                seen.add(fold(name))
                state = context.state(RULE, section, 4)
                yield state(context.subject, SKOS.altLabel, name, context.place(block), written=name)


def _bracketed(title: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in brackets behind a title, with where the title starts.

    The title is looked for as a text: to compile a pattern for each took a tenth of extraction.
    """
    small, wanted = small_letters(text), small_letters(title)
    start = small.find(wanted)
    while start >= 0:
        match = _EPONYM.match(text, start + len(wanted))
        if match:
            yield start, match["name"]
        start = small.find(wanted, match.end() if match else start + 1)


def _first(root: Section) -> Section | None:
    return root.children[0] if root.children and not root.blocks else None


def _texts(blocks: list[Block]) -> Iterator[Block]:
    pending = blocks[::-1]  # no recursion: quotes nest as deep as a stranger likes
    while pending:
        block = pending.pop()
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Quote):
            pending += block.children[::-1]
        elif isinstance(block, ListBlock):
            yield from (i for i in walk([block]) if type(i) is not ListBlock and not isinstance(i, Table))


_SAYS_IT: Final = frozenset(
    {"it", "it is", "this", "this is", "the condition is", "the disease is", "it can be", "it was", "is"}
    | {"sometimes", "often"}
)


def _speaks_of_subject(before: str, context: Context) -> bool:
    """Tell whether the words before `also known as` are empty or name the subject, not another thing."""
    clause = re.split(r"[.;\n\v(]", before)[-1].strip(' "“”*(,')
    if not clause:
        return "(" not in before[-3:] or _ends_with_subject(before, context)
    named = _ends_with_subject(clause, context) or fold(clause).startswith(fold(context.note.title))
    return named or clause.lower() in _SAYS_IT


def _ends_with_subject(before: str, context: Context) -> bool:
    return fold(before).endswith(fold(context.note.title.split(" (", 1)[0]))


def _names(text: Inline) -> Iterator[str]:
    for piece in _SPLIT.split(clean(re.sub(r"\([^()]*\)", " ", text.text))):
        name = _CLAUSE.sub("", piece).strip(" \"“”‘’'*_()[].:,")
        if name and len(name.split()) <= 7 and not is_remark(name) and any(c.isalpha() for c in name):  # noqa: PLR2004 - a name
            yield name


def _acronyms(context: Context) -> Iterator[Statement]:
    """Read the subject's abbreviation: its own initials, used in its own note."""
    title = context.note.title.split(" (", 1)[0]
    if len(title.split()) < 2 and "-" not in title and len(title) < 14:  # noqa: PLR2004 - nothing to abbreviate
        return
    wanted = {initials(title).casefold(), initials(title).replace("o", "").casefold()}
    seen: set[str] = set()
    wished = wanted - {""}
    for section, block in context.raw.holding((*wished, small_letters(title), "=")):
        if not _may_abbreviate(block.raw, title, wished):
            continue
        for short, strong in _candidates(block, title):
            small = short.casefold()
            if small not in seen and (small in wanted or (strong and abbreviates(short, title))):
                seen.add(small)
                state = context.state(RULE, section, 5 if strong else 3)
                yield state(context.subject, SKOS.altLabel, short, context.place(block), written=short)


def _may_abbreviate(raw: str, title: str, wished: set[str]) -> bool:
    """Tell, at a glance at the raw text, whether a block may hold an abbreviation of the title."""
    small = raw.casefold()
    for letters in wished:
        if letters in small:
            return True
    return (title in raw or "=" in raw) and _ACRONYM.search(raw) is not None


def _candidates(block: Block, title: str) -> Iterator[tuple[str, bool]]:
    """Yield possible abbreviations in a block; strong where the text itself equates them with the title."""
    text = block.text
    equation = _EQUATION.match(text)
    if equation:
        yield equation["short"], True
    for match in _ACRONYM.finditer(text):
        before = text[max(0, match.start() - len(title) - 4) : match.start()].rstrip(' "“”*')
        strong = before.endswith("(") and fold(before.rstrip(' ("“”*')).endswith(fold(title))
        yield match["short"], strong


def _links(context: Context) -> Iterator[Statement]:
    """Read link texts that abbreviate their target: `[[Aneurysmal bone cyst|ABC]]` says what ABC means."""
    state = context.state(RULE, context.outline, 4)
    seen: set[tuple[str, str]] = set()
    for match in _SHOWN.finditer(context.raw.text):  # a link ends on its line, and so in its block
        shown = match["shown"].strip(" *_")
        if len(_CAPITAL.findall(shown)) < 2:  # noqa: PLR2004 - as above
            continue
        target = match["target"].rsplit("/", 1)[-1].strip()
        if (target, shown) not in seen and abbreviates(shown, read_title(target).preferred):
            seen.add((target, shown))
            place = context.place(context.raw.at(match.start())[1])
            mention = Mention(target, place, match["target"].strip())
            yield state(mention, SKOS.altLabel, shown, place, written=shown)
