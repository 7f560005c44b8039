"""Sentences that say what the differentials are: `A and B are the key differentials`, `Alternatives are A, B`."""

import re
from collections.abc import Callable
from typing import Final

from skosify_rad.extraction.candidates import Candidate
from skosify_rad.extraction.compounds import Knows
from skosify_rad.extraction.node import Node
from skosify_rad.extraction.sentences import read_clauses, read_emphasised, read_links, read_names
from skosify_rad.language.english import holds_any, is_qualifier, sentences
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
    r"|(?:other|further) [^.:;]{2,60}? (?:to be (?:borne in mind|considered)|to consider) (?:are|include)\b"
    r"|(?:it )?(?:(?:is |has )?to|must|should) be (?:distinguished|differentiated|separated) from\b)\s*(?=\S)",
    re.IGNORECASE,
)
_MAY_SAY: Final = (
    "differential",
    "ddx",
    "d/d",
    "alternative",
    "distinguish",
    "differentiated",
    "separated",
    "borne in mind",
    "consider",
)
"""One of these stands in every sentence that says what the differentials are."""
_FEW: Final = 2
"""Names of an enumeration each of which must be of a thing; of more, half, or two thirds."""


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


def name_in_prose(node: Node, knows: Knows, is_thing: Callable[[Candidate], bool]) -> list[Candidate]:
    """Return the things that a paragraph names: by an enumeration, else by links, emphasis or the subjects of clauses."""
    for text in (node.text, *(node.text.slice(*span) for span in sentences(node.text.text)[:1])):
        named = read_names(text.strip(" ."), node.block, knows, least=1)
        things = [one for one in named if is_thing(one)]
        enough = len(named) * (2 / 3 if text.links else 1 / 2)  # where there are links, other names are links mostly
        if named and (len(things) == len(named) or (len(named) > _FEW and len(things) >= enough)):
            return named
    for read in (read_emphasised, read_links, read_clauses):
        named = read(node.text, node.block, knows)
        things = [one for one in named if one.entry.names[0].link or (is_thing(one) and not is_qualifier(one.words))]
        if len(things) > 1 or (things and things[0].entry.names[0].link):
            return things
    return []
