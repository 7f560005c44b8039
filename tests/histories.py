"""Invented vaults that live: what authors do to notes, and which identifiers must survive it.

Every note stands for a thing, known by a number that no build sees. After each step the vault is built and written, and
what became of the identifiers is compared with what happened to the things.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from skosify_rad import pipeline
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from skosify_rad.graph.graph import Graph

    Change = Callable[["World"], list["Expected"]]

_FIRST: Final = "Ar Bel Cor Dul Ek Fam Gor Hul Ith Jol Kem Lun Mar Nor Ost Pel Quin Rud Sol Tur".split()
_SECOND: Final = "abine edric oline umar issel ander ovane icole ester ulide".split()
_NOUNS: Final = "cyst tumour fracture abscess stenosis".split()
_WORDS: Final = (
    "margin signal septa rim matrix wall fluid cortex lobule node vessel duct fat gas debris oedema calcium marrow "
    "sclerotic hazy bright dark thin thick smooth ragged central deep early late rare common mild marked focal "
    "enhances narrows widens bulges fades grows shrinks shifts drains spares crosses follows surrounds displaces"
).split()
_FOLDERS: Final = "Bone Chest Abdomen Brain Spine".split()
_LENGTHS: Final = (6, 12, 24, 90)
"""Lines of prose in a note."""


@dataclass
class Doc:
    """A note of the vault: the thing it stands for and what is written."""

    thing: int
    title: str
    folder: str
    lines: list[str]

    @property
    def path(self) -> str:
        """Path in the vault."""
        return f"{self.folder}/{self.title}.md"

    @property
    def text(self) -> str:
        """The file: prose below headings that all notes have, and two subtypes that its title completes."""
        body = "\n".join([f"{self.title} is a lesion of {self.lines[0]}.", "", "## Imaging", *self.lines[1:]])
        return f"{body}\n\n## Types\n- Type I\n- Type II\n"


@dataclass
class Expected:
    """What must become of an identifier: it stays with its thing, or is deprecated and replaced by these things'."""

    kind: str
    iri: str
    heirs: tuple[int, ...]
    """Things that may keep it, or replace it; none if the thing is gone."""


@dataclass
class World:
    """A vault with its history."""

    root: Path
    out: Path
    seed: int
    docs: dict[int, Doc] = field(default_factory=dict)
    """Thing -> its note."""
    gone: dict[int, tuple[Doc, str]] = field(default_factory=dict)
    """Thing -> the note it had, and its IRI."""
    owner: dict[str, int] = field(default_factory=dict)
    """IRI -> the thing it was first given to."""
    heirs: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Thing -> those that it was renamed to, split into or merged into."""
    iris: dict[int, str] = field(default_factory=dict)
    """Thing -> its IRI in the last build."""
    kept: Counter[str] = field(default_factory=Counter)
    """Kind of change -> identifiers that survived it."""
    lost: Counter[str] = field(default_factory=Counter)
    """Kind of change -> identifiers that did not."""
    stolen: set[str] = field(default_factory=set)
    """Identifiers that were given to another thing."""
    vanished: set[str] = field(default_factory=set)
    """Published concepts and collections that a later build does not have."""
    graph: Graph | None = None
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Start the random choices."""
        self.random = random.Random(self.seed)  # noqa: S311 - no secret
        self._count = 0

    # Writing

    def sentence(self) -> str:
        """Return a line that no other note has."""
        self._count += 1
        return f"{' '.join(self.random.sample(_WORDS, 5)).capitalize()} {self._count}".replace("  ", " ")

    def title(self) -> str:
        """Return a name that was never used."""
        self._count += 1
        pick = self.random.choice
        name = f"{pick(_FIRST)}{pick(_SECOND)}"
        return f"{name}{'abcdefghijklmnopqrstuvwxyz'[self._count % 26]}{self._count} {pick(_NOUNS)}"

    def add(self, lines: list[str] | None = None) -> Doc:
        """Write a note on a new thing."""
        self._count += 1
        new = lines or [self.sentence() for _ in range(self.random.choice(_LENGTHS))]
        doc = Doc(self._count, self.title(), self.random.choice(_FOLDERS), new)
        self.docs[doc.thing] = doc
        return doc

    def published(self) -> list[int]:
        """Return the things of the last build whose notes are still there."""
        return sorted(self.iris.keys() & self.docs.keys())

    def pick(self) -> Doc:
        """Return a note that was published."""
        return self.docs[self.random.choice(self.published())]

    def rewrite(self, doc: Doc, share: float) -> None:
        """Rewrite a share of a note's lines."""
        for number in self.random.sample(range(len(doc.lines)), int(share * len(doc.lines))):
            doc.lines[number] = self.sentence()

    # Building

    def build(self) -> None:
        """Write the vault, build it, and look at every identifier."""
        shutil.rmtree(self.root, ignore_errors=True)
        for doc in self.docs.values():
            (self.root / doc.folder).mkdir(parents=True, exist_ok=True)
            (self.root / doc.path).write_text(doc.text, encoding="utf-8")
        export = pipeline.build(self.root, Config(), out=self.out)
        pipeline.write(export, self.out, Config())
        self.graph = export.graph
        paths = {
            o.value: s for s, p in export.graph.subjects.items() for o in p.get(RAD.note, ()) if isinstance(o, Literal)
        }
        self.iris = {thing: paths[doc.path] for thing, doc in self.docs.items()}
        for thing, iri in self.iris.items():
            if thing not in self.family(self.owner.setdefault(iri, thing)):
                self.stolen.add(iri)
        kinds = {SKOS.Concept, SKOS.Collection, SKOS.OrderedCollection}
        now = {s for s, p in export.graph.subjects.items() if kinds & {*map(str, p.get(RDF.type, ()))}}
        self.vanished |= self.seen - now
        self.seen |= now

    def family(self, thing: int) -> set[int]:
        """Return a thing and its heirs, and theirs."""
        found, pending = set(), [thing]
        while pending:
            one = pending.pop()
            if one not in found:
                found.add(one)
                pending += self.heirs[one]
        return found

    def change(self, change: Change) -> list[Expected]:
        """Make a change and return what must become of the identifiers."""
        expected = change(self)
        for one in expected:
            self.heirs[self.owner[one.iri]] |= {*one.heirs}
        return expected

    def types(self, thing: int) -> dict[str, str]:
        """Return words -> IRI of a thing's subtypes."""
        assert self.graph is not None
        found = {}
        for child in self.graph.objects(self.iris[thing], SKOS.narrower):
            label = self.graph.objects(str(child), SKOS.prefLabel)[0]
            assert isinstance(label, Literal)
            found[label.value.split()[-1]] = str(child)
        return found

    def check(self, expected: list[Expected]) -> None:
        """Count the identifiers that survived."""
        assert self.graph is not None
        for one in expected:
            heirs = {self.iris[thing] for thing in one.heirs}
            is_gone = bool(self.graph.objects(one.iri, OWL.deprecated))
            replaced = {*map(str, self.graph.objects(one.iri, DCT.isReplacedBy))}
            good = one.iri in heirs if not is_gone else bool(replaced) and replaced <= heirs
            if not one.heirs:
                good = is_gone and not replaced and bool(self.graph.objects(one.iri, SKOS.prefLabel))
            (self.kept if good else self.lost)[one.kind] += 1

    def step(self, change: Change) -> None:
        """Make a change and look at what became of the identifiers, and of those of subtypes if the thing is one."""
        expected = self.change(change)
        before = {one.iri: self.types(thing) for one in expected for thing, i in self.iris.items() if i == one.iri}
        self.build()
        self.check(expected)
        assert self.graph is not None
        for one in expected:
            if len(one.heirs) == 1 and one.heirs[0] in self.docs:
                after = self.types(one.heirs[0])
                for words, iri in before.get(one.iri, {}).items():
                    good = after[words] == iri or self.graph.objects(iri, DCT.isReplacedBy) == (after[words],)
                    (self.kept if good else self.lost)[f"{one.kind}: subtypes"] += 1

    def grow(self, least: int) -> None:
        """Write new notes until there are as many."""
        while len(self.docs) < least:
            self.add()


# What authors do. Each returns what must become of the identifiers.


def _expect(world: World, kind: str, doc: Doc, *heirs: Doc) -> Expected:
    return Expected(kind, world.iris[doc.thing], tuple(heir.thing for heir in heirs))


def rename(world: World) -> list[Expected]:
    """Rename a note."""
    doc = world.pick()
    doc.title = world.title()
    return [_expect(world, "rename", doc, doc)]


def rename_and_edit(world: World) -> list[Expected]:
    """Rename and move a note, and rewrite half of its lines."""
    doc = world.pick()
    doc.title, doc.folder = world.title(), world.random.choice(_FOLDERS)
    world.rewrite(doc, 0.5)
    return [_expect(world, "rename, move, rewrite half", doc, doc)]


def rename_many(world: World) -> list[Expected]:
    """Rename three notes at once."""
    docs = [world.docs[thing] for thing in world.random.sample(world.published(), 3)]
    for doc in docs:
        doc.title = world.title()
    return [_expect(world, "rename several", doc, doc) for doc in docs]


def _publish_first(world: World, kind: str, share: float) -> list[Expected]:
    old = world.pick()
    new = world.add(list(old.lines))
    world.rewrite(new, share)
    world.build()
    del world.docs[old.thing]
    return [_expect(world, kind, old, new)]


def publish_first(world: World) -> list[Expected]:
    """Publish a note under its new name, build, then delete the old one."""
    return _publish_first(world, "publish new, then delete old", 0)


def publish_first_edited(world: World) -> list[Expected]:
    """Publish a note under its new name with half of its lines rewritten, build, then delete the old one."""
    return _publish_first(world, "publish new, rewrite half, then delete old", 0.5)


def rename_beside_twin(world: World) -> list[Expected]:
    """Rename a note whose deprecated twin has the same lines."""
    first = _publish_first(world, "", 0)
    world.build()
    doc = world.docs[first[0].heirs[0]]
    doc.title = world.title()
    return [_expect(world, "rename beside deprecated twin", doc, doc)]


def split(world: World) -> list[Expected]:
    """Split a note in two."""
    old = world.pick()
    del world.docs[old.thing]
    half = len(old.lines) // 2
    parts = [world.add(old.lines[:half]), world.add(old.lines[half:])]
    return [_expect(world, "split", old, *parts)]


def merge(world: World) -> list[Expected]:
    """Merge a note into another."""
    kept, gone = (world.docs[thing] for thing in world.random.sample(world.published(), 2))
    kept.lines += gone.lines
    del world.docs[gone.thing]
    return [_expect(world, "merge", gone, kept), _expect(world, "merge: the other", kept, kept)]


def merge_anew(world: World) -> list[Expected]:
    """Merge two notes into a new one."""
    old = [world.docs.pop(thing) for thing in world.random.sample(world.published(), 2)]
    new = world.add(old[0].lines + old[1].lines)
    return [_expect(world, "merge into a new note", doc, new) for doc in old]


def move_folder(world: World) -> list[Expected]:
    """Rename a folder."""
    folder = world.pick().folder
    docs = [world.docs[thing] for thing in world.published() if world.docs[thing].folder == folder]
    target = f"{folder.split()[0]} {world.random.randrange(10**6)}"
    for doc in docs:
        doc.folder = target
    return [_expect(world, "move of a folder", doc, doc) for doc in docs]


def delete(world: World) -> list[Expected]:
    """Delete a note."""
    doc = world.pick()
    world.gone[doc.thing] = world.docs.pop(doc.thing), world.iris[doc.thing]
    return [_expect(world, "delete", doc)]


def come_back(world: World) -> list[Expected]:
    """Write a note that was deleted again, as it was."""
    if not world.gone:
        return []
    thing = world.random.choice(sorted(world.gone))
    doc, iri = world.gone.pop(thing)
    world.docs[thing] = doc
    return [Expected("return", iri, (thing,))]


def write_new(world: World) -> list[Expected]:
    """Write a note on a new thing."""
    world.add()
    return []


CHANGES: Final = (
    *(rename, rename_and_edit, rename_many, publish_first, publish_first_edited, rename_beside_twin, split, merge),
    *(merge_anew, move_folder, delete, come_back, write_new),
)
"""Everything that authors do."""
