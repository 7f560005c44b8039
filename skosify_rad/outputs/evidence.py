"""`evidence.jsonl`: for every statement the note, line and words it comes from, one JSON object a line."""

from collections.abc import Iterator
from typing import NamedTuple

from skosify_rad.graph import SourceMap
from skosify_rad.statements import Evidence, Literal, Term, Triple
from skosify_rad.vocab import SKOS, curie


class EvidenceLine(NamedTuple):
    """A statement with one piece of its evidence."""

    triple: Triple
    """What is said, the hierarchy downwards."""
    evidence: Evidence
    """Where."""


def render_evidence(sources: SourceMap) -> bytes:
    """Return the evidence of every statement, in the order of the notes.

    A hierarchy edge stands once, as skos:narrower; what follows from it (skos:broader, top concepts) does not
    stand again, nor does the other direction of a skos:related that one place states once.
    """
    return b"".join(iter_evidence(sources))


def iter_evidence(sources: SourceMap) -> Iterator[bytes]:
    """Yield the same a note at a time: sorting and holding all at once took a gigabyte for 10,000 notes."""
    import orjson  # noqa: PLC0415 - 18 ms, and only for those who write

    by_note: dict[str, list[EvidenceLine]] = {}
    for line in select_evidence(sources):
        by_note.setdefault(line.evidence.place.path, []).append(line)
    for path in sorted(by_note):
        lines = sorted(by_note.pop(path), key=_sort_key)
        yield b"".join([orjson.dumps(_to_object(line), option=orjson.OPT_APPEND_NEWLINE) for line in lines])


def select_evidence(sources: SourceMap) -> Iterator[EvidenceLine]:
    """Yield every statement with each piece of its evidence, once."""
    for triple, evidence in sources.items():
        if triple.predicate in (SKOS.hasTopConcept, SKOS.topConceptOf):
            continue
        stated = triple
        if triple.predicate == SKOS.broader and isinstance(triple.object, str):
            stated = Triple(triple.object, SKOS.narrower, triple.subject)
        known = sources.get(stated, ()) if stated is not triple else ()
        for piece in evidence:
            if piece not in known:
                yield EvidenceLine(stated, piece)


def _sort_key(line: EvidenceLine) -> tuple[object, ...]:
    (subject, predicate, term), evidence = line
    _, number, column = evidence.place
    key = (number, column, predicate, subject, _object_key(term))
    return (*key, evidence.rule, evidence.written, evidence.section)


def _object_key(term: Term) -> tuple[str, ...]:
    return ("", term) if isinstance(term, str) else tuple(term)


def _to_object(line: EvidenceLine) -> dict[str, object]:
    term, evidence = line.triple.object, line.evidence
    return {
        "note": evidence.place.path,
        "line": evidence.place.line,
        "section": evidence.section,
        "subject": line.triple.subject,
        "predicate": curie(line.triple.predicate),
        "object": None if isinstance(term, Literal) else term,
        "value": term.value if isinstance(term, Literal) else None,
        "written": evidence.written,
        "rule": evidence.rule,
    }
