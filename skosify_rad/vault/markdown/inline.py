r"""Inline Markdown -> plain text, with the links and the bold spans that stood in it.

Block parsers unescape `\|` in tables only and eat emphasis inside link targets, so the text of a block is read
here from its raw slice.
"""

import html
import re
from typing import NamedTuple

LINE_BREAK = "\v"
"""Stands in the text for an HTML `<br>`: a break within one line of the file."""

_TOKEN = re.compile(
    r"""
    (?P<plain>[^\\\[\]!`%<&*_=~\#^]+)
  | \[\[(?P<target>[^\[\]\n|\x1f]*?)(?:\\?[|\x1f](?P<shown>[^\[\]\n]*))?\]\]
  | (?P<stars>\*+)
  | \\(?P<escaped>[!-/:-@\[-`{-~])
  | (?P<embed>!\[\[[^\[\]\n]*\]\])
  | (?P<image>!\[[^\]\n]*\]\([^()\n]*\))
  | \[(?P<label>[^\[\]\n]+)\]\(\s*<?(?P<url>[^()\n<>]*(?:\([^()\n]*\)[^()\n<>]*)?)>?\s*\)
  | (?P<footnote>\[\^[^\]\n]+\])
  | `+(?P<code>[^`\n]*)`+
  | (?P<comment>%%.*?(?:%%|$)|<!--.*?(?:-->|$))
  | (?P<br><br\s*/?>)
  | (?P<tag></?[A-Za-z][^<>\n]*>)
  | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)
  | (?P<under>_+)
  | (?P<mark>==|~~)
  | (?P<hashtag>(?<![\w&/\#])\#[A-Za-z][\w/-]*)
  | (?P<anchor>(?<=\s)\^[A-Za-z0-9-]+\s*$)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Every character is in one token, plain ones by the run: looking for the next sign tries all the others at each."""
_SPECIAL = re.compile(r"[\\\[\]!`%<&*_=~#^$]")
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Link(NamedTuple):
    """A link as it stands in a text."""

    target: str
    """What it points to, as written, without heading or block anchor; empty for a heading of the same note."""
    start: int
    """Where its shown words start in the text, in code points."""
    end: int
    """Where they end."""
    anchor: str = ""
    """The part behind `#`."""


class Inline(NamedTuple):
    """The plain text of a block, and what was in it."""

    text: str
    """Text without markup; line ends as in the file, `<br>` as LINE_BREAK."""
    links: tuple[Link, ...] = ()
    """Links to notes, in order; links to web pages and embeds are left out."""
    strong: tuple[tuple[int, int], ...] = ()
    """Bold or linked-in-bold spans of the text: (start, end)."""
    italic: tuple[tuple[int, int], ...] = ()
    """Italic spans of the text: (start, end)."""
    tags: tuple[str, ...] = ()
    """Obsidian tags (`#ddx`), without the sign."""

    def slice(self, start: int, end: int) -> "Inline":
        """Return the part of the text from start to end, its links and bold spans with it."""
        text, links, strong, italic, tags = self
        if start == 0 and end >= len(text) and not tags:
            return self
        if links:
            links = tuple(
                [Link(t, a - start, b - start, anchor) for t, a, b, anchor in links if a >= start and b <= end]
            )
        if strong:
            strong = _clipped(strong, start, end)
        if italic:
            italic = _clipped(italic, start, end)
        return Inline(text[start:end], links, strong, italic)

    def strip(self, characters: str = " \t\n\v") -> "Inline":
        """Return it without these characters at both ends."""
        text = self.text
        if len(text.strip(characters)) == len(text):
            return self.slice(0, len(text))
        start = len(text) - len(text.lstrip(characters))
        return self.slice(start, max(start, len(text.rstrip(characters))))


def _clipped(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the parts of spans that lie between start and end, counted from start."""
    return tuple([(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start])


def parse_inline(raw: str) -> Inline:
    r"""Parse the raw text of a block.

    >>> parse_inline(r"**[[bone/Paget disease\|Paget]]** (late)").text
    'Paget (late)'
    """
    if not _SPECIAL.search(raw):
        return Inline(raw)
    return _Reader(raw).read()


class _Reader:
    """Walks the tokens of one raw text once."""

    __slots__ = (
        "_italic",
        "_italic_from",
        "_length",
        "_links",
        "_parts",
        "_raw",
        "_spans",
        "_strong",
        "_strong_from",
        "_tags",
    )

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._strong: list[tuple[int, int]] = []
        self._strong_from: int | None = None
        self._tags: list[str] = []
        self._spans: list[tuple[int, int]] = []
        self._italic_from: int | None = None
        self._italic = False  # a single sign at the very start marks a name as bold does

    def read(self) -> Inline:
        """Return the whole text."""
        for match in _TOKEN.finditer(self._raw):
            kind = match.lastgroup
            if kind == "plain":
                text = match[0]
                self._parts.append(text)
                self._length += len(text)
            elif kind == "stars" or kind == "under":  # noqa: PLR1714 - the innermost loop
                self._emphasis(match)
            elif kind == "shown" or kind == "target":  # noqa: PLR1714 - as above
                self._wikilink(match["target"], match["shown"])
            else:
                self._rare(kind, match)
        if self._strong_from is not None and self._length > self._strong_from and not self._strong:
            self._strong.append((self._strong_from, self._length))
        return Inline(
            "".join(self._parts), tuple(self._links), tuple(self._strong), tuple(self._spans), tuple(self._tags)
        )

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _rare(self, kind: str | None, match: re.Match[str]) -> None:
        if kind == "sign":
            self._add(match[0])
        elif kind == "url":
            self._markdown_link(match["label"], match["url"])
        elif kind in ("escaped", "code"):
            self._add(match[kind])
        elif kind == "entity":
            self._add(html.unescape(match[0]))
        elif kind == "br":
            self._add(LINE_BREAK)
        elif kind == "hashtag":
            self._tags.append(match[0][1:])

    def _wikilink(self, target: str, shown: str | None) -> None:
        path, _, anchor = target.partition("#")
        words = shown if shown is not None and shown.strip() else (path.rsplit("/", 1)[-1] or anchor.rsplit("#", 1)[-1])
        start = self._length
        self._add((parse_inline(words).text if shown and _SPECIAL.search(words) else words).strip())
        self._links.append(Link(path.strip(), start, self._length, anchor.strip()))

    def _markdown_link(self, label: str, url: str) -> None:
        inner = parse_inline(label)
        start = self._length
        self._strong.extend((a + start, b + start) for a, b in inner.strong)
        self._add(inner.text)
        if not _EXTERNAL.match(url):
            path, _, anchor = url.partition("#")
            self._links.append(Link(_unquote(path.strip()), start, self._length, anchor))

    def _emphasis(self, match: re.Match[str]) -> None:
        start, end = match.span()
        before = self._raw[start - 1 : start]
        after = self._raw[end : end + 1]
        inside_word = self._raw[start] == "_" and before.isalnum() and after.isalnum()
        if inside_word or (not before.strip() and not after.strip()):
            self._add(match[0])
        elif end - start >= 2 or self._length == 0 or self._italic:  # noqa: PLR2004 - two signs are strong emphasis
            self._italic = end - start == 1 and self._strong_from is None
            if self._strong_from is None:
                self._strong_from = self._length
            else:
                if self._length > self._strong_from:
                    self._strong.append((self._strong_from, self._length))
                self._strong_from = None
        elif self._italic_from is None:
            self._italic_from = self._length
        else:
            if self._length > self._italic_from:
                self._spans.append((self._italic_from, self._length))
            self._italic_from = None


def _unquote(path: str) -> str:
    from urllib.parse import unquote  # noqa: PLC0415 - 6 ms at start-up, rarely needed

    return unquote(path)
