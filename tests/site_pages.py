"""What every page of a site must keep to: links that lead somewhere, and no element that comes from a note."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

PAGES = (
    "index.html",
    "osteoporosis.html",
    "choledochal-cyst.html",
    "metastasis.html",
    "collection/folder/rad/msk/bone.html",
    "collection/choledochal-cyst-in-order.html",
    "site/a-z.html",
    "site/differentials.html",
    "site/wanted.html",
    "site/collections.html",
    "site/compare.html",
    "site/compare.html#osteoporosis+osteomalacia+multiple-myeloma+metastasis",
    "site/graph.html#osteoporosis",
    "site/deprecated.html",
    "site/changes.html",
    "site/about.html",
    "404.html",
)
"""Every kind of page, a concept's with and without a note and with stages."""


class Page(HTMLParser):
    """Collects what a page links to, its fragments, and its elements."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.links += [value for name in ("href", "src") if (value := found.get(name)) is not None]
        self.ids += [value for value in (found.get("id"),) if value]


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(content) for path, content in files.items() if path.endswith(".html")}


def check_links(files: dict[str, bytes]) -> None:
    """Hold every relative link of every page to a file that is there, and every fragment to an element."""
    pages = pages_of(files)
    assert pages
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for tag, given in page.tags:  # who is sent elsewhere does not say from where
            outside = tag == "a" and urlsplit(given.get("href") or "").scheme
            assert not outside or "noreferrer" in (given.get("rel") or ""), (path, given)
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), f"{path}: {link}"
                continue
            steps = [*path.split("/")[:-1], *unquote(parts.path).split("/")] if parts.path else path.split("/")
            target: list[str] = []
            for step in steps:
                if step == "..":
                    assert target, f"{path}: {link} leads outside"
                    target.pop()
                else:
                    target.append(step)
            name = "/".join(target)
            assert name in files, f"{path}: {link}"
            if parts.fragment and not name.endswith(("compare.html", "graph.html")):
                assert unquote(parts.fragment) in pages[name].ids, f"{path}: {link}"


def check_injection(files: dict[str, bytes]) -> None:
    """Hold every page to the elements, attributes and scripts that are ours, and every data file to plain data."""
    for path, page in pages_of(files).items():
        for tag, given in page.tags:
            assert given.get("class") != "injected", path
            assert given.get("src") != "x", path
            assert not any(name.startswith("on") or name == "style" for name in given), path
            assert tag != "script" or "src" in given, path
            assert not (given.get("href") or "").lower().startswith(("javascript:", "data:")), path
    for path, script in files.items():
        if path.startswith("site/data/"):
            assert script.isascii(), path
            assert b"<" not in script, path
            assert script.startswith(b"radData("), path
