"""The things that an edit names: those with a note, those named already, and those that nothing named before.

A new one is a concept, an identifier and a line of the register more. A name counts as new only where neither a note
nor a label nor anything written so far folds to it; then it changes what no other name means.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from skosify_rad.basis import Basis
from skosify_rad.config import Config
from skosify_rad.edits import Edits, known, require
from skosify_rad.exported import Exported
from skosify_rad.labels import lower_known
from skosify_rad.ledger import Ledger
from skosify_rad.names import fold, slug
from skosify_rad.namings import Naming
from skosify_rad.other_names import OtherNames
from skosify_rad.qualifiers import complete
from skosify_rad.register_lines import add_stub, deprecate_stub
from skosify_rad.resolve import Named, read_target, spell
from skosify_rad.roles import Role
from skosify_rad.statements import Literal, Mention, Stated
from skosify_rad.stating import Stating, make_title_evidence
from skosify_rad.vault import Note
from skosify_rad.vocab import ADMS, DCT, OWL, RDF, SKOS


class Things:
    """Finds the thing that each mention of an edit means; makes those that are named for the first time."""

    def __init__(self, edits: Edits, exported: Exported, register: bytes, config: Config) -> None:
        """Take the register as it stands."""
        self._edits = edits
        self._exported = exported
        self._alike = frozenset(chain.from_iterable(changes.alike for changes in edits.changes))
        self._stayed = {mention: where for changes in edits.changes for mention, where in changes.stayed.items()}
        self.ledger = Ledger(edits.before.namings, edits.moves)
        """What the notes name."""
        self.names = OtherNames(edits, exported)
        """What else they are called."""
        self.config = config
        """The configuration in force."""
        self.coined: dict[str, Named] = {}
        """Folded name -> the thing, of those named for the first time."""
        self.gone: dict[str, Named] = {}
        """Folded name -> the thing, of those named no more."""
        self.heard: set[str] = set()
        """What else was written or looked for, folded."""
        self._met: dict[int, Named] = {}
        self._completing: set[str] = set()
        """Identifiers of things in whose words others are called."""
        self.register = register
        """The register with what was named since."""

    @property
    def iris(self) -> frozenset[str]:
        """The IRIs of what is named for the first time."""
        return frozenset(thing.iri for thing in self.coined.values())

    def basis(self) -> Basis:
        """Return what the export rests on now."""
        before = self._edits.before
        called = {key: thing for key, thing in before.called.items() if key not in self.gone}
        called |= {**{key: thing.id for key, thing in self.coined.items()}, **dict.fromkeys(self.names.learnt, "")}
        heard = (before.heard | self.heard).difference(called)
        others = {**before.others, **self.names.learnt}
        told = replace(before, called=called, heard=heard, others=others, namings=self.ledger.render())
        return self._edits.basis(replace(told, doubted=before.doubted | self.heard))

    # What a mention means

    def find(self, mention: Mention) -> Named:
        """Return the concept that a mention means.

        Raises:
            WholeNeededError: it may be another, or none.

        """
        require(mention.kind != "facet")
        path = mention.note or self._edits.titles.find(mention.link)
        if path:
            return self._find_described(path)
        if id(mention) in self._stayed:
            line, column = self._stayed[id(mention)]
            return self._find_known(self.ledger.find(mention.place._replace(line=line, column=column), mention.words))
        if id(mention) not in self._met:
            self._met[id(mention)] = self._meet(mention)
        return self._met[id(mention)]

    def find_former(self, mention: Mention) -> Named:
        """Return the concept that a mention meant which is gone.

        Raises:
            WholeNeededError: nobody can tell.

        """
        path = mention.note or self._edits.titles.find(mention.link)
        return self._find_described(path) if path else self._find_known(self.ledger.find(mention.place, mention.words))

    def _find_described(self, path: str) -> Named:
        return self._find_known(self._exported.find_note(path)[len(self.config.scheme.base) :])

    def _find_known(self, identifier: str) -> Named:
        iri = self.config.scheme.base + identifier
        said = self._exported[iri]
        require(SKOS.Concept in said.get(RDF.type, ()))
        (label,) = said[SKOS.prefLabel]
        assert isinstance(label, Literal)
        return Named(identifier, label.value, iri)

    def name(self, mention: Mention, name: str) -> Named:
        """Return the thing with a note that has another name now.

        Raises:
            WholeNeededError: the name, or the mention, may mean another thing.

        """
        thing = self._find_noted(mention)
        self.names.learn(thing, name, SKOS.altLabel)
        return thing

    def name_no_more(self, mention: Mention, name: str) -> Named:
        """Return the thing with a note that had another name; raises as `name` does."""
        thing = self._find_noted(mention)
        self.names.forget(thing.id, name, SKOS.altLabel)
        return thing

    def _find_noted(self, mention: Mention) -> Named:
        return self._find_described(known(mention.note or self._edits.titles.find(mention.link) or None))

    def is_stub(self, iri: str) -> bool:
        """Tell whether a thing has no note."""
        return iri in self.iris or ADMS.UnderDevelopment in self._exported[iri].get(ADMS.status, ())

    # What is named by its words alone

    def _meet(self, mention: Mention) -> Named:
        label = self._read(mention)
        called, key = self._edits.before.called, fold(spell(label))
        read = {fold(label), fold(mention.words)} - {key}
        require(bool(key) and called.keys().isdisjoint(read - {fold(mention.words)}))  # else all of it finds another
        self.heard |= read
        thing = self._find_known(called[key]) if key in called else self._coin(key, label)
        require(not mention.link or self.is_stub(thing.iri))
        naming = Naming(mention.place, thing.id, label, mention.words, mention.other_names)
        for other in naming.others:
            self.names.learn(thing, other, SKOS.hiddenLabel)
        self.ledger.come.append(naming)
        return thing

    def _coin(self, key: str, label: str) -> Named:
        if key not in self.coined:
            require(not self._edits.is_heard(key) and self.config.output.stubs != "exclude")
            identifier, self.register = known(add_stub(self.register, spell(label)))
            self.coined[key] = Named(identifier, spell(label), self.config.scheme.base + identifier)
        return self.coined[key]

    def _read(self, mention: Mention) -> str:
        """Return what a mention calls a thing, as `Resolver` reads it where nothing abbreviates it."""
        if mention.link:
            self._edits.expect_broken(mention.link)
            return read_target(mention.link)
        return complete(mention, self) or lower_known(mention.words, self.knows, self.seen_lower)

    # What is asked to complete a name: `Vocabulary`

    def label_of(self, mention: Mention) -> str:
        """Return the label of the concept that a mention means."""
        thing = self.find(mention)
        if self.is_stub(thing.iri):
            self._completing.add(thing.id)
        return thing.label

    def may_qualify(self, mention: Mention) -> bool:
        """Tell whether a mention stands among bare qualifiers, and names nothing itself."""
        if id(mention) not in self._alike:
            return False
        key = fold(mention.words)
        self.heard.add(key)
        found = self._edits.before.called.get(key)
        require(not found or not self.is_stub(self.config.scheme.base + found))  # it may be met later than this
        return found is None

    def knows(self, name: str) -> bool:
        """Tell whether the vault knows a name."""
        return self._edits.knows(name)

    def seen_lower(self, word: str) -> bool:
        """Tell whether the vault writes a word in small letters."""
        return self._edits.seen_lower(word)

    # What follows for the things themselves

    def settle(self) -> "Restated":
        """Return what is stated of things otherwise since they are named once more or once less; asked at the end.

        Raises:
            WholeNeededError: one is named in several spellings.

        """
        for mention in chain.from_iterable(changes.dropped for changes in self._edits.changes):
            if not mention.note and not self._edits.titles.find(mention.link):
                self._drop(mention)
        restated = Restated([], [])
        things = {thing.id: thing for thing in self.coined.values()}
        for identifier in self.ledger.touched | self._completing:
            thing = things.get(identifier) or self._find_known(identifier)
            if self.is_stub(thing.iri):
                self._settle_stub(thing, restated)
        for note, was, now in self._edits.list_dates():
            self._settle_dates(note, (was, now), restated)
        require(self.heard.isdisjoint(self.coined))  # one is then written as another is called
        come = {fold(name) for naming in self.ledger.come for name in (naming.words, naming.label)}
        met = come.union(self.coined, self.heard)
        self.names.check(self.ledger.iter_after(), met, self.register)
        dropped = [n for n in self.ledger.dropped if not self.ledger.stands(n)]  # a place may name a thing twice
        restated.gone.extend(chain.from_iterable(map(self._hide, dropped)))
        restated.come.extend(chain.from_iterable(map(self._hide, self.ledger.come)))
        return restated

    def _drop(self, mention: Mention) -> None:
        naming = self.ledger.drop(mention)
        if naming is not None:
            for other in naming.others:
                self.names.forget(naming.id, other, SKOS.hiddenLabel)

    def _settle_stub(self, thing: Named, restated: "Restated") -> None:
        """Add what is stated at another place since that is the first now where the thing is named, or no more."""
        before, after = self.ledger.list_before(thing.id), self.ledger.list_after(thing.id)
        key = fold(thing.label)
        require(bool(slug(thing.label)) and {n.spelling for n in (*before, *after)} == {thing.label})
        require(key in self.coined or self._edits.before.called.get(key) == thing.id)  # else others may be called so
        require(key not in self._edits.before.doubted)
        stays = before and after and self.ledger.stands(before[0])
        if stays and self.ledger.move(before[0]).place == after[0].place:
            return
        restated.gone.extend(self._introduce(thing, before) if before else self._revive(thing))
        restated.come.extend(self._introduce(thing, after) if after else self._deprecate(thing))

    def _introduce(self, thing: Named, namings: Sequence[Naming]) -> Iterator[Stated]:
        for naming in namings[:1]:
            named = replace(thing, mentions=[(Mention(naming.words, naming.place), naming.label)])
            yield from Stating(self.config).introduce(named, make_title_evidence(named))

    def _deprecate(self, thing: Named) -> Iterator[Stated]:
        """Let a thing go that is named no more."""
        self.gone[fold(thing.label)] = thing
        self.register = known(deprecate_stub(self.register, thing.id))
        return Stating(self.config).deprecate(thing.id, thing.label)

    def _revive(self, thing: Named) -> Iterator[Stated]:
        """Yield what was stated of a thing named for the first time: nothing, or that it was gone."""
        said = self._exported[thing.iri]
        require(not said or OWL.deprecated in said)
        require(DCT.isReplacedBy not in said)
        for label in said.get(SKOS.prefLabel, ()):
            yield from Stating(self.config).deprecate(thing.id, str(label[0]))

    def _settle_dates(self, note: Note, dates: tuple[tuple[str, str], tuple[str, str]], restated: "Restated") -> None:
        if note.role in (Role.CONCEPT, Role.LIST):
            thing = self._find_described(note.path)
            thing.note = note
            evidence, stating = make_title_evidence(thing), Stating(self.config)
            gone, come = ({*stating.date(thing.iri, made, evidence)} for made in dates)
            restated.gone.extend(gone - come)
            restated.come.extend(come - gone)

    def _hide(self, naming: Naming) -> Iterator[Stated]:
        """Yield other names of a naming, and its words where these are others than the thing is called by."""
        written = fold(naming.words)
        is_hidden = written != fold(naming.label) and written not in self.coined  # as what it is called itself
        require(not is_hidden or written not in self._edits.before.called)  # else they may be no hidden label
        iri, names = self.config.scheme.base + naming.id, (*naming.others, *([naming.words] if is_hidden else ()))
        shown = {fold(str(label[0])) for label in self._exported[iri].get(SKOS.altLabel, ())}
        require(shown.isdisjoint(map(fold, names)))  # what is shown is not hidden too
        yield from Stating(self.config).hide(iri, naming.place, naming.words, names)


class Restated(NamedTuple):
    """What is stated otherwise without a statement of a note having changed."""

    gone: list[Stated]
    """As it was."""
    come: list[Stated]
    """As it is."""
