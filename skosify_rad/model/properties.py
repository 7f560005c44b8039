"""Every property an export uses: its place in the order of writing, and how JSON-LD writes its values.

This is the one table behind Turtle, JSON-LD, its context and the order of the graph. Our own properties come from
their declarations (`ontology`).
"""

from typing import Final, NamedTuple

from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, RDFS, SKOS, VANN, XSD
from skosify_rad.model.ontology import OWN_TERMS, OwnTerm

LANGUAGE_MAP: Final = "@language"
"""Coercion of texts with a language tag: `{"en": "Osteoporosis"}`."""
REFERENCE: Final = "@id"
"""Coercion of IRIs."""
NAME: Final = "@vocab"
"""Coercion of IRIs that have a name in the context: classes and states."""

MATCHES: Final = {
    SKOS.exactMatch: "same as",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.narrowMatch: "broader than",
    SKOS.relatedMatch: "related to",
}
"""Mapping property -> how a concept relates to another vocabulary's, in words."""


class Property(NamedTuple):
    """A property and how its values are written in JSON-LD."""

    iri: str
    """The IRI."""
    coercion: str = ""
    """`REFERENCE`, `NAME`, `LANGUAGE_MAP`, a datatype's IRI, or empty for plain strings."""
    is_set: bool = False
    """Always an array, even of one value."""
    named: str = ""
    """The JSON key where it is not the local name."""

    @property
    def key(self) -> str:
        """The JSON key: `altLabel`."""
        return self.named or self.iri[max(self.iri.rfind("#"), self.iri.rfind("/")) + 1 :]


def _text(*iris: str) -> tuple[Property, ...]:
    return tuple(Property(iri, LANGUAGE_MAP) for iri in iris)


def _texts(*iris: str) -> tuple[Property, ...]:
    return tuple(Property(iri, LANGUAGE_MAP, is_set=True) for iri in iris)


def _link(*iris: str) -> tuple[Property, ...]:
    return tuple(Property(iri, REFERENCE) for iri in iris)


def _links(*iris: str) -> tuple[Property, ...]:
    return tuple(Property(iri, REFERENCE, is_set=True) for iri in iris)


def _strings(*iris: str) -> tuple[Property, ...]:
    return tuple(map(Property, iris))


def _dates(*iris: str) -> tuple[Property, ...]:
    return tuple(Property(iri, XSD.date) for iri in iris)


def describe_own(term: OwnTerm) -> Property:
    """Return how a property of our namespace is written."""
    coercion = LANGUAGE_MAP if term.range == RDF.langString else "" if term.range == XSD.string else term.range
    return Property(term.iri, coercion if term.holds_text else REFERENCE, term.many, term.key)


PROPERTIES: Final[tuple[Property, ...]] = (
    Property(RDF.type, NAME),
    # what it is called
    *_text(DCT.title, RDFS.label, SKOS.prefLabel),
    *_texts(SKOS.altLabel, SKOS.hiddenLabel),
    Property(SKOS.notation, is_set=True),
    # what it is
    *_text(DCT.description, RDFS.comment),
    *_texts(SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.note),
    # where it stands
    *_link(SKOS.inScheme, SKOS.topConceptOf),
    *_links(SKOS.hasTopConcept, SKOS.broader, SKOS.narrower, SKOS.related, SKOS.member),
    *_link(SKOS.memberList, RDF.first, RDF.rest),
    *(describe_own(term) for term in OWN_TERMS if term.range and term.in_exports),
    # what it matches elsewhere
    *_links(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, OWL.sameAs),
    # where it comes from, and its state
    *_link(RDFS.isDefinedBy),
    *_links(DCT.source, RDFS.seeAlso),
    *_strings(DCT.identifier),
    Property(ADMS.status, NAME),
    Property(OWL.deprecated, XSD.boolean),
    *_links(DCT.isReplacedBy),
    *_texts(SKOS.editorialNote, SKOS.changeNote, SKOS.historyNote),
    *_strings(DCT.creator, DCT.publisher),
    *_link(DCT.license),
    *_strings(DCT.language),
    *_dates(DCT.created, DCT.modified),
    Property(OWL.versionInfo, named="version"),
    *_link(OWL.versionIRI, OWL.priorVersion),
    *_strings(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
)
"""Properties as a reader expects them; those not listed follow, by IRI."""

CLASSES: Final[tuple[str, ...]] = (
    *(SKOS.ConceptScheme, SKOS.Concept, SKOS.Collection, SKOS.OrderedCollection),
    *(term.iri for term in OWN_TERMS if not term.range),
    RDF.NS + "List",
)
"""Classes that have a name in the JSON-LD context."""

STATES: Final[tuple[str, ...]] = (ADMS.Completed, ADMS.UnderDevelopment, ADMS.Accepted, ADMS.Deprecated)
"""States that have a name in the JSON-LD context."""

_RANK: Final = {known.iri: number for number, known in enumerate(PROPERTIES)}


def rank_property(iri: str) -> tuple[int, str]:
    """Return the sort key that puts properties in the order of writing."""
    return _RANK.get(iri, len(_RANK)), iri
