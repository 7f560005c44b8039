"""Statements that begin in the first column, as serialisers write them: found without reading what lies between.

Cutting a text into statements takes as long as parsing it; this takes a tenth. Whatever is not found so is looked for
by `turtle_lines` in full.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

_PREFIX: Final = re.compile(r"\n@?(?:prefix[ \t]+([^\s:]*):[ \t]*<([^<>\\\s]*)>|base\b)", re.IGNORECASE)
"""A directive, and the line's end before it: that is looked for at the speed of C, the begin of a line is not."""
_NAME: Final = re.compile(r"\n(<[^<>\s]*>|[^\s\"'<>#@;,.\[\](){}][^\s\"'<>]*)(?=\s)")
"""A subject, likewise."""
LONG_STRING: Final = r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""' + r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
"""A string in three quotes, unrolled: a character at a time, megabytes take seconds."""
_LONG: Final = re.compile(LONG_STRING, re.DOTALL)


class TidyLines:
    """Where the statements of a tidy Turtle text begin, by subject."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.prefixes: dict[str, str] = {}
        """Prefix -> namespace."""
        is_tidy, lines = True, "\n" + text  # so that an offset in one is that of the line's end before it in the other
        for match in _PREFIX.finditer(lines):
            prefix, namespace = match[1], match[2]
            is_tidy &= prefix is not None and self.prefixes.setdefault(prefix, namespace) == namespace
        found = [(match[1], match.start()) for match in _NAME.finditer(lines)] if is_tidy else []
        self._starts = [start for _, start in found]
        self._names = dict(found)
        self._others: dict[str, list[int]] = {}
        if len(self._names) < len(found):  # some have several
            for name, start in found:
                if self._names[name] != start:
                    self._others.setdefault(name, []).append(start)
        has_long = '"""' in text or "'''" in text
        self._long = [match.span() for match in _LONG.finditer(text)] if has_long else []

    def find(self, subject: str) -> Iterator[tuple[int, int, int]]:
        """Yield where statements about a subject begin, where its name ends, and what they do not go beyond."""
        names = [subject if subject.startswith("_:") else f"<{subject}>"]
        names += [p + ":" + subject[len(n) :] for p, n in self.prefixes.items() if subject.startswith(n)]
        for name in names:
            for start in (*self._others.get(name, ()), *((self._names[name],) if name in self._names else ())):
                if self._begins(start):
                    following = bisect_right(self._starts, start)
                    last = self._starts[following] if following < len(self._starts) else len(self._text)
                    yield start, start + len(name), last

    def _begins(self, start: int) -> bool:
        """Tell whether a statement ends before a place, and no long string goes on there."""
        index = bisect_right(self._long, (start, start)) - 1
        if index >= 0 and start < self._long[index][1]:
            return False
        before = start - 1
        while before >= 0 and self._text[before].isspace():
            before -= 1
        return before < 0 or self._text[before] in ".{}"
