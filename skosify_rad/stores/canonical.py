"""One hash for one graph, whatever store it comes back from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from skosify_rad.model.namespaces import XSD
from skosify_rad.stores.terms import write_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

_INTEGERS: Final = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
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
    normalise = _NORMAL_FORMS.get(datatype.removeprefix(XSD.NS))
    if normalise is None:
        return value
    try:
        return normalise(value.strip())
    except (ValueError, ArithmeticError):  # the value is none of its type; stores keep it as it is
        return value


def _write_decimal(text: str) -> str:
    number = Decimal(text)
    return format(number.normalize() if number else Decimal(0), "f")


_NORMAL_FORMS: Final[dict[str, Callable[[str], str]]] = {
    **dict.fromkeys(_INTEGERS, lambda text: str(int(text))),
    **dict.fromkeys(("double", "float"), lambda text: repr(float(text))),
    "decimal": _write_decimal,
    "boolean": lambda text: _BOOLEANS.get(text, text),
    "dateTime": lambda text: re.sub(r"\+00:00\Z", "Z", text),
}
"""Local name of the datatype -> the one form of its values."""
