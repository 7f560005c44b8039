"""Graphs for the tests of the site: a hostile one, a large one, and what finds that something got through."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sample_graphs import BASE, graph_of

from skosify_rad.model.config import Config, parse_config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Triple
from skosify_rad.outputs.site import make_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skosify_rad.graph.graph import Graph, SourceMap

ATTACKS = (
    '<img src=x class="injected" onerror="window.injected=1">',
    "</script><script>window.injected=1</script>",
    '"><b class="injected">',
    "'><b class='injected'>",
    "</svg><b class=injected>",
    "</title><b class=injected>",
    "{{7*7}}{% raw %}",
    "separator\u2028and\u2029 after",
    "__proto__",
    "\u202eright to left\u202c",
)
"""Texts that would run, or break a page or a script, if they were not escaped."""
ATTACK = " ".join(ATTACKS)


def text(value: str) -> Literal:
    return Literal(value, "en")


def concept(name: str, label: str, *, stub: bool = False) -> list[Triple]:
    """Return the least that an export says of a concept."""
    iri = BASE + name
    return [
        Triple(iri, RDF.type, SKOS.Concept),
        Triple(iri, SKOS.prefLabel, text(label)),
        Triple(iri, ADMS.status, ADMS.UnderDevelopment if stub else ADMS.Completed),
    ]


def differential(one: str, other: str, words: str) -> list[Triple]:
    """Return a differential, and the relation beside it."""
    iri = f"{BASE}differential/{one}--{other}"
    return [
        Triple(BASE + one, SKOS.related, BASE + other),
        Triple(BASE + other, SKOS.related, BASE + one),
        Triple(iri, RDF.type, RAD.Differential),
        Triple(iri, RAD.differentialOf, BASE + one),
        Triple(iri, RAD.differentialDiagnosis, BASE + other),
        Triple(iri, RAD.distinguishedBy, text(words)),
    ]


def hostile_triples() -> list[Triple]:
    """Return a graph that attacks wherever it has text: labels, names, words, notations, addresses, paths."""
    a, order = BASE + "a", BASE + "collection/order"
    folder = f"{BASE}collection/folder/f"
    literals = [
        Triple(a, predicate, text(f"{predicate[-4:]} {attack}"))
        for predicate in (SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.scopeNote, SKOS.example)
        for attack in ATTACKS
    ]
    return [
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
        Triple(BASE, DCT.title, text(ATTACK)),
        Triple(BASE, DCT.description, text(ATTACK)),
        Triple(BASE, DCT.license, "javascript:window.injected=1"),
        Triple(BASE, OWL.versionInfo, Literal(ATTACK)),
        *concept("a", f"Alpha {ATTACK}"),
        *concept("b", f"Beta {ATTACK}", stub=True),
        *concept("__proto__", f"Proto {ATTACK}"),
        *concept("gone", f"Gone {ATTACK}"),
        Triple(BASE + "gone", OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        Triple(BASE + "gone", DCT.isReplacedBy, a),
        Triple(a, SKOS.changeNote, text(f"1.2.0: {ATTACK}")),
        *literals,
        *differential("a", "b", f"{ATTACK}; {ATTACK}"),
        *differential("b", "a", ATTACK),
        *differential("a", "__proto__", ATTACK),
        Triple(a, SKOS.narrower, BASE + "__proto__"),
        Triple(BASE + "__proto__", SKOS.broader, a),
        Triple(a, SKOS.narrower, a),
        Triple(a, SKOS.notation, Literal(ATTACK)),
        Triple(a, SKOS.exactMatch, "javascript:window.injected=1"),
        Triple(a, SKOS.closeMatch, "https://example.org/'class='injected"),
        Triple(a, DCT.source, "javascript:window.injected=1"),
        Triple(a, DCT.source, "https://example.org/'onclick='window.injected=1"),
        Triple(a, RAD.note, Literal(f"{ATTACK}/{ATTACK}.md")),
        Triple(a, RAD.steps, order),
        Triple(folder, RDF.type, SKOS.Collection),
        Triple(folder, SKOS.prefLabel, text(ATTACK)),
        Triple(folder, SKOS.member, a),
        Triple(order, RDF.type, SKOS.OrderedCollection),
        Triple(order, SKOS.prefLabel, text(ATTACK)),
        Triple(order, SKOS.member, BASE + "b"),
        Triple(order, SKOS.memberList, f"{order}/1"),
        Triple(f"{order}/1", RDF.first, BASE + "b"),
        Triple(f"{order}/1", RDF.rest, f"{order}/1"),  # a circle
    ]


def evidence_for(triples: Iterable[Triple]) -> SourceMap:
    """Return a source map in which every triple stands in a note whose path and words attack."""
    piece = Evidence(Place(f"{ATTACK}/{ATTACK}.md", 7), (ATTACK,), ATTACK, "hostile")
    return MappingProxyType(dict.fromkeys(triples, (piece,)))


def large_graph(number: int) -> Graph:
    """Return a graph of so many concepts, each the differential of the next."""
    triples = [Triple(BASE, RDF.type, SKOS.ConceptScheme), Triple(BASE, DCT.title, text("Large"))]
    letters = "abcdefghijklmnopqrstuvwxyz"
    for n in range(number):
        triples += concept(f"{letters[n % 26]}-{n}", f"{letters[n % 26].upper()} disease {n}", stub=n % 2 == 1)
    for n in range(number - 1):
        one, other = (f"{letters[m % 26]}-{m}" for m in (n, n + 1))
        triples += [Triple(BASE + one, SKOS.related, BASE + other), Triple(BASE + other, SKOS.related, BASE + one)]
    subjects: dict[str, dict[str, list[str | Literal]]] = {}
    for subject, predicate, term in triples:
        subjects.setdefault(subject, {}).setdefault(predicate, []).append(term)
    graph = graph_of([])
    return type(graph)({s: {p: tuple(o) for p, o in ps.items()} for s, ps in subjects.items()}, BASE)


def make_files(graph: Graph, sources: SourceMap | None = None, **settings: object) -> dict[str, bytes]:
    """Return path -> content of a graph's site, under these settings of `[site]`."""
    return dict(make_site(graph, sources or {}, (), configure(**settings)))


def configure(**settings: object) -> Config:
    """Return a configuration with these settings of `[site]`."""
    return parse_config({"site": settings, "scheme": {"base": BASE}})
