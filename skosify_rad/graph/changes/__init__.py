"""What changed between two graphs: as triples (`differences`), and as changes of concepts (`compare`)."""

from skosify_rad.graph.changes.change_kinds import KINDS, Bump, Change, Kind
from skosify_rad.graph.changes.compare import Comparison, compare

__all__ = ["KINDS", "Bump", "Change", "Comparison", "Kind", "compare"]
