"""Questions to the radiologist that need the evidence beside the graph: what to write next, what to answer."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import ADMS, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Triple

_WANTED_FROM: Final = 2
"""Notes that must name a thing before a note about it is asked for."""
_WANTED: Final = re.compile(r"(?P<told>.* is named in (?P<many>\d+) notes and has none) \(rank \d+ of \d+\)", re.DOTALL)


def find_wanted_notes(view: View) -> Iterator[Finding]:
    """Yield stubs that several notes name, the most wanted first."""
    if not view.sources:
        return
    stubs = _find_stubs(view)
    notes: dict[str, set[str]] = {}
    first: dict[str, tuple[Place, Triple]] = {}
    for triple, evidence in view.sources.items():
        for resource in (triple.subject, triple.object):
            if isinstance(resource, str) and resource in stubs:
                notes.setdefault(resource, set()).update([item.place.path for item in evidence])
                place = min([item.place for item in evidence], default=Place(""))
                if resource not in first or place < first[resource][0]:
                    first[resource] = place, triple
    ranks = rank_wanted({stub: len(paths) for stub, paths in notes.items() if len(paths) >= _WANTED_FROM})
    for stub, rank in ranks.items():
        message = f"{view.name(stub)} is named in {len(notes[stub])} notes and has none{rank}"
        yield Finding("wanted-note", stub, message, "Write this note next.", first[stub][1])


def rank_wanted(notes: Mapping[str, int]) -> dict[str, str]:
    """Return, for stubs that so many notes name each, how a message tells the rank; the most wanted first."""
    ranked = sorted(notes, key=lambda stub: (-notes[stub], stub))
    return {stub: f" (rank {rank} of {len(ranked)})" for rank, stub in enumerate(ranked, 1)}


def read_wanted(message: str) -> tuple[str, int] | None:
    """Return what a message about a wanted note tells but for its rank, and how many notes it counts."""
    found = _WANTED.fullmatch(message)
    return (found["told"], int(found["many"])) if found else None


def _find_stubs(view: View) -> AbstractSet[str]:
    """Return the concepts that were named and have no note yet."""
    status = view.column(ADMS.status)
    rows = zip(status.linked, status.links, strict=True)
    stubs = {number for number, term in rows if term == ADMS.UnderDevelopment}
    return set(view.names.sort(stubs & view.concepts.numbers.keys()))


def find_one_sided(view: View) -> Iterator[Finding]:
    """Yield differentials that are listed in one note while the other note has a list without the first."""
    if not view.sources:
        return
    tellers = _find_tellers(view)
    pages = {concept: _find_page(view, concept) for concept in set(chain.from_iterable(tellers))}
    answering = {path for paths in tellers.values() for path in paths}
    for (one, other), paths in sorted(tellers.items()):
        for listed, by in ((other, one), (one, other)):
            page = pages[listed]
            if page in answering and page not in paths and pages[by] in paths:
                message = (
                    f"{view.name(by)} lists {view.name(listed)} as a differential, whose own list does not name it"
                )
                hint = f"Add {view.name(by)} to the differentials in {page}, if a reader there should think of it."
                triple = next(t for t in _state_both(by, listed) if view.sources.get(t))
                yield Finding("one-sided-differential", by, message, hint, triple, _title(view, listed))


def _find_tellers(view: View) -> dict[tuple[str, str], set[str]]:
    """Return the related pairs that notes tell of, with these notes; about in order, so that to sort them is little."""
    tellers: dict[tuple[str, str], set[str]] = {}
    names = view.names.names
    for low, high in sorted(view.related):
        one, other = names[low], names[high]
        pair = (one, other) if one <= other else (other, one)
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
