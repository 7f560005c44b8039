"""Invented SKOS files of any size, the same every time for one seed: what `checking.py` measures on.

Six to seven triples a concept, as published thesauri have: type, scheme, a preferred label, alternative labels in two
thirds, definitions in a third, broader and narrower both ways, related in a fifth. The hierarchy has hubs (a
hundredth of the concepts holds a third of the others) and a spine a hundred deep; one concept in two hundred has a
fault, a kind after another, since real vocabularies have them.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from vaults import make_name

BASE: Final = "https://example.org/vocabulary/"
"""Namespace of the concepts."""
SPINE: Final = 100
"""Concepts of the deepest line of descent."""
_HUBS: Final = 100
"""One concept in so many is a hub."""
_NAMES: Final = 204_800
"""Names that `make_name` has."""
_FAULTY: Final = 200
"""One concept in so many has a fault."""
_WORDS: Final = "a lesion of the with well defined margin and high signal in older adults often found by chance".split()
_HEAD: Final = f"""\
@prefix : <{BASE}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<{BASE}> a skos:ConceptScheme ;
    dct:title "Invented vocabulary"@en ;
    skos:hasTopConcept :c0 .
"""
_FAULTS: Final = (
    'skos:prefLabel "another name of {0}"@en',
    'skos:altLabel "{1}"@en',
    "skos:related :c{2}",
    "skos:broader :c0",
    "skos:broader :c{3}",
    "skos:related :c{0}",
    'skos:altLabel "without a tag {0}"',
    "skos:exactMatch :c{4}",
)
"""With the concept's number, its name, its grandparent, a child of its own or its parent, and another concept."""


def build_turtle(concepts: int, seed: int = 1) -> Iterator[str]:
    """Yield a vocabulary of so many concepts as Turtle, a concept at a time."""
    chance = Random(seed)  # noqa: S311 - no secret
    parents = [-1] + [_choose_parent(number, concepts - SPINE, chance) for number in range(1, concepts)]
    children: list[list[int]] = [[] for _ in range(concepts)]
    for number, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(number)
    related = [(chance.randrange(concepts), chance.randrange(concepts)) for _ in range(concepts // 10)]
    beside: dict[int, list[int]] = {}
    for one, other in related:
        if one != other:
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    yield _HEAD
    for number, parent in enumerate(parents):
        name = f"{make_name(number)}{' again' * (number // _NAMES)}"
        parts = [f':c{number} a skos:Concept ;\n    skos:prefLabel "{name}"@en ;\n    skos:inScheme <{BASE}>']
        if number % 3:
            parts.append(f'skos:altLabel "{name} ({number})"@en')
        else:
            parts.append(f'skos:definition "{name} is {" ".join(chance.choices(_WORDS, k=20))}."@en')
        parts.extend(
            f"skos:{word} {_list(numbers)}"
            for word, numbers in (
                ("broader", [parent] if parent >= 0 else []),
                ("narrower", children[number]),
                ("related", beside.get(number, [])),
            )
            if numbers
        )
        if number and number % _FAULTY == 0:
            above = parents[parent] if parent > 0 else 0
            below = children[number][0] if children[number] else parent
            fault = _FAULTS[number // _FAULTY % len(_FAULTS)]
            parts.append(fault.format(number, name, above, below, chance.randrange(concepts)))
        yield " ;\n    ".join(parts) + " .\n"


def _choose_parent(number: int, spine: int, chance: Random) -> int:
    if number > spine > 0:
        return number - 1
    if number % 3 == 0:
        return chance.randrange(max(1, number // _HUBS)) * _HUBS
    return chance.randrange(number)


def _list(numbers: list[int]) -> str:
    return ", ".join(f":c{number}" for number in numbers)


def write_turtle(path: Path, concepts: int, seed: int = 1) -> Path:
    """Write a vocabulary to a file and return its path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(build_turtle(concepts, seed))
    return path
