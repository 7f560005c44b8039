"""rad2skos: a vault of radiology notes as a SKOS concept scheme."""

__version__ = "0.1.0"
