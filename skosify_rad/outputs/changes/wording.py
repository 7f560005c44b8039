"""A change in words, for the text and the Markdown form."""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Final, NamedTuple

from skosify_rad.graph.changes.change_kinds import Change
from skosify_rad.graph.changes.compare import Comparison
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import ADMS, SKOS, curie
from skosify_rad.model.statements import Literal, Term

_LENGTH: Final = 160
"""Characters of a text that are shown."""
_MOST: Final = 8
"""Values of one change that are shown."""
_BEFORE: Final = 40
"""Characters before the first difference of two texts that are shown."""
_CAPITAL: Final = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")


class Style(NamedTuple):
    """How names and texts, which come from strangers, are written."""

    name: Callable[[str], str]
    text: Callable[[str], str]
    iri: Callable[[str], str]


class Words(NamedTuple):
    """Describes the changes of a comparison."""

    comparison: Comparison
    style: Style

    def describe(self, change: Change) -> str:
        """Return what changed, in a line without the name of the kind."""
        write = _WORDS.get(change.kind.slug)
        return write(self, change) if write else self.name(change.subject)

    def name(self, iri: str) -> str:
        """Return the name of a resource."""
        return self.style.name(_shorten(self.comparison.name(iri)))

    def value(self, term: Term) -> str:
        """Return the name of a resource of either graph, a term of SKOS in words, another IRI, or a text in quotes."""
        if isinstance(term, Literal):
            return f"“{self.style.text(_shorten(term.value))}”"
        if self.comparison.new.name(term) or self.comparison.old.name(term):
            return self.name(term)
        for namespace in (SKOS.NS, ADMS.STATUS_NS, ADMS.Accepted.removesuffix("accepted")):
            if term.startswith(namespace):
                return self.style.text(_CAPITAL.sub(" ", term.removeprefix(namespace)).lower())
        return self.style.iri(curie(term))

    def values(self, terms: Iterable[Term]) -> str:
        """Return names and texts, separated by commas."""
        listed = list(terms)
        more = f" and {len(listed) - _MOST:,} more" if len(listed) > _MOST else ""
        return ", ".join(map(self.value, listed[:_MOST])) + more

    def gains(self, change: Change) -> str:
        """Return what was gained and lost; of two long texts the part that differs."""
        if len(change.old) == len(change.new) == 1:
            old, new = change.old[0], change.new[0]
            if isinstance(old, Literal) and isinstance(new, Literal):
                same = sum(
                    1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old.value, new.value, strict=False))
                )
                start = old.value.rfind(" ", 0, max(0, same - _BEFORE)) + 1
                old, new = (text._replace(value="… " * bool(start) + text.value[start:]) for text in (old, new))
            return f"{self.value(old)} → {self.value(new)}"
        parts = ((word, self.values(terms)) for word, terms in (("now", change.new), ("no longer", change.old)))
        return ", ".join(f"{word} {values}" for word, values in parts if values)


def _moved(words: Words, change: Change) -> str:
    old, new = words.values(change.old), words.values(change.new)
    had, has = (side.links(change.subject, SKOS.broader) for side in (words.comparison.old, words.comparison.new))
    start = f"from below {old} " if old else "" if had else "from the top "
    end = f"to below {new}" if new else "" if has else "to the top"
    if start and end:
        return f"{words.name(change.subject)}: {start}{end}"
    return f"{words.name(change.subject)}: " + (f"now also below {new}" if new else f"no longer below {old}")


def _renamed(words: Words, change: Change) -> str:
    kept = not set(change.old).isdisjoint(words.comparison.new.texts(change.subject, SKOS.altLabel))
    return words.gains(change) + (" (the old name is still a label)" if kept else "")


def _deprecated(words: Words, change: Change) -> str:
    twin = f"; a new concept has the same name: {words.style.iri(change.other)}" if change.other else ""
    end = f"replaced by {words.values(change.new)}" if change.new else f"without a replacement{twin}"
    return f"{words.name(change.subject)}, {end}"


def _added(words: Words, change: Change) -> str:
    parents = sorted(words.comparison.new.links(change.subject, SKOS.broader))
    return words.name(change.subject) + (f", below {words.values(parents)}" if parents else "")


def _differential(words: Words, change: Change) -> str:
    told = words.values(change.new or change.old)
    if change.kind.slug == "differential-changed":
        told = words.gains(change)
    return f"{words.name(change.subject)} vs {words.name(change.other)}" + (f": {told}" if told else "")


def _valued(words: Words, change: Change) -> str:
    """Tell the property too, where one kind of change has several."""
    several = change.kind.slug not in _OF_ONE_PROPERTY and change.predicate != SKOS.altLabel
    name = words.name(change.subject) + (f", {words.value(change.predicate)}" if several else "")
    return f"{name}: {words.gains(change) or 'another order'}"


_OF_ONE_PROPERTY: Final = (
    *("definition-changed", "definition-respelled", "notation-changed", "status-changed"),
    *("relation-changed", "collection-changed"),
)
_Writer = Callable[[Words, Change], str]
_REMOVED: Final[_Writer] = lambda w, c: f"{w.name(c.subject)} {w.style.iri(c.subject)}"  # noqa: E731 - a line of the table
_WORDS: Final[dict[str, _Writer]] = {
    **dict.fromkeys(("concept-removed", "collection-removed", "scheme-removed", "type-changed"), _REMOVED),
    "identifier-changed": lambda w, c: (
        f"{w.name(c.subject)}: {w.style.iri(c.subject)} is gone, {w.style.iri(c.other)} has its name or notation"
    ),
    "identifier-reused": lambda w, c: f"{w.style.iri(c.subject)}: {w.gains(c)}",
    "notation-reused": lambda w, c: f"{w.values(c.new)}: was {w.name(c.other)}, is {w.name(c.subject)}",
    "concept-added": _added,
    "concept-deprecated": _deprecated,
    "renamed": _renamed,
    "concept-moved": _moved,
    "top-concept-changed": lambda w, c: f"{w.name(c.subject)}: {'now' if c.new else 'no longer'} a top concept",
    **dict.fromkeys(("differential-added", "differential-removed", "differential-changed"), _differential),
    **dict.fromkeys((*_OF_ONE_PROPERTY, "label-changed", "mapping-changed", "note-changed"), _valued),
    **dict.fromkeys(("scheme-changed", "other"), _valued),
    "respelled": lambda w, c: ("" if c.predicate == SKOS.prefLabel else f"{w.name(c.subject)}: ") + w.gains(c),
}
"""Kind of change -> its words; a kind without an entry is told by the name of what changed."""


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1] + "…"
