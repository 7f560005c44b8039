"""Our own terms, for what SKOS has no term for: each is declared here, once.

From a declaration follow its place in Turtle and JSON-LD (`properties`), the JSON-LD context, the ontology file and
the vocabulary page.
"""

from typing import Final, NamedTuple

from skosify_rad.model.namespaces import RAD_NS, RDF, RDFS, SH, SKOS, XSD


class OwnTerm(NamedTuple):
    """A class or property of our namespace."""

    name: str
    """Local name: `distinguishedBy`."""
    label: str
    """English label: `distinguished by`."""
    comment: str
    """What it means, in a sentence or two."""
    domain: str = ""
    """IRI of the class it is used on; empty for a class."""
    range: str = ""
    """IRI of a class, of a datatype, or `rdf:langString`; empty for a class."""
    many: bool = False
    """A resource may have several values."""
    key: str = ""
    """Key in JSON-LD where the local name is taken."""
    in_exports: bool = True
    """False for a term that only our SHACL shapes use."""

    @property
    def iri(self) -> str:
        """The IRI."""
        return RAD_NS + self.name

    @property
    def holds_text(self) -> bool:
        """Whether its values are literals."""
        return self.range.startswith((XSD.NS, RDF.NS))


_declared: list[OwnTerm] = []


def _declare(term: OwnTerm) -> str:
    """Declare a term and return its IRI."""
    _declared.append(term)
    return term.iri


class RAD:
    """The IRIs of our own terms, properties in the order in which they are written."""

    Differential: Final = _declare(
        OwnTerm(
            "Differential",
            "differential",
            "The statement that one concept is a differential diagnosis of another, with what distinguishes the two. "
            "It stands beside a plain skos:related between them.",
        )
    )
    differentialOf: Final = _declare(
        OwnTerm(
            "differentialOf",
            "differential of",
            "The concept whose note lists the differential.",
            RAD_NS + "Differential",
            SKOS.Concept,
        )
    )
    differentialDiagnosis: Final = _declare(
        OwnTerm(
            "differentialDiagnosis",
            "differential diagnosis",
            "The concept that is listed: what else it could be.",
            RAD_NS + "Differential",
            SKOS.Concept,
        )
    )
    distinguishedBy: Final = _declare(
        OwnTerm(
            "distinguishedBy",
            "distinguished by",
            "What distinguishes the differential diagnosis, in the words of the note: a value for each point.",
            RAD_NS + "Differential",
            RDF.langString,
            many=True,
        )
    )
    steps: Final = _declare(
        OwnTerm(
            "steps",
            "steps",
            "The ordered collection that holds the stages, grades or other steps of a scale from first to last.",
            SKOS.Concept,
            SKOS.OrderedCollection,
            many=True,
        )
    )
    note: Final = _declare(
        OwnTerm(
            "note",
            "note",
            "Path, within the vault, of the note that describes the concept or lists the collection.",
            RDFS.NS + "Resource",
            XSD.string,
            key="notePath",
        )
    )
    predicate: Final = _declare(
        OwnTerm(
            "predicate",
            "predicate",
            "The property whose statement a SHACL shape finds at fault, where the shape's path is longer than that.",
            SH.NS + "Shape",
            RDF.NS + "Property",
            in_exports=False,
        )
    )


OWN_TERMS: Final = tuple(_declared)
"""Every term of our namespace, classes included, in the order of declaration."""
