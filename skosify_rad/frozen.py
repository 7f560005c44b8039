"""Settled triples -> the values that outputs and checks read: subjects in order, and the evidence of each triple."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from skosify_rad.graph import SourceMap
from skosify_rad.statements import Evidence, Literal, Term, Triple
from skosify_rad.vocab import ADMS, RDF, SKOS

Pieces = tuple[Evidence, ...] | list[Evidence]
"""Evidence of a triple: a tuple, which many share, of one piece; a list of several, as they were met; `()` of none."""

Said = dict[str, dict[Triple, Pieces]]
"""Property -> triple -> its evidence."""

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


def group(said: Said, derived: Mapping[str, Iterable[Triple]]) -> dict[str, list[Triple]]:
    """Return all triples by subject, in the order of their properties; those both said and derived stand twice."""
    grouped: dict[str, list[Triple]] = defaultdict(list)
    for predicate in sorted({*said, *derived}, key=rank):
        for triple in chain(said.get(predicate, ()), derived.get(predicate, ())):
            grouped[triple[0]].append(triple)
    return grouped


def rank(predicate: str) -> str:
    """Return what orders the properties of one subject."""
    return _RANK.get(predicate, "99" + predicate)


def freeze(grouped: dict[str, list[Triple]], said: Said, scheme: str) -> tuple[Mapping[str, Properties], SourceMap]:
    """Return subject -> properties, the scheme first, then by IRI, and the evidence in the same order."""
    subjects: dict[str, Properties] = {}
    sources: dict[Triple, tuple[Evidence, ...]] = {}
    shared: dict[tuple[Term, ...], tuple[Term, ...]] = {}
    for subject in sorted(grouped, key=lambda s: (s != scheme, s)):
        properties: dict[str, tuple[Term, ...]] = {}
        for predicate, triples in _by_property(grouped.pop(subject)).items():
            if len(triples) > 1:  # one subject and property at a time: a third of the time of sorting all by all
                triples = sorted(set(triples), key=_order)  # noqa: PLW2901 - the same ones
            terms = tuple([triple[2] for triple in triples])
            properties[predicate] = shared.setdefault(terms, terms) if predicate in _SHARED else terms
            stated = said.get(predicate)
            if stated:
                for triple in triples:
                    evidence = stated.pop(triple, None)
                    if evidence is not None:
                        sources[triple] = evidence if isinstance(evidence, tuple) else tuple(sorted(set(evidence)))
        subjects[subject] = MappingProxyType(properties)
    return MappingProxyType(subjects), MappingProxyType(sources)


def _by_property(triples: list[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for triple in triples:
        found.setdefault(triple[1], []).append(triple)
    return found


def _order(triple: Triple) -> tuple[bool, Term]:
    return isinstance(triple[2], Literal), triple[2]
