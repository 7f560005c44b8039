"""One hash for one graph, whatever store it comes back from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from skosify_rad.targets.terms import write_lines
from skosify_rad.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

_INTEGERS: Final = frozenset(
    XSD.NS + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
        *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_BOOLEANS: Final = {"1": "true", "0": "false", "true": "true", "false": "false"}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a graph is, for comparing."""

    digest: str
    """SHA-256 of the sorted canonical N-Triples: RDFC-1.0 for a graph without blank nodes."""
    triples: int
    """Number of triples, those that say the same value in two forms counted once."""


_TYPED: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"\^\^<([^>]*)> \.\Z')


def fingerprint(lines: Iterable[bytes]) -> Fingerprint:
    """Return the fingerprint of canonical lines.

    Source: https://www.w3.org/TR/rdf-canon/.
    """
    ordered = sorted(set(lines))
    return Fingerprint(hashlib.sha256(b"".join(line + b"\n" for line in ordered)).hexdigest(), len(ordered))


def canonical_lines(triples: Iterable[ox.Triple]) -> set[bytes]:
    """Return the triples as N-Triples lines; numbers, truth values and times in one form of each value."""
    lines = write_lines(triples).split(b"\n")
    namespace = f"^^<{XSD.NS}".encode()
    return {_canonical_line(line) if namespace in line else line for line in lines if line}


def _canonical_line(line: bytes) -> bytes:
    typed = _TYPED.search(line)
    if not typed:
        return line
    value = canonical_value(typed[1].decode(), typed[2].decode())
    return line[: typed.start(1)] + value.encode() + line[typed.end(1) :]


def canonical_value(value: str, datatype: str) -> str:
    """Return the one form of a value that stores write in several, as 01 and 1; others as they are.

    >>> canonical_value("01", "http://www.w3.org/2001/XMLSchema#integer")
    '1'
    >>> canonical_value("1.50", "http://www.w3.org/2001/XMLSchema#decimal")
    '1.5'
    """
    text = value.strip()
    try:
        if datatype in _INTEGERS:
            return str(int(text))
        if datatype == XSD.NS + "decimal":
            number = Decimal(text)
            return format(number.normalize() if number else Decimal(0), "f")
        if datatype in (XSD.NS + "double", XSD.NS + "float"):
            return repr(float(text))
    except (ValueError, InvalidOperation):
        return value
    if datatype == XSD.boolean:
        return _BOOLEANS.get(text, value)
    if datatype == XSD.NS + "dateTime" and text.endswith("+00:00"):
        return text[:-6] + "Z"
    return value
