"""The long lists: A-Z, differentials by region, wanted notes; and collections."""

import re
import unicodedata
from collections import defaultdict
from typing import Final

from skosify_rad.model.namespaces import SKOS
from skosify_rad.outputs.site.concepts import ConceptPages
from skosify_rad.outputs.site.site_view import Vocabulary, order
from skosify_rad.outputs.site.trees import count_concepts, find_regions, grow_folders, plain_title
from skosify_rad.outputs.site.views import Branch, Collection, Entry, Group, Ref, Row, Scale, Wanted

MOST_ROWS: Final = 2000
"""Longer lists are split into a page a group, and longer groups into several."""
_OTHER: Final = "other"
_LEVELS_OF_FOLDER: Final = 4
"""Levels of the tree on a folder's page; a vault of twenty levels would say everything twenty times."""
_CHANGE: Final = re.compile(r"(?P<version>(?=[^:]*\d)[\w.+-]{1,60}): (?P<words>.+)", re.DOTALL)
"""A change note of a release, as `build --release` writes them."""
_LEAST_POINTS: Final = 2
"""A pair about which the notes say less is no look-alike worth opening."""


def list_names(vocabulary: Vocabulary) -> list[Group]:
    """Return every name of every concept by its first letter."""
    entries = [Entry(ref.label, ref, is_other=False) for ref in vocabulary.concepts]
    for ref in vocabulary.concepts:
        names = vocabulary.texts(ref.iri, SKOS.altLabel)
        entries += [Entry(name, ref, is_other=True) for name in names if name.casefold() != ref.label.casefold()]
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[find_letter(entry.name)].append(entry)
    titles = {"0": "0–9", _OTHER: "Other"}
    found = []
    for key in sorted(groups, key=lambda key: (len(key), key)):
        rows: list[Entry] = sorted(groups[key], key=_order_entry)
        found.append(Group(titles.get(key, key.upper()), key, tuple(rows)))
    return found


def list_changes(vocabulary: Vocabulary) -> list[tuple[str, list[tuple[Ref, str]]]]:
    """Return (version, [(concept, what changed)]) of each release, the newest first, from the change notes."""
    found: dict[str, list[tuple[Ref, str]]] = defaultdict(list)
    for ref in sorted(vocabulary.refs.values(), key=order):
        for note in vocabulary.texts(ref.iri, SKOS.changeNote):
            match = _CHANGE.fullmatch(note)
            if match:
                found[match["version"]].append((ref, match["words"]))
    return sorted(found.items(), key=lambda row: [int(n) for n in re.findall(r"\d{1,9}", row[0])], reverse=True)


def _order_entry(entry: Entry) -> tuple[str, str]:
    return _fold(entry.name), entry.ref.path


def _fold(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum() or c == " ").casefold()


def find_letter(name: str) -> str:
    """Return the group of a name: `a` to `z`, `0` for digits, `other`.

    >>> find_letter("Ödem"), find_letter("18F-FDG"), find_letter("α-fetoprotein")
    ('o', '0', 'other')
    """
    first = _fold(name)[:1]
    if first.isdecimal():
        return "0"
    return first if "a" <= first <= "z" else _OTHER


def list_differentials(vocabulary: Vocabulary, folders: dict[str, str]) -> list[Group]:
    """Return the concepts that have differentials by region, each with these."""
    region_of: dict[str, Branch] = {}
    regions = find_regions(vocabulary)
    for region in reversed(regions):  # the inner ones come first, and have the last word
        region_of |= dict.fromkeys((region.ref.iri, *_folders_below(vocabulary, region.ref.iri)), region)
    rows: dict[str, list[Row]] = defaultdict(list)
    told = vocabulary.told
    for ref in vocabulary.concepts:
        others = vocabulary.neighbours.get(ref.iri, ())
        if others:
            found = region_of.get(folders.get(ref.iri, ""))
            pairs = ((o, (ref.iri, o.iri) in told or (o.iri, ref.iri) in told) for o in others)
            rows[found.ref.iri if found else ""].append(Row(ref, tuple(pairs)))
    groups = [
        Group(r.title, r.ref.path.rpartition("/")[2], tuple(rows[r.ref.iri])) for r in regions if r.ref.iri in rows
    ]
    return groups + ([Group("Elsewhere", "elsewhere-in-the-notes", tuple(rows[""]))] if "" in rows else [])


def _folders_below(vocabulary: Vocabulary, iri: str) -> list[str]:
    found: dict[str, None] = {}
    pending = [iri]
    while pending:
        for member in vocabulary.graph.objects(pending.pop(), SKOS.member):
            if isinstance(member, str) and vocabulary.is_folder(member) and member not in found:
                found[member] = None
                pending.append(member)
    return list(found)


def list_wanted(vocabulary: Vocabulary) -> list[Group]:
    """Return the concepts without a note by how many notes name them, the most wanted first."""
    rows: dict[int, list[Wanted]] = defaultdict(list)
    for ref in vocabulary.concepts:
        if ref.kind == "stub":
            namers = vocabulary.find_namers(ref.iri)
            rows[len(namers)].append(Wanted(ref, namers))
    words = {1: "Named by one note", 0: "Named by lists and indexes only"}
    return [Group(words.get(n, f"Named by {n} notes"), f"by-{n}", tuple(rows[n])) for n in sorted(rows, reverse=True)]


def split(groups: list[Group]) -> list[Group]:
    """Return the groups, those that are too long for a page in several parts."""
    parts = []
    for group in groups:
        number = -(-len(group.rows) // MOST_ROWS)
        for at in range(number):
            rows = group.rows[at * MOST_ROWS : (at + 1) * MOST_ROWS]
            named = (f"{group.title} ({at + 1} of {number})", f"{group.key}-{at + 1}") if number > 1 else group[:2]
            parts.append(Group(*named, rows))
    return parts


def list_lookalikes(vocabulary: Vocabulary, most: int) -> list[tuple[Ref, Ref, int]]:
    """Return the pairs about which the notes say most, with the number of points that tell the two apart."""
    points: dict[tuple[str, str], int] = defaultdict(int)
    shown = {ref.iri for ref in vocabulary.concepts}
    for (one, other), texts in vocabulary.told.items():
        if one in shown and other in shown and one != other:
            points[min(one, other), max(one, other)] += sum(len(text.items) for text in texts)
    refs = vocabulary.refs
    pairs = []
    for (one, other), many in points.items():
        if many < _LEAST_POINTS:
            continue
        first, second = sorted((refs[one], refs[other]), key=order)
        pairs.append((first, second, many))
    return sorted(pairs, key=lambda pair: (-pair[2], order(pair[0]), order(pair[1])))[:most]


def list_scales(pages: ConceptPages) -> list[Scale]:
    """Return the ordered collections, each by its concept, with the first and the last of its codes."""
    found = []
    for ref in pages.vocabulary.collections:
        if SKOS.OrderedCollection in pages.vocabulary.types[ref.iri]:
            steps = pages.list_steps(ref.iri)
            codes = [step.notation for step in steps if step.notation]
            ends = f"{codes[0]}–{codes[-1]}" if len(codes) > 1 else ""
            found.append(Scale(pages.scales.get(ref.iri, ref), ends, len(steps)))
    return sorted(found, key=lambda scale: order(scale.ref))


def list_groups(vocabulary: Vocabulary) -> list[Branch]:
    """Return the collections that are neither folders nor in order: lists, and principles of division."""
    return [
        Branch(ref, ref.label, len(vocabulary.linked(ref.iri, SKOS.member)), ())
        for ref in vocabulary.collections
        if not vocabulary.is_folder(ref.iri) and SKOS.OrderedCollection not in vocabulary.types[ref.iri]
    ]


def make_collection(pages: ConceptPages, ref: Ref) -> Collection:
    """Return what the page of a collection shows."""
    vocabulary = pages.vocabulary
    members = vocabulary.linked(ref.iri, SKOS.member)
    nested = [r for r in members if r.kind == "collection"]
    if vocabulary.is_folder(ref.iri):
        small = len(count_concepts(vocabulary, ref.iri)) <= MOST_ROWS
        branches = list(grow_folders(vocabulary, ref.iri, most=_LEVELS_OF_FOLDER if small else 1))
    else:
        branches = [Branch(r, r.label, len(count_concepts(vocabulary, r.iri)), ()) for r in nested]
        branches.sort(key=lambda branch: (-branch.size, order(branch.ref)))
    return Collection(
        ref=ref,
        title=plain_title(vocabulary, ref),
        crumbs=pages.find_crumbs(ref),
        collections=tuple(branches),
        members=tuple(r for r in members if r.kind != "collection"),
        named=pages.stubs_in.get(ref.iri, ()),
        steps=pages.list_steps(ref.iri),
        scale=pages.scales.get(ref.iri),
        said=() if vocabulary.is_folder(ref.iri) else tuple(pages.tell(ref.iri)),
        is_folder=vocabulary.is_folder(ref.iri),
    )
