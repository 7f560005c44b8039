"""The version of rad2skos."""

__version__ = "0.1.0"
