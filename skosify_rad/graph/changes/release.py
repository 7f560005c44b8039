"""Write a release into a graph: its version, the one before, and what changed, on the scheme and on each concept."""

from collections import defaultdict
from types import MappingProxyType

from skosify_rad.graph.changes.compare import Comparison
from skosify_rad.graph.changes.versions import read_version
from skosify_rad.graph.graph import Graph, Subjects
from skosify_rad.model.namespaces import OWL, SKOS
from skosify_rad.model.properties import rank_property
from skosify_rad.model.statements import Literal, Term


def add_release(graph: Graph, version: str, old: Graph | None, comparison: Comparison | None) -> Graph:
    """Return the graph of a release, with the change notes of the releases before it.

    `comparison` is from the old graph to this one; both are None for a first release.
    """
    added: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    added[graph.scheme][OWL.versionIRI] = [_name_version(graph.scheme, version)]
    if old and comparison:
        if before := read_version(old):
            added[graph.scheme][OWL.priorVersion] = [_name_version(graph.scheme, before)]
        words: dict[str, dict[str, None]] = defaultdict(dict)
        for change in comparison.changes:
            words[change.subject][change.kind.slug.replace("-", " ").replace("other", "other statements changed")] = (
                None
            )
        for subject in graph.subjects:
            notes = [*old.objects(subject, SKOS.changeNote)]
            if subject in words:
                notes.append(Literal(f"{version}: {', '.join(words[subject])}", "en"))
            if notes:
                added[subject][SKOS.changeNote] = notes
    return Graph(_add(graph.subjects, added), graph.scheme, graph.prefixes)


def _name_version(scheme: str, version: str) -> str:
    return f"{scheme.rstrip('/#')}/{version}"


def _add(subjects: Subjects, added: dict[str, dict[str, list[Term]]]) -> Subjects:
    result = dict(subjects)
    for subject, properties in added.items():
        known = dict(result[subject])
        for predicate, terms in properties.items():
            known[predicate] = tuple(dict.fromkeys((*known.get(predicate, ()), *terms)))
        result[subject] = MappingProxyType({name: known[name] for name in sorted(known, key=rank_property)})
    return MappingProxyType(result)
