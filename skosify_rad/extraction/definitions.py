"""Definitions: the sentence that names the genus and what is special (ISO 704); none rather than a wrong one."""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.node import Form, Node
from skosify_rad.extraction.reader import Reader
from skosify_rad.extraction.same_topic import is_same
from skosify_rad.language.english import has_verb, is_thing_word, names_a_thing, sentences
from skosify_rad.language.lexicon import FINITE
from skosify_rad.language.spelling import clean, fold, initials
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Statement
from skosify_rad.vault.markdown.inline import LINE_BREAK

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
        " replacement persistence arrest displacement tapering subtype histiocytosis intermediate precursor term papule picture dyscrasia acronym"
    ).split()
)
_STOPS: Final = frozenset(
    "that which who with without of in at on from due caused characterised characterized consisting affecting involving arising"
    " typically usually where when leading resulting secondary by for to seen defined within composed describing using between"
    " through causing producing following after during along centred centered is are was has have and/or → – — = vs".split()
)
"""Words behind which no genus follows any more."""
_NOUN_ENDS: Final = ("ation", "ition", "ction", "sion", "ment", "sis", "pathy", "ness", "oma", "itis", "down", "uptake")
_COPULA: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[:=]|[–—]|\b(?:is|are|refers? to|describes?|denotes?|means?|encompass(?:es)?|represents?|can be defined as)\b)\s*(?:defined as\s+|(?:therefore|thus|essentially|basically)\s+)?",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"^(?:part of (?![^,(]{3,80}[,(])|see\b|related|link|source|reference|image|figure|back to|up\b|think|remember|classically|tags?\b|also\b|aka|a\.k\.a|synonyms?|note\b|there (?:are|is)"
    r"|e\.g|usually|often|commonly|typically|mostly|more common|most common(?:ly)? (?:in|at|seen|affect|cause|site|loc)|age\b(?!-)|sex\b|male|female|incidence|peak|due to|caused? by?\b|causes?\b"
    r"|associated|from\b|look|check|assess|evaluate|always|never|can\b|may\b|up to|about|approximately|affects?\b|seen\b|occurs?\b|results?\b|if\b|when\b|used\b|best\b|risk"
    r"|mimics?|differentia|ddx|diagnosis|treat|manage|key\b|in (?:popular|common|everyday|lay) (?:usage|use)|the (?:word|name)|literally|the term|all\b|hence\b|thus\b|these\b|they\b|some\b|each\b|both\b|many\b|mc\b|m/c\b|mcc\b)|^(?:→|=>|\d|https?:|>|<|↑|↓)",
    re.IGNORECASE,
)
_EPIDEMIOLOGY: Final = re.compile(
    r"\bpredominan(?:ce|t)\b.{0,12}$|\b(?:M|F|males?|females?)\s*[>=:]\s*(?:M|F|males?|females?|\d)|cause of death"
)
_FREQUENCY: Final = re.compile(r"(?:the\s+)?(?:(?:second|third|2nd|3rd)\s+)?(?:most|commonest)\b", re.IGNORECASE)
"""`Most common benign bone tumour` says how often, not what: another sentence is preferred."""
_CORE: Final = re.compile(r"(?:core|key) (?:idea|concept|point)|definition|concept|what is it|in short", re.IGNORECASE)
_SUMMARY: Final = re.compile(r"summary|overview|description", re.IGNORECASE)
_NOUN_PHRASE: Final = re.compile(r"[Aa]n? (?:[\w-]+ ){1,4}(?:of|within|in|that|which|caused|due|between|with)\b")
"""`A focus of compact bone`: an article and a noun that is said more of."""
_MADE_OF: Final = re.compile(r"(?:composed|consists|made up) of \w|part of [^,(]{3,80}[,(]", re.IGNORECASE)
_STATEMENT: Final = re.compile(
    r"(?:(?!(?:that|which|who|where|when|in|it)\b)[^\s,;:(=→–—]+ ){1,9}(?:is|are|was|were|has|have|can|may)\b(?! (?:an?|the|any|one)\b)",
    re.IGNORECASE,
)
"""`The usual pattern is ...` says something of another thing."""
_OPEN_END: Final = re.compile(r":$|\b(?:of|with|as|includes?|including|like|are)$", re.IGNORECASE)
"""How a sentence ends that the list below goes on with."""
_TAGS: Final = frozenset(("definition", "def", "oneliner", "one-liner", "tldr"))
"""Hashtags of a line that defines."""
_TASK: Final = re.compile(
    r"(?:list|discuss|describe|give|mention|explain|outline|enumerate|define|compare|differentiate|write|draw|classify"
    r"|(?:name|state) the|how|what|why|when|which)\b",
    re.IGNORECASE,
)
"""A question or a task of an examination opens so: `Discuss the management of ...`."""
_BRACKET: Final = re.compile(r"\([^()]*\)")
_ABBREVIATION: Final = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_SETTING: Final = re.compile(r"^In [\w-]+(?: [\w-]+)?, (?=it\b|this\b)", re.IGNORECASE)
"""`In radiology, it is ...`: what stands before the subject."""
_QUANTITY: Final = re.compile(r"[~<>≥≤±]\s?\d|\d\s?(?:%|[-–]\s?\d)")
_ARTICLE: Final = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)
_ITALIC: Final = re.compile(r"([*_])(?![*_]).*\1", re.DOTALL)
"""A paragraph in italics is a caption or a remark."""
_JOINED: Final = re.compile(r"(?:[\w'’-]+ ){1,6}(?:of|due|in|against|between|within|through|caused|causing|from|by)\b")
_ARROW: Final = re.compile(r"(?:[^\s→>]+ ){1,4}(?:→|->|=>)")
"""A few words and an arrow tell what leads to what."""
_LABEL_WORDS: Final = 4
_COLON: Final = re.compile(r"[:=–—]|--")
_MIN_WORDS: Final = 3
_PHRASE: Final = 14
_MAX_LENGTH: Final = 600
_SOURCES: Final = 4
"""So many paragraphs or items at the start of a section may hold the sentence."""


def defines(text: str, name: str) -> bool:
    """Return whether a sentence says what a thing is: its first phrase ends in a genus, and more is said.

    >>> defines("Benign cartilage tumour of the medulla", "Enchondroma"), defines("Usually in adults", "Enchondroma")
    (True, False)
    """
    words = _without_subject(text, name)
    if (
        is_same(_BRACKET.sub("", words), name)
        or _ARROW.match(words)
        or _speaks_of_another(words, name)
        or "?" in text
        or _TASK.match(text)
        or _NOT.match(words)
        or _EPIDEMIOLOGY.search(words)
        or len(words.split()) < _MIN_WORDS
    ):
        return False
    if _NOUN_PHRASE.match(words) or _MADE_OF.match(words):
        return True
    genus = False
    for word in _BRACKET.sub(" ", words).replace("/", " ").rstrip(" .").split()[:_PHRASE]:
        bare = word.strip('*_"“”.,;:()').lower()
        if bare in _STOPS or bare in FINITE or (genus and bare.endswith("ed")):
            break
        genus = _is_genus(bare)
        if genus and word[-1:] in ".,;:)":
            return True
        if word[-1:] in ";:":
            break
    if genus:
        return True
    return words != text and len(words.split()) > _MIN_WORDS and words.split()[0].lower() not in _STOPS


def _speaks_of_another(words: str, name: str) -> bool:
    """Return whether a sentence has a subject of its own: `Adult pattern of the marrow is ...`."""
    statement = _STATEMENT.match(_BRACKET.sub("", words).replace("  ", " "))
    return bool(statement and fold(_ARTICLE.sub("", statement[0])).split()[:1] != fold(name).split()[:1])


def _is_genus(bare: str) -> bool:
    last = bare.rsplit("-", 1)[-1]
    return is_thing_word(last) or fold(last) in _GENUS or last.endswith(_NOUN_ENDS)


def _without_subject(text: str, name: str) -> str:
    """Return a sentence without the subject's own name and the verb before its predicate."""
    text = _SETTING.sub("", text.strip(' *_"“”'))
    bare = name.split(" (", 1)[0]
    for start in (bare, initials(bare), *_ABBREVIATION.findall(name), "It", "This"):
        if text[: len(start)].casefold() == start.casefold():
            match = _COPULA.match(text[len(start) :])
            if match:
                return text[len(start) + match.end() :]
    return text


def read_definition(reader: Reader) -> None:
    """State the definition that a note gives of its subject: the first that defines and does not only say how often."""
    title = reader.subject.words
    kinds = {one.place.line for one in reader.statements if one.predicate == SKOS.narrower}
    found: list[tuple[bool, int, Node, str, int]] = []
    for order, (node, strict) in enumerate(_sources(reader.root, title)):
        text = _own_words(node, title) if node.form is not Form.ITEM or node.block.line not in kinds else ""
        for start, end in sentences(text)[:2]:
            words = clean(text[start:end])
            lax = (
                any(node is child for child in reader.root.children[:1])
                and node.form is Form.PARAGRAPH
                and not _ITALIC.fullmatch(node.block.raw.strip())
                and _is_phrase(words)
            )
            if _says(words, title, strict=strict and not lax):
                lead = len(text[start:end]) - len(text[start:end].lstrip())
                skipped = node.text.text.find(text[:20])
                line = node.block.line + node.text.text.count("\n", 0, max(skipped, 0) + start + lead)
                found.append((_FREQUENCY.match(words) is not None, order, node, words[:_MAX_LENGTH], line))
                break
    found = [one for one in found if not one[0]] or [*_own_sentences(reader)] or found
    if found:
        _, _, node, words, line = min(found, key=lambda one: one[:2])
        place = reader.place(node.block)._replace(line=line)
        reader.state(Statement(reader.subject, SKOS.definition, words, place, node.path, "definition", words))


def _own_sentences(reader: Reader) -> Iterator[tuple[bool, int, Node, str, int]]:
    """Yield the sentences anywhere in the note whose subject is the note's own: `A bone island is a focus of ...`."""
    title = reader.subject.words
    names = [name for name in (title.split(" (", 1)[0], *reader.note.aliases) if len(name) > 2]  # noqa: PLR2004 - initials
    own = re.compile(rf"(?:an?\s+|the\s+)?(?:{'|'.join(map(re.escape, names))})\s+(?:is|are|=)\s", re.IGNORECASE)
    for node in reader.root.walk() if names else ():
        text = node.text.text.replace(LINE_BREAK, " ")
        for start, end in sentences(text) if own.search(text) else ():
            words = clean(text[start:end])
            if own.match(words) and _says(_ARTICLE.sub("", words), title, strict=True):
                line = node.block.line + node.text.text.count("\n", 0, start)
                yield False, 0, node, words[:_MAX_LENGTH], line


def _says(words: str, title: str, *, strict: bool) -> bool:
    """Return whether a sentence may be the definition; a section of definitions need not prove that it defines."""
    if words.endswith(("?", ":")) or "$" in words or "\\" in words or _NOT.match(words) or _ARROW.match(words):
        return False
    named = is_same(_BRACKET.sub("", words), title)
    return defines(words, title) if strict else len(words.split()) >= _MIN_WORDS and not named


def _is_phrase(words: str) -> bool:
    """Return whether the words that a note opens with are a phrase without a verb, as most definitions are.

    A phrase that does not start with an article must join two things: `Pain due to blockage of a vessel`.
    """
    parts = words.split()
    if len(parts) <= 4 or not words[:1].isupper():  # noqa: PLR2004 - fewer are a tag line
        return False
    if parts[0] in ("A", "An"):
        return not has_verb(" ".join(parts[:5]))
    joined = _JOINED.match(words) is not None and not any(part[:1].isdigit() for part in parts[:6])
    return joined and not has_verb(words) and _QUANTITY.search(words) is None


def _own_words(node: Node, title: str) -> str:
    """Return the words of a node that may define the subject; none where its label speaks of something else."""
    text = node.text.text.replace(LINE_BREAK, " ")
    if node.of_form(Form.ITEM) and _OPEN_END.search(text.rstrip()):  # the list below ends the sentence
        text = f"{text.rstrip()} {'; '.join(clean(item.text.text).rstrip(' ;.') for item in node.of_form(Form.ITEM))}."
    if node.says.purpose is Purpose.DEFINITION and node.body.text:
        return node.body.text.replace(LINE_BREAK, " ")
    links = node.text.links
    if links and links[0].end - links[0].start >= len(text.strip(" .*_")) - 1:
        return ""  # a link and nothing else
    short = 0 < len(node.words.split()) <= _LABEL_WORDS
    if node.body.text and node.label is not node.text and short and _COLON.search(text[: len(node.label.text) + 3]):
        if _CORE.match(node.words) or _SUMMARY.match(node.words):
            return node.body.text.replace(LINE_BREAK, " ")
        several = len(node.words.split()) > 1
        opens = several and any(
            _is_genus(word.lower()) for word in node.words.split()
        )  # `Genetic disorder: multiple ...`
        return text if is_same(node.words.split(" (")[0], title) or opens else ""
    return text


def _is_own_name(label: str, title: str) -> bool:
    """Return whether a label is the title or its initials."""
    return fold(label) in {fold(title.split(" (", 1)[0]), fold(initials(title))} - {""}


def _is_notes_own(node: Node, title: str) -> bool:
    """Return whether a section defines the note's subject: none of the sections around it is about something else."""
    around = node.path[:-1]
    return not around or (len(around) == 1 and (is_same(around[0], title) or not names_a_thing(around[0])))


def _sources(root: Node, title: str) -> Iterator[tuple[Node, bool]]:
    """Yield the nodes that may define, in order of trust, and whether the sentence must prove itself."""
    yield from ((node, False) for node in root.walk() if not _TAGS.isdisjoint(node.text.tags))
    for node in root.walk():
        if node.says.purpose is Purpose.DEFINITION and _is_notes_own(node, title):
            yield from ((inner, False) for inner in _first_texts(node))
    yield from ((node, True) for node in _first_texts(root))
    introducing = [
        node for node in root.children[:3] if node.form is Form.CALLOUT or node.says.purpose is Purpose.OVERVIEW
    ]
    for node in introducing:
        yield from ((inner, True) for inner in _first_texts(node))
    for node in root.children[:1]:
        if node.form is Form.HEADING and _CORE.match(node.words) and _is_notes_own(node, title):
            yield from ((inner, False) for inner in _first_texts(node))
        labelled = [inner for inner in node.walk() if inner.body.text and inner is not node]
        yield from ((inner, True) for inner in labelled if _is_own_name(inner.words, title) or _CORE.match(inner.words))
        if node.form is Form.HEADING and node.says.purpose in (Purpose.NONE, Purpose.FIELD, Purpose.CAUSES):
            free = node.says.purpose is Purpose.NONE
            yield from ((inner, True) for inner in _first_texts(node) if free or inner.form is Form.PARAGRAPH)


def _first_texts(node: Node) -> Iterator[Node]:
    """Yield the first paragraphs or items directly below a node, itself where it is a label with words."""
    if node.body.text and node.form is not Form.ROOT:
        yield node
    for index, child in enumerate(node.children[:_SOURCES]):
        if child.form is Form.ITEM and index > 1:
            return
        if child.form not in (Form.PARAGRAPH, Form.ITEM, Form.LABEL):
            return
        yield child
        if child.form is Form.PARAGRAPH and not child.text.text.rstrip().endswith(":"):
            yield from child.of_form(Form.ITEM)[:1]
