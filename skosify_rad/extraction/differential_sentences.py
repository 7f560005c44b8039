"""Sentences that say what the differentials are: `A and B are the key differentials`, `Alternatives are A, B`."""

import re
from typing import Final

from skosify_rad.language.english import holds_any
from skosify_rad.language.spelling import small_letters
from skosify_rad.vault.markdown.inline import Inline

_VERB: Final = re.compile(
    r"\b(?:are|is) (?:the |a |an )?(?:key |main |important |other |common )*(?:differentials?|mimics?|differential diagnos[ei]s)\b"
    r"|\b(?:can|may) (?:mimic|simulate|be mistaken for|be confused with)\b",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"(?:^|(?<=[.;]\s))(?:the )?(?:most |main |key |important |common |usual |chief |other )*"
    r"(?:(?:ddx|d/d|(?:differentials?|alternatives?)(?: diagnos[ie]s)?(?: considerations?)?|alternative considerations?)"
    r"(?:\s+(?:in|for|when|with|if)\s[^:.;]{2,80}(?=:))?\s*(?::|=|\bincludes?\b|\bare\b)"
    r"|(?:it )?(?:(?:is |has )?to|must|should) be (?:distinguished|differentiated|separated) from\b)\s*(?=\S)",
    re.IGNORECASE,
)
_MAY_SAY: Final = ("differential", "ddx", "d/d", "alternative", "distinguish", "differentiated", "separated")
"""One of these stands in every sentence that says what the differentials are."""


def says_differentials(text: str) -> bool:
    """Return whether a text says what the differentials are, or what mimics the thing."""
    return _VERB.search(text) is not None or _SAYS.search(text) is not None


def find_named(text: Inline) -> tuple[Inline, str] | None:
    """Return the part of a text that names differentials, and by what: `said`, `distinguished`, `verb`; None if none."""
    if not holds_any(small_letters(text.text), _MAY_SAY):
        return None
    said = _SAYS.search(text.text)
    if said is not None:
        weak = said[0].lower().rstrip().endswith("from")
        return text.slice(said.end(), len(text.text)).strip(), "distinguished" if weak else "said"
    match = _VERB.search(text.text)
    if match is None or "differential" not in match[0].lower():
        return None
    before = text.slice(0, match.start())
    start = max(before.text.rfind(". "), before.text.rfind("\n")) + 1
    return before.slice(start, len(before.text)).strip(), "verb"
