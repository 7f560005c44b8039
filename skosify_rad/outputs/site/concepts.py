"""Concept -> what its page shows."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from skosify_rad.model.namespaces import DCT, RDF, RDFS, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.properties import MATCHES
from skosify_rad.model.statements import Literal, Term, find_maker
from skosify_rad.outputs.fhir.concept_maps import read_coding
from skosify_rad.outputs.site.picture import draw
from skosify_rad.outputs.site.site_view import Vocabulary, order
from skosify_rad.outputs.site.trees import grow_subtypes, place_stubs, plain_title
from skosify_rad.outputs.site.views import Concept, Differential, Finding, Match, Ref, Said, Step

_REMARKS: Final = {
    SKOS.scopeNote: "Scope",
    SKOS.example: "Example",
    SKOS.note: "Note",
    SKOS.editorialNote: "Editorial note",
    SKOS.changeNote: "Change",
    SKOS.historyNote: "History",
}
SAYS: Final = {
    SKOS.prefLabel: "name",
    SKOS.altLabel: "other name",
    SKOS.hiddenLabel: "also found by",
    SKOS.notation: "code",
    SKOS.definition: "definition",
    SKOS.broader: "subtype of",
    SKOS.narrower: "subtype",
    SKOS.related: "differential",
    SKOS.member: "member",
    RAD.steps: "in order",
    RAD.note: "its note",
    **{match: f"{words} (another vocabulary)" for match, words in MATCHES.items()},
    **_REMARKS,
}
"""Properties whose statements are shown with their places, in the order of the page."""
VOCABULARIES: Final = {
    "https://www.nlm.nih.gov/mesh": "MeSH",
    "http://snomed.info/sct": "SNOMED CT",
    "http://loinc.org": "LOINC",
    "http://radlex.org": "RadLex",
    "http://www.wikidata.org/entity": "Wikidata",
}
"""System of codes -> what people call it."""
_MOST_CRUMBS: Final = 12
_MOST_SIBLINGS: Final = 60


class ConceptPages:
    """Makes the page of each concept."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.graph = vocabulary.graph
        self._folders_around: dict[str, tuple[tuple[Ref, str], ...]] = {}

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """Concept -> its folder, or the folder of the note that names it."""
        return place_stubs(self.vocabulary)

    @cached_property
    def stubs_in(self) -> Mapping[str, tuple[Ref, ...]]:
        """Folder -> the concepts without a note that the notes in it name."""
        found: dict[str, tuple[Ref, ...]] = {}
        for ref in self.vocabulary.concepts:
            if ref.kind == "stub":
                folder = self.folders[ref.iri]
                found[folder] = (*found.get(folder, ()), ref)
        return found

    @cached_property
    def scales(self) -> Mapping[str, Ref]:
        """Ordered collection -> the concept whose steps it holds."""
        concepts = self.vocabulary.concepts
        return {str(o): ref for ref in concepts for o in self.graph.objects(ref.iri, RAD.steps)}

    @cached_property
    def _findings(self) -> Mapping[str, tuple[Finding, ...]]:
        found: dict[str, tuple[Finding, ...]] = {}
        if self.vocabulary.config.site.findings:
            for d in self.vocabulary.diagnostics:
                finding = Finding(str(d.level), d.rule.code, d.message, d.hint)
                found[d.subject] = (*found.get(d.subject, ()), finding)
        return found

    def make(self, ref: Ref) -> Concept:
        """Return what the page of a concept shows."""
        words, linked, had = self.vocabulary.words, self.vocabulary.linked, self.graph.subjects.get(ref.iri, {})
        broader = linked(ref.iri, SKOS.broader)
        differentials = tuple(self._compare(ref))
        groups = self.vocabulary.sort(self.vocabulary.member_of.get(ref.iri, ()))
        return Concept(
            ref=ref,
            crumbs=self.find_crumbs(ref, broader),
            other_names=words(ref.iri, SKOS.altLabel),
            notations=tuple(dict.fromkeys(self.vocabulary.texts(ref.iri, SKOS.notation))),
            definitions=words(ref.iri, SKOS.definition),
            remarks=tuple((name, text) for p, name in _REMARKS.items() if p in had for text in words(ref.iri, p)),
            differentials=differentials,
            steps=self.list_steps(next((str(o) for o in self.graph.objects(ref.iri, RAD.steps)), "")),
            subtypes=grow_subtypes(self.vocabulary, ref.iri),
            broader=broader,
            siblings=self._find_siblings(ref, broader),
            collections=tuple(c for c in groups if not self._is_order(c) and not self.vocabulary.is_folder(c.iri)),
            folders=tuple(c for c in groups if self.vocabulary.is_folder(c.iri)),
            named_in=self.vocabulary.find_namers(ref.iri),
            matches=tuple(self._list_matches(ref.iri)),
            links=tuple(
                dict.fromkeys(
                    filter(is_web, (str(o) for p in (DCT.source, RDFS.seeAlso) for o in self.graph.objects(ref.iri, p)))
                )
            ),
            said=tuple(self.tell(ref.iri)),
            findings=self._findings.get(ref.iri, ()),
            note=self._find_note(ref.iri),
            successors=self.vocabulary.sort(str(o) for o in self.graph.objects(ref.iri, DCT.isReplacedBy)),
            picture=draw(tuple(d.other for d in differentials)),
        )

    def _is_order(self, ref: Ref) -> bool:
        return SKOS.OrderedCollection in self.vocabulary.types[ref.iri]

    def find_crumbs(self, ref: Ref, broader: tuple[Ref, ...] = ()) -> tuple[tuple[Ref, str], ...]:
        """Return the folders around a resource, then the broader concepts above it."""
        chain = list[Ref]()
        while broader and broader[0] not in chain and broader[0] != ref and len(chain) < _MOST_CRUMBS:
            chain.append(broader[0])
            broader = self.vocabulary.linked(broader[0].iri, SKOS.broader)
        folders = self._list_folders(self.folders.get(ref.iri) or self._find_parent(ref.iri))
        if folders and chain and folders[-1][1] == chain[-1].label:
            folders = folders[:-1]  # a folder called like the concept whose subtypes it holds
        return (*folders, *((r, plain_title(self.vocabulary, r)) for r in reversed(chain)))

    def _list_folders(self, iri: str) -> tuple[tuple[Ref, str], ...]:
        """Return a folder and those around it, the outermost first, each with its title."""
        if iri not in self._folders_around:
            folders, folder = list[Ref](), iri
            while folder in self.vocabulary.refs and len(folders) < _MOST_CRUMBS:
                if self.vocabulary.refs[folder] in folders:
                    break
                folders.append(self.vocabulary.refs[folder])
                folder = self._find_parent(folder)
            self._folders_around[iri] = tuple((r, plain_title(self.vocabulary, r)) for r in reversed(folders))
        return self._folders_around[iri]

    def _find_parent(self, iri: str) -> str:
        return next((c for c in self.vocabulary.member_of.get(iri, ()) if self.vocabulary.is_folder(c)), "")

    def _compare(self, ref: Ref) -> Iterator[Differential]:
        told = self.vocabulary.told
        others = self.vocabulary.neighbours.get(ref.iri, ())
        found = [Differential(o, told.get((ref.iri, o.iri), ()), told.get((o.iri, ref.iri), ())) for o in others]
        yield from sorted(found, key=lambda d: (not (d.told or d.told_back), order(d.other)))

    def list_steps(self, iri: str) -> tuple[Step, ...]:
        """Return the members of an ordered collection in order: a list in RDF, which may be broken or a circle."""
        steps: list[Step] = []
        seen: set[str] = set()
        cell = next((str(o) for o in self.graph.objects(iri, SKOS.memberList)), "")
        while cell and cell != RDF.nil and cell not in seen:
            seen.add(cell)
            for member in self.graph.objects(cell, RDF.first):
                ref = self.vocabulary.refs.get(str(member))
                if ref is not None:
                    notation = next(iter(self.vocabulary.texts(ref.iri, SKOS.notation)), "")
                    steps.append(Step(notation, ref, next(iter(self.vocabulary.texts(ref.iri, SKOS.definition)), "")))
            cell = next((str(o) for o in self.graph.objects(cell, RDF.rest)), "")
        return tuple(steps)

    def _find_siblings(self, ref: Ref, broader: tuple[Ref, ...]) -> tuple[Ref, ...]:
        if not broader:
            return ()
        found = {r.iri for parent in broader for r in self.vocabulary.linked(parent.iri, SKOS.narrower)} - {ref.iri}
        return self.vocabulary.sort(found)[:_MOST_SIBLINGS]

    def _list_matches(self, iri: str) -> Iterator[Match]:
        for predicate, relation in MATCHES.items():
            for term in self.graph.objects(iri, predicate):
                address = str(term.value if isinstance(term, Literal) else term)
                yield Match(relation, self._name_match(address), address if is_web(address) else "")

    def _name_match(self, address: str) -> str:
        """Return the label of a concept elsewhere if the graph has one, else vocabulary and code, else its address."""
        labels, coding = self.vocabulary.texts(address, SKOS.prefLabel), read_coding(address)
        if labels or coding is None:
            return labels[0] if labels else address
        return f"{VOCABULARIES.get(coding.system, coding.system)} {coding.code}"

    def _find_note(self, iri: str) -> tuple[str, str] | None:
        paths = self.vocabulary.texts(iri, RAD.note)
        return (paths[0], self.vocabulary.source(paths[0], 1).url) if paths else None

    def tell(self, iri: str) -> Iterator[Said]:
        """Yield each statement about a resource with the words and the line it comes from."""
        if self.vocabulary.config.site.sources == "none":
            return
        properties = self.graph.subjects.get(iri, {})
        for predicate, says in SAYS.items():
            if predicate in properties:
                yield from self._tell_all(says, [(iri, predicate, term) for term in properties[predicate]])
        groups = [(group, SKOS.member, iri) for group in self.vocabulary.member_of.get(iri, ())]
        yield from self._tell_all("in the collection", groups)

    def _tell_all(self, says: str, triples: Sequence[tuple[str, str, Term]]) -> Iterator[Said]:
        for subject, predicate, term in triples:
            other = subject if says == "in the collection" else term
            ref = self.vocabulary.refs.get(other) if isinstance(other, str) else None
            for piece in dict.fromkeys(self.vocabulary.evidence(subject, predicate, term)):
                if piece.place.path not in ("", ".") and piece.rule != "folder":
                    source = self.vocabulary.source(piece.place.path, piece.place.line)
                    yield Said(says, ref, piece.written, (source,), find_maker(piece.weight, piece.reasons))


def is_web(address: str) -> bool:
    """Return whether a browser may be sent there: no `javascript:`, no `file:`."""
    return address.lower().startswith(("http://", "https://"))
