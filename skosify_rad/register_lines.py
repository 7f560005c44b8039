"""The register as a file, of which some lines are others after an edit."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from skosify_rad.identifiers import Entry, parse_entry
from skosify_rad.names import fold, slug
from skosify_rad.roles import Role
from skosify_rad.sketches import sketch
from skosify_rad.vault import Note

_GONE: Final = b',"state":"deprecated"'
"""Stands in the lines of what is gone, and in no text: there quotes have a backslash."""


def renew_sketches(data: bytes, notes: Iterable[Note]) -> bytes | None:
    """Return a register as a file with the sketches of notes as they are now; None where an entry cannot be told."""
    import orjson  # noqa: PLC0415 - as above

    for note in notes:
        if note.role not in (Role.CONCEPT, Role.LIST):
            continue
        mark = b'"label":' + orjson.dumps(note.title) + b',"state":"note"'  # stands in no text: it has bare quotes
        if data.count(mark) != 1:
            return None
        begin, end = data.rfind(b"\n", 0, data.index(mark)) + 1, data.index(b"\n", data.index(mark))
        entry = replace(parse_entry(orjson.loads(data[begin:end])), sketch=sketch(note))
        data = data[:begin] + orjson.dumps(entry.as_json()) + data[end:]
    return data


def add_stub(data: bytes, label: str) -> tuple[str, bytes] | None:
    """Return the identifier of a thing that nothing is called as, and a register as a file that has it.

    That of a thing that was called so and is gone, if it was one without a note; else a new one. None where several
    were, or the identifier is another's.
    """
    import orjson  # noqa: PLC0415 - as above

    gone = [entry for entry in list_gone(data) if fold(entry.label) == fold(label)]
    if gone:
        plain = len(gone) == 1 and not gone[0].id.startswith("collection/") and not gone[0].sketch
        back = replace(gone[0], label=label, state="stub", replaced_by="")
        return (back.id, _replace_line(data, back)) if plain else None
    identifier = slug(label)
    if not identifier or b'{"id":"%b",' % identifier.encode() in data:
        return None
    line = orjson.dumps(Entry(identifier, label, "stub").as_json()) + b"\n"
    at = _find_place(data, identifier.encode())
    return identifier, b"".join([data[:at], line, data[at:]])


def _find_place(data: bytes, identifier: bytes) -> int:
    """Return the offset of the line before which an identifier belongs; halved by bytes, the lines are not parted."""
    low, high = 0, len(data)
    while low < high:
        start = max(low, data.rfind(b"\n", 0, (low + high) // 2) + 1)
        if data[start + 7 : data.index(b'"', start + 7)] < identifier:
            low = data.index(b"\n", start) + 1
        else:
            high = start
    return low


def list_gone(data: bytes) -> list[Entry]:
    """Return what is no longer there; given is a register as a file."""
    import orjson  # noqa: PLC0415 - as above

    if _GONE not in data:
        return []
    return [parse_entry(orjson.loads(line)) for line in data.splitlines() if _GONE in line]


def deprecate_stub(data: bytes, identifier: str) -> bytes | None:
    """Return a register as a file in which a thing without a note is no longer there; None where it is none."""
    import orjson  # noqa: PLC0415 - as above

    begin = data.find(b'{"id":"%b",' % identifier.encode())
    entry = parse_entry(orjson.loads(data[begin : data.index(b"\n", begin)])) if begin >= 0 else None
    if entry is None or entry.state != "stub":
        return None
    return _replace_line(data, replace(entry, state="deprecated"))


def _replace_line(data: bytes, entry: Entry) -> bytes:
    import orjson  # noqa: PLC0415 - as above

    begin = data.index(b'{"id":"%b",' % entry.id.encode())
    return data[:begin] + orjson.dumps(entry.as_json()) + data[data.index(b"\n", begin) :]
