"""Checks that need the evidence from the notes: notes worth writing, differentials listed on one side only."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.labels import find_stubs
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import ADMS, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Triple

if TYPE_CHECKING:
    from skosify_rad.model.diagnostics import Place

_MIN_MENTIONS: Final = 2
"""Notes that must mention a concept before its own note is suggested."""


def find_wanted_notes(view: View) -> Iterator[Finding]:
    """Yield concepts without a note that several notes mention, the most mentioned first."""
    if not view.sources:
        return
    stubs = set(view.index.sort_iris(find_stubs(view) & view.concepts.numbers.keys()))
    notes: dict[str, set[str]] = {}
    first: dict[str, tuple[Place, Triple]] = {}
    for triple, evidence in view.sources.items():
        places = [item.place for item in evidence if item.place.path != "."]  # "." is no note: inferred
        for resource in (triple.subject, triple.object) if places else ():
            if isinstance(resource, str) and resource in stubs:
                notes.setdefault(resource, set()).update([place.path for place in places])
                place = min(places)
                if resource not in first or place < first[resource][0]:
                    first[resource] = place, triple
    wanted = [stub for stub, paths in notes.items() if len(paths) >= _MIN_MENTIONS]
    for rank, stub in enumerate(sorted(wanted, key=lambda stub: (-len(notes[stub]), stub)), 1):
        mentioned = f"{view.name(stub)} is mentioned in {len(notes[stub])} notes"
        message = f"{mentioned} but has no note of its own (rank {rank} of {len(wanted)})"
        yield Finding("wanted-note", stub, message, "Consider writing this note.", first[stub][1])


def find_one_sided(view: View) -> Iterator[Finding]:
    """Yield differentials that note A lists for B, where note B lists differentials but not A."""
    if not view.sources:
        return
    notes_of = _find_differentials(view)
    pages = {concept: _find_page(view, concept) for concept in set(chain.from_iterable(notes_of))}
    listing = {path for paths in notes_of.values() for path in paths}
    for (one, other), paths in sorted(notes_of.items()):
        for listed, by in ((other, one), (one, other)):
            page = pages[listed]
            if page in listing and page not in paths and pages[by] in paths:
                message = f"{view.name(by)} lists the differential {view.name(listed)}, but not the other way round"
                hint = f"Add {view.name(by)} to the differentials in {page}, if it belongs there."
                triple = next(t for t in _list_statements(by, listed) if view.sources.get(t))
                yield Finding("one-sided-differential", by, message, hint, triple, _find_title(view, listed))


def _find_differentials(view: View) -> dict[tuple[str, str], set[str]]:
    """Return related pair -> paths of the notes that state it, in almost sorted order, so that sorting is fast."""
    notes_of: dict[tuple[str, str], set[str]] = {}
    iris = view.index.iris
    for low, high in sorted(view.related):
        one, other = iris[low], iris[high]
        pair = (one, other) if one <= other else (other, one)
        for triple in _list_statements(*pair):
            for evidence in view.sources.get(triple, ()):
                notes_of.setdefault(pair, set()).add(evidence.place.path)
    return notes_of


def _list_statements(one: str, other: str) -> tuple[Triple, ...]:
    """Return the triples by which a note may relate two concepts."""
    return (
        Triple(one, SKOS.related, other),
        Triple(other, SKOS.related, one),
        Triple(one, RAD.differentialDiagnosis, other),
    )


def _find_title(view: View, concept: str) -> Triple | None:
    labels = view.graph.objects(concept, SKOS.prefLabel)
    return Triple(concept, SKOS.prefLabel, labels[0]) if labels else None


def _find_page(view: View, concept: str) -> str:
    """Return the path of a concept's note; empty if it has none."""
    if not ADMS.WITHOUT_NOTE.isdisjoint(view.graph.objects(concept, ADMS.status)):
        return ""
    title = _find_title(view, concept)
    evidence = view.sources.get(title, ()) if title else ()
    return evidence[0].place.path if evidence else ""


CHECKS: Final = (
    Check(find_wanted_notes, ("wanted-note",)),
    Check(find_one_sided, ("one-sided-differential",)),
)
"""In the order of the catalogue."""
