"""Files of mappings that the configuration names -> stated triples, and the mappings that they deny."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from skosify_rad.concepts.decisions import Key
from skosify_rad.concepts.mapping_table import Row, Table, is_denied, is_reviewed, read_table
from skosify_rad.concepts.settling import Decisions
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, Place
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import REVIEWED, Evidence, Stated, Triple

_RULE: Final = "mapping-file"
_PREDICATES: Final = frozenset({SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch})


class Mapped(NamedTuple):
    """A row of a table that can be used."""

    triple: Triple
    """The mapping."""
    evidence: Evidence
    """Its line."""
    denied: bool
    """It says that this is no mapping."""


def find_files(config: Config) -> list[tuple[str, Path]]:
    """Return the name and the path of each file of mappings.

    Raises:
        ConfigError: one lies outside the folder of the configuration file, which may have come with the notes.

    """
    beside = (config.path.parent if config.path else Path()).resolve()
    found = [(name, (beside / name).resolve()) for name in config.mappings.files]
    for name, path in found:
        if not path.is_relative_to(beside):
            raise ConfigError(f"[mappings] files: {name!r} is not in {beside}")
    return found


@dataclass(slots=True)
class Mappings:
    """The mappings of all files."""

    mapped: list[Mapped]
    """The rows that can be used, in the order of files and lines."""
    diagnostics: list[Diagnostic]
    """What is wrong with others, and with these once `add_to` is exhausted."""
    waiting: list[tuple[Triple, Evidence, Row]] = field(default_factory=list)
    """The proposals that nobody has decided about."""

    def add_to(self, stated: Iterable[Stated]) -> Iterator[Stated]:
        """Yield stated triples without those denied here, then the mappings of the concepts among them."""
        denied = {one.triple: one.evidence for one in self.mapped if one.denied}
        concepts: set[str] = set()
        for one in stated:
            triple = one.triple
            if triple.predicate == RDF.type and triple.object == SKOS.Concept:
                concepts.add(triple.subject)
            if triple in denied:
                self._deny(one.evidence, denied[triple])
            else:
                yield one
        for triple, evidence, no_mapping in self.mapped:
            if triple.subject not in concepts:
                self._report(evidence.place, f"{triple.subject} is no concept of this scheme.", evidence.written)
            elif not no_mapping and triple in denied:
                self._deny(evidence, denied[triple])
            elif not no_mapping:
                yield Stated(triple, evidence)

    def _deny(self, evidence: Evidence, denial: Evidence) -> None:
        message = f"This mapping is denied in {denial.place.path}, line {denial.place.line}; it was left out."
        hint = "Remove one of the two."
        found = Diagnostic(BY_SLUG["invalid-mapping"], evidence.place, message, hint, denial.place, evidence.written)
        self.diagnostics.append(found)

    def _report(self, place: Place, message: str, words: str) -> None:
        hint = "Correct or remove this row."
        self.diagnostics.append(Diagnostic(BY_SLUG["invalid-mapping"], place, message, hint, words=words))

    def read(self, name: str, table: Table, decide: Callable[[Triple], str]) -> None:
        """Take the rows of a table; those that nobody answers for yet wait, unless `decide` returns a verdict."""
        first = len(self.waiting)
        for line, row in table.rows:
            words = "\t".join(row[column] for column in ("subject_id", "predicate_id", "object_id"))
            proposed = not is_reviewed(row) and not is_denied(row)
            try:
                triple = _make_triple(table, row)
            except ValueError as error:
                if not proposed:
                    self._report(Place(name, line), f"{error}.", words)
                continue
            evidence = Evidence(Place(name, line), (), words.replace("\t", " "), _RULE, 9)
            verdict = decide(triple) if proposed else ""
            if verdict == "accept":
                evidence = evidence._replace(weight=REVIEWED)
            if proposed and not verdict:
                self.waiting.append((triple, evidence, row))
            elif verdict != "reject":
                self.mapped.append(Mapped(triple, evidence, is_denied(row)))
        if self.waiting[first:]:
            message = f"{len(self.waiting) - first:,} proposed mappings have no reviewer; they were not used."
            hint = "Write your name into reviewer_label to accept one, or Not into predicate_modifier to reject it."
            place = self.waiting[first][1].place
            self.diagnostics.append(Diagnostic(BY_SLUG["unreviewed-mapping"], place, message, hint))


def _make_triple(table: Table, row: Row) -> Triple:
    subject, predicate, target = (table.iri(row, c) for c in ("subject_id", "predicate_id", "object_id"))
    if predicate not in _PREDICATES:
        raise ValueError(f"{row['predicate_id']!r} is not a mapping property of SKOS, such as skos:exactMatch")
    return Triple(subject, predicate, target)


def read_mappings(config: Config, decisions: Decisions) -> Mappings:
    """Return the mappings of all files that the configuration names, as people decided about them.

    Raises:
        ConfigError: one lies outside the folder of the configuration file.
        InputError: one cannot be read.

    """

    def decide(triple: Triple) -> str:
        subject, name = triple.subject.removeprefix(config.scheme.base), triple.predicate.removeprefix(SKOS.NS)
        return decisions.verdict(Key(subject, name, str(triple.object)))

    mappings = Mappings([], [])
    for name, path in find_files(config):
        mappings.read(name, with_prefix(read_table(path), config), decide)
    return mappings


def with_prefix(table: Table, config: Config) -> Table:
    """Return a table that knows the scheme's own prefix."""
    prefixes = {config.scheme.prefix: config.scheme.base} | table.prefixes
    return Table({**table.metadata, "curie_map": prefixes}, table.rows)
