"""Numbers for the summary that a run prints."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import ADMS, RDF, SKOS
from skosify_rad.vault.notes import Vault


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of notes and of what they became."""

    notes_read: int
    notes_skipped: Mapping[str, int]
    """Reason -> number of notes that were not read."""
    concepts: int
    """Concepts, including stubs."""
    stubs: int
    """Concepts that are named but have no note of their own."""
    broader: int
    """skos:broader links from a subtype to its parent."""
    related: int
    """Pairs of differentials, each counted once."""
    labels: int
    """Preferred, alternative and hidden labels."""
    definitions: int
    collections: int


def count(vault: Vault, graph: Graph) -> Counts:
    """Count a vault's notes and its graph's statements."""
    skipped = dict(Counter(vault.skipped.values()))
    predicates: Counter[str] = Counter()
    subjects = graph.subjects
    for properties in subjects.values():
        for predicate, objects in properties.items():
            predicates[predicate] += len(objects)
    kinds = Counter(str(t) for properties in subjects.values() for t in properties.get(RDF.type, ()))
    stubs = sum(not ADMS.WITHOUT_NOTE.isdisjoint(properties.get(ADMS.status, ())) for properties in subjects.values())
    return Counts(
        notes_read=len(vault.notes),
        notes_skipped=skipped,
        concepts=kinds[SKOS.Concept],
        stubs=stubs,
        broader=predicates[SKOS.broader],
        related=predicates[SKOS.related] // 2,
        labels=sum(predicates[p] for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel))
        - len(graph.objects(graph.scheme, SKOS.prefLabel)),
        definitions=predicates[SKOS.definition],
        collections=kinds[SKOS.Collection] + kinds[SKOS.OrderedCollection],
    )
