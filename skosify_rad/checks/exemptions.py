"""Exemptions: an Obsidian comment `%% rad2skos: ignore RAD501 %%` keeps a finding of its line or note away.

In front of all text (headings and front matter apart) it speaks for the note, elsewhere for its own line. Several codes
or slugs are parted by blanks or commas; without any, every rule is meant. Words after ` -- ` say why and are not read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from skosify_rad.model.catalogue import BY_SLUG, find_rule
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.vault.directives import DIRECTIVE, Directive, find_directives, is_understood, may_direct

_COMMENT: Final = re.compile(r"%%.*?%%", re.DOTALL)
_FRONT: Final = re.compile(r"\ufeff?---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_TEXT: Final = re.compile(r"^(?![ \t]*(?:#{1,6}[ \t].*|---[ \t]*)?$).", re.MULTILINE)
"""The beginning of a line that is neither blank nor a heading nor a rule."""
ALL: Final = "*"
"""Stands for every rule."""


class Exemptions(NamedTuple):
    """What a note exempts."""

    note: frozenset[str]
    """Codes for the whole note, or `ALL`."""
    lines: Mapping[int, frozenset[str]]
    """Line, from 1 -> codes, or `ALL`."""
    faults: tuple[Diagnostic, ...]
    """Comments that are not understood."""

    def cover(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a finding is exempted, at its place."""
        codes = self.note | self.lines.get(diagnostic.place.line, frozenset())
        return ALL in codes or diagnostic.rule.code in codes


def find_exemptions(path: str, text: str) -> Exemptions:
    r"""Read the exemptions of a note.

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
    """Return where the first line begins that holds text, front matter, headings and comments apart."""
    shown = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    front = _FRONT.match(shown)
    found = _TEXT.search(shown, front.end() if front else 0)
    return found.start() if found else len(text)


def _read(directive: Directive, written: str, place: Place, faults: list[Diagnostic]) -> Iterator[str]:
    words = directive.words
    unknown = [word for word in words if find_rule(word) is None] if directive.verb == "ignore" else []
    if unknown or (directive.verb != "ignore" and not is_understood(directive)):
        shown = " ".join(written.split())
        message = f"“{shown}” is not understood: {', '.join(unknown) or directive.verb or 'nothing'} is unknown"
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
    """Leave out the findings that their notes exempt; add one for each comment that is not understood.

    `texts` is vault path -> the note's text as it is on disk.
    """
    known = _find_all(texts)
    kept = _leave_out(found, known)
    kept.extend(fault for exemptions in known.values() for fault in exemptions.faults)
    return tuple(sorted(kept, key=lambda d: d.sort_key))


def leave_out_exempted(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Leave out the findings that their notes exempt, as `apply_exemptions` does, and add none."""
    return tuple(_leave_out(found, _find_all(texts)))


def _find_all(texts: Mapping[str, str]) -> dict[str, Exemptions]:
    return {path: find_exemptions(path, text) for path, text in texts.items() if may_direct(text)}


def _leave_out(found: Iterable[Diagnostic], known: Mapping[str, Exemptions]) -> list[Diagnostic]:
    return [d for d in found if d.place.path not in known or not known[d.place.path].cover(d)]
