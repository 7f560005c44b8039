"""The graph as SKOS entails it: what every check reads, computed once and without a reasoner.

Source: https://www.w3.org/TR/skos-reference/ (S4-S8, S18-S26, S29-S36, S38-S45, S55-S57).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.hierarchy import Edges, Reach, invert
from skosify_rad.graph import Graph, SourceMap
from skosify_rad.statements import Literal, Term, Triple
from skosify_rad.vocab import RDF, SKOS, SKOSXL

Pair = tuple[str, Term]
"""Subject and object of a property."""

RELATIONS: Final = (
    *(SKOS.broader, SKOS.narrower, SKOS.related, SKOS.broaderTransitive, SKOS.narrowerTransitive),
    *(SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SKOS.exactMatch, SKOS.closeMatch),
    *(SKOS.semanticRelation, SKOS.mappingRelation),
)
"""Properties whose subject and object are concepts (S19, S20, S39-S43)."""
MAPPINGS: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
"""Relations that are meant to cross from one scheme to another."""
LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
"""The lexical labels."""
XL_LABELS: Final = (SKOSXL.prefLabel, SKOSXL.altLabel, SKOSXL.hiddenLabel)
"""The same as resources, in the same order (S55-S57)."""

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
_READ: Final = frozenset({RDF.type, SKOS.notation, *LABELS, *LINKS, SKOSXL.literalForm})
_UP: Final = (SKOS.broader, SKOS.broaderTransitive, SKOS.broadMatch)
_DOWN: Final = (SKOS.narrower, SKOS.narrowerTransitive, SKOS.narrowMatch)


@dataclass(frozen=True)
class View:
    """A graph under SKOS' entailments. Not slotted: the closures are computed when first asked for."""

    graph: Graph
    """The graph as it is."""
    sources: SourceMap = field(default_factory=lambda: MappingProxyType({}))
    """Where its triples come from; empty for a graph without notes."""
    language: str = "en"
    """Language in which messages name concepts."""

    @cached_property
    def pairs(self) -> Mapping[str, list[Pair]]:
        """Property -> its stated pairs, for the properties that checks read."""
        pairs: dict[str, list[Pair]] = {name: [] for name in _READ}
        for subject, properties in self.graph.subjects.items():
            for predicate, objects in properties.items():
                if predicate in _READ:
                    pairs[predicate].extend([(subject, term) for term in objects])
        return pairs

    def links(self, *predicates: str) -> Iterator[tuple[str, str]]:
        """Yield the stated pairs of the properties whose object is a resource."""
        for predicate in predicates:
            for subject, term in self.pairs[predicate]:
                if isinstance(term, str):
                    yield subject, term

    @cached_property
    def witnesses(self) -> Mapping[str, Mapping[str, Triple]]:
        """Class -> its members, stated or entailed, each with the first triple that says so."""
        found: dict[str, dict[str, Triple]] = {name: {} for name in _CLASSES}
        for subject, kind in self.links(RDF.type):
            if kind in _SUPERCLASS:
                found[_SUPERCLASS[kind]].setdefault(subject, Triple(subject, RDF.type, kind))
        for predicate, kind in _DOMAINS.items():
            members = found[kind]
            for subject, term in self.pairs[predicate]:
                if subject not in members:
                    members[subject] = Triple(subject, predicate, term)
        for predicate, kind in _RANGES.items():
            members = found[kind]
            for subject, term in self.links(predicate):
                if term not in members:
                    members[term] = Triple(subject, predicate, term)
        return found

    @property
    def concepts(self) -> Mapping[str, Triple]:
        """Every concept, stated or entailed, with the triple that says so."""
        return self.witnesses[SKOS.Concept]

    @property
    def schemes(self) -> Mapping[str, Triple]:
        """Every concept scheme, likewise."""
        return self.witnesses[SKOS.ConceptScheme]

    @property
    def collections(self) -> Mapping[str, Triple]:
        """Every collection, likewise."""
        return self.witnesses[SKOS.Collection]

    @cached_property
    def own_concepts(self) -> tuple[str, ...]:
        """Concepts that the graph itself describes: typed, labelled or placed in a scheme here, sorted."""
        marks = {RDF.type, SKOS.inScheme, SKOS.topConceptOf, *LABELS, *XL_LABELS, *RELATIONS[:3]}
        subjects = self.graph.subjects
        return tuple(sorted(c for c in self.concepts if not marks.isdisjoint(subjects.get(c, ()))))

    @cached_property
    def members(self) -> tuple[tuple[str, Term, Triple], ...]:
        """Collection, member and the triple that says so; the items of member lists are members (S36)."""
        stated = [(s, o, Triple(s, SKOS.member, o)) for s, o in self.pairs[SKOS.member]]
        for subject, head in self.links(SKOS.memberList):
            items, _ = read_list(self.graph, head)
            stated.extend((subject, item, Triple(subject, SKOS.memberList, head)) for item in items)
        return tuple(stated)

    @cached_property
    def labels(self) -> Mapping[str, tuple[tuple[str, Literal, Triple], ...]]:
        """Label property -> subject, literal and the triple that says so, SKOS-XL labels included (S55-S57)."""
        forms: dict[str, list[Literal]] = {}
        for label, form in self.pairs[SKOSXL.literalForm]:
            if isinstance(form, Literal):
                forms.setdefault(label, []).append(form)
        found = {}
        for plain, xl in zip(LABELS, XL_LABELS, strict=True):
            rows = [(s, o, Triple(s, plain, o)) for s, o in self.pairs[plain] if isinstance(o, Literal)]
            for subject, label in self.links(xl):
                rows.extend((subject, form, Triple(subject, xl, label)) for form in forms.get(label, ()))
            found[plain] = tuple(rows)
        return found

    @cached_property
    def labelled(self) -> frozenset[str]:
        """Resources that have a preferred label, be it one that is no text."""
        plain = {subject for subject, _ in self.pairs[SKOS.prefLabel]}
        return frozenset(plain | {row[0] for row in self.labels[SKOS.prefLabel]})

    @cached_property
    def parents(self) -> Edges:
        """Concept -> its broader concepts, from skos:broader and skos:narrower."""
        return self._hierarchy((SKOS.broader,), (SKOS.narrower,))

    @cached_property
    def children(self) -> Edges:
        """Concept -> its narrower concepts."""
        return invert(self.parents)

    @cached_property
    def reach(self) -> Reach:
        """Reachability along skos:broader."""
        return Reach(self.parents)

    @cached_property
    def entailed_reach(self) -> Reach:
        """Reachability along skos:broaderTransitive as SKOS entails it, mappings included (S22, S24, S25, S41, S43)."""
        extra = (*_UP[1:], *_DOWN[1:])
        if not any(self.pairs[name] for name in extra):
            return self.reach
        return Reach(self._hierarchy(_UP, _DOWN))

    def _hierarchy(self, up: tuple[str, ...], down: tuple[str, ...]) -> dict[str, set[str]]:
        parents: dict[str, set[str]] = {}
        for child, parent in self.links(*up):
            parents.setdefault(child, set()).add(parent)
        for parent, child in self.links(*down):
            parents.setdefault(child, set()).add(parent)
        return parents

    @cached_property
    def related(self) -> Mapping[tuple[str, str], Triple]:
        """Unordered pairs of related concepts, mappings included (S23, S41), with the first triple that says so."""
        found: dict[tuple[str, str], Triple] = {}
        for predicate in (SKOS.related, SKOS.relatedMatch):
            for one, other in self.links(predicate):
                key = (one, other) if one <= other else (other, one)
                if key not in found:
                    found[key] = Triple(one, predicate, other)
        return found

    @cached_property
    def scheme_of(self) -> Mapping[str, frozenset[str]]:
        """Resource -> the schemes it is in (S7, S8)."""
        found: dict[str, set[str]] = {}
        for resource, scheme in self.links(SKOS.inScheme, SKOS.topConceptOf):
            found.setdefault(resource, set()).add(scheme)
        for scheme, resource in self.links(SKOS.hasTopConcept):
            found.setdefault(resource, set()).add(scheme)
        shared: dict[frozenset[str], frozenset[str]] = {}
        return {r: shared.setdefault(key, key) for r, key in ((r, frozenset(s)) for r, s in found.items())}

    @cached_property
    def top_concepts(self) -> Mapping[str, frozenset[str]]:
        """Scheme -> its top concepts, stated from either side."""
        found: dict[str, set[str]] = {}
        for scheme, concept in self.links(SKOS.hasTopConcept):
            found.setdefault(scheme, set()).add(concept)
        for concept, scheme in self.links(SKOS.topConceptOf):
            found.setdefault(scheme, set()).add(concept)
        return {scheme: frozenset(tops) for scheme, tops in found.items()}

    @cached_property
    def listed_tops(self) -> frozenset[str]:
        """Concepts that a scheme lists by skos:hasTopConcept."""
        return frozenset(concept for _, concept in self.links(SKOS.hasTopConcept))

    def find_broader(self, child: str, parent: str) -> Triple:
        """Return the stated triple that makes `parent` broader than `child`."""
        for predicate in _UP:
            if parent in self.graph.objects(child, predicate):
                return Triple(child, predicate, parent)
        for predicate in _DOWN:
            if child in self.graph.objects(parent, predicate):
                return Triple(parent, predicate, child)
        return Triple(child, SKOS.broader, parent)

    def name(self, resource: str) -> str:
        """Return a resource's preferred label, in the view's language if it has one, else the end of its IRI."""
        labels = [o for o in self.graph.objects(resource, SKOS.prefLabel) if isinstance(o, Literal)]
        for label in labels:
            if label.language.lower() == self.language:
                return f"“{label.value}”"
        if labels:
            return f"“{labels[0].value}”"
        return resource.rstrip("/#").replace("#", "/").rpartition("/")[2] or resource


def read_list(graph: Graph, head: str) -> tuple[list[Term], bool]:
    """Return the items of an RDF list and whether it is well-formed: one first, one rest, an end."""
    items: list[Term] = []
    seen: set[str] = set()
    node: Term = head
    while node != RDF.nil:
        if not isinstance(node, str) or node in seen:
            return items, False
        seen.add(node)
        firsts, rests = graph.objects(node, RDF.first), graph.objects(node, RDF.rest)
        items.extend(firsts)
        if len(firsts) != 1 or len(rests) != 1:
            return items, False
        node = rests[0]
    return items, True
