"""Report concepts that may be the same: nothing is merged on similarity, so a person decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from skosify_rad.concepts.resolver import Named
from skosify_rad.concepts.statement_triples import make_title_evidence
from skosify_rad.language.english import names_a_thing
from skosify_rad.language.spelling import fold, initials
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.statements import Mention

_GENERIC: Final = frozenset("disease disorder syndrome condition lesion tumor mass".split())
"""Nouns, folded, that may be left out: `Crohn disease`, `Crohn`."""
_SMALL: Final = frozenset("of the in and a an for to with".split())
_MIN_INITIALS: Final = 3
"""Letters of an abbreviation; two letters abbreviate too much."""
_MAX_SAME: Final = 4
"""Concepts of one key that are compared; more share it by chance."""

Pair = tuple[Named, Named]


class Suspicion(NamedTuple):
    """Two concepts that may be the same."""

    pair: Pair
    """The concept with the doubtful name, and the one it may be."""
    reason: str
    """Why, to follow “may be the same: ”."""
    place: Place
    """Where the doubtful name is written."""


def report_possible_duplicates(
    things: Iterable[Named],
    linked: Iterable[tuple[Mention, Named]],
    distinct: Callable[[Named, Named], bool],
    seen_lower: Callable[[str], bool],
) -> Iterator[Diagnostic]:
    """Yield a finding for each pair of concepts that may be the same.

    `linked` holds the links that name a concept. `distinct` tells whether notes relate two concepts or list them side
    by side; `seen_lower` is that of `Links`.
    """
    concepts = [thing for thing in things if not thing.is_collection]
    by_label: dict[str, list[Named]] = defaultdict(list)
    for thing in concepts:
        by_label[fold(thing.label)].append(thing)
    found: dict[frozenset[str], Suspicion] = {}
    finders = (_find_initials(concepts), _find_orders(concepts), _find_shorter(concepts, by_label, seen_lower))
    for finder in (_find_link_texts(linked, by_label), *finders):
        for suspicion in finder:
            one, other = suspicion.pair
            if one is not other and not distinct(one, other):
                found.setdefault(frozenset((one.id, other.id)), suspicion)
    yield from map(_report, found.values())


def _report(found: Suspicion) -> Diagnostic:
    one, other = found.pair
    note = other.note or one.note
    name = one.label if other.note else other.label
    yes = f"add aliases: [{name}] to the front matter of {note.path}" if note else "write the name in one way"
    hint = f"The same? Then {yes}. Different? Then add to this line: %% rad2skos: ignore possible-duplicate -- why %%"
    message = f"“{one.label}” and “{other.label}” may be the same: {found.reason}."
    second = make_title_evidence(other).place
    rule = BY_SLUG["possible-duplicate"]
    return Diagnostic(rule, found.place, message, hint, second, words=one.label, subject=one.iri, other=other.iri)


def _suspect(one: Named, other: Named, reason: str) -> Suspicion:
    if one.note and not other.note:
        one, other = other, one
    return Suspicion((one, other), reason, make_title_evidence(one).place)


def _find_link_texts(linked: Iterable[tuple[Mention, Named]], by_label: dict[str, list[Named]]) -> Iterator[Suspicion]:
    """Yield the targets of links with the concepts that have the links' texts as labels."""
    for mention, thing in linked:
        for other in by_label.get(fold(mention.words), ()):
            if other is not thing and thing.note:
                reason = f"a link to {thing.note.path} is shown as “{mention.words}”"
                yield Suspicion((other, thing), reason, mention.place)


def _find_initials(concepts: Iterable[Named]) -> Iterator[Suspicion]:
    """Yield abbreviations with the one concept whose label has these initials."""
    full: dict[str, list[Named]] = defaultdict(list)
    for thing in concepts:
        if " " in thing.label:
            full[initials(thing.label)].append(thing)
    for thing in concepts:
        meant = full.get(thing.label, ()) if len(thing.label) >= _MIN_INITIALS else ()
        if len(meant) == 1:
            yield _suspect(thing, meant[0], "one has the initials of the other")


def _find_orders(concepts: Iterable[Named]) -> Iterator[Suspicion]:
    """Yield concepts whose labels have the same words in another order."""
    by_words: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for thing in concepts:
        words = [word for word in fold(thing.label).split() if word not in _SMALL]
        if len(words) > 1:
            by_words[tuple(sorted(words))].append(thing)
    for same in by_words.values():
        if 1 < len(same) <= _MAX_SAME:
            for one, other in pairwise(same):
                yield _suspect(one, other, "they have the same words in another order")


def _find_shorter(
    concepts: Iterable[Named], by_label: dict[str, list[Named]], seen_lower: Callable[[str], bool]
) -> Iterator[Suspicion]:
    """Yield concepts whose label is another's and a general noun, or its noun in `-osis`."""
    for thing in concepts:
        name, _, noun = fold(thing.label).rpartition(" ")
        for shorter in by_label.get(name, ()) if noun in _GENERIC else ():
            if names_a_thing(shorter.label) or not (" " in name or seen_lower(shorter.label.lower())):
                yield _suspect(thing, shorter, f"one is the other with “{thing.label.split()[-1]}”")
        if not name and noun.endswith("osis"):
            for shorter in by_label.get(noun.removesuffix("osis"), ()):
                yield _suspect(shorter, thing, "one is short for the other")
