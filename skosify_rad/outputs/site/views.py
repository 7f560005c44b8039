"""What the pages show, as values: templates read these and nothing else."""

from dataclasses import dataclass
from typing import NamedTuple


class Ref(NamedTuple):
    """A resource that has a page, as links show it."""

    label: str
    """Preferred label."""
    path: str
    """Path of its page without `.html`; unique."""
    kind: str
    """`note`, `stub` (named only), `deprecated` or `collection`."""
    iri: str
    """IRI."""


class Source(NamedTuple):
    """The line of a note."""

    name: str
    """File name of the note, without `.md`."""
    line: int
    """Line, from 1."""
    last: int
    """The last line, where several points stand below one another."""
    url: str
    """Address of the line; empty where `note_url` is not configured."""

    def __str__(self) -> str:
        """Return note and lines, as links show them: `Osteoporosis:17–22`."""
        return f"{self.name}:{self.line}" + (f"–{self.last}" if self.last > self.line else "")


class Text(NamedTuple):
    """Words of a note with the lines they come from."""

    items: tuple[str, ...]
    """The words, as a list where the note has several points."""
    sources: tuple[Source, ...]
    """Where they stand."""


class Differential(NamedTuple):
    """A differential diagnosis of the page's concept."""

    other: Ref
    """What else it could be."""
    told: tuple[Text, ...]
    """What distinguishes the other, in the words of this concept's note."""
    told_back: tuple[Text, ...]
    """What distinguishes this concept, in the words of the other's note."""


class Step(NamedTuple):
    """A stage or grade."""

    notation: str
    """Its code within the scale; may be empty."""
    ref: Ref
    """Its concept."""
    definition: str
    """What it is; may be empty."""


class Branch(NamedTuple):
    """A node of a tree with what lies below it."""

    ref: Ref
    """The concept or collection."""
    title: str
    """What the tree calls it."""
    size: int
    """Concepts in it and below."""
    below: "tuple[Branch, ...]"
    """Its children."""
    more: bool = False
    """It has children that stand elsewhere in the tree, or deeper than is shown: its own page has them."""


class Match(NamedTuple):
    """A concept of another vocabulary."""

    relation: str
    """How it fits: `same as`."""
    name: str
    """Its label, or vocabulary and code: `MeSH D010024`."""
    url: str
    """Its address where a browser can open it, else empty."""


class Said(NamedTuple):
    """A statement with the place it comes from."""

    says: str
    """What kind of statement it is: `subtype`."""
    ref: Ref | None
    """The other resource, where there is one."""
    words: str
    """The words of the note."""
    sources: tuple[Source]
    """Where they stand."""
    by: str
    """Who made it: `author`, `inferred` or `reviewed`."""


class Finding(NamedTuple):
    """What a check found about a concept."""

    level: str
    """`error`, `warning` or `info`."""
    code: str
    """Code of the rule."""
    message: str
    """What is wrong."""
    hint: str
    """What to do."""


class Node(NamedTuple):
    """A neighbour in the picture of a concept."""

    ref: Ref
    """The neighbour."""
    x: int
    y: int
    side: str
    """`left` or `right` of the middle."""
    text_x: int
    """Where its label begins or, on the left, ends."""
    lines: tuple[tuple[str, int], ...]
    """Its label, broken to fit: the words of each line, and how far down it stands."""


class Picture(NamedTuple):
    """The differentials of a concept around it, in pixels."""

    width: int
    height: int
    edges: str
    """The lines from the middle to the neighbours, as the path of an SVG."""
    nodes: tuple[Node, ...]
    hidden: int
    """So many more do not fit."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept's page."""

    ref: Ref
    crumbs: tuple[tuple[Ref, str], ...]
    """Folders, then broader concepts, outermost first, each with what to call it here."""
    other_names: tuple[Text, ...]
    notations: tuple[str, ...]
    definitions: tuple[Text, ...]
    remarks: tuple[tuple[str, Text], ...]
    """Further notes of SKOS, each with what it is: `scope`, `example`."""
    differentials: tuple[Differential, ...]
    """Those with words, by label, then those without."""
    steps: tuple[Step, ...]
    """Stages or grades in order."""
    subtypes: tuple[Branch, ...]
    broader: tuple[Ref, ...]
    siblings: tuple[Ref, ...]
    collections: tuple[Ref, ...]
    """Those that are no folders."""
    folders: tuple[Ref, ...]
    named_in: tuple[Ref, ...]
    """Concepts whose notes name this one."""
    matches: tuple[Match, ...]
    links: tuple[str, ...]
    """Addresses of the note as published and of further reading."""
    said: tuple[Said, ...]
    findings: tuple[Finding, ...]
    note: tuple[str, str] | None
    """Path of the concept's own note, and its address where there is one."""
    successors: tuple[Ref, ...]
    """What replaces a deprecated concept."""
    picture: Picture | None

    @property
    def told(self) -> tuple[Differential, ...]:
        """Differentials with words."""
        return tuple(d for d in self.differentials if d.told or d.told_back)

    @property
    def unordered(self) -> tuple[Branch, ...]:
        """Subtypes that are no steps."""
        stepped = {step.ref for step in self.steps}
        return tuple(branch for branch in self.subtypes if branch.ref not in stepped)

    @property
    def has_told(self) -> bool:
        """Whether its own note tells a differential from it."""
        return any(d.told for d in self.differentials)

    @property
    def has_back(self) -> bool:
        """Whether another note tells it from a differential."""
        return any(d.told_back for d in self.differentials)

    @property
    def untold(self) -> tuple[Ref, ...]:
        """Differentials without words."""
        return tuple(d.other for d in self.differentials if not (d.told or d.told_back))


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection's page."""

    ref: Ref
    title: str
    crumbs: tuple[tuple[Ref, str], ...]
    collections: tuple[Branch, ...]
    members: tuple[Ref, ...]
    named: tuple[Ref, ...]
    """Concepts without a note that the notes of a folder name; they are no members."""
    steps: tuple[Step, ...]
    """Its members in order, of an ordered collection."""
    scale: Ref | None
    """The concept whose stages these are."""
    said: tuple[Said, ...]
    is_folder: bool


class Scale(NamedTuple):
    """A scale on the lists of scales."""

    ref: Ref
    """The concept whose steps these are, or else the ordered collection."""
    codes: str
    """The first and the last code: `I–IV`."""
    size: int
    """How many steps there are."""


class Group(NamedTuple):
    """A part of a long list, under a heading."""

    title: str
    key: str
    """Its fragment and, where the list is split, the end of its file name."""
    rows: tuple[object, ...]


class Entry(NamedTuple):
    """A name in the alphabetical list."""

    name: str
    ref: Ref
    is_other: bool
    """It is another name of the concept."""


class Wanted(NamedTuple):
    """A concept without a note, and how often it is wanted."""

    ref: Ref
    named_in: tuple[Ref, ...]


class Row(NamedTuple):
    """A concept with its differentials."""

    ref: Ref
    differentials: tuple[tuple[Ref, bool], ...]
    """Each with whether the notes say what tells the two apart."""
