"""What `evidence.jsonl` does not tell and an edit of a note asks: columns, weights, and which notes tell of a thing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

from skosify_rad.outputs.evidence import Row, read_rows
from skosify_rad.outputs.splice import Splice


class Marks:
    """Takes notes of an evidence file while it is written."""

    def __init__(self, base: str) -> None:
        """Take the namespace of the scheme."""
        self._base = base
        self._sizes: dict[str, int] = {}
        self._lines: list[bytes] = []

    def add(self, path: str, rows: Sequence[Row], written: bytes) -> None:
        """Note what the lines of a note do not tell."""
        self._sizes[path] = len(written)
        self._lines.append(_mark(path, rows, self._base))

    def render(self) -> bytes:
        """Return the sizes of all notes on a line, then a line for each, in the order of the file."""
        return _render(self._sizes, self._lines)


def _render(sizes: Mapping[str, int], lines: Iterable[bytes]) -> bytes:
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    return b"".join([orjson.dumps(sizes), b"\n", *lines])


def _mark(path: str, rows: Sequence[Row], base: str) -> bytes:
    import orjson  # noqa: PLC0415 - as above

    names = {row.subject for row in rows}.union([row.key[-1] for row in rows])  # few are many rows' subject
    about = sorted([iri[len(base) :] for iri in names if iri.startswith(base)])
    return orjson.dumps([path, [row.column for row in rows], [row.weight for row in rows], about]) + b"\n"


class Marked:
    """An evidence file with its marks: reads the lines of some notes, and says which tell of a thing."""

    def __init__(self, file: Path, marks: bytes, base: str) -> None:
        """Take the file as it was written, with what `Marks` noted of it.

        Raises:
            ValueError, TypeError: the marks are none.

        """
        import orjson  # noqa: PLC0415 - as above

        head, _, self._marks = marks.partition(b"\n")
        self._sizes: dict[str, int] = orjson.loads(head)
        starts = pairwise(chain([0], accumulate(self._sizes.values())))
        self._places = dict(zip(self._sizes, starts, strict=True))
        self._file = file
        self._base = base

    def __contains__(self, path: str) -> bool:
        """Tell whether a note has rows."""
        return path in self._places

    def read(self, path: str) -> tuple[list[Row], Splice]:
        """Return the rows of a note, and where they stand.

        Raises:
            OSError, ValueError, KeyError, TypeError: there are none, or others than was noted.

        """
        start, end = self._places[path]
        with self._file.open("rb") as file:
            file.seek(start)
            written = file.read(end - start)
        begin, stop = self._find(path)
        _, columns, weights, _ = _parse(self._marks[begin:stop])
        if not {int}.issuperset(map(type, chain(columns, weights))):
            raise TypeError(path)
        return read_rows(written, columns, weights), Splice(start, end, written)

    def find_place(self, path: str) -> Splice:
        """Return where the rows of a note without any would stand."""
        following = min((name for name in self._places if name > path), default=None)
        start = self._places[following][0] if following is not None else sum(self._sizes.values())
        return Splice(start, start, b"")

    def _find(self, path: str) -> tuple[int, int]:
        """Return where the marks of a note stand, or would stand."""
        import orjson  # noqa: PLC0415 - as above

        if path in self._sizes:
            start = self._marks.index(b"[%b,[" % orjson.dumps(path))  # after a path in a list of names stands no list
            return start, self._marks.index(b"\n", start) + 1
        following = min((name for name in self._sizes if name > path), default=None)
        start = self._find(following)[0] if following is not None else len(self._marks)
        return start, start

    def find_notes(self, iri: str, most: int) -> list[str]:
        """Return the paths of notes in whose rows a resource of the scheme stands; no more than `most` and one."""
        import orjson  # noqa: PLC0415 - as above

        name = orjson.dumps(iri[len(self._base) :])
        found: list[str] = []
        at = self._marks.find(name)
        while at >= 0 and len(found) <= most:
            start, end = self._marks.rfind(b"\n", 0, at) + 1, self._marks.index(b"\n", at)
            found.append(_parse(self._marks[start:end])[0])
            at = self._marks.find(name, end)
        return found

    def renew(self, changed: Mapping[str, tuple[Sequence[Row], bytes]]) -> bytes:
        """Return the marks of the file in which some notes have other rows; given are these, and as written."""
        marks = self._marks
        places = [(self._find(path), path) for path in changed]
        for (start, end), path in sorted(places, reverse=True):  # the last first, so that the others stay
            rows = changed[path][0]
            marks = marks[:start] + (_mark(path, rows, self._base) if rows else b"") + marks[end:]
        sizes = {**self._sizes, **{path: len(written) for path, (_, written) in changed.items()}}
        return _render({path: size for path, size in sorted(sizes.items()) if size}, [marks])


def _parse(line: bytes) -> tuple[str, list[int], list[int], list[str]]:
    import orjson  # noqa: PLC0415 - as above

    path, columns, weights, about = orjson.loads(line)
    return path, columns, weights, about
