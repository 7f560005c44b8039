"""The story: notes -> statements -> triples -> graph -> findings -> files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from skosify_rad.assemble import build_graph
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic
from skosify_rad.extract import extract
from skosify_rad.graph import Graph, SourceMap
from skosify_rad.identifiers import Register
from skosify_rad.links import Links
from skosify_rad.statements import Statement
from skosify_rad.triples import resolve
from skosify_rad.validate import validate
from skosify_rad.vault import Vault, read_vault

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a vault became; nothing is written yet."""

    vault: Vault
    """The notes."""
    statements: tuple[Statement, ...]
    """What they say, in their own words."""
    graph: Graph
    """The concept scheme."""
    sources: SourceMap
    """Where every triple comes from."""
    register: Register
    """Every identifier ever given."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, by place."""


def build(root: Path, config: Config, register: Register | None = None) -> Export:
    """Read a vault and make a concept scheme of it; writes nothing."""
    register = Register() if register is None else register
    vault, d1 = read_vault(root, config)
    statements, d2 = extract(vault, Links(vault), config)
    stated, d3 = resolve(statements, vault, register, config)
    graph, sources, d4 = build_graph(stated, config, root.resolve().name)
    d5 = validate(graph, sources, config)
    diagnostics = sorted({*d1, *d2, *d3, *d4, *d5}, key=lambda d: d.sort_key)
    return Export(vault, tuple(statements), graph, sources, register, tuple(diagnostics))


def count(graph: Graph) -> Counter[str]:
    """Return how often each predicate occurs."""
    return Counter(triple.predicate for triple in graph)
