"""The documentation: one page a topic, rule and recogniser; shipped in the package, so that `explain` is offline."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from skosify_rad.model.namespaces import curie
from skosify_rad.model.ontology import OWN_TERMS, OwnTerm

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
    names = {name.lower(): name for name in page_names()}
    return names.get(wanted) or next((name for low, name in names.items() if low.rsplit("/", 1)[-1] == wanted), None)


def read_page(name: str) -> str:
    """Return the Markdown of a page by its full name; that of the vocabulary with every term of ours in it."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return text.replace("<!-- terms -->\n", render_terms(OWN_TERMS)) if name == "vocabulary" else text


def render_terms(terms: Iterable[OwnTerm]) -> str:
    """Return a section of Markdown for each term."""
    sections = []
    for term in terms:
        facts = f"\n\nDomain `{curie(term.domain)}`, range `{curie(term.range)}`." if term.range else " A class."
        sections.append(f"## rad:{term.name}\n\n{term.comment}{facts}\n")
    return "\n".join(sections)
