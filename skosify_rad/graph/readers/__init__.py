"""SKOS files from elsewhere -> Graph and a SourceMap that knows their lines: the only code that reads them.

`read_vocabulary(inputs)` takes files, folders and http(s) addresses; the lines are looked for only when a finding
asks for them, so that a clean file costs no more than its parser.
"""

from skosify_rad.graph.readers.read import SUFFIXES, Vocabulary, read_vocabulary
from skosify_rad.graph.readers.write import write_graph

__all__ = ["SUFFIXES", "Vocabulary", "read_vocabulary", "write_graph"]
