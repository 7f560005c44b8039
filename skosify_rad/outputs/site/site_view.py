"""The export with the look-ups that its pages need."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote

from skosify_rad.graph.graph import Graph, SourceMap, evidence_of
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Term, Triple
from skosify_rad.outputs.site.addresses import make_paths
from skosify_rad.outputs.site.views import Ref, Source, Text

FOLDER: Final = "collection/folder/"
"""How the identifiers of folder collections begin."""

_NEAR: Final = 2
"""Lines from one point to the next of the same list: an empty line may part them."""


@dataclass(frozen=True)
class Vocabulary:
    """A graph with its evidence; every list is sorted by label."""

    graph: Graph
    sources: SourceMap
    diagnostics: tuple[Diagnostic, ...]
    config: Config

    @cached_property
    def types(self) -> dict[str, frozenset[Term]]:
        """Concept or collection -> its classes."""
        shown = {SKOS.Concept, SKOS.Collection, SKOS.OrderedCollection}
        found = ((s, frozenset(p.get(RDF.type, ()))) for s, p in self.graph.subjects.items())
        return {subject: classes for subject, classes in found if classes & shown and subject != self.graph.scheme}

    @cached_property
    def refs(self) -> dict[str, Ref]:
        """IRI -> how links show it, in the order of the labels."""
        paths = make_paths(self.types, self.graph.scheme)
        refs = [Ref(self.label(iri), paths[iri], self._kind(iri), iri) for iri in self.types]
        return {ref.iri: ref for ref in sorted(refs, key=order)}

    def label(self, iri: str) -> str:
        """Return the preferred label, or else the IRI without the scheme's."""
        found = self.texts(iri, SKOS.prefLabel)
        return (found[0] if found else "") or iri.removeprefix(self.graph.scheme)

    def _kind(self, iri: str) -> str:
        if Literal("true", "", "http://www.w3.org/2001/XMLSchema#boolean") in self.graph.objects(iri, OWL.deprecated):
            return "deprecated"
        if SKOS.Concept not in self.types[iri]:
            return "collection"
        return "note" if ADMS.WITHOUT_NOTE.isdisjoint(self.graph.objects(iri, ADMS.status)) else "stub"

    @cached_property
    def concepts(self) -> tuple[Ref, ...]:
        """Every concept that is not deprecated."""
        return tuple(ref for ref in self.refs.values() if ref.kind in ("note", "stub"))

    @cached_property
    def collections(self) -> tuple[Ref, ...]:
        """Every collection that is not deprecated."""
        return tuple(ref for ref in self.refs.values() if ref.kind == "collection")

    @cached_property
    def deprecated(self) -> tuple[Ref, ...]:
        """What was published once and is gone."""
        return tuple(ref for ref in self.refs.values() if ref.kind == "deprecated")

    def is_folder(self, iri: str) -> bool:
        """Return whether a collection was made of a folder."""
        return iri.startswith(self.graph.scheme + FOLDER)

    def texts(self, iri: str, predicate: str) -> list[str]:
        """Return the literals of a property, those in the vocabulary's own language first."""
        own = self.config.scheme.language.lower()
        found = [o for o in self.graph.objects(iri, predicate) if isinstance(o, Literal)]
        if len(found) < 2:  # noqa: PLR2004 - nearly always; sorting takes most of the time
            return [o.value for o in found]
        return list(dict.fromkeys(o.value for o in sorted(found, key=lambda o: (o.language != own, o))))

    def linked(self, iri: str, predicate: str) -> tuple[Ref, ...]:
        """Return the concepts and collections that a property leads to; no deprecated ones."""
        terms = self.graph.objects(iri, predicate)
        return self.sort([o for o in terms if isinstance(o, str)]) if terms else ()

    def sort(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Return those that have a page and are not deprecated, by label."""
        found = {iri for iri in iris if iri in self._ranks}
        refs = (self.refs[iri] for iri in sorted(found, key=self._ranks.__getitem__))
        return tuple(ref for ref in refs if ref.kind != "deprecated")

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """IRI -> its place in the order of the labels."""
        return {iri: rank for rank, iri in enumerate(self.refs)}

    def evidence(self, iri: str, predicate: str, term: Term) -> tuple[Evidence, ...]:
        """Return the evidence of a triple."""
        return evidence_of(self.sources, Triple(iri, predicate, term))

    def words(self, iri: str, predicate: str) -> tuple[Text, ...]:
        """Return the literals of a property, each with the lines it comes from."""
        terms = (o for o in self.graph.objects(iri, predicate) if isinstance(o, Literal) and o.value)
        said = [(o, self.evidence(iri, predicate, o)) for o in terms]
        said.sort(key=lambda pair: (self.first_line(pair[1]), pair[0]))
        return tuple(Text((o.value,), self.locate(evidence)) for o, evidence in said)

    @staticmethod
    def first_line(evidence: tuple[Evidence, ...]) -> tuple[str, int, int]:
        """Return what sorts statements as their notes have them."""
        return min(((e.place.path, e.place.line, e.place.column) for e in evidence), default=("", 0, 0))

    def locate(self, evidence: Iterable[Evidence]) -> tuple[Source, ...]:
        """Return the lines of notes, each once; none where the configuration withholds them."""
        if self.config.site.sources == "none":
            return ()
        places = sorted({(e.place.path, e.place.line) for e in evidence if e.place.path not in ("", ".")})
        return tuple(self.source(path, line) for path, line in places)

    def source(self, path: str, line: int) -> Source:
        """Return a line of a note with its address, where `note_url` is configured."""
        if path not in self._notes:
            pattern = self.config.site.note_url.replace("{path}", quote(path, errors="replace"))
            self._notes[path] = path.rpartition("/")[2].removesuffix(".md"), pattern
        name, pattern = self._notes[path]
        return Source(name, line, line, pattern.replace("{line}", str(line)))

    @cached_property
    def _notes(self) -> dict[str, tuple[str, str]]:
        """Path of a note -> its name, and its address but for the line: those asked for so far."""
        return {}

    @cached_property
    def member_of(self) -> dict[str, tuple[str, ...]]:
        """Resource -> the collections that it is a member of."""
        found: dict[str, list[str]] = defaultdict(list)
        for ref in self.collections:
            for member in self.graph.objects(ref.iri, SKOS.member):
                found[str(member)].append(ref.iri)
        return {member: tuple(iris) for member, iris in found.items()}

    @cached_property
    def by_note(self) -> dict[str, Ref]:
        """Path of a note -> the concept, or else the collection, that it describes."""
        notes = {str(getattr(o, "value", o)): r for r in self.collections for o in self.graph.objects(r.iri, RAD.note)}
        concepts = {str(getattr(o, "value", o)): r for r in self.concepts for o in self.graph.objects(r.iri, RAD.note)}
        return notes | concepts

    @cached_property
    def named_in(self) -> dict[str, frozenset[str]]:
        """Concept -> paths of the notes that name it, as subject or as object."""
        found: dict[str, set[str]] = defaultdict(set)
        for (subject, _, term), evidence in self.sources.items():
            for end in (subject, term):
                if isinstance(end, str) and end in self.types:
                    found[end].update(e.place.path for e in evidence if e.rule != "folder")
        return {iri: frozenset(paths) for iri, paths in found.items()}

    def find_namers(self, iri: str) -> tuple[Ref, ...]:
        """Return what the notes that name a concept are about, itself left out."""
        found = {self.by_note[path].iri for path in self.named_in.get(iri, ()) if path in self.by_note}
        return self.sort(found - {iri})

    @cached_property
    def told(self) -> dict[tuple[str, str], tuple[Text, ...]]:
        """(Concept, its differential) -> what distinguishes the differential, in the words of the concept's note."""
        found: dict[tuple[str, str], tuple[Text, ...]] = {}
        for iri, properties in self.graph.subjects.items():
            if RAD.Differential not in properties.get(RDF.type, ()):
                continue
            ends = [
                (str(a), str(b))
                for a in properties.get(RAD.differentialOf, ())
                for b in properties.get(RAD.differentialDiagnosis, ())
            ]
            texts = _join(self.words(iri, RAD.distinguishedBy))
            for end in ends:
                if texts:
                    found[end] = found.get(end, ()) + texts
        return found

    @cached_property
    def neighbours(self) -> dict[str, tuple[Ref, ...]]:
        """Concept -> its differentials, stated from either end."""
        found: dict[str, set[str]] = {r.iri: {o.iri for o in self.linked(r.iri, SKOS.related)} for r in self.concepts}
        for one, other in self.told:
            if one in found and other in found and one != other:
                found[one].add(other)
                found[other].add(one)
        return {iri: self.sort(others) for iri, others in found.items()}

    @cached_property
    def title(self) -> str:
        """The name of the site."""
        found = self.texts(self.graph.scheme, DCT.title)
        return self.config.site.title or (found[0] if found else "") or "Vocabulary"


def _join(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the points that stand below one another as one text."""
    joined: list[Text] = []
    for text in texts:
        last = joined[-1] if joined else None
        if last and len(last.sources) == len(text.sources) and all(map(_follows, last.sources, text.sources)):
            ends = zip(last.sources, text.sources, strict=True)
            sources = tuple(first._replace(last=max(first.last, second.last)) for first, second in ends)
            joined[-1] = Text((*last.items, *text.items), sources)
        else:
            joined.append(text)
    return tuple(joined)


def _follows(first: Source, second: Source) -> bool:
    return first.name == second.name and second.line <= first.last + _NEAR


def order(ref: Ref) -> tuple[str, str]:
    """Return the sort key of every list."""
    return ref.label.casefold(), ref.iri
