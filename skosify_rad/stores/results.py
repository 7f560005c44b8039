"""What a SPARQL endpoint answers, parsed by pyoxigraph."""

from __future__ import annotations

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.stores.base import QueryResult


def parse_result(content: bytes, content_type: str, name: str) -> QueryResult:
    """Return an answer by its media type.

    Raises:
        TargetError: it is none that SPARQL knows, or broken off.

    """
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    media_type = content_type.partition(";")[0].strip()
    table = ox.QueryResultsFormat.from_media_type(media_type)
    syntax = ox.RdfFormat.from_media_type(media_type)
    try:
        if table is not None:
            return read_solutions(ox.parse_query_results(content, format=table))
        if syntax is not None:
            return QueryResult(triples=tuple(quad.triple for quad in ox.parse(content, format=syntax)))
    except (ValueError, SyntaxError) as error:
        raise TargetError(f"{name}: its answer cannot be read: {error}") from error
    raise TargetError(f"{name}: answered with {media_type or 'no media type'}; is this a SPARQL endpoint?")


def read_solutions(result: object) -> QueryResult:
    """Return a result of pyoxigraph as a value."""
    import pyoxigraph as ox  # noqa: PLC0415 - loaded by those who load

    if isinstance(result, ox.QueryBoolean):
        return QueryResult(answer=bool(result))
    if isinstance(result, ox.QueryTriples):
        return QueryResult(triples=tuple(result))
    assert isinstance(result, ox.QuerySolutions)
    variables = tuple(variable.value for variable in result.variables)
    if variables == ("__ASK_RETVAL",):  # Virtuoso's way to say yes or no
        return QueryResult(answer=any(getattr(row[0], "value", "0") != "0" for row in result))
    return QueryResult(variables, tuple(tuple(row[name] for name in variables) for row in result))


def first_number(result: QueryResult) -> int:
    """Return the number that a counting query gave.

    Raises:
        TargetError: it gave none.

    """
    try:
        return int(getattr(result.rows[0][0], "value", ""))
    except (IndexError, ValueError) as error:
        raise TargetError("the server did not answer a count with a number") from error
