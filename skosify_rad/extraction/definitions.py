"""Definitions: the sentence that names the genus and what is special (ISO 704); none rather than a wrong one."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.english import is_thing_word, sentences
from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.purpose import Purpose
from skosify_rad.extraction.reader import Reader
from skosify_rad.inline import LINE_BREAK
from skosify_rad.names import clean, fold
from skosify_rad.statements import Statement
from skosify_rad.vocab import SKOS

_GENUS: Final = frozenset(
    fold(word)
    for word in (
        "abnormality process proliferation overgrowth growth regrowth accumulation presence absence collection dilatation dilation"
        " enlargement inflammation swelling form type subtype variant variation group spectrum category complication manifestation"
        " appearance pattern finding phenomenon entity cyst pouch protrusion outpouching herniation narrowing obstruction loss lack"
        " death necrosis destruction displacement compression impingement instability malignancy cancer metaplasia dysplasia"
        " technique method procedure modality examination study test scan system classification scale score grading staging"
        " measurement index ratio line angle space region structure organ bone joint ligament muscle vessel agent drug medication"
        " substance hormone protein marker imaging sequence projection view radiograph complex change composition outgrowth"
        " hardening softening thickening thinning calcification deposition formation separation twisting deficiency excess increase"
        " decrease reduction failure inability response reaction state emergency disturbance gigantism communication connection"
        " replacement persistence arrest displacement subtype histiocytosis"
    ).split()
)
_STOP: Final = re.compile(
    r"\b(?:that|which|who|with|without|of|in|at|on|from|due|caused|characteri[sz]ed|consisting|affecting|involving|arising|typically"
    r"|usually|where|when|leading|resulting|secondary|by|for|to|seen|defined|within|composed|describing|using|between|through|causing"
    r"|producing|following|after|during|centred|centered|is|are|was)\b|[;:(→\u2013\u2014]"
)
_COPULA: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[:=]|[–—]|\b(?:is|are|refers? to|describes?|denotes?|means?|encompass(?:es)?|represents?|can be defined as)\b)\s*(?:defined as\s+)?",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"^(?:part of|see\b|related|link|source|reference|image|figure|back to|up\b|think|remember|classically|tags?\b|also\b|aka|a\.k\.a|synonyms?|note\b|there (?:are|is)"
    r"|e\.g|usually|often|commonly|typically|mostly|more common|most common(?:ly)? (?:in|at|seen|affect|cause|site|loc)|age\b|sex\b|male|female|incidence|peak|due to|caused? by?\b|causes?\b"
    r"|associated|from\b|look|check|assess|evaluate|always|never|can\b|may\b|up to|about|approximately|affects?\b|seen\b|occurs?\b|results?\b|if\b|when\b|used\b|best\b|risk"
    r"|mimics?|differential|ddx|diagnosis|treat|manage|key\b|in (?:popular|common|everyday|lay) (?:usage|use)|the (?:word|name)|literally)|^(?:→|=>|\d|https?:|>|<|↑|↓)",
    re.IGNORECASE,
)
_EPIDEMIOLOGY: Final = re.compile(r"\bpredominan(?:ce|t)\b.{0,12}$|\b(?:M|F|males?|females?)\s*[>=:]\s*(?:M|F|males?|females?|\d)|cause of death")
_MIN_WORDS: Final = 3
_PHRASE: Final = 14
_MAX_LENGTH: Final = 600
_SOURCES: Final = 4
"""So many paragraphs or items at the start of a section may hold the sentence."""


def defines(text: str, name: str) -> bool:
    """Tell whether a sentence says what a thing is: its first phrase ends in a genus, and more is said.

    >>> defines("Benign cartilage tumour of the medulla", "Enchondroma"), defines("Usually in adults", "Enchondroma")
    (True, False)
    """
    words = _without_subject(text, name)
    if "?" in text or _NOT.match(words) or _EPIDEMIOLOGY.search(words) or len(words.split()) < _MIN_WORDS:
        return False
    phrase = _STOP.split(words, maxsplit=1)[0].split()
    if not phrase:
        return False
    return any(_is_genus(word) for word in phrase[:_PHRASE]) or words != text


def _is_genus(word: str) -> bool:
    bare = word.strip("*_\"“”.()").lower()
    return is_thing_word(bare) or fold(bare) in _GENUS


def _without_subject(text: str, name: str) -> str:
    """Return a sentence without the subject's own name and the verb before its predicate."""
    text = text.strip(" *_\"“”")
    bare = name.split(" (", 1)[0]
    for start in (bare, "It", "This"):
        if text[: len(start)].casefold() == start.casefold():
            match = _COPULA.match(text[len(start) :])
            if match:
                return text[len(start) + match.end() :]
    return text


def read_definition(reader: Reader) -> None:
    """State the definition that a note gives of its subject, the first that defines."""
    title = reader.subject.words
    for node, strict in _sources(reader.root):
        text = (node.body if node.says.purpose is Purpose.DEFINITION and node.body.text else node.text).text
        text = text.replace(LINE_BREAK, " ")
        for start, end in sentences(text)[:2]:
            words = clean(text[start:end])
            good = len(words.split()) >= _MIN_WORDS and not words.endswith("?") and not _NOT.match(words)
            if good and (not strict or defines(words, title)):
                place = reader.place(node.block)
                line = node.block.line + text.count("\n", 0, start + len(text[start:end]) - len(text[start:end].lstrip()))
                words = words[:_MAX_LENGTH]
                reader.state(Statement(reader.subject, SKOS.definition, words, place._replace(line=line), node.path, "definition", words))
                return


def _sources(root: Node) -> Iterator[tuple[Node, bool]]:
    """Yield the nodes that may define, in order of trust, and whether the sentence must prove itself."""
    tagged = [node for node in root.walk() if "definition" in node.text.tags]
    yield from ((node, False) for node in tagged)
    said = [node for node in root.walk() if node.says.purpose is Purpose.DEFINITION and len(node.path) <= 2]  # noqa: PLR2004 - the note's
    for node in said:
        yield from ((inner, False) for inner in _first_texts(node))
    yield from ((node, True) for node in _first_texts(root))
    for node in root.children[:3]:
        if node.form is Form.CALLOUT or node.says.purpose is Purpose.OVERVIEW:
            yield from ((inner, True) for inner in _first_texts(node))
    for node in root.children[:2]:
        if node.form is Form.HEADING:
            yield from ((inner, True) for inner in _first_texts(node))


def _first_texts(node: Node) -> Iterator[Node]:
    """Yield the first paragraphs or items directly below a node."""
    if node.body.text and node.form is not Form.ROOT:
        yield node
    for child in node.children[:_SOURCES]:
        if child.form not in (Form.PARAGRAPH, Form.ITEM):
            return
        yield child
