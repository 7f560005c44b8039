"""TriG: Turtle in the graph named by the scheme. Source: https://www.w3.org/TR/trig/."""

from typing import Final

from skosify_rad.config import Config
from skosify_rad.graph import Graph
from skosify_rad.outputs.base import Output
from skosify_rad.outputs.terms import encode_text
from skosify_rad.outputs.turtle import TurtleWriter


def render_trig(graph: Graph, config: Config) -> bytes:
    """Return the graph as TriG; without a scheme it is the default graph.

    Raises:
        OutputError: a term or prefix that no RDF syntax can write.

    """
    del config
    writer = TurtleWriter(graph)
    blocks = "\n\n".join(block.replace("\n", "\n    ") for block in writer.write_blocks())
    name = writer[graph.scheme] + " " if graph.scheme else ""
    body = "{\n    " + blocks.replace("\n\n", "\n\n    ") + "\n}" if blocks else "{}"
    return encode_text(f"{writer.write_prefixes()}\n\n{name}{body}\n".lstrip("\n"))


TRIG: Final = Output("trig", ".trig", "application/trig", render_trig)
