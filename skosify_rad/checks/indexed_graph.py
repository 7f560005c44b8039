"""An rdflib graph with dictionary indexes, for pySHACL.

pySHACL parses each path of a shape again at each step, through rdflib's nested generators, and asks a graph a million
questions. With an index, shapes and data answer in a fraction of the time; the answers are the same.
"""

from typing import Any, Final

import rdflib

_Pairs = dict[Any, dict[Any, list[Any]]]
_NOTHING: Final[dict[Any, list[Any]]] = {}


class IndexedGraph(rdflib.Graph):
    """A graph that is indexed on the first query; a change discards the index."""

    _index: tuple[_Pairs, _Pairs, dict[Any, tuple[Any, ...]]] | None = None

    def _read(self) -> tuple[_Pairs, _Pairs, dict[Any, tuple[Any, ...]]]:
        """Return subject -> property -> objects, object -> property -> subjects, and the RDF lists read so far."""
        if self._index is None:
            forward: _Pairs = {}
            backward: _Pairs = {}
            for subject, predicate, term in self.triples((None, None, None)):
                forward.setdefault(subject, {}).setdefault(predicate, []).append(term)
                backward.setdefault(term, {}).setdefault(predicate, []).append(subject)
            self._index = forward, backward, {}
        return self._index

    def add(self, triple: Any) -> Any:  # noqa: ANN401 - rdflib's signature
        """Add a triple and discard the index."""
        self._index = None
        return super().add(triple)

    def remove(self, triple: Any) -> Any:  # noqa: ANN401 - rdflib's signature
        """Remove triples and discard the index."""
        self._index = None
        return super().remove(triple)

    def objects(self, subject: Any = None, predicate: Any = None, unique: Any = False) -> Any:  # noqa: ANN401, FBT002
        """Yield the objects of a subject and property."""
        if subject is None or type(predicate) is not rdflib.URIRef:
            return super().objects(subject, predicate, unique)
        return iter(self._read()[0].get(subject, _NOTHING).get(predicate, ()))

    def subjects(self, predicate: Any = None, object: Any = None, unique: Any = False) -> Any:  # noqa: A002, ANN401, FBT002
        """Yield the subjects of a property and object."""
        if object is None or isinstance(object, list) or type(predicate) is not rdflib.URIRef:
            return super().subjects(predicate, object, unique)
        return iter(self._read()[1].get(object, _NOTHING).get(predicate, ()))

    def items(self, list: Any) -> Any:  # noqa: A002, ANN401 - rdflib's signature
        """Yield the items of an RDF list.

        Raises:
            ValueError: the list is circular.

        """
        lists = self._read()[2]
        if list not in lists:
            lists[list] = tuple(super().items(list))
        return iter(lists[list])


def parse_indexed(data: str | bytes, syntax: str) -> IndexedGraph:
    """Parse a graph that will be indexed."""
    graph = IndexedGraph()
    graph.parse(data=data, format=syntax)
    return graph
