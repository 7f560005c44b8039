"""What statements that came and went make of the concepts around them.

Kinds, differentials, texts and other names are taken here, and what follows for things that are named once more, once
less, for the first time or no more. What may change what some other note means takes a whole export.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from skosify_rad.checks.labels import NOTES
from skosify_rad.descent import Descent
from skosify_rad.edits import Edits, known, require
from skosify_rad.exported import Exported
from skosify_rad.graph import MATERIALISED, Subjects
from skosify_rad.outputs import Row, make_row
from skosify_rad.region import Region, Told, plain, tell
from skosify_rad.resolve import Named
from skosify_rad.statements import Mention, Stated, Statement, Term, Triple
from skosify_rad.stating import Stating, is_step, make_evidence
from skosify_rad.things import Things
from skosify_rad.vocab import DCT, INVERSES, RDF, SKOS

_MOST_STATED: Final = 200
"""Of more statements that came and went, what follows is no matter of a part."""


class Amendment:
    """A part of an export, before an edit and after it."""

    def __init__(self, edits: Edits, exported: Exported, region: Region, things: Things) -> None:
        """Work out what is stated, and read what it may concern.

        Raises:
            WholeNeededError: more is concerned than a part of the export.

        """
        self._edits = edits
        self._exported = exported
        self._region = region
        self._things = things
        self._config = things.config
        require(sum(len(changes.gone) + len(changes.come) for changes in edits.changes) <= _MOST_STATED)
        gone = [*self._state((s for c in edits.changes for s in c.gone), things.find_former, things.name_no_more)]
        gone += self._order(0, things.find_former)
        come = [*self._state((s for c in edits.changes for s in c.come), things.find, things.name)]
        come += self._order(1, things.find)
        restated = things.settle()
        self._gone = frozenset((*gone, *restated.gone))
        self._come = frozenset((*come, *restated.come))
        self._rows: dict[str, Sequence[Row]] = {}
        self._told = frozenset(evidence.place.path for _, evidence in self._gone | self._come).union(edits.moves)
        region.read_notes(self._told)
        region.read_all_about(self.core.union(triple.subject for triple in self.touched))

    def _state(
        self,
        statements: Iterable[Statement],
        find: Callable[[Mention], Named],
        name: Callable[[Mention, str], Named],
    ) -> Iterator[Stated]:
        stating = Stating(self._config)
        for statement in statements:
            target = None
            if isinstance(statement.object, Mention):
                require(statement.predicate in MATERIALISED)
                target = find(statement.object)
            else:
                require(statement.predicate in (SKOS.altLabel, *NOTES))
            is_name = statement.predicate == SKOS.altLabel
            subject = name(statement.subject, str(statement.object)) if is_name else find(statement.subject)
            if target is None or target.iri != subject.iri:  # of itself it is nothing
                yield from stating.state(subject, statement, target, make_evidence(statement))

    def _order(self, side: int, find: Callable[[Mention], Named]) -> Iterator[Stated]:
        """Yield the orders of those scales of which steps came or went, as they were or as they are."""
        for changes in self._edits.changes:
            if any(map(is_step, (*changes.gone, *changes.come))):
                require(self._config.output.stubs != "exclude")  # which leaves out orders of what has no note
                scales: dict[str, list[tuple[Named, Named, Statement]]] = defaultdict(list)
                for step in changes.steps[side]:
                    assert isinstance(step.object, Mention)
                    scale, target = find(step.subject), find(step.object)
                    if scale.iri != target.iri:
                        scales[scale.iri].append((scale, target, step))
                for steps in scales.values():
                    yield from Stating(self._config).order(steps[0][0], (step[1:] for step in steps))

    @cached_property
    def touched(self) -> frozenset[Triple]:
        """Triples that were or are stated by what came and went, and those that follow from them."""
        stated = {triple for triple, _ in self._gone | self._come}
        return frozenset(stated | {inverse for triple in stated if (inverse := _invert(triple)) is not None})

    @cached_property
    def core(self) -> frozenset[str]:
        """The concepts whose differentials or texts are told otherwise, and those whose notes tell of differentials.

        These have a list of differentials, be it of others, or have none any more.
        """
        own = {t.subject for t in self.touched if t.predicate in (SKOS.related, *NOTES)}
        telling = {e.place.path for t, e in self._gone | self._come if t.predicate == SKOS.related}
        return frozenset(own | self._region.find_described(telling))

    @cached_property
    def stubs(self) -> frozenset[str]:
        """Things without a note of which anything is told otherwise."""
        ends = {end for t in self.touched for end in (t.subject, t.object) if isinstance(end, str)}
        return frozenset(filter(self._things.is_stub, ends))

    @cached_property
    def descent(self) -> Descent:
        """The lines of descent on which kinds came or went."""
        return Descent(self._region, self.touched)

    @cached_property
    def before(self) -> Subjects:
        """The part as it was."""
        around = {t.subject for t in self.touched}
        if self.core:
            around |= self._region.find_around(self.core, self._edits.moves)
        if self.descent.kinds:
            around |= self.descent.find_around(self.core)
        if any(t.predicate == SKOS.notation for t in self.touched):
            around |= self.descent.find_siblings()
        if self.descent.kinds or self._things.iris or self._things.gone or self._dates:
            around.add(self._config.scheme.base)
        around |= self._region.find_tellers(self.stubs)
        around |= self._region.read_lists({t.subject for t in self.touched if t.predicate == RDF.rest})
        self._exported.load(around)
        return {iri: self._exported[iri] for iri in around if self._exported[iri]}

    @cached_property
    def after(self) -> Subjects:
        """The part as it is.

        Whoever asks gets a WholeNeededError where something had been left out, for a reason that lies elsewhere.
        """
        was, told = self.tell_before(), self.tell_after()
        for thing in self._things.gone.values():
            about = {t for t in told if thing.iri in (t.subject, t.object)}
            require(about == {plain(t) for t, _ in Stating(self._config).deprecate(thing.id, thing.label)})
        subjects = {iri: {name: {*terms} for name, terms in said.items()} for iri, said in self.before.items()}
        for triple in self.touched:
            subject, predicate, term = triple
            terms = subjects.setdefault(subject, {}).setdefault(predicate, set())
            require((term in terms) == _holds(triple, was))
            require(_is_plain(term, terms))
            (terms.add if _holds(triple, told) else terms.discard)(term)
        self._place(subjects)
        self._date(subjects)
        kept = {iri: {name: (*terms,) for name, terms in said.items() if terms} for iri, said in subjects.items()}
        return {iri: said for iri, said in kept.items() if said}

    def _place(self, subjects: dict[str, dict[str, set[Term]]]) -> None:
        """Put new concepts into the scheme, and on top of it all those that nothing is broader than."""
        scheme = self._config.scheme.base
        for iri in self._things.iris:
            subjects[iri][SKOS.inScheme] = {scheme}
        gone = {thing.iri for thing in self._things.gone.values()}
        for iri in self._things.iris | self.descent.kinds | gone:
            is_top = iri not in gone and not subjects[iri].get(SKOS.broader)
            for triple in (Triple(iri, SKOS.topConceptOf, scheme), Triple(scheme, SKOS.hasTopConcept, iri)):
                terms = subjects[triple.subject].setdefault(triple.predicate, set())
                (terms.add if is_top else terms.discard)(triple.object)

    @cached_property
    def _dates(self) -> list[Triple]:
        """When notes were changed last, as far as that is another date now."""
        return [triple for triple in self.touched if triple.predicate == DCT.modified]

    def _date(self, subjects: dict[str, dict[str, set[Term]]]) -> None:
        """Let the scheme be changed when its newest note was."""
        if self._config.scheme.modified or not self._dates:
            return
        scheme = subjects[self._config.scheme.base]
        was = scheme.get(DCT.modified, set())
        come = {t.object for t in self._dates if t.object in subjects[t.subject].get(DCT.modified, ())}
        newest = max(was | come, key=lambda date: date[0], default=None)
        gone = {t.object for t in self._dates} - come
        require(newest not in gone)  # what is the newest of the rest, no part tells
        scheme[DCT.modified] = {newest} if newest else set()

    def list_links(self) -> tuple[frozenset[Triple], frozenset[Triple]]:
        """Return the relations between concepts that went, and those that came; others may state the same as a note."""
        links = {t for t in self.touched if t.predicate in MATERIALISED}
        was, now = ({t for t in links if _has(side, t)} for side in (self.before, self.after))
        return frozenset(was - now), frozenset(now - was)

    def look_up(self, iris: Iterable[str]) -> Subjects:
        """Return some resources as they are, of the part or not."""
        return {iri: self.after.get(iri) or self._exported[iri] for iri in iris}

    # The evidence, of all notes that were read by now

    def tell_before(self) -> Told:
        """Return the evidence as it was."""
        return tell(self._region.rows)

    def tell_after(self) -> Told:
        """Return the evidence as it is."""
        return tell({path: self._renew_rows(path) for path in self._region.rows})

    def list_rows(self) -> list[tuple[str, Sequence[Row]]]:
        """Return the evidence of each note as it is, where that may be other than it was."""
        return [(path, self._renew_rows(path)) for path in self._told]

    def _renew_rows(self, path: str) -> Sequence[Row]:
        """Return the evidence of a note as it is: what is gone left out, the rest moved, what came added."""
        if path not in self._told:
            return self._region.rows[path]
        if path not in self._rows:
            rows = set(self._region.rows[path])
            gone, come = (
                {make_row(*plain(t), evidence) for t, evidence in stated if evidence.place.path == path}
                for stated in (self._gone, self._come)
            )
            require(gone <= rows and len(rows) == len(self._region.rows[path]))  # else two are told alike
            moves = self._edits.moves.get(path)
            moved = ((row, known(moves.points.get(row[:2])) if moves else row[:2]) for row in rows - gone)
            come.update(row._replace(line=line, column=column) for row, (line, column) in moved)
            self._rows[path] = sorted(come)
        return self._rows[path]

    def list_told(self) -> tuple[frozenset[Triple], frozenset[Triple]]:
        """Return the statements that came, and those that went: what some note states and none did, and the reverse."""
        was, now = self.tell_before(), self.tell_after()
        stated = {triple for triple, _ in self._gone | self._come}
        return (
            frozenset(t for t in stated if plain(t) in now and plain(t) not in was),
            frozenset(t for t in stated if plain(t) in was and plain(t) not in now),
        )


def _has(subjects: Subjects, triple: Triple) -> bool:
    return triple.object in subjects.get(triple.subject, {}).get(triple.predicate, ())


def _is_plain(term: Term, terms: Iterable[Term]) -> bool:
    """Tell whether no other literal has the same words: as evidence the two are told alike."""
    return isinstance(term, str) or all(t == term or t[:1] != term[:1] for t in terms)


def _invert(triple: Triple) -> Triple | None:
    subject, predicate, term = triple
    return Triple(str(term), INVERSES[predicate], subject) if predicate in MATERIALISED else None


def _holds(triple: Triple, told: Told) -> bool:
    """Tell whether a triple, or the one that it follows from, has evidence."""
    inverse = _invert(triple)
    return bool(told.get(plain(triple)) or (inverse and told.get(inverse)))
