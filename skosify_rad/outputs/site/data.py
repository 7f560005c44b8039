"""The data that search, comparison and graph read: scripts that call `radData(name, value)`.

Scripts and not JSON, since a page opened from a folder may load those, but may not fetch. All names are values in
arrays, never keys of an object: `__proto__` is a legal identifier.
"""

import json
import zlib
from collections.abc import Iterator
from typing import Final

from skosify_rad.model.namespaces import SKOS
from skosify_rad.outputs.site.concepts import ConceptPages
from skosify_rad.outputs.site.site_view import Vocabulary
from skosify_rad.outputs.site.views import Concept, Ref, Text

PER_SHARD: Final = 200
"""About so many concepts are in one file that the comparison loads."""
KINDS: Final = {"note": 0, "stub": 1, "collection": 2, "deprecated": 3}
"""Numbers by which the scripts know the kinds of resources."""


def write_data(name: str, value: object) -> bytes:
    """Return a script that hands over a value; in ASCII, since JSON's U+2028 once ended a line of a script."""
    written = json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"radData({json.dumps(name)},{written});\n".encode()


def list_names(vocabulary: Vocabulary) -> list[list[object]]:
    """Return for each resource label, path, kind and other names: what is searched; concepts first."""
    rows: list[list[object]] = []
    for ref in (*vocabulary.concepts, *vocabulary.collections):
        if SKOS.OrderedCollection in vocabulary.types[ref.iri]:
            continue  # its concept is found
        others = [
            name
            for predicate in (SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)
            for name in vocabulary.texts(ref.iri, predicate)
        ]
        rows.append([ref.label, ref.path, KINDS[ref.kind], *([others] if others else [])])
    return rows


def list_pairs(vocabulary: Vocabulary) -> list[int]:
    """Return the pairs of differentials, each once, as positions in the list of names, one after the other."""
    at = {ref.iri: number for number, ref in enumerate(vocabulary.concepts)}
    pairs = ((at[one], at[o.iri]) for one, others in vocabulary.neighbours.items() for o in others if one in at)
    return [number for pair in sorted(pairs) if pair[0] < pair[1] for number in pair]


def count_shards(vocabulary: Vocabulary) -> int:
    """Return into how many files the concepts are split."""
    return max(1, -(-len(vocabulary.concepts) // PER_SHARD))


def find_shard(path: str, shards: int) -> int:
    """Return the file that holds a concept: the same whichever other concepts there are."""
    return zlib.crc32(path.encode()) % shards


def make_row(concept: Concept, pages: ConceptPages) -> list[object]:
    """Return what the comparison shows of a concept, in the order in which `compare.js` reads it."""
    told = pages.vocabulary.told
    return [
        _link(concept.ref),
        [_text(text) for text in concept.definitions],
        [
            [_link(d.other), [_text(t) for t in told.get((concept.ref.iri, d.other.iri), ())]]
            for d in concept.differentials
        ],
        list(map(_link, concept.broader)),
        [_link(branch.ref) for branch in concept.subtypes],
        list(map(_link, (*concept.collections, *concept.folders))),
    ]


def _link(ref: Ref) -> list[object]:
    return [ref.label, ref.path, KINDS[ref.kind]]


def _text(text: Text) -> list[object]:
    return [list(text.items), [[str(s), s.url] for s in text.sources]]


def write_scripts(vocabulary: Vocabulary, rows: list[tuple[str, list[object]]]) -> Iterator[tuple[str, bytes]]:
    """Yield file name and content of each script; `rows` are path and row of each concept."""
    yield "names.js", write_data("names", list_names(vocabulary))
    yield "pairs.js", write_data("pairs", list_pairs(vocabulary))
    number = count_shards(vocabulary)
    shards: list[list[object]] = [[] for _ in range(number)]
    for path, row in rows:
        shards[find_shard(path, number)].append(row)
    for at, shard in enumerate(shards):
        yield f"c{at}.js", write_data(f"c{at}", shard)
