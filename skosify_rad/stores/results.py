"""Parse SPARQL results with pyoxigraph."""

from __future__ import annotations

import pyoxigraph as ox

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores.store import QueryResult


def parse_result(content: bytes, content_type: str, name: str) -> QueryResult:
    """Parse the body of an answer according to its media type.

    Raises:
        TargetError: The media type is not one of SPARQL's, or the body is malformed.

    """
    media_type = content_type.partition(";")[0].strip()
    table = ox.QueryResultsFormat.from_media_type(media_type)
    syntax = ox.RdfFormat.from_media_type(media_type)
    try:
        if table is not None:
            return convert_result(ox.parse_query_results(content, format=table))
        if syntax is not None:
            return QueryResult(triples=tuple(quad.triple for quad in ox.parse(content, format=syntax)))
    except (ValueError, SyntaxError) as error:
        raise TargetError(f"{name}: malformed answer: {error}") from error
    raise TargetError(f"{name}: answered with {media_type or 'no media type'}; is this a SPARQL endpoint?")


def convert_result(result: object) -> QueryResult:
    """Return a result of pyoxigraph as a QueryResult."""
    if isinstance(result, ox.QueryBoolean):
        return QueryResult(answer=bool(result))
    if isinstance(result, ox.QueryTriples):
        return QueryResult(triples=tuple(result))
    assert isinstance(result, ox.QuerySolutions)
    variables = tuple(variable.value for variable in result.variables)
    if variables == ("__ASK_RETVAL",):  # how Virtuoso answers ASK
        return QueryResult(answer=any(getattr(row[0], "value", "0") != "0" for row in result))
    return QueryResult(variables, tuple(tuple(row[name] for name in variables) for row in result))


def read_count(result: QueryResult) -> int:
    """Return the number that a COUNT query returned.

    Raises:
        TargetError: The result is not a number.

    """
    try:
        return int(getattr(result.rows[0][0], "value", ""))
    except (IndexError, ValueError) as error:
        raise TargetError("the server did not answer a COUNT query with a number") from error
