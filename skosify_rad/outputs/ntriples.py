"""N-Triples: one triple a line, for pipes and for comparing. Source: https://www.w3.org/TR/n-triples/."""

from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import serialize_graph


def write_ntriples(graph: Graph, config: Config) -> list[bytes]:
    """Return the graph as N-Triples."""
    del config
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who write

    return [serialize_graph(graph, ox.RdfFormat.N_TRIPLES)]


NTRIPLES: Final = Output("ntriples", ".nt", "application/n-triples", write_ntriples)
