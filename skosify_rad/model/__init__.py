"""The values that all stages exchange: statements, diagnostics, configuration, namespaces, the rule catalogue."""
