"""Limits on RDF files, checked before the parser sees them: it would crash or use all memory.

Each limit is stated in docs/limits.md.
"""

import re
from collections import Counter
from itertools import accumulate
from typing import Final

MAX_BYTES: Final = 2_000_000_000
"""Bytes of a file."""
MAX_NESTING: Final = 200
"""Objects and arrays of JSON-LD inside each other: the parser recurses, and 4,000 levels overflow its stack."""
MAX_ENTITY: Final = 10_000
"""Bytes of one XML entity, expanded. Namespaces, for which RDF/XML uses entities, are shorter."""
MAX_ENTITIES: Final = 16_000_000
"""Bytes of all entities of a document, expanded, beside ten times its size."""
MAX_LITERAL: Final = 1_000_000
"""Characters of one literal."""

_STEPS: Final = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
_NOT_JSON_MARKS: Final = bytes(set(range(256)) - set(b'{}[]"'))
_JSON_STRING: Final = re.compile(rb'"[^"]*"')
_ENTITY: Final = re.compile(rb"""<!ENTITY\s+([^\s"'%>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\b[^>]*)\s*>""")
_PARAMETER_ENTITY: Final = re.compile(rb"<!ENTITY\s+%\s")
_REFERENCE: Final = re.compile(rb"&([^\s;&#<>]+);")


def check_limits(data: bytes, syntax: str) -> None:
    """Check a file before it is parsed; `syntax` is pyoxigraph's name in capitals.

    Raises:
        ValueError: It exceeds a limit; the message says which.

    """
    if syntax == "JSON_LD" and data.count(b"{") + data.count(b"[") > MAX_NESTING:
        _check_nesting(data)
    if syntax == "RDF_XML" and b"<!ENTITY" in data:
        _check_entities(data)


def _check_nesting(data: bytes) -> None:
    plain = data.replace(b"\\\\", b"").replace(b'\\"', b"")  # so that every quotation mark left ends a string
    marks = _JSON_STRING.sub(b"", plain.translate(None, _NOT_JSON_MARKS))
    if max(accumulate(_STEPS.get(mark, 0) for mark in marks), default=0) > MAX_NESTING:
        raise ValueError(f"JSON-LD is nested more than {MAX_NESTING} deep")


def _check_entities(data: bytes) -> None:
    """Compute the expanded sizes of the entities without expanding any."""
    texts = {match[1]: match[2] or match[3] or b"" for match in _ENTITY.finditer(data)}
    if len(_ENTITY.findall(data)) < data.count(b"<!ENTITY") or _PARAMETER_ENTITY.search(data):
        raise ValueError('an XML entity declaration is not understood; only <!ENTITY name "text"> is read')
    sizes: dict[bytes, int] = {}
    for name, text in texts.items():  # one may use only those before it: nobody writes them otherwise
        used = _REFERENCE.findall(text)
        if any(other in texts and other not in sizes for other in used):
            raise ValueError(f"the XML entity {_show(name)} uses one that is declared after it")
        sizes[name] = len(text) + sum(sizes.get(other, 1) for other in used)
        if sizes[name] > MAX_ENTITY:
            raise ValueError(f"the XML entity {_show(name)} is longer than {MAX_ENTITY:,} bytes")
    used_often = Counter(_REFERENCE.findall(data))
    if sum(sizes.get(name, 0) * times for name, times in used_often.items()) > MAX_ENTITIES + 10 * len(data):
        raise ValueError(
            f"the XML entities expand to more than {MAX_ENTITIES:,} bytes beside ten times the file's size"
        )


def _show(name: bytes) -> str:
    return name.decode(errors="replace")[:40]
