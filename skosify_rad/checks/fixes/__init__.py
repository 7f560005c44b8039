"""Fixes: opt-in, one rule at a time, shown as a patch before anything is written.

A fixer reads the same view as its check. After `fix_graph(graph, sources, slugs)` the named rules have no findings.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skosify_rad.checks import View
from skosify_rad.checks.fixes import naming, relations
from skosify_rad.checks.fixes.fix import Fix, apply_fixes, render_patch
from skosify_rad.graph.columns import ReadGraph, entail_declared
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.diagnostics import ConfigError

Fixer = Callable[[View], Iterator[Fix]]

FIXERS: Final[Mapping[str, Fixer]] = MappingProxyType(
    {
        "label-in-two-roles": naming.drop_second_roles,
        "reflexive-relation": relations.drop_reflexive,
        "cyclic-hierarchy": relations.break_cycles,
        "redundant-broader": relations.drop_redundant,
        "related-and-broader": relations.drop_related_ancestors,
        "unlisted-top-concept": naming.list_tops,
        "one-way-relation": relations.add_inverses,
    }
)
"""Rule -> its fixer, in the order they run. None merges concepts or removes a name because two are similar."""


def fix_graph(graph: Graph, sources: SourceMap, slugs: Iterable[str]) -> tuple[Graph, tuple[Fix, ...]]:
    """Return the graph with the findings of some rules fixed, and the fixes made.

    Raises:
        ConfigError: a rule has no fixer.

    """
    wanted = set(slugs)
    if unknown := sorted(wanted - FIXERS.keys()):
        raise ConfigError(f"there is no fix for {', '.join(unknown)}; there are fixes for {', '.join(FIXERS)}")
    done: list[Fix] = []
    for slug, fixer in FIXERS.items():
        if slug in wanted:
            entailed = entail_declared(graph)
            fixes = [_remove_stated(fix, entailed) for fix in fixer(View(entailed, sources))]
            graph = apply_fixes(graph, fixes)
            done.extend(fixes)
    return graph, tuple(done)


def _remove_stated(fix: Fix, graph: Graph) -> Fix:
    """Return a fix that removes, for each statement that others imply, those too."""
    origins = graph.origins if isinstance(graph, ReadGraph) else {}
    removed = (term for triple in fix.removed for term in (triple, *origins.get(triple, ())))
    return fix._replace(removed=tuple(removed))


__all__ = ["FIXERS", "Fix", "apply_fixes", "fix_graph", "render_patch"]
