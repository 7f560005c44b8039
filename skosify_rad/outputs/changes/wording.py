"""A change in words, for the text and the Markdown form."""

from collections.abc import Callable, Iterable
from os.path import commonprefix
from typing import Final, NamedTuple

from skosify_rad.graph.changes.compare import Comparison
from skosify_rad.graph.changes.kinds import Change
from skosify_rad.model.namespaces import SKOS, curie
from skosify_rad.model.statements import Literal, Term

_LENGTH: Final = 160
"""Characters of a text that are shown."""
_MOST: Final = 8
"""Values of one change that are shown."""
_BEFORE: Final = 40
"""Characters before the first difference of two texts that are shown."""


class Style(NamedTuple):
    """How names and texts, which come from strangers, are written."""

    name: Callable[[str], str]
    """Writes the name of a concept."""
    text: Callable[[str], str]
    """Writes words of a note."""
    iri: Callable[[str], str]
    """Writes an IRI."""


class Words:
    """Describes changes."""

    def __init__(self, comparison: Comparison, style: Style) -> None:
        """Take the comparison that the changes are from."""
        self.comparison = comparison
        self.style = style

    def describe(self, change: Change) -> str:
        """Return what changed, in a line without the name of the kind."""
        write = _WORDS.get(change.kind.slug)
        return write(self, change) if write else self.name(change.subject)

    def name(self, iri: str) -> str:
        """Return the name of a resource."""
        return self.style.name(_shorten(self.comparison.name(iri)))

    def value(self, term: Term) -> str:
        """Return the name of a resource of either graph, an IRI of elsewhere, or a text in quotes."""
        if isinstance(term, Literal):
            return self.text(term)
        known = self.comparison.new.name(term) or self.comparison.old.name(term)
        return self.name(term) if known else self.style.iri(curie(term))

    def text(self, text: Literal) -> str:
        """Return a text in quotes."""
        return f"“{self.style.text(_shorten(text.value))}”"

    def values(self, terms: Iterable[Term]) -> str:
        """Return names and texts, separated by commas."""
        listed = list(terms)
        shown = ", ".join(map(self.value, listed[:_MOST]))
        return f"{shown} and {len(listed) - _MOST:,} more" if len(listed) > _MOST else shown

    def gains(self, change: Change) -> str:
        """Return what was gained and lost."""
        gained, lost = self.values(change.new), self.values(change.old)
        if gained and lost:
            return f"now {gained}, before {lost}"
        return f"now {gained}" if gained else f"no longer {lost}"


def _added(words: Words, change: Change) -> str:
    parents = words.comparison.new.links(change.subject, SKOS.broader)
    return words.name(change.subject) + (f", below {words.values(sorted(parents))}" if parents else "")


def _removed(words: Words, change: Change) -> str:
    return f"{words.name(change.subject)} {words.style.iri(change.subject)}"


def _identifier_changed(words: Words, change: Change) -> str:
    was, now = (words.style.iri(iri) for iri in (change.subject, str(change.new[0])))
    return f"{words.name(change.subject)}: {was} is gone, {now} has its name"


def _renamed(words: Words, change: Change) -> str:
    kept = {text.value for text in words.comparison.new.texts(change.subject, SKOS.altLabel)}
    note = " (the old name is still a label)" if kept & {t.value for t in change.old if isinstance(t, Literal)} else ""
    return f"{words.values(change.old)} → {words.values(change.new)}{note}"


def _reused(words: Words, change: Change) -> str:
    return f"{words.style.iri(change.subject)}: was {words.values(change.old)}, is {words.values(change.new)}"


def _notation_reused(words: Words, change: Change) -> str:
    return f"{words.values(change.new)}: was {words.name(change.other)}, is {words.name(change.subject)}"


def _deprecated(words: Words, change: Change) -> str:
    name = words.name(change.subject)
    if change.new:
        return f"{name}, replaced by {words.values(change.new)}"
    twin = f"; a new concept has the same name: {words.style.iri(change.other)}" if change.other else ""
    return f"{name}, without a replacement{twin}"


def _moved(words: Words, change: Change) -> str:
    name, old, new = words.name(change.subject), words.values(change.old), words.values(change.new)
    comparison = words.comparison
    if change.predicate == SKOS.topConceptOf:
        return f"{name}: " + ("now a top concept" if new else "no longer a top concept")
    if old and new:
        return f"{name}: from below {old} to below {new}"
    if new:
        alone = not comparison.old.links(change.subject, SKOS.broader)
        return f"{name}: from the top to below {new}" if alone else f"{name}: now also below {new}"
    alone = not comparison.new.links(change.subject, SKOS.broader)
    return f"{name}: from below {old} to the top" if alone else f"{name}: no longer below {old}"


def _differential(words: Words, change: Change) -> str:
    pair = f"{words.name(change.subject)}: {words.name(change.other)}"
    if change.kind.slug == "differential-changed":
        return f"{pair}: {words.gains(change)}"
    return f"{pair}: {words.values(change.new or change.old)}" if change.new or change.old else pair


def _related(words: Words, change: Change) -> str:
    return f"{words.name(change.subject)} and {words.name(change.other)}"


def _definition(words: Words, change: Change) -> str:
    name = words.name(change.subject)
    if len(change.old) == len(change.new) == 1:
        old, new = (term.value if isinstance(term, Literal) else term for term in (change.old[0], change.new[0]))
        start = max(0, len(commonprefix((old, new))) - _BEFORE)
        start = old.rfind(" ", 0, start) + 1
        mark = "… " if start else ""
        was, now = (f"“{words.style.text(mark + _shorten(text[start:]))}”" for text in (old, new))
        return f"{name}: {was} → {now}"
    return f"{name}: {words.gains(change)}"


def _valued(words: Words, change: Change) -> str:
    """Name the property too, where one kind of change has several."""
    return f"{words.name(change.subject)}, {words.style.iri(curie(change.predicate))}: {words.gains(change)}"


def _plain(words: Words, change: Change) -> str:
    return f"{words.name(change.subject)}: {words.values(change.new or change.old)}"


def _respelled(words: Words, change: Change) -> str:
    return f"{words.values(change.old)} → {words.values(change.new)}"


def _members(words: Words, change: Change) -> str:
    if not change.old and not change.new:
        return f"{words.name(change.subject)}: the same members in another order"
    return f"{words.name(change.subject)}: {words.gains(change)}"


def _typed(words: Words, change: Change) -> str:
    old, new = change.predicate.split(" ")
    return f"{words.name(change.subject)} {words.style.iri(change.subject)}: a {old} before, now a {new}"


_WORDS: Final[dict[str, Callable[[Words, Change], str]]] = {
    **dict.fromkeys(("concept-removed", "collection-removed", "scheme-removed"), _removed),
    "identifier-changed": _identifier_changed,
    "identifier-reused": _reused,
    "notation-reused": _notation_reused,
    "type-changed": _typed,
    "concept-added": _added,
    "concept-deprecated": _deprecated,
    "concept-renamed": _renamed,
    "concept-moved": _moved,
    **dict.fromkeys(("differential-added", "differential-removed", "differential-changed"), _differential),
    **dict.fromkeys(("relation-added", "relation-removed"), _related),
    **dict.fromkeys(("definition-changed", "definition-respelled"), _definition),
    **dict.fromkeys(("label-added", "label-removed"), _plain),
    **dict.fromkeys(("mapping-added", "mapping-removed", "note-changed", "scheme-changed", "other"), _valued),
    **dict.fromkeys(("notation-changed", "status-changed"), lambda words, c: f"{words.name(c.subject)}: {words.gains(c)}"),
    "collection-changed": _members,
    "respelled": _respelled,
}
"""Kind of change -> its words; a kind without an entry is told by the name of what changed."""


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1] + "…"
