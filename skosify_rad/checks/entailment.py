"""The classes of each resource, as SKOS entails them from its properties.

Source: https://www.w3.org/TR/skos-reference/ (S4-S8, S18-S20, S29-S36, S38-S43, S55-S57).
"""

from __future__ import annotations

from itertools import chain, compress
from typing import TYPE_CHECKING, Final

from skosify_rad.checks.iri_index import Members
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL
from skosify_rad.model.statements import Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skosify_rad.checks.view import View
    from skosify_rad.model.statements import Term

RELATIONS: Final = (
    *(SKOS.broader, SKOS.narrower, SKOS.related, SKOS.broaderTransitive, SKOS.narrowerTransitive),
    *(SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SKOS.exactMatch, SKOS.closeMatch),
    *(SKOS.semanticRelation, SKOS.mappingRelation),
)
"""Properties whose subject and object are concepts (S19, S20, S39-S43)."""
MAPPINGS: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
"""Mapping properties, which relate concepts of different schemes."""
LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
"""Lexical labels."""
XL_LABELS: Final = (SKOSXL.prefLabel, SKOSXL.altLabel, SKOSXL.hiddenLabel)
"""The SKOS-XL counterparts of `LABELS`, in the same order (S55-S57)."""

_CLASSES: Final = (SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection, SKOSXL.Label)
_SUPERCLASS: Final = {**{c: c for c in _CLASSES}, SKOS.OrderedCollection: SKOS.Collection}
_DOMAINS: Final = {
    **dict.fromkeys(RELATIONS, SKOS.Concept),
    SKOS.hasTopConcept: SKOS.ConceptScheme,
    SKOS.topConceptOf: SKOS.Concept,
    SKOS.member: SKOS.Collection,
    SKOS.memberList: SKOS.Collection,
    SKOSXL.literalForm: SKOSXL.Label,
    SKOSXL.labelRelation: SKOSXL.Label,
}
_RANGES: Final = {
    **dict.fromkeys(RELATIONS, SKOS.Concept),
    **dict.fromkeys(XL_LABELS, SKOSXL.Label),
    SKOS.hasTopConcept: SKOS.Concept,
    SKOS.topConceptOf: SKOS.ConceptScheme,
    SKOS.inScheme: SKOS.ConceptScheme,
    SKOSXL.labelRelation: SKOSXL.Label,
}
LINKS: Final = frozenset({*_RANGES, SKOS.member, SKOS.memberList})
"""SKOS properties whose object must be a resource."""


def find_members(view: View) -> Mapping[str, Members]:
    """Return class -> its members: those stated, then those entailed by domain, then by range."""
    found = {name: _find_stated(view, name) for name in _CLASSES}
    names = view.index.iris
    for predicate, kind in _DOMAINS.items():
        column, known = view.column(predicate), found[kind].numbers
        if all(map(known.__contains__, column.owners)):  # the usual case
            continue
        links = zip(column.link_subjects, column.links, strict=True)
        rows: Iterable[tuple[int, Term]] = chain(links, zip(column.text_subjects, column.texts, strict=True))
        for subject, term in rows:
            if subject not in known:
                known[subject] = Triple(names[subject], predicate, term)
    for predicate, kind in _RANGES.items():
        column, ends, known = view.column(predicate), view.ends(predicate), found[kind].numbers
        if all(map(known.__contains__, ends)):
            continue
        for subject, end in zip(column.link_subjects, ends, strict=True):
            if end not in known:
                known[end] = Triple(names[subject], predicate, names[end])
    return found


def _find_stated(view: View, name: str) -> Members:
    types = view.column(RDF.type)
    kinds = frozenset(kind for kind, above in _SUPERCLASS.items() if above == name)
    rows = list(compress(zip(types.link_subjects, types.links, strict=True), map(kinds.__contains__, types.links)))
    found = Members(view.index, dict(rows))
    if len(found) < len(rows):  # of two types, the first counts
        found.numbers.update(reversed(rows))
    return found
