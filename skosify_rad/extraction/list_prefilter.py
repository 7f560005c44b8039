"""Lists at a glance at their raw text: whether siblings could be kinds of a title by their form.

Judging every list of every note costs ten times the rest of extraction; these looks let nearly all go unjudged.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from skosify_rad.language.english import head_noun, holds_any
from skosify_rad.language.lexicon import KIND_ADJECTIVES
from skosify_rad.language.spelling import initials, small_letters
from skosify_rad.vault.roles import VERSUS

_STEP_WORDS: Final = tuple("type grade stage class category group level zone phase score tier degree".split())
_STEP_NOUNS: Final = (*_STEP_WORDS, "variant")
_STEP_CODE: Final = re.compile(r"[\s*_-](?:[ivx]{1,4}|\d{1,2}|[a-z]{1,5}-?\d)[a-c]?\b")
_STEP_LENGTH: Final = 60
"""Characters of an item in which its step is looked for."""
_STEP_TOKENS: Final = frozenset(_STEP_WORDS) | {
    "".join(letters) + end for size in (1, 2, 3, 4) for letters in product("ivx", repeat=size) for end in ("", *"abc")
}
_MAY_COUNT: Final = re.compile(r"[\d_]")
_LENGTH: Final = 200
"""Characters of an item that are looked at."""
_MANY: Final = 50
"""More items are not looked at together."""
_WORD: Final = re.compile(r"\w+")
_TOKEN: Final = re.compile(r"[^\W_]\w*")
_FIRST_WORD: Final = re.compile(r"[\W_]*(\w+)")
_PLAIN_START: Final = re.compile(r"\**([a-z]{3,})(?!\))")
_NOBODY_STARTS: Final = re.compile(
    r"oth|etc|misc|non|unknown|various|all|any|same|ditto|tbc|todo|normal|yes|nil|ddx|diff"
)
"""The first letters of words that name nobody (see `entries`), when they are three at least."""
_CODED: Final = re.compile(r"(?<![A-Za-z])(?:[0-9]|[A-Z](?![a-z])|[IVX][a-hx](?![a-z]))|[^\W\x00-\x7f]|\[\[")
"""What a name may be a kind by that small letters do not show: a code, an abbreviation, a foreign letter, a link."""
_SHORT_PREFIXES: Final = ("re", "de", "co")


class _Looks(NamedTuple):
    """How names of kinds of a title look in small letters."""

    nouns: tuple[str, ...]
    """Beginnings of the title's noun, as written and folded."""
    initials: str
    """The initials of the title."""
    stems: tuple[str, ...]
    """One of these is in all that looks like its name or its initials."""
    folded: str
    """The first letters of the folded noun that no spelling changes."""


def may_enumerate(raws: Iterable[str], title: str) -> bool:
    """Tell, at a glance at the raw text, whether siblings could be kinds of a title by their form.

    Two of them at least must look it, and more than half must possibly be one.
    """
    heads, looks = [raw[:_LENGTH] for raw in raws], _looks(title)
    steps = True
    if len(heads) <= _MANY:  # one look for all: most lists have none
        joined = "\n".join(heads)
        tokens = _TOKEN.findall(small_letters(joined))
        steps = not _STEP_TOKENS.isdisjoint(tokens) or _MAY_COUNT.search(joined) is not None
        if not steps and KIND_ADJECTIVES.isdisjoint(tokens) and not holds_any(joined.lower(), looks.stems):
            return False
    if sum([_looks_like_kind(head, looks, steps=steps) for head in heads]) < 2:  # noqa: PLR2004 - one is no enumeration
        return False
    possible = sum([_may_be_kind(head, looks) for head in heads])
    return possible * 2 > len(heads) or possible * 2 > sum([_surely_names(head) for head in heads])


@lru_cache(maxsize=1024)  # every list of a note asks it about the same title
def _looks(title: str) -> _Looks:
    written = title.split(" (", 1)[0].split()[-1:] or [""]
    noun = head_noun(title)
    nouns = {written[0].lower()[:4], noun[:4]} - {""}
    capitals = initials(title).lower()
    stems = nouns | ({capitals} - {""})
    return _Looks(tuple(nouns), capitals, tuple(stems), noun[: 2 if noun.startswith(_SHORT_PREFIXES) else 3])


def _looks_like_kind(head: str, looks: _Looks, *, steps: bool) -> bool:
    lower = head.lower()
    if holds_any(lower, looks.nouns) or _starts_as_kind(lower) or (steps and _may_be_step(head[:_STEP_LENGTH])):
        return True
    # the `o` of `Osteonecrosis` is in every line, and tells nothing where no line could be a kind for another reason
    return bool(looks.initials) and looks.initials in lower and _may_be_kind(head, looks)


def _may_be_kind(head: str, looks: _Looks) -> bool:
    """Tell whether there is anything at all by which an item may be a kind of a title, whatever its spelling."""
    if _CODED.search(head):
        return True
    small = small_letters(head)
    noun = bool(looks.folded) and looks.folded in small.replace("ae", "e").replace("oe", "e")
    return noun or holds_any(small, _STEP_NOUNS) or not KIND_ADJECTIVES.isdisjoint(_TOKEN.findall(small))


def _surely_names(head: str) -> bool:
    """Tell whether an item names something, whatever it is: judging it cannot leave it out of account."""
    start = _PLAIN_START.match(head.lower())
    return start is not None and _NOBODY_STARTS.match(start[1]) is None and VERSUS.search(head) is None


def _starts_as_kind(lower: str) -> bool:
    first = _FIRST_WORD.match(lower)
    return first is not None and first[1] in KIND_ADJECTIVES


def _may_be_step(raw: str) -> bool:
    small = small_letters(raw)
    named = holds_any(small, _STEP_WORDS) and not set(_WORD.findall(small)).isdisjoint(_STEP_WORDS)
    return named or _STEP_CODE.search(" " + small) is not None
