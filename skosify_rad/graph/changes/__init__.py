"""What changed between two graphs: as triples (`differences`), and as changes of concepts (`compare`)."""

from skosify_rad.graph.changes.compare import Comparison, compare
from skosify_rad.graph.changes.kinds import KINDS, Bump, Change, Kind

__all__ = ["KINDS", "Bump", "Change", "Comparison", "Kind", "compare"]
