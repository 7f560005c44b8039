"""A resolved statement -> stated triples."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.concepts.register_file import UNDATED, Entry
from skosify_rad.concepts.resolver import Named
from skosify_rad.language.spelling import abbreviates, clean
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Mention, Stated, Statement, Term, Triple

_TITLE_RULE: Final = "title"
_MENTION_RULE: Final = "mention"
_REGISTER_RULE: Final = "register"
_MOST_WRITTEN: Final = 400
"""Characters of a note's words that are kept as evidence."""


def make_evidence(statement: Statement) -> Evidence:
    """Return the evidence of a statement: its place and words."""
    written = clean(statement.written)[:_MOST_WRITTEN]
    place, section, rule, weight = statement.place, statement.section, statement.rule, statement.weight
    return Evidence(place, section, written, rule, weight, statement.reasons, statement.confidence)


def make_title_evidence(thing: Named) -> Evidence:
    """Return the evidence of a label: the note, else the first mention."""
    if thing.note:
        return Evidence(Place(thing.note.path), (), thing.note.name, _TITLE_RULE, 9)
    place = min((mention.place for mention, _ in thing.mentions), default=Place("."))
    return Evidence(place, (), thing.label, _MENTION_RULE, 9)


def is_step(statement: Statement) -> bool:
    """Return whether a statement gives a scale a grade or stage: a subtype with a notation."""
    target = statement.object
    return statement.predicate == SKOS.narrower and isinstance(target, Mention) and bool(target.notation)


Edge = tuple[Named, Statement, "Named | None"]
"""Subject, statement, and the object unless it is a literal."""


class Stating:
    """Makes the triples of statements for one scheme."""

    def __init__(self, config: Config) -> None:
        self._base = config.scheme.base
        self._language = config.scheme.language.lower()

    def text(self, value: str) -> Literal:
        """Return text as a literal in the scheme's language."""
        return Literal(clean(value), self._language)

    def introduce(self, thing: Named, evidence: Evidence, accepted: Evidence | None) -> Iterator[Stated]:
        """Yield type, preferred label and status; `accepted` is the evidence that a person accepted the concept."""
        kind = SKOS.Collection if thing.is_collection else SKOS.Concept
        yield Stated(Triple(thing.iri, RDF.type, kind), evidence)
        yield Stated(Triple(thing.iri, SKOS.prefLabel, self.text(thing.label)), evidence)
        if not thing.is_collection:
            state = ADMS.Completed if thing.note else ADMS.Accepted if accepted else ADMS.UnderDevelopment
            yield Stated(Triple(thing.iri, ADMS.status, state), accepted or evidence)

    def deprecate(self, entry: Entry, successors: Iterable[str], why: str) -> Iterator[Stated]:
        """Yield a deprecated concept or collection, with what was last published of it, and what replaces it."""
        iri = self._base + entry.id
        evidence = Evidence(Place("."), (), entry.label, _REGISTER_RULE, 9)
        date = "" if entry.deprecated == UNDATED else entry.deprecated
        note = f"Deprecated on {date}: {why}." if date else f"Deprecated: {why}."
        stated: list[tuple[str, Term]] = [
            (RDF.type, SKOS.Collection if entry.is_collection else SKOS.Concept),
            (SKOS.prefLabel, self.text(entry.label)),
            *((SKOS.altLabel, self.text(name)) for name in entry.alt),
            *((SKOS.definition, self.text(text)) for text in [entry.definition] if text),
            *((DCT.isReplacedBy, self._base + identifier) for identifier in successors),
            (SKOS.changeNote, Literal(note, "en")),
            (OWL.deprecated, Literal("true", "", XSD.boolean)),
            *((ADMS.status, ADMS.Deprecated) for _ in [entry] if not entry.is_collection),
        ]
        yield from (Stated(Triple(iri, predicate, term), evidence) for predicate, term in stated)
        yield from self.date(iri, (entry.created, date), evidence)

    def date(self, iri: str, dates: tuple[str, str], evidence: Evidence) -> Iterator[Stated]:
        """Yield the dates (created, modified; ISO 8601) that are not empty."""
        for predicate, date in zip((DCT.created, DCT.modified), dates, strict=True):
            if date:
                yield Stated(Triple(iri, predicate, Literal(date, "", XSD.date)), evidence)

    def name_otherwise(self, thing: Named, mention: Mention, names: Iterable[str]) -> Iterator[Stated]:
        """Yield the other names of a mention: an abbreviation or its full name as altLabel, others as hiddenLabel."""
        evidence = Evidence(mention.place, (), mention.words, _MENTION_RULE, 5)
        for name in names:
            short = abbreviates(name, thing.label) or abbreviates(thing.label, name)
            yield Stated(Triple(thing.iri, SKOS.altLabel if short else SKOS.hiddenLabel, self.text(name)), evidence)

    def state(self, subject: Named, statement: Statement, target: Named | None, evidence: Evidence) -> Iterator[Stated]:
        """Yield the triples of a statement; `target` is None if its object is a literal."""
        iri = subject.iri
        if target is None:
            words = str(statement.object)
            term = words if statement.predicate.endswith("Match") else self.text(words)
            yield Stated(Triple(iri, statement.predicate, term), evidence)
        elif statement.predicate == SKOS.broader:
            yield Stated(Triple(target.iri, SKOS.narrower, iri), evidence)
        elif statement.predicate != RAD.distinguishedBy:
            yield Stated(Triple(iri, statement.predicate, target.iri), evidence)
        if target is not None and statement.remark:
            yield from self._state_differential(subject, target, statement.remark, evidence)
        if target is not None and is_step(statement):
            for notation in self._notate(subject, statement):
                yield Stated(Triple(target.iri, SKOS.notation, notation), evidence)

    def _notate(self, scale: Named, step: Statement) -> tuple[Literal, Literal]:
        """Return a step's code twice: plain, to be found, and typed by its scale, to be unique (SKOS 6.5.1)."""
        assert isinstance(step.object, Mention)
        code = clean(step.object.notation)
        return Literal(code), Literal(code, "", f"{self._base}notation/{scale.id}")

    def _state_differential(self, subject: Named, target: Named, remark: str, evidence: Evidence) -> Iterator[Stated]:
        iri = f"{self._base}differential/{subject.id}--{target.id}"
        yield Stated(Triple(iri, RDF.type, RAD.Differential), evidence)
        yield Stated(Triple(iri, RAD.differentialOf, subject.iri), evidence)
        yield Stated(Triple(iri, RAD.differentialDiagnosis, target.iri), evidence)
        yield Stated(Triple(iri, RAD.distinguishedBy, self.text(remark)), evidence)

    def order(self, scale: Named, lists: Mapping[str, list[tuple[Named, Statement]]]) -> Iterator[Stated]:
        """Yield an ordered collection of a scale's grades, without blank nodes; `lists` holds them by note.

        It has one order (SKOS S35): that of their lines in the note with the most grades, in the first such note.
        """
        placed = (sorted(steps, key=lambda step: step[1].place) for _, steps in sorted(lists.items()))
        each = ({thing.iri: step for thing, step in reversed(steps)} for steps in placed)
        unique = list(max(each, key=len).items())[::-1]
        if len(unique) < 2:  # noqa: PLR2004 - one step is no order
            return
        iri = f"{self._base}collection/{scale.id}-in-order"
        evidence = make_evidence(unique[0][1])
        yield Stated(Triple(iri, RDF.type, SKOS.OrderedCollection), evidence)
        yield Stated(Triple(iri, SKOS.prefLabel, self.text(f"{scale.label}, in order")), evidence)
        yield Stated(Triple(scale.iri, RAD.steps, iri), evidence)
        yield Stated(Triple(iri, SKOS.memberList, f"{iri}/1"), evidence)
        for number, (member, statement) in enumerate(unique, 1):
            here = make_evidence(statement)
            rest = RDF.nil if number == len(unique) else f"{iri}/{number + 1}"
            yield Stated(Triple(iri, SKOS.member, member), here)
            yield Stated(Triple(f"{iri}/{number}", RDF.first, member), here)
            yield Stated(Triple(f"{iri}/{number}", RDF.rest, rest), here)
