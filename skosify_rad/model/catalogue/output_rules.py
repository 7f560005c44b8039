"""Rules about writing and loading (RAD65x)."""

from typing import Final

from skosify_rad.model.diagnostics import Rule, RuleClass, Severity

_ERROR, _PRACTICE = Severity.ERROR, RuleClass.PRACTICE

FHIR_RULES: Final = (
    Rule("RAD660", "fhir-undeclared-property", _ERROR, _PRACTICE, "A concept has a property that its FHIR CodeSystem does not declare.", "FHIR R4, CodeSystem.property"),
    Rule("RAD661", "fhir-property-type", _ERROR, _PRACTICE, "The value of a concept's property in FHIR is not of the type declared.", "FHIR R4, CodeSystem.property.type"),
    Rule("RAD662", "fhir-unknown-parent", _ERROR, _PRACTICE, "A parent or child of a concept in FHIR is no code of the CodeSystem.", "FHIR R4, concept properties"),
    Rule("RAD663", "fhir-parent-cycle", _ERROR, _PRACTICE, "A concept of a FHIR CodeSystem lies above itself.", "FHIR R4, CodeSystem hierarchy"),
    Rule("RAD664", "fhir-hierarchy-meaning", _ERROR, _PRACTICE, "A FHIR CodeSystem has a hierarchy and does not say what it means.", "FHIR R4, CodeSystem.hierarchyMeaning"),
    Rule("RAD665", "fhir-duplicate-code", _ERROR, _PRACTICE, "A FHIR CodeSystem has a code twice.", "FHIR R4, csd-1"),
    Rule("RAD666", "fhir-empty-value-set", _ERROR, _PRACTICE, "A FHIR ValueSet selects no code.", "FHIR R4, ValueSet.compose"),
)
"""About FHIR resources, by code: what FHIR's own validators do not see."""

OUTPUT_RULES: Final[tuple[Rule, ...]] = (
    Rule("RAD650", "unwritable-term", Severity.ERROR, RuleClass.PRACTICE, "An IRI or text cannot be written in RDF; the statement was left out.", "RFC 3987; XML 1.0, 2.2"),
    *FHIR_RULES,
)
"""Ordered by code."""
