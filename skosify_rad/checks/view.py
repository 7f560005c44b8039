"""The graph with its SKOS entailments, as the checks read it: computed once, on demand, without a reasoner.

Source: https://www.w3.org/TR/skos-reference/ (S4-S8, S18-S26, S29-S36, S38-S45, S55-S57).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, islice
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.duplicates import find_duplicates, fold_case
from skosify_rad.checks.entailment import LABELS, RELATIONS, XL_LABELS, find_members
from skosify_rad.checks.iri_index import IriIndex, Members, NamedEdges
from skosify_rad.graph.columns import (
    FIRST,
    SECOND,
    Labels,
    Link,
    Statements,
    Text,
    find_columns,
    make_labels,
)
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.graph.hierarchy import Edges, Reach, collect_edges
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL
from skosify_rad.model.statements import Literal, Term, Triple

_NOTHING: Final = Statements([], [], [], [])
_DESCRIBING: Final = (SKOS.inScheme, SKOS.topConceptOf, *LABELS, *XL_LABELS, *RELATIONS[:3])
"""A concept that the graph itself describes has its type or at least one of these properties."""
_UP: Final = (SKOS.broader, SKOS.broaderTransitive, SKOS.broadMatch)
_DOWN: Final = (SKOS.narrower, SKOS.narrowerTransitive, SKOS.narrowMatch)
_RELATED: Final = (SKOS.related, SKOS.relatedMatch)


@dataclass(frozen=True)
class View:
    """A graph with its SKOS entailments. Not slotted, since its properties are cached."""

    graph: Graph
    """The graph as stated."""
    sources: SourceMap = field(default_factory=lambda: MappingProxyType({}))
    """Evidence of its triples; empty for a graph without notes."""
    language: str = "en"
    """Preferred language of concept names in messages."""

    @cached_property
    def _columns(self) -> tuple[Mapping[str, int], Mapping[str, Statements]]:
        """Subject -> number, and property -> its statements."""
        return find_columns(self.graph)

    @property
    def predicates(self) -> AbstractSet[str]:
        """Every property of the graph."""
        return {predicate for predicate, column in self._columns[1].items() if column.owners}

    def column(self, predicate: str) -> Statements:
        """Return the statements of a property, with subjects as numbers."""
        return self._columns[1].get(predicate, _NOTHING)

    def owners(self, *predicates: str) -> set[int]:
        """Return the numbers of the resources that have one of these properties."""
        return set().union(*(self.column(predicate).owners for predicate in predicates))

    def links(self, *predicates: str) -> Sequence[Link]:
        """Return (subject, object) of the properties' statements whose object is a resource."""
        columns, iris = map(self.column, predicates), self.index.iris
        return [(iris[subject], term) for c in columns for subject, term in zip(c.link_subjects, c.links, strict=True)]

    def texts(self, *predicates: str) -> Sequence[Text]:
        """Return (subject, object) of the properties' statements whose object is a literal."""
        columns, iris = map(self.column, predicates), self.index.iris
        return [(iris[subject], text) for c in columns for subject, text in zip(c.text_subjects, c.texts, strict=True)]

    @cached_property
    def index(self) -> IriIndex:
        """Number <-> IRI: the subjects of the graph in order, then the objects met so far."""
        return IriIndex(self._columns[0])

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        return {}

    def ends(self, predicate: str) -> list[int]:
        """Return the objects of a property's `links` as numbers."""
        if predicate not in self._ends:
            self._ends[predicate] = self.index.number(self.column(predicate).links)
        return self._ends[predicate]

    @cached_property
    def classes(self) -> Mapping[str, Members]:
        """Class -> its members, stated or entailed, each with the first triple that makes it one."""
        return find_members(self)

    @property
    def concepts(self) -> Members:
        """All concepts, stated or entailed."""
        return self.classes[SKOS.Concept]

    @property
    def schemes(self) -> Members:
        """All concept schemes, stated or entailed."""
        return self.classes[SKOS.ConceptScheme]

    @property
    def collections(self) -> Members:
        """All collections, stated or entailed."""
        return self.classes[SKOS.Collection]

    @cached_property
    def stated(self) -> AbstractSet[int]:
        """Numbers of the concepts that the graph states to be concepts."""
        return frozenset(islice(self.concepts.numbers, self.concepts.stated))

    @cached_property
    def own(self) -> AbstractSet[int]:
        """Numbers of the concepts that the graph itself describes: typed as one, labelled, related or in a scheme."""
        numbers, stated = self.concepts.numbers, self.stated
        return stated if len(numbers) == len(stated) else stated | (numbers.keys() & self.owners(*_DESCRIBING))

    @cached_property
    def own_concepts(self) -> tuple[str, ...]:
        """IRIs of `own`, sorted."""
        return tuple(self.index.sort_iris(self.own))

    @cached_property
    def members(self) -> tuple[tuple[str, Term, Triple], ...]:
        """Collection, member and the triple that states it; the items of member lists are members (S36)."""
        pairs: tuple[tuple[str, Term], ...] = (*self.links(SKOS.member), *self.texts(SKOS.member))
        stated = [(s, o, Triple(s, SKOS.member, o)) for s, o in pairs]
        for subject, head in self.links(SKOS.memberList):
            items, _ = read_list(self.graph, head)
            stated.extend((subject, item, Triple(subject, SKOS.memberList, head)) for item in items)
        return tuple(stated)

    @cached_property
    def labels(self) -> Mapping[str, Labels]:
        """Label property -> its labels, SKOS-XL labels included (S55-S57)."""
        forms: dict[str, list[Literal]] = {}
        for label, form in self.texts(SKOSXL.literalForm):
            forms.setdefault(label, []).append(form)
        found: dict[str, Labels] = {}
        for plain, xl in zip(LABELS, XL_LABELS, strict=True):
            column, more = self.column(plain), self.column(xl)
            linked = zip(more.link_subjects, more.links, strict=True)
            rows = [(subject, form) for subject, label in linked for form in forms.get(label, ())]
            subjects, texts = column.text_subjects, column.texts
            if rows:
                subjects, texts = [*subjects, *map(FIRST, rows)], [*texts, *map(SECOND, rows)]
            found[plain] = make_labels(subjects, texts)
        return found

    def list_labels(self, predicate: str) -> Iterator[Text]:
        """Yield (subject, label) of a label property, SKOS-XL labels included."""
        column, iris = self.labels[predicate], self.index.iris
        return zip(map(iris.__getitem__, column.subjects), column.texts, strict=True)

    @cached_property
    def shared_labels(self) -> Sequence[tuple[str, Literal, str]]:
        """Subject, label and property of the labels whose text occurs more than once, ignoring case."""
        columns = [self.labels[predicate] for predicate in LABELS]
        subjects = [number for column in columns for number in column.subjects]
        texts = [text for column in columns for text in column.texts]
        values = [value for column in columns for value in column.values]
        iris, rows = self.index.iris, find_duplicates(fold_case(values), range(len(values)))
        ends = list(accumulate(len(column.values) for column in columns))
        return [(iris[subjects[row]], texts[row], LABELS[bisect_right(ends, row)]) for row in rows]

    def find_label(self, subject: str, predicate: str, label: Literal) -> Triple:
        """Return the triple that states a label: the plain one, else the SKOS-XL one."""
        graph = self.graph
        if label not in graph.objects(subject, predicate):
            xl = XL_LABELS[LABELS.index(predicate)]
            for resource in graph.objects(subject, xl):
                if isinstance(resource, str) and label in graph.objects(resource, SKOSXL.literalForm):
                    return Triple(subject, xl, resource)
        return Triple(subject, predicate, label)

    @cached_property
    def labelled(self) -> AbstractSet[int]:
        """Numbers of the resources that have a preferred label, valid or not."""
        return self.owners(SKOS.prefLabel).union(self.labels[SKOS.prefLabel].subjects)

    @cached_property
    def edges(self) -> Edges[int]:
        """Concept -> its broader concepts, by skos:broader or skos:narrower, as numbers."""
        return self.collect_edges(_UP[:1], _DOWN[:1])

    @property
    def parents(self) -> Mapping[str, AbstractSet[str]]:
        """`edges` by IRI."""
        return NamedEdges(self.edges, self.index)

    @cached_property
    def reach(self) -> Reach[int]:
        """Reachability along skos:broader."""
        return Reach(self.edges, self.index.iris.__getitem__)

    @cached_property
    def matched_reach(self) -> Reach[int]:
        """Reachability along skos:broader and skos:broadMatch."""
        return self.find_reach(_UP[::2], _DOWN[::2])

    @cached_property
    def entailed_reach(self) -> Reach[int]:
        """Reachability along the entailed skos:broaderTransitive, mappings included (S22, S24, S25, S41, S43)."""
        return self.find_reach(_UP, _DOWN)

    def find_reach(self, up: tuple[str, ...], down: tuple[str, ...]) -> Reach[int]:
        """Return reachability along skos:broader, first in `up`, and the other properties, their inverses in `down`."""
        if not any(self.column(predicate).links for predicate in (*up[1:], *down[1:])):
            return self.reach
        return Reach(self.collect_edges(up, down), self.index.iris.__getitem__)

    def collect_edges(self, up: tuple[str, ...], down: tuple[str, ...]) -> Edges[int]:
        """Return subject -> objects of the properties in `up`, objects -> subjects of their inverses in `down`."""
        upward = [(self.column(predicate).link_subjects, self.ends(predicate)) for predicate in up]
        downward = [(self.ends(predicate), self.column(predicate).link_subjects) for predicate in down]
        return collect_edges(*upward, *downward)

    @cached_property
    def related(self) -> AbstractSet[tuple[int, int]]:
        """Pairs of related concepts, mappings included (S23, S41), as numbers, the lower number first."""
        rows = [zip(self.column(p).link_subjects, self.ends(p), strict=True) for p in _RELATED]
        return {(one, other) if one <= other else (other, one) for one, other in chain.from_iterable(rows)}

    def find_related(self, one: str, other: str) -> Triple:
        """Return the first triple that states that two concepts are related."""
        order = sorted((one, other), key=self.index.numbers.__getitem__)
        for predicate in _RELATED:
            for subject, term in (order, order[::-1]):
                if term in self.graph.objects(subject, predicate):
                    return Triple(subject, predicate, term)
        return Triple(one, SKOS.related, other)

    def find_schemes(self, resource: str) -> AbstractSet[str]:
        """Return the schemes that a resource is in (S7, S8)."""
        stated = (self.graph.objects(resource, predicate) for predicate in (SKOS.inScheme, SKOS.topConceptOf))
        schemes = {term for terms in stated for term in terms if isinstance(term, str)}
        return schemes | self.listed_by.get(resource, frozenset())

    @cached_property
    def listed_by(self) -> Edges[str]:
        """Concept -> the schemes that list it by skos:hasTopConcept."""
        links = self.links(SKOS.hasTopConcept)
        return collect_edges(([top for _, top in links], [scheme for scheme, _ in links]))

    @cached_property
    def in_schemes(self) -> AbstractSet[int]:
        """Numbers of the resources that are in a scheme."""
        stated = (self.column(predicate).link_subjects for predicate in (SKOS.inScheme, SKOS.topConceptOf))
        return set(self.ends(SKOS.hasTopConcept)).union(*stated)

    @cached_property
    def top_concepts(self) -> Edges[str]:
        """Scheme -> its top concepts, by skos:hasTopConcept or skos:topConceptOf."""
        has_top, top_of = self.links(SKOS.hasTopConcept), self.links(SKOS.topConceptOf)
        schemes, tops = [*map(FIRST, has_top), *map(SECOND, top_of)], [*map(SECOND, has_top), *map(FIRST, top_of)]
        return collect_edges((schemes, tops))

    def find_broader(self, child: str, parent: str) -> Triple:
        """Return the triple that states that `parent` is broader than `child`."""
        for predicate in _UP:
            if parent in self.graph.objects(child, predicate):
                return Triple(child, predicate, parent)
        for predicate in _DOWN:
            if child in self.graph.objects(parent, predicate):
                return Triple(parent, predicate, child)
        return Triple(child, SKOS.broader, parent)

    def name(self, resource: str) -> str:
        """Return a resource's quoted preferred label, in the view's language if possible, else the end of its IRI."""
        labels = [o for o in self.graph.objects(resource, SKOS.prefLabel) if isinstance(o, Literal)]
        if labels:
            return f"“{min(labels, key=lambda label: label.language.lower() != self.language).value}”"
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
