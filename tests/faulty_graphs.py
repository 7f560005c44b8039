"""Random graphs of SKOS, most of them sound, with faults strewn in."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from skos_fixtures import parse_graph

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.graph.graph import Graph

RELATIONS = (
    *("broader", "narrower", "related", "broaderTransitive", "narrowerTransitive", "semanticRelation"),
    *("broadMatch", "narrowMatch", "relatedMatch", "exactMatch", "closeMatch", "mappingRelation"),
)
LOOSER = RELATIONS[6:9]
LABELS = ('"AB"', '"a"@en', '"A"@EN', '"b"@en', '"b"', '"c"', '" "@en', '"a"@fr', '"b"@en-GB', "7", ":a")
TYPES = ("Concept", "Concept", "Concept", "ConceptScheme", "Collection", "OrderedCollection")


def make_graph(seed: int, folder: Path) -> Graph:
    """Return a graph of a dozen resources, most of it sound, with faults strewn in."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = [f":n{i}" for i in range(12)]
    lines = []
    for index, name in enumerate(names):
        lines.append(f'{name} a skos:Concept ; skos:prefLabel "{name[1:]}"@en ; skos:inScheme :s .')
        if index:
            lines.append(f"{name} skos:broader {chance.choice(names[:index])} .")
    lines.extend((":s a skos:ConceptScheme .", ":s skos:hasTopConcept :n0 ."))
    kept = [line for line in lines if chance.random() < 0.85]
    things = [*names, ":s", ":t", ":l", ":x"]
    for _ in range(chance.randrange(1, 9)):
        one, other = chance.choice(names), chance.choice(things)
        kept.append(
            chance.choice(
                (
                    f"{one} skos:{chance.choice(RELATIONS)} {other} .",
                    f"{one} skos:{chance.choice(RELATIONS[:3])} {chance.choice(names)} .",
                    f"{one} skos:{chance.choice(('prefLabel', 'altLabel', 'hiddenLabel'))} {chance.choice(LABELS)} .",
                    f"{other} a skos:{chance.choice(TYPES)} .",
                    f"{other} skos:{chance.choice(('hasTopConcept', 'member', 'inScheme', 'topConceptOf'))} {one} .",
                    f"{one} skos:inScheme {other} .",
                    f"{one} skos:altLabel ' b'@en , ' '@en . {one} xl:altLabel :l . :l xl:literalForm 'c '@en .",
                    f"{one} rdfs:label 'n'@en . {chance.choice(names)} rdfs:label 'm' ; owl:deprecated true .",
                    f":t rdfs:subClassOf skos:Concept . {other} a :t . :p rdfs:subPropertyOf :q .",
                    f":q rdfs:subPropertyOf skos:{chance.choice(RELATIONS[:3])} . {one} :p {other} ; :q :n1 .",
                    f"{other} skos:memberList ( {one} {chance.choice(things)} ) .",
                    f"{one} skos:notation {chance.choice(LABELS[-3:])} .",
                    f"{one} xl:{chance.choice(('prefLabel', 'altLabel', 'hiddenLabel'))} :l .",
                    f":l xl:literalForm {chance.choice(LABELS[:8])} .",
                    f'{one} skos:{chance.choice(RELATIONS)} "{other}" .',
                    f"{one} skos:notation 1 ; skos:inScheme :s . {chance.choice(names)} skos:notation 1 .",
                    f'{one} skos:prefLabel "b"@en . {chance.choice(names)} skos:prefLabel "b"@en .',
                    f'{one} skos:altLabel "b"@en . {chance.choice(names)} skos:altLabel "b"@en .',
                    f"{one} skos:exactMatch :m . :m skos:exactMatch :x . :x skos:{chance.choice(LOOSER)} {one} .",
                    f"{one} skos:narrower :n0 ; xl:altLabel :l .",
                    f"{one} xl:prefLabel :l ; xl:hiddenLabel :l . :l skos:{chance.choice(RELATIONS)} {one} .",
                    f"{one} skos:altLabel ' b'@en , ' '@en . {one} xl:altLabel :l . :l xl:literalForm 'c '@en .",
                    f"{one} rdfs:label 'n'@en . {chance.choice(names)} rdfs:label 'm' ; owl:deprecated true .",
                    f":t rdfs:subClassOf skos:Concept . {other} a :t . :p rdfs:subPropertyOf :q .",
                    f":q rdfs:subPropertyOf skos:{chance.choice(RELATIONS[:3])} . {one} :p {other} ; :q :n1 .",
                    f"{other} skos:memberList ( {one} ) , {chance.choice(('()', ':x', '( :x )'))} .",
                )
            )
        )
    return parse_graph("\n".join(kept), folder)
