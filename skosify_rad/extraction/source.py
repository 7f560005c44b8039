"""The text of a note -> the same lines in plain Markdown: what platforms write otherwise is made usual first.

Every line stays a line, so that places hold.
"""

import re
from typing import Final

_PROPERTY: Final = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?[A-Za-z][\w.-]{0,40}::(?:[ \t].*)?$", re.MULTILINE)
"""A property of Logseq or Dataview on a line of its own."""
_BULLET: Final = re.compile(r"^([ \t]*)[•◦▪‣●○▸►](?=[ \t]*\S)[ \t]*", re.MULTILINE)
_ADMONITION: Final = re.compile(r"^[ \t]{0,3}(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"\n]*)\")?[ \t]*$")
_FENCE: Final = re.compile(r"^[ \t]{0,3}(?:```|~~~)")
_ALIASES: Final = re.compile(r"^[ \t]*(?:-[ \t]+)?alias(?:es)?::[ \t]*(?P<names>\S.*)$", re.MULTILINE | re.IGNORECASE)
_HEAD: Final = 2000
"""Characters at the top of a page that may hold its properties."""


def prepare(text: str) -> str:
    """Return the text with properties blanked, pseudo-bullets as bullets and admonitions as callouts."""
    if "::" in text:
        text = _PROPERTY.sub("", text)
    if not text.isascii():
        text = _BULLET.sub(r"\1- ", text)
    return _quote_admonitions(text) if "!!! " in text or "??? " in text or "???+ " in text else text


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
