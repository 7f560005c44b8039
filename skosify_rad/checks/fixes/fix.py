"""Fix: what to take out of a graph and what to put in, with the reason told; never applied unless asked for."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from skosify_rad.checks.shacl import SKOLEM, write_ntriples
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.statements import Term, Triple

_FOUR: Final = 0xFFFF
"""The last character that four hexadecimal digits hold."""
_BLANK: Final = re.compile(rf"<{re.escape(SKOLEM)}([^<>\s]+)>")
"""What stands for a blank node where an engine is to read it."""


class Fix(NamedTuple):
    """One change that removes one finding."""

    slug: str
    """The rule whose finding it removes."""
    reason: str
    """Why this change and no other, in words an author understands."""
    removed: tuple[Triple, ...] = ()
    """Statements to take out."""
    added: tuple[Triple, ...] = ()
    """Statements to put in."""


def apply_fixes(graph: Graph, fixes: Iterable[Fix]) -> Graph:
    """Return a graph with the changes made; the given one is untouched."""
    subjects: dict[str, dict[str, tuple[Term, ...]]] = {s: dict(p) for s, p in graph.subjects.items()}
    touched: dict[tuple[str, str], dict[Term, None]] = {}  # as keys: a scheme may gain a top concept after another

    def read(triple: Triple) -> dict[Term, None]:
        place = triple.subject, triple.predicate
        if place not in touched:
            touched[place] = dict.fromkeys(subjects.get(triple.subject, {}).get(triple.predicate, ()))
        return touched[place]

    for fix in fixes:
        for triple in fix.removed:
            read(triple).pop(triple.object, None)
        for triple in fix.added:
            read(triple)[triple.object] = None
    for (subject, predicate), objects in touched.items():
        properties = subjects.setdefault(subject, {})
        if objects:
            properties[predicate] = tuple(objects)
        else:
            properties.pop(predicate, None)
    return Graph({s: p for s, p in subjects.items() if p}, graph.scheme, graph.prefixes)


def render_patch(fixes: Iterable[Fix], sources: SourceMap) -> str:
    """Return the changes as a patch: N-Triples behind `-` and `+`, the reason and the places above them."""
    lines: list[str] = []
    for fix in fixes:
        lines.append(f"# {fix.slug}: {' '.join(fix.reason.split())}")
        for triple in fix.removed:
            lines.extend(f"#   at {evidence.place}" for evidence in sources.get(triple, ()))
            lines.append(f"- {_write(triple)}")
        lines.extend(f"+ {_write(triple)}" for triple in fix.added)
    return "".join(_show(line) + "\n" for line in lines)


def _show(line: str) -> str:
    """Write what would steer a terminal as N-Triples escapes it, so that the patch shows what there is."""
    if line.isprintable():
        return line
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04X}" if ord(c) <= _FOUR else f"\\U{ord(c):08X}" for c in line
    )


def _write(triple: Triple) -> str:
    graph = Graph({triple.subject: {triple.predicate: (triple.object,)}})
    return _BLANK.sub(r"_:\1", write_ntriples(graph).decode("utf-8", "replace").rstrip("\n"))
