"""Changes as text for a terminal, and as Markdown release notes that a pull-request comment holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Final

from skosify_rad.graph.changes.compare import Comparison
from skosify_rad.graph.changes.kinds import Bump, Change
from skosify_rad.graph.changes.versions import Suggestion, suggest_version
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.outputs.changes.places import Places
from skosify_rad.outputs.changes.wording import Style, Words

MOST_CHARACTERS: Final = 60_000
"""Length of the Markdown. GitHub takes comments of up to 65,536 characters."""
_MOST_LINES: Final = 200
"""Lines of one kind of change in the Markdown; fewer if it would be too long."""
_MARKS: Final = lazy_pattern(r"([\\`*_{}\[\]()<>#|~&!])")


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison with what its formats tell beside the changes."""

    comparison: Comparison
    """The changes."""
    names: tuple[str, str] = ("old", "new")
    """What the old and the new vocabulary are called: files, addresses, versions."""
    places: tuple[Places, Places] = field(default_factory=lambda: (Places(), Places()))
    """Where the notes state what the old and the new vocabulary hold."""

    @property
    def suggestion(self) -> Suggestion:
        """The next version."""
        return suggest_version(self.comparison.changes, self.comparison.versions[0])

    def locate(self, change: Change) -> str:
        """Return note and line of a change, of the old note if it is gone; empty if not known."""
        old, new = self.places
        place = new.find(change) or old.find(change)
        return f"{place.path}:{place.line}" if place else ""


def _clean(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _escape(text: str) -> str:
    """Return a text that Markdown shows as it is; a sign that would call a person or an issue is parted from its name."""
    return _MARKS.sub(r"\\\1", _clean(text)).replace("@", "@\u2060").replace("://", ":\u2060//").replace("www.", "www\u2060.")


TEXT: Final = Style(_clean, _clean, _clean)
MARKDOWN: Final = Style(
    lambda name: f"**{_escape(name)}**", _escape, lambda iri: f"`{_clean(iri).replace('`', '%60')}`"
)


def write_text(told: Told) -> str:
    """Return the changes as text, all of them."""
    lines = [*_write_head(told), ""]
    for title, found in _list_sections(told, TEXT):
        lines += [title, *(f"  {line}" for line in found), ""]
    return "\n".join(lines)


def _write_head(told: Told) -> list[str]:
    (old, new), (was, now), suggestion = told.names, told.comparison.versions, told.suggestion
    return [
        f"old: {_clean(old)}" + (f", version {_clean(was)}" if was else ""),
        f"new: {_clean(new)}" + (f", version {_clean(now)}" if now else ""),
        _write_suggestion(suggestion),
    ]


def _write_suggestion(suggestion: Suggestion) -> str:
    if suggestion.bump == Bump.NONE:
        return "no changes"
    version = f"{suggestion.version}, " if suggestion.version else ""
    return f"suggested version: {version}{suggestion.bump}: {suggestion.reason}"


def _list_sections(told: Told, style: Style) -> Iterator[tuple[str, list[str]]]:
    """Yield heading and lines of every kind of change that occurs."""
    words = Words(told.comparison, style)
    for kind, group in groupby(told.comparison.changes, attrgetter("kind")):
        lines = []
        for change in group:
            place = told.locate(change)
            lines.append(words.describe(change) + (f" ({style.text(place)})" if place else ""))
        yield f"{kind.title} ({len(lines):,})" + (", breaking" if kind.bump == Bump.MAJOR else ""), lines


def write_markdown(told: Told) -> str:
    """Return release notes, a folded section for each kind of change, of at most `MOST_CHARACTERS`."""
    suggestion, (was, now) = told.suggestion, told.comparison.versions
    old, new = was or told.names[0], now or told.names[1]
    title = f"## Changes from {_escape(old)} to {_escape(new)}" if old != new else f"## Changes since {_escape(old)}"
    version = _write_suggestion(suggestion)
    head = f"{title}\n\n{version[0].upper()}{version[1:]}.\n"
    sections = list(_list_sections(told, MARKDOWN))
    most = _MOST_LINES
    while len(text := head + "".join(_fold(*section, most) for section in sections)) > MOST_CHARACTERS and most:
        most //= 2
    return text[:MOST_CHARACTERS]


def _fold(title: str, lines: list[str], most: int) -> str:
    shown = [f"- {line}" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"- … and {len(lines) - most:,} more")
    body = "\n".join(shown)
    return f"\n<details{' open' if title.endswith('breaking') else ''}>\n<summary>{title}</summary>\n\n{body}\n\n</details>\n"
