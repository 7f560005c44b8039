"""Trees of folders and of subtypes: each resource is unfolded once, in whatever circles it stands."""

from collections.abc import Callable
from typing import Final

from skosify_rad.model.namespaces import SKOS
from skosify_rad.outputs.site.site_view import Vocabulary
from skosify_rad.outputs.site.views import Branch, Ref

MOST_LEVELS: Final = 40
"""Deeper trees go on at the pages of their lowest branches; browsers give up at some 500 nested elements."""


def grow_subtypes(vocabulary: Vocabulary, iri: str) -> tuple[Branch, ...]:
    """Return the subtypes of a concept as a tree."""
    seen = {iri}
    return _grow(
        vocabulary.linked(iri, SKOS.narrower), lambda ref: vocabulary.linked(ref.iri, SKOS.narrower), (seen, 1)
    )


def _grow(
    refs: tuple[Ref, ...], below: Callable[[Ref], tuple[Ref, ...]], state: tuple[set[str], int]
) -> tuple[Branch, ...]:
    seen, level = state
    grown = []
    fresh = {ref.iri for ref in refs} - seen
    seen |= fresh
    for ref in refs:
        children = below(ref)
        if ref.iri in fresh and level < MOST_LEVELS:
            grown.append(Branch(ref, ref.label, len(children), _grow(children, below, (seen, level + 1))))
        else:
            grown.append(Branch(ref, ref.label, len(children), (), bool(children)))
    return tuple(grown)


def list_folders(vocabulary: Vocabulary, iri: str = "") -> tuple[Ref, ...]:
    """Return the folders in a folder, or those that lie in none."""
    if iri:
        return tuple(ref for ref in vocabulary.linked(iri, SKOS.member) if vocabulary.is_folder(ref.iri))
    folders = (ref for ref in vocabulary.collections if vocabulary.is_folder(ref.iri))
    return tuple(r for r in folders if not any(map(vocabulary.is_folder, vocabulary.member_of.get(r.iri, ()))))


def count_concepts(vocabulary: Vocabulary, iri: str) -> frozenset[str]:
    """Return the concepts in a folder and in the folders below it."""
    found: set[str] = set()
    seen, pending = {iri}, [iri]
    while pending:
        for member in vocabulary.graph.objects(pending.pop(), SKOS.member):
            ref = vocabulary.refs.get(str(member))
            if ref is None or ref.iri in seen:
                continue
            seen.add(ref.iri)
            if ref.kind == "collection":
                pending.append(ref.iri)
            elif ref.kind != "deprecated":
                found.add(ref.iri)
    return frozenset(found)


def plain_title(vocabulary: Vocabulary, ref: Ref) -> str:
    """Return a folder's name without the parent's, which its label has where several folders are called the same."""
    for parent in vocabulary.member_of.get(ref.iri, ()):
        name = vocabulary.label(parent)
        for suffix in (name, name.rpartition(" (")[0]):
            if suffix and ref.label.endswith(f" ({suffix})"):
                return ref.label.removesuffix(f" ({suffix})")
    return ref.label


def grow_folders(vocabulary: Vocabulary, iri: str = "", level: int = 1, most: int = MOST_LEVELS) -> tuple[Branch, ...]:
    """Return the folders below a folder (or all) as a tree, the largest first, their concepts as leaves."""
    grown = []
    for ref in list_folders(vocabulary, iri):
        count = len(count_concepts(vocabulary, ref.iri))
        below: tuple[Branch, ...] = ()
        if level < most:
            below = grow_folders(vocabulary, ref.iri, level + 1, most)
            members = (r for r in vocabulary.linked(ref.iri, SKOS.member) if not vocabulary.is_folder(r.iri))
            below += tuple(Branch(member, member.label, 0, ()) for member in members)
        grown.append(Branch(ref, plain_title(vocabulary, ref), count, below, level >= most))
    return tuple(sorted(grown, key=lambda branch: (-branch.size, branch.title.casefold(), branch.ref.iri)))


def find_regions(vocabulary: Vocabulary) -> tuple[Branch, ...]:
    """Return the folders by which a reader looks: the outermost, or those in the one that holds more than half."""
    outer = grow_folders(vocabulary, most=1)
    placed = sum(branch.size for branch in outer)
    if not outer or outer[0].size * 2 <= placed:
        return outer
    inner = grow_folders(vocabulary, outer[0].ref.iri, most=1)
    if len(inner) < 2:  # noqa: PLR2004 - one folder is no choice
        return outer
    inside = frozenset().union(*(count_concepts(vocabulary, b.ref.iri) for b in inner))
    rest = outer[0]._replace(size=outer[0].size - len(inside))
    return (*inner, *outer[1:], *((rest,) if rest.size else ()))


def grow_regions(vocabulary: Vocabulary, most: int) -> tuple[Branch, ...]:
    """Return each region's tree; of a folder whose inner ones are regions themselves, the concepts beside those."""
    regions = find_regions(vocabulary)
    own = {region.ref.iri for region in regions}
    grown = []
    for region in regions:
        folders = (
            ()
            if own & {r.iri for r in list_folders(vocabulary, region.ref.iri)}
            else grow_folders(vocabulary, region.ref.iri, 2, most)
        )
        members = (r for r in vocabulary.linked(region.ref.iri, SKOS.member) if not vocabulary.is_folder(r.iri))
        grown.append(region._replace(below=folders + tuple(Branch(r, r.label, 0, ()) for r in members), more=False))
    return tuple(grown)


def place_stubs(vocabulary: Vocabulary) -> dict[str, str]:
    """Return concept -> the innermost folder it is shown in: a stub takes that of the note that names it first."""
    own = {
        ref.iri: next((c for c in vocabulary.member_of.get(ref.iri, ()) if vocabulary.is_folder(c)), "")
        for ref in vocabulary.concepts
    }
    by_note = {path: own.get(ref.iri, "") for path, ref in vocabulary.by_note.items()}
    for iri, folder in own.items():
        if not folder:
            paths = sorted(vocabulary.named_in.get(iri, ()))
            own[iri] = next((by_note[path] for path in paths if by_note.get(path)), "")
    return own
