"""Small graphs that hold one of everything, and any graph at all, for the tests of outputs and targets."""

from collections.abc import Iterable
from types import MappingProxyType

from hypothesis import strategies as st

from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, RDFS, SKOS, XSD
from skosify_rad.model.ontology import RAD
from skosify_rad.model.properties import PROPERTIES
from skosify_rad.model.statements import Literal, Triple

BASE = "https://example.org/radiology/"
NASTY = (
    'says "so" and \\n is no line end \\',
    "braces {} <b> &amp; ' ''' \"\"\"",
    "line\nfeed\r\nand\rreturn\ttab",
    "separator\u2028paragraph\u2029next\u0085line",
    "עצם \u202eright to left\u202c",
    "bone \U0001f9b4 in NFD: e\u0301",
    " , ",
    "ends . \n .\n",
    "",
    " leading and trailing ",
    "\ufeffbyte order",
    "@prefix a: <b> .",
)


def graph_of(triples: Iterable[Triple], scheme: str = BASE) -> Graph:
    """Build a graph in the order given."""
    subjects: dict[str, dict[str, tuple[str | Literal, ...]]] = {}
    for subject, predicate, term in triples:
        properties = subjects.setdefault(subject, {})
        if term not in properties.get(predicate, ()):
            properties[predicate] = (*properties.get(predicate, ()), term)
    return Graph(subjects, scheme, MappingProxyType({"vault": scheme}))


def small_triples() -> list[Triple]:
    """Return one of everything an export holds."""
    bone, marrow, stage = BASE + "bone", BASE + "bone-marrow", BASE + "stage"
    english = [Literal(text, "en") for text in NASTY if text]
    return [
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
        Triple(BASE, DCT.title, Literal("Bone", "en")),
        Triple(BASE, DCT.title, Literal("Os", "fr")),
        Triple(BASE, DCT.created, Literal("2026-01-31", datatype=XSD.date)),
        Triple(BASE, DCT.modified, Literal("yesterday")),
        Triple(BASE, DCT.license, "https://creativecommons.org/licenses/by/4.0/"),
        Triple(BASE, DCT.creator, "https://orcid.org/0000-0002-1825-0097"),
        Triple(BASE, DCT.creator, Literal("A. Radiologist")),
        Triple(BASE, SKOS.hasTopConcept, bone),
        Triple(bone, RDF.type, SKOS.Concept),
        Triple(bone, SKOS.prefLabel, Literal("Bone", "en")),
        Triple(bone, SKOS.prefLabel, Literal("Bone untagged")),
        *(Triple(bone, SKOS.altLabel, text) for text in english),
        *(Triple(bone, SKOS.notation, Literal(text)) for text in NASTY),
        Triple(bone, SKOS.notation, Literal("01", datatype=XSD.integer)),
        Triple(bone, SKOS.narrower, marrow),
        Triple(bone, SKOS.narrower, BASE),
        Triple(bone, OWL.deprecated, Literal("true", datatype=XSD.boolean)),
        Triple(bone, OWL.deprecated, Literal("1", datatype=XSD.boolean)),
        Triple(bone, ADMS.status, ADMS.UnderDevelopment),
        Triple(bone, ADMS.status, "https://example.org/other"),
        Triple(bone, SKOS.exactMatch, "http://snomed.info/id/272673000"),
        Triple(bone, SKOS.exactMatch, "skos:note"),
        Triple(bone, SKOS.exactMatch, "type:a"),
        Triple(bone, SKOS.exactMatch, "urn:uuid:9a1c"),
        Triple(bone, DCT.source, "https://notes.example.org/a%20b/%C3%A9?x=1&y=%22#top"),
        Triple(bone, RDFS.seeAlso, "https://example.org/caf\u00e9"),
        Triple(bone, "https://example.org/vocabulary/own", Literal("x", "de-ch-1996")),
        Triple(marrow, RDF.type, SKOS.Concept),
        Triple(marrow, SKOS.broader, bone),
        Triple(BASE + "a/../b", RDF.type, SKOS.Concept),
        Triple(BASE + "a.b.", RDF.type, SKOS.Concept),
        Triple(BASE + "//x", RDF.type, SKOS.Concept),
        Triple(BASE + "a:b", RDF.type, SKOS.Concept),
        Triple(BASE + "%20,(x)", RDF.type, SKOS.Concept),
        Triple(stage, RDF.type, SKOS.Collection),
        Triple(stage, RDF.type, SKOS.OrderedCollection),
        Triple(stage, SKOS.member, bone),
        Triple(stage, SKOS.memberList, BASE + "stage/list/1"),
        Triple(BASE + "stage/list/1", RDF.type, RDF.NS + "List"),
        Triple(BASE + "stage/list/1", RDF.first, bone),
        Triple(BASE + "stage/list/1", RDF.rest, RDF.nil),
        Triple(BASE + "bone/differential/marrow", RDF.type, RAD.Differential),
        Triple(BASE + "bone/differential/marrow", RAD.differentialOf, bone),
        Triple(BASE + "bone/differential/marrow", RAD.distinguishedBy, Literal("fat", "en")),
    ]


names = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._~/,()%3A:-]{0,12}\Z").filter(lambda n: "%" not in n)
iris = st.one_of(
    names.map(lambda n: BASE + n), st.sampled_from(["urn:x:1", "http://a/?q=\u00e9#f", SKOS.Concept, BASE])
)
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
    st.text('"\\\n\r\t{}<>,. @^', max_size=8),
)
literals = st.tuples(
    texts, st.sampled_from([("", ""), ("en", ""), ("de-ch", ""), ("", XSD.boolean), ("", "urn:type")])
).map(lambda drawn: Literal(drawn[0], *drawn[1]))
predicates = st.sampled_from([*(known.iri for known in PROPERTIES), "https://example.org/vocabulary/own"])
graphs = st.lists(st.tuples(iris, predicates, st.one_of(iris, literals)).map(Triple._make), max_size=12).map(graph_of)


BONE, MARROW, RED, TUMOUR = (BASE + name for name in ("bone", "marrow", "red-marrow", "tumour"))


def labelled(iri: str, label: str) -> list[Triple]:
    return [Triple(iri, RDF.type, SKOS.Concept), Triple(iri, SKOS.prefLabel, Literal(label, "en"))]


def kind(parent: str, child: str) -> list[Triple]:
    return [Triple(parent, SKOS.narrower, child), Triple(child, SKOS.broader, parent)]


STATED = [
    *labelled(BONE, 'The "bone"'),
    *labelled(MARROW, "Marrow"),
    *labelled(RED, "Red marrow"),
    *labelled(TUMOUR, "Tumour"),
    Triple(MARROW, SKOS.altLabel, Literal("Medulla", "en")),
    *kind(BONE, MARROW),
    *kind(MARROW, RED),
    Triple(RED, SKOS.related, TUMOUR),
    Triple(TUMOUR, SKOS.related, RED),
    Triple(BASE + "d", RAD.differentialOf, TUMOUR),
    Triple(BASE + "d", RAD.differentialDiagnosis, RED),
    Triple(BASE + "d", RAD.distinguishedBy, Literal("fat", "en")),
    Triple(BONE, RAD.note, Literal("Bone.md")),
    Triple(MARROW, RAD.note, Literal("Marrow.md")),
    Triple(MARROW, SKOS.definition, Literal("What bones hold.", "en")),
]
