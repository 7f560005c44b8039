"""Apply the decisions of people to what the notes say, once every name has its identifier."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from skosify_rad.concepts.decisions import CONCEPT, DEFINITION, FILE_NAME, SAME, Decision, Key, make_key, report
from skosify_rad.concepts.resolver import Named
from skosify_rad.concepts.statement_triples import Edge
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.curies import read_iri
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import REVIEWED, Evidence, Mention, Statement

_RULE: Final = "decision"
_RELATIONS: Final = ("narrower", "related")


@dataclass
class Decisions:
    """The decisions about one vault, and what became of them."""

    made: Mapping[Key, Decision] = field(default_factory=dict)
    """The decisions by what they are about."""
    only: bool = False
    """Only what was accepted, or is stated in the notes' own words, is exported."""
    stubs: bool = True
    """Concepts without a note are exported though nobody accepted them."""
    accepted: dict[str, Decision] = field(default_factory=dict)
    """Identifier of a concept without a note -> the decision that accepts it or one of its relations."""
    merged: dict[str, Named] = field(default_factory=dict)
    """Identifier of a concept without a note -> the concept that it is the same as."""
    names: list[tuple[Named, str, str, Evidence]] = field(default_factory=list)
    """Concept, label property, former name and evidence of each concept that was renamed or merged."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What was not used."""
    _used: set[Key] = field(default_factory=set)
    _current: dict[str, Named] = field(default_factory=dict)
    """What the notes name, by identifier."""
    _left: frozenset[str] | None = None
    """Identifiers of what is exported of it; None if nothing was decided."""

    def verdict(self, key: Key) -> str:
        """Return what was decided, and remember that it applies; empty if nothing was."""
        self._used.add(key)
        decision = self.made.get(key)
        return decision.verdict if decision else ""

    def same(self, one: str, other: str) -> str:
        """Return what was decided about the identity of two concepts."""
        return self.verdict(Key(one, SAME, other)) or self.verdict(Key(other, SAME, one))

    def settle(self, things: list[Named], edges: list[Edge]) -> tuple[list[Named], list[Edge]]:
        """Return the concepts and statements that are left, with names, texts and evidence as decided.

        A concept without a note goes with the last relation that names it.
        """
        if not self.made and not self.only and self.stubs:
            return things, edges
        self._current = {thing.id: thing for thing in things}
        gone = self._settle_concepts(self._current)
        if not self.stubs:
            stubs = {t.id for t in things if not (t.note or t.is_collection)}
            gone |= stubs - self.accepted.keys() - self.merged.keys()
        kept = [edge for edge in self._settle_edges(edges) if not {edge[0].id, edge[2].id if edge[2] else ""} & gone]
        kept += self._state_unread(gone)
        kept_ends = _list_ends(kept)
        named = set(self._current) if self.only else _list_ends(edges)
        gone |= {t.id for t in things if t.id in named - kept_ends and not t.note and t.id not in self.accepted}
        left = [thing for thing in things if thing.id not in gone and thing.id not in self.merged]
        self._left = frozenset(thing.id for thing in left)
        roots = [(self._follow(thing), predicate, name, why) for thing, predicate, name, why in self.names]
        self.names = [named for named in roots if named[0].id in self._left]
        return left, [edge for edge in kept if edge[0].id not in gone]

    def _settle_concepts(self, by_id: dict[str, Named]) -> set[str]:
        """Rename, merge and accept concepts; return the identifiers of those that are rejected."""
        gone = set()
        labels = {fold(thing.label): thing for thing in by_id.values() if not thing.is_collection}
        for key, decision in self.made.items():
            thing = by_id.get(key.subject)
            if key.property == SAME and decision.verdict == "accept":
                self._merge(decision, by_id)
            elif key.property != CONCEPT or thing is None:
                continue
            elif decision.verdict == "rename to":
                self._rename(decision, thing, labels)
            elif thing.note:
                self._refuse(decision, f"“{thing.label}” has a note of its own")
            elif decision.verdict == "accept":
                self._used.add(key)
                self.accepted[thing.id] = decision
            else:
                gone.add(thing.id)
        for key, decision in self.made.items():  # who accepts a relation accepts what it relates
            ends = (key.subject, key.object) if key.property in _RELATIONS and decision.verdict == "accept" else ()
            for thing in (self._follow(by_id[end]) for end in ends if end in by_id):
                if not thing.note:
                    self.accepted.setdefault(thing.id, decision)
        return gone

    def _merge(self, decision: Decision, by_id: dict[str, Named]) -> None:
        one, other = by_id.get(decision.key.subject), by_id.get(decision.key.object)
        if one is None or other is None:
            return  # one is gone: the register is asked, or there is a finding
        if one.note or one.is_collection or other.is_collection:
            self._refuse(decision, f"“{one.label}” has a note of its own or is a collection, so it was not merged")
        elif self._follow(other) is one:
            self._refuse(decision, f"“{one.label}” would be merged with itself")
        else:
            self._used.add(decision.key)
            self.merged[one.id] = other
            self.names.append((other, SKOS.altLabel, one.label, _make_evidence(decision)))

    def _rename(self, decision: Decision, thing: Named, labels: dict[str, Named]) -> None:
        other = labels.setdefault(fold(decision.value), thing)
        if other is not thing:
            self._refuse(decision, f"“{other.label}” is the name of another concept; decide “same as”")
            return
        self._used.add(decision.key)
        self.names.append((thing, SKOS.hiddenLabel, thing.label, _make_evidence(decision)))
        thing.label = decision.value
        if not thing.note:
            self.accepted[thing.id] = decision

    def _follow(self, thing: Named) -> Named:
        """Return what a concept was merged into; shortens the way, which may have thousands of steps."""
        passed = []
        while thing.id in self.merged:
            passed.append(thing.id)
            thing = self.merged[thing.id]
        self.merged.update(dict.fromkeys(passed, thing))
        return thing

    def _settle_edges(self, edges: list[Edge]) -> Iterator[Edge]:
        for subject, statement, target in edges:
            key = _find_key(subject, statement, target)
            decision = self.made.get(key)
            verdict = decision.verdict if decision else ""
            if statement.predicate != RAD.distinguishedBy:  # which states no relation
                self._used.add(key)
            if verdict == "reject" or (self.only and statement.reasons and not verdict):
                continue
            one, other = self._follow(subject), self._follow(target) if target else None
            if one is other:
                continue
            yield one, _review(statement, decision) if decision else statement, other

    def _state_unread(self, gone: set[str]) -> Iterator[Edge]:
        """Yield what was accepted and is read no longer, where what it relates is still a concept."""
        for key, decision in self.made.items():
            if key in self._used or key.property in (CONCEPT, SAME) or decision.verdict == "reject":
                continue
            ends = (key.subject, key.object) if key.property in _RELATIONS else (key.subject,)
            found = [self._current[end] for end in ends if end in self._current and end not in gone]
            if len(found) < len(ends) or any(thing.is_collection for thing in found):
                continue  # there is a finding
            one, other = self._follow(found[0]), self._follow(found[1]) if ends[1:] else None
            if one is other:
                continue
            self._used.add(key)
            place = Place(FILE_NAME, decision.line)
            try:
                text = read_iri(key.object) if key.property.endswith("Match") else decision.value or key.object
            except ValueError as error:
                self._refuse(decision, str(error))
                continue
            about = Mention(one.label, place), SKOS.NS + key.property, Mention(other.label, place) if other else text
            yield one, Statement(*about, place, (), _RULE, decision.words, REVIEWED), other

    def replacements(self, identifier: str, likely: Iterable[str]) -> list[str]:
        """Return what replaces a concept that is gone: what was decided, else those of `likely` not rejected."""
        decided = [d for d in self._sames.get(identifier, ()) if d.verdict == "accept" and self._root(d.key.object)]
        self._used.update(decision.key for decision in decided)
        found = [decision.key.object for decision in decided]
        found = found or [other for other in likely if self.same(identifier, other) != "reject"]
        return list(dict.fromkeys(filter(None, map(self._root, found))))

    def _root(self, identifier: str) -> str:
        """Return what is exported of a concept that may be merged into another; empty if nothing is."""
        if self._left is None:
            return identifier
        thing = self._current.get(identifier)
        root = self._follow(thing).id if thing else identifier
        return root if thing is None or root in self._left else ""

    def explain_gone(self, identifier: str) -> str:
        """Return why a concept or collection is no longer exported."""
        if identifier in self.merged:
            return f"it is the same as “{self._follow(self.merged[identifier]).label}”"
        if identifier not in self._current:
            return "no note names it any more"
        return "a review left it out" if self.stubs else "it has no note"

    @cached_property
    def _sames(self) -> dict[str, list[Decision]]:
        found: dict[str, list[Decision]] = {}
        for key, decision in self.made.items():
            if key.property == SAME:
                found.setdefault(key.subject, []).append(decision)
        return found

    def evidence_of(self, thing: Named) -> Evidence | None:
        """Return the evidence that a concept without a note was accepted; None if it was not."""
        decision = self.accepted.get(thing.id)
        return _make_evidence(decision) if decision else None

    def allows_inferred(self, parent: str, child: str) -> bool:
        """Return whether a parent that only names imply may be stated; one that was accepted is stated already."""
        return not (self.verdict(Key(parent, "narrower", child)) or self.only)

    def list_unused(self) -> list[Diagnostic]:
        """Return a finding for each decision that changed nothing; rejections wait for what they keep away."""
        unused = [d for key, d in self.made.items() if key not in self._used and d.verdict != "reject"]
        message = "This decision no longer applies: what it is about is no longer in the notes."
        return [*self.diagnostics, *(report(decision.line, message) for decision in unused)]

    def _refuse(self, decision: Decision, reason: str) -> None:
        self._used.add(decision.key)
        self.diagnostics.append(report(decision.line, f"This decision was not used: {reason}."))


def _list_ends(edges: Iterable[Edge]) -> set[str]:
    """Return the identifiers of what relations relate."""
    return {end.id for subject, _, target in edges if target for end in (subject, target)}


def _find_key(subject: Named, statement: Statement, target: Named | None) -> Key:
    predicate = SKOS.related if statement.predicate == RAD.distinguishedBy else statement.predicate
    if target is None:
        return Key(subject.id, predicate.removeprefix(SKOS.NS), clean(str(statement.object)))
    if predicate == SKOS.broader:
        return make_key(target.id, "narrower", subject.id)
    return make_key(subject.id, predicate.removeprefix(SKOS.NS), target.id)


def _review(statement: Statement, decision: Decision) -> Statement:
    """Return a statement as a person accepted or corrected it."""
    if decision.key.property == DEFINITION and decision.value:
        place, written = Place(FILE_NAME, decision.line), decision.value
        statement = statement._replace(object=decision.value, place=place, section=(), rule=_RULE, written=written)
    return statement._replace(weight=REVIEWED)


def _make_evidence(decision: Decision) -> Evidence:
    return Evidence(Place(FILE_NAME, decision.line), (), decision.words, _RULE, REVIEWED)
