"""Names enumerated within a line: `Types: a, b and c`, `may be saccular or fusiform`."""

import re
from typing import Final

from skosify_rad.extraction.announce_sentence import announce_sentence
from skosify_rad.extraction.candidates import Candidate, make_candidate
from skosify_rad.extraction.compounds import Knows, pieces_of
from skosify_rad.extraction.node import Form, Node
from skosify_rad.language.chinese import CJK
from skosify_rad.language.english import (
    find_core,
    has_verb,
    is_qualifier,
    is_remark,
    names_a_thing,
    sentences,
    shares_head,
)
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.markdown.inline import Inline

_DIVIDED: Final = re.compile(
    r"\b(?:sub-?)?(?:divided|classified|grouped|categori[sz]ed|separated|split)\b[^;:]{0,80}?\b(?:into|in|as)\s+"
    r"(?:[^:.;]{1,60}:\s+)?(?:either\s+|both\s+)?(?:(?:a|an|the)\s+)?(?=\S)",
    re.IGNORECASE,
)
"""How a sentence that divides goes on to the parts: `is commonly divided, by site, into a cellular and a fibrotic form`."""
_MAY_BE: Final = re.compile(r"(?:it|they|these|this) (?:may|can) be\b", re.IGNORECASE)
"""How a sentence starts that may divide its subject: `It may be *idiopathic* or *secondary*`."""
_COUNTED: Final = re.compile(r"(?:two|three|four|five|six|seven|eight|\d)\s*[:–-]\s+", re.IGNORECASE)
_LISTED: Final = re.compile(r"[^:;]{3,150}:\s+(?=[^:]+,)")
"""A clause and a colon before an enumeration."""
_GENERIC_END: Final = re.compile(
    r"\s+(?:ones?|forms?|types?|variants?|varieties|kinds|groups?|categories|classes|subtypes?)$"
)
_LEAD: Final = re.compile(
    r"^[^:]*?\binto\b[^:]{0,40}:\s+|^.*?\b(?:into|as|are|is|includes?|comprises?|namely|such as|e\.g\.)\b:?\s*"
    r"(?:(?:either|the following|both)\b:?\s*)?|^.*?(?::|\s[–—-])\s+",
    re.IGNORECASE | re.DOTALL,
)
_PART: Final = re.compile(
    r"[;,]\s+(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&|\+|vs\.?)\s+|\s+[/·•|]\s+|\s+>+\s+(?=[^\W\d_])", re.IGNORECASE
)
_ASKS: Final = re.compile(
    r"\b(?:think (?:also )?of|consider|(?:is|are) mimicked by|to be considered are)\s+", re.IGNORECASE
)
"""How a clause starts that asks to consider what follows."""
_ASIDE: Final = re.compile(r",\s+(?:with |in |of |from )?(?:which|that|but|although|though|whereas|especially)\s")
"""Where an enumeration goes on into a clause."""
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
    aside = _ASIDE.search(text.text)
    text = text.slice(0, aside.start()) if aside else text
    parts = [part for part in split_names(text, knows) if part.text and part.text.lower() not in ("etc", "others")]
    if len(parts) < least or any(len(_bare(p)) > _LONG or (_remarks(p) and not p.links) for p in parts):
        return []
    found = [make_candidate(part, block, knows) for part in parts]
    return [candidate for candidate in found if candidate is not None]


def read_links(text: Inline, block: Block, knows: Knows) -> list[Candidate]:
    """Return the links of a text, each of which names something by itself."""
    found = [make_candidate(text.slice(link.start, link.end), block, knows) for link in text.links]
    return [candidate for candidate in found if candidate is not None]


def read_emphasised(text: Inline, block: Block, knows: Knows) -> list[Candidate]:
    """Return what the words in bold or italics of running text name; empty if there are fewer than two."""
    spans = sorted({*text.strong, *text.italic})
    parts = [text.slice(start, end).strip(" .,;:") for start, end in spans]
    found = [make_candidate(Inline(part.text, part.links), block, knows) for part in parts if part.text]
    named = [one for one in found if one is not None and len(one.words.split()) <= _LONG]
    return named if len(named) > 1 else []


def read_clauses(text: Inline, block: Block, knows: Knows) -> list[Candidate]:
    """Return what the clauses of running text speak of, and what they ask to consider.

    `Gout is painful; myeloma and lymphoma come next. In children think of leukaemia` names four.
    """
    found: list[Candidate] = []
    for start, end in sentences(text.text):
        for clause in re.finditer(r"[^;]+", text.text[start:end]):
            part = text.slice(start + clause.start(), start + clause.end()).strip(" .")
            asks = _ASKS.search(part.text)
            verb = next((word for word in re.finditer(r"(?<=\s)[a-z]+", part.text) if has_verb(word[0])), None)
            named = (
                part.slice(asks.end(), len(part.text)) if asks else part.slice(0, verb.start()) if verb else Inline("")
            )
            found += read_names(named.strip(), block, knows, least=1)
    return found


def _bare(text: Inline) -> list[str]:
    """Return the words of a name before its brackets and its first preposition."""
    return find_core(_open(text)).split()


def _remarks(part: Inline) -> bool:
    """Return whether a part says something; in English a bracket may, behind a name."""
    return is_remark(part.text if CJK.search(part.text) else _open(part))


def _open(text: Inline) -> str:
    """Return a text without its brackets."""
    return re.sub(r"\([^()]*\)", " ", text.text).strip()


def read_enumeration(node: Node, topic: str, knows: Knows, *, told: bool = False) -> tuple[str, list[Candidate]]:
    """Return the kinds that a label's body or an announcing sentence enumerates, and the form: `division`, `enumeration`.

    What a sentence divides something into needs less proof than what it merely includes. Where a heading tells
    of kinds, what the paragraph emphasises comes first: `emphasis`.
    """
    if node.says.purpose is Purpose.KINDS and node.body.text and len(node.label.text.split()) <= _LONG:
        spans = sentences(node.body.text)
        first = node.body.slice(*spans[0]) if spans else node.body
        count = _COUNTED.match(first.text)
        first = first.slice(count.end(), len(first.text)) if count else first
        return "enumeration", read_names(first.strip(" ."), node.block, knows)
    if told and (found := read_emphasised_kinds(node, topic, knows)):
        return "emphasis", found
    spans = sentences(node.text.text)
    for start, end in spans:
        sentence = node.text.slice(start, end)
        may_be = _MAY_BE.match(sentence.text) if node.text.strong or node.text.italic or node.text.links else None
        if may_be:
            found = read_emphasised(sentence.slice(may_be.end(), end), node.block, knows)
            if len(found) > 1 and all(is_qualifier(one.words) for one in found):
                return "division", found
        if announce_sentence(sentence.text).purpose is not Purpose.KINDS:
            continue
        match = _DIVIDED.search(sentence.text) or _LISTED.match(sentence.text) or _LEAD.match(sentence.text)
        if match and match.end() < len(sentence.text):
            ground = _GROUND.search(sentence.text, match.end())
            behind = ground.start() if ground else len(sentence.text)
            rest = sentence.slice(match.end(), behind)
            rest = rest.slice(0, len(rest.text.split(";", 1)[0])).strip(" .")
            last = _GENERIC_END.search(rest.text)
            found = read_names(rest.slice(0, last.start()) if last else rest, node.block, knows)
            if match.re is _DIVIDED:
                found = found or read_emphasised(rest, node.block, knows)
            if found:
                return "division" if match.re is _DIVIDED else "enumeration", found
    alone = told and node.form is Form.PARAGRAPH and len(spans) == 1 and not node.body.text
    found = read_names(node.text.strip(" ."), node.block, knows) if alone else []
    plain = all(one.entry.marked or is_qualifier(one.words) or names_a_thing(one.words) for one in found)
    return "enumeration", found if plain else []


def read_emphasised_kinds(node: Node, topic: str, knows: Knows) -> list[Candidate]:
    """Return the kinds that an announced paragraph emphasises: adjectives, and names with the topic's head noun."""
    found = read_emphasised(node.text, node.block, knows) if node.form is Form.PARAGRAPH else []
    return found if all(is_qualifier(one.words) or shares_head(one.words, topic) for one in found) else []
