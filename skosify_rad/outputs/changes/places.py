"""Note and line of a change, from the evidence of an export."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from skosify_rad.graph.changes.change_kinds import Change
from skosify_rad.graph.graph import SourceMap
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import SKOS, expand
from skosify_rad.model.statements import Literal, Term

_Row = tuple[str, str, str, Place]
"""Subject, property and object, of a literal its text, with the place."""
_TURNED: Final = {SKOS.broader: SKOS.narrower, SKOS.related: SKOS.related}


class Places:
    """Statement -> the first note and line that states it."""

    def __init__(self, rows: Iterable[_Row] = ()) -> None:
        """Take statements with their places."""
        self._found: dict[tuple[str, ...], Place] = {}
        for subject, predicate, value, place in rows:
            for key in ((subject, predicate, value), (subject,)):
                self._found[key] = min(place, self._found.get(key, place))

    def find(self, change: Change) -> Place | None:
        """Return the place of what a change adds or removes, else of its subject."""
        if not self._found:
            return None
        stated = [(change.predicate, _key(term)) for term in (*change.new, *change.old)]
        stated += [(SKOS.related, change.other)] * bool(change.other)
        keys = [(change.subject, predicate, value) for predicate, value in stated]
        keys += [(value, _TURNED[predicate], change.subject) for predicate, value in stated if predicate in _TURNED]
        return next((self._found[key] for key in (*keys, (change.subject,)) if key in self._found), None)


def list_subjects(changes: Iterable[Change]) -> set[str]:
    """Return the subjects whose statements may show where changes come from."""
    return {t for c in changes for t in (c.subject, c.other, *c.old, *c.new) if isinstance(t, str)}


def read_sources(sources: SourceMap, subjects: Collection[str]) -> Iterator[_Row]:
    """Yield the statements about some subjects, from a build."""
    for (subject, predicate, term), pieces in sources.items():
        if subject in subjects:
            yield from ((subject, predicate, _key(term), evidence.place) for evidence in pieces)


def read_evidence(lines: Iterable[bytes], subjects: Collection[str]) -> Iterator[_Row]:
    """Yield the statements about some subjects, from an `evidence.jsonl`; lines that are not ours are passed over."""
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    for line in lines:
        try:
            row = orjson.loads(line)
            if row["subject"] in subjects:
                place = Place(str(row["note"]), int(row["line"]))
                yield row["subject"], expand(str(row["predicate"])), str(row["object"] or row["value"]), place
        except (ValueError, KeyError, TypeError):  # noqa: PERF203 - the file may come from a stranger
            continue


def _key(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term
