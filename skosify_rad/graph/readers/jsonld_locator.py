"""Find a triple in a JSON-LD text: the object by its identifier, the key by the last part of the property's IRI."""

import json
import re
from typing import Final, NamedTuple

from skosify_rad.graph.readers.iris import resolve_iri
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.statements import Triple

_LANGUAGE: Final = lazy_pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_SEPARATOR: Final = lazy_pattern(r"[/#:]")
_TOKEN: Final = lazy_pattern(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)
_IDS: Final = frozenset({"@id", "id", "uri", "@graph"})


class _Open(NamedTuple):
    """An open object or array."""

    kind: str
    """`{` or `[`."""
    key: str
    """Its key; for arrays and value objects, the nearest key outside."""
    offset: int
    """Where it starts."""
    values: list[tuple[str, str, int]]
    """Key, text and offset of each string that belongs to it."""


class JsonLdLocator:
    """The strings of a JSON-LD text, by the object that holds them."""

    def __init__(self, text: str, base: str) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._ids: set[str] = {"@id", "id", "uri"}
        self._objects: dict[str, list[tuple[str, str, int]]] = {}
        self._starts: dict[str, int] = {}
        self._index: dict[str, dict[tuple[str, str], int]] = {}
        stack: list[_Open] = []
        key = ""
        tokens = list(_TOKEN.finditer(text))
        for index, token in enumerate(tokens):
            mark = token[0]
            if mark in "{[":
                stack.append(_Open(mark, key or (stack[-1].key if stack else ""), token.start(), []))
                key = ""
            elif mark in "}]":
                if stack:
                    self._close(stack.pop(), stack)
                key = ""
            elif mark[0] == '"':
                if index + 1 < len(tokens) and tokens[index + 1][0] == ":":
                    key = _read(mark)
                elif stack:
                    stack[-1].values.append((key or stack[-1].key, _read(mark), token.start()))
                    key = ""
        for raw in list(self._objects):
            self._objects.setdefault(self._expand(raw), self._objects[raw])
            self._starts.setdefault(self._expand(raw), self._starts[raw])

    def _close(self, closed: _Open, stack: list[_Open]) -> None:
        if closed.kind == "{":
            self._read_context(closed)
            name = next((value for key, value, _ in closed.values if key in self._ids), None)
            if name is not None:
                self._objects.setdefault(name, []).extend(closed.values)
                self._starts.setdefault(name, closed.offset)
                if stack:
                    stack[-1].values.append((closed.key, name, closed.offset))
                return
        if stack:
            inner = {"@value", "@list", "@set", "@graph", "@language"}
            keep = [
                (closed.key if k in inner or _LANGUAGE.fullmatch(k) else k, v, o)
                for k, v, o in closed.values
                if k != "@language"
            ]
            stack[-1].values.extend(keep)

    def _read_context(self, closed: _Open) -> None:
        if closed.key == "@context":
            for key, value, _ in closed.values:
                if value == "@id":
                    self._ids.add(key)
                elif key == "@base":
                    self._base = resolve_iri(self._base, value)
                elif value.startswith(("http://", "https://")):
                    self._prefixes[key] = value

    def _expand(self, raw: str) -> str:
        prefix, colon, local = raw.partition(":")
        if colon and prefix in self._prefixes:
            return self._prefixes[prefix] + local
        return raw if colon else resolve_iri(self._base, raw)

    def find(self, triple: Triple, nth: int = 0) -> tuple[int, bool] | None:
        """Return (offset of the triple's object, True), else (offset of the subject's node, False), else None."""
        del nth  # objects without an identifier cannot be distinguished
        if triple.subject not in self._index:
            index = self._index[triple.subject] = {}
            for key, value, offset in self._objects.get(triple.subject, ()):
                name = _SEPARATOR.split(key)[-1].removeprefix("@")
                index.setdefault((name, value), offset)
                index.setdefault((name, self._expand(value)), offset)
        wanted = triple.object if isinstance(triple.object, str) else triple.object.value
        found = self._index[triple.subject].get((_SEPARATOR.split(triple.predicate)[-1], wanted))
        if found is not None:
            return found, True
        start = self._starts.get(triple.subject)
        return None if start is None else (start, False)


def _read(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]
