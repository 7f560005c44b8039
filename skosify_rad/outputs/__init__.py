"""Outputs: one file a format, listed here in the order that `--format` shows them."""

from typing import Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.outputs.concepts_csv import CSV
from skosify_rad.outputs.evidence import iter_evidence, render_evidence
from skosify_rad.outputs.fhir.bundle import FHIR, find_outdated
from skosify_rad.outputs.files import Content, write_files
from skosify_rad.outputs.jskos import JSKOS
from skosify_rad.outputs.jsonld import JSONLD
from skosify_rad.outputs.nquads import NQUADS
from skosify_rad.outputs.ntriples import NTRIPLES
from skosify_rad.outputs.output_format import SITE, Output
from skosify_rad.outputs.rdfxml import RDFXML
from skosify_rad.outputs.sssom import SSSOM
from skosify_rad.outputs.trig import TRIG
from skosify_rad.outputs.turtle import TURTLE
from skosify_rad.outputs.writable import keep_writable

OUTPUTS: Final[tuple[Output, ...]] = (TURTLE, JSONLD, NTRIPLES, NQUADS, TRIG, RDFXML, FHIR, JSKOS, SSSOM, CSV)
"""Every format."""
RDF_OUTPUTS: Final = tuple(output for output in OUTPUTS if output.is_rdf)
"""The formats from which a graph can be read back."""


FORMATS: Final = (*(output.name for output in OUTPUTS), SITE)
"""The words of `--format`: each a file, but the site, which is a folder."""


def check_format(name: str) -> str:
    """Return the name of a format.

    Raises:
        ConfigError: there is none of this name.

    """
    return SITE if name == SITE else find_output(name).name


def find_output(name: str) -> Output:
    """Return the format of this name.

    Raises:
        ConfigError: there is none; the message lists those there are.

    >>> find_output("turtle").file_name
    'concepts.ttl'

    """
    for output in OUTPUTS:
        if output.name == name:
            return output
    raise ConfigError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")


__all__ = [
    "FORMATS",
    "OUTPUTS",
    "RDF_OUTPUTS",
    "SITE",
    "Content",
    "Output",
    "check_format",
    "find_outdated",
    "find_output",
    "iter_evidence",
    "keep_writable",
    "render_evidence",
    "write_files",
]
