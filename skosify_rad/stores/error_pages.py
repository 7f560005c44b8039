"""The text of the pages with which servers answer errors."""

import re
from html.parser import HTMLParser


def extract_message(text: str, content_type: str) -> str:
    """Return the text of an error page in one line of at most 300 characters, without markup.

    >>> extract_message("<html><title>No</title><style>p {}</style><p>Disk <b>full</b></p></html>", "text/html")
    'No Disk full'
    """
    if "html" in content_type or text.lstrip()[:1] == "<":
        page = _TextParser()
        page.feed(text)
        text = " ".join(page.texts)
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= 300 else line[:299] + "…"  # noqa: PLR2004 - see the docstring


class _TextParser(HTMLParser):
    """Collects the text of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.texts.append(data.strip())
