"""What a note says itself, in an Obsidian comment that reading view hides: the author's last word.

`%% rad2skos: section classification %%` below a heading says what its section is: `classification`, `differential`,
`definition`, `synonyms`, or `none` for a section that is to be left alone. `%% rad2skos: note list %%` says what the
note is: `concept`, `list`, `comparison` or `index`. `checks.exemptions` reads `ignore`.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.roles import Role

DIRECTIVE: Final = re.compile(r"%%\s*rad2skos:\s*(?P<verb>[^\s%]*)(?P<rest>[^%]*(?:%(?!%)[^%]*)*)%%")
"""A comment meant for us; words behind ` -- ` say why, and may hold a per cent sign."""

SECTIONS: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        "classification": Purpose.KINDS,
        "differential": Purpose.DIFFERENTIAL,
        "definition": Purpose.DEFINITION,
        "synonyms": Purpose.SYNONYMS,
        "none": Purpose.FIELD,
    }
)
"""What `section` may say."""

ROLES: Final[Mapping[str, Role]] = MappingProxyType({role.value: role for role in Role})
"""What `note` may say."""


class Directive(NamedTuple):
    """One comment meant for us."""

    line: int
    """Line of the file, from 1."""
    verb: str
    """`ignore`, `section` or `note`."""
    words: tuple[str, ...]
    """The words behind it."""


def may_direct(text: str) -> bool:
    """Tell, at a glance, whether a text may hold a directive; all that do pass."""
    return "rad2skos:" in text


def find_directives(text: str) -> Iterator[Directive]:
    """Yield the directives of a note, in order.

    >>> list(find_directives("## Flavours %% rad2skos: section classification %%"))
    [Directive(line=1, verb='section', words=('classification',))]
    """
    if not may_direct(text):
        return
    line, counted = 1, 0
    for match in DIRECTIVE.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        words = match["rest"].partition(" -- ")[0].replace(",", " ").split()
        yield Directive(line, match["verb"], tuple(words))


def find_purposes(text: str) -> dict[int, Purpose]:
    """Return line -> purpose of every section a note speaks for itself."""
    found = {}
    for directive in find_directives(text):
        if directive.verb == "section" and len(directive.words) == 1 and directive.words[0] in SECTIONS:
            found[directive.line] = SECTIONS[directive.words[0]]
    return found


def find_stated_role(text: str) -> Role | None:
    """Return the role a note states of itself; None where it states none."""
    for directive in find_directives(text):
        if directive.verb == "note" and len(directive.words) == 1:
            return ROLES.get(directive.words[0])
    return None


def is_understood(directive: Directive) -> bool:
    """Tell whether a directive other than `ignore` says something we know."""
    known: Mapping[str, object] = {"section": SECTIONS, "note": ROLES}.get(directive.verb, {})
    return len(directive.words) == 1 and directive.words[0] in known
