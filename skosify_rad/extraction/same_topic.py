"""Whether a name in a heading means the topic."""

import re
from typing import Final

from skosify_rad.extraction.words import EMPTY
from skosify_rad.language.spelling import fold

_BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def is_same(name: str, topic: str) -> bool:
    """Return whether a name in a heading means the topic itself: equal, its initials, or `the disease`."""
    mine, theirs = fold(name).split(), fold(_BRACKET.sub("", topic)).split()
    initials = "".join(word[0] for word in theirs)
    mine, theirs = ([w for w in words if w not in EMPTY] or words for words in (mine, theirs))
    same = set(mine) <= EMPTY or mine in (theirs, [initials])
    return same or (set(mine) <= set(theirs) and mine[-1] == theirs[-1])
