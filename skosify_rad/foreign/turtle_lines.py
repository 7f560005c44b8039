"""Where a triple stands in Turtle, TriG, N-Triples or N-Quads.

One pass cuts the text into statements and notes their subjects; a statement is read in full only when asked for.
What this reader cannot follow costs a line number, never a finding: the graph itself comes from pyoxigraph.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from skosify_rad.statements import Literal, Term, Triple
from skosify_rad.vocab import RDF, XSD

_LONG: Final = r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
_STRING: Final = _LONG + r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'"
_IRI: Final = r'<[^<>"{}|^`\x00-\x20]*>'
_SKELETON: Final = re.compile(rf"{_STRING}|{_IRI}|#[^\n]*|(?P<end>\.(?=[\s#}}]|$)|[{{}}])", re.DOTALL)
"""What may hold a dot that ends nothing, and the dots and braces that do end something."""
_NAME: Final = r"(?:[^\W\d_][\w.-]*)?:(?:[\w:.%-]|\\.)*"
_LEAD: Final = re.compile(r"(?:\s+|#[^\n]*)*")
_DIRECTIVE: Final = re.compile(rf"@?(?:prefix\s+([^\s:]*):\s*|base\s*)({_IRI})", re.IGNORECASE)
_TOKEN: Final = re.compile(
    rf"(?P<skip>\s+|#[^\n]*)|(?P<string>{_STRING})|(?P<iri>{_IRI})|(?P<tag>@[A-Za-z][\w-]*)|(?P<type>\^\^)"
    rf"|(?P<mark>[;,\[\]().{{}}])|(?P<name>{_NAME})|(?P<word>[^\s;,\[\]()<>\"']+)",
    re.DOTALL,
)
_BLANK: Final = "_:"
"""Stands for what is written in brackets."""
_KEPT: Final = 2000
"""Subjects whose statements are kept as read."""
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class TurtleLines:
    """The statements of a Turtle text, by subject."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._statements: dict[str, list[tuple[int, int, int]]] = {}
        self._read_so_far: dict[str, dict[tuple[str, Term], int]] = {}
        start = 0
        for match in _SKELETON.finditer(text):
            if match.lastgroup == "end":
                self._add(start, match.start())
                start = match.end()

    def _add(self, start: int, end: int) -> None:
        """Note a statement; the directives before it, with or without a dot, take effect."""
        text = self._text
        start = self._skip(start, end)
        while directive := _DIRECTIVE.match(text, start, end):
            iri = urljoin(self._base, directive[2][1:-1])
            if directive[1] is None:
                self._base = iri
            else:
                self._prefixes[directive[1]] = iri
            start = self._skip(directive.end(), end)
        token = _TOKEN.match(text, start, end)
        if token and token.lastgroup in ("iri", "name"):
            self._statements.setdefault(self._expand(token), []).append((start, token.end(), end))

    def _skip(self, start: int, end: int) -> int:
        lead = _LEAD.match(self._text, start, end)
        return lead.end() if lead else start

    def _expand(self, token: re.Match[str]) -> str:
        if token.lastgroup == "iri":
            return urljoin(self._base, _unescape(token[0][1:-1])) if ":" not in token[0] else _unescape(token[0][1:-1])
        prefix, _, local = token[0].partition(":")
        return self._prefixes.get(prefix, prefix + ":") + _ESCAPE.sub(lambda m: m[3] or m[0], local)

    def find(self, triple: Triple) -> int | None:
        """Return the offset of the triple's object, else of its subject, else None."""
        statements = self._statements.get(triple.subject)
        if statements is None:
            return None
        is_blank = isinstance(triple.object, str) and triple.object.startswith(_BLANK)
        term = _BLANK if is_blank else triple.object
        if triple.subject not in self._read_so_far:
            if len(self._read_so_far) >= _KEPT:
                self._read_so_far.clear()
            self._read_so_far[triple.subject] = self._index(triple.subject)
        return self._read_so_far[triple.subject].get((triple.predicate, term), statements[0][0])

    def _index(self, subject: str) -> dict[tuple[str, Term], int]:
        index: dict[tuple[str, Term], int] = {}
        for _, body, end in self._statements[subject]:
            for predicate, term, offset in self._read(body, end):
                index.setdefault((predicate, term), offset)
        return index

    def _read(self, start: int, end: int) -> Iterator[tuple[str, Term, int]]:
        """Yield predicate, object and the object's offset; what stands in brackets is passed over."""
        predicate, depth = "", 0
        tokens = [t for t in _TOKEN.finditer(self._text, start, end) if t.lastgroup != "skip"]
        for index, token in enumerate(tokens):
            kind, mark = token.lastgroup, token[0]
            if kind == "mark":
                if mark in "[(" and depth == 0 and predicate:
                    yield predicate, _BLANK, token.start()
                depth += (mark in "[(") - (mark in "])")
                predicate = "" if mark == ";" and depth == 0 else predicate
            elif depth or kind in ("tag", "type") or (index and tokens[index - 1].lastgroup == "type"):
                continue
            elif not predicate:
                predicate = RDF.type if mark == "a" else self._expand(token) if kind in ("iri", "name") else mark
            else:
                yield predicate, self._read_term(tokens, index), token.start()

    def _read_term(self, tokens: list[re.Match[str]], index: int) -> Term:
        token = tokens[index]
        if token.lastgroup in ("iri", "name"):
            return self._expand(token)
        if token.lastgroup == "word":
            word = token[0]
            kind = "boolean" if word in ("true", "false") else "integer" if word.lstrip("+-").isdigit() else "decimal"
            return Literal(word, datatype=XSD.NS + kind)
        quotes = 3 if token[0][:3] in ('"""', "'''") else 1
        value = _unescape(token[0][quotes:-quotes])
        following = tokens[index + 1 : index + 3]
        if following and following[0].lastgroup == "tag":
            return Literal(value, following[0][0][1:].lower())
        if len(following) > 1 and following[0].lastgroup == "type":
            datatype = self._expand(following[1])
            return Literal(value, datatype="" if datatype == XSD.string else datatype)
        return Literal(value)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)
