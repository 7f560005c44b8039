"""N-Quads: one triple a line, in the graph named by the scheme. Source: https://www.w3.org/TR/n-quads/."""

from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import serialize_graph


def write_nquads(graph: Graph, config: Config) -> list[bytes]:
    """Return the graph as N-Quads."""
    del config
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who write

    return [serialize_graph(graph, ox.RdfFormat.N_QUADS)]


NQUADS: Final = Output("nquads", ".nq", "application/n-quads", write_nquads)
