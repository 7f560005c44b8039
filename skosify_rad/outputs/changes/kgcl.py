"""Changes in the Knowledge Graph Change Language, one a line, for tools that know ontologies.

KGCL has no escape for a single quote; a typographic one stands in its place. What it has no command for (the language
of a definition, statuses, metadata) is left out. Source: https://w3id.org/kgcl.
"""

from collections.abc import Iterator
from typing import Final

from skosify_rad.graph.changes.kinds import Change
from skosify_rad.graph.changes.side import Side
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.changes.release_notes import ChangeReport

_EDGES: Final = frozenset("concept-moved mapping-changed notation-changed relation-changed".split())


def write_kgcl(report: ChangeReport) -> str:
    """Return the lines of each change that KGCL can express."""
    comparison = report.comparison
    lines = (line for change in comparison.changes for line in _write(change, comparison.new))
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _write(change: Change, new: Side) -> Iterator[str]:
    slug, subject = change.kind.slug, f"<{change.subject}>"
    if slug == "concept-added":
        yield from _create(change.subject, new)
    elif slug == "identifier-changed":
        yield from _create(change.other, new)
        yield f"delete {subject}"
    elif slug in _EDGES:
        yield from (f"delete edge {subject} <{change.predicate}> {_node(term)}" for term in change.old)
        yield from (f"create edge {subject} <{change.predicate}> {_node(term)}" for term in change.new)
    elif slug in ("differential-added", "differential-removed"):
        verb = "create" if slug == "differential-added" else "delete"
        yield f"{verb} edge {subject} <{SKOS.related}> <{change.other}>"
    elif slug == "collection-changed":
        yield from (f"remove <{term}> from subset {subject}" for term in change.old)
        yield from (f"add <{term}> to subset {subject}" for term in change.new)
    else:
        yield from _write_texts(change, slug, subject)


def _write_texts(change: Change, slug: str, subject: str) -> Iterator[str]:
    is_swap = len(change.old) == len(change.new) == 1
    if slug == "concept-deprecated":
        yield f"obsolete {subject}" + (f" with replacement <{change.new[0]}>" if change.new else "")
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


def _create(concept: str, new: Side) -> Iterator[str]:
    first, *labels = sorted(new.texts(concept, SKOS.prefLabel)) or [Literal(concept)]
    yield f"create node <{concept}> {_label(first)}"
    labels += sorted(new.texts(concept, SKOS.altLabel))
    yield from (f"create exact synonym {_label(label)} for <{concept}>" for label in labels)
    yield from (f"add definition {_quote(text)} to <{concept}>" for text in sorted(new.texts(concept, SKOS.definition)))
    parents = sorted(new.links(concept, SKOS.broader))
    yield from (f"create edge <{concept}> <{SKOS.broader}> <{parent}>" for parent in parents)


def _quote(term: Term) -> str:
    text = " ".join((term.value if isinstance(term, Literal) else term).split()).replace("'", "’")
    return f"'{text}'"


def _label(term: Term) -> str:
    return f"{_quote(term)}@{term.language}" if isinstance(term, Literal) and term.language else _quote(term)


def _node(term: Term) -> str:
    return _quote(term) if isinstance(term, Literal) else f"<{term}>"
