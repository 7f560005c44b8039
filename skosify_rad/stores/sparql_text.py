"""RDF terms and triples as SPARQL and N-Triples text, escaped by pyoxigraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable


def iri(text: str) -> str:
    """Return an IRI in angle brackets.

    Raises:
        ConfigError: The text is not a valid IRI.

    """
    try:
        return str(ox.NamedNode(text))
    except ValueError as error:
        raise ConfigError(f"{text!a} is not a valid IRI: {error}") from error


_NOT_A_KEYWORD: Final = re.compile(r"""<[^<>"{}|^`\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*""")
_FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


def query_form(text: str) -> str:
    r"""Return the form of a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE. Return "" if it has none.

    >>> query_form("# SELECT\nPREFIX a: <http://a/#ask> construct { ?s ?p ?o } WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    found = _FORM.search(_NOT_A_KEYWORD.sub(" ", text))
    return found[1].upper() if found else ""


def to_lines(triples: Iterable[ox.Triple]) -> list[bytes]:
    r"""Return triples as N-Triples lines, without line ends.

    >>> to_lines([ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("a\nb"))])
    [b'<urn:s> <urn:p> "a\\nb" .']
    """
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()


def join_lines(lines: Iterable[bytes]) -> bytes:
    """Return lines as an N-Triples document."""
    return b"\n".join((*lines, b""))
