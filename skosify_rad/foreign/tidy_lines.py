"""Statements that begin in the first column, as serialisers write them: found without reading what lies between.

Cutting a text into statements takes as long as parsing it; this takes a tenth. Whatever is not found so is looked for
by `turtle_lines` in full.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

_PREFIX: Final = re.compile(r"^@?(?:prefix[ \t]+([^\s:]*):[ \t]*<([^<>\\\s]*)>|base\b)", re.IGNORECASE | re.MULTILINE)
_NAME: Final = re.compile(r"^(?:<[^<>\s]*>|[^\s\"'<>#@;,.\[\](){}][^\s\"'<>]*)(?=\s)", re.MULTILINE)
LONG_STRING: Final = r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""' + r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
"""A string in three quotes, unrolled: a character at a time, megabytes take seconds."""
_LONG: Final = re.compile(LONG_STRING, re.DOTALL)


class TidyLines:
    """Where the statements of a tidy Turtle text begin, by subject."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.prefixes: dict[str, str] = {}
        """Prefix -> namespace."""
        is_tidy = True
        for match in _PREFIX.finditer(text):
            prefix, namespace = match[1], match[2]
            is_tidy &= prefix is not None and self.prefixes.setdefault(prefix, namespace) == namespace
        self._names: dict[str, list[int]] = {}
        self._starts: list[int] = []
        for match in _NAME.finditer(text) if is_tidy else ():
            self._starts.append(match.start())
            self._names.setdefault(match[0], []).append(match.start())
        has_long = '"""' in text or "'''" in text
        self._long = [match.span() for match in _LONG.finditer(text)] if has_long else []

    def find(self, subject: str) -> Iterator[tuple[int, int, int]]:
        """Yield where statements about a subject begin, where its name ends, and what they do not go beyond."""
        names = [subject if subject.startswith("_:") else f"<{subject}>"]
        names += [p + ":" + subject[len(n) :] for p, n in self.prefixes.items() if subject.startswith(n)]
        for name in names:
            for start in self._names.get(name, ()):
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
