"""Stated triples -> Graph and SourceMap: resolve and report contradictions, add inverses and scheme membership."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from skosify_rad.graph.components import strong_components
from skosify_rad.graph.cycles import Ancestry, find_weakest
from skosify_rad.graph.freezing import EvidenceByProperty, freeze, group
from skosify_rad.graph.graph import MATERIALISED, Graph, SourceMap
from skosify_rad.graph.hierarchy import find_leaders
from skosify_rad.graph.scheme import describe
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, Place, shorten
from skosify_rad.model.namespaces import ADMS, INVERSES, OWL, RDF, SKOS
from skosify_rad.model.properties import rank_property
from skosify_rad.model.statements import Evidence, Literal, Stated, Triple

_INEXACT: Final = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
Record = Callable[[Mapping[str, Iterable[Triple]]], Iterable[Triple]]
"""Takes the graph by subject, and returns what else is to be added."""


def build_graph(
    stated: Iterable[Stated], config: Config, title: str = "", record: Record = lambda _: ()
) -> tuple[Graph, SourceMap, list[Diagnostic]]:
    """Return the graph of the stated triples, the evidence of each, and the findings. Input order does not matter.

    Cycles are broken at the edge with the weakest evidence. A differential between ancestor and descendant is dropped
    (SKOS S27). Inverses, symmetric relations, scheme membership and top concepts are added, and what `record` returns.
    """
    assembly = _Assembly(config)
    assembly.add(stated)
    assembly.resolve_labels()
    assembly.break_cycles()
    assembly.drop_mappings()
    assembly.drop_related_ancestors()
    assembly.materialise()
    assembly.describe_scheme(title)
    return *assembly.freeze(record), assembly.diagnostics


class _Assembly:
    """The triples of one scheme while contradictions are resolved."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._base = config.scheme.base
        self._stated: EvidenceByProperty = defaultdict(dict)
        self._derived: dict[str, set[Triple]] = defaultdict(set)
        self.diagnostics: list[Diagnostic] = []

    def add(self, stated: Iterable[Stated]) -> None:
        """Add stated triples with their evidence."""
        only: tuple[Evidence, ...] = ()
        for triple, evidence in stated:
            triples = self._stated[triple[1]]
            if not only or only[0] is not evidence:
                only = (evidence,)  # share one tuple among the triples of one place, which halves their number
            count = len(triples)
            known = triples.setdefault(triple, only)  # a single lookup, since tuples do not cache their hash
            if isinstance(known, list):
                known.append(evidence)
            elif len(triples) == count:
                triples[triple] = [*known, evidence]

    def _evidence(self, triple: Triple) -> Sequence[Evidence]:
        return self._stated[triple.predicate][triple]

    def _first(self, triple: Triple) -> Evidence:
        """Return the evidence of a triple that comes first in the vault."""
        return min(self._evidence(triple), key=itemgetter(0))

    def _in_order(self, predicate: str) -> list[Triple]:
        """Return the triples of a property in the order of their first evidence."""
        return sorted(self._stated[predicate], key=lambda t: (self._first(t).place, t))

    def _weight(self, triple: Triple) -> tuple[int, int]:
        """Return the weight of a triple's best evidence, and how often the triple is stated."""
        evidence = self._evidence(triple)
        return max(e.weight for e in evidence), len(evidence)

    def resolve_labels(self) -> None:
        """Make labels unique: an alternative label that another concept also has becomes a hidden label."""
        concepts = {t.subject for t in self._stated[RDF.type] if t.object == SKOS.Concept}
        gone = {t.subject for t in self._stated[OWL.deprecated]}  # their labels may be reused
        concepts -= gone
        preferred = {_key(t): t for t in self._in_order(SKOS.prefLabel) if t.subject in concepts}
        own = {(triple.subject, label) for label, triple in preferred.items()}
        claimed: dict[str, dict[str, Triple]] = defaultdict(dict)
        for triple in self._stated[SKOS.altLabel]:
            if triple.subject in concepts:
                claimed[_key(triple)].setdefault(triple.subject, triple)
        for triple in [t for t in self._stated[SKOS.altLabel] if t.subject not in gone]:
            key = _key(triple)
            if (triple.subject, key) in own:
                del self._stated[SKOS.altLabel][triple]
            elif key in preferred or len(claimed[key]) > 1:
                others = [preferred[key]] if key in preferred else [t for _, t in sorted(claimed[key].items())]
                self._hide(triple, others)
        self._drop_repeated_labels()

    def _hide(self, triple: Triple, claimants: list[Triple]) -> None:
        """Make an alternative label a hidden label, since the claimants have it too."""
        assert isinstance(triple.object, Literal)
        place = self._first(triple).place
        hidden = Triple(triple.subject, SKOS.hiddenLabel, triple.object)
        evidence = self._stated[SKOS.altLabel].pop(triple)
        self._stated[SKOS.hiddenLabel][hidden] = [*self._stated[SKOS.hiddenLabel].get(hidden, ()), *evidence]
        if len(claimants) > 1 and triple.subject != claimants[0].subject:
            return  # one finding for all who claim the label
        names, word = self._names, triple.object.value
        rivals = [claim for claim in claimants if claim.subject != triple.subject]
        claimed = ", ".join(shorten((f"“{names.get(rival.subject)}”" for rival in rivals), len(rivals)))
        rival = (
            rivals[0]
            if rivals[0] in self._stated[rivals[0].predicate]
            else rivals[0]._replace(predicate=SKOS.hiddenLabel)
        )
        message = f"“{word}” is a label of “{names.get(triple.subject)}” and of {claimed}; it became a hidden label."
        hint = "Use it for only one of them."
        second = self._first(rival).place
        self.diagnostics.append(
            Diagnostic(BY_SLUG["shared-label"], place, message, hint, second, words=word, subject=triple.subject)
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        """Concept -> preferred label."""
        return {t.subject: t.object.value for t in self._in_order(SKOS.prefLabel) if isinstance(t.object, Literal)}

    def _drop_repeated_labels(self) -> None:
        """Of the labels of a concept that differ only in case, keep the first in the alphabet (SKOS S13)."""
        shown = {(t.subject, _key(t)) for t in self._stated[SKOS.prefLabel]}
        kept: dict[tuple[str, str], Triple] = {}
        for triple in list(self._stated[SKOS.altLabel]):
            other = kept.setdefault((triple.subject, _key(triple)), triple)
            if other is not triple:
                first, second = sorted((triple, other), key=str)
                kept[triple.subject, _key(triple)] = first
                del self._stated[SKOS.altLabel][second]
        for triple in list(self._stated[SKOS.hiddenLabel]):
            key = (triple.subject, _key(triple))
            if key in shown or key in kept:
                del self._stated[SKOS.hiddenLabel][triple]

    def break_cycles(self) -> None:
        """Remove the edge with the weakest evidence from each cycle; from overlapping cycles, no more than needed."""
        children: dict[str, list[str]] = defaultdict(list)
        for triple in self._stated[SKOS.narrower]:
            children[triple.subject].append(str(triple.object))
        of = {node: number for number, nodes in enumerate(strong_components(children)) for node in nodes}
        if not of:
            return
        edges = [t for t in self._stated[SKOS.narrower] if t.subject in of and of[t.subject] == of.get(str(t.object))]
        edges.sort(key=lambda t: (self._weight(t), t), reverse=True)
        for parent, child, step in reversed(find_weakest([(t.subject, str(t.object)) for t in edges])):
            self._remove_edge(Triple(parent, SKOS.narrower, child), step)

    def _remove_edge(self, weakest: Triple, step: str) -> None:
        """Remove an edge of a cycle and report it; `step` is the parent through which its parent is below its child."""
        second = self._first(Triple(step, SKOS.narrower, weakest.subject)).place if step else None
        evidence = self._first(weakest)
        child, parent = self._names.get(str(weakest.object)), self._names.get(weakest.subject)
        message = f"“{child}” is listed as a subtype of “{parent}”, and “{parent}” as a subtype of “{child}”."
        hint = "Remove one of the two. This one has the weaker evidence and was left out of the export."
        del self._stated[SKOS.narrower][weakest]
        self._report("hierarchy-cycle", evidence, (message, hint, second, weakest.subject))

    def _report(self, slug: str, evidence: Evidence, details: tuple[str, str, Place | None, str]) -> None:
        message, hint, second, subject = details
        diagnostic = Diagnostic(BY_SLUG[slug], evidence.place, message, hint, second, evidence.written, subject)
        self.diagnostics.append(diagnostic)

    def drop_mappings(self) -> None:
        """Remove and report mappings onto this scheme, and inexact ones between exact matches (SKOS S9, S37, S46)."""
        stated = self._stated
        exact = SKOS.exactMatch
        for predicate in (exact, SKOS.closeMatch, *_INEXACT):
            leaders = find_leaders((t.subject, str(t.object)) for t in stated[exact]) if predicate in _INEXACT else {}
            for triple in self._in_order(predicate):
                target = str(triple.object)
                if target.startswith(self._base):
                    reason = "is an address of this scheme"
                elif triple.subject in leaders and leaders[triple.subject] == leaders.get(target):
                    reason = "is an exact match, too"
                else:
                    continue
                hint = "Relate concepts of one vault by broader, narrower or related. The mapping was left out."
                details = (f"{predicate[len(SKOS.NS) :]}: {target} {reason}.", hint, None, triple.subject)
                self._report("invalid-mapping", self._first(triple), details)
                del stated[predicate][triple]

    def drop_related_ancestors(self) -> None:
        """Remove and report differentials and related matches between ancestor and descendant (SKOS S27)."""
        edges = {(t.subject, str(t.object)): t for p in (SKOS.narrower, SKOS.narrowMatch) for t in self._in_order(p)}
        edges |= {(str(t.object), t.subject): t for t in self._in_order(SKOS.broadMatch)}
        ancestry = Ancestry(edges)
        related = [t for p in (SKOS.related, SKOS.relatedMatch) for t in self._stated[p]]
        found = [(t, edges[step]) for t in related if (step := _find_step(ancestry, t)) is not None]
        dropped: set[str] = set()
        for triple, stated in sorted(found, key=str):
            left, right = triple.subject, str(triple.object)
            evidence, second = self._first(triple), self._first(stated).place
            one, other = self._names.get(left), self._names.get(right, right)
            message = f"“{other}” is a differential of “{one}”, but one is also a subtype of the other."
            hint = "Remove one of the two. The differential was left out of the export."
            self._report("related-in-hierarchy", evidence, (message, hint, second, left))
            del self._stated[triple.predicate][triple]
            dropped.add(f"{self._base}differential/{left[len(self._base) :]}--{right[len(self._base) :]}")
        if dropped:
            self._drop(dropped)

    def _drop(self, gone: Collection[str]) -> None:
        """Remove all statements about some resources or with them as object."""
        for triples in self._stated.values():
            for triple in [t for t in triples if t[0] in gone or (isinstance(t[2], str) and t[2] in gone)]:
                del triples[triple]

    def materialise(self) -> None:
        """Add inverses, symmetric relations, scheme membership and top concepts."""
        scheme, stated, derived = self._base, self._stated, self._derived
        for predicate, inverse in ((p, INVERSES[p]) for p in MATERIALISED):
            derived[inverse].update(Triple(str(t.object), inverse, t.subject) for t in stated[predicate])
        concepts = {t.subject for t in stated[RDF.type] if t.object == SKOS.Concept}
        collections = {t.subject for t in stated[RDF.type] if t.object in (SKOS.Collection, SKOS.OrderedCollection)}
        derived[SKOS.inScheme] = {Triple(iri, SKOS.inScheme, scheme) for iri in concepts | collections}
        tops = concepts - {str(t.object) for t in stated[SKOS.narrower]} - {t.subject for t in stated[OWL.deprecated]}
        tops = tops - self._find_only_related() or tops
        derived[SKOS.topConceptOf] = {Triple(iri, SKOS.topConceptOf, scheme) for iri in tops}
        derived[SKOS.hasTopConcept] = {Triple(scheme, SKOS.hasTopConcept, iri) for iri in tops}

    def _find_only_related(self) -> set[str]:
        """Return the concepts without a note that are only differentials: a tree view need not start at them."""
        stubs = {t.subject for t in self._stated[ADMS.status] if t.object in ADMS.WITHOUT_NOTE}
        ends = {end for t in self._stated[SKOS.related] for end in (t.subject, str(t.object))}
        return (stubs & ends) - {t.subject for t in self._stated[SKOS.narrower]}

    def describe_scheme(self, title: str) -> None:
        """Add the scheme's metadata."""
        for predicate, term in describe(self._config.scheme, title):
            self._derived[predicate].add(Triple(self._base, predicate, term))

    def freeze(self, record: Record) -> tuple[Graph, SourceMap]:
        """Return the triples as a graph, and the evidence of each triple."""
        grouped = group(self._stated, self._derived)
        for triple in record(grouped):
            grouped[triple.subject].append(triple)
            grouped[triple.subject].sort(key=lambda t: rank_property(t.predicate))
        subjects, sources = freeze(grouped, self._stated, self._base)
        prefixes = MappingProxyType({self._config.scheme.prefix: self._base})
        return Graph(subjects, self._base, prefixes), sources


def _find_step(ancestry: Ancestry, related: Triple) -> tuple[str, str] | None:
    """Return the first edge of the shortest path from one of a pair up to the other; None if there is no path."""
    left, right = related.subject, str(related.object)
    for child, ancestor in ((left, right), (right, left)):
        step = ancestry.find_step(child, ancestor)
        if step:
            return step, child
    return None


def _key(label: Triple) -> str:
    """Return a key that is equal for labels that differ only in case."""
    assert isinstance(label.object, Literal)
    return label.object.value.casefold()
