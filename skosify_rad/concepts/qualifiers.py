"""Subtypes whose words cannot stand alone: find them, and complete their labels with the parent's.

`Chromophobe` beside `Clear cell` and `Papillary`, all below a renal cell carcinoma.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from skosify_rad.language.english import head_noun, is_qualifier, names_a_thing
from skosify_rad.language.full_names import compose, is_compound, lends_noun, names_parent, needs_parent
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention, Statement

_CODE: Final = lazy_pattern(r"[A-Z]{1,2}\d{1,2}[a-c]?|[A-Z]{1,2}")
"""A bare code of one or two letters."""
_LONGEST: Final = 3
"""Words of a mention that may be a bare qualifier."""


class Vocabulary(Protocol):
    """What `complete` needs to know of the vault."""

    def label_of(self, mention: Mention) -> str:
        """Return the label of the concept that a mention means; empty if there is none."""

    def may_qualify(self, mention: Mention) -> bool:
        """Return whether `find_alike` found a mention and it is not the name of a concept."""

    def parent_of_code(self, mention: Mention) -> Mention | None:
        """Return the parent of a mention that `find_codes` found; None for others."""

    def knows(self, name: str) -> bool:
        """Return whether a name is a title, an alias or a link target."""

    def seen_lower(self, word: str) -> bool:
        """Return whether a word occurs in lower case in the vault."""


def find_alike(statements: Iterable[Statement]) -> frozenset[int]:
    """Return the `id()` of subtypes that are listed with bare qualifiers and may be qualifiers themselves."""
    found: set[int] = set()
    for parent, kinds in _list_siblings(statements):
        free = [kind for kind in kinds if not kind.link]
        bare = sum(needs_parent(kind.words, parent.words) or is_compound(kind.words) for kind in free)
        if bare * 2 >= len(kinds) and len(kinds) > 1:
            found.update(id(k) for k in kinds if not names_a_thing(k.words) and len(k.words.split()) <= _LONGEST)
    return frozenset(found)


def find_codes(statements: Iterable[Statement]) -> dict[tuple[str, Place], Mention]:
    """Return the bare codes in lists of codes, with their parents, by words and place: `L1`, `L2`, `MS`.

    One of them must have a digit. Statements about a code may hold it without its parent.
    """
    found: dict[tuple[str, Place], Mention] = {}
    for parent, kinds in _list_siblings(statements):
        codes = [k for k in kinds if _CODE.fullmatch(k.words) and not k.link]
        if len(codes) > 1 and any(c.isdigit() for k in codes for c in k.words):
            found.update(((k.words, k.place), parent) for k in codes)
    return found


def _list_siblings(statements: Iterable[Statement]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield each parent with the kinds that one note lists below it."""
    groups: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for s in statements:
        if s.predicate == SKOS.narrower and isinstance(s.object, Mention) and s.object.parent is not None:
            groups[id(s.object.parent), s.place.path].append(s.object)
    for kinds in groups.values():
        assert kinds[0].parent is not None
        yield kinds[0].parent, kinds


def complete(mention: Mention, vault: Vocabulary) -> str:
    """Return a bare qualifier completed by its parent's label; empty if the mention stands alone."""
    above = mention.parent or vault.parent_of_code(mention)
    if above is None:
        return ""
    while above.parent is not None and not above.link and not lends_noun(above.words, mention.words):
        above = above.parent  # `Inguinal` below `Groin`, `Petit` below `Lumbar`: an inguinal, a Petit hernia
    label = vault.label_of(above)
    if not label or names_parent(mention.words, label):
        return ""
    if vault.parent_of_code(mention):
        return f"{label} {mention.words}"
    bare = needs_parent(mention.words, label)
    if not bare and not (vault.may_qualify(mention) and head_noun(mention.words) != head_noun(label)):
        return ""
    if not is_qualifier(mention.words) and not mention.notation and vault.knows(mention.words):
        return ""
    return compose(mention.words, label, vault.seen_lower)
