"""FHIR terminology resources of a scheme, as plain dicts: R4 or R5."""
