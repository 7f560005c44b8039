"""FHIR terminology servers: what they can do, how resources get there, and whether they answer as they should."""
