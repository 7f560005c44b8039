"""What statements that came and went make of the concepts around them.

Only differentials and texts are taken here. A kind, a synonym, or a thing that others name without its having a note
may change what any other note means, and takes a whole export.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from skosify_rad.checks.labels import NOTES
from skosify_rad.edits import Edits, known, require
from skosify_rad.exported import Exported
from skosify_rad.graph import MATERIALISED, Subjects
from skosify_rad.newcomers import Newcomers
from skosify_rad.outputs import Row, make_row
from skosify_rad.region import Region, Told, plain, tell
from skosify_rad.resolve import Named
from skosify_rad.statements import Mention, Stated, Statement, Triple
from skosify_rad.stating import Stating, make_evidence
from skosify_rad.vocab import INVERSES, RDF, SKOS


class Amendment:
    """A part of an export, before an edit and after it."""

    def __init__(self, edits: Edits, exported: Exported, region: Region, newcomers: Newcomers) -> None:
        """Work out what is stated, and read what it may concern.

        Raises:
            WholeNeededError: more is concerned than a part of the export.

        """
        self._edits = edits
        self._exported = exported
        self._region = region
        self._newcomers = newcomers
        self._config = newcomers.config
        self._gone = frozenset(self._state(s for c in edits.changes for s in c.gone))
        require(not newcomers.names)  # nothing new can go
        come = [*self._state(s for c in edits.changes for s in c.come)]
        self._come = frozenset((*come, *newcomers.introduce()))
        self._rows: dict[str, Sequence[Row]] = {}
        region.read_notes(edits.moves)
        region.read_all_about(self.core.union(triple.subject for triple in self.touched))

    def _state(self, statements: Iterable[Statement]) -> Iterator[Stated]:
        stating = Stating(self._config)
        for statement in statements:
            subject = self._find_thing(statement.subject)
            target = None
            if isinstance(statement.object, Mention):
                require(statement.predicate == SKOS.related)
                target = self._find_thing(statement.object)
            else:
                require(statement.predicate in NOTES)
            if target is None or target.iri != subject.iri:  # of itself it is nothing
                yield from stating.state(subject, statement, target, make_evidence(statement))

    def _find_thing(self, mention: Mention) -> Named:
        """Return the concept that a mention means: of a note, as its own subject or by a link; else a new thing."""
        path = mention.note or self._edits.titles.find(mention.link)
        require(mention.kind != "facet")
        if not path:
            return self._newcomers.find(mention)
        iri = self._exported.find_note(path)
        require(SKOS.Concept in self._exported[iri].get(RDF.type, ()))
        return Named(iri[len(self._config.scheme.base) :], "", iri)

    @cached_property
    def touched(self) -> frozenset[Triple]:
        """Triples that were or are stated by what came and went, and those that follow from them."""
        stated = {triple for triple, _ in self._gone | self._come}
        return frozenset(stated | {inverse for triple in stated if (inverse := _invert(triple)) is not None})

    @cached_property
    def core(self) -> frozenset[str]:
        """The concepts whose differentials or texts are told otherwise."""
        own = (t for t in self.touched if t.predicate in (SKOS.related, *NOTES))
        return frozenset(t.subject for t in own)

    @cached_property
    def before(self) -> Subjects:
        """The part as it was."""
        around = {t.subject for t in self.touched}
        if self.core:
            around |= self._region.find_around(self.core, self._edits.moves)
        if self._newcomers.iris:
            around.add(self._config.scheme.base)
        self._exported.load(around)
        return {iri: self._exported[iri] for iri in around if self._exported[iri]}

    @cached_property
    def after(self) -> Subjects:
        """The part as it is.

        Whoever asks gets a WholeNeededError where something had been left out, for a reason that lies elsewhere.
        """
        was, told = self.tell_before(), self.tell_after()
        subjects = {iri: {name: {*terms} for name, terms in said.items()} for iri, said in self.before.items()}
        for triple in self.touched:
            subject, predicate, term = triple
            terms = subjects.setdefault(subject, {}).setdefault(predicate, set())
            require((term in terms) == _holds(triple, was))
            (terms.add if _holds(triple, told) else terms.discard)(term)
        scheme = self._config.scheme.base
        for iri in self._newcomers.iris:
            subjects[iri] |= {SKOS.inScheme: {scheme}, SKOS.topConceptOf: {scheme}}
            subjects[scheme].setdefault(SKOS.hasTopConcept, set()).add(iri)
        kept = {iri: {name: (*terms,) for name, terms in said.items() if terms} for iri, said in subjects.items()}
        return {iri: said for iri, said in kept.items() if said}

    @cached_property
    def altered(self) -> frozenset[Triple]:
        """Triples that came or went: a part of those touched, since others may state the same."""
        return frozenset(t for t in self.touched if _has(self.before, t) != _has(self.after, t))

    # The evidence, of all notes that were read by now

    def tell_before(self) -> Told:
        """Return the evidence as it was."""
        return tell(self._region.rows)

    def tell_after(self) -> Told:
        """Return the evidence as it is."""
        return tell({path: self._renew_rows(path) for path in self._region.rows})

    def list_rows(self) -> list[tuple[str, Sequence[Row]]]:
        """Return the evidence of each edited note as it is."""
        return [(path, self._renew_rows(path)) for path in self._edits.moves]

    def _renew_rows(self, path: str) -> Sequence[Row]:
        """Return the evidence of a note as it is: what is gone left out, the rest moved, what came added."""
        moves = self._edits.moves.get(path)
        if moves is None:
            return self._region.rows[path]
        if path not in self._rows:
            rows = set(self._region.rows[path])
            gone, come = (
                {make_row(*plain(t), evidence) for t, evidence in stated if evidence.place.path == path}
                for stated in (self._gone, self._come)
            )
            require(gone <= rows and len(rows) == len(self._region.rows[path]))  # else two are told alike
            moved = ((row, known(moves.points.get(row[:2]))) for row in rows - gone)
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


def _invert(triple: Triple) -> Triple | None:
    subject, predicate, term = triple
    return Triple(str(term), INVERSES[predicate], subject) if predicate in MATERIALISED else None


def _holds(triple: Triple, told: Told) -> bool:
    """Tell whether a triple, or the one that it follows from, has evidence."""
    inverse = _invert(triple)
    return bool(told.get(plain(triple)) or (inverse and told.get(inverse)))
