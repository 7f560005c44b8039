"""Differentials that are hinted at: phrases of likeness, otherness and doubt, and names behind a condition."""

import re
from typing import Final

from skosify_rad.extraction.candidates import Candidate
from skosify_rad.extraction.compounds import Knows
from skosify_rad.language.english import is_attribute, is_qualifier, is_remark, names_a_thing
from skosify_rad.vault.markdown.inline import Inline

_ARROW: Final = re.compile(r"\s*(?:[→⇒➜➔]|[-=]+>)\s*")
_ASKS: Final = re.compile(
    r"(?:who|when|how|why|where|which|is|are|do|does|can|should|name|list|give|describe|state)\b", re.IGNORECASE
)
"""How a question or a task starts that is none about what else it could be."""
_HINT: Final = re.compile(
    r"^others? (?!causes?\b)|\b(?:else|instead|otherwise|alternativ\w*|besides|(?:could|might) (?:also )?be"
    r"|looks? (?:like|similar|alike|the same|it)|looking|resembl\w*|simulat\w*|imitat\w*|mimic\w*|similar\w*|alike|confus\w*"
    r"|mistak\w*|fool\w*|apart|(?:is|are)(?:n['’]?t| not)|different from)\b|^(?!what\b).+\?$",
    re.IGNORECASE,
)
"""Words of likeness, otherness and doubt: what is listed below may be differentials, if it is things."""


def hints_at_others(words: str) -> bool:
    """Return whether a phrase may announce what else something could be: `RIF pain but it isn't?`."""
    return not _ASKS.match(words) and _HINT.search(words) is not None


def is_named(one: Candidate, knows: Knows) -> bool:
    """Return whether a candidate is a link, a known name or a noun of diseases, and no remark or property."""
    if is_remark(one.words) or is_attribute(one.words):
        return False
    return all(name.link or knows(name.words) or names_a_thing(name.words) for name in one.entry.names)


def find_arrow(text: Inline) -> re.Match[str] | None:
    """Return the first arrow of a text."""
    return _ARROW.search(text.text)


def behind_condition(text: Inline) -> Inline | None:
    """Return the name behind a condition and an arrow, `In lactation → lactating adenoma`; None where there is none."""
    arrow = find_arrow(text)
    if arrow is None:
        return None
    before, behind = text.slice(0, arrow.start()).strip(), text.slice(arrow.end(), len(text.text)).strip(" .")
    conditional = is_remark(before.text) or is_attribute(before.text) or is_qualifier(before.text)
    if before.links or before.strong or not conditional or find_arrow(behind):
        return None
    return behind if behind.links or behind.strong or names_a_thing(re.split(r"[(,]| or ", behind.text)[0]) else None


def may_stand_alone(candidate: Candidate) -> bool:
    """Return whether a part between commas is a name of its own: no remark, no bare adjective, a word or four."""
    words = candidate.words
    return len(words.split()) <= 4 and not is_remark(words) and not is_qualifier(words) and not is_attribute(words)  # noqa: PLR2004 - a name
