"""Assembled triples -> immutable values for outputs and checks: subjects in order, and the evidence of each triple."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from skosify_rad.graph.graph import Properties, SourceMap, Subjects
from skosify_rad.model.namespaces import ADMS, RDF, SKOS
from skosify_rad.model.properties import rank_property
from skosify_rad.model.statements import Evidence, Literal, Term, Triple

Pieces = tuple[Evidence, ...] | list[Evidence]
"""Evidence of a triple: a shared tuple of one piece, a list of several in input order, or `()`."""

EvidenceByProperty = dict[str, dict[Triple, Pieces]]
"""Property -> triple -> its evidence."""

_SHARED: Final = frozenset({RDF.type, SKOS.inScheme, SKOS.topConceptOf, ADMS.status})
"""Properties with the same few objects on many subjects; equal objects share one tuple."""
_FEW: Final = 8
"""Up to this many objects, linear search is faster than bisection."""


def group(stated: EvidenceByProperty, derived: Mapping[str, Iterable[Triple]]) -> dict[str, list[Triple]]:
    """Return subject -> triples, in the order of their properties; a triple both stated and derived occurs twice."""
    grouped: dict[str, list[Triple]] = defaultdict(list)
    for predicate in sorted({*stated, *derived}, key=rank_property):
        for triple in chain(stated.get(predicate, ()), derived.get(predicate, ())):
            grouped[triple[0]].append(triple)
    return grouped


def freeze(grouped: dict[str, list[Triple]], stated: EvidenceByProperty, scheme: str) -> tuple[Subjects, SourceMap]:
    """Return subject -> properties (the scheme first, then by IRI), and the evidence in the same order."""
    subjects: dict[str, Properties] = {}
    evidence: dict[str, tuple[tuple[Evidence, ...], ...]] = {}
    shared: dict[tuple[Term, ...], tuple[Term, ...]] = {}
    for subject in sorted(grouped, key=lambda s: (s != scheme, s)):
        properties: dict[str, tuple[Term, ...]] = {}
        pieces: list[tuple[Evidence, ...]] = []
        for predicate, triples in _by_property(grouped.pop(subject)).items():
            if len(triples) > 1:  # sorting per subject and property takes a third of the time of one large sort
                triples = sorted(set(triples), key=_order_triple)  # noqa: PLW2901 - the same triples, sorted
            terms = tuple([triple[2] for triple in triples])
            properties[predicate] = shared.setdefault(terms, terms) if predicate in _SHARED else terms
            known = stated.get(predicate, {})
            for triple in triples:
                found = known.pop(triple, ())
                pieces.append(found if isinstance(found, tuple) else tuple(sorted(set(found))))
        subjects[subject] = MappingProxyType(properties)
        if any(pieces):
            evidence[subject] = tuple(pieces)
    return MappingProxyType(subjects), Sources(subjects, evidence)


class Sources(Mapping[Triple, tuple[Evidence, ...]]):
    """The evidence of a graph's triples, stored per subject in the order of its objects, to save memory."""

    __slots__ = ("_evidence", "_subjects")

    def __init__(
        self, subjects: Mapping[str, Properties], evidence: Mapping[str, tuple[tuple[Evidence, ...], ...]]
    ) -> None:
        """Take subject -> properties, and subject -> the evidence of each of its objects (`()` if it has none)."""
        self._subjects = subjects
        self._evidence = evidence

    def _find(self, triple: Triple) -> tuple[Evidence, ...]:
        subject, predicate, term = triple
        pieces = self._evidence.get(subject)
        if pieces is None:
            return ()
        before = 0
        for name, terms in self._subjects[subject].items():
            if name == predicate:
                at = _find_term(terms, term)
                return pieces[before + at] if at >= 0 else ()
            before += len(terms)
        return ()

    def __getitem__(self, triple: Triple) -> tuple[Evidence, ...]:
        """Return the evidence of a triple."""
        found = self._find(triple)
        if not found:
            raise KeyError(triple)
        return found

    def get(self, triple: Triple, default: Any = None) -> Any:  # noqa: ANN401 - Mapping's signature
        """Return the evidence of a triple, or the default; twice as fast as Mapping.get, which uses exceptions."""
        return self._find(triple) or default

    def __contains__(self, triple: object) -> bool:
        """Return whether a triple has evidence."""
        return isinstance(triple, Triple) and bool(self._find(triple))

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple that has evidence, in the order of the graph."""
        return (triple for triple, _ in self._pairs())

    def __len__(self) -> int:
        """Return the number of triples that have evidence."""
        return sum(sum(map(bool, pieces)) for pieces in self._evidence.values())

    def __bool__(self) -> bool:
        """Return whether any triple has evidence."""
        return bool(self._evidence)

    def items(self) -> ItemsView[Triple, tuple[Evidence, ...]]:
        """Return triples with their evidence, without lookups."""
        return _Items(self)

    def _pairs(self) -> Iterator[tuple[Triple, tuple[Evidence, ...]]]:
        for subject, pieces in self._evidence.items():
            remaining = iter(pieces)
            for predicate, terms in self._subjects[subject].items():
                for term, found in zip(terms, remaining, strict=False):
                    if found:
                        yield Triple(subject, predicate, term), found


class _Items(ItemsView[Triple, tuple[Evidence, ...]]):
    _mapping: Sources

    def __iter__(self) -> Iterator[tuple[Triple, tuple[Evidence, ...]]]:
        return self._mapping._pairs()  # noqa: SLF001 - the view of this mapping


def _find_term(terms: tuple[Term, ...], term: Term) -> int:
    """Return the position of a term among sorted ones, or -1."""
    at = bisect_left(terms, _order(term), key=_order) if len(terms) > _FEW else -1
    if at < 0:
        return terms.index(term) if term in terms else -1
    return at if at < len(terms) and terms[at] == term else -1


def _by_property(triples: list[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for triple in triples:
        found.setdefault(triple[1], []).append(triple)
    return found


def _order_triple(triple: Triple) -> tuple[bool, Term]:
    return _order(triple[2])


def _order(term: Term) -> tuple[bool, Term]:
    return isinstance(term, Literal), term
