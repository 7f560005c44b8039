"""The part of an export around some concepts: all that the rules ask when they are asked about these."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from skosify_rad.diagnostics import Place
from skosify_rad.edits import WholeNeededError, require
from skosify_rad.exported import Exported
from skosify_rad.frozen import Said, freeze, group
from skosify_rad.graph import Graph, Properties, SourceMap, Subjects
from skosify_rad.outputs import Marked, Row, Splice
from skosify_rad.statements import Evidence, Literal, Triple
from skosify_rad.vocab import RAD, RDF, SKOS

Told = dict[Triple, set[Evidence]]
"""Triple, of a literal the words alone -> its evidence."""

MOST_NOTES: Final = 1000
"""A thing that more notes tell of is no matter of a part."""
_MOST_SEARCHED: Final = 2000
"""So many concepts are looked at for a way from one to another."""
_LINKS: Final = (SKOS.related, SKOS.broader, SKOS.narrower)


class Region:
    """Concepts, what is near them, and the rows of the notes that tell of them."""

    def __init__(self, exported: Exported, marked: Marked) -> None:
        self._exported = exported
        self._marked = marked
        self.rows: dict[str, list[Row]] = {}
        """Path -> the evidence of that note, of all that were read."""
        self.splices: dict[str, Splice] = {}
        """Path -> where that stands, or would stand."""

    def read_notes(self, paths: Iterable[str]) -> None:
        """Read the evidence of some notes, of those that have any."""
        try:
            for path in set(paths) - self.rows.keys():
                self.rows[path], self.splices[path] = [], self._marked.find_place(path)
                if path in self._marked:
                    self.rows[path], self.splices[path] = self._marked.read(path)
        except (ValueError, KeyError, TypeError) as error:
            raise WholeNeededError from error

    def read_all_about(self, iris: Iterable[str]) -> None:
        """Read the evidence of all notes that tell of some resources.

        Raises:
            WholeNeededError: these are too many.

        """
        try:
            for iri in iris:
                paths = self._marked.find_notes(iri, MOST_NOTES)
                require(len(paths) <= MOST_NOTES)
                self.read_notes(paths)
        except (ValueError, TypeError, IndexError) as error:
            raise WholeNeededError from error

    def find_described(self, paths: Iterable[str]) -> AbstractSet[str]:
        """Return what some notes describe, be they of those that were read."""
        return {row.subject for path in paths for row in self.rows[path] if row.predicate == RAD.note}

    def find_tellers(self, iris: AbstractSet[str]) -> AbstractSet[str]:
        """Return all resources of which something is stated that has to do with some."""
        self.read_all_about(iris)
        rows = (row for rows in self.rows.values() for row in rows)
        return {row.subject for row in rows if row.subject in iris or row.key[-1] in iris}

    def find_around(self, core: AbstractSet[str], edited: Iterable[str]) -> AbstractSet[str]:
        """Return all that must be at hand for the rules about differentials and texts of the core.

        That is what these are related to, all above, those below the same parent, and of each a pair that its own
        note tells of, which shows that the note has a list of differentials; of the edited notes all pairs.
        """
        near = core | self.follow(core, SKOS.related)
        above = self.climb(near)
        shared = {
            parent
            for one in core
            for other in (*self._linked(one, SKOS.related), *core)
            for parent in {*self._linked(one, SKOS.broader)} & {*self._linked(other, SKOS.broader)}
        }
        pages = [
            term.value for iri in near for term in self._exported[iri].get(RAD.note, ()) if isinstance(term, Literal)
        ]
        self.read_notes(pages)
        told = [[row for row in self.rows[path] if row.predicate == SKOS.related][:1] for path in pages]
        told += [[row for row in self.rows[path] if row.predicate == SKOS.related] for path in edited]
        pairs = {iri for rows in told for row in rows for iri in (row.subject, row.key[-1])}
        return near | above | self.follow(shared, SKOS.narrower) | pairs

    def look_up(self, iri: str) -> Properties:
        """Return what the last export said of a resource."""
        return self._exported[iri]

    def name(self, iri: str) -> str:
        """Return what a resource was called; empty where the last export said nothing of it."""
        return next((str(label[0]) for label in self._exported[iri].get(SKOS.prefLabel, ())), "")

    def _linked(self, iri: str, predicate: str) -> list[str]:
        return [term for term in self._exported[iri].get(predicate, ()) if isinstance(term, str)]

    def follow(self, iris: AbstractSet[str], *predicates: str) -> set[str]:
        """Return the resources that properties of some lead to."""
        self._exported.load(iris)
        return {term for iri in iris for predicate in predicates for term in self._linked(iri, predicate)}

    def climb(self, iris: AbstractSet[str]) -> AbstractSet[str]:
        """Return some concepts and all that is broader, however far above."""
        return self._spread(iris, SKOS.broader)

    def go_down(self, iris: AbstractSet[str]) -> AbstractSet[str]:
        """Return some concepts and all that is narrower, however far below."""
        return self._spread(iris, SKOS.narrower)

    def read_lists(self, nodes: AbstractSet[str]) -> AbstractSet[str]:
        """Return all nodes of lists behind some, and what these hold: notes may tell one list in different lengths."""
        found = self._spread(nodes, RDF.rest)
        return found | self.follow(found, RDF.first)

    def find_group(self, iri: str, without: AbstractSet[Triple] = frozenset()) -> frozenset[str]:
        """Return all concepts that hang together with one, be it not by some relations.

        Raises:
            WholeNeededError: these are too many.

        """
        found, level = {iri}, {iri}
        while level := self._list_near(level, without) - found:
            found |= level
            require(len(found) <= _MOST_SEARCHED)
        return frozenset(found)

    def _spread(self, iris: AbstractSet[str], *predicates: str) -> AbstractSet[str]:
        """Return some concepts and all that properties lead to from there.

        Raises:
            WholeNeededError: these are too many.

        """
        found = set(iris)
        level = iris
        while level := self.follow(level, *predicates) - found:
            found |= level
            require(len(found) <= _MOST_SEARCHED)
        return found

    @property
    def maps_inside(self) -> bool:
        """Whether mappings, too, may say how concepts are related."""
        return self._exported.maps_inside

    def is_new(self, iri: str) -> bool:
        """Tell whether the last export said nothing of a resource."""
        return not self._exported[iri]

    def find_piece(self, one: str, other: str, without: AbstractSet[Triple]) -> frozenset[str]:
        """Return all that hangs together with one of two concepts; nothing where a way leads from one to the other.

        The ways do not go by some relations. They are looked for from both ends, where fewer were met.

        Raises:
            WholeNeededError: that is far.

        """
        seen = {one}, {other}
        levels = {one}, {other}
        while all(levels):
            require(sum(map(len, seen)) < _MOST_SEARCHED)
            side = len(seen[0]) > len(seen[1])
            found = self._list_near(levels[side], without) - seen[side]
            if not found.isdisjoint(seen[not side]):
                return frozenset()
            seen[side].update(found)
            levels = (levels[0], found) if side else (found, levels[1])
        return frozenset(seen[bool(levels[0])])

    def _list_near(self, iris: AbstractSet[str], without: AbstractSet[Triple]) -> set[str]:
        self._exported.load(iris)
        ways = (Triple(iri, name, term) for iri in iris for name in _LINKS for term in self._linked(iri, name))
        return {str(way.object) for way in ways if way not in without}


def tell(rows: Mapping[str, Iterable[Row]]) -> Told:
    """Return the evidence that the rows of notes tell."""
    told: Told = defaultdict(set)
    for path, lines in rows.items():
        for line, column, predicate, subject, key, rule, written, section, weight in lines:
            term = key[1] if len(key) == 2 else Literal(key[0])  # noqa: PLR2004 - as `Row` has it
            evidence = Evidence(Place(path, line, column), section, written, rule, weight)
            told[Triple(subject, predicate, term)].add(evidence)
    return told


def plain(triple: Triple) -> Triple:
    """Return a triple as rows tell it: of a literal the words alone."""
    subject, predicate, term = triple
    return Triple(subject, predicate, Literal(term.value)) if isinstance(term, Literal) else triple


def freeze_part(subjects: Subjects, told: Told, graph: Graph) -> tuple[Graph, SourceMap]:
    """Return a graph of some subjects, for the rest like another, and the evidence of each triple."""
    said: Said = defaultdict(dict)
    derived: dict[str, set[Triple]] = defaultdict(set)
    for triple in Graph(subjects):
        derived[triple.predicate].add(triple)
        evidence = told.get(plain(triple))
        if evidence:
            said[triple.predicate][triple] = list(evidence)
    frozen, sources = freeze(group(said, derived), said, graph.scheme)
    return replace(graph, subjects=frozen), sources
