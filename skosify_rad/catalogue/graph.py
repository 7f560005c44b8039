"""Rules about the graph (RAD5xx) and about outputs and targets (RAD6xx)."""

from typing import Final

from skosify_rad.diagnostics import Rule, RuleClass, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
_PRACTICE, _STANDARD = RuleClass.PRACTICE, RuleClass.STANDARD

GRAPH_RULES: Final[tuple[Rule, ...]] = (
    Rule("RAD501", "hierarchy-cycle", _WARNING, _PRACTICE, "Concepts are broader than themselves; the weakest edge was left out.", "qSKOS chr"),
    Rule("RAD502", "related-in-hierarchy", _WARNING, _STANDARD, "A differential is an ancestor or descendant; the hierarchy was kept.", "SKOS S27"),
)
"""By code."""
