"""Terms as SPARQL and N-Triples write them, by pyoxigraph: nothing is pasted into a query unescaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox


def iri(text: str) -> str:
    """Return an IRI in angle brackets.

    Raises:
        ConfigError: it is none.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    try:
        return str(ox.NamedNode(text))
    except ValueError as error:
        raise ConfigError(f"{text!a} is not a valid IRI: {error}") from error


def literal(text: str) -> str:
    r"""Return a plain literal in quotes.

    >>> print(literal('say "no"'))
    "say \"no\""
    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    return str(ox.Literal(text))


_NOT_A_WORD: Final = re.compile(r"""<[^<>"{}|^`\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*""")
_FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


def query_form(text: str) -> str:
    r"""Return which of the four kinds of query this is, empty where it is none.

    >>> query_form("# SELECT\nPREFIX a: <http://a/#ask> construct { ?s ?p ?o } WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    found = _FORM.search(_NOT_A_WORD.sub(" ", text))
    return found[1].upper() if found else ""


def write_lines(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as N-Triples."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
