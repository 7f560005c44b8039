"""The JSON-LD context, and the base that makes identifiers short."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from skosify_rad.model.properties import CLASSES, LANGUAGE_MAP, NAME, PROPERTIES, STATES, Property

KEYWORD_ALIASES: Final = {"id": "@id", "type": "@type"}
"""Names that JSON-LD reads as keywords wherever an IRI may stand, so that no reference may be called so.

Source: https://www.w3.org/TR/json-ld11-api/#iri-expansion.
"""


@cache
def build_context() -> dict[str, object]:
    """Return the value of `@context`: names of classes and states, then properties.

    >>> build_context()["altLabel"]["@container"]
    ['@language', '@set']
    """
    context: dict[str, object] = {"@version": 1.1, **KEYWORD_ALIASES}
    context |= {name: iri for iri, name in context_names().items()}
    return context | {known.key: _define(known) for known in context_terms().values() if known.key != "type"}


def _define(known: Property) -> object:
    """Return the definition of a property's key."""
    containers = [LANGUAGE_MAP] * (known.coercion == LANGUAGE_MAP) + ["@set"] * known.is_set
    if not known.coercion and not containers:
        return known.iri
    definition: dict[str, object] = {"@id": known.iri}
    if known.coercion not in ("", LANGUAGE_MAP):
        definition["@type"] = known.coercion
    if containers:
        definition["@container"] = containers if len(containers) > 1 else containers[0]
    return definition


@cache
def context_terms() -> dict[str, Property]:
    """Return the properties of the context, by IRI."""
    return {known.iri: known for known in PROPERTIES}


@cache
def context_names() -> dict[str, str]:
    """Return the names of classes and states, by IRI: `Concept`."""
    return {known.iri: known.key for known in (Property(iri, NAME) for iri in (*CLASSES, *STATES))}


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
        if self.namespace[-1] == "#":
            return iri[size - 1 :]
        local = iri[size:]
        return iri if local in KEYWORD_ALIASES else local
