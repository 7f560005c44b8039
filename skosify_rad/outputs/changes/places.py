"""Note and line of a change, from the evidence of an export."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.graph.changes.kinds import Change
from skosify_rad.graph.graph import SourceMap
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import SKOS, expand
from skosify_rad.model.statements import Literal, Term

_Key = tuple[str, str, str]
"""Subject, property and object, of a literal its text; the last two are empty for any statement about the subject."""
_TURNED: Final[Mapping[str, str]] = {SKOS.broader: SKOS.narrower, SKOS.related: SKOS.related}


class Places:
    """Statement -> the first note and line that states it."""

    def __init__(self, rows: Iterable[tuple[str, str, str, Place]] = ()) -> None:
        """Take subject, property and object with their places."""
        self._found: dict[_Key, Place] = {}
        for subject, predicate, value, place in rows:
            for key in ((subject, predicate, value), (subject, "", "")):
                self._found[key] = min(place, self._found.get(key, place))

    @classmethod
    def of_sources(cls, sources: SourceMap, subjects: Collection[str]) -> "Places":
        """Return the places of the statements about some subjects, from a build."""
        return cls(
            (t.subject, t.predicate, _key(t.object), evidence.place)
            for t, pieces in sources.items()
            if t.subject in subjects
            for evidence in pieces
        )

    @classmethod
    def of_lines(cls, lines: Iterable[bytes], subjects: Collection[str]) -> "Places":
        """Return the places of the statements about some subjects, from the lines of an `evidence.jsonl`."""
        return cls(_read_rows(lines, subjects))

    def find(self, change: Change) -> Place | None:
        """Return the place of what a change adds or removes, else of its subject."""
        objects = [_key(term) for term in (*change.new, *change.old)] + [change.other] * bool(change.other)
        turned = _TURNED.get(change.predicate, "")
        keys = [(change.subject, change.predicate, value) for value in objects]
        keys += [(value, turned, change.subject) for value in objects if turned]
        return next((self._found[key] for key in (*keys, (change.subject, "", "")) if key in self._found), None)


def list_subjects(changes: Iterable[Change]) -> set[str]:
    """Return the subjects whose statements may show where changes come from."""
    return {
        iri
        for change in changes
        for iri in (change.subject, change.other, *(term for term in (*change.old, *change.new) if isinstance(term, str)))
    }


def _key(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term


def _read_rows(lines: Iterable[bytes], subjects: Collection[str]) -> Iterator[tuple[str, str, str, Place]]:
    """Yield the rows about some subjects; a line that is not one of ours is passed over."""
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    for line in lines:
        try:
            row = orjson.loads(line)
            if row["subject"] in subjects:
                place = Place(str(row["note"]), int(row["line"]))
                yield row["subject"], expand(str(row["predicate"])), str(row["object"] or row["value"]), place
        except (ValueError, KeyError, TypeError):  # noqa: PERF203 - the file may come from a stranger
            continue
