"""Propose mappings to an ontology by its terms' names, and compare the hierarchies of what is mapped.

Only whole names are compared, spelling folded. Similar characters prove nothing: `hypotension`, `hypertension`.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from skosify_rad.graph.cycles import Ancestry, find_weakest
from skosify_rad.graph.graph import Graph
from skosify_rad.graph.readers.ontologies import OntologyTerm
from skosify_rad.language.english import is_qualifier
from skosify_rad.language.spelling import abbreviates, fold
from skosify_rad.model.namespaces import OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Triple

_LABEL, _SYNONYM = "rdfs:label", "oio:hasExactSynonym"


class Tier(NamedTuple):
    """One way in which two names agree."""

    predicate: str
    """The mapping it suggests."""
    fields: tuple[str, str]
    """Which names: of the concept and of the term."""
    read: tuple[int, int]
    """Proposals of this kind that a person read, and how many of them were right."""
    reason: str
    """In words."""

    @property
    def confidence(self) -> str:
        """Lower end of the 95 % interval (Wilson) of the share that is right; empty where none was read.

        >>> SAME_LABEL.confidence, TERM_SYNONYM.confidence, SAME_WORDS.confidence
        ('0.95', '0.62', '')
        """
        read, right = self.read
        if not read:
            return ""
        share, square = right / read, _NORMAL**2 / read
        spread = _NORMAL * math.sqrt(share * (1 - share) / read + square / (4 * read))
        return f"{math.floor(100 * (share + square / 2 - spread) / (1 + square)) / 100:.2f}"


_NORMAL: Final = 1.96
"""Standard deviations on either side that hold 95 % of a normal distribution."""
_PREFERRED, _ALTERNATIVE = "skos:prefLabel", "skos:altLabel"
SAME_LABEL: Final = Tier(SKOS.exactMatch, (_PREFERRED, _LABEL), (87, 87), "the labels are the same")
SAME_WORDS: Final = Tier(SKOS.closeMatch, (_PREFERRED, _LABEL), (0, 0), "the labels differ in the order of words")
TERM_SYNONYM: Final = Tier(SKOS.closeMatch, (_PREFERRED, _SYNONYM), (11, 10), "the label is a synonym of the term")
OWN_SYNONYM: Final = Tier(SKOS.closeMatch, (_ALTERNATIVE, _LABEL), (0, 0), "the term's name is an alternative label")


class Proposal(NamedTuple):
    """A mapping that a person may accept."""

    subject: str
    """IRI of the concept."""
    term: OntologyTerm
    """The term."""
    tier: Tier
    """Why."""
    words: str
    """The name they share, as the ontology writes it."""
    predicate: str
    """The mapping."""


def propose(graph: Graph, ontology: Mapping[str, OntologyTerm], known: Iterable[tuple[str, str]]) -> Iterator[Proposal]:
    """Yield proposals for concepts in use, the best way of agreement of each only; `known` pairs are left out.

    Several terms of one name are never exact matches.
    """
    decided = set(known)
    by_label = _index(ontology, lambda term: [term.label])
    by_words = _index(ontology, lambda term: [term.label], sort=True)
    by_synonym = _index(ontology, lambda term: [s for s in term.synonyms if not abbreviates(s, term.label)])
    for subject in sorted(graph.subjects):
        said = graph.subjects[subject]
        if SKOS.Concept not in said.get(RDF.type, ()) or OWL.deprecated in said:
            continue
        labels = [name for name in _texts(graph, subject, SKOS.prefLabel) if not is_qualifier(name)]
        others = [t for t in _texts(graph, subject, SKOS.altLabel) if not any(abbreviates(t, name) for name in labels)]
        for tier, found in (
            (SAME_LABEL, _look_up(by_label, labels)),
            (SAME_WORDS, _look_up(by_words, labels, sort=True)),
            (TERM_SYNONYM, _look_up(by_synonym, labels)),
            (OWN_SYNONYM, _look_up(by_label, others)),
        ):
            if found:
                predicate = tier.predicate if len(found) == 1 else SKOS.closeMatch
                for iri, words in sorted(found.items()):
                    if (subject, iri) not in decided:
                        yield Proposal(subject, ontology[iri], tier, words, predicate)
                break


def _texts(graph: Graph, subject: str, predicate: str) -> list[str]:
    return [term.value for term in graph.objects(subject, predicate) if isinstance(term, Literal)]


def _key(name: str, *, sort: bool) -> str:
    return " ".join(sorted(fold(name).split())) if sort else fold(name)


def _index(
    ontology: Mapping[str, OntologyTerm], names: Callable[[OntologyTerm], list[str]], *, sort: bool = False
) -> dict[str, dict[str, str]]:
    """Return folded name -> IRI of each term that has it -> the name as written."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, term in ontology.items():
        for name in names(term):
            found[_key(name, sort=sort)].setdefault(iri, name)
    return found


def _look_up(index: Mapping[str, Mapping[str, str]], names: Iterable[str], *, sort: bool = False) -> dict[str, str]:
    return {iri: words for name in names for iri, words in index.get(_key(name, sort=sort), {}).items()}


class Disagreement(NamedTuple):
    """A broader relation that an ontology does not have."""

    triple: Triple
    """The relation, from the narrower concept to the broader one."""
    message: str
    """What the ontology says instead."""


def compare_hierarchies(
    graph: Graph, ontology: Mapping[str, OntologyTerm], exact: Iterable[tuple[str, str]]
) -> tuple[int, list[Disagreement]]:
    """Compare every broader relation whose two ends match terms exactly (`exact`: IRIs of concept and term).

    Return the number of those that the ontology has too, at any distance, and the others.
    """
    edges = sorted({(parent, iri) for iri, term in ontology.items() for parent in term.parents if parent != iri})
    closing = {(edge.parent, edge.child) for edge in find_weakest(edges)}
    above = Ancestry(edge for edge in edges if edge not in closing)
    terms = {subject: iri for subject, iri in sorted(exact) if iri in ontology}
    same, others = 0, []
    for child, low in terms.items():
        for parent in graph.objects(child, SKOS.broader):
            high = terms.get(str(parent), low)
            if high == low:
                continue
            if above.find_step(low, high):
                same += 1
                continue
            how = "below" if above.find_step(high, low) else "neither above nor below"
            message = f"“{ontology[high].label}” is {how} “{ontology[low].label}” in the ontology, but above it here"
            others.append(Disagreement(Triple(child, SKOS.broader, str(parent)), message))
    return same, others
