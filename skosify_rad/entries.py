"""A list, a table column or a run of sub-headings -> the entries in it that name things.

What makes an item a name rather than a remark: it is a link, stands in bold, is known to the vault, ends in a noun
diseases are called by, shares its parent's head noun, or reads like its siblings that do.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from skosify_rad.blocks import Block, Item, ListBlock
from skosify_rad.english import (
    grade_code,
    head_noun,
    is_attribute,
    is_kind_adjective,
    is_qualifier,
    is_remark,
    names_a_thing,
    shares_head,
    step_of,
)
from skosify_rad.naming import Entry, Knows, read_entry

_NOBODY: Final = re.compile(
    r"^(?:others?|other\b.*|etc|misc\w*|none|n/?a|unknown|various|all|any|same|ditto|tbc|todo|\?+|-+|—|…|\.\.\.|normal|yes|no|nil)\W*$",
    re.IGNORECASE,
)
_MAX_WORDS: Final = 8
_NO_NAME: Final = -9


class Judged(NamedTuple):
    """An entry with how surely it names a thing."""

    block: Block
    """Item, cell or heading it stands in."""
    entry: Entry
    """What it names."""
    score: int
    """Below 0 a remark, 0 and 1 doubtful, 2 and more a name."""


def judge(block: Block, knows: Knows, parent: str = "") -> Judged:
    """Return the entry of a block with its score; `parent` is the name it may be a kind of."""
    entry = read_entry(block, knows)
    return Judged(block, entry, _score(entry, knows, parent, block))


def judge_all(blocks: Iterable[Block], knows: Knows, parent: str = "") -> list[Judged]:
    """Return siblings judged together: an author who starts all of them small means nothing by it."""
    judged = [judge(block, knows, parent) for block in blocks]
    small = [j for j in judged if _starts_small(j.entry)]
    if len(small) * 2 >= len(judged):
        judged = [j._replace(score=j.score + 1) if _starts_small(j.entry) and j.score > _NO_NAME else j for j in judged]
    return judged


def _starts_small(entry: Entry) -> bool:
    return entry.head[:1].islower() and not entry.marked


def _score(entry: Entry, knows: Knows, parent: str, block: Block) -> int:
    words = entry.head
    if not entry.names or not any(c.isalnum() for c in words) or words[0] in "([{" or _NOBODY.match(words):
        return _NO_NAME
    names = [n.words for n in entry.names]
    score = 0
    if all(n.link for n in entry.names) or all(n.link or knows(n.words) for n in entry.names):
        score += 3
    elif entry.marked:
        score += 1 + (len(words.split()) <= _MAX_WORDS) - 2 * (bool(entry.remark) and not entry.parted)
    if entry.parted and len(words.split()) <= 4:  # noqa: PLR2004 - `Abscess: restricts`
        score += 1
    if any(names_a_thing(n) for n in names):
        score += 2
    if parent and head_noun(parent) and any(head_noun(n) == head_noun(parent) for n in names):
        score += 2
    if any(grade_code(n)[1] for n in names):
        score += 1
    return score - _demerits(entry, knows, block)


def _demerits(entry: Entry, knows: Knows, block: Block) -> int:
    words, first = entry.head, entry.names[0]
    if first.link and len(entry.names) == 1:
        return 0
    points = 0
    if is_remark(words) and not knows(words):
        points += 4 if not entry.marked else 3
    if is_attribute(words) and not knows(words):
        points += 6
    if len(words.split()) > _MAX_WORDS:
        points += 2
    if words[:1].islower() and not entry.marked:
        points += 1
    text = block.text.strip()
    if not entry.marked and text.endswith(".") and len(text.split()) > 5 and not names_a_thing(words):  # noqa: PLR2004 - a sentence
        points += 1
    return points


def items_of(blocks: Iterable[Block]) -> list[Item]:
    """Return the items of the lists that stand directly among these blocks."""
    return [item for block in blocks if isinstance(block, ListBlock) for item in block.items]


def judge_items(items: Iterable[Item], knows: Knows, parent: str = "") -> list[Judged]:
    """Return every item judged."""
    return judge_all([item for item in items if item.raw or item.children], knows, parent)


def enumerates(judged: list[Judged], title: str) -> bool:
    """Tell whether siblings enumerate kinds of a title by their form alone.

    Steps of one scale (`Type I`, `Type II`; `Le Fort I`, `Le Fort II`), names with the title's head noun, or the
    adjectives by which diseases are divided (`Benign`, `Malignant`).
    """
    names = [j.entry.names[0].words for j in judged if j.score > _NO_NAME]
    if len(names) < 2:  # noqa: PLR2004 - one is no enumeration
        return False
    prefixes = [(noun or step_of(n)[0]).casefold() for n in names for noun, _ in (grade_code(n),)]
    steps = max((prefixes.count(p) for p in prefixes if p), default=0)
    heads = sum(shares_head(n, title) and j.score >= 0 for n, j in zip(names, judged, strict=False))
    return max(steps, heads, sum(map(is_kind_adjective, names))) * 2 > len(names) and max(steps, heads, 2) >= 2  # noqa: PLR2004


def are_names(judged: list[Judged], *, opened: bool) -> bool:
    """Tell whether items nested below a name enumerate things rather than remark on it.

    `opened`: the item above announces them, by a colon or by having nothing behind its name.
    """
    known = [j for j in judged if j.score > _NO_NAME]
    if not known:
        return False
    sure = sum(j.score >= 2 for j in known)  # noqa: PLR2004 - see Judged
    remarks = sum(j.score < 0 for j in known)
    kinds = sum(is_kind_adjective(j.entry.head) or bool(grade_code(j.entry.head)[1]) for j in known)
    if remarks * 2 > len(known) or (remarks and not opened):
        return False
    if sure * 2 > len(known) or sure + kinds == len(known):
        return True
    if opened and all(is_qualifier(j.entry.head) and not is_attribute(j.entry.head) for j in known) and len(known) > 1:
        return True
    return opened and remarks == 0 and sure + kinds > 0 and all(_short(j) for j in known)


def _short(judged: Judged) -> bool:
    return len(judged.entry.head.split()) <= 4 and not is_remark(judged.entry.head)  # noqa: PLR2004 - a name, not a clause


def is_group(judged: Judged) -> bool:
    """Tell whether an entry only gathers what is nested in it: `Benign:`, `Upper lobes`, `Young patients`."""
    head = judged.entry.head
    return judged.entry.opens and (
        is_qualifier(head) or is_attribute(head) or (not names_a_thing(head) and judged.score < 3)
    )  # noqa: PLR2004
