"""A list, a table column or a run of sub-headings -> the entries in it that name things.

What makes an item a name rather than a remark: it is a link, stands in bold, is known to the vault, ends in a noun
diseases are called by, shares its parent's head noun, or reads like its siblings that do.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from skosify_rad.extraction.compounds import Knows
from skosify_rad.extraction.item_heads import Entry, read_entry
from skosify_rad.language.english import (
    head_noun,
    is_attribute,
    is_kind_adjective,
    is_qualifier,
    is_remark,
    names_a_thing,
    shares_head,
)
from skosify_rad.language.grades import grade_code, step_of
from skosify_rad.language.spelling import fold
from skosify_rad.vault.markdown.blocks import Block, Item, ListBlock
from skosify_rad.vault.roles import VERSUS

_NOBODY: Final = re.compile(
    r"^(?:others?|other(?:\s+\S+)?|etc|misc\w*|none|n/?a|unknown|various|all|any|same|ditto|tbc|todo|\?+|-+|—|…|\.\.\.|normal|yes|no|nil"
    r"|(?:ddx|dd|differentials?)\b.*|[<>≤≥≈~]\s*\d.*|\d+(?:[.,]\d+)?\s*(?:cm|mm|%|years?|hu|points?))\W*$",
    re.IGNORECASE,
)
_SERIES: Final = re.compile(r"(?P<letters>[A-Z]{2,6})-?\d[A-Ca-c]?")
_LETTER: Final = re.compile(r"[^\W_]")
"""A letter or a digit."""
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
    if len(judged) > 1:
        judged = _told_apart(judged)
    small = [j for j in judged if _starts_small(j.entry)]
    if len(small) * 2 >= len(judged):
        judged = [j._replace(score=j.score + 1) if _starts_small(j.entry) and j.score > _NO_NAME else j for j in judged]
    return judged


def _told_apart(judged: list[Judged]) -> list[Judged]:
    """Give siblings of one name the bracket that tells them apart: `Descending (uncal)`, `Descending (central)`."""
    folded = [fold(j.entry.head) for j in judged]
    if len(set(folded)) == len(folded):
        return judged
    heads = Counter(folded)
    return [
        _with_bracket(j) if heads[head] > 1 and len(j.entry.names) == 1 else j
        for j, head in zip(judged, folded, strict=True)
    ]


def _with_bracket(judged: Judged) -> Judged:
    bracket = re.match(r"\([^()]{2,40}\)", judged.entry.remark)
    if bracket is None or not judged.entry.head:
        return judged
    words = f"{judged.entry.names[0].words} {bracket[0]}"
    name = judged.entry.names[0]._replace(words=words)
    return judged._replace(entry=judged.entry._replace(names=(name,), head=words))


def _starts_small(entry: Entry) -> bool:
    return entry.head[:1].islower() and not entry.marked


def _score(entry: Entry, knows: Knows, parent: str, block: Block) -> int:
    words = entry.head
    if _names_nobody(entry):
        return _NO_NAME
    names = [n.words for n in entry.names]
    own = head_noun(parent) if parent else ""
    score = 0
    if all(n.link or knows(n.words) for n in entry.names):
        score += 3
    elif entry.marked:
        score += 1 + (len(words.split()) <= _MAX_WORDS) - 2 * (bool(entry.remark) and not entry.parted)
    if entry.parted and len(words.split()) <= 4:  # noqa: PLR2004 - `Abscess: restricts`
        score += 1
    if any(names_a_thing(n.partition(",")[0]) for n in names):
        score += 2
    if own and own in [head_noun(n) for n in names]:
        score += 2
    if any(grade_code(n)[1] for n in names):
        score += 1
    return score - _demerits(entry, knows, block)


def _names_nobody(entry: Entry) -> bool:
    words = entry.head
    return (
        VERSUS.search(words) is not None
        or not entry.names
        or not _LETTER.search(words)
        or words[0] in "([{"
        or _NOBODY.match(words) is not None
    )


def _demerits(entry: Entry, knows: Knows, block: Block) -> int:
    words, first = entry.head, entry.names[0]
    if first.link and len(entry.names) == 1:
        return 0
    points = 0
    step = bool(grade_code(words)[1])
    if is_remark(words) and not knows(words) and not step and not _scale_of(words):
        points += 4 if not entry.marked else 3
    if is_attribute(words) and not knows(words) and not step:
        points += 6
    if max(len(n.words.split()) for n in entry.names) > _MAX_WORDS:
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
    known = [j for j in judged if j.score > _NO_NAME]
    found = kind_like(known, title)
    return len(found) >= 2 and len(found) * 2 > len(known)  # noqa: PLR2004 - one is no enumeration


def could_enumerate(items: Iterable[Item], knows: Knows, title: str) -> bool:
    """Tell whether items may enumerate kinds by their names; read no further than to see they do not."""
    named = [item for item in items if item.raw or item.children]
    found = known = 0
    for left, item in zip(range(len(named) - 1, -1, -1), named, strict=True):
        entry = read_entry(item, knows)
        if not _names_nobody(entry):
            known += 1
            found += _is_kind_by_form(entry.names[0].words, title)
        if found + found + left <= known:
            return False  # not even if all that are left were kinds
    return found > 1


def _is_kind_by_form(name: str, title: str) -> bool:
    return bool(_scale_of(name)) or is_kind_adjective(name) or shares_head(name, title)


def kind_like(judged: list[Judged], title: str) -> list[Judged]:
    """Return the siblings that are kinds of a title by their form; none where there is but one."""
    known = [j for j in judged if j.score > _NO_NAME]
    prefix = Counter(p for j in known if (p := _scale_of(j.entry.names[0].words)))
    steps = {p for p, number in prefix.items() if number > 1}
    found = [
        j
        for j in known
        if _scale_of(j.entry.names[0].words) in steps
        or (shares_head(j.entry.names[0].words, title) and j.score >= 0)
        or is_kind_adjective(j.entry.names[0].words)
    ]
    return found if len(found) > 1 else []


def _scale_of(name: str) -> str:
    """Return what a step is called after: `type` of `Type I`, `le fort` of `Le Fort II`; empty for other names."""
    series = _SERIES.fullmatch(name.strip())
    return (grade_code(name)[0] or step_of(name)[0] or (series["letters"] if series else "")).casefold()


def are_names(judged: list[Judged], *, opened: bool) -> bool:
    """Tell whether items nested below a name enumerate things rather than remark on it.

    `opened`: the item above announces them, by a colon or by having nothing behind its name.
    """
    known = [j for j in judged if j.score > _NO_NAME]
    if not known:
        return False
    sure = sum(j.score >= 2 and not _is_measured(j) for j in known)  # noqa: PLR2004 - see Judged
    remarks = sum(j.score < 0 for j in known)
    kinds = sum(_is_kind_word(j.entry.head) and not _is_measured(j) for j in known)
    if remarks * 2 > len(known) or (remarks and not opened):
        return False
    if remarks * 3 <= len(known):
        known = [j for j in known if j.score >= 0]
    if sure * 2 > len(known) or sure + kinds == len(known):
        return True
    if opened and all(is_qualifier(j.entry.head) and not is_attribute(j.entry.head) for j in known) and len(known) > 1:
        return True
    return opened and remarks == 0 and sure + kinds > 0 and all(_short(j) for j in known)


def _is_kind_word(head: str) -> bool:
    return is_kind_adjective(head) or bool(grade_code(head)[1] or _scale_of(head))


def _is_measured(judged: Judged) -> bool:
    """`Malignant 60-70%` measures: a number follows the word without a bracket."""
    return not judged.entry.parted and re.match(r"[<>≤≥~±]?\s*\d", judged.entry.remark) is not None


def _short(judged: Judged) -> bool:
    return len(judged.entry.head.partition(",")[0].split()) <= 4 and not is_remark(judged.entry.head)  # noqa: PLR2004 - a name, not a clause


def is_group(judged: Judged) -> bool:
    """Tell whether an entry only gathers what is nested in it: `Benign:`, `Upper lobes`, `Young patients`."""
    head = judged.entry.head
    return judged.entry.opens and (
        is_qualifier(head) or is_attribute(head) or (not names_a_thing(head) and judged.score < 3)  # noqa: PLR2004 - surely a name
    )
