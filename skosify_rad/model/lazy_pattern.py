"""Regular expressions that are compiled when they are first used: a command pays only for the patterns it needs."""

import re
from typing import Any, cast


class _LazyPattern:
    """Stands in for a compiled pattern; the methods of `re.Pattern` work once it is asked for one of them."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever `re.Pattern` has
        """Compile the pattern and keep the attribute, so that later uses cost no more than those of `re.Pattern`."""
        value = getattr(re.compile(*self._arguments), name)  # `re` caches the compiled pattern
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return a pattern that is compiled on first use. Call its methods; functions of `re` do not accept it.

    A syntax error in the pattern shows on first use, so each lazy pattern needs a test that uses it.

    >>> lazy_pattern(r"\d+").findall("T10 to L2")
    ['10', '2']
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
