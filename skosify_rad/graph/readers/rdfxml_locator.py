"""Find a triple in an RDF/XML text: node and property elements with their positions, from expat."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from skosify_rad.graph.readers.iris import resolve_iri
from skosify_rad.model.namespaces import RDF
from skosify_rad.model.statements import Term, Triple

_XML = "http://www.w3.org/XML/1998/namespace"


class _Frame(NamedTuple):
    """An open element."""

    subject: str
    """IRI of the node it describes or belongs to; empty for a blank node."""
    predicate: str
    """IRI of the property; empty for a node element."""
    base: str
    """xml:base in force."""
    offset: int
    """Where it starts."""
    text: list[str]
    """Its text so far."""


class RdfXmlLocator:
    """The elements of an RDF/XML text, by subject and property."""

    def __init__(self, text: str, base: str) -> None:
        self._subjects: dict[str, int] = {}
        self._objects: dict[Triple, list[int]] = {}
        self._stack: list[_Frame] = []
        self._base = base
        self._starts = _find_starts(text)
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read
        self._parser.buffer_text = True
        try:
            self._parser.Parse(text.lstrip("\ufeff").encode("utf-8", "surrogatepass"), True)  # noqa: FBT003 - expat's
        except (ExpatError, ValueError):
            return  # the elements before the error can still be found

    def find(self, triple: Triple, nth: int = 0) -> tuple[int, bool] | None:
        """Return (offset of the property element, True), else (offset of the subject's element, False), else None.

        If the object is a blank node, `nth` selects among the property's blank nodes there.
        """
        fitting = self._objects.get(_identify(*triple), [])
        if nth < len(fitting):
            return fitting[nth], True
        offset = self._subjects.get(triple.subject)
        return None if offset is None else (offset, False)

    def _add(self, subject: str, predicate: str, value: str, offset: int) -> None:
        self._objects.setdefault(_identify(subject, predicate, value), []).append(offset)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.replace(" ", "")
        offset = self._starts[self._parser.CurrentLineNumber - 1] + self._parser.CurrentColumnNumber
        above = self._stack[-1] if self._stack else None
        base = resolve_iri(above.base if above else self._base, attributes.get(f"{_XML} base", ""))
        if above is None and name == RDF.NS + "RDF":
            self._stack.append(_Frame("", "", base, offset, []))
        elif above is None or not above.subject or above.predicate:
            self._start_node(name, attributes, base, offset)
        else:
            self._start_property(name, attributes, (above.subject, base), offset)

    def _start_node(self, name: str, attributes: Mapping[str, str], base: str, offset: int) -> None:
        subject = _BLANK
        if (about := attributes.get(f"{RDF.NS} about")) is not None:
            subject = resolve_iri(base, about)
        elif (local := attributes.get(f"{RDF.NS} ID")) is not None:
            subject = resolve_iri(base, "#" + local)
        elif (label := attributes.get(f"{RDF.NS} nodeID")) is not None:
            subject = _BLANK + label
        above = self._stack[-1] if self._stack else None
        if above and above.predicate and above.subject != _BLANK:
            self._add(above.subject, above.predicate, subject, above.offset)
        if subject != _BLANK:
            self._subjects.setdefault(subject, offset)
            if name != RDF.NS + "Description":
                self._add(subject, RDF.type, name, offset)
            for key, value in attributes.items():
                self._add(subject, key.replace(" ", ""), value, offset)
        self._stack.append(_Frame(subject, "", base, offset, []))

    def _start_property(self, name: str, attributes: Mapping[str, str], where: tuple[str, str], offset: int) -> None:
        subject, base = where
        resource = attributes.get(f"{RDF.NS} resource")
        label = attributes.get(f"{RDF.NS} nodeID")
        if subject == _BLANK:
            pass  # nobody can ask for it
        elif resource is not None:
            self._add(subject, name, resolve_iri(base, resource), offset)
        elif label is not None:
            self._add(subject, name, _BLANK + label, offset)
        self._stack.append(_Frame(subject, name, base, offset, []))

    def _read(self, text: str) -> None:
        if self._stack:
            self._stack[-1].text.append(text)

    def _end(self, tag: str) -> None:
        del tag
        frame = self._stack.pop()
        if frame.predicate and frame.subject != _BLANK:
            self._add(frame.subject, frame.predicate, "".join(frame.text), frame.offset)


_BLANK = "_:"


def _identify(subject: str, predicate: str, term: Term) -> Triple:
    """Return the key of a triple: the text of its object; all blank nodes are one."""
    value = term if isinstance(term, str) else term.value
    return Triple(subject, predicate, _BLANK if isinstance(term, str) and value.startswith(_BLANK) else value)


def _find_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts
