"""Definition: the sentence that says what the subject is -> skos:definition."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from skosify_rad.extraction.headings import announce_sentence
from skosify_rad.extraction.outline import CALLOUT_LEVEL, Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.language.english import has_verb, holds_any, is_attribute, names_a_thing, sentences
from skosify_rad.language.spelling import clean, fold, small_letters
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Statement
from skosify_rad.vault.markdown.blocks import Block, Item, ListBlock, Paragraph
from skosify_rad.vault.roles import Role

RULE: Final = "definition"
_NOT_DEFINING: Final = re.compile(
    r"^(?:part of|see(?: also)?|related|link|source|reference|image|figure|back to|return|parent|up|main|think|remember"
    r"|classic(?:ally)? seen|tags?|also (?:known|called)|aka|synonyms?|note|in (?:popular|common|everyday|lay) (?:usage|use|language|parlance)|the term (?:literally )?means|the (?:word|name)"
    r"|literally|from (?:the )?(?:greek|latin)|etymology|there (?:are|is)|e\.g|usually|most common(?:ly)? (?:in|at|seen|affect)"
    r"|age|sex|male|female|incidence|peak)\b|^(?:→|=>|\d+\s*[.)]|https?:)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"^(?P<label>[^:]{1,40}):\s+(?=\S)")
_NAMED: Final = re.compile(r"[\"“*]*(?P<name>[^:=()]{2,60}?)[\"”*]*(?:\s*\([^()]*\))?\s*(?:[:=]|\s[–—]\s)\s*")
_NAMING: Final = (":", "=", "–", "—")
"""One of these is in all that `_NAMED` matches."""
_FREQUENCY: Final = re.compile(
    r"(?:the\s+)?(?:(?:second|third|2nd|3rd)\s+)?(?:most|commonest)(?:\s+[\w-]+){1,6}\W*", re.IGNORECASE
)
"""`Most common benign bone tumour` says how often, not what: another sentence is preferred."""
_SAYS: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:is|are|refers? to|describes?|denotes?|means?)\b", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")
_GENUS: Final = re.compile(r"\b(?:disorder|disease|condition|lesion|tumou?r|syndrome|sign)$", re.IGNORECASE)
_EPIDEMIOLOGY: Final = re.compile(
    r"\bpredominan(?:ce|t)\b.{0,12}$|\b(?:M|F|males?|females?|men|women)\s*[>=:]\s*(?:M|F|males?|females?|men|women|\d)|cause of death"
    r"|\bmay (?:appear|be seen)\b|^\d[\d.–-]*\s*%",
    re.IGNORECASE,
)
_MAY_COUNT: Final = ("predominan", "=", ">", ":", "cause of death", "may ", "%")
"""One of these is in all that `_EPIDEMIOLOGY` finds."""
_DEFINES: Final = re.compile(r"(?:definition|description|overview|summary)", re.IGNORECASE)
_LABELS_DEFINITION: Final = re.compile(r"(?:definition|description|overview|summary|what)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?:an?|the)\b", re.IGNORECASE)
_SURE: Final = 3
"""Trust in a sentence that starts with the subject's own name."""
_MIN_WORDS: Final = 3
_MAX_LENGTH: Final = 600


def read_definition(context: Context) -> Iterator[Statement]:
    """Yield the definition a note gives of its subject, the first in order of trust."""
    if context.note.role is not Role.CONCEPT:
        return
    for section in _candidates(context.outline):
        found: list[_Found] = []
        for block, below in _first_blocks(section):
            one = _sentence(block, below, context)
            found += [one] if one is not None else []
            if one is not None and one.trust == _SURE:
                break  # those behind it cannot be better
        if found:
            best = min(found, key=lambda f: (-f.trust, f.line))
            place = context.place(best.block)._replace(line=best.line)
            state = context.state(RULE, section, 5)
            yield state(context.subject, SKOS.definition, best.text, place, written=best.text)
            return


class _Found(NamedTuple):
    """A sentence that may define, and how much it looks like it."""

    trust: int
    line: int
    text: str
    block: Block


def _candidates(root: Section) -> Iterator[Section]:
    """Yield sections in order of trust: definition, what stands first, summary, overview, then the first at all."""
    sections = list(root.walk())
    yield from (s for s in sections if s.purpose is Purpose.DEFINITION and s.level < CALLOUT_LEVEL)
    yield from (s for s in sections if s.purpose is Purpose.DEFINITION)
    if root.blocks:
        yield root
    first = [
        s for s in sections[1:3] if s.level == CALLOUT_LEVEL and s.purpose is Purpose.OVERVIEW and s.parent is root
    ]
    yield from first
    yield from (s for s in sections[1:] if s.purpose is Purpose.OVERVIEW and _introduces(s))
    yield from (s for s in sections[1:2] if s.purpose in (Purpose.NONE, Purpose.PROPERTY))
    yield from (
        s
        for s in sections[2:]
        if s.path
        and re.match(r"(?:patho(?:physiology|logy|genesis)|mechanism|principles?)\b", s.path[-1], re.IGNORECASE)
    )


def _introduces(section: Section) -> bool:
    """Tell whether a section speaks of the whole subject: no callout inside a section on something else."""
    parent = section.parent
    outer = parent is None or parent.level == 0 or parent.purpose in (Purpose.OVERVIEW, Purpose.DEFINITION)
    return section.level < CALLOUT_LEVEL or outer


def _first_blocks(section: Section) -> Iterator[tuple[Block, list[Item]]]:
    """Yield the paragraphs and items that may hold the sentence, in order, with the items below each."""
    blocks = section.blocks
    for index, block in enumerate(blocks[:4]):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Paragraph):
            yield block, following.items if isinstance(following, ListBlock) else []
        elif isinstance(block, ListBlock):
            for item in block.items[:3]:
                yield item, [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
            return
        else:
            return


def _sentence(block: Block, below: list[Item], context: Context) -> _Found | None:
    """Return the first sentence of a block that defines: most of all the one that starts with the subject's name."""
    text = block.text
    title = context.note.title.split(" (", 1)[0]
    for start, end in sentences(text)[:3]:
        words = clean(text[start:end])
        label = _LABEL.match(words)
        if label and is_attribute(label["label"]) and not _DEFINES.match(label["label"]):
            continue
        if label and _LABELS_DEFINITION.match(label["label"]):
            words = words[label.end() :]
        if _says_nothing(words, title):
            continue
        if not _ARTICLE.match(words) and announce_sentence(words, context.note.title).purpose is not Purpose.NONE:
            continue
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        named = _NAMED.match(words) if holds_any(words, _NAMING) else None
        own = named is not None and fold(named["name"]) == fold(title)
        if own and named is not None and len(words[named.end() :].split()) < _MIN_WORDS + 1 and "/" in words:
            continue  # `X = a / b.` gives names, not what it is
        said = _SAYS.match(words[len(title) :]) is not None and fold(words[: len(title)]) == fold(title)
        other = named["name"] if named is not None and not own and not has_verb(named["name"]) else ""
        if (
            other
            and isinstance(block, Item)
            and (context.knows(other) or (names_a_thing(other) and not _GENUS.search(other)))
        ):
            continue  # a gloss of something else
        trust = _SURE if own or said else 1 if _FREQUENCY.fullmatch(words) else 2
        words = _completed(words, below) if words.endswith(":") else words[:_MAX_LENGTH]
        return _Found(trust, block.line_at(start + lead), words, block)
    return None


def _says_nothing(words: str, title: str) -> bool:
    """Tell whether a sentence only names, counts or points elsewhere."""
    return bool(
        fold(_BRACKET.sub("", words)) == fold(title)
        or _NOT_DEFINING.match(words)
        or (holds_any(small_letters(words), _MAY_COUNT) and _EPIDEMIOLOGY.search(words))
        or len(words.split()) < _MIN_WORDS
    )


def _completed(text: str, below: list[Item]) -> str:
    """Complete a sentence that runs on into a list: `characterised by:` with its items."""
    items = [clean(i.text).rstrip(" .;:,") for i in below]
    return f"{text} {'; '.join(i for i in items if i)}."[:_MAX_LENGTH] if items else text.rstrip(":") + "."
