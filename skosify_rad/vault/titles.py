"""The title of a note: from the front matter, else the file name if it reads as a name, else the first heading."""

import re
from collections.abc import Mapping
from typing import Any, Final

from skosify_rad.language.spelling import fold
from skosify_rad.model.lazy_pattern import lazy_pattern

_H1: Final = lazy_pattern(r"^#[ \t]+(?P<words>[^\n]*?)[ \t]*#*$", re.MULTILINE)
_NUMBER: Final = lazy_pattern(
    r"^(?:(?:chapter|section|part|unit|lecture|lesson|module|week)\s+\d+(?:\.\d+)*\s*(?:[:.–—-]\s*|\s)|\d{1,3}(?:\.\d{1,3})+\.?\s+"
    r"|\d{1,3}\s*[.):_–—-]\s+)(?=\S)",
    re.IGNORECASE,
)
"""Numbers of chapters and sections, which are no part of a name."""
_JOINED: Final = lazy_pattern(r"[^\s_-]+(?:[-_]+[^\s_-]+)+")
_CAMEL: Final = lazy_pattern(r"(?:[A-Z][a-z]+){2,}|[A-Z]{2,}(?:[A-Z][a-z]+)+|(?:[A-Z][a-z]+)+[A-Z]{2,}")
_HUMP: Final = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_ASIDE: Final = lazy_pattern(
    r"readme|contributing|changelog|licen[cs]e|code.of.conduct|(?:\w+[ _-])?(?:template|specification|spec)s?"
    r"|claude|agents|todo",
    re.IGNORECASE,
)
_MONTH: Final = (
    r"(?:jan|gen|feb|m[aä]r|apr|ma[gijy]|jun|giu|jul|lug|aug|ago|sep|set|o[ckt]t|nov|de[cz]|dic)[^\W\d_]*\.?"
)
_DAILY: Final = lazy_pattern(
    r"(?:19|20)\d\d[-_. ]?(?:\d\d[-_. ]?\d\d(?:\W.*)?|w\d\d)|(?:19|20)\d\d年\d+月\d+日.*"
    rf"|(?:[^\W\d_]+,? )?(?:{_MONTH} \d\d?(?:st|nd|rd|th)?,?|\d\d?(?:st|nd|rd|th|\.)? {_MONTH}) (?:19|20)\d\d",
    re.IGNORECASE,
)
"""Names of daily and weekly notes, in the forms of Obsidian, Logseq and Roam."""
_MARKUP: Final = lazy_pattern(r"[*_`=]+")


def find_name(path: str) -> str:
    """Return a note's file name without its suffix: the name that Obsidian links by."""
    return path.rsplit("/", 1)[-1][: -len(".md")].strip()


def find_aside(path: str) -> str:
    """Return why a file is skipped, from its name and folder; empty if it is not.

    >>> [find_aside(path) for path in ("README.md", "logseq/bak/Gout.md", "journals/2024_03_01.md", "Gout.md")]
    ['about the vault itself', 'a backup', 'a daily note', '']
    """
    name = find_name(path)
    if _ASIDE.fullmatch(name):
        return "about the vault itself"
    if f"/{path}".startswith(("/logseq/bak/", "/logseq/.recycle/")) or "/logseq/bak/" in path:
        return "a backup"
    return "a daily note" if _DAILY.fullmatch(name) else ""


def find_title(path: str, front_matter: Mapping[str, Any], body: str, language: str = "en") -> str:
    """Return the title of a note.

    >>> find_title("a/ch-07-chest.md", {}, "# Chapter 7: Pleural effusion")
    'Pleural effusion'
    >>> find_title("Non-ossifying fibroma.md", {}, "")
    'Non-ossifying fibroma'
    """
    name = find_name(path)
    for key in ("title", "name"):
        stated = front_matter.get(key)
        reads = key == "title" or _is_joined(name, language)
        if isinstance(stated, str) and stated.strip() and reads:
            return without_number(stated)
    if not _is_joined(name, language):
        return without_number(name)
    match = _H1.search(body)
    heading = without_number(_MARKUP.sub("", match["words"]).strip()) if match else ""
    if heading and (" " in heading or fold(heading) == fold(name)):
        return heading
    return _restored(name)


def _is_joined(name: str, language: str) -> bool:
    """Return whether a file name is a slug rather than a name: words joined without spaces.

    `Bone-Tumour` is one in English; `Ewing-Sarkom` is a German name.
    """
    if _CAMEL.fullmatch(name):
        return True
    parts = re.split(r"[-_]+", name)
    if not _JOINED.fullmatch(name):
        return False
    capital = parts[1][:1].isupper() and language.startswith("en")
    return "_" in name or len(parts) > 2 or name.islower() or capital or any(p.isdigit() for p in parts)  # noqa: PLR2004 - `X-ray`


def _restored(name: str) -> str:
    words = re.sub(r"[-_]+", " ", _HUMP.sub(" ", name) if _CAMEL.fullmatch(name) else name).strip()
    return words[:1].upper() + words[1:]


def without_number(title: str) -> str:
    """Return a title without the number of its chapter.

    >>> without_number("Chapter 20: Cardiac imaging"), without_number("33.2 Wrist fractures"), without_number("3 Tesla")
    ('Cardiac imaging', 'Wrist fractures', '3 Tesla')
    """
    return _NUMBER.sub("", title.strip()).strip() or title.strip()
