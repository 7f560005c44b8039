"""Names for blank nodes that depend on what they hold and where they hang, so that two graphs can be compared.

No two nodes of a graph get one name, so comparing by name never mistakes one graph for another. Nodes that hang in a
cycle of blank nodes may get different names in equal graphs; then they count as changed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from skosify_rad.graph.graph import Graph, Properties, Subjects
from skosify_rad.model.statements import Term

_Referrers = dict[str, list[tuple[str, str]]]


def is_blank(term: Term) -> bool:
    """Return whether a term is a blank node."""
    return isinstance(term, str) and term.startswith("_:")


def name_blank_nodes(graph: Graph) -> Subjects:
    """Return the graph's subjects and properties with every blank node renamed."""
    referrers: _Referrers = defaultdict(list)
    for subject, properties in graph.subjects.items():
        if subject.startswith("_:"):
            referrers[subject]  # a node that nothing refers to counts too
        for predicate, terms in properties.items():
            for term in terms:
                if isinstance(term, str) and term.startswith("_:"):
                    referrers[term].append((subject, predicate))
    if not referrers:
        return graph.subjects
    names = _find_names(referrers, _hash_contents(graph.subjects, referrers))
    touched = {subject for pairs in referrers.values() for subject, _ in pairs} | referrers.keys()
    return {
        names.get(subject, subject): _rename(properties, names) if subject in touched else properties
        for subject, properties in graph.subjects.items()
    }


def _rename(properties: Properties, names: dict[str, str]) -> Properties:
    return {
        predicate: tuple(names.get(term, term) if isinstance(term, str) else term for term in terms)
        for predicate, terms in properties.items()
    }


def _hash_contents(subjects: Subjects, blanks: Iterable[str]) -> dict[str, str]:
    """Return blank node -> hash of all that hangs below it; nodes come after those below them."""
    found: dict[str, str] = {}
    entered: set[str] = set()
    for start in blanks:
        stack = [start]
        while stack:
            node = stack[-1]
            properties = subjects.get(node, {})
            if node not in entered:
                entered.add(node)
                below = [str(term) for terms in properties.values() for term in terms if is_blank(term)]
                stack.extend(term for term in below if term not in entered)
                continue
            stack.pop()
            if node not in found:
                lines = [
                    f"{predicate}\t{found.get(term, 'cycle') if is_blank(term) and isinstance(term, str) else term!r}"
                    for predicate, terms in properties.items()
                    for term in terms
                ]
                found[node] = _hash(lines)
    return found


def _find_names(referrers: _Referrers, contents: dict[str, str]) -> dict[str, str]:
    """Return blank node -> name, made of its content and of what refers to it."""
    names: dict[str, str] = {}
    times: dict[str, int] = defaultdict(int)
    for node in reversed(contents):
        lines = [
            f"{names.get(subject) or contents.get(subject) or subject}\t{predicate}"
            for subject, predicate in referrers[node]
        ]
        key = _hash([contents[node], *lines])
        times[key] += 1
        names[node] = f"_:b{key}-{times[key]}"
    return names


def _hash(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:20]
