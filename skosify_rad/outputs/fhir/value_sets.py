"""The ValueSets: all concepts, each collection, each branch.

Source: https://hl7.org/fhir/R4/valueset.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.outputs.fhir.code_system import find_groups
from skosify_rad.outputs.fhir.code_view import Resource, find_copyright, make_head, make_slug, slug_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skosify_rad.outputs.fhir.code_view import Vocabulary


def build_value_sets(vocabulary: Vocabulary) -> Iterator[Resource]:
    """Yield the ValueSets: `all`, then collections (those of scales in their order), then branches.

    All carry the code system's version, so that a server which keeps expansions makes new ones for a new version.
    Collections list what can be chosen, without the concepts that only group others (Helios takes such a concept for
    all those below it). One that holds none is left out: a value set must select something.
    """
    if not vocabulary.codes:
        return
    system: Resource = {"system": vocabulary.url}
    if vocabulary.version:
        system["version"] = vocabulary.version
    taken, groups = {"all"}, find_groups(vocabulary)
    yield _make(vocabulary, "all", (f"All of {vocabulary.title}", f"Every concept of {vocabulary.title}."), [system])
    for collection in sorted(_list_collections(vocabulary)):
        members = [iri for iri in _list_members(vocabulary, collection) if iri not in groups]
        if members:
            slug = _take(vocabulary, vocabulary.local(collection), taken)
            title = vocabulary.label(collection)
            about = f"The members of the collection “{title}” of {vocabulary.title}."
            chosen = {**system, "concept": [_show(vocabulary, iri) for iri in members]}
            yield _make(vocabulary, slug, (title, about), [chosen])
    children = vocabulary.children
    for top in (iri for iri in vocabulary.codes if iri not in vocabulary.parents and iri in children):
        slug = _take(vocabulary, f"branch-{vocabulary.codes[top]}", taken)
        title = f"{vocabulary.label(top)} and narrower concepts"
        about = f"“{vocabulary.label(top)}” of {vocabulary.title} and all concepts below it."
        yield _make(vocabulary, slug, (title, about), _include_branch(vocabulary, top, system))


def _make(vocabulary: Vocabulary, slug: str, words: tuple[str, str], included: list[Resource]) -> Resource:
    title, about = words
    made = make_head(vocabulary, "ValueSet", slug, title) | {"description": about}
    if said := find_copyright(vocabulary):
        made["copyright"] = said
    return made | {"compose": {"include": included}}


def _take(vocabulary: Vocabulary, name: str, taken: set[str]) -> str:
    """Return a slug that no other value set has."""
    length = slug_length(vocabulary)
    slug = make_slug(name, length)
    if slug.casefold() in taken:
        slug = make_slug(name, length, hashed=True)
    taken.add(slug.casefold())  # files may lie on a disk that knows no case
    return slug


def _show(vocabulary: Vocabulary, iri: str) -> Resource:
    return {"code": vocabulary.codes[iri], "display": vocabulary.label(iri)}


def _list_collections(vocabulary: Vocabulary) -> list[str]:
    kinds = {SKOS.Collection, SKOS.OrderedCollection}
    return [s for s, said in vocabulary.graph.subjects.items() if not kinds.isdisjoint(said.get(RDF.type, ()))]


def _list_members(vocabulary: Vocabulary, collection: str) -> list[str]:
    """Return the concepts of a collection and of those inside it, in its order where it has one, else by code."""
    ordered = _read_list(vocabulary, collection)
    found: dict[str, None] = dict.fromkeys(ordered)
    work, seen = [collection], {collection}
    unordered: set[str] = set()
    while work:
        for member in vocabulary.graph.objects(work.pop(), SKOS.member):
            if isinstance(member, str) and member in vocabulary.codes:
                unordered.add(member)
            elif isinstance(member, str) and member not in seen:
                seen.add(member)
                work.append(member)
    found.update(dict.fromkeys(sorted(unordered, key=vocabulary.codes.__getitem__)))
    return list(found)


def _read_list(vocabulary: Vocabulary, collection: str) -> list[str]:
    """Return the concepts of an RDF list; one that runs in a circle ends there."""
    graph = vocabulary.graph
    found: list[str] = []
    nodes = [*graph.objects(collection, SKOS.memberList)]
    seen: set[object] = set()
    while nodes:
        node = nodes.pop()
        if isinstance(node, str) and node not in seen:
            seen.add(node)
            found += [m for m in graph.objects(node, RDF.first) if isinstance(m, str) and m in vocabulary.codes]
            nodes += graph.objects(node, RDF.rest)
    return found


def _include_branch(vocabulary: Vocabulary, top: str, system: Resource) -> list[Resource]:
    """Return what selects a concept and all below it.

    Some servers (HAPI) know only the parents that show by nesting: what hangs below the top by further parents alone
    is named one by one as well, so that the branch is whole everywhere.
    """
    children = vocabulary.children
    nested, whole = {top}, {top}
    for found, first_only in ((nested, True), (whole, False)):
        work = [top]
        while work:
            iri = work.pop()
            for child in children.get(iri, ()):
                if child not in found and (not first_only or vocabulary.parents[child][0] == iri):
                    found.add(child)
                    work.append(child)
    chosen = {**system, "filter": [{"property": "concept", "op": "is-a", "value": vocabulary.codes[top]}]}
    further = sorted(whole - nested, key=vocabulary.codes.__getitem__)
    return [chosen, {**system, "concept": [_show(vocabulary, iri) for iri in further]}] if further else [chosen]
