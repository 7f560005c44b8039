"""What a person should decide, most doubtful and most used first.

The rows come from a build without decisions, so that a row keeps its id whatever is decided.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Final, NamedTuple

from skosify_rad.concepts.decisions import CONCEPT, DEFINITION, SAME, Decision, Key, list_allowed, make_key
from skosify_rad.concepts.mapping_table import Row as MappingRow
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.language.spelling import digest
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.namespaces import ADMS, SKOS
from skosify_rad.model.properties import MATCHES
from skosify_rad.model.statements import Evidence, Literal, Triple, find_maker
from skosify_rad.outputs.evidence import select_evidence

_UNKNOWN: Final = 0.5
"""Confidence in what nothing was weighed for."""
_DEFINITION: Final = 0.85
"""Confidence in a definition: 88 of 104 of a real vault were right."""
_SAME_RULES: Final = ("possible-duplicate", "possible-rename")
_RELATIONS: Final = ("narrower", "related")

Proposal = tuple[Triple, Evidence, MappingRow]
"""A mapping that waits for a decision."""


class Row(NamedTuple):
    """One statement to decide about."""

    key: Key
    """What the decision is about."""
    label: str
    """The concept's label."""
    statement: str
    """The statement in words."""
    place: Place
    """Where the notes say it."""
    words: str
    """Their words there."""
    confidence: float
    """How sure it is, from 0 to 1."""
    uses: int
    """How often relations name the concept."""
    about: str
    """Identifier of the concept that the statement is about: of a subtype, the parent."""
    named: Key
    """What a new name or another concept's is for: the subtype or differential, else what is decided about."""
    name: str
    """The label of that concept; of a definition, its text."""

    @property
    def allowed(self) -> tuple[str, ...]:
        """What may be decided."""
        return tuple(dict.fromkeys(w for key in (self.key, self.named) for w in list_allowed(key.property)))

    @property
    def group(self) -> tuple[str, str]:
        """The rows that are decided together: a parent with its children, its differentials, its definitions."""
        return self.about, CONCEPT if self.key.property == "narrower" else self.key.property

    @property
    def worth(self) -> float:
        """How much a decision is worth: doubt (1 - confidence) times the logarithm of the uses."""
        return round((1 - self.confidence) * log2(2 + self.uses), 6)

    @property
    def id(self) -> str:
        """A short name of the key, which begins with a letter so that no spreadsheet takes it for a number."""
        return "r" + digest("\t".join(self.key))

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a spreadsheet, without those that a person fills in."""
        return (self.id, self.label, self.statement, self.where, self.words, f"{self.confidence:.2f}")

    @property
    def where(self) -> str:
        """Note and line, as people read them."""
        return f"{self.place.path}:{self.place.line}" if self.place.path != "." else "only the name says it"


class _Lister:
    """Makes the rows of one graph."""

    def __init__(self, graph: Graph, sources: SourceMap) -> None:
        self._graph, self._sources = graph, sources
        self._uses: Counter[str] = Counter()
        self._best: dict[str, float] = {}
        self._relations: dict[Key, tuple[Triple, Evidence]] = {}
        for triple, evidence in select_evidence(sources):
            if triple.predicate in (SKOS.narrower, SKOS.related) and isinstance(triple.object, str):
                self._add(triple, evidence)

    def _add(self, triple: Triple, evidence: Evidence) -> None:
        ends = triple.subject, str(triple.object)
        key = make_key(self._id(ends[0]), triple.predicate.removeprefix(SKOS.NS), self._id(ends[1]))
        self._uses.update(ends)
        for end in ends:
            self._best[end] = max(self._best.get(end, 0.0), evidence.confidence or 1.0)
        known = self._relations.get(key)
        if known is None or _certainty(evidence) > _certainty(known[1]):
            self._relations[key] = triple, evidence

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self._graph.scheme)

    def _name(self, iri: str) -> str:
        labels = self._graph.objects(iri, SKOS.prefLabel)
        return next((label.value for label in labels if isinstance(label, Literal)), self._id(iri))

    def _row(self, key: Key, statement: str, evidence: Evidence, confidence: float) -> Row:
        iri = self._graph.scheme + key.subject
        uses = max(self._uses[iri], self._uses[self._graph.scheme + key.object])
        label, place, name = self._name(iri), evidence.place, key.object if key.property == DEFINITION else ""
        about = key.subject, key, name or label
        return Row(key, label, statement, place, evidence.written, confidence, uses, *about)

    def relations(self) -> Iterator[Row]:
        """Yield the relations that were inferred from the form of a note."""
        for key, (triple, evidence) in self._relations.items():
            one, other = self._name(triple.subject), self._name(str(triple.object))
            kind = "kind or stage" if triple.predicate == SKOS.narrower else "differential diagnosis"
            if find_maker(evidence.weight, evidence.reasons) == "inferred":
                row = self._row(key, f"“{other}” is a {kind} of “{one}”.", evidence, evidence.confidence)
                named = Key(self._id(str(triple.object)), CONCEPT)
                yield row._replace(about=self._id(triple.subject), label=one, named=named, name=other)

    def concepts(self) -> Iterator[Row]:
        """Yield the concepts without a note."""
        for triple, evidence in self._sources.items():
            if triple.predicate == ADMS.status and triple.object == ADMS.UnderDevelopment:
                iri = triple.subject
                statement = f"“{self._name(iri)}” is a concept, and this is its name."
                yield self._row(Key(self._id(iri), CONCEPT), statement, evidence[0], self._best.get(iri, _UNKNOWN))

    def definitions(self) -> Iterator[Row]:
        """Yield the definitions."""
        for triple, evidence in self._sources.items():
            if triple.predicate == SKOS.definition and isinstance(triple.object, Literal):
                key = Key(self._id(triple.subject), DEFINITION, triple.object.value)
                if evidence[0].place.path != ".":  # of a concept that is gone
                    statement = f"“{self._name(triple.subject)}”: {triple.object.value}"
                    yield self._row(key, statement, evidence[0], _DEFINITION)

    def sames(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Row]:
        """Yield the pairs of concepts that may be the same; the first is to be merged into the second."""
        for found in diagnostics:
            if found.rule.slug in _SAME_RULES:
                pair = found.subject, found.other
                one, other = pair if found.rule.slug == "possible-duplicate" else reversed(pair)
                statement = f"“{self._name(one)}” is the same as “{self._name(other)}”. {found.message}"
                evidence = Evidence(found.place, (), found.words, found.rule.slug)
                yield self._row(Key(self._id(one), SAME, self._id(other)), statement, evidence, _UNKNOWN)

    def mappings(self, waiting: Iterable[Proposal]) -> Iterator[Row]:
        """Yield the proposed mappings."""
        for (subject, predicate, target), evidence, row in waiting:
            local = predicate.removeprefix(SKOS.NS)
            other = f"“{row['object_label']}”, {target}" if row.get("object_label") else target
            statement = f"“{self._name(subject)}”: {MATCHES[predicate]} {other}."
            try:
                confidence = min(1.0, max(0.0, float(row.get("confidence", ""))))
            except ValueError:
                confidence = _UNKNOWN
            yield self._row(Key(self._id(subject), local, str(target)), statement, evidence, confidence)


def _certainty(evidence: Evidence) -> float:
    return evidence.confidence if evidence.reasons else 1.0


def list_rows(
    graph: Graph, sources: SourceMap, diagnostics: Iterable[Diagnostic], waiting: Iterable[Proposal]
) -> list[Row]:
    """Return what may be decided, what is worth most first, and in the order of the notes what is decided together."""
    lister = _Lister(graph, sources)
    parts = (lister.sames(diagnostics), lister.mappings(waiting), lister.relations(), lister.concepts())
    rows = {row.key: row for part in (*parts, lister.definitions()) for row in part}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows.values(), key=lambda r: (r.place, r.key)):
        groups.setdefault(row.group, []).append(row)
    ordered = sorted(groups.values(), key=lambda g: (-max(r.worth for r in g), g[0].place, g[0].group))
    return [row for group in ordered for row in group]


def select_open(rows: Iterable[Row], made: Mapping[Key, Decision]) -> list[Row]:
    """Return the rows that are not decided, neither by themselves nor by a decision about a concept or relation."""
    accepts = [key for key, decision in made.items() if decision.verdict != "reject"]
    gone = {key.subject for key, decision in made.items() if key.property == CONCEPT and decision.verdict == "reject"}
    gone |= {key.subject for key in accepts if key.property == SAME}
    seen = {end for key in made if key.property in _RELATIONS for end in (key.subject, key.object)}

    def is_open(key: Key) -> bool:
        decided = key in made or (key.property == SAME and Key(key.object, SAME, key.subject) in made)
        return not (decided or {key.subject, key.object} & gone or (key.property == CONCEPT and key.subject in seen))

    return [row for row in rows if is_open(row.key)]
