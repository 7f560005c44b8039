"""Questions to the radiologist that need the evidence beside the graph: what to write next, what to answer."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.diagnostics import Place
from skosify_rad.statements import Triple
from skosify_rad.vocab import ADMS, RAD, SKOS

_WANTED_FROM: Final = 2
"""Notes that must name a thing before a note about it is asked for."""


def find_wanted_notes(view: View) -> Iterator[Finding]:
    """Yield stubs that several notes name, the most wanted first."""
    if not view.sources:
        return
    stubs = {c for c in view.concepts if ADMS.UnderDevelopment in view.graph.objects(c, ADMS.status)}
    notes: dict[str, set[str]] = {}
    first: dict[str, Triple] = {}
    for triple, evidence in view.sources.items():
        for resource in (triple.subject, triple.object):
            if isinstance(resource, str) and resource in stubs:
                notes.setdefault(resource, set()).update(item.place.path for item in evidence)
                first[resource] = min(first.get(resource, triple), triple, key=lambda t: _first_place(view, t))
    ranked = sorted(
        (stub for stub, paths in notes.items() if len(paths) >= _WANTED_FROM), key=lambda s: (-len(notes[s]), s)
    )
    for rank, stub in enumerate(ranked, 1):
        message = f"{view.name(stub)} is named in {len(notes[stub])} notes and has none (rank {rank} of {len(ranked)})"
        yield Finding("wanted-note", stub, message, "Write this note next.", first[stub])


def _first_place(view: View, triple: Triple) -> Place:
    return min((evidence.place for evidence in view.sources[triple]), default=Place(""))


def find_one_sided(view: View) -> Iterator[Finding]:
    """Yield differentials that are listed in one note while the other note has a list without the first."""
    if not view.sources:
        return
    pages = {concept: page for concept in view.concepts if (page := _find_page(view, concept))}
    tellers = _find_tellers(view)
    answering = {path for paths in tellers.values() for path in paths}
    for (one, other), paths in sorted(tellers.items()):
        for listed, by in ((other, one), (one, other)):
            page = pages.get(listed, "")
            if page in answering and page not in paths and pages.get(by) in paths:
                message = (
                    f"{view.name(by)} lists {view.name(listed)} as a differential, whose own list does not name it"
                )
                hint = f"Add {view.name(by)} to the differentials in {page}, if a reader there should think of it."
                triple = next(t for t in _state_both(by, listed) if view.sources.get(t))
                yield Finding("one-sided-differential", by, message, hint, triple, _title(view, listed))


def _find_tellers(view: View) -> dict[tuple[str, str], set[str]]:
    tellers: dict[tuple[str, str], set[str]] = {}
    for one, other in map(view.names.sort, view.related):
        pair = one, other
        for triple in _state_both(*pair):
            for evidence in view.sources.get(triple, ()):
                tellers.setdefault(pair, set()).add(evidence.place.path)
    return tellers


def _state_both(one: str, other: str) -> tuple[Triple, ...]:
    return (
        Triple(one, SKOS.related, other),
        Triple(other, SKOS.related, one),
        Triple(one, RAD.differentialDiagnosis, other),
    )


def _title(view: View, concept: str) -> Triple | None:
    labels = view.graph.objects(concept, SKOS.prefLabel)
    return Triple(concept, SKOS.prefLabel, labels[0]) if labels else None


def _find_page(view: View, concept: str) -> str:
    if ADMS.UnderDevelopment in view.graph.objects(concept, ADMS.status):
        return ""
    title = _title(view, concept)
    evidence = view.sources.get(title, ()) if title else ()
    return evidence[0].place.path if evidence else ""


CHECKS: Final = (
    Check(find_wanted_notes, ("wanted-note",)),
    Check(find_one_sided, ("one-sided-differential",)),
)
"""In the order of the catalogue."""
