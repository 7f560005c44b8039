"""What one note says, and how it is written down: as data that knows which mention stands where.

Readings are kept from run to run (`cache`).
"""

import sys
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from skosify_rad.model.diagnostic_rows import read_row, write_row
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.statements import Mention, Statement


class Reading(NamedTuple):
    """What one note says, and what it had to ask."""

    statements: list[Statement]
    """In its own words."""
    diagnostics: list[Diagnostic]
    """What was wrong."""
    known: frozenset[str]
    """Names, folded, of which it had to know that the vault knows them."""
    unknown: frozenset[str]
    """Names, folded, of which it had to know that the vault does not."""


def write_reading(reading: Reading, path: str) -> bytes | None:
    """Return a reading as JSON; None where it cannot be written as such: half a UTF-16 pair, a place in another note.

    Texts, sections and mentions stand in tables: a note says most of its words several times, resolving tells mentions
    by identity, and a parent stands before its children.
    """
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    tables = _Tables(path)
    try:
        statements = [tables.write_statement(s) for s in reading.statements]
        diagnostics = [write_row(d) for d in reading.diagnostics]
        asked = sorted(reading.known), sorted(reading.unknown)
        return orjson.dumps(
            [*asked, list(tables.texts), list(tables.sections), tables.mentions, statements, diagnostics]
        )
    except (ValueError, orjson.JSONEncodeError):
        return None


_Key = TypeVar("_Key")


class _Numbers(dict[_Key, int]):
    """What stands in a table -> its number, given when it is first met."""

    def __missing__(self, key: _Key) -> int:
        self[key] = number = len(self)
        return number


class _Tables:
    """What the statements of a note refer to by number."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.texts: _Numbers[str] = _Numbers()
        self.sections: _Numbers[tuple[int, ...]] = _Numbers()
        self.mentions: list[list[object]] = []
        self._numbers: dict[int, int] = {}
        """Identity of a mention -> its number."""

    def write_statement(self, statement: Statement) -> list[object]:
        """Return a statement as a row; where its object is a literal, the number of the text stands there inverted."""
        subject, predicate, target, place, section, rule, written, weight, remark, reasons, confidence = statement
        meant = self._write_mention(target) if isinstance(target, Mention) else ~self.texts[target]
        headings = self.sections[self._write_texts(section)]
        words = self._write_texts((predicate, rule, written, remark, *reasons))
        place_row = _write_place(place, self._path)
        return [self._write_mention(subject), meant, *place_row, headings, weight, confidence, *words]

    def _write_mention(self, mention: Mention) -> int:
        """Return a mention's number, having put it and what it is a kind of into the table, without recursion."""
        pending: list[Mention] = []
        above: Mention | None = mention
        while above is not None and id(above) not in self._numbers:
            pending.append(above)
            above = above.parent
        for one in reversed(pending):
            words, place, link, note, parent, kind, others, notation = one
            if note not in ("", self._path):
                raise ValueError(note)
            number = self._numbers[id(parent)] if parent is not None else -1
            texts = self._write_texts((words, link, kind, notation, *others))
            self._numbers[id(one)] = len(self.mentions)
            self.mentions.append([*_write_place(place, self._path), note == self._path, number, *texts])
        return self._numbers[id(mention)]

    def _write_texts(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple([self.texts[text] for text in texts])


def _write_place(place: Place, path: str) -> tuple[int, int]:
    if place.path != path:
        raise ValueError(place.path)
    return place.line, place.column


def read_reading(data: bytes, path: str) -> Reading:
    """Return a reading from what was written down.

    Raises:
        ValueError, KeyError, IndexError, TypeError: it is none.

    """
    import orjson  # noqa: PLC0415 - as above

    known, unknown, strings, numbered, rows, statements, diagnostics = orjson.loads(data)
    texts = [sys.intern(text) for text in strings]  # one in memory, in however many notes it stands
    sections = [tuple([texts[number] for number in section]) for section in numbered]
    mentions: list[Mention] = []
    for line, column, own, number, words, link, kind, notation, *others in rows:
        parent = mentions[number] if number >= 0 else None
        names = tuple([texts[other] for other in others]) if others else ()
        note = path if own else ""
        place = Place(path, line, column)
        mentions.append(Mention(texts[words], place, texts[link], note, parent, texts[kind], names, texts[notation]))
    return Reading(
        [
            Statement(
                mentions[subject],
                texts[predicate],
                mentions[target] if target >= 0 else texts[~target],
                Place(path, line, column),
                sections[section],
                texts[rule],
                texts[written],
                weight,
                texts[remark],
                tuple([texts[reason] for reason in reasons]),
                confidence,
            )
            for subject, target, line, column, section, weight, confidence, *words in statements
            for predicate, rule, written, remark, *reasons in (words,)
        ],
        [read_row(row) for row in diagnostics],
        frozenset(known),
        frozenset(unknown),
    )
