"""The text of a note -> the same lines in plain Markdown: what platforms write otherwise is made usual first.

Every line stays a line, so that places hold.
"""

import re
from typing import Final

from skosify_rad.extraction.announce import announce
from skosify_rad.language.english import is_plural
from skosify_rad.language.grades import grade_code
from skosify_rad.model.config import Extraction
from skosify_rad.model.purposes import Purpose

_PROPERTY: Final = re.compile(
    r"^(?P<bullet>[ \t]*(?:[-*+][ \t]+)?)(?P<key>[A-Za-z][\w.-]{0,40})::(?P<value>[ \t].*)?$", re.MULTILINE
)
"""A property of Logseq or Dataview on a line of its own."""
_LABELLED: Final = re.compile(r"^([ \t]*(?:[-*+][ \t]+)?[A-Za-z][^:\n]{1,80}?) ?:::?(?=[ \t]|$)", re.MULTILINE)
"""A label, or a flash card's question, before two colons and the answer."""
_CARD: Final = re.compile(r"^([^?\n]{2,120}?)[ \t]*\?\?[ \t]+(\S)", re.MULTILINE)
"""A flash card's question before two question marks and the answer."""
_CARD_LINE: Final = re.compile(r"^([^\n]*[^\s:?])[ \t]*\??(\n)[ \t]*\?{1,2}[ \t]*$", re.MULTILINE)
"""A flash card's question above a line of question marks."""
_QUESTION: Final = re.compile(r"^[ \t]*(?:[*_]{2})?Q(?:uestion)?[ \t]*\d*[ \t]*[.:][ \t]*", re.MULTILINE)
_ANSWER: Final = re.compile(r"^[ \t]*(?:[*_]{2})?A(?:ns(?:wer)?)?[ \t]*\d*[ \t]*[.:](?:[*_]{2})?[ \t]*")
_BULLET: Final = re.compile(r"^([ \t]*)[•◦▪‣●○▸►](?=[ \t]*\S)[ \t]*", re.MULTILINE)
_ADMONITION: Final = re.compile(r"^[ \t]{0,3}(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"\n]*)\")?[ \t]*$")
_FENCE: Final = re.compile(r"^[ \t]{0,3}(?:```|~~~)")
_ALIASES: Final = re.compile(r"^[ \t]*(?:-[ \t]+)?alias(?:es)?::[ \t]*(?P<names>\S.*)$", re.MULTILINE | re.IGNORECASE)
_HEAD: Final = 2000
"""Characters at the top of a page that may hold its properties."""


def prepare(text: str) -> str:
    """Return the text with properties blanked, pseudo-bullets as bullets and admonitions as callouts."""
    if "?" in text:
        text = _CARD.sub(r"\1: \2", text) if "??" in text else text
        text = _CARD_LINE.sub(r"\1?\2", text)
    if "::" in text:
        text = _LABELLED.sub(r"\1:", _PROPERTY.sub(_read_property, text))
    if _QUESTION.search(text):
        text = _read_cards(text)
    if not text.isascii():
        text = _BULLET.sub(r"\1- ", text)
    return _quote_admonitions(text) if "!!! " in text or "??? " in text or "???+ " in text else text


def _read_property(line: re.Match[str]) -> str:
    """Return the bullet of a property that files the note; the whole line if it has no value or gives contents."""
    key, value = line["key"], (line["value"] or "").strip()
    said = announce(key, "", Extraction()).purpose
    content = said in (Purpose.DIFFERENTIAL, Purpose.DEFINITION) or (said is Purpose.KINDS and is_plural(key))
    coded = bool(grade_code(key)[1]) or key.isupper() or key[-1:].isdigit()
    return line[0] if content or coded or not value else line["bullet"]


def _read_cards(text: str) -> str:
    """Return flash cards without `Q:` and `A:`, so that a question heads its answer."""
    lines, asked = text.split("\n"), False
    for index, line in enumerate(lines):
        question = _QUESTION.match(line)
        answer = _ANSWER.match(line) if asked else None
        mark = question or answer
        lines[index] = line[mark.end() :] if mark else line
        asked = bool(question) or (asked and not answer)
    return "\n".join(lines)


def _quote_admonitions(text: str) -> str:
    lines, inside, fenced = text.split("\n"), False, False
    for index, line in enumerate(lines):
        fenced ^= _FENCE.match(line) is not None
        match = None if fenced else _ADMONITION.match(line)
        if match:
            lines[index] = f"> [!{match[1]}] {match[2] or ''}"
            inside = True
        elif inside and line.startswith("    "):
            lines[index] = f">{line[1:2]}{line[4:]}" if not line[4:5].isspace() else f"> {line[4:]}"
        elif inside and not line.strip():
            lines[index] = ">" if index + 1 < len(lines) and lines[index + 1].startswith("    ") else line
        else:
            inside = False
    return "\n".join(lines)


def read_page_aliases(text: str) -> tuple[str, ...]:
    """Return the other names that a page's `alias::` property gives."""
    head = text[:_HEAD]
    if "::" not in head:
        return ()
    match = _ALIASES.search(head)
    names = match["names"].replace("[[", "").replace("]]", "").split(",") if match else []
    return tuple(name.strip() for name in names if name.strip())
