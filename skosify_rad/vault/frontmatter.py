"""Front matter: the block between the first two `---` lines, as JSON or as YAML.

python-frontmatter parses the YAML. Splitting is done here, since it strips the body and loses line numbers.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from skosify_rad.model.lazy_pattern import lazy_pattern

_FENCE = lazy_pattern(r"---[ \t]*(?:\n|\Z)")
_CLOSE = lazy_pattern(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_YAML_KEY = lazy_pattern(r"\s*(?:#[^\n]*\n\s*)*[\"']?[\w.@-][^\n:]{0,100}:(?:\s|$)")

MAX_LENGTH = 262_144
"""Longer front matter (in characters) is not parsed: it is an attack or an accident."""

MAX_VALUES = 20_000
"""Front matter with more values is not used."""
_LARGEST = 10**30


class FrontMatter(NamedTuple):
    """The front matter of a note."""

    values: Mapping[str, Any]
    """Keys and values; empty if there are none or they are invalid."""
    body_start: int
    """Offset of the first character of the body."""
    problem: str = ""
    """Why it could not be read, in one line; empty if it could."""
    problem_line: int = 1
    """Line of the problem in the file, from 1."""


def parse_front_matter(text: str) -> FrontMatter:
    r"""Split and parse the front matter of a note.

    >>> parse_front_matter('---\n{"dg-publish":true}\n---\nText').values
    {'dg-publish': True}
    """
    fence = _FENCE.match(text)
    close = _CLOSE.search(text, fence.end() - 1) if fence else None
    if fence is None or close is None:
        return FrontMatter({}, 0)
    block = text[fence.end() : close.start() + 1]
    start = min(close.end() + 1, len(text))
    stripped = block.strip()
    if not stripped:
        return FrontMatter({}, start)
    if not stripped.startswith("{") and not _YAML_KEY.match(block):
        return FrontMatter({}, 0)  # a note that opens with a rule, not with front matter
    if len(block) > MAX_LENGTH:
        return FrontMatter({}, start, f"front matter is longer than {MAX_LENGTH} characters")
    return _parse_block(stripped, block, start)


def _parse_block(stripped: str, block: str, start: int) -> FrontMatter:
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    problem, line = "", 1
    if stripped.startswith("{"):
        try:
            return FrontMatter(orjson.loads(stripped), start)
        except orjson.JSONDecodeError as error:
            problem, line = f"not valid JSON: {error.msg}", error.lineno
    values, yaml_problem, yaml_line = _parse_yaml(block)
    if isinstance(values, dict):
        return FrontMatter({str(k): v for k, v in values.items()}, start)
    if not problem:
        problem, line = yaml_problem or "not a list of keys and values", yaml_line
    return FrontMatter({}, start, problem, line + 1)


def _parse_yaml(block: str) -> tuple[object, str, int]:
    import yaml  # noqa: PLC0415 - 15 ms, and many vaults have JSON only
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415

    try:
        values = YAMLHandler().load(block)
        _check_size(values)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, f"not valid YAML: {error.problem or error.context}", (mark.line + 1 if mark else 1)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        return None, f"not valid YAML: {str(error).splitlines()[0] if str(error) else type(error).__name__}", 1
    return values, "", 1


def _check_size(value: object) -> None:
    """Count the values with every alias written out, which a few lines can make too many.

    Raises:
        ValueError: There are more than MAX_VALUES, or a number has more than 30 digits.

    """
    pending, count = [value], 0
    while pending:
        value = pending.pop()
        count += 1
        if count + len(pending) > MAX_VALUES:
            raise ValueError(f"more than {MAX_VALUES:,} values, aliases written out")
        if isinstance(value, int) and abs(value) >= _LARGEST:
            raise ValueError("a number of more than 30 digits")
        if isinstance(value, dict):
            pending += [*value, *value.values()]
        elif isinstance(value, (list, tuple, set)):
            pending += value


def iso_date(value: object) -> str:
    """Return the ISO 8601 date at the start of a front-matter value; empty if there is none.

    >>> iso_date("2026-01-31T10:00:00"), iso_date("yesterday")
    ('2026-01-31', '')
    """
    text = str(value)[:10] if value else ""
    parts = text.split("-")
    valid = len(parts) == 3 and [len(p) for p in parts] == [4, 2, 2] and all(p.isascii() and p.isdigit() for p in parts)  # noqa: PLR2004
    return text if valid and 1 <= int(parts[1]) <= 12 and 1 <= int(parts[2]) <= 31 else ""  # noqa: PLR2004
