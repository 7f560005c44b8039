"""Directives: instructions to rad2skos in an Obsidian comment, which reading view hides.

`%% rad2skos: section classification %%` below a heading sets its section's purpose: `classification`, `differential`,
`definition`, `synonyms`, or `none` for a section to skip. `%% rad2skos: note list %%` says what the
note is: `concept`, `list`, `comparison` or `index`. `checks.exemptions` reads `ignore`.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.roles import Role

DIRECTIVE: Final = lazy_pattern(r"%%\s*rad2skos:\s*(?P<verb>[^\s%]*)(?P<rest>[^%]*(?:%(?!%)[^%]*)*)%%")
"""A directive; the text after ` -- ` is a reason and may contain a per cent sign."""

SECTIONS: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        "classification": Purpose.KINDS,
        "differential": Purpose.DIFFERENTIAL,
        "definition": Purpose.DEFINITION,
        "synonyms": Purpose.SYNONYMS,
        "none": Purpose.FIELD,
    }
)
"""Values of `section`."""

ROLES: Final[Mapping[str, Role]] = MappingProxyType({role.value: role for role in Role})
"""Values of `note`."""


class Directive(NamedTuple):
    """A directive."""

    line: int
    """Line of the file, from 1."""
    verb: str
    """`ignore`, `section` or `note`."""
    words: tuple[str, ...]
    """The words after the verb."""


def may_direct(text: str) -> bool:
    """Tell quickly whether a text may contain a directive."""
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
    """Return line -> purpose of every section directive."""
    found = {}
    for directive in find_directives(text):
        if directive.verb == "section" and len(directive.words) == 1 and directive.words[0] in SECTIONS:
            found[directive.line] = SECTIONS[directive.words[0]]
    return found


def find_stated_role(text: str) -> Role | None:
    """Return the role that a directive sets; None if there is none."""
    for directive in find_directives(text):
        if directive.verb == "note" and len(directive.words) == 1:
            return ROLES.get(directive.words[0])
    return None


def is_understood(directive: Directive) -> bool:
    """Return whether a directive other than `ignore` is valid."""
    known: Mapping[str, object] = {"section": SECTIONS, "note": ROLES}.get(directive.verb, {})
    return len(directive.words) == 1 and directive.words[0] in known
