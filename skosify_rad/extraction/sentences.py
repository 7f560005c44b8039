"""Names enumerated within a line: `Types: a, b and c`, `may be saccular or fusiform`."""

import re
from typing import Final

from skosify_rad.extraction.announce_sentence import announce_sentence
from skosify_rad.extraction.candidates import Candidate, make_candidate
from skosify_rad.extraction.compounds import Knows, pieces_of
from skosify_rad.extraction.node import Node
from skosify_rad.language.english import head_noun, is_remark, sentences
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.markdown.inline import Inline

_LEAD: Final = re.compile(
    r"^[^:]*?\binto\b[^:]{0,40}:\s+|^.*?\b(?:into|as|are|is|includes?|comprises?|namely|such as|e\.g\.)\b:?\s*"
    r"(?:(?:either|the following|both)\b:?\s*)?|^.*?(?::|\s[–—-])\s+",
    re.IGNORECASE | re.DOTALL,
)
_PART: Final = re.compile(r"[;,]\s+(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&|\+|vs\.?)\s+|\s+/\s+", re.IGNORECASE)
_INCLUDES: Final = re.compile(
    r"(?:the )?(?P<of>[^.:;,]{3,80}?)\s+(?:includes?|comprises?|encompass(?:es)?)\s", re.IGNORECASE
)
_GROUND: Final = re.compile(r"\s(?:based|according|depending|on the basis|by)\b.*$", re.IGNORECASE | re.DOTALL)
"""What is divided by, behind the enumeration: `as A or B based on ...`."""
_LONG: Final = 6
"""Words; more are a clause."""


def split_names(text: Inline, knows: Knows) -> list[Inline]:
    """Return the parts of a text between commas, `and` and `or`; brackets and links stay whole."""
    if knows(text.text.strip(" .")):
        return [text]
    return [text.slice(start, end).strip(" .;,") for start, end in pieces_of(text, _PART)]


def read_names(text: Inline, block: Block, knows: Knows, least: int = 2) -> list[Candidate]:
    """Return what an enumeration names, where every part of it may be a name; nothing where one may not."""
    parts = [part for part in split_names(text, knows) if part.text and part.text.lower() not in ("etc", "others")]
    if len(parts) < least or any(len(_bare(p)) > _LONG or (is_remark(p.text) and not p.links) for p in parts):
        return []
    found = [make_candidate(part, block, knows) for part in parts]
    return [candidate for candidate in found if candidate is not None]


def _bare(text: Inline) -> list[str]:
    return re.sub(r"\([^()]*\)", " ", text.text).split()


def _includes(sentence: str, topic: str) -> bool:
    """Return whether a sentence says what its topic includes: `Cystic tumours include ...` of those of the pancreas."""
    match = _INCLUDES.match(sentence)
    if match is None:
        return False
    return head_noun(match["of"]) == head_noun(topic) and set(fold(match["of"]).split()) <= set(fold(topic).split())


def read_enumeration(node: Node, topic: str, knows: Knows) -> list[Candidate]:
    """Return the kinds that a label's body or an announcing sentence enumerates."""
    if node.says.purpose is Purpose.KINDS and node.body.text and len(node.label.text.split()) <= _LONG:
        spans = sentences(node.body.text)
        first = node.body.slice(*spans[0]) if spans else node.body
        return read_names(first.strip(" ."), node.block, knows)
    spans = sentences(node.text.text)
    for start, end in spans:
        sentence = node.text.slice(start, end)
        if announce_sentence(sentence.text).purpose is not Purpose.KINDS and not _includes(sentence.text, topic):
            continue
        match = _LEAD.match(sentence.text)
        if match and match.end() < len(sentence.text):
            ground = _GROUND.search(sentence.text, match.end())
            behind = ground.start() if ground else len(sentence.text)
            found = read_names(sentence.slice(match.end(), behind).strip(" ."), node.block, knows)
            if found:
                return found
    return []
