"""The register of every identifier ever published, so that IRIs are stable and never reused."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Final

from skosify_rad.concepts.identifiers import Issuer
from skosify_rad.concepts.moved_folders import find_moved
from skosify_rad.concepts.register_file import MADE, NOTE, STUB, UNDATED, Entry, index_permalinks, publish
from skosify_rad.concepts.sketches import (
    CLEAR,
    MOSTLY,
    SOME,
    Likes,
    Sketch,
    Sketches,
    likeness,
    match_clearly,
    sketch,
)
from skosify_rad.language.spelling import fold
from skosify_rad.model.namespaces import DCT, XSD
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.vault.notes import Note

_MOST_TWINS: Final = 100
"""Entries with one label or permalink that a note is compared with; thousands may share a name."""
_DEEPEST: Final = 20
"""Parents above a stub that are counted."""


class Register:
    """Assigns identifiers, the same in every build, and knows all that were ever assigned."""

    def __init__(self, entries: Iterable[Entry] = (), date: str = "", kind: str = "slug") -> None:
        """Take the entries of the last build, the date of this release, and the kind of new identifiers.

        The date is ISO 8601 or empty; the kind is `slug` or `number`.
        """
        self._old: dict[str, Entry] = {entry.id: entry for entry in entries}
        self._new: dict[str, Entry] = {}
        self._date = date
        self._issuer = Issuer(kind, lambda identifier: identifier in self._old or identifier in self._new)
        self._titles: Counter[str] = Counter()
        self._by_label: dict[tuple[str, bool], list[str]] = {}
        """(name, whether of a collection) -> identifiers not yet taken, in order."""
        self._by_parent: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
        """(identifier of the parent, words below it, whether of a collection) -> identifiers of stubs."""
        self._folders: dict[str, str] = {}
        """Identifier -> the folder's collection that it is a member of now."""
        self._back: dict[str, Entry] = {}
        """Entries of what was deprecated and is in the notes again, as they were."""
        self._apart: frozenset[str] = frozenset()
        self.likes: dict[str, Likes] = {}
        """Identifier that no note has any more -> (share of its lines, identifier of the note that has them)."""
        for entry in self._old.values():
            if entry.state != MADE:
                self._by_label.setdefault(entry.name_key, []).append(entry.id)
            if entry.parent:
                self._by_parent[entry.parent, entry.words, entry.is_collection].append(entry.id)

    # Notes

    def identify_notes(
        self, notes: Iterable[Note], collections: frozenset[str], apart: frozenset[str] = frozenset()
    ) -> dict[str, str]:
        """Return path -> identifier of every note: by permalink, title, alias, content, or as the stub of its name.

        A permalink shared by several notes (copied front matter) counts after titles and aliases. Content counts before
        stubs: a link to the old name of a renamed note creates a stub, which must not win if the note is renamed back.
        `collections` holds the paths of notes that are lists, `apart` of those whose author says that they are no
        former note.
        """
        found: dict[str, str] = {}
        pending = list(notes)
        here = [note for note in pending if note.path not in apart]
        self._titles = Counter(fold(note.title) for note in pending)
        steps = self._steps(pending, collections)
        for step in steps[:-1]:
            pending = [note for note in pending if not self._take(note, step(note), found, collections)]
        for is_gone in (False, True):
            like = self._match_lines([n for n in pending if n.path not in apart], collections, is_gone=is_gone)
            pending = [note for note in pending if not self._take(note, like.get(note.path, []), found, collections)]
        for note in pending:
            if not self._take(note, steps[-1](note), found, collections):
                prefix = "collection/" if note.path in collections else ""
                found[note.path] = self._keep(note, self._issuer.issue(note.title, prefix))
        self._apart = frozenset(found[path] for path in apart)
        self._find_likes([found[note.path] for note in here])
        return found

    def _steps(self, notes: list[Note], collections: frozenset[str]) -> list[Callable[[Note], list[str]]]:
        """Return the functions that yield a note's candidates by name, the surest first."""
        many = Counter(note.permalink for note in notes)
        placed = {(fold(e.name), e.path): e.id for e in self._old.values() if e.path}
        by_permalink = index_permalinks(self._old.values())

        def linked(note: Note) -> list[str]:
            found = by_permalink.get(note.permalink, [])
            return found if len(found) <= _MOST_TWINS else []

        def named(note: Note, names: Iterable[str]) -> list[str]:
            return [i for name in names for i in self._labelled(name, note.path in collections)]

        def described(identifiers: list[str]) -> list[str]:
            return [i for i in identifiers if self._old[i].state == NOTE and not self._old[i].deprecated]

        def stayed(note: Note) -> list[str]:
            identifier = placed.get((fold(note.title), note.path))
            if identifier is None or likeness(sketch(note), self._old[identifier].sketch) < CLEAR:
                return []
            return [identifier]

        return [
            lambda note: linked(note) if many[note.permalink] == 1 and len(linked(note)) == 1 else [],
            stayed,
            lambda note: described(named(note, [note.title])),
            lambda note: described(named(note, note.aliases)),
            linked,
            lambda note: (
                [i for i in named(note, [note.title, *note.aliases]) if not self._old[i].replaced_by]
                or named(note, [note.title])
            ),
        ]

    def _match_lines(self, notes: list[Note], collections: frozenset[str], *, is_gone: bool) -> dict[str, list[str]]:
        """Return path -> identifier of notes that are clearly a former note, renamed and edited.

        Neither the note nor the entry may have a rival. Entries of earlier builds, `is_gone`, come second: a note that
        was renamed twice leaves twins.
        """
        old = [e for e in self._old.values() if e.sketch and e.id not in self._new and not e.replaced_by]
        kept = (e.sketch for e in self._new.values())
        index = Sketches(((e.id, e.sketch) for e in old if bool(e.deprecated) == is_gone), kept)
        likes = {note.path: index.find(sketch(note)) if old else [] for note in notes}
        for path, found in likes.items():
            likes[path] = [x for x in found if self._old[x[1]].is_collection == (path in collections)]
        return {path: [identifier] for path, identifier in match_clearly(likes).items()}

    def _find_likes(self, current: list[str]) -> None:
        """Find the notes that have the lines of former notes."""
        former = [e for e in self._old.values() if e.sketch and e.id not in self._new]
        index = Sketches((i, self._new[i].sketch) for i in current)
        for entry in former:
            found = [x for x in index.find_parts(entry.sketch) if self._new[x[1]].is_collection == entry.is_collection]
            self.likes[entry.id] = [x for x in found if x[0] >= max(SOME, CLEAR * found[0][0])]

    def _labelled(self, label: str, is_collection: bool) -> list[str]:  # noqa: FBT001 - private
        return self._by_label.get((fold(label), is_collection), [])[:_MOST_TWINS]

    def _take(self, note: Note, candidates: list[str], found: dict[str, str], collections: frozenset[str]) -> bool:
        """Assign a note the first candidate that is free; tell whether there was one."""
        if len(candidates) > 1:  # several notes have this title: compare their content
            mine = sketch(note)
            candidates = sorted(candidates, key=lambda i: self._rank(i, mine, note.title))
        for identifier in candidates:
            if identifier not in self._new and identifier.startswith("collection/") == (note.path in collections):
                found[note.path] = self._keep(note, identifier)
                return True
        return False

    def _rank(self, identifier: str, mine: Sketch, title: str) -> tuple[float, bool, int, str]:
        """Return the sort key of a candidate: likeness, title, then order of assignment (`x-9` before `x-10`)."""
        entry = self._old[identifier]
        return -likeness(mine, entry.sketch), entry.name != title, len(identifier), identifier

    def _keep(self, note: Note, identifier: str) -> str:
        entry = self._old.get(identifier, Entry(identifier, note.title, NOTE))
        path = note.path if self._titles[fold(note.title)] > 1 else ""
        place = replace(entry, permalink=note.permalink, path=path, parent="", words="", sketch=sketch(note))
        return self._give(place, note.title, NOTE)

    # Stubs and collections

    def _give(self, entry: Entry, name: str, state: str) -> str:
        """Store an entry in place of the old one: keeping both took 60 MB for 100,000 notes."""
        old = self._old.get(entry.id)
        if old is not None and old.state != MADE:
            self._by_label[old.name_key].remove(entry.id)
        if entry.deprecated:  # it has come back, which is a change
            self._back[entry.id] = entry
            entry = replace(entry, deprecated="", replaced_by=(), modified="")
        return self._store(replace(entry, title=name, state=state))

    def _store(self, entry: Entry) -> str:
        self._new[entry.id] = entry
        if entry.id in self._old:
            self._old[entry.id] = entry
        return entry.id

    def find(self, name: str, prefix: str = "") -> str:
        """Return the identifier of the stub, or of the collection (`prefix` is `collection/`), that has this name."""
        for identifier in self._labelled(name, bool(prefix)):
            if identifier not in self._new:
                return self._give(self._old[identifier], name, STUB)
        return ""

    def identify(self, name: str, prefix: str = "", below: Iterable[tuple[str, str]] = ()) -> str:
        """Return the identifier of a stub or collection, by its name or by what it is `below`, or a new one.

        `below` holds the identifiers of parents that complete the name, with the words below each.
        """
        keys = [(parent, fold(words), bool(prefix)) for parent, words in below]
        known = [i for key in keys for i in self._by_parent.get(key, ()) if i not in self._new]
        if known:
            return self.find(name, prefix) or self._give(self._old[known[0]], name, STUB)
        return self.find(name, prefix) or self._give(Entry(self._issuer.issue(name, prefix), name, STUB), name, STUB)

    def withdraw(self, identifiers: Iterable[str]) -> None:
        """Take back what people left out: what was published is gone, the other identifiers are free again."""
        for identifier in identifiers:
            del self._new[identifier]
            if identifier in self._back:
                self._old[identifier] = self._back[identifier]

    def put_below(self, identifier: str, below: Iterable[tuple[str, str]]) -> None:
        """Keep what completes the name of a stub."""
        parent, words = min((parent, fold(words)) for parent, words in below)
        self._store(replace(self._new[identifier], parent=parent, words=words))

    def claim(self, identifier: str, label: str, members: Iterable[str] = ()) -> None:
        """Keep the identifier of a collection that is made of something else; a folder's has members."""
        if identifier not in self._new:
            self._give(self._old.get(identifier, Entry(identifier, label, MADE)), label, MADE)
        self._folders.update(dict.fromkeys(members, identifier))

    # What is gone, and what is published

    def gone(self) -> list[Entry]:
        """Return the entries no longer in the vault, as deprecated, parents first, then by identifier."""
        return sorted(
            (self._deprecate(e) for i, e in self._old.items() if i not in self._new),
            key=lambda e: (self._depth(e), e.id),
        )

    def _deprecate(self, entry: Entry) -> Entry:
        is_dated = entry.deprecated not in ("", UNDATED)
        kept = tuple(i for i in entry.replaced_by if i not in self._apart)
        return replace(entry, deprecated=entry.deprecated if is_dated else self._date or UNDATED, replaced_by=kept)

    def _depth(self, entry: Entry) -> int:
        depth = 0
        while entry.parent in self._old and depth < _DEEPEST:
            entry, depth = self._old[entry.parent], depth + 1
        return depth

    def replacements(self, entry: Entry) -> list[str]:
        """Return what replaces an entry that is gone: the notes with its lines, or the same words below its parent's.

        A folder is replaced by those that hold its members. Ask for the parents first, when all folders are claimed.
        """
        if entry.state == MADE:
            later = (self._moved.get(i) or [i] for i in entry.replaced_by)
            return self._moved.get(entry.id) or list(dict.fromkeys(chain.from_iterable(later)))
        found = [i for score, i in self.likes.get(entry.id, ()) if score >= MOSTLY]
        above = self._old[entry.parent].replaced_by if entry.parent in self._old else ()
        if not found and len(above) == 1:
            found = [e.id for e in self._new.values() if (e.parent, e.words) == (above[0], entry.words)]
        return found or list(entry.replaced_by)

    @cached_property
    def _moved(self) -> dict[str, list[str]]:
        former = {entry.id: entry.folder for entry in self._old.values() if entry.folder}
        return find_moved(former, self._folders, [e.id for e in self._old.values() if e.id not in self._new])

    def replace_gone(self, replacements: Mapping[str, Iterable[str]]) -> None:
        """Set the replacements of identifiers that are gone."""
        for identifier, successors in replacements.items():
            self._old[identifier] = replace(self._old[identifier], replaced_by=tuple(successors))

    def record(self, base: str, triples: Mapping[str, Iterable[Triple]]) -> list[Triple]:
        """Keep what is published of each identifier, and return the dates that no note states.

        `triples` holds the graph by subject. A date is that of the release: what is new or has changed since the last
        dated build gets it, and without a date it has none.
        """
        dates: list[Triple] = []
        for identifier, entry in list(self._new.items()):
            stated: dict[str, list[str]] = defaultdict(list)
            for _, predicate, term in triples.get(base + identifier, ()):
                if isinstance(term, Literal):
                    stated[predicate].append(term.value)
            if stated:  # else a stub that is left out
                published = replace(publish(entry, stated, self._date), folder=self._folders.get(identifier, ""))
                self._store(published)
                for predicate, date in ((DCT.created, published.created), (DCT.modified, published.modified)):
                    if date and predicate not in stated:
                        dates.append(Triple(base + identifier, predicate, Literal(date, "", XSD.date)))
        return dates

    def __getitem__(self, identifier: str) -> Entry:
        """Return the entry of an identifier."""
        return self._new.get(identifier) or self._old[identifier]

    def entries(self) -> list[Entry]:
        """Return all entries, by identifier."""
        return sorted([*self._new.values(), *self.gone()], key=lambda e: e.id)
