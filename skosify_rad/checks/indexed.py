"""An rdflib graph that answers from a dict: what pySHACL asks of a graph, it asks a million times.

pySHACL reads every path of a shape again at each of its steps, through rdflib's generators of generators. Indexed, both
the shapes and the data answer in a fraction of that; what is asked and what is answered stays the same.
"""

from typing import Any, Final

import rdflib

_Pairs = dict[Any, dict[Any, list[Any]]]
_NOTHING: Final[dict[Any, list[Any]]] = {}


class IndexedGraph(rdflib.Graph):
    """A graph that is read, not written, once it is asked; a change makes the index anew."""

    _index: tuple[_Pairs, _Pairs, dict[Any, tuple[Any, ...]]] | None = None

    def _read(self) -> tuple[_Pairs, _Pairs, dict[Any, tuple[Any, ...]]]:
        """Return subject -> property -> objects, object -> property -> subjects, and the lists read so far."""
        if self._index is None:
            forth: _Pairs = {}
            back: _Pairs = {}
            for subject, predicate, term in self.triples((None, None, None)):
                forth.setdefault(subject, {}).setdefault(predicate, []).append(term)
                back.setdefault(term, {}).setdefault(predicate, []).append(subject)
            self._index = forth, back, {}
        return self._index

    def add(self, triple: Any) -> Any:  # noqa: ANN401 - as rdflib has it
        """Add a triple; the index is out of date."""
        self._index = None
        return super().add(triple)

    def remove(self, triple: Any) -> Any:  # noqa: ANN401 - as above
        """Remove triples; the index is out of date."""
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

    def items(self, list: Any) -> Any:  # noqa: A002, ANN401 - as rdflib has it
        """Yield the items of an RDF list.

        Raises:
            ValueError: the list leads back into itself.

        """
        lists = self._read()[2]
        if list not in lists:
            lists[list] = tuple(super().items(list))
        return iter(lists[list])


def index_graph(data: str | bytes, form: str) -> IndexedGraph:
    """Parse a graph to be indexed."""
    graph = IndexedGraph()
    graph.parse(data=data, format=form)
    return graph
