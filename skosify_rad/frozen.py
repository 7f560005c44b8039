"""Settled triples -> the values that outputs and checks read: subjects in order, and the evidence of each triple."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from skosify_rad.graph import SourceMap
from skosify_rad.statements import Evidence, Literal, Term, Triple
from skosify_rad.vocab import ADMS, RDF, SKOS

Pieces = tuple[Evidence, ...] | list[Evidence]
"""Evidence of a triple: a tuple, which many share, of one piece; a list of several, as they were met; `()` of none."""

Said = dict[str, dict[Triple, Pieces]]
"""Property -> triple -> its evidence."""

Row = tuple[Triple, Pieces]
"""A triple with its evidence."""

Properties = Mapping[str, tuple[Term, ...]]
"""Property -> its objects, of one subject."""

PROPERTY_ORDER: Final = (
    *(RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation, SKOS.definition),
    *(SKOS.broader, SKOS.narrower, SKOS.related),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
)
"""Properties in the order a reader wants them; all others follow by IRI."""

_RANK: Final = {predicate: f"{index:02}" for index, predicate in enumerate(PROPERTY_ORDER)}
_SHARED: Final = frozenset({RDF.type, SKOS.inScheme, SKOS.topConceptOf, ADMS.status})
"""Properties with the same few objects on many subjects, which need be held but once."""


def group(said: Said, derived: Mapping[str, Iterable[Triple]]) -> dict[str, list[Row]]:
    """Return all triples by subject, in the order of their properties; those both said and derived stand twice."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for predicate in sorted({*said, *derived}, key=_rank):
        for row in said.pop(predicate, {}).items():
            grouped[row[0][0]].append(row)
        for triple in derived.get(predicate, ()):
            grouped[triple[0]].append((triple, ()))
    return grouped


def rank(row: Row) -> str:
    """Return what orders the triples of one subject by their properties."""
    return _rank(row[0].predicate)


def _rank(predicate: str) -> str:
    return _RANK.get(predicate, "99" + predicate)


def freeze(grouped: dict[str, list[Row]], scheme: str) -> tuple[Mapping[str, Properties], SourceMap]:
    """Return subject -> properties, the scheme first, then by IRI, and the evidence in the same order."""
    subjects: dict[str, Properties] = {}
    sources: dict[Triple, tuple[Evidence, ...]] = {}
    shared: dict[tuple[Term, ...], tuple[Term, ...]] = {}
    for subject in sorted(grouped, key=lambda s: (s != scheme, s)):
        properties: dict[str, tuple[Term, ...]] = {}
        for predicate, rows in groupby(grouped.pop(subject), key=lambda row: row[0][1]):
            ordered = _order(list(rows))
            terms = tuple([triple[2] for triple, _ in ordered])
            properties[predicate] = shared.setdefault(terms, terms) if predicate in _SHARED else terms
            for triple, evidence in ordered:
                if evidence:
                    sources[triple] = evidence if isinstance(evidence, tuple) else tuple(sorted(set(evidence)))
        subjects[subject] = MappingProxyType(properties)
    return MappingProxyType(subjects), MappingProxyType(sources)


def _order(rows: list[Row]) -> list[Row]:
    """Sort the triples of one subject and property, each once; a third of the time of sorting all by all."""
    if len(rows) == 1:
        return rows
    unique = dict(reversed(rows))  # what is said, before what is derived again
    return sorted(unique.items(), key=lambda row: (isinstance(row[0].object, Literal), row[0].object))
