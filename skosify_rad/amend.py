"""What follows from statements that came and went, worked out on the part of the export around them.

The rules are those of a whole export, run over that part as it was and as it is: what differs is what the edit changed.
Only differentials between notes and texts about them are taken here. A name, a kind or a thing without a note may
change what any other note means, and takes a whole export.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Final

from skosify_rad.checks import Finding, View
from skosify_rad.checks.labels import NOTES
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Severity
from skosify_rad.edits import Edits, known, require
from skosify_rad.exported import Exported, Properties
from skosify_rad.graph import MATERIALISED, Graph
from skosify_rad.moves import Point
from skosify_rad.outputs import Row, make_row
from skosify_rad.outputs.writable import find_faults
from skosify_rad.region import Region, Told, freeze_part, iter_triples, plain, tell
from skosify_rad.resolve import Named
from skosify_rad.scheme import renew_fingerprint
from skosify_rad.statements import Literal, Mention, Stated, Statement, Triple
from skosify_rad.stating import Stating, make_evidence
from skosify_rad.validate import find_all, place, settle
from skosify_rad.vocab import INVERSES, OWL, RDF, SKOS

_TOLD_FROM_ALL: Final = ("orphan-concept", "disconnected-cluster", "wanted-note")
"""Rules that no part of a graph can tell. Of the first two `_join` sees to it that the same groups hang together; the
third is about things that have no note, and these are not touched."""

_Found = dict[Finding, Severity]

Piece = tuple[Graph, Graph]
"""Resources that stand one behind the other in a file: as they were, and as they are."""


@dataclass(frozen=True, slots=True)
class Side:
    """A part of an export, before an edit or after it."""

    subjects: Mapping[str, Properties]
    """Subject -> what is said of it."""
    rows: Mapping[str, Sequence[Row]]
    """Path -> the evidence of the note."""


class Amendment:
    """The consequences of an edit."""

    def __init__(self, edits: Edits, exported: Exported, region: Region, config: Config) -> None:
        """Work out what is stated, and read what it may concern.

        Raises:
            WholeNeededError: more is concerned than a part of the export.

        """
        self._exported = exported
        self._edits = edits
        self._config = config
        self._region = region
        self._gone = frozenset(self._state(s for c in edits.changes for s in c.gone))
        self._come = frozenset(self._state(s for c in edits.changes for s in c.come))
        region.read_notes(edits.moves)
        region.read_all_about(self._core)

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
        """Return the concept of a note that a mention means: as the note's own subject, or by a link."""
        path = mention.note or self._edits.titles.find(mention.link)
        require(bool(path) and mention.kind != "facet")
        iri = self._exported.find_note(path)
        require(SKOS.Concept in self._exported[iri].get(RDF.type, ()))
        return Named(iri[len(self._config.scheme.base) :], "", iri)

    @cached_property
    def _changed(self) -> frozenset[Triple]:
        """Triples that were or are stated by what came and went, and their inverses."""
        stated = {triple for triple, _ in self._gone | self._come}
        return frozenset(stated | {inverse for triple in stated if (inverse := _invert(triple)) is not None})

    @cached_property
    def _core(self) -> frozenset[str]:
        """The concepts whose differentials or texts are others now."""
        own = (t for t in self._changed if t.predicate in (SKOS.related, *NOTES))
        return frozenset(t.subject for t in own)

    @cached_property
    def before(self) -> Side:
        """The part as it was."""
        around = {t.subject for t in self._changed}
        if self._core:
            around |= self._region.find_around(self._core, self._edits.moves)
        self._exported.load(around)
        return Side({iri: self._exported[iri] for iri in around if self._exported[iri]}, self._region.rows)

    def find_after(self) -> Side:
        """Return the part as it is, with the evidence of all notes read by now.

        Raises:
            WholeNeededError: something was left out of the last export, for a reason that lies elsewhere.

        """
        rows = {path: self._renew_rows(path) for path in self._region.rows}
        was, told = tell(self.before.rows), tell(rows)
        subjects = {iri: {name: {*terms} for name, terms in said.items()} for iri, said in self.before.subjects.items()}
        for triple in self._changed:
            subject, predicate, term = triple
            terms = subjects.setdefault(subject, {}).setdefault(predicate, set())
            require((term in terms) == _holds(triple, was))
            (terms.add if _holds(triple, told) else terms.discard)(term)
        kept = {iri: {name: (*terms,) for name, terms in said.items() if terms} for iri, said in subjects.items()}
        return Side({iri: said for iri, said in kept.items() if said}, rows)

    def _renew_rows(self, path: str) -> Sequence[Row]:
        """Return the evidence of a note as it is: what is gone left out, the rest moved, what came added."""
        moves = self._edits.moves.get(path)
        if moves is None:
            return self._region.rows[path]
        rows = set(self._region.rows[path])
        gone, come = (
            {make_row(*plain(t), evidence) for t, evidence in stated if evidence.place.path == path}
            for stated in (self._gone, self._come)
        )
        require(gone <= rows)
        moved = {_move(row, known(moves.points.get(row[:2]))) for row in rows - gone}
        return sorted(moved | come)

    # What is wrong

    def _join(self, found: Collection[Diagnostic]) -> set[Diagnostic]:
        """Return what was said of concepts that were related to none and now are, to one of the largest group.

        Raises:
            WholeNeededError: groups meet or part otherwise, or the hierarchy says already how two are related.

        """
        region = self._region
        before, after = self.before.subjects, self.find_after().subjects
        related = {t for t in self._changed if t.predicate == SKOS.related and _has(before, t) != _has(after, t)}
        pairs = {(t.subject, str(t.object)) for t in related if t.subject < str(t.object)}
        require(not any(region.is_above(one, other) for one, other in pairs))
        apart = [(one, other) for one, other in pairs if not region.are_connected(one, other, related)]
        if not apart:
            return set()
        require(not self._edits.may_exempt)
        smaller = {iri for d in found if d.rule.slug == "disconnected-cluster" for iri in region.find_group(d.subject)}
        joined = {iri for pair in apart for iri in pair if region.is_alone(iri)}
        require(all(smaller.isdisjoint(pair) and len(joined.intersection(pair)) == 1 for pair in apart))
        return {d for d in found if d.rule.slug == "orphan-concept" and d.subject in joined}

    def renew_found(self, found: Collection[Diagnostic]) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return the findings of the last export that are no more, and those that are there instead.

        Raises:
            WholeNeededError: the part does not tell what the whole did.

        """
        changes = self._edits.changes
        gone = {*settle((d for c in changes for d in c.mended), self._config)}
        come = {*settle((d for c in changes for d in c.found), self._config)}
        if self._changed:
            require(all(d.rule.slug != "unwritable-term" for d in found))  # what is told of it is not what is stated
            left, new = self._check()
            gone |= left | self._join(found)
            come |= new
        require(gone <= set(found))
        require(not any(self._edits.is_guarded(d.place.path) for d in come))
        return gone, come

    def _check(self) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return what the rules said of the part and do not say now, and what they say instead."""
        was, now = (dict(find_all(self._view(side), self._local)) for side in (self.before, self.find_after()))
        gone, come = self._part_from(was, now), self._part_from(now, was)
        self._region.read_all_about(_list_subjects((*gone, *come)))
        before, after = self._view(self.before), self._view(self.find_after())
        return (
            {place(finding, level, before) for finding, level in gone.items()},
            {place(finding, level, after) for finding, level in come.items()},
        )

    @property
    def _local(self) -> Config:
        checks = self._config.checks
        return replace(self._config, checks=replace(checks, ignore=(*checks.ignore, *_TOLD_FROM_ALL)))

    def _part_from(self, some: _Found, others: _Found) -> _Found:
        """Return the findings that the others do not hold, and those whose place may be another now."""
        changed = self._changed
        return {f: o for f, o in some.items() if others.get(f) != o or f.triple in changed or f.second in changed}

    def _view(self, side: Side) -> View:
        graph, sources = freeze_part(side.subjects, tell(side.rows), Exported.make_graph({}, self._config))
        return View(graph, sources, self._config.scheme.language.lower())

    # What is written

    def list_rows(self) -> list[tuple[str, Sequence[Row]]]:
        """Return the evidence of each edited note."""
        return [(path, self._renew_rows(path)) for path in self._edits.moves]

    def list_told(self) -> tuple[frozenset[Triple], frozenset[Triple]]:
        """Return the statements that came, and those that went: what some note states and none did, and the reverse."""
        was, now = tell(self.before.rows), tell(self.find_after().rows)
        stated = {triple for triple, _ in self._gone | self._come}
        return (
            frozenset(t for t in stated if plain(t) in now and plain(t) not in was),
            frozenset(t for t in stated if plain(t) in was and plain(t) not in now),
        )

    def list_pieces(self) -> list[Piece]:
        """Return the resources that are others now, each with those that came or went behind it."""
        before, after = dict(self.before.subjects), dict(self.find_after().subjects)
        changed = {t.subject for t in self._changed if _differ(before.get(t.subject), after.get(t.subject))}
        graph = Exported.make_graph({iri: after[iri] for iri in changed if iri in after}, self._config)
        require(not find_faults(graph))  # it would be left out, and told
        if changed and not self._config.scheme.version:
            scheme = self._config.scheme.base
            before[scheme] = self._exported[scheme]
            after[scheme] = {**before[scheme], OWL.versionInfo: (self._renew_version(before, after, changed),)}
            changed.add(scheme)
        pieces: dict[str, tuple[dict[str, Properties], dict[str, Properties]]] = {}
        for iri in changed | self._core if changed else ():  # of the core are all that stays, and show what it needs
            head = iri
            while head not in before or head not in after:
                said = before.get(head) or after.get(head) or self._exported[head]
                if head not in before and head not in after:
                    before[head] = after[head] = said
                else:
                    head = self._exported.find_before(head, said[RDF.type])
            piece = pieces.setdefault(head, ({}, {}))
            for one, side in zip(piece, (before, after), strict=True):
                one.update({name: side[name] for name in (head, iri) if name in side})
        make = partial(Exported.make_graph, config=self._config)
        return [(make(was), make(now)) for was, now in pieces.values()]

    def _renew_version(
        self, before: Mapping[str, Properties], after: Mapping[str, Properties], changed: AbstractSet[str]
    ) -> Literal:
        (version,) = before[self._config.scheme.base][OWL.versionInfo]
        was, now = (
            {iri: [*iter_triples({iri: side[iri]})] for iri in changed if iri in side} for side in (before, after)
        )
        return Literal(renew_fingerprint(version[0] if isinstance(version, Literal) else "", was, now))


def _move(row: Row, point: Point) -> Row:
    line, column = point
    return row._replace(line=line, column=column)


def _differ(one: Properties | None, other: Properties | None) -> bool:
    if one is None or other is None:
        return one is not other
    return one.keys() != other.keys() or any({*one[name]} != {*other[name]} for name in one)


def _has(subjects: Mapping[str, Properties], triple: Triple) -> bool:
    return triple.object in subjects.get(triple.subject, {}).get(triple.predicate, ())


def _invert(triple: Triple) -> Triple | None:
    subject, predicate, term = triple
    return Triple(str(term), INVERSES[predicate], subject) if predicate in MATERIALISED else None


def _holds(triple: Triple, told: Told) -> bool:
    """Tell whether a triple, or the one that it follows from, has evidence."""
    inverse = _invert(triple)
    return bool(told.get(plain(triple)) or (inverse and told.get(inverse)))


def _list_subjects(found: Iterable[Finding]) -> set[str]:
    """Return the resources whose evidence places some findings."""
    triples = [triple for f in found for triple in (f.triple, f.second) if triple is not None]
    ends = {term for t in triples for term in (t.subject, t.object) if isinstance(term, str)}
    return ends | {f.subject for f in found}
