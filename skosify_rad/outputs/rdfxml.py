"""RDF/XML, for tools that read nothing else. Source: https://www.w3.org/TR/rdf-syntax-grammar/."""

import re
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.namespaces import RDF
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import serialize_graph

_ENDS_IN_NAME: Final = re.compile(r"[^\W\d][\w.-]*\Z")


def write_rdfxml(graph: Graph, config: Config) -> list[bytes]:
    """Return the graph as RDF/XML.

    Raises:
        OutputError: a term that no RDF syntax can write, or a property or class that XML cannot name.

    """
    del config
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who write

    for iri in sorted(named_in_xml(graph)):
        if not _ENDS_IN_NAME.search(iri):
            raise OutputError(f"{iri!a} ends in no XML name; RDF/XML cannot write it, the other formats can")
    # XML readers turn a bare carriage return into a line feed; only as a reference does it arrive.
    # Source: https://www.w3.org/TR/xml/#sec-line-ends.
    return [serialize_graph(graph, ox.RdfFormat.RDF_XML).replace(b"\r", b"&#13;"), b"\n"]


def named_in_xml(graph: Graph) -> set[str]:
    """Return the properties and classes, which RDF/XML writes as names of elements."""
    names = {predicate for properties in graph.subjects.values() for predicate in properties}
    for properties in graph.subjects.values():
        names.update(term for term in properties.get(RDF.type, ()) if type(term) is str)
    return names


RDFXML: Final = Output("rdfxml", ".rdf", "application/rdf+xml", write_rdfxml)
