"""Changes in the Knowledge Graph Change Language, one a line, for tools that know ontologies.

KGCL has no escape for a single quote; a typographic one stands in its place. What it has no command for (the language
of a definition, statuses, metadata) is left out. Its parser drops IRIs whose namespace it does not know, so those of
the scheme are written with the prefix `vault:`, those of standards with their usual one. Source: https://w3id.org/kgcl.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from skosify_rad.graph.changes.kinds import Change
from skosify_rad.graph.changes.side import Side
from skosify_rad.model.namespaces import SKOS, curie
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.changes.release_notes import ChangeReport

_EDGES: Final = frozenset("concept-moved mapping-changed notation-changed relation-changed".split())
_LOCAL: Final = re.compile(r"[\w./-]+")


def write_kgcl(report: ChangeReport) -> str:
    """Return the lines of each change that KGCL can express."""
    new = report.comparison.new
    schemes = (subject for subject in new.subjects if new.role(subject) == "scheme" and subject.endswith(("/", "#")))
    writer = _Writer(new, min(schemes, default=""))
    lines = (line for change in report.comparison.changes for line in writer.write(change))
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


class _Writer(NamedTuple):
    """Writes changes towards one graph."""

    new: Side
    base: str
    """IRI of the scheme, empty if names cannot begin with it."""

    def write(self, change: Change) -> Iterator[str]:
        """Yield the lines of a change."""
        slug, subject = change.kind.slug, self._name(change.subject)
        if slug == "concept-added":
            yield from self._create(change.subject)
        elif slug == "identifier-changed":
            yield from self._create(change.other)
            yield f"delete {subject}"
        elif slug in _EDGES:
            predicate = self._name(change.predicate)
            yield from (f"delete edge {subject} {predicate} {self._node(term)}" for term in change.old)
            yield from (f"create edge {subject} {predicate} {self._node(term)}" for term in change.new)
        elif slug in ("differential-added", "differential-removed"):
            verb = "create" if slug == "differential-added" else "delete"
            yield f"{verb} edge {subject} {self._name(SKOS.related)} {self._name(change.other)}"
        elif slug == "collection-changed":  # the grammar takes no prefix for a subset
            yield from (f"remove {self._node(term)} from subset <{change.subject}>" for term in change.old)
            yield from (f"add {self._node(term)} to subset <{change.subject}>" for term in change.new)
        else:
            yield from self._write_texts(change, slug, subject)

    def _write_texts(self, change: Change, slug: str, subject: str) -> Iterator[str]:
        is_swap = len(change.old) == len(change.new) == 1
        if slug == "concept-deprecated":
            yield f"obsolete {subject}" + (f" with replacement {self._node(change.new[0])}" if change.new else "")
        elif slug in ("concept-removed", "concept-restored"):
            yield f"{'delete' if slug == 'concept-removed' else 'unobsolete'} {subject}"
        elif slug in ("definition-changed", "definition-respelled"):
            if is_swap:
                yield f"change definition of {subject} from {_quote(change.old[0])} to {_quote(change.new[0])}"
            else:
                yield from [f"remove definition for {subject}"] * bool(change.old)
                yield from (f"add definition {_quote(term)} to {subject}" for term in change.new)
        elif slug in ("renamed", "identifier-reused", "respelled", "label-changed"):
            if is_swap and change.predicate == SKOS.prefLabel:
                yield f"rename {subject} from {_label(change.old[0])} to {_label(change.new[0])}"
            else:
                yield from (f"remove synonym {_label(term)} for {subject}" for term in change.old)
                yield from (f"create exact synonym {_label(term)} for {subject}" for term in change.new)

    def _create(self, concept: str) -> Iterator[str]:
        new, name = self.new, self._name(concept)
        first, *labels = sorted(new.texts(concept, SKOS.prefLabel)) or [Literal(concept)]
        yield f"create node {name} {_label(first)}"
        labels += sorted(new.texts(concept, SKOS.altLabel))
        yield from (f"create exact synonym {_label(label)} for {name}" for label in labels)
        yield from (f"add definition {_quote(text)} to {name}" for text in sorted(new.texts(concept, SKOS.definition)))
        parents, broader = sorted(new.links(concept, SKOS.broader)), self._name(SKOS.broader)
        yield from (f"create edge {name} {broader} {self._name(parent)}" for parent in parents)

    def _name(self, iri: str) -> str:
        local = iri.removeprefix(self.base)
        if self.base and local != iri and _LOCAL.fullmatch(local):
            return f"vault:{local}"
        short = curie(iri)
        return short if short != iri else f"<{iri}>"

    def _node(self, term: Term) -> str:
        """Return a resource, or a text as a literal."""
        return _quote(term) if isinstance(term, Literal) else self._name(term)


def _quote(term: Term) -> str:
    text = " ".join((term.value if isinstance(term, Literal) else term).split()).replace("'", "’")
    return f"'{text}'"


def _label(term: Term) -> str:
    return f"{_quote(term)}@{term.language}" if isinstance(term, Literal) and term.language else _quote(term)
