"""TriG: Turtle in the graph named by the scheme. Source: https://www.w3.org/TR/trig/."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.outputs.output_format import Output
from skosify_rad.outputs.rdf_terms import encode_text
from skosify_rad.outputs.turtle import TurtleWriter


def write_trig(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the graph as TriG; without a scheme it is the default graph.

    Raises:
        OutputError: a term or prefix that no RDF syntax can write.

    """
    del config
    writer = TurtleWriter(graph)
    blocks = [block.replace("\n", "\n    ") for block in writer.write_blocks()]
    name = f"{writer[graph.scheme]} " if graph.scheme else ""
    body = "{\n    " + "\n\n    ".join(blocks) + "\n}\n" if blocks else "{}\n"
    yield from (writer.write_prefixes(), b"\n" if writer.used else b"", encode_text(name + body))


TRIG: Final = Output("trig", ".trig", "application/trig", write_trig)
