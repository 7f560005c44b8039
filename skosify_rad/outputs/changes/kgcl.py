"""Changes in the Knowledge Graph Change Language, one a line, for tools that know ontologies.

KGCL has no escape for a single quote; a typographic one stands in its place. What it has no command for (languages
of definitions, statuses, scheme metadata) is left out.

Source: https://w3id.org/kgcl.
"""

from collections.abc import Callable, Iterator
from typing import Final

from skosify_rad.graph.changes.kinds import Change
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.changes.release_notes import Told


def write_kgcl(told: Told) -> str:
    """Return a line for each change that KGCL can express."""
    lines = [line for change in told.comparison.changes for line in _find_writer(change)(change, told)]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _find_writer(change: Change) -> Callable[[Change, Told], Iterator[str]]:
    return _WRITERS.get(change.kind.slug, _skip)


def _skip(change: Change, told: Told) -> Iterator[str]:
    del change, told
    yield from ()


def _iri(term: Term) -> str:
    return f"<{term}>"


def _quote(term: Term) -> str:
    text = " ".join((term.value if isinstance(term, Literal) else term).split()).replace("'", "’")
    return f"'{text}'"


def _label(term: Term) -> str:
    return f"{_quote(term)}@{term.language}" if isinstance(term, Literal) and term.language else _quote(term)


def _create(change: Change, told: Told) -> Iterator[str]:
    yield from _create_concept(change.subject, told)


def _create_concept(concept: str, told: Told) -> Iterator[str]:
    new = told.comparison.new
    labels = sorted(new.texts(concept, SKOS.prefLabel)) or [Literal(told.comparison.name(concept))]
    yield f"create node <{concept}> {_label(labels[0])}"
    for label in [*labels[1:], *sorted(new.texts(concept, SKOS.altLabel))]:
        yield f"create exact synonym {_label(label)} for <{concept}>"
    for text in sorted(new.texts(concept, SKOS.definition)):
        yield f"add definition {_quote(text)} to <{concept}>"
    for parent in sorted(new.links(concept, SKOS.broader)):
        yield f"create edge <{concept}> <{SKOS.broader}> <{parent}>"


def _delete(change: Change, told: Told) -> Iterator[str]:
    del told
    yield f"delete <{change.subject}>"


def _replace(change: Change, told: Told) -> Iterator[str]:
    yield from _create_concept(str(change.new[0]), told)
    yield f"delete <{change.subject}>"


def _obsolete(change: Change, told: Told) -> Iterator[str]:
    del told
    yield f"obsolete <{change.subject}>" + (f" with replacement {_iri(change.new[0])}" if change.new else "")


def _restore(change: Change, told: Told) -> Iterator[str]:
    del told
    yield f"unobsolete <{change.subject}>"


def _rename(change: Change, told: Told) -> Iterator[str]:
    """Rename, or replace a synonym: the predicate says which label it is."""
    del told
    if change.predicate == SKOS.prefLabel and len(change.old) == len(change.new) == 1:
        yield f"rename <{change.subject}> from {_label(change.old[0])} to {_label(change.new[0])}"
    else:
        yield from _change_labels(change)


def _change_labels(change: Change, told: Told | None = None) -> Iterator[str]:
    del told
    for label in change.old:
        yield f"remove synonym {_label(label)} for <{change.subject}>"
    for label in change.new:
        yield f"create exact synonym {_label(label)} for <{change.subject}>"


def _change_definition(change: Change, told: Told) -> Iterator[str]:
    del told
    if len(change.old) == len(change.new) == 1:
        yield f"change definition of <{change.subject}> from {_quote(change.old[0])} to {_quote(change.new[0])}"
        return
    if change.old:
        yield f"remove definition for <{change.subject}>"
    for text in change.new:
        yield f"add definition {_quote(text)} to <{change.subject}>"


def _change_edges(change: Change, told: Told) -> Iterator[str]:
    """Delete and create edges, to what was lost and gained or to the other end of a pair."""
    del told
    predicate = f"<{change.predicate}>"
    for term in change.old:
        yield f"delete edge <{change.subject}> {predicate} {_quote(term) if isinstance(term, Literal) else _iri(term)}"
    for term in change.new:
        yield f"create edge <{change.subject}> {predicate} {_quote(term) if isinstance(term, Literal) else _iri(term)}"


def _change_pair(change: Change, told: Told) -> Iterator[str]:
    del told
    verb = "create" if change.kind.slug.endswith("added") else "delete"
    yield f"{verb} edge <{change.subject}> <{SKOS.related}> <{change.other}>"


def _change_members(change: Change, told: Told) -> Iterator[str]:
    del told
    for member in change.old:
        yield f"remove {_iri(member)} from subset <{change.subject}>"
    for member in change.new:
        yield f"add {_iri(member)} to subset <{change.subject}>"


_WRITERS: Final = {
    "concept-removed": _delete,
    "identifier-changed": _replace,
    "concept-added": _create,
    "concept-deprecated": _obsolete,
    "concept-restored": _restore,
    **dict.fromkeys(("concept-renamed", "identifier-reused", "respelled"), _rename),
    **dict.fromkeys(("label-added", "label-removed"), _change_labels),
    **dict.fromkeys(("definition-changed", "definition-respelled"), _change_definition),
    **dict.fromkeys(("concept-moved", "mapping-added", "mapping-removed", "notation-changed"), _change_edges),
    **dict.fromkeys(("differential-added", "differential-removed"), _change_pair),
    **dict.fromkeys(("relation-added", "relation-removed"), _change_pair),
    "collection-changed": _change_members,
}
"""Kind of change -> function that writes its lines."""
