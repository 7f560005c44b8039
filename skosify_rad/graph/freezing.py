"""Settled triples -> the values that outputs and checks read: subjects in order, and the evidence of each triple."""

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
"""Evidence of a triple: a tuple, which many share, of one piece; a list of several, as they were met; `()` of none."""

Said = dict[str, dict[Triple, Pieces]]
"""Property -> triple -> its evidence."""

_SHARED: Final = frozenset({RDF.type, SKOS.inScheme, SKOS.topConceptOf, ADMS.status})
"""Properties with the same few objects on many subjects, which need be held but once."""


_FEW: Final = 8
"""Among so many objects one is found sooner by looking at each than by halving them."""


def group(said: Said, derived: Mapping[str, Iterable[Triple]]) -> dict[str, list[Triple]]:
    """Return all triples by subject, in the order of their properties; those both said and derived stand twice."""
    grouped: dict[str, list[Triple]] = defaultdict(list)
    for predicate in sorted({*said, *derived}, key=rank_property):
        for triple in chain(said.get(predicate, ()), derived.get(predicate, ())):
            grouped[triple[0]].append(triple)
    return grouped


def freeze(grouped: dict[str, list[Triple]], said: Said, scheme: str) -> tuple[Subjects, SourceMap]:
    """Return subject -> properties, the scheme first, then by IRI, and the evidence in the same order."""
    subjects: dict[str, Properties] = {}
    evidence: dict[str, tuple[tuple[Evidence, ...], ...]] = {}
    shared: dict[tuple[Term, ...], tuple[Term, ...]] = {}
    for subject in sorted(grouped, key=lambda s: (s != scheme, s)):
        properties: dict[str, tuple[Term, ...]] = {}
        pieces: list[tuple[Evidence, ...]] = []
        for predicate, triples in _by_property(grouped.pop(subject)).items():
            if len(triples) > 1:  # one subject and property at a time: a third of the time of sorting all by all
                triples = sorted(set(triples), key=_order_triple)  # noqa: PLW2901 - the same ones
            terms = tuple([triple[2] for triple in triples])
            properties[predicate] = shared.setdefault(terms, terms) if predicate in _SHARED else terms
            stated = said.get(predicate, {})
            for triple in triples:
                found = stated.pop(triple, ())
                pieces.append(found if isinstance(found, tuple) else tuple(sorted(set(found))))
        subjects[subject] = MappingProxyType(properties)
        if any(pieces):
            evidence[subject] = tuple(pieces)
    return MappingProxyType(subjects), Sources(subjects, evidence)


class Sources(Mapping[Triple, tuple[Evidence, ...]]):
    """The evidence of a graph's triples, subject by subject beside its objects: a dict of triples took a tenth more."""

    __slots__ = ("_evidence", "_subjects")

    def __init__(
        self, subjects: Mapping[str, Properties], evidence: Mapping[str, tuple[tuple[Evidence, ...], ...]]
    ) -> None:
        """Take subject -> properties, and subject -> the evidence of each object, `()` of those that have none."""
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

    def get(self, triple: Triple, default: Any = None) -> Any:  # noqa: ANN401 - as Mapping has it
        """Return the evidence of a triple, or the default: half the time of an exception."""
        return self._find(triple) or default

    def __contains__(self, triple: object) -> bool:
        """Tell whether a triple has evidence."""
        return isinstance(triple, Triple) and bool(self._find(triple))

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple that has evidence, in the order of the graph."""
        return (triple for triple, _ in self._pairs())

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(sum(map(bool, pieces)) for pieces in self._evidence.values())

    def __bool__(self) -> bool:
        """Tell whether there is any, without counting."""
        return bool(self._evidence)

    def items(self) -> ItemsView[Triple, tuple[Evidence, ...]]:
        """Return triples with their evidence, none of them looked up."""
        return _Items(self)

    def _pairs(self) -> Iterator[tuple[Triple, tuple[Evidence, ...]]]:
        for subject, pieces in self._evidence.items():
            told = iter(pieces)
            for predicate, terms in self._subjects[subject].items():
                for term, found in zip(terms, told, strict=False):
                    if found:
                        yield Triple(subject, predicate, term), found


class _Items(ItemsView[Triple, tuple[Evidence, ...]]):
    _mapping: Sources

    def __iter__(self) -> Iterator[tuple[Triple, tuple[Evidence, ...]]]:
        return self._mapping._pairs()  # noqa: SLF001 - its own view


def _find_term(terms: tuple[Term, ...], term: Term) -> int:
    """Return where a term stands among sorted ones; -1 where it does not."""
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
