"""Ready-made queries: one `.rq` file each, with title and parameters in its first lines, and a page in docs/queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER: Final = Path(__file__).parent
"""The folder of the queries."""

NAMES: Final[tuple[str, ...]] = ("tree", "differentials", "wanted", "undefined", "changed")
"""Names of the ready-made queries, in the order in which `rad2skos query` lists them."""

_HEAD: Final = re.compile(r"^# (title|parameter (\w+)): (.+)$", re.MULTILINE)
_DECLARED: Final = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_USED: Final = re.compile(r"(?<![\w:/<#])([A-Za-z][\w.-]*):(?!//)")


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """A ready-made query."""

    name: str
    """Its name on the command line, such as `tree`."""
    title: str
    """Its purpose, in one line."""
    parameters: tuple[tuple[str, str], ...]
    """Name and meaning of each parameter, which is written `$name` in the text."""
    text: str
    """SPARQL."""

    def bind(self, values: Sequence[str]) -> str:
        """Return the query with its parameters replaced by escaped literals.

        Raises:
            InputError: There are too few or too many values.

        """
        if len(values) != len(self.parameters):
            needed = ", ".join(f"{name} ({meaning})" for name, meaning in self.parameters) or "nothing"
            raise InputError(f"the query {self.name} needs {needed}; it was given {len(values)} values")
        literals = {f"${n}": str(ox.Literal(v)) for (n, _), v in zip(self.parameters, values, strict=True)}
        return re.sub(r"\$\w+", lambda found: literals.get(found[0], found[0]), self.text)


def read_query(name: str) -> ReadyQuery:
    """Return the ready-made query with this name.

    >>> read_query("tree").parameters[0][0]
    'concept'
    """
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    heads = _HEAD.findall(text)
    title = next(words for head, _, words in heads if head == "title")
    return ReadyQuery(name, title, tuple((parameter, words) for _, parameter, words in heads if parameter), text)


def declare_prefixes(text: str) -> str:
    """Return a query with declarations of the well-known prefixes that it uses but does not declare.

    >>> declare_prefixes("ASK { ?s skos:broader ?o }").splitlines()[0]
    'PREFIX skos: <http://www.w3.org/2004/02/skos/core#>'
    """
    declared = set(_DECLARED.findall(text))
    missing = [p for p in dict.fromkeys(_USED.findall(text)) if p in PREFIXES and p not in declared]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in missing) + text
