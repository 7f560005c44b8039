"""The graph as SKOS entails it: what every check reads, computed once and without a reasoner.

Source: https://www.w3.org/TR/skos-reference/ (S4-S8, S18-S26, S29-S36, S38-S45, S55-S57).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.columns import FIRST, SECOND, Columns, Link, Text, join_pairs, part_labels
from skosify_rad.checks.hierarchy import Edges, Reach, gather
from skosify_rad.graph import Graph, SourceMap
from skosify_rad.statements import Literal, Term, Triple
from skosify_rad.vocab import RDF, SKOS, SKOSXL

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
_MARKS: Final = (RDF.type, SKOS.inScheme, SKOS.topConceptOf, *LABELS, *XL_LABELS, *RELATIONS[:3])
"""Properties one of which a concept has that the graph itself describes."""
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
    def _parted(self) -> tuple[Mapping[str, list[Link]], Mapping[str, list[Text]]]:
        """Property -> its stated pairs, those that lead to resources and those that hold texts.

        The one pass over the graph: every check reads these lists, most of them as a whole, at the speed of C.
        """
        links: defaultdict[str, list[Link]] = defaultdict(list)
        texts: defaultdict[str, list[Text]] = defaultdict(list)
        for subject, properties in self.graph.subjects.items():
            for predicate, objects in properties.items():
                for term in objects:
                    if isinstance(term, str):
                        links[predicate].append((subject, term))
                    else:
                        texts[predicate].append((subject, term))
        return links, texts

    @property
    def predicates(self) -> AbstractSet[str]:
        """Every property of the graph."""
        return {name for part in self._parted for name, pairs in part.items() if pairs}

    def links(self, *predicates: str) -> Sequence[Link]:
        """Return the stated pairs of the properties whose object is a resource."""
        return join_pairs(self._parted[0], predicates)

    def texts(self, *predicates: str) -> Sequence[Text]:
        """Return the stated pairs of the properties whose object is a literal."""
        return join_pairs(self._parted[1], predicates)

    @cached_property
    def _ends(self) -> dict[str, tuple[set[str], set[str]]]:
        return {}

    def _find_ends(self, predicate: str) -> tuple[set[str], set[str]]:
        if predicate not in self._ends:  # a set is made once: where there are many concepts, that is what costs
            links = self.links(predicate)
            subjects = {*map(FIRST, links), *map(FIRST, self.texts(predicate))}
            self._ends[predicate] = subjects, set(map(SECOND, links))
        return self._ends[predicate]

    def subjects(self, predicate: str) -> set[str]:
        """Return the resources that have a property."""
        return self._find_ends(predicate)[0]

    def targets(self, predicate: str) -> set[str]:
        """Return the resources that a property leads to."""
        return self._find_ends(predicate)[1]

    @cached_property
    def witnesses(self) -> Mapping[str, Mapping[str, Triple]]:
        """Class -> its members, stated or entailed, each with the first triple that says so."""
        found: dict[str, dict[str, Triple]] = {name: {} for name in _CLASSES}
        for subject, kind in self.links(RDF.type):
            if kind in _SUPERCLASS:
                found[_SUPERCLASS[kind]].setdefault(subject, Triple(subject, RDF.type, kind))
        known = {kind: set(members) for kind, members in found.items()}
        for predicate, kind in _DOMAINS.items():
            if not self.subjects(predicate) <= known[kind]:  # most are known: asked of all at once
                for subject, target in self.links(predicate):
                    found[kind].setdefault(subject, Triple(subject, predicate, target))
                for subject, text in self.texts(predicate):
                    found[kind].setdefault(subject, Triple(subject, predicate, text))
                known[kind] |= self.subjects(predicate)
        for predicate, kind in _RANGES.items():
            if not self.targets(predicate) <= known[kind]:
                for subject, target in self.links(predicate):
                    found[kind].setdefault(target, Triple(subject, predicate, target))
                known[kind] |= self.targets(predicate)
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
        own = {subject for subject, kind in self.links(RDF.type) if kind == SKOS.Concept}
        if len(own) < len(self.concepts):
            own = self.concepts.keys() & {subject for predicate in _MARKS for subject in self.subjects(predicate)}
        return tuple(sorted(own))

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
    def labels(self) -> Mapping[str, Sequence[Text]]:
        """Label property -> subject and literal, SKOS-XL labels included (S55-S57)."""
        forms: dict[str, list[Literal]] = {}
        for label, form in self.texts(SKOSXL.literalForm):
            forms.setdefault(label, []).append(form)
        found: dict[str, Sequence[Text]] = {}
        for plain, xl in zip(LABELS, XL_LABELS, strict=True):
            more = [(subject, form) for subject, label in self.links(xl) for form in forms.get(label, ())]
            found[plain] = [*self.texts(plain), *more] if more else self.texts(plain)
        return found

    @cached_property
    def columns(self) -> Mapping[str, Columns]:
        """Label property -> its labels by column."""
        return {predicate: part_labels(rows) for predicate, rows in self.labels.items()}

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
    def labelled(self) -> AbstractSet[str]:
        """Resources that have a preferred label, be it one that is no text."""
        stated = self.subjects(SKOS.prefLabel)
        return stated.union(self.columns[SKOS.prefLabel].subjects) if self.links(SKOSXL.prefLabel) else stated

    @cached_property
    def parents(self) -> Edges:
        """Concept -> its broader concepts, from skos:broader and skos:narrower."""
        return self._hierarchy((SKOS.broader,), (SKOS.narrower,))

    @cached_property
    def reach(self) -> Reach:
        """Reachability along skos:broader."""
        return Reach(self.parents)

    @cached_property
    def entailed_reach(self) -> Reach:
        """Reachability along skos:broaderTransitive as SKOS entails it, mappings included (S22, S24, S25, S41, S43)."""
        if not self.links(*_UP[1:], *_DOWN[1:]):
            return self.reach
        return Reach(self._hierarchy(_UP, _DOWN))

    def _hierarchy(self, up: tuple[str, ...], down: tuple[str, ...]) -> Edges:
        return gather(self.links(*up), self.links(*down))

    @cached_property
    def related(self) -> Mapping[Link, Triple]:
        """Unordered pairs of related concepts, mappings included (S23, S41), with the first triple that says so."""
        found: dict[Link, Triple] = {}
        for predicate in (SKOS.related, SKOS.relatedMatch):
            for one, other in self.links(predicate):
                key = (one, other) if one <= other else (other, one)
                if key not in found:
                    found[key] = Triple(one, predicate, other)
        return found

    @cached_property
    def scheme_of(self) -> Edges:
        """Resource -> the schemes it is in (S7, S8)."""
        return gather(self.links(SKOS.inScheme, SKOS.topConceptOf), self.links(SKOS.hasTopConcept))

    @cached_property
    def top_concepts(self) -> Edges:
        """Scheme -> its top concepts, stated from either side."""
        return gather(self.links(SKOS.hasTopConcept), self.links(SKOS.topConceptOf))

    @cached_property
    def listed_tops(self) -> frozenset[str]:
        """Concepts that a scheme lists by skos:hasTopConcept."""
        return frozenset(self.targets(SKOS.hasTopConcept))

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
