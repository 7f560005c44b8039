"""Statements -> stated triples: resolve mentions, choose labels, make collections, attach evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from skosify_rad.concepts.folders import collect_folders
from skosify_rad.concepts.head_nouns import CONFIDENCE, RULE, WEIGHT, infer_parents
from skosify_rad.concepts.possible_duplicates import report_possible_duplicates
from skosify_rad.concepts.register import Register
from skosify_rad.concepts.register_file import MADE
from skosify_rad.concepts.resolver import Named, Resolver, settle_labels
from skosify_rad.concepts.settling import Decisions
from skosify_rad.concepts.statement_triples import Edge, Stating, is_step, make_evidence, make_title_evidence
from skosify_rad.language.full_names import read_title
from skosify_rad.language.guess import has_morphology, is_latin
from skosify_rad.language.spelling import clean, fold, slug
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.namespaces import DCT, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Mention, Stated, Statement, Triple
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import Note, Vault
from skosify_rad.vault.roles import Role


def resolve(
    statements: list[Statement], vault: Vault, links: Links, identity: tuple[Register, Config, Decisions]
) -> tuple[Iterator[Stated], list[Diagnostic]]:
    """Return an iterator of all stated triples with their evidence, and the findings.

    `identity` is the register, the configuration and the decisions of people. The result holds no text of notes, and
    `links` is released.
    """
    register, config, decisions = identity
    resolver = Resolver(vault, links, register, config.scheme.language)
    resolver.read_names(statements)
    maker = _Maker(resolver, *identity)
    edges = maker.edges(statements)
    settle_labels(resolver.names)
    maker.identify()
    things = resolver.names.things
    resolver.names.things, edges = decisions.settle(things, edges)
    register.withdraw({thing.id for thing in things} - {thing.id for thing in resolver.names.things})
    maker.report_possible_duplicates(edges)
    maker.report_possible_renames()
    links.release()
    stated = chain(
        maker.concepts(), maker.said(edges), maker.inferred(edges), maker.folders(vault.released()), maker.deprecated()
    )
    return stated, [*resolver.names.diagnostics, *maker.diagnostics]


class _Maker:
    """Makes the triples of one scheme."""

    def __init__(self, resolver: Resolver, register: Register, config: Config, decisions: Decisions) -> None:
        self._resolver = resolver
        self._names = resolver.names
        self._register = register
        self._config = config
        self._decisions = decisions
        self._base = config.scheme.base
        self._facets: dict[str, Named] = {}
        self._stating = Stating(config)
        self.diagnostics: list[Diagnostic] = []

    # Resolving

    def edges(self, statements: Iterable[Statement]) -> list[Edge]:
        """Return the statements with their resolved subjects and objects; leave out those that cannot be resolved."""
        found: list[Edge] = []
        for statement in sorted(statements, key=lambda s: s.predicate == SKOS.altLabel):
            naming = statement.predicate == SKOS.altLabel  # last, since a name adds no stub
            subject = self._resolver.described(statement.subject) if naming else self._thing(statement.subject)
            target = self._thing(statement.object) if isinstance(statement.object, Mention) else None
            if subject is None or (isinstance(statement.object, Mention) and target is None) or subject is target:
                continue
            if self._allowed(subject, statement.predicate, target):
                found.append((subject, statement, target))
        return found

    def _thing(self, mention: Mention) -> Named | None:
        return self._facet(mention) if mention.kind == "facet" else self._resolver.resolve(mention)

    def _facet(self, mention: Mention) -> Named | None:
        """Return the collection for a principle of division: `Osteoporosis by location`."""
        parent = self._resolver.resolve(mention.parent) if mention.parent else None
        words = mention.words[:1].lower() + mention.words[1:]
        label = f"{parent.label} {words}" if parent else mention.words
        if fold(label) not in self._facets:
            below = [(parent, mention.words)] if parent else []
            self._facets[fold(label)] = Named(
                "", label, is_collection=True, mentions=[(mention, mention.words)], below=below
            )
            self._names.things.append(self._facets[fold(label)])
        return self._facets[fold(label)]

    @staticmethod
    def _allowed(subject: Named, predicate: str, target: Named | None) -> bool:
        """Return whether SKOS S37 allows a statement: collections have only members, and no concept relates to one."""
        if target is None:
            return not subject.is_collection
        return subject.is_collection == (predicate == SKOS.member) and not (
            target.is_collection and predicate != SKOS.member
        )

    # Identifiers and labels

    def identify(self) -> None:
        """Set all IRIs; stubs get their identifiers first, in the order of their labels."""
        things = sorted(self._names.things, key=lambda t: (t.is_collection, fold(t.label), t.label))
        is_spelt = self._config.scheme.identifiers == "slug" and is_latin(self._config.scheme.language)
        pending = stubs = [thing for thing in things if not thing.id]
        for thing in stubs:
            thing.id = self._register.find(thing.label, _prefix(thing))
        while pending := [thing for thing in pending if not thing.id]:
            ready = [thing for thing in pending if all(parent.id for parent, _ in thing.below)]
            for thing in ready or pending:  # none is ready in a circle
                below = [(parent.id, words) for parent, words in thing.below if parent.id]
                thing.id = self._register.identify(thing.label, _prefix(thing), below)
        for thing in stubs:
            if thing.below:
                self._register.put_below(thing.id, [(parent.id, words) for parent, words in thing.below])
            if is_spelt and not slug(thing.label):
                place = thing.mentions[0][0].place if thing.mentions else Place(".")
                message = f"“{thing.label}” got the identifier {thing.id}."
                self.diagnostics.append(Diagnostic(BY_SLUG["title-lost-in-slug"], place, message))
        for thing in things:
            thing.iri = self._base + thing.id

    def report_possible_renames(self) -> None:
        """Report the notes that have lines of a note that is gone, unless they have its name."""
        notes = {thing.id: thing.note for thing in self._names.things if thing.note}
        for identifier, likes in self._register.likes.items():
            old = self._register[identifier].name
            if self._successor(identifier, old):
                continue
            for likeness, other in likes:
                if self._decisions.same(identifier, other):
                    continue
                note = notes[other]
                message = f"“{note.title}” has {likeness:.0%} of the lines of the former note “{old}”."
                hint = (
                    f"If it is the same thing, add “{old}” to the aliases in the front matter; if not, add"
                    " `%% rad2skos: ignore possible-rename -- why %%` above the text."
                )
                found = Diagnostic(BY_SLUG["possible-rename"], Place(note.path), message, hint, words=old)
                self.diagnostics.append(replace(found, subject=self._base + other, other=self._base + identifier))

    def report_possible_duplicates(self, edges: Iterable[Edge]) -> None:
        """Report concepts that may be the same; those that notes relate, or list side by side, are not."""
        related: set[tuple[str, str]] = set()
        listed: dict[str, set[tuple[str, str, tuple[str, ...]]]] = defaultdict(set)
        for subject, statement, target in edges:
            if target is not None:
                related |= {(subject.id, target.id), (target.id, subject.id)}
                listed[target.id].add((subject.id, statement.place.path, statement.section))

        def distinct(one: Named, other: Named) -> bool:
            decided = (one.id, other.id) in related or self._decisions.same(one.id, other.id) == "reject"
            return decided or not listed[one.id].isdisjoint(listed[other.id])

        mentions = ((statement.object, target) for _, statement, target in edges if target is not None)
        linked = [(m, target) for m, target in mentions if isinstance(m, Mention) and m.link]
        seen_lower = self._resolver.seen_lower
        self.diagnostics.extend(report_possible_duplicates(self._names.things, linked, distinct, seen_lower))

    def concepts(self) -> Iterator[Stated]:
        """Yield types, labels, sources and states of all concepts and collections."""
        for thing in self._names.things:
            evidence = make_title_evidence(thing)
            yield from self._stating.introduce(thing, evidence, self._decisions.evidence_of(thing))
            if thing.note:
                yield from self._about_note(thing.iri, thing.note, evidence)
        yield from self._other_labels()

    def _about_note(self, iri: str, note: Note, evidence: Evidence) -> Iterator[Stated]:
        yield Stated(Triple(iri, RAD.note, Literal(clean(note.path))), evidence)
        if self._config.vault.site and note.permalink:
            page = self._config.vault.site.rstrip("/") + "/" + _iri_path(note.permalink.lstrip("/"))
            yield Stated(Triple(iri, DCT.source, page), evidence)
        yield from self._stating.date(iri, note.dates, evidence)
        preferred = fold(read_title(note.title).preferred)
        for name in dict.fromkeys((note.title, note.name)):
            said = name.casefold() == read_title(note.title).preferred.casefold()
            if note.role is Role.CONCEPT and not said and (fold(name) != preferred or name != note.title):
                yield Stated(Triple(iri, SKOS.hiddenLabel, self._stating.text(name)), evidence)

    def _other_labels(self) -> Iterator[Stated]:
        """Yield the names in titles and in brackets, and the words as written where the label was composed."""
        preferred = {fold(t.label): t for t in self._names.things if not t.is_collection}
        for thing in self._names.things:
            if thing.note and not thing.is_collection:
                for name in read_title(thing.note.title).others:
                    evidence = make_title_evidence(thing)
                    yield Stated(Triple(thing.iri, SKOS.altLabel, self._stating.text(name)), evidence)
            for mention, label in thing.mentions:
                words = fold(mention.words)
                known = words == fold(label) or words in preferred
                others = (*mention.other_names, *read_title(label).others, *(() if known else (mention.words,)))
                yield from self._stating.name_otherwise(thing, mention, others)
        for thing, predicate, name, evidence in self._decisions.names:
            yield Stated(Triple(thing.iri, predicate, self._stating.text(name)), evidence)

    # Statements

    def said(self, edges: Iterable[Edge]) -> Iterator[Stated]:
        """Yield the triples of every statement, with notations, ordered collections and differential statements."""
        steps: dict[Named, dict[str, list[tuple[Named, Statement]]]] = defaultdict(lambda: defaultdict(list))
        for subject, statement, target in edges:
            yield from self._stating.state(subject, statement, target, make_evidence(statement))
            if target is not None and is_step(statement):
                steps[subject][statement.place.path].append((target, statement))
        for scale, lists in sorted(steps.items(), key=lambda item: item[0].iri):
            ordered = [*self._stating.order(scale, lists)]
            if ordered:
                self._register.claim(f"collection/{scale.id}-in-order", f"{scale.label}, in order")
            yield from ordered

    def inferred(self, edges: Iterable[Edge]) -> Iterator[Stated]:
        """Yield the parents that names imply for concepts without one."""
        if not self._config.hierarchy.infer or not has_morphology(self._config.scheme.language):
            return
        pairs: dict[str, list[tuple[str, str]]] = {SKOS.narrower: [], SKOS.broader: [], SKOS.related: []}
        steps = set()
        for subject, statement, target in edges:
            if target is not None and statement.predicate in pairs:
                pairs[statement.predicate].append((subject.id, target.id))
                if is_step(statement):
                    steps.add(target.id)
        narrower = [*pairs[SKOS.narrower], *((parent, child) for child, parent in pairs[SKOS.broader])]
        for parent, child in infer_parents(self._names.things, narrower, pairs[SKOS.related], frozenset(steps)):
            if self._decisions.allows_inferred(parent.id, child.id):
                reasons = (f"“{parent.label}” is the head of the name",)
                evidence = Evidence(Place("."), (), child.label, RULE, WEIGHT, reasons, CONFIDENCE)  # no note states it
                yield Stated(Triple(parent.iri, SKOS.narrower, child.iri), evidence)

    # Folders and deprecated concepts

    def folders(self, vault: Vault) -> Iterator[Stated]:
        """Yield a nested collection for every folder that holds concepts."""
        if not self._config.output.folders:
            return
        placed = [(note.folders, self._names.of_note.get(note.path)) for note in vault.notes]
        held = ((folders, thing.iri) for folders, thing in placed if folders and thing is not None)
        yield from collect_folders(held, self._config, self._register.claim)

    def deprecated(self) -> Iterator[Stated]:
        """Yield the concepts that are gone: deprecated, never deleted."""
        for entry in self._register.gone():
            named = self._successor(entry.id, entry.name) if entry.state != MADE else ""
            likely = [named] if named else self._register.replacements(entry)
            successors = self._decisions.replacements(entry.id, likely)
            self._register.replace_gone({entry.id: successors})
            yield from self._stating.deprecate(entry, successors, self._decisions.explain_gone(entry.id))

    def _successor(self, identifier: str, name: str) -> str:
        """Return the identifier of another concept or collection that now has this name; empty if there is none."""
        thing = self._names.find(name, "")
        is_collection = identifier.startswith("collection/")
        fits = thing is not None and thing.id != identifier and thing.is_collection == is_collection
        return thing.id if thing is not None and fits else ""


def _prefix(thing: Named) -> str:
    return "collection/" if thing.is_collection else ""


def _iri_path(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - 6 ms at start-up

    return quote(path, safe="/:@!$&'()*+,;=~-._%#?")
