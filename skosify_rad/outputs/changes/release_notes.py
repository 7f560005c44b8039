"""Changes as text for a terminal, and as Markdown release notes that a pull-request comment holds."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Final

from skosify_rad.graph.changes.change_kinds import Bump, Change, Kind
from skosify_rad.graph.changes.compare import Comparison
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
class ChangeReport:
    """A comparison with what its formats tell beside the changes."""

    comparison: Comparison
    names: tuple[str, str] = ("old", "new")
    """What the old and the new vocabulary are called: files, addresses, versions."""
    places: tuple[Places, Places] = (Places(), Places())
    """Where the notes state what the old and the new vocabulary hold."""

    @property
    def suggestion(self) -> Suggestion:
        """The next version."""
        return suggest_version(self.comparison.changes, self.comparison.versions[0])

    def locate(self, change: Change) -> str:
        """Return note and line of a change, of the old note if it is gone; empty if no note states it."""
        old, new = self.places
        place = new.find(change) or old.find(change)
        return f"{place.path}:{place.line}" if place and PurePosixPath(place.path).suffix else ""


def _clean(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _escape(text: str) -> str:
    """Return a text that Markdown shows as it is; signs that call a person or make a link are broken."""
    return (
        _MARKS.sub(r"\\\1", _clean(text))
        .replace("@", "@\u2060")
        .replace("://", ":\u2060//")
        .replace("www.", "www\u2060.")
    )


TEXT: Final = Style(_clean, _clean, _clean)
MARKDOWN: Final = Style(
    lambda name: f"**{_escape(name)}**", _escape, lambda iri: f"`{_clean(iri).replace('`', '%60')}`"
)


def write_text(report: ChangeReport) -> str:
    """Return the changes as text, all of them."""
    lines = [*_write_head(report), ""]
    words = Words(report.comparison, TEXT)
    for kind, changes in _group(report):
        lines += [_title(kind, changes), *(f"  {_write_line(change, words, report)}" for change in changes), ""]
    return "\n".join(lines)


def _write_head(report: ChangeReport) -> list[str]:
    (old, new), (was, now), suggestion = report.names, report.comparison.versions, report.suggestion
    differences = report.comparison.differences
    return [
        f"old: {_clean(old)}" + (f", version {_clean(was)}" if was else ""),
        f"new: {_clean(new)}" + (f", version {_clean(now)}" if now else ""),
        f"triples: {len(differences.added):,} added, {len(differences.removed):,} removed",
        _write_suggestion(suggestion),
    ]


def _write_suggestion(suggestion: Suggestion) -> str:
    if suggestion.bump == Bump.NONE:
        return "no changes"
    level = f"{suggestion.version} ({suggestion.bump})" if suggestion.version else str(suggestion.bump)
    return f"suggested version: {level}, because of {suggestion.reason}"


def _group(report: ChangeReport) -> list[tuple[Kind, list[Change]]]:
    """Return the kinds of change that occur, with their changes."""
    return [(kind, list(group)) for kind, group in groupby(report.comparison.changes, attrgetter("kind"))]


def _title(kind: Kind, changes: list[Change]) -> str:
    return f"{kind.title} ({len(changes):,})" + (", breaking" if kind.bump == Bump.MAJOR else "")


def _write_line(change: Change, words: Words, report: ChangeReport) -> str:
    place = report.locate(change)
    return words.describe(change) + (f" ({words.style.text(place)})" if place else "")


def write_markdown(report: ChangeReport) -> str:
    """Return release notes, a folded section for each kind of change, of at most `MOST_CHARACTERS`."""
    suggestion, (was, now) = report.suggestion, report.comparison.versions
    old, new = was or report.names[0], now or report.names[1]
    title = f"## Changes from {_escape(old)} to {_escape(new)}" if old != new else f"## Changes since {_escape(old)}"
    version = _write_suggestion(suggestion)
    head = f"{title}\n\n{version[0].upper()}{version[1:]}.\n"
    words, most = Words(report.comparison, MARKDOWN), _MOST_LINES
    sections = [
        (_title(kind, changes), [_write_line(change, words, report) for change in changes[:most]], len(changes))
        for kind, changes in _group(report)
    ]
    while len(text := head + "".join(_fold(*section, most) for section in sections)) > MOST_CHARACTERS:
        most //= 2
    return text


def _fold(title: str, lines: list[str], number: int, most: int) -> str:
    """Return a section that unfolds on a click, with at most so many of its lines."""
    shown = [f"- {line}" for line in lines[:most]]
    if number > len(shown):
        shown.append(f"- … and {number - len(shown):,} more")
    body = "\n".join(shown)
    is_open = " open" if title.endswith("breaking") else ""
    return f"\n<details{is_open}>\n<summary>{title}</summary>\n\n{body}\n\n</details>\n"
