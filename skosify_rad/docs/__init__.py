"""The documentation: one page a topic, rule and recogniser; shipped in the package, so that `explain` is offline."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
"""The folder of the pages."""


def page_names() -> tuple[str, ...]:
    """Return the name of every page: `configuration`, `rules/broken-link`, `sections/differential` ...

    >>> "configuration" in page_names()
    True
    """
    return tuple(sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.md")))


def find_page(word: str) -> str | None:
    """Return the name of the page that a word names, in full or by its last part, whatever its case.

    >>> find_page("Configuration")
    'configuration'
    """
    wanted = word.lower().removesuffix(".md").strip("/")
    names = page_names()
    if wanted in names:
        return wanted
    return next((name for name in names if name.rsplit("/", 1)[-1] == wanted), None)


def read_page(name: str) -> str:
    """Return the Markdown of a page by its full name."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")
