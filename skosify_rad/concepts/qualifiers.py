"""Kinds in words that cannot stand alone: which they are, and the label that what they are kinds of completes.

`Chromophobe` beside `Clear cell` and `Papillary`, all below a renal cell carcinoma.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Protocol

from skosify_rad.language.english import head_noun, is_qualifier, names_a_thing
from skosify_rad.language.full_names import compose, lends_noun, names_parent, needs_parent
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention, Statement

_LONGEST: Final = 3
"""Words of what stands among bare qualifiers and may be one."""


class Vocabulary(Protocol):
    """What is asked of the vault."""

    def label_of(self, mention: Mention) -> str:
        """Return the label of the concept that a mention means; empty where it means none."""

    def may_qualify(self, mention: Mention) -> bool:
        """Tell whether a mention is one of those that `find_alike` found, and names nothing in the vault."""

    def knows(self, name: str) -> bool:
        """Tell whether a name is a title, an alias or the target of a link."""

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters somewhere."""


def find_alike(statements: Iterable[Statement]) -> frozenset[int]:
    """Return the identities of kinds that stand among bare qualifiers, and may be some themselves."""
    groups: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for s in statements:
        if s.predicate == SKOS.narrower and isinstance(s.object, Mention) and s.object.parent is not None:
            groups[id(s.object.parent), s.place.path].append(s.object)
    found: set[int] = set()
    for kinds in groups.values():
        parent = kinds[0].parent
        assert parent is not None
        bare = sum(needs_parent(k.words, parent.words) and not k.link for k in kinds)
        if bare * 2 >= len(kinds) and len(kinds) > 1:
            found.update(id(k) for k in kinds if not names_a_thing(k.words) and len(k.words.split()) <= _LONGEST)
    return frozenset(found)


def complete(mention: Mention, vault: Vocabulary) -> str:
    """Return the label a bare qualifier gets from its parent; empty where it stands alone."""
    if mention.parent is None:
        return ""
    above = mention.parent
    while above.parent is not None and not above.link and not lends_noun(above.words, mention.words):
        above = above.parent  # `Inguinal` below `Groin`, `Petit` below `Lumbar`: an inguinal, a Petit hernia
    label = vault.label_of(above)
    if not label or names_parent(mention.words, label):
        return ""
    bare = needs_parent(mention.words, label)
    if not bare and not (vault.may_qualify(mention) and head_noun(mention.words) != head_noun(label)):
        return ""
    if not is_qualifier(mention.words) and not mention.notation and vault.knows(mention.words):
        return ""
    return compose(mention.words, label, vault.seen_lower)
