"""`evidence.jsonl`: for every statement the note, line and words it comes from, one JSON object a line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from skosify_rad.graph.graph import SourceMap
from skosify_rad.model.namespaces import SKOS, curie
from skosify_rad.model.statements import Evidence, Term, Triple, find_maker

_FOLLOWING: Final = frozenset({SKOS.broader, SKOS.hasTopConcept, SKOS.topConceptOf})
"""Properties that follow from others, so that they are not stated again."""


def render_evidence(sources: SourceMap) -> bytes:
    """Return the evidence of every statement, in the order of the notes.

    A hierarchy edge stands once, as skos:narrower; what follows from it (skos:broader, top concepts) does not
    stand again, nor does the other direction of a skos:related that one place states once.
    """
    return b"".join(iter_evidence(sources))


def iter_evidence(sources: SourceMap) -> Iterator[bytes]:
    """Yield the same a note at a time: sorting and holding all at once took a gigabyte for 10,000 notes."""
    by_note: dict[str, list[tuple[str, str, Term, Evidence]]] = defaultdict(list)
    for triple, piece in select_evidence(sources):
        by_note[piece[0][0]].append((*triple, piece))  # one tuple each: two took a tenth of all memory
    names = _Names()
    for path in sorted(by_note):
        yield write_rows(path, sorted([make_row(*line) for line in by_note.pop(path)]), names)


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


class Row(NamedTuple):
    """A line of a note's evidence, in the order in which lines are sorted."""

    line: int
    """Line of the note, from 1."""
    column: int
    """Column, from 1."""
    predicate: str
    """IRI of the property."""
    subject: str
    """IRI."""
    key: tuple[str, ...]
    """Empty and the IRI of the object; three parts of a literal."""
    rule: str
    """Name of the recogniser."""
    written: str
    """The note's words."""
    section: tuple[str, ...]
    """Headings above."""
    weight: int
    """Strength, 1 to 9, or REVIEWED."""
    reasons: tuple[str, ...]
    """The signals that spoke for it; empty where nothing was weighed."""
    confidence: float
    """Score from 0 to 1; 0 where nothing was weighed."""


def make_row(subject: str, predicate: str, term: Term, evidence: Evidence) -> Row:
    """Return the line that tells a piece of a triple's evidence."""
    (_, number, column), section, written, rule, weight, reasons, confidence = evidence
    key = ("", term) if isinstance(term, str) else term  # an IRI is a pair, a literal has three parts
    return Row(number, column, predicate, subject, key, rule, written, section, weight, reasons, confidence)


def write_rows(path: str, rows: Sequence[Row], names: _Names) -> bytes:
    """Return the lines of one note that has some."""
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    written = orjson.dumps([_to_object(path, row, names) for row in rows])[1:-1]
    return written.replace(_JOINED, _PARTED) + b"\n"


def _to_object(path: str, row: Row, names: _Names) -> dict[str, object]:
    number, _, predicate, subject, key, rule, written, section, weight, reasons, confidence = row
    is_literal = len(key) > 2  # noqa: PLR2004 - as `Row` has it
    weighed = {"reasons": reasons, "confidence": round(confidence, 2)} if reasons else {}
    return {
        "note": path,
        "line": number,
        "section": section,
        "subject": subject,
        "predicate": names[predicate],
        "object": None if is_literal else key[1],
        "value": key[0] if is_literal else None,
        "written": written,
        "rule": rule,
        "by": find_maker(weight, reasons),
        **weighed,
    }
