"""What no RDF syntax can write is reported at its note and left out, the rest stays."""

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Evidence, Literal, Triple
from skosify_rad.outputs import OUTPUTS, keep_writable

BONE = "https://example.org/radiology/bone"
GOOD = Literal("Bone", "en")
BAD = (Literal("half \ud83d", "en"), Literal("bell \x07", "en"), Literal("x", "en us"), Literal("x", datatype="none"))


def test_only_what_cannot_be_written_goes() -> None:
    graph = Graph(
        {
            BONE: {
                RDF.type: (SKOS.Concept,),
                SKOS.prefLabel: (GOOD,),
                SKOS.altLabel: BAD,
                SKOS.exactMatch: ("http://a b/", "http://a/b"),
            },
            "not an iri": {SKOS.prefLabel: (GOOD,)},
        }
    )
    sources = {t: (Evidence(Place("B.md", 3), (), "w", "r"),) for t in graph}
    kept, left, found = keep_writable(graph, sources)
    assert kept.subjects == {
        BONE: {RDF.type: (SKOS.Concept,), SKOS.prefLabel: (GOOD,), SKOS.exactMatch: ("http://a/b",)}
    }
    assert set(left) == set(kept)
    assert [f.rule.slug for f in found] == ["unwritable-term"] * 6
    assert {str(f.place) for f in found} == {"B.md:3:1"}
    for output in OUTPUTS:
        assert output.render(kept, Config())


def test_what_can_be_written_is_passed_on_as_it_is() -> None:
    graph = Graph({BONE: {SKOS.prefLabel: (GOOD,)}})
    sources = {Triple(BONE, SKOS.prefLabel, GOOD): ()}
    assert keep_writable(graph, sources) == (graph, sources, [])
