"""Our JSON-LD context as a table for writing: the published `context.jsonld` is read, never repeated in code."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from skosify_rad.model.namespaces import RDF

CONTEXT_FILE: Final = Path(__file__).with_name("context.jsonld")
"""The context as it is published with the package."""


@dataclass(frozen=True, slots=True)
class ContextTerm:
    """A term of the context and how its values are written."""

    key: str
    """The JSON key: `altLabel`."""
    coercion: str
    """`@id`, `@vocab`, a datatype's IRI, `@language` for language maps, or empty for plain strings."""
    is_set: bool
    """Always an array, even of one."""


def read_context() -> dict[str, object]:
    """Return the value of the published `@context`."""
    import orjson  # noqa: PLC0415 - 18 ms, and only for those who write JSON-LD

    context: dict[str, object] = orjson.loads(CONTEXT_FILE.read_bytes())["@context"]
    return context


@cache
def context_terms() -> dict[str, ContextTerm]:
    """Return the properties of the context, by IRI."""
    terms = {RDF.type: ContextTerm("type", "@vocab", is_set=False)}
    for key, definition in read_context().items():
        if isinstance(definition, dict):
            containers = definition.get("@container", ())
            coercion = "@language" if "@language" in containers else definition.get("@type", "")
            terms[definition["@id"]] = ContextTerm(key, coercion, is_set="@set" in containers)
        elif isinstance(definition, str) and key[0].islower() and not definition.startswith("@"):
            terms[definition] = ContextTerm(key, "", is_set=False)
    return terms


@cache
def context_names() -> dict[str, str]:
    """Return the names of classes and states, by IRI: `Concept`."""
    return {iri: key for key, iri in read_context().items() if isinstance(iri, str) and key[0].isupper()}


_SAFE_LOCAL: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


@dataclass(frozen=True, slots=True)
class Base:
    """The scheme's namespace as JSON-LD's `@base`: identifiers below it are written without it."""

    namespace: str
    """Ends in `/` or `#`; empty where the graph has no scheme."""

    def shorten(self, iri: str) -> str:
        """Return the reference that resolves to this IRI again, the IRI itself where none is sure to.

        >>> Base("https://example.org/rad/").shorten("https://example.org/rad/osteoporosis")
        'osteoporosis'
        >>> Base("https://example.org/rad#").shorten("https://example.org/rad#osteoporosis")
        '#osteoporosis'
        """
        size = len(self.namespace)
        if not size or not iri.startswith(self.namespace) or not _SAFE_LOCAL.fullmatch(iri, size):
            return iri
        return iri[size - 1 :] if self.namespace[-1] == "#" else iri[size:]
