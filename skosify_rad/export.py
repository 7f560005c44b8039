"""What the pipeline hands out: an Export, with nothing written yet, and a Receipt of what was."""

from dataclasses import dataclass
from pathlib import Path

from skosify_rad.diagnostics import Diagnostic
from skosify_rad.graph import Graph, SourceMap
from skosify_rad.identifiers import Register
from skosify_rad.summary import Counts
from skosify_rad.vault import Vault


@dataclass(frozen=True, slots=True)
class Export:
    """What a vault became; nothing is written yet."""

    vault: Vault
    """The notes, released: without the texts that nothing looks at again."""
    graph: Graph
    """The concept scheme."""
    sources: SourceMap
    """Where every triple comes from."""
    register: Register
    """Every identifier ever given."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, by place."""
    counts: Counts
    """How much there is of everything."""
    foreign: bool = False
    """The register found belongs to another vault; it was not used, and must not be written over."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written."""

    files: tuple[Path, ...]
    """Files, in order."""
