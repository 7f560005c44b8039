"""The graph as SKOS entails it: what every check reads, computed once and without a reasoner.

Source: https://www.w3.org/TR/skos-reference/ (S4-S8, S18-S26, S29-S36, S38-S45, S55-S57).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.entailment import LABELS, RELATIONS, XL_LABELS, find_members
from skosify_rad.checks.numbering import Members, NamedEdges, Names
from skosify_rad.checks.repeated import find_repeated, fold_case
from skosify_rad.graph.columns import (
    FIRST,
    SECOND,
    Labels,
    Link,
    Statements,
    Text,
    find_columns,
    part_labels,
)
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.graph.hierarchy import Edges, Reach, gather
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL
from skosify_rad.model.statements import Literal, Term, Triple

_NOTHING: Final = Statements([], [], [], [])
_MARKS: Final = (RDF.type, SKOS.inScheme, SKOS.topConceptOf, *LABELS, *XL_LABELS, *RELATIONS[:3])
"""Properties one of which a concept has that the graph itself describes."""
_UP: Final = (SKOS.broader, SKOS.broaderTransitive, SKOS.broadMatch)
_DOWN: Final = (SKOS.narrower, SKOS.narrowerTransitive, SKOS.narrowMatch)
_BESIDE: Final = (SKOS.related, SKOS.relatedMatch)


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
    def _columns(self) -> tuple[Mapping[str, int], Mapping[str, Statements]]:
        """Numbers of subjects, and property -> its statements: what every check reads, mostly as a whole."""
        return find_columns(self.graph)

    @property
    def predicates(self) -> AbstractSet[str]:
        """Every property of the graph."""
        return {predicate for predicate, column in self._columns[1].items() if column.owners}

    def column(self, predicate: str) -> Statements:
        """Return the statements of a property, resources as numbers."""
        return self._columns[1].get(predicate, _NOTHING)

    def owners(self, *predicates: str) -> set[int]:
        """Return the numbers of the resources that have one of these properties."""
        return set().union(*(self.column(predicate).owners for predicate in predicates))

    def links(self, *predicates: str) -> Sequence[Link]:
        """Return the stated pairs of the properties whose object is a resource, by name."""
        columns, names = map(self.column, predicates), self.names.names
        return [(names[subject], term) for c in columns for subject, term in zip(c.linked, c.links, strict=True)]

    def texts(self, *predicates: str) -> Sequence[Text]:
        """Return the stated pairs of the properties whose object is a literal, by name."""
        columns, names = map(self.column, predicates), self.names.names
        return [(names[subject], text) for c in columns for subject, text in zip(c.told, c.texts, strict=True)]

    @cached_property
    def names(self) -> Names:
        """What the numbers stand for: the subjects of the graph in order, then what links lead to."""
        return Names(self._columns[0])

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        return {}

    def ends(self, predicate: str) -> list[int]:
        """Return the numbers of what the links of a property lead to, one a link."""
        if predicate not in self._ends:
            self._ends[predicate] = self.names.number(self.column(predicate).links)
        return self._ends[predicate]

    @cached_property
    def witnesses(self) -> Mapping[str, Members]:
        """Class -> its members, stated or entailed, each with the first triple that says so."""
        return find_members(self)

    @property
    def concepts(self) -> Members:
        """Every concept, stated or entailed, with the triple that says so."""
        return self.witnesses[SKOS.Concept]

    @property
    def schemes(self) -> Members:
        """Every concept scheme, likewise."""
        return self.witnesses[SKOS.ConceptScheme]

    @property
    def collections(self) -> Members:
        """Every collection, likewise."""
        return self.witnesses[SKOS.Collection]

    @cached_property
    def own(self) -> AbstractSet[int]:
        """Numbers of the concepts that the graph itself describes: typed, labelled or placed in a scheme here."""
        concepts = self.concepts.numbers
        if len(concepts) == self.concepts.stated:
            return frozenset(concepts)
        return concepts.keys() & self.owners(*_MARKS)

    @cached_property
    def own_concepts(self) -> tuple[str, ...]:
        """The same by name, sorted."""
        return tuple(self.names.sort(self.own))

    @cached_property
    def members(self) -> tuple[tuple[str, Term, Triple], ...]:
        """Collection, member and the triple that says so; the items of member lists are members (S36)."""
        stated: list[tuple[str, Term, Triple]] = []
        for pairs in (self.links(SKOS.member), self.texts(SKOS.member)):
            stated.extend((s, o, Triple(s, SKOS.member, o)) for s, o in pairs)
        for subject, head in self.links(SKOS.memberList):
            items, _ = read_list(self.graph, head)
            stated.extend((subject, item, Triple(subject, SKOS.memberList, head)) for item in items)
        return tuple(stated)

    @cached_property
    def labels(self) -> Mapping[str, Labels]:
        """Label property -> its labels by column, SKOS-XL labels included (S55-S57)."""
        forms: dict[str, list[Literal]] = {}
        for label, form in self.texts(SKOSXL.literalForm):
            forms.setdefault(label, []).append(form)
        found: dict[str, Labels] = {}
        for plain, xl in zip(LABELS, XL_LABELS, strict=True):
            column, more = self.column(plain), self.column(xl)
            linked = zip(more.linked, more.links, strict=True)
            rows = [(subject, form) for subject, label in linked for form in forms.get(label, ())]
            subjects, texts = column.told, column.texts
            if rows:
                subjects, texts = [*subjects, *map(FIRST, rows)], [*texts, *map(SECOND, rows)]
            found[plain] = part_labels(subjects, texts)
        return found

    def list_labels(self, predicate: str) -> Iterator[Text]:
        """Yield subject and label of one of the `labels`, by name."""
        column, names = self.labels[predicate], self.names.names
        return zip(map(names.__getitem__, column.subjects), column.texts, strict=True)

    @cached_property
    def namesakes(self) -> Sequence[tuple[str, Literal, str]]:
        """Labels whose words stand more than once, case apart: subject, label and property, in order."""
        columns = [self.labels[predicate] for predicate in LABELS]
        subjects = [number for column in columns for number in column.subjects]
        texts = [text for column in columns for text in column.texts]
        values = [value for column in columns for value in column.values]
        names, rows = self.names.names, find_repeated(fold_case(values), range(len(values)))
        ends = list(accumulate(len(column.values) for column in columns))
        return [(names[subjects[row]], texts[row], LABELS[bisect_right(ends, row)]) for row in rows]

    def find_label(self, subject: str, predicate: str, label: Literal) -> Triple:
        """Return the triple that gives a resource one of its `labels`: the plain one, else that of SKOS-XL."""
        graph = self.graph
        if label not in graph.objects(subject, predicate):
            xl = XL_LABELS[LABELS.index(predicate)]
            for resource in graph.objects(subject, xl):
                if isinstance(resource, str) and label in graph.objects(resource, SKOSXL.literalForm):
                    return Triple(subject, xl, resource)
        return Triple(subject, predicate, label)

    @cached_property
    def labelled(self) -> AbstractSet[int]:
        """Numbers of the resources that have a preferred label, be it one that is no text."""
        return self.owners(SKOS.prefLabel).union(self.labels[SKOS.prefLabel].subjects)

    @cached_property
    def edges(self) -> Edges[int]:
        """Concept -> its broader concepts, from skos:broader and skos:narrower, as numbers."""
        return self._gather(_UP[:1], _DOWN[:1])

    @property
    def parents(self) -> Mapping[str, AbstractSet[str]]:
        """The same by name."""
        return NamedEdges(self.edges, self.names)

    @cached_property
    def reach(self) -> Reach[int]:
        """Reachability along skos:broader."""
        return Reach(self.edges, self.names.names.__getitem__)

    @cached_property
    def entailed_reach(self) -> Reach[int]:
        """Reachability along skos:broaderTransitive as SKOS entails it, mappings included (S22, S24, S25, S41, S43)."""
        if not any(self.column(predicate).links for predicate in (*_UP[1:], *_DOWN[1:])):
            return self.reach
        return Reach(self._gather(_UP, _DOWN), self.names.names.__getitem__)

    def _gather(self, up: tuple[str, ...], down: tuple[str, ...]) -> Edges[int]:
        forth = [(self.column(predicate).linked, self.ends(predicate)) for predicate in up]
        return gather(*forth, *((self.ends(predicate), self.column(predicate).linked) for predicate in down))

    @cached_property
    def related(self) -> AbstractSet[tuple[int, int]]:
        """Unordered pairs of related concepts, mappings included (S23, S41), as numbers, the lower first."""
        rows = [zip(self.column(p).linked, self.ends(p), strict=True) for p in _BESIDE]
        return {(one, other) if one <= other else (other, one) for one, other in chain.from_iterable(rows)}

    def find_related(self, one: str, other: str) -> Triple:
        """Return the first triple that relates two concepts."""
        order = sorted((one, other), key=self.names.numbers.__getitem__)
        for predicate in _BESIDE:
            for subject, term in (order, order[::-1]):
                if term in self.graph.objects(subject, predicate):
                    return Triple(subject, predicate, term)
        return Triple(one, SKOS.related, other)

    def find_schemes(self, resource: str) -> AbstractSet[str]:
        """Return the schemes that a resource is in (S7, S8)."""
        stated = (self.graph.objects(resource, predicate) for predicate in (SKOS.inScheme, SKOS.topConceptOf))
        schemes = {term for terms in stated for term in terms if isinstance(term, str)}
        return schemes | self.listing.get(resource, frozenset())

    @cached_property
    def listing(self) -> Edges[str]:
        """Concept -> the schemes that list it by skos:hasTopConcept."""
        links = self.links(SKOS.hasTopConcept)
        return gather(([top for _, top in links], [scheme for scheme, _ in links]))

    @cached_property
    def placed(self) -> AbstractSet[int]:
        """Numbers of the resources that are in a scheme."""
        stated = (self.column(predicate).linked for predicate in (SKOS.inScheme, SKOS.topConceptOf))
        return set(self.ends(SKOS.hasTopConcept)).union(*stated)

    @cached_property
    def top_concepts(self) -> Edges[str]:
        """Scheme -> its top concepts, stated from either side."""
        forth, back = self.links(SKOS.hasTopConcept), self.links(SKOS.topConceptOf)
        schemes, tops = [*map(FIRST, forth), *map(SECOND, back)], [*map(SECOND, forth), *map(FIRST, back)]
        return gather((schemes, tops))

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
        objects = self.graph.objects(resource, SKOS.prefLabel)
        labels = [o for o in objects if isinstance(o, Literal)] if objects else []
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
