"""What a person should decide, most doubtful and most used first: as a table for a spreadsheet, or one at a time.

The rows come from a build without decisions, so that a row keeps its id whatever is decided.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log2
from pathlib import Path
from typing import Final, NamedTuple

from skosify_rad.concepts.decisions import (
    CONCEPT,
    DEFINITION,
    SAME,
    Decision,
    Key,
    decide,
    make_key,
    read_decisions,
    render_decisions,
)
from skosify_rad.concepts.mapping_table import Row as MappingRow
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.language.spelling import digest, fold
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place
from skosify_rad.model.namespaces import ADMS, OWL, RDF, SKOS
from skosify_rad.model.regular_files import read_regular
from skosify_rad.model.statements import Evidence, Literal, Triple, find_maker
from skosify_rad.outputs.concepts_csv import encode_row, read_cell
from skosify_rad.outputs.evidence import select_evidence
from skosify_rad.outputs.files import hold_folders, write_files
from skosify_rad.vault.decoding import decode_text

COLUMNS: Final = ("id", "label", "statement", "place", "words", "confidence", "decision", "comment")
_UNKNOWN: Final = 0.5
"""Confidence in what nothing was weighed for."""
_DEFINITION: Final = 0.85
"""Confidence in a definition: 88 of 104 of a real vault were right."""
_SAME_RULES: Final = ("possible-duplicate", "possible-rename")
_RELATIONS: Final = ("narrower", "related")
_MAX_BYTES: Final = 52_428_800
"""A larger spreadsheet is refused (bytes)."""

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

    @property
    def id(self) -> str:
        """A short name of the key, which begins with a letter so that no spreadsheet takes it for a number."""
        return "r" + digest("\t".join(self.key))

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a spreadsheet, without those that a person fills in."""
        place = f"{self.place.path}:{self.place.line}"
        return (self.id, self.label, self.statement, place, self.words, f"{self.confidence:.2f}")


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
        return Row(key, self._name(iri), statement, evidence.place, evidence.written, confidence, uses)

    def relations(self) -> Iterator[Row]:
        """Yield the relations that were inferred from the form of a note."""
        for key, (triple, evidence) in self._relations.items():
            one, other = self._name(triple.subject), self._name(str(triple.object))
            kind = "kind" if triple.predicate == SKOS.narrower else "differential diagnosis"
            if find_maker(evidence.weight, evidence.reasons) == "inferred":
                yield self._row(key, f"“{other}” is a {kind} of “{one}”.", evidence, evidence.confidence)

    def concepts(self) -> Iterator[Row]:
        """Yield the concepts without a note."""
        for triple, evidence in self._sources.items():
            if triple.predicate == ADMS.status and triple.object == ADMS.UnderDevelopment:
                iri = triple.subject
                statement = f"“{self._name(iri)}” is a concept: a thing with this name."
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
            label = f" “{row['object_label']}”" if row.get("object_label") else ""
            statement = f"“{self._name(subject)}” has the {local} {target}{label}."
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
    """Return what may be decided, in order: doubt (1 - confidence) times the logarithm of the uses."""
    lister = _Lister(graph, sources)
    parts = (lister.sames(diagnostics), lister.mappings(waiting), lister.relations(), lister.concepts())
    rows = {row.key: row for part in (*parts, lister.definitions()) for row in part}
    return sorted(rows.values(), key=lambda r: (-round((1 - r.confidence) * log2(2 + r.uses), 6), r.place, r.key))


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


def render_rows(rows: Iterable[Row], delimiter: str) -> Iterator[bytes]:
    """Yield a header, then a line for each row, with empty cells for decision and comment."""
    yield encode_row(COLUMNS, delimiter)
    yield from (encode_row((*row.cells, "", ""), delimiter) for row in rows)


def make_finder(graph: Graph) -> Callable[[str], str]:
    """Return a function from a label or an identifier to the identifier of a concept, empty if there is none."""
    known: dict[str, str] = {}
    for iri, properties in graph.subjects.items():
        if SKOS.Concept in properties.get(RDF.type, ()) and OWL.deprecated not in properties:
            identifier = iri.removeprefix(graph.scheme)
            known[identifier] = identifier
            for label in properties.get(SKOS.prefLabel, ()):
                if isinstance(label, Literal):
                    known.setdefault(fold(label.value), identifier)
    return lambda name: known.get(name) or known.get(fold(name), "")


class Review:
    """The rows of a vault and the file that keeps the decisions about them."""

    def __init__(self, rows: Iterable[Row], path: Path, find: Callable[[str], str]) -> None:
        """Take the rows, the path of the file, and what finds the identifier of a name."""
        self.rows = list(rows)
        self._by_id = {row.id: row for row in self.rows}
        self._path, self._find = path, find

    def list_open(self) -> list[Row]:
        """Return the rows that are not decided yet."""
        return select_open(self.rows, read_decisions(self._path)[0])

    def decide(self, identifier: str, words: str, comment: str) -> Decision:
        """Return the decision about a row.

        Raises:
            ValueError: there is no such row, or the words are no decision about it.

        """
        row = self._by_id.get(identifier)
        if row is None:
            raise ValueError(f"the notes have no statement with the id {identifier[:40]!r}; list them again")
        return decide(row.key, words, comment, self._find)

    def keep(self, decisions: Iterable[Decision]) -> None:
        """Add decisions to the file; a later one about the same replaces an earlier one.

        Raises:
            InputError: the file holds lines that are no decisions, which would be lost.
            OutputError: it cannot be written.

        """
        with hold_folders([self._path.parent]):
            made, found = read_decisions(self._path)
            for fault in found:
                raise InputError(f"{self._path}:{fault.place.line}: {fault.message} {fault.hint}")
            made |= {decision.key: decision for decision in decisions}
            write_files({self._path: render_decisions(made.values())})

    def read_sheet(self, path: Path) -> list[Decision]:
        """Return the decisions in the filled-in table, with commas, semicolons or tabs between its cells.

        Raises:
            InputError: it cannot be read, or one of its decisions is none; the message names the line.

        """
        try:
            text, _ = decode_text(read_regular(path, _MAX_BYTES))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from error
        head = text.partition("\n")[0]
        reader = csv.DictReader(io.StringIO(text), delimiter=max("\t;,", key=head.count), restval="")
        decisions = []
        try:
            if not {"id", "decision"} <= {*(reader.fieldnames or ())}:
                raise InputError(f"{path}:1: the table needs the columns id and decision, as `review` writes them")
            for cells in reader:
                words, comment = (read_cell(cells.get(name) or "").strip() for name in ("decision", "comment"))
                if words:
                    decisions.append(self.decide(cells["id"], words, comment))
        except (ValueError, csv.Error) as error:
            raise InputError(f"{path}:{reader.line_num}: {error}") from error
        return decisions
