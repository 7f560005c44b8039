"""Canonical N-Triples and their hash, to compare a graph with the copy that a store returns."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from skosify_rad.model.namespaces import XSD
from skosify_rad.stores.sparql_text import join_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_INTEGERS: Final = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)
_BOOLEANS: Final = {"1": "true", "0": "false", "true": "true", "false": "false"}
_DATATYPE: Final = f"^^<{XSD.NS}".encode()
_TYPED: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"\^\^<([^>]*)> \.\Z')


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The identity of a graph: equal fingerprints mean equal graphs."""

    digest: str
    """SHA-256 of the sorted canonical N-Triples: RDFC-1.0 for a graph without blank nodes."""
    triples: int
    """Number of triples; triples that differ only in the lexical form of a value count once."""


def fingerprint(lines: Iterable[bytes]) -> Fingerprint:
    """Return the fingerprint of canonical lines.

    Source: https://www.w3.org/TR/rdf-canon/.
    """
    ordered = sorted(set(lines))
    return Fingerprint(hashlib.sha256(join_lines(ordered)).hexdigest(), len(ordered))


def canonical_lines(lines: Iterable[bytes]) -> set[bytes]:
    """Return N-Triples lines with numbers, booleans and dateTimes in their canonical lexical form."""
    return {_canonical_line(line) if _DATATYPE in line else line for line in lines}


def _canonical_line(line: bytes) -> bytes:
    typed = _TYPED.search(line)
    if not typed:
        return line
    value = canonical_value(typed[1].decode(), typed[2].decode())
    return line[: typed.start(1)] + value.encode() + line[typed.end(1) :]


def canonical_value(value: str, datatype: str) -> str:
    """Return the canonical lexical form of a value, or the value itself if stores never rewrite its datatype.

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
    except (ValueError, ArithmeticError):  # ill-typed: stores keep the value unchanged
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
"""Local name of an XSD datatype -> the function that returns a value's canonical lexical form."""
