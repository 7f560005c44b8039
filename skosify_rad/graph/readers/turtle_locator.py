"""Find a triple in a text in Turtle, TriG, N-Triples or N-Quads.

Statements that start in the first column are found directly; otherwise one pass splits the text into statements by
subject. A statement is parsed only on demand, and only as far as needed. pyoxigraph reads the graph itself, so that
text this locator cannot parse costs a line number, never a finding.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from skosify_rad.graph.readers.iris import resolve_iri
from skosify_rad.graph.readers.turtle_outline import LONG_STRING, TurtleOutline
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import RDF, XSD
from skosify_rad.model.statements import Literal, Term, Triple

_STRING: Final = LONG_STRING + r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"' + r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
_IRI: Final = r'<[^<>"{}|^`\x00-\x20]*>'
_STATEMENT_END: Final = lazy_pattern(rf"{_STRING}|{_IRI}|#[^\n]*|(?P<end>\.(?=[\s#}}]|$)|[{{}}])", re.DOTALL)
"""Tokens in which a dot ends nothing, and the dots and braces that end a statement."""
_NAME: Final = r"(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\.+(?=[\w:%-])|\\.)*"
_LEAD: Final = lazy_pattern(r"(?:\s+|#[^\n]*)*")
_DIRECTIVE: Final = lazy_pattern(rf"@?(?:prefix\s+([^\s:]*):\s*|base\s*)({_IRI})", re.IGNORECASE)
_TOKEN: Final = lazy_pattern(
    rf"(?P<skip>\s+|#[^\n]*)|(?P<string>{_STRING})|(?P<iri>{_IRI})|(?P<tag>@[A-Za-z][\w-]*)|(?P<type>\^\^)"
    rf"|(?P<mark>[;,\[\]().{{}}])|(?P<name>{_NAME})|(?P<word>[^\s;,\[\]()<>\"']+)",
    re.DOTALL,
)
_BLANK: Final = "_:"
"""Any blank node."""
_LONG_STATEMENT: Final = 10_000
"""From this many characters on, the parsed statements of a subject are kept: it will be needed again and again."""
_Statement = tuple[int, int, int]
"""Start of a statement, end of its subject, and a limit for its end."""
_ESCAPE: Final = lazy_pattern(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class TurtleLocator:
    """The statements of a Turtle text, by subject."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._outline = TurtleOutline(text)
        self._prefixes = dict(self._outline.prefixes)
        self._found: dict[str, list[_Statement]] = {}
        self._is_split = False
        self._parsed: dict[str, dict[tuple[str, Term], list[int]]] = {}
        self._sought: set[str] = set()

    def _split(self) -> None:
        """Split the whole text into statements by subject."""
        self._is_split, start = True, 0
        self._parsed.clear()
        for match in _STATEMENT_END.finditer(self._text):
            if match.lastgroup == "end":
                self._add(start, match.start())
                start = match.end()

    def _add(self, start: int, end: int) -> None:
        """Add a statement, after applying the directives before it (with or without a dot)."""
        text = self._text
        start = self._skip(start, end)
        while directive := _DIRECTIVE.match(text, start, end):
            iri = resolve_iri(self._base, directive[2][1:-1])
            if directive[1] is None:
                self._base = iri
            else:
                self._prefixes[directive[1]] = iri
            start = self._skip(directive.end(), end)
        token = _TOKEN.match(text, start, end)
        if token and (token.lastgroup in ("iri", "name") or token[0].startswith(_BLANK)):
            self._found.setdefault(self._expand(token), []).append((start, token.end(), end))

    def _skip(self, start: int, end: int) -> int:
        lead = _LEAD.match(self._text, start, end)
        return lead.end() if lead else start

    def _expand(self, token: re.Match[str]) -> str:
        if token.lastgroup == "iri":
            return resolve_iri(self._base, _unescape(token[0][1:-1]))
        prefix, _, local = token[0].partition(":")
        if prefix == "_":
            return token[0]
        return self._prefixes.get(prefix, prefix + ":") + _ESCAPE.sub(lambda m: m[3] or m[0], local)

    def find(self, triple: Triple, nth: int = 0) -> tuple[int, bool] | None:
        """Return (offset of the triple's object, True), else (offset of its subject, False), else None.

        If the object is a blank node, `nth` selects among the property's blank nodes there.
        """
        is_blank = isinstance(triple.object, str) and triple.object.startswith(_BLANK)
        wanted = triple.predicate, _BLANK if is_blank else triple.object, nth
        found = self._seek(triple.subject, wanted)
        if found is None and not self._is_split:
            self._split()
            found = self._seek(triple.subject, wanted)
        if found is not None:
            return found, True
        statements = self._found.get(triple.subject, [])
        return (statements[0][0], False) if statements else None

    def _seek(self, subject: str, wanted: tuple[str, Term, int]) -> int | None:
        """Return the offset of an object; a subject may have as many statements as the text has lines."""
        if subject not in self._parsed:
            is_new = subject not in self._sought
            self._sought.add(subject)
            statements = self._found.get(subject, []) if self._is_split else list(self._outline.find(subject))
            every = (row for _, body, end in statements for row in self._read(body, end))
            if is_new and sum(end - body for _, body, end in statements) < _LONG_STATEMENT:
                fitting = (offset for predicate, term, offset in every if (predicate, term) == wanted[:2])
                return next(islice(fitting, wanted[2], None), None)
            index = self._parsed[subject] = {}  # the second time an index is cheaper
            for predicate, term, offset in every:
                index.setdefault((predicate, term), []).append(offset)
        offsets = self._parsed[subject].get(wanted[:2], [])
        return offsets[wanted[2]] if wanted[2] < len(offsets) else None

    def _read(self, start: int, end: int) -> Iterator[tuple[str, Term, int]]:
        """Yield predicate, object and the object's offset; the content of brackets is skipped."""
        predicate, depth, last = "", 0, ""
        for token in _TOKEN.finditer(self._text, start, end):
            kind, before = token.lastgroup, last
            if kind == "skip":
                continue
            mark = token[0]
            last = kind or ""
            if kind == "mark":
                if mark in ".{}" and depth == 0:
                    return
                if mark in "[(" and depth == 0 and predicate:
                    yield predicate, _BLANK, token.start()
                depth += (mark in "[(") - (mark in "])")
                predicate = "" if mark == ";" and depth == 0 else predicate
            elif depth or kind in ("tag", "type") or before == "type":
                continue
            elif not predicate:
                predicate = RDF.type if mark == "a" else self._expand(token) if kind in ("iri", "name") else mark
            else:
                is_blank = mark.startswith(_BLANK)
                yield predicate, _BLANK if is_blank else self._read_term(token, end), token.start()

    def _read_term(self, token: re.Match[str], end: int) -> Term:
        if token.lastgroup in ("iri", "name"):
            return self._expand(token)
        if token.lastgroup == "word":
            word = token[0]
            kind = "boolean" if word in ("true", "false") else "integer" if word.lstrip("+-").isdigit() else "decimal"
            return Literal(word, datatype=XSD.NS + kind)
        quotes = 3 if token[0][:3] in ('"""', "'''") else 1
        value = _unescape(token[0][quotes:-quotes])
        after = _TOKEN.match(self._text, self._skip(token.end(), end), end)
        if after and after.lastgroup == "tag":
            return Literal(value, after[0][1:].lower())
        if after and after.lastgroup == "type":
            name = _TOKEN.match(self._text, self._skip(after.end(), end), end)
            datatype = self._expand(name) if name else ""
            return Literal(value, datatype="" if datatype == XSD.string else datatype)
        return Literal(value)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)
