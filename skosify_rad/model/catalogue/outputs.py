"""Rules about writing and loading (RAD65x)."""

from typing import Final

from skosify_rad.model.diagnostics import Rule, RuleClass, Severity

OUTPUT_RULES: Final[tuple[Rule, ...]] = (
    Rule("RAD650", "unwritable-term", Severity.ERROR, RuleClass.PRACTICE, "An IRI or text cannot be written in RDF; the statement was left out.", "RFC 3987; XML 1.0, 2.2"),
)
"""Ordered by code."""
