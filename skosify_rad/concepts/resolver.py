"""Resolve mentions to concepts, and choose the concepts' labels."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from skosify_rad.concepts.qualifiers import complete, find_alike, find_codes
from skosify_rad.concepts.register import Register
from skosify_rad.language.full_names import listed_thing, lower_known, read_title, stub_label
from skosify_rad.language.guess import has_morphology
from skosify_rad.language.spelling import abbreviates, clean, fold
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.diagnostics import Diagnostic, Place, shorten
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.directives import find_directives
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import Note, Vault
from skosify_rad.vault.roles import Role


@dataclass(slots=True, eq=False)
class Named:
    """A concept or collection while the scheme is built; compared by identity."""

    id: str
    """Identifier; empty for a stub until all names are known."""
    label: str
    """Preferred label."""
    iri: str = ""
    """Base and identifier; empty until all names are known. One string object, shared by all its triples."""
    note: Note | None = None
    """The note that describes it, without its text; None for a stub."""
    is_collection: bool = False
    """Whether it is a skos:Collection instead of a concept."""
    written: Counter[str] = field(default_factory=Counter)
    """How often each spelling was written, for a stub's label."""
    mentions: list[tuple[Mention, str]] = field(default_factory=list)
    """Mentions, each with its full name."""
    below: "list[tuple[Named, str]]" = field(default_factory=list)
    """Concepts that complete its name, each with the words written below it."""


class Twins:
    """Notes with the same name."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        """The notes."""

    @cached_property
    def folders(self) -> Counter[str]:
        """Folder -> number of these notes in it; cached, since thousands of notes may share a name."""
        return Counter(folder for note in self.notes for folder in set(note.folders))


class Names:
    """Index of the concepts and collections of one scheme by folded name."""

    def __init__(self, links: Links, register: Register) -> None:
        self._links = links
        self._register = register
        self.things: list[Named] = []
        """Every concept and collection, in the order of creation."""
        self._shared: frozenset[str] = frozenset()
        self.of_note: dict[str, Named] = {}
        """Note path -> its concept or collection."""
        self._by_name: dict[str, Named] = {}
        self._by_other: dict[str, dict[Named, None]] = defaultdict(dict)
        self._near: dict[tuple[str, str], Named] = {}
        self.diagnostics: list[Diagnostic] = []

    def add_notes(self, notes: Iterable[Note]) -> None:
        """Add a concept or collection for every note whose role is concept or list."""
        kept = [n for n in notes if n.role in (Role.CONCEPT, Role.LIST)]
        lists = frozenset(n.path for n in kept if n.role is Role.LIST)
        ids = self._register.identify_notes(kept, lists, frozenset(n.path for n in kept if _is_apart(n)))
        twins: dict[str, Twins] = defaultdict(Twins)
        for note in kept:
            twins[fold(read_title(note.title).preferred)].notes.append(note)
        shared = {name for name, of in twins.items() if sum(n.role is Role.CONCEPT for n in of.notes) > 1}
        self._shared = frozenset(shared)
        taken = {read_title(of.notes[0].title).preferred.casefold() for name, of in twins.items() if name not in shared}
        for note in sorted(kept, key=lambda n: (read_title(n.title).preferred != n.title, n.path)):
            title = read_title(note.title)
            label = title.preferred
            if note.role is Role.CONCEPT and fold(label) in shared:
                found = self._homographs(note, label, twins[fold(label)])
                label = next(name for name in found if name.casefold() not in taken)
                taken.add(label.casefold())
            thing = Named(ids[note.path], label, note=note.released(), is_collection=note.role is Role.LIST)
            self.things.append(thing)
            self.of_note[note.path] = thing
            if thing.is_collection:
                self._by_name.setdefault(fold(note.title), thing)
            else:
                for name in (title.preferred, note.title):
                    self._by_name.setdefault(fold(name), thing)
                for other in (*title.others, *note.aliases, *({note.name} - {note.title})):
                    self.add_other(other, thing, note.path)

    def _homographs(self, note: Note, label: str, twins: "Twins") -> Iterator[str]:
        """Yield possible labels for a note that shares its name with others (an ISO 25964 homograph), the best first.

        The name with the innermost folder that no twin is in, the full title, the name with all folders, with a number.
        """
        others = shorten((n.path for n in twins.notes if n.path != note.path), len(twins.notes) - 1)
        message = f"“{label}” is also the name of {', '.join(others)}."
        hint, second = "Rename one of them, or merge them.", Place(others[0])
        self.diagnostics.append(
            Diagnostic(BY_SLUG["duplicate-note-name"], Place(note.path), message, hint, second=second)
        )
        qualifier = next((f for f in reversed(note.folders) if twins.folders[f] == 1), "")
        yield f"{label} ({qualifier})" if qualifier else label
        yield clean(note.title)
        yield f"{label} ({', '.join(reversed(note.folders)) or 2})"
        yield from (f"{label} ({number})" for number in count(3))

    def add_other(self, name: str, thing: Named, path: str) -> None:
        """Add another name of a concept; it takes precedence in the note at `path`, which states it."""
        key = fold(name)
        if key:
            self._by_other[key][thing] = None
        self._near.setdefault((path, key), thing)

    def find(self, name: str, path: str) -> Named | None:
        """Return the concept with this title or label, or with this other name in the note at `path`, or anywhere."""
        key = fold(name)
        found = self._by_name.get(key) or self._near.get((path, key))
        if key in self._shared and path:  # the nearest note of the name, as for links
            near = self.of_note.get(self._links.note_named(name, path).path)
            found = near if near is not None and not near.is_collection else found
        if found is None:
            others = self._by_other.get(key, {})
            found = next(iter(others)) if len(others) == 1 else None
        return found

    def report_ambiguous(self, name: str, place: Place) -> None:
        """Report a name that several concepts have; the mention then becomes a concept of its own."""
        others = self._by_other.get(fold(name), {})
        if len(others) > 1:
            labels = shorten((f"“{o.label}”" for o in others), len(others))
            message = f"“{name}” may mean {' or '.join(labels)}; none was taken."
            hint = "Write the full name, or link it."
            self.diagnostics.append(Diagnostic(BY_SLUG["ambiguous-name"], place, message, hint, words=name))

    def mint(self, label: str) -> Named:
        """Return the concept with this label; add a stub if there is none."""
        key = fold(label)
        thing = self._by_name.get(key)
        if thing is None:
            thing = Named("", stub_label(label))
            self._by_name[key] = thing
            self.things.append(thing)
        return thing

    def note_of(self, link: str, path: str) -> str:
        """Return the path of the note that a link points to; empty if there is none."""
        return self._links.resolve(link, path).path


class Resolver:
    """Resolves mentions to concepts and collections."""

    def __init__(self, vault: Vault, links: Links, register: Register, language: str = "en") -> None:
        self._links = links
        self._morphology = has_morphology(language)
        self.names = Names(links, register)
        self.names.add_notes(vault.notes)
        self._found: dict[int, Named | None] = {}
        self._alike: frozenset[int] = frozenset()
        self._codes: dict[tuple[str, Place], Mention] = {}
        self.knows, self.seen_lower = links.knows, links.seen_lower

    def read_names(self, statements: list[Statement]) -> None:
        """Add the names that notes state, and those beside mentions; call this before `resolve`."""
        for statement in statements:
            if statement.predicate == SKOS.altLabel and isinstance(statement.object, str):
                thing = self.described(statement.subject)
                if thing is not None:
                    self.names.add_other(statement.object, thing, statement.place.path)
        self._codes = find_codes(statements)
        for mention in _mentions(statements):
            if mention.other_names and not mention.note:
                self.resolve(
                    mention
                )  # `Undifferentiated pleomorphic sarcoma (UPS)` first, so that a bare `UPS` finds it
        self._alike = find_alike(statements)

    def described(self, mention: Mention) -> Named | None:
        """Return the existing concept that a mention means, or None; never add a stub."""
        if mention.note:
            return self.names.of_note.get(mention.note)
        note = self.names.note_of(mention.link, mention.place.path) if mention.link else ""
        if note:
            return self.names.of_note.get(note)
        return self.names.find(mention.words, mention.place.path)

    def resolve(self, mention: Mention) -> Named | None:
        """Return the concept that a mention means, or a new stub; None if it means a note that is no concept."""
        key = id(mention)
        if key not in self._found:
            self._found[key] = self._resolve(mention)
        return self._found[key]

    def _resolve(self, mention: Mention) -> Named | None:
        if mention.note:
            return self.names.of_note.get(mention.note)
        path = mention.place.path
        if mention.link:
            note = self.names.note_of(mention.link, path)
            if note:
                return self.names.of_note.get(note)
            return self._named(read_target(mention.link), mention, path)
        if not self._morphology:
            return self._named(mention.words, mention, path)
        full = complete(mention, self)
        thing = self._named(full or lower_known(mention.words, self.knows, self.seen_lower), mention, path)
        above = (mention.parent or self.parent_of_code(mention)) if full else None
        parent = self.resolve(above) if above else None
        if parent is not None and parent is not thing:
            thing.below.append((parent, mention.words))
        return thing

    def _named(self, label: str, mention: Mention, path: str) -> Named:
        thing = self.names.find(label, path)
        if thing is None:
            thing = next(
                (t for o in mention.other_names if (t := self.names.find(o, path)) is not None and _fits(t, o, label)),
                None,
            )
        if thing is None:
            self.names.report_ambiguous(label, mention.place)
            title = read_title(label)
            thing = self.names.find(title.preferred, path) or self.names.mint(title.preferred)
            for other in title.others:
                self.names.add_other(other, thing, path)
        for other in mention.other_names:
            self.names.add_other(other, thing, path)
        thing.written[spell(label)] += 1
        thing.mentions.append((mention, label))
        return thing

    def label_of(self, mention: Mention) -> str:
        """Return the label of the concept that a mention means, or what a list is of; empty if there is none."""
        thing = self.resolve(mention)
        return "" if thing is None else listed_thing(thing.label) if thing.is_collection else thing.label

    def may_qualify(self, mention: Mention) -> bool:
        """Return whether a mention is listed with bare qualifiers and is not the name of a concept."""
        return id(mention) in self._alike and self.names.find(mention.words, mention.place.path) is None

    def parent_of_code(self, mention: Mention) -> Mention | None:
        """Return the parent of a bare code in a list of codes; None for other mentions."""
        return self._codes.get((mention.words, mention.place)) if self._codes else None


def read_target(link: str) -> str:
    """Return the name in a link target that matches no note."""
    return clean(link.rsplit("/", 1)[-1]).removesuffix(".md")


def _is_apart(note: Note) -> bool:
    """Return whether a note says that it is no former note: `%% rad2skos: ignore possible-rename %%`."""
    rule = BY_SLUG["possible-rename"]
    return any(d.verb == "ignore" and {rule.slug, rule.code} & {*d.words} for d in find_directives(note.text))


def spell(label: str) -> str:
    """Return the preferred label of a stub from a full name."""
    return stub_label(read_title(label).preferred)


def _fits(thing: Named, other: str, label: str) -> bool:
    """Return whether a name fits both labels: `GCT` of `Granular cell tumour` does not mean a giant cell tumour."""
    return (
        abbreviates(other, thing.label) == abbreviates(other, label)
        and fold(thing.label).split()[0] == fold(label).split()[0]
    )


def _mentions(statements: Iterable[Statement]) -> Iterator[Mention]:
    for statement in statements:
        yield statement.subject
        if isinstance(statement.object, Mention):
            yield statement.object


def settle_labels(names: Names) -> None:
    """Choose the label of every stub: the spelling written most often, the shortest among equals.

    An abbreviation is chosen only if its full name is not written anywhere.
    """
    for thing in names.things:
        if thing.note is None and not thing.is_collection and thing.written:
            written = thing.written
            full = [w for w in written if not any(abbreviates(w, other) for other in written)]
            thing.label = min(full or written, key=lambda w: (-written[w], sum(map(str.isupper, w)), len(w), w))
