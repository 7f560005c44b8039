"""Changes in the Knowledge Graph Change Language, one a line, for tools that know ontologies.

Identifiers are CURIEs: the parser of `kgcl_schema` forgets an IRI in angle brackets whose namespace it does not know.
KGCL has no escape for a single quote; a typographic one stands in its place. What it has no command for (the language
of a definition, statuses, metadata) is left out. Source: https://w3id.org/kgcl.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from skosify_rad.graph.changes import Comparison
from skosify_rad.graph.changes.change_kinds import Change
from skosify_rad.model.curies import KNOWN
from skosify_rad.model.namespaces import PREFIXES, SKOS, VANN
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.changes.release_notes import ChangeReport

_EDGES: Final = frozenset("concept-moved mapping-changed notation-changed relation-changed".split())
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LOCAL: Final = re.compile(r"(?:[A-Za-z0-9_][^\s'\"<>]*)?")


class _Writer:
    """Writes terms, shortened by the namespaces that the vocabulary declares, those we know, and its commonest one."""

    def __init__(self, comparison: Comparison) -> None:
        self.new = comparison.new
        self.namespaces = {prefix: one.namespace for prefix, one in KNOWN.items()} | PREFIXES
        for side in (comparison.new, comparison.old):
            for subject in side.subjects:
                namespaces = side.texts(subject, VANN.preferredNamespaceUri)
                for prefix, namespace in zip(
                    side.texts(subject, VANN.preferredNamespacePrefix), namespaces, strict=False
                ):
                    if _PREFIX.fullmatch(prefix.value):
                        self.namespaces.setdefault(prefix.value, namespace.value)
        counted = Counter(_find_namespace(change.subject) for change in comparison.changes)
        commonest = next((namespace for namespace, _ in counted.most_common(1)), "")
        if commonest and commonest not in self.namespaces.values():
            self.namespaces[""] = commonest

    def node(self, term: Term) -> str:
        """Return a CURIE; a whole IRI where no namespace fits; a literal in quotes."""
        if isinstance(term, Literal):
            return _quote(term)
        for prefix, namespace in self.namespaces.items():
            if term.startswith(namespace) and _LOCAL.fullmatch(term, len(namespace)):
                return f"{prefix}:{term[len(namespace) :]}"
        return f"<{term}>"


def _find_namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def write_kgcl(report: ChangeReport) -> str:
    """Return the lines of each change that KGCL can express."""
    writer = _Writer(report.comparison)
    lines = (line for change in report.comparison.changes for line in _write(change, writer))
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _write(change: Change, writer: _Writer) -> Iterator[str]:
    node = writer.node
    slug, subject = change.kind.slug, node(change.subject)
    if slug == "concept-added":
        yield from _create(change.subject, writer)
    elif slug == "identifier-changed":
        yield from _create(change.other, writer)
        yield f"delete {subject}"
    elif slug in _EDGES:
        yield from (f"delete edge {subject} {node(change.predicate)} {node(term)}" for term in change.old)
        yield from (f"create edge {subject} {node(change.predicate)} {node(term)}" for term in change.new)
    elif slug in ("differential-added", "differential-removed"):
        verb = "create" if slug == "differential-added" else "delete"
        yield f"{verb} edge {subject} {node(SKOS.related)} {node(change.other)}"
    elif slug == "collection-changed":
        yield from (f"remove {node(term)} from subset {subject}" for term in change.old)
        yield from (f"add {node(term)} to subset {subject}" for term in change.new)
    else:
        yield from _write_texts(change, subject, writer)


def _write_texts(change: Change, subject: str, writer: _Writer) -> Iterator[str]:
    slug = change.kind.slug
    is_swap = len(change.old) == len(change.new) == 1
    if slug == "concept-deprecated":
        yield f"obsolete {subject}" + (f" with replacement {writer.node(change.new[0])}" if change.new else "")
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


def _create(concept: str, writer: _Writer) -> Iterator[str]:
    new, node = writer.new, writer.node(concept)
    first, *labels = sorted(new.texts(concept, SKOS.prefLabel)) or [Literal(concept)]
    yield f"create node {node} {_label(first)}"
    labels += sorted(new.texts(concept, SKOS.altLabel))
    yield from (f"create exact synonym {_label(label)} for {node}" for label in labels)
    yield from (f"add definition {_quote(text)} to {node}" for text in sorted(new.texts(concept, SKOS.definition)))
    parents = sorted(new.links(concept, SKOS.broader))
    yield from (f"create edge {node} {writer.node(SKOS.broader)} {writer.node(parent)}" for parent in parents)


def _quote(term: Term) -> str:
    text = " ".join((term.value if isinstance(term, Literal) else term).split()).replace("'", "’")
    return f"'{text}'"


def _label(term: Term) -> str:
    return f"{_quote(term)}@{term.language}" if isinstance(term, Literal) and term.language else _quote(term)
