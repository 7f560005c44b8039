"""What stands behind a listed kind or grade: its definition where it defines, else its scope note."""

import re
from typing import Final

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.definitions import defines
from skosify_rad.extraction.reader import Reader
from skosify_rad.language.english import names_a_thing
from skosify_rad.language.spelling import clean
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention, Statement

_CRITERION: Final = re.compile(r"[<>≤≥]\s*\d|\d\s*[–-]\s*\d")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_BRACKETED: Final = re.compile(r"^\(([^()]*)\)$")
_OPENING: Final = re.compile(r"^(?:\([^()]*\)\s*)+")
_LINK: Final = re.compile(r"\b(?:of|with|without|that|which|in|due|from|caused|arising|where|characteri[sz]ed)\b")
"""What joins a genus to what is special; a remark without it only lists."""
_HALF: Final = re.compile(r"\b(?:of|in|with|on|by|to|from|and|or|the|an?)$", re.IGNORECASE)
"""Half a phrase says nothing."""
_LONGEST: Final = 600
_MEASURE_WORDS: Final = 8
_LEAD: Final = " :;.–—-→=,"


def state_remarks(reader: Reader, found: CandidateSet, made: dict[int, list[Mention]]) -> None:
    """State what a note says of each kind that it lists."""
    for item in found.items:
        mentions = made.get(id(item), [])
        text = _read_remark(item.remark)
        if len(mentions) != 1 or not _LETTERS.search(text) or len(text.split()) < 2:  # noqa: PLR2004 - a word says nothing
            continue
        if _HALF.search(text):
            continue
        kind = mentions[0]
        predicate = SKOS.definition if _defines(item, kind, text) else SKOS.scopeNote
        if predicate == SKOS.definition and (kind.link or reader.knows(kind.words)):
            predicate = SKOS.scopeNote  # its own note defines it
        reader.state(Statement(kind, predicate, text, kind.place, found.path, "remark", text, 4))


def _read_remark(remark: str) -> str:
    """Return the words of a remark: those behind the bracket that it opens with, or in it where nothing follows.

    >>> _read_remark("(quiet): intact rim"), _read_remark("(late, rare)")
    ('intact rim', 'late, rare')
    """
    text = clean(remark).strip(_LEAD)
    behind = _OPENING.sub("", text).strip(_LEAD)
    return (behind or _BRACKETED.sub(r"\1", text))[:_LONGEST]


def _lists_things(text: str) -> bool:
    """Return whether a remark only lists things: `Blastoma of the lung, goitre, cystic nephroma`."""
    parts = text.split(", ")
    return len(parts) > 2 and sum(map(names_a_thing, parts)) * 2 > len(parts)  # noqa: PLR2004 - fewer say more


def _defines(item: Candidate, kind: Mention, text: str) -> bool:
    """Return whether a remark says what the kind is: a criterion of a grade, or genus and difference."""
    if not kind.notation and (len(item.points) > 1 or _lists_things(text)):
        return False  # the cells of a row, each below its own header
    measured = _CRITERION.search(text) is not None and len(text.split()) <= _MEASURE_WORDS
    whole = _BRACKETED.fullmatch(clean(item.remark).strip(_LEAD)) is None and _LINK.search(text) is not None
    return bool(kind.notation) or measured or (whole and defines(text, item.words))
