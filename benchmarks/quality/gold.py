"""Gold files: what an expert wants from each note, and when two names count as the same."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

RELATIONS: Final = ("narrower", "related", "altLabels")
"""The relations of a gold file that have precision and recall."""

MAX_DEPTH: Final = 6
"""Groups within groups are looked through this deep for a parent that is as good."""

_DROPPED = re.compile(r"[“”\"‘’'`*_=]")
_DASHES = re.compile(r"[–—‑−]")
_BLANKS = re.compile(r"\s+")
_PLURAL = re.compile(r"(\w{3,})s\b")


class Edge(NamedTuple):
    """A relation that the expert wants, or would let pass."""

    label: str
    """The name as annotated."""
    names: frozenset[str]
    """Every wording that is as good, folded."""
    parent: str
    """What it is narrower of, as annotated; empty for other relations."""
    parents: frozenset[str]
    """Every parent that is as good, folded, groups between it and the subject not yet looked through."""
    kinds: frozenset[str]
    """`kind`, `group`, `facet`, `grade` ...; several where it could be read as either."""
    line: int
    """Line of the note, from 1, front matter included."""
    required: bool
    """Whether it counts; an optional edge counts neither for nor against."""


class GoldNote(NamedTuple):
    """What an expert wants from one note."""

    path: str
    """Vault-relative path, NFC."""
    edges: Mapping[str, tuple[Edge, ...]]
    """Relation -> edges in the order of annotation."""
    definition: tuple[int, ...]
    """Lines of the sentence that defines the subject; empty where none is required."""

    @property
    def title(self) -> str:
        """The folded file name: the note's own concept."""
        return fold(self.path.rsplit("/", 1)[-1].removesuffix(".md"))


def fold(name: str) -> str:
    """Return what two wordings share when they count as the same name.

    >>> fold("**Giant-cell tumours**") == fold("giant–cell tumor")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = _DASHES.sub("-", _DROPPED.sub("", folded))
    folded = _BLANKS.sub(" ", folded).strip(" .:;,-")
    folded = folded.replace("oe", "e").replace("ae", "e").replace("tumour", "tumor")
    return _PLURAL.sub(r"\1", folded)


def read_gold(path: Path) -> dict[str, GoldNote]:
    """Read a gold file: note -> what is wanted from it."""
    with path.open(encoding="utf-8") as lines:
        notes = [parse_note(json.loads(line)) for line in lines]
    return {note.path: note for note in notes}


def parse_note(data: Mapping[str, Any]) -> GoldNote:
    """Turn one object of a gold file into a GoldNote."""
    definition = data["definition"]
    wanted = definition is not None and definition["status"] == "required"
    return GoldNote(
        path=unicodedata.normalize("NFC", data["note"]),
        edges={relation: tuple(_parse_edge(edge) for edge in data[relation]) for relation in RELATIONS},
        definition=tuple(definition["lines"]) if wanted else (),
    )


def _parse_edge(data: Mapping[str, Any]) -> Edge:
    link, parent = data.get("link"), data.get("parent", "")
    names = (data["label"], *data.get("accept", ()), *([link] if link else ()))
    return Edge(
        label=data["label"],
        names=frozenset(map(fold, names)),
        parent=parent,
        parents=frozenset(map(fold, (parent, *data.get("parent_accept", ())))) if parent else frozenset(),
        kinds=frozenset(data.get("kind", "").split("|")),
        line=data["line"],
        required=data["status"] == "required",
    )


def find_parents(edge: Edge, edges: tuple[Edge, ...]) -> frozenset[str]:
    """Return every name that a parent of this edge may have.

    A group or facet between the edge and the note's subject may be looked through: then its own parents do as well.
    """
    found: set[str] = set()
    level, seen = [edge], {edge}
    for _ in range(MAX_DEPTH + 1):
        found.update(name for each in level for name in each.parents)
        above = [other for each in level for other in _named(each.parents, edges)]
        found.update(name for other in above for name in other.names)
        level = [other for other in above if other.kinds & {"group", "facet"} and other not in seen]
        seen.update(level)
    return frozenset(found)


def _named(names: frozenset[str], edges: tuple[Edge, ...]) -> Iterator[Edge]:
    return (edge for edge in edges if edge.names & names)
