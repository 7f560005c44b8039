"""`evidence.jsonl`: for every statement the note, line and words it comes from, one JSON object a line."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from skosify_rad.graph import SourceMap
from skosify_rad.statements import Evidence, Literal, Term, Triple
from skosify_rad.vocab import SKOS, curie

_FOLLOWING: Final = frozenset({SKOS.broader, SKOS.hasTopConcept, SKOS.topConceptOf})
"""Properties that follow from others, so that they need not be told again."""


def render_evidence(sources: SourceMap) -> bytes:
    """Return the evidence of every statement, in the order of the notes.

    A hierarchy edge stands once, as skos:narrower; what follows from it (skos:broader, top concepts) does not
    stand again, nor does the other direction of a skos:related that one place states once.
    """
    return b"".join(iter_evidence(sources))


def iter_evidence(sources: SourceMap) -> Iterator[bytes]:
    """Yield the same a note at a time: sorting and holding all at once took a gigabyte for 10,000 notes."""
    import orjson  # noqa: PLC0415 - 18 ms, and only for those who write

    by_note: dict[str, list[tuple[str, str, Term, Evidence]]] = defaultdict(list)
    for triple, piece in select_evidence(sources):
        by_note[piece[0][0]].append((*triple, piece))  # one tuple each: two took a tenth of all memory
    names = _Names()
    for path in sorted(by_note):
        rows = sorted([_make_row(*line) for line in by_note.pop(path)])
        written = orjson.dumps([_to_object(path, row, names) for row in rows])[1:-1]
        yield written.replace(_JOINED, _PARTED) + b"\n"


def move_evidence(file: Path, paths: Iterable[str], move: Callable[[str, int], int]) -> Iterator[bytes]:
    """Yield a file of evidence once more, the lines of some notes moved: `move` tells of path and line where it is."""
    import orjson  # noqa: PLC0415 - as above

    starts = {b'{"note":' + orjson.dumps(path) + b',"line":': path for path in paths}
    any_start = tuple(starts)
    with file.open("rb") as lines:
        for line in lines:
            if line.startswith(any_start):
                start = next(start for start in starts if line.startswith(start))
                number, comma, rest = line[len(start) :].partition(b",")
                yield start + b"%d" % move(starts[start], int(number)) + comma + rest
            else:
                yield line


_JOINED: Final = b'},{"note":'
"""What parts two objects, and stands in no text, where every quote has a backslash before it."""
_PARTED: Final = b'}\n{"note":'


def select_evidence(sources: SourceMap) -> Iterator[tuple[Triple, Evidence]]:
    """Yield every statement, the hierarchy downwards, with each piece of its evidence, once."""
    for triple, evidence in sources.items():
        stated, pieces = triple, evidence
        if triple.predicate in _FOLLOWING:
            if triple.predicate != SKOS.broader:
                continue
            stated = Triple(str(triple.object), SKOS.narrower, triple.subject)
            pieces = tuple(piece for piece in evidence if piece not in sources.get(stated, ()))
        for piece in pieces:
            yield stated, piece


class _Names(dict[str, str]):
    """IRI of a property -> its prefixed form, each made once."""

    def __missing__(self, iri: str) -> str:
        self[iri] = name = curie(iri)
        return name


_Row = tuple[int, int, str, str, tuple[str, ...], str, str, tuple[str, ...]]
"""Line, column, property, subject, object, rule, words and section, in the order in which lines are sorted."""


def _make_row(subject: str, predicate: str, term: Term, evidence: Evidence) -> _Row:
    (_, number, column), section, written, rule, _ = evidence
    key = ("", term) if isinstance(term, str) else term  # an IRI is a pair, a literal has three parts
    return number, column, predicate, subject, key, rule, written, section


def _to_object(path: str, row: _Row, names: _Names) -> dict[str, object]:
    number, _, predicate, subject, term, rule, written, section = row
    is_literal = isinstance(term, Literal)
    return {
        "note": path,
        "line": number,
        "section": section,
        "subject": subject,
        "predicate": names[predicate],
        "object": None if is_literal else term[1],
        "value": term[0] if is_literal else None,
        "written": written,
        "rule": rule,
    }
