"""Fix: the statements to remove from a graph and to add to it, with the reason. Applied only on request."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from skosify_rad.checks.shacl import SKOLEM, write_ntriples
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.statements import Term, Triple

_MAX_FOUR_DIGITS: Final = 0xFFFF
"""The last character that four hexadecimal digits can encode."""
_BLANK: Final = lazy_pattern(rf"<{re.escape(SKOLEM)}([^<>\s]+)>")
"""An IRI that replaces a blank node."""


class Fix(NamedTuple):
    """A change that resolves one finding."""

    slug: str
    """The rule whose finding it resolves."""
    reason: str
    """Why this change, in words a radiologist understands."""
    removed: tuple[Triple, ...] = ()
    """Statements to remove."""
    added: tuple[Triple, ...] = ()
    """Statements to add."""


def apply_fixes(graph: Graph, fixes: Iterable[Fix]) -> Graph:
    """Return a new graph with the changes made."""
    subjects: dict[str, dict[str, tuple[Term, ...]]] = {s: dict(p) for s, p in graph.subjects.items()}
    changed: dict[tuple[str, str], dict[Term, None]] = {}  # dicts as ordered sets: a scheme may gain many top concepts

    def find_objects(triple: Triple) -> dict[Term, None]:
        key = triple.subject, triple.predicate
        if key not in changed:
            changed[key] = dict.fromkeys(subjects.get(triple.subject, {}).get(triple.predicate, ()))
        return changed[key]

    for fix in fixes:
        for triple in fix.removed:
            find_objects(triple).pop(triple.object, None)
        for triple in fix.added:
            find_objects(triple)[triple.object] = None
    for (subject, predicate), objects in changed.items():
        properties = subjects.setdefault(subject, {})
        if objects:
            properties[predicate] = tuple(objects)
        else:
            properties.pop(predicate, None)
    return Graph({s: p for s, p in subjects.items() if p}, graph.scheme, graph.prefixes)


def render_patch(fixes: Iterable[Fix], sources: SourceMap) -> str:
    """Return the changes as a patch: N-Triples after `-` and `+`, preceded by the reason and the places."""
    lines: list[str] = []
    for fix in fixes:
        lines.append(f"# {fix.slug}: {' '.join(fix.reason.split())}")
        for triple in fix.removed:
            lines.extend(f"#   at {evidence.place}" for evidence in sources.get(triple, ()))
            lines.append(f"- {_write(triple)}")
        lines.extend(f"+ {_write(triple)}" for triple in fix.added)
    return "".join(_escape(line) + "\n" for line in lines)


def _escape(line: str) -> str:
    """Escape unprintable characters as N-Triples does, so that they are visible and cannot control a terminal."""
    if line.isprintable():
        return line
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04X}" if ord(c) <= _MAX_FOUR_DIGITS else f"\\U{ord(c):08X}" for c in line
    )


def _write(triple: Triple) -> str:
    graph = Graph({triple.subject: {triple.predicate: (triple.object,)}})
    return _BLANK.sub(r"_:\1", write_ntriples(graph).decode("utf-8", "replace").rstrip("\n"))
