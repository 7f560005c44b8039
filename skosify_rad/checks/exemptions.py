"""Exemptions: an Obsidian comment `%% rad2skos: ignore RAD501 %%` suppresses findings on its line or in its note.

Before any text (other than headings and front matter) it applies to the note, elsewhere to its own line. Separate
several codes or slugs by spaces or commas; without any, it applies to every rule. Text after ` -- ` is a reason and is
ignored.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from skosify_rad.model.catalogue import BY_SLUG, find_rule
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.vault.directives import DIRECTIVE, Directive, find_directives, is_understood, may_direct

_COMMENT: Final = lazy_pattern(r"%%.*?%%", re.DOTALL)
_FRONT_MATTER: Final = lazy_pattern(r"\ufeff?---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_TEXT: Final = lazy_pattern(r"^(?![ \t]*(?:#{1,6}[ \t].*|---[ \t]*)?$).", re.MULTILINE)
"""The start of a line that is not blank, a heading or a thematic break."""
ALL: Final = "*"
"""Every rule."""


class Exemptions(NamedTuple):
    """The exemptions of a note."""

    note: frozenset[str]
    """Codes exempt in the whole note, or `ALL`."""
    lines: Mapping[int, frozenset[str]]
    """Line number, from 1 -> codes exempt there, or `ALL`."""
    faults: tuple[Diagnostic, ...]
    """Invalid comments."""

    def cover(self, diagnostic: Diagnostic) -> bool:
        """Return whether a finding is exempt."""
        codes = self.note | self.lines.get(diagnostic.place.line, frozenset())
        return ALL in codes or diagnostic.rule.code in codes


def find_exemptions(path: str, text: str) -> Exemptions:
    r"""Return the exemptions of a note.

    >>> find_exemptions("A.md", "x\n- y %% rad2skos: ignore broken-link %%").lines
    {2: frozenset({'RAD401'})}
    """
    note: set[str] = set()
    lines: dict[int, frozenset[str]] = {}
    faults: list[Diagnostic] = []
    if not may_direct(text):
        return Exemptions(frozenset(), lines, ())
    begin, row = _find_text(text), 0
    for match, directive in zip(DIRECTIVE.finditer(text), find_directives(text), strict=False):
        row = max(row, text.rfind("\n", row, match.start()) + 1)
        place = Place(path, directive.line, match.start() - row + 1)
        found = frozenset(_read(directive, match[0], place, faults))
        if match.start() < begin:
            note |= found
        elif found:
            last = directive.line + match[0].count("\n")
            lines |= {n: lines.get(n, frozenset()) | found for n in range(directive.line, last + 1)}
    return Exemptions(frozenset(note), lines, tuple(faults))


def _find_text(text: str) -> int:
    """Return the offset of the first line of text; front matter, headings and comments do not count."""
    shown = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    front_matter = _FRONT_MATTER.match(shown)
    found = _TEXT.search(shown, front_matter.end() if front_matter else 0)
    return found.start() if found else len(text)


def _read(directive: Directive, written: str, place: Place, faults: list[Diagnostic]) -> Iterator[str]:
    words = directive.words
    unknown = [word for word in words if find_rule(word) is None] if directive.verb == "ignore" else []
    if unknown or (directive.verb != "ignore" and not is_understood(directive)):
        shown = " ".join(written.split())
        message = f"“{shown}” is not a valid rad2skos comment"
        message += f": no rule is called {', '.join(unknown)}" if unknown else ""
        hint = (
            "Write %% rad2skos: ignore CODE %% with a code or slug, %% rad2skos: section classification %%"
            " (or differential, definition, synonyms, none), or %% rad2skos: note list %% (or concept, index)."
        )
        faults.append(Diagnostic(BY_SLUG["unknown-directive"], place, message, hint, words=shown))
    if directive.verb == "ignore":
        yield from (rule.code for word in words if (rule := find_rule(word)))
        if not words:
            yield ALL


def apply_exemptions(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the findings that are not exempt, and one for each invalid comment.

    `texts` is vault path -> text of the note as it is on disk.
    """
    exemptions = _read_all(texts)
    faults = (fault for note in exemptions.values() for fault in note.faults)
    return tuple(sorted([*_filter(found, exemptions), *faults], key=lambda d: d.sort_key))


def leave_out_exempted(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the findings that are not exempt."""
    return tuple(_filter(found, _read_all(texts)))


def _read_all(texts: Mapping[str, str]) -> dict[str, Exemptions]:
    return {path: find_exemptions(path, text) for path, text in texts.items() if may_direct(text)}


def _filter(found: Iterable[Diagnostic], exemptions: Mapping[str, Exemptions]) -> Iterator[Diagnostic]:
    return (d for d in found if d.place.path not in exemptions or not exemptions[d.place.path].cover(d))
