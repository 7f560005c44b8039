"""Read SKOS files into a Graph, and find the lines of its triples.

`read_vocabulary(inputs)` takes files, folders and http(s) addresses. Lines are found only when a finding needs them,
so that a file without findings costs no more than parsing.
"""

from skosify_rad.graph.readers.file_places import Source
from skosify_rad.graph.readers.read import SUFFIXES, Vocabulary, read_sources, read_vocabulary
from skosify_rad.graph.readers.write import write_graph

__all__ = ["SUFFIXES", "Source", "Vocabulary", "read_sources", "read_vocabulary", "write_graph"]
