"""The checks: rules about the graph, one module per subject, listed here in the order they run."""

from typing import Final

from skosify_rad.checks import classes, consumers, editorial, labels, mappings, naming, relations, schemes
from skosify_rad.checks.consumers import CONSUMERS, RESOURCE_SLUGS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View

CHECKS: Final[tuple[Check, ...]] = (
    *classes.CHECKS,
    *labels.CHECKS,
    *relations.CHECKS,
    *mappings.CHECKS,
    *schemes.CHECKS,
    *naming.CHECKS,
    *editorial.CHECKS,
    *consumers.CHECKS,
)
"""Every check on the graph."""

NETWORK_SLUGS: Final = frozenset({"broken-outward-link", "missing-in-links"})
"""Rules that need the network."""
BUILD_SLUGS: Final = frozenset({"hierarchy-cycle", "related-in-hierarchy"})
"""Rules that `graph.assembly` reports and resolves, so that the finished graph no longer violates them."""
EVIDENCE_SLUGS: Final = frozenset(slug for check in editorial.CHECKS for slug in check.slugs)
"""Rules that need the evidence from the notes."""
CONSUMER_SLUGS: Final = frozenset(slug for check in consumers.CHECKS for slug in check.slugs) | RESOURCE_SLUGS
"""Rules that are checked only for a consumer (`--for`)."""

__all__ = [
    "BUILD_SLUGS",
    "CHECKS",
    "CONSUMERS",
    "CONSUMER_SLUGS",
    "EVIDENCE_SLUGS",
    "NETWORK_SLUGS",
    "Check",
    "Finding",
    "View",
]
