"""The ontology file: our own `rad:` terms in Turtle, each with label, comment, domain and range."""

from collections.abc import Iterable

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, OWL, RAD_NS, RDF, RDFS, VANN
from skosify_rad.model.ontology import OWN_TERMS, OwnTerm
from skosify_rad.model.statements import Literal, Term
from skosify_rad.model.version import __version__
from skosify_rad.outputs.turtle import TURTLE

FILE_NAME = "ontology.ttl"
"""The file that stands beside every export."""


def render_ontology(terms: Iterable[OwnTerm] = OWN_TERMS) -> bytes:
    """Return the declarations of our terms as Turtle."""
    head: dict[str, tuple[Term, ...]] = {
        RDF.type: (OWL.Ontology,),
        DCT.title: (Literal("rad2skos vocabulary", "en"),),
        DCT.description: (Literal("Terms for what a radiology vocabulary says and SKOS has no term for.", "en"),),
        OWL.versionInfo: (Literal(__version__),),
        VANN.preferredNamespacePrefix: (Literal("rad"),),
        VANN.preferredNamespaceUri: (Literal(RAD_NS),),
    }
    ontology = RAD_NS.rstrip("#")
    subjects = {ontology: head} | {term.iri: _describe(term, ontology) for term in terms}
    return TURTLE.render(Graph(subjects, ontology), Config())


def _describe(term: OwnTerm, ontology: str) -> dict[str, tuple[Term, ...]]:
    if not term.range:
        types: tuple[Term, ...] = (OWL.Class,)
    else:
        types = (OWL.DatatypeProperty if term.holds_text else OWL.ObjectProperty,)
    described: dict[str, tuple[Term, ...]] = {
        RDF.type: types,
        RDFS.label: (Literal(term.label, "en"),),
        RDFS.comment: (Literal(term.comment, "en"),),
        RDFS.isDefinedBy: (ontology,),
    }
    return described | ({RDFS.domain: (term.domain,), RDFS.range: (term.range,)} if term.range else {})
