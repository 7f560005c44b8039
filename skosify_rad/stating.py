"""A statement, its things known -> stated triples; what `triples` does for all and `amend` for those of an edit."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.config import Config
from skosify_rad.diagnostics import Place
from skosify_rad.names import clean
from skosify_rad.resolve import Named
from skosify_rad.statements import Evidence, Literal, Stated, Statement, Triple
from skosify_rad.vocab import ADMS, RAD, RDF, SKOS

_TITLE_RULE: Final = "title"
_MOST_WRITTEN: Final = 400
"""Characters of a note's words that are kept as evidence."""


def make_evidence(statement: Statement) -> Evidence:
    """Return where a statement stands, and its words."""
    written = clean(statement.written)[:_MOST_WRITTEN]
    return Evidence(statement.place, statement.section, written, statement.rule, statement.weight)


def make_title_evidence(thing: Named) -> Evidence:
    """Return where a thing has its name from: its note, else the first place that names it."""
    if thing.note:
        return Evidence(Place(thing.note.path), (), thing.note.title, _TITLE_RULE, 9)
    place = min((mention.place for mention, _ in thing.mentions), default=Place("."))
    return Evidence(place, (), thing.label, "mention", 9)


class Stating:
    """Makes triples of statements, in the words and under the IRIs of one scheme."""

    def __init__(self, config: Config) -> None:
        self._base = config.scheme.base
        self._language = config.scheme.language.lower()

    def text(self, value: str) -> Literal:
        """Return words as a literal in the scheme's language."""
        return Literal(clean(value), self._language)

    def introduce(self, thing: Named, evidence: Evidence) -> Iterator[Stated]:
        """Yield what a thing is, how it is called, and whether a note describes it."""
        kind = SKOS.Collection if thing.is_collection else SKOS.Concept
        yield Stated(Triple(thing.iri, RDF.type, kind), evidence)
        yield Stated(Triple(thing.iri, SKOS.prefLabel, self.text(thing.label)), evidence)
        if not thing.is_collection:
            state = ADMS.Completed if thing.note else ADMS.UnderDevelopment
            yield Stated(Triple(thing.iri, ADMS.status, state), evidence)

    def state(self, subject: Named, statement: Statement, target: Named | None, evidence: Evidence) -> Iterator[Stated]:
        """Yield what a statement says of its subject; `target` is its object, None where that is a literal."""
        iri = subject.iri
        if target is None:
            words = str(statement.object)
            term = words if statement.predicate.endswith("Match") else self.text(words)
            yield Stated(Triple(iri, statement.predicate, term), evidence)
        elif statement.predicate == SKOS.broader:
            yield Stated(Triple(target.iri, SKOS.narrower, iri), evidence)
        else:
            yield Stated(Triple(iri, statement.predicate, target.iri), evidence)
        if target is not None and statement.predicate == SKOS.related and statement.remark:
            yield from self._state_differential(subject, target, statement.remark, evidence)

    def _state_differential(self, subject: Named, target: Named, remark: str, evidence: Evidence) -> Iterator[Stated]:
        iri = f"{self._base}differential/{subject.id}--{target.id}"
        yield Stated(Triple(iri, RDF.type, RAD.Differential), evidence)
        yield Stated(Triple(iri, RAD.differentialOf, subject.iri), evidence)
        yield Stated(Triple(iri, RAD.differentialDiagnosis, target.iri), evidence)
        yield Stated(Triple(iri, RAD.distinguishedBy, self.text(remark)), evidence)
