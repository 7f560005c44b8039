"""Namespaces and terms of published vocabularies, and the prefixes under which they are written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


class RDF:
    """RDF 1.1. Source: https://www.w3.org/TR/rdf11-concepts/."""

    NS: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type: Final = NS + "type"
    first: Final = NS + "first"
    rest: Final = NS + "rest"
    nil: Final = NS + "nil"
    value: Final = NS + "value"
    langString: Final = NS + "langString"


class RDFS:
    """RDF Schema. Source: https://www.w3.org/TR/rdf-schema/."""

    NS: Final = "http://www.w3.org/2000/01/rdf-schema#"
    label: Final = NS + "label"
    subPropertyOf: Final = NS + "subPropertyOf"
    subClassOf: Final = NS + "subClassOf"
    domain: Final = NS + "domain"
    range: Final = NS + "range"
    comment: Final = NS + "comment"
    isDefinedBy: Final = NS + "isDefinedBy"
    seeAlso: Final = NS + "seeAlso"


class OWL:
    """OWL 2. Source: https://www.w3.org/TR/owl2-syntax/."""

    NS: Final = "http://www.w3.org/2002/07/owl#"
    Ontology: Final = NS + "Ontology"
    Class: Final = NS + "Class"
    ObjectProperty: Final = NS + "ObjectProperty"
    DatatypeProperty: Final = NS + "DatatypeProperty"
    deprecated: Final = NS + "deprecated"
    versionInfo: Final = NS + "versionInfo"
    versionIRI: Final = NS + "versionIRI"
    priorVersion: Final = NS + "priorVersion"
    sameAs: Final = NS + "sameAs"


class XSD:
    """XML Schema datatypes. Source: https://www.w3.org/TR/xmlschema11-2/."""

    NS: Final = "http://www.w3.org/2001/XMLSchema#"
    string: Final = NS + "string"
    boolean: Final = NS + "boolean"
    date: Final = NS + "date"
    integer: Final = NS + "integer"


class SKOS:
    """SKOS. Source: https://www.w3.org/TR/skos-reference/#vocab."""

    NS: Final = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final = NS + "Concept"
    ConceptScheme: Final = NS + "ConceptScheme"
    Collection: Final = NS + "Collection"
    OrderedCollection: Final = NS + "OrderedCollection"
    inScheme: Final = NS + "inScheme"
    hasTopConcept: Final = NS + "hasTopConcept"
    topConceptOf: Final = NS + "topConceptOf"
    prefLabel: Final = NS + "prefLabel"
    altLabel: Final = NS + "altLabel"
    hiddenLabel: Final = NS + "hiddenLabel"
    notation: Final = NS + "notation"
    note: Final = NS + "note"
    changeNote: Final = NS + "changeNote"
    definition: Final = NS + "definition"
    editorialNote: Final = NS + "editorialNote"
    example: Final = NS + "example"
    historyNote: Final = NS + "historyNote"
    scopeNote: Final = NS + "scopeNote"
    semanticRelation: Final = NS + "semanticRelation"
    broader: Final = NS + "broader"
    narrower: Final = NS + "narrower"
    related: Final = NS + "related"
    broaderTransitive: Final = NS + "broaderTransitive"
    narrowerTransitive: Final = NS + "narrowerTransitive"
    member: Final = NS + "member"
    memberList: Final = NS + "memberList"
    mappingRelation: Final = NS + "mappingRelation"
    exactMatch: Final = NS + "exactMatch"
    closeMatch: Final = NS + "closeMatch"
    broadMatch: Final = NS + "broadMatch"
    narrowMatch: Final = NS + "narrowMatch"
    relatedMatch: Final = NS + "relatedMatch"


class SKOSXL:
    """SKOS-XL, labels as resources. Source: https://www.w3.org/TR/skos-reference/#xl."""

    NS: Final = "http://www.w3.org/2008/05/skos-xl#"
    Label: Final = NS + "Label"
    literalForm: Final = NS + "literalForm"
    prefLabel: Final = NS + "prefLabel"
    altLabel: Final = NS + "altLabel"
    hiddenLabel: Final = NS + "hiddenLabel"
    labelRelation: Final = NS + "labelRelation"


class SH:
    """SHACL. Source: https://www.w3.org/TR/shacl/."""

    NS: Final = "http://www.w3.org/ns/shacl#"
    declare: Final = NS + "declare"
    prefix: Final = NS + "prefix"
    namespace: Final = NS + "namespace"
    ValidationReport: Final = NS + "ValidationReport"
    ValidationResult: Final = NS + "ValidationResult"
    conforms: Final = NS + "conforms"
    result: Final = NS + "result"
    focusNode: Final = NS + "focusNode"
    resultPath: Final = NS + "resultPath"
    resultMessage: Final = NS + "resultMessage"
    resultSeverity: Final = NS + "resultSeverity"
    sourceConstraintComponent: Final = NS + "sourceConstraintComponent"
    sourceShape: Final = NS + "sourceShape"
    value: Final = NS + "value"
    Violation: Final = NS + "Violation"
    Warning: Final = NS + "Warning"
    Info: Final = NS + "Info"


class DCT:
    """DCMI Metadata Terms. Source: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/."""

    NS: Final = "http://purl.org/dc/terms/"
    title: Final = NS + "title"
    description: Final = NS + "description"
    creator: Final = NS + "creator"
    publisher: Final = NS + "publisher"
    license: Final = NS + "license"
    created: Final = NS + "created"
    modified: Final = NS + "modified"
    identifier: Final = NS + "identifier"
    isReplacedBy: Final = NS + "isReplacedBy"
    language: Final = NS + "language"
    source: Final = NS + "source"


class SDO:
    """Schema.org, for who made a scheme. Source: https://schema.org/docs/datamodel.html."""

    NS: Final = "https://schema.org/"
    name: Final = NS + "name"
    url: Final = NS + "url"
    Person: Final = NS + "Person"
    Organization: Final = NS + "Organization"


class VANN:
    """Vocabulary annotation. Source: https://vocab.org/vann/."""

    NS: Final = "http://purl.org/vocab/vann/"
    preferredNamespacePrefix: Final = NS + "preferredNamespacePrefix"
    preferredNamespaceUri: Final = NS + "preferredNamespaceUri"


class ADMS:
    """Asset Description Metadata Schema, for a concept's state. Source: https://www.w3.org/TR/vocab-adms/#status."""

    NS: Final = "http://www.w3.org/ns/adms#"
    STATUS_NS: Final = "http://purl.org/adms/status/"
    status: Final = NS + "status"
    Completed: Final = STATUS_NS + "Completed"
    UnderDevelopment: Final = STATUS_NS + "UnderDevelopment"
    Deprecated: Final = STATUS_NS + "Deprecated"
    Accepted: Final = "http://purl.org/ontology/bibo/status/accepted"
    """By a reviewer. ADMS has no such state; this one is of the Bibliographic Ontology."""
    WITHOUT_NOTE: Final = frozenset({UnderDevelopment, Accepted})
    """States of concepts that are named but have no note."""


class VOID:
    """Vocabulary of Interlinked Datasets. Source: https://www.w3.org/TR/void/."""

    NS: Final = "http://rdfs.org/ns/void#"
    Dataset: Final = NS + "Dataset"
    DatasetDescription: Final = NS + "DatasetDescription"
    triples: Final = NS + "triples"
    entities: Final = NS + "entities"
    distinctSubjects: Final = NS + "distinctSubjects"
    properties: Final = NS + "properties"
    classPartition: Final = NS + "classPartition"
    class_: Final = NS + "class"
    vocabulary: Final = NS + "vocabulary"
    exampleResource: Final = NS + "exampleResource"
    rootResource: Final = NS + "rootResource"
    uriSpace: Final = NS + "uriSpace"
    sparqlEndpoint: Final = NS + "sparqlEndpoint"


class DCAT:
    """Data Catalog Vocabulary. Source: https://www.w3.org/TR/vocab-dcat-3/."""

    NS: Final = "http://www.w3.org/ns/dcat#"
    Dataset: Final = NS + "Dataset"
    DataService: Final = NS + "DataService"
    endpointURL: Final = NS + "endpointURL"
    servesDataset: Final = NS + "servesDataset"


class FOAF:
    """Friend of a Friend, for what a document is about. Source: http://xmlns.com/foaf/spec/."""

    NS: Final = "http://xmlns.com/foaf/0.1/"
    topic: Final = NS + "topic"


class SD:
    """SPARQL service description. Source: https://www.w3.org/TR/sparql11-service-description/."""

    NS: Final = "http://www.w3.org/ns/sparql-service-description#"
    Service: Final = NS + "Service"
    Dataset: Final = NS + "Dataset"
    NamedGraph: Final = NS + "NamedGraph"
    SPARQL11Query: Final = NS + "SPARQL11Query"
    endpoint: Final = NS + "endpoint"
    supportedLanguage: Final = NS + "supportedLanguage"
    defaultDataset: Final = NS + "defaultDataset"
    namedGraph: Final = NS + "namedGraph"
    name: Final = NS + "name"
    graph: Final = NS + "graph"


OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
"""Properties of OBO ontologies in OWL: `hasExactSynonym`."""
RAD_NS: Final = "https://w3id.org/rad2skos/ns#"
"""Our own namespace; `model/ontology.py` declares its terms."""


INVERSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        SKOS.broader: SKOS.narrower,
        SKOS.narrower: SKOS.broader,
        SKOS.related: SKOS.related,
        SKOS.hasTopConcept: SKOS.topConceptOf,
        SKOS.topConceptOf: SKOS.hasTopConcept,
        SKOS.broaderTransitive: SKOS.narrowerTransitive,
        SKOS.narrowerTransitive: SKOS.broaderTransitive,
        SKOS.exactMatch: SKOS.exactMatch,
        SKOS.closeMatch: SKOS.closeMatch,
        SKOS.relatedMatch: SKOS.relatedMatch,
        SKOS.broadMatch: SKOS.narrowMatch,
        SKOS.narrowMatch: SKOS.broadMatch,
    }
)
"""Property -> the one that says the same from the other end. Source: SKOS S8, S23, S25, S26, S43, S44."""

PREFIXES: Final[dict[str, str]] = {
    "adms": ADMS.NS,
    "dcat": DCAT.NS,
    "dct": DCT.NS,
    "foaf": FOAF.NS,
    "owl": OWL.NS,
    "rad": RAD_NS,
    "rdf": RDF.NS,
    "rdfs": RDFS.NS,
    "schema": SDO.NS,
    "sd": SD.NS,
    "skos": SKOS.NS,
    "vann": VANN.NS,
    "void": VOID.NS,
    "xsd": XSD.NS,
}
"""Prefixes as this field writes them; outputs declare only those that they use."""


def curie(iri: str) -> str:
    """Return the prefixed form of a term's IRI, or the IRI itself where no prefix fits.

    >>> curie("http://www.w3.org/2004/02/skos/core#narrower")
    'skos:narrower'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri[len(namespace) :].isidentifier():
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """Return the IRI of a prefixed name, or the IRI itself.

    >>> expand("skos:narrower")
    'http://www.w3.org/2004/02/skos/core#narrower'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name
