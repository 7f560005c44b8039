"""What distinguishes two differentials, fit to be read alone; and which of two names is the subject itself."""

import re
from typing import Final

from skosify_rad.language.spelling import abbreviates, clean, fold
from skosify_rad.vault.markdown.blocks import Table

_LEAD: Final = re.compile(r"^(?:[-=]>\s*|(?![-–−]\d|>\s*\d)[-–—•*>→➜⇒=:,]\s*)+")
"""Signs before a remark; not the minus of `-100 HU`, nor the sign of `> 2 cm`."""
_BREAK: Final = re.compile(r"[\v\n]")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ABBREVIATION: Final = re.compile(r"^\([A-Z][A-Za-z0-9-]{1,7}\)\s*[:–—-]?\s*")


def is_subject(name: str, title: str) -> bool:
    """Tell whether a name in a comparison is the note's own subject, abbreviated or shortened."""
    bare = title.split(" (", 1)[0]
    return fold(name) in (fold(title), fold(bare)) or abbreviates(name, bare) or abbreviates(bare, name)


def tidy(text: str) -> str:
    r"""Return a remark fit to be read alone: no abbreviation in brackets, no leading signs, breaks as semicolons.

    >>> tidy("(UPS) (very heterogeneous, necrosis)"), tidy("- Older\v- Less florid")
    ('very heterogeneous, necrosis', 'Older; Less florid')
    """
    pieces = [_LEAD.sub("", clean(p)).strip(" ;") for p in _BREAK.split(text)]
    joined = "; ".join(p for p in pieces if p)
    joined = _ABBREVIATION.sub("", joined)
    whole = _BRACKETED.fullmatch(joined)
    return (whole[1] or whole[2]) if whole else joined


def column_remark(table: Table, index: int) -> str:
    """Return what a comparison table says of the thing in one of its columns."""
    rows = [(tidy(row[0].text), tidy(row[index].text)) for row in table.rows if index < len(row)]
    return "; ".join(f"{h}: {t}" if h else t for h, t in rows if t)
