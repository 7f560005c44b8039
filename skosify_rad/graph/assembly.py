"""Stated triples -> Graph and SourceMap: contradictions settled and reported, the hierarchy made whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType

from skosify_rad.graph.components import strong_components
from skosify_rad.graph.cycles import Ancestry, find_weakest
from skosify_rad.graph.freezing import Said, freeze, group
from skosify_rad.graph.graph import MATERIALISED, Graph, SourceMap
from skosify_rad.graph.scheme import describe, fingerprint
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, shorten
from skosify_rad.model.namespaces import ADMS, DCT, INVERSES, OWL, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.properties import rank_property
from skosify_rad.model.statements import Evidence, Literal, Stated, Triple


def build_graph(stated: Iterable[Stated], config: Config, title: str = "") -> tuple[Graph, SourceMap, list[Diagnostic]]:
    """Return the graph of what is stated, with the evidence of each triple; the order of `stated` does not matter.

    Cycles are broken at the edge with the weakest evidence; a differential between ancestor and descendant is left
    out (SKOS S27); inverses, symmetry, scheme membership and top concepts are materialised.
    """
    assembly = _Assembly(config)
    assembly.add(stated)
    if config.output.stubs == "exclude":
        assembly.exclude_stubs()
    assembly.settle_labels()
    assembly.break_cycles()
    assembly.drop_related_ancestors()
    assembly.materialise()
    assembly.describe_scheme(title)
    return *assembly.freeze(), assembly.diagnostics


class _Assembly:
    """The triples of one scheme while they are settled."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._base = config.scheme.base
        self._said: Said = defaultdict(dict)
        self._derived: dict[str, set[Triple]] = defaultdict(set)
        self.diagnostics: list[Diagnostic] = []

    def add(self, stated: Iterable[Stated]) -> None:
        """Add stated triples with their evidence."""
        only: tuple[Evidence, ...] = ()
        for triple, evidence in stated:
            said = self._said[triple[1]]
            if not only or only[0] is not evidence:
                only = (evidence,)  # one tuple for all that one place states: half as many
            many = len(said)
            known = said.setdefault(triple, only)  # looked up once: a triple's hash is made anew each time
            if isinstance(known, list):
                known.append(evidence)
            elif len(said) == many:
                said[triple] = [*known, evidence]

    def _evidence(self, triple: Triple) -> Sequence[Evidence]:
        return self._said[triple.predicate][triple]

    def _first(self, triple: Triple) -> Evidence:
        """Return the evidence of a triple that comes first in the vault."""
        return min(self._evidence(triple), key=itemgetter(0))

    def _in_order(self, predicate: str) -> list[Triple]:
        """Return the triples of a property in the order in which the vault states them."""
        return sorted(self._said[predicate], key=lambda t: (self._first(t).place, t))

    def _weight(self, triple: Triple) -> tuple[int, int]:
        """Strength of a triple: its best evidence, then how often it is stated."""
        evidence = self._evidence(triple)
        return max(e.weight for e in evidence), len(evidence)

    def exclude_stubs(self) -> None:
        """Leave out concepts that no note describes, with all that is said of them."""
        said = self._said
        stubs = {t.subject for t in said[ADMS.status] if t.object == ADMS.UnderDevelopment}
        listed = {t.subject for t in said[RDF.first] if t.object in stubs}
        lists = {t.subject for t in said[RDF.type] if t.object == SKOS.OrderedCollection}
        ordered = {t.subject for t in said[SKOS.member] if t.object in stubs and t.subject in lists}
        nodes = {t.subject for p in (RDF.first, RDF.rest) for t in said[p] if t.subject.rsplit("/", 1)[0] in ordered}
        about = {
            t.subject for p in (RAD.differentialOf, RAD.differentialDiagnosis) for t in said[p] if t.object in stubs
        }
        gone = stubs | about | ordered | listed | nodes
        self._drop(gone)

    def settle_labels(self) -> None:
        """Let no two concepts share a label: a preferred label wins, an alternative one that two claim is hidden."""
        concepts = {t.subject for t in self._said[RDF.type] if t.object == SKOS.Concept}
        concepts -= {t.subject for t in self._said[OWL.deprecated]}  # their names are free again
        preferred = {_key(t): t for t in self._in_order(SKOS.prefLabel) if t.subject in concepts}
        own = {(triple.subject, label) for label, triple in preferred.items()}
        claimed: dict[str, dict[str, Triple]] = defaultdict(dict)
        for triple in self._said[SKOS.altLabel]:
            if triple.subject in concepts:
                claimed[_key(triple)].setdefault(triple.subject, triple)
        for triple in list(self._said[SKOS.altLabel]):
            key = _key(triple)
            if (triple.subject, key) in own:
                del self._said[SKOS.altLabel][triple]
            elif key in preferred or len(claimed[key]) > 1:
                self._hide(
                    triple, [preferred[key]] if key in preferred else [t for _, t in sorted(claimed[key].items())]
                )
        self._drop_repeated_labels()

    def _hide(self, triple: Triple, claimants: list[Triple]) -> None:
        """Make an alternative label a hidden one, since other concepts have it too."""
        assert isinstance(triple.object, Literal)
        place = self._first(triple).place
        hidden = Triple(triple.subject, SKOS.hiddenLabel, triple.object)
        evidence = self._said[SKOS.altLabel].pop(triple)
        self._said[SKOS.hiddenLabel][hidden] = [*self._said[SKOS.hiddenLabel].get(hidden, ()), *evidence]
        names, word = self._names, triple.object.value
        rivals = [claim for claim in claimants if claim.subject != triple.subject]
        claimed = ", ".join(shorten((f"“{names.get(rival.subject)}”" for rival in rivals), len(rivals)))
        rival = (
            rivals[0]
            if rivals[0] in self._said[rivals[0].predicate]
            else rivals[0]._replace(predicate=SKOS.hiddenLabel)
        )
        message = f"“{word}” is claimed by “{names.get(triple.subject)}” and by {claimed}."
        hint = "Use it for one of them; until then it only helps searching (hidden label)."
        second = self._first(rival).place
        self.diagnostics.append(
            Diagnostic(BY_SLUG["shared-label"], place, message, hint, second, words=word, subject=triple.subject)
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        """Preferred labels; fixed from the start, so read once."""
        return {t.subject: t.object.value for t in self._in_order(SKOS.prefLabel) if isinstance(t.object, Literal)}

    def _drop_repeated_labels(self) -> None:
        """Keep one of the labels of a concept that differ in letter case only (SKOS S13): the first of the alphabet."""
        shown = {(t.subject, _key(t)) for t in self._said[SKOS.prefLabel]}
        kept: dict[tuple[str, str], Triple] = {}
        for triple in list(self._said[SKOS.altLabel]):
            other = kept.setdefault((triple.subject, _key(triple)), triple)
            if other is not triple:
                first, second = sorted((triple, other), key=str)
                kept[triple.subject, _key(triple)] = first
                del self._said[SKOS.altLabel][second]
        for triple in list(self._said[SKOS.hiddenLabel]):
            key = (triple.subject, _key(triple))
            if key in shown or key in kept:
                del self._said[SKOS.hiddenLabel][triple]

    def break_cycles(self) -> None:
        """Leave out of each cycle the edge with the weakest evidence; of a tangle no more than it takes."""
        children: dict[str, list[str]] = defaultdict(list)
        for triple in self._said[SKOS.narrower]:
            children[triple.subject].append(str(triple.object))
        of = {node: number for number, nodes in enumerate(strong_components(children)) for node in nodes}
        if not of:
            return
        edges = [t for t in self._said[SKOS.narrower] if t.subject in of and of[t.subject] == of.get(str(t.object))]
        edges.sort(key=lambda t: (self._weight(t), t), reverse=True)
        for parent, child, step in reversed(find_weakest([(t.subject, str(t.object)) for t in edges])):
            self._break_at(Triple(parent, SKOS.narrower, child), step)

    def _break_at(self, weakest: Triple, step: str) -> None:
        """Leave out one edge of a cycle; `step` is the parent by which its parent lies below its child."""
        second = self._first(Triple(step, SKOS.narrower, weakest.subject)).place if step else None
        evidence = self._first(weakest)
        child, parent = self._names.get(str(weakest.object)), self._names.get(weakest.subject)
        message = f"“{child}” is listed under “{parent}”, which is itself a kind of “{child}”; this one was left out."
        hint = "Keep the side you mean; the one with the weaker evidence was left out."
        del self._said[SKOS.narrower][weakest]
        self.diagnostics.append(
            Diagnostic(
                BY_SLUG["hierarchy-cycle"], evidence.place, message, hint, second, evidence.written, weakest.subject
            )
        )

    def drop_related_ancestors(self) -> None:
        """Keep the hierarchy where a differential is an ancestor or descendant (SKOS S27), and say so."""
        ancestry = Ancestry((t.subject, str(t.object)) for t in self._in_order(SKOS.narrower))
        found = [(t, step) for t in self._said[SKOS.related] if (step := _find_step(ancestry, t)) is not None]
        dropped: set[str] = set()
        for triple, step in sorted(found, key=str):
            left, right = triple.subject, str(triple.object)
            evidence, second = self._first(triple), self._first(step).place
            message = tell_conflict(str(self._names.get(left)), str(self._names.get(right)))
            hint = "Decide which it is, and take the other out."
            self.diagnostics.append(
                Diagnostic(
                    BY_SLUG["related-in-hierarchy"], evidence.place, message, hint, second, evidence.written, left
                )
            )
            del self._said[SKOS.related][triple]
            dropped.add(f"{self._base}differential/{left[len(self._base) :]}--{right[len(self._base) :]}")
        if dropped:
            self._drop(dropped)

    def _drop(self, gone: Collection[str]) -> None:
        """Leave out all that is said of some resources, and all that refers to them."""
        for triples in self._said.values():
            for triple in [t for t in triples if t[0] in gone or (isinstance(t[2], str) and t[2] in gone)]:
                del triples[triple]

    def materialise(self) -> None:
        """Add inverses, symmetry, scheme membership and top concepts."""
        scheme, said, derived = self._base, self._said, self._derived
        for predicate, inverse in ((p, INVERSES[p]) for p in MATERIALISED):
            derived[inverse].update(Triple(str(t.object), inverse, t.subject) for t in said[predicate])
        concepts = {t.subject for t in said[RDF.type] if t.object == SKOS.Concept}
        derived[SKOS.inScheme] = {Triple(iri, SKOS.inScheme, scheme) for iri in concepts}
        tops = concepts - {str(t.object) for t in said[SKOS.narrower]} - {t.subject for t in said[OWL.deprecated]}
        derived[SKOS.topConceptOf] = {Triple(iri, SKOS.topConceptOf, scheme) for iri in tops}
        derived[SKOS.hasTopConcept] = {Triple(scheme, SKOS.hasTopConcept, iri) for iri in tops}

    def describe_scheme(self, title: str) -> None:
        """Add what the scheme says of itself."""
        dates = (t.object.value for t in self._said[DCT.modified] if isinstance(t.object, Literal))
        for predicate, term in describe(self._config.scheme, title, max(dates, default="")):
            self._derived[predicate].add(Triple(self._base, predicate, term))

    def freeze(self) -> tuple[Graph, SourceMap]:
        """Return the triples as a graph, which tells the version of what it says, and the evidence of each."""
        grouped = group(self._said, self._derived)
        version = self._config.scheme.version or fingerprint(grouped)
        grouped[self._base].append(Triple(self._base, OWL.versionInfo, Literal(version)))
        grouped[self._base].sort(key=lambda triple: rank_property(triple.predicate))
        subjects, sources = freeze(grouped, self._said, self._base)
        prefixes = MappingProxyType({self._config.scheme.prefix: self._base})
        return Graph(subjects, self._base, prefixes), sources


def tell_conflict(name: str, differential: str) -> str:
    """Return the message about a differential that is left out (SKOS S27)."""
    related = f"“{differential}” is a differential of “{name}”"
    return f"{related}, and one is a kind of the other; the hierarchy was kept."


def _find_step(ancestry: Ancestry, related: Triple) -> Triple | None:
    """Return the edge by which one of a pair lies below the other, on the shortest way; None where neither does."""
    left, right = related.subject, str(related.object)
    for child, ancestor in ((left, right), (right, left)):
        step = ancestry.find_step(child, ancestor)
        if step:
            return Triple(step, SKOS.narrower, child)
    return None


def _key(label: Triple) -> str:
    """Return what makes two labels one: letter case aside."""
    assert isinstance(label.object, Literal)
    return label.object.value.casefold()
