"""What an output is: a name, a file suffix, a media type and a pure function from graph to bytes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config

FILE_STEM = "concepts"
"""Every format is written as `concepts<suffix>`."""
SITE = "site"
"""The site's name among the formats, and the folder in the output folder that it is written to."""


@dataclass(frozen=True, slots=True)
class Output:
    """One format; its page is `docs/outputs/<name>.md`."""

    name: str
    """The word of `--format` and of `[output] formats`: `turtle`."""
    suffix: str
    """File suffix, with its dot: `.ttl`."""
    media_type: str
    """Media type, for servers and for the data set's description: `text/turtle`."""
    write: Callable[[Graph, Config], Iterable[bytes]]
    """The same graph gives the same bytes, in whatever order it was built: piece by piece, none held longer."""
    write_more: Callable[[Graph, Config], Iterable[tuple[str, bytes]]] | None = None
    """Further files of the format: path below the output folder and content."""
    is_rdf: bool = True
    """An RDF syntax, from which the graph can be read back."""

    @property
    def file_name(self) -> str:
        """The name of the file written: `concepts.ttl`."""
        return FILE_STEM + self.suffix

    def render(self, graph: Graph, config: Config) -> bytes:
        """Return the whole file."""
        return b"".join(self.write(graph, config))
