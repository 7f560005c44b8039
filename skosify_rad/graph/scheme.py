"""Metadata of the concept scheme (Dublin Core, VANN, OWL).

Nothing here is computed from the concepts, so that branches which change different notes do not conflict in it.
"""

from collections.abc import Iterator

from skosify_rad.model.config import Scheme
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS, VANN, XSD
from skosify_rad.model.statements import Literal, Term


def describe(scheme: Scheme, title: str) -> Iterator[tuple[str, Term]]:
    """Yield the properties of a scheme; `title` is the default for that of the configuration."""
    language = scheme.language.lower()
    yield RDF.type, SKOS.ConceptScheme
    name = scheme.title or title or "Radiology notes"
    yield DCT.title, Literal(name, language)
    yield SKOS.prefLabel, Literal(name, language)  # what most tools show
    yield VANN.preferredNamespacePrefix, Literal(scheme.prefix)
    yield VANN.preferredNamespaceUri, Literal(scheme.base)
    yield DCT.language, Literal(scheme.language)
    yield DCT.description, Literal(scheme.description or f"Concepts read from the notes “{name}”.", language)
    named = ((DCT.creator, scheme.creator), (DCT.publisher, scheme.publisher), (DCT.license, scheme.license))
    for predicate, value in named:
        if value:
            yield predicate, value if value.startswith(("http://", "https://")) else Literal(value)
    for predicate, value in ((DCT.created, scheme.created), (DCT.modified, scheme.modified)):
        if value:
            yield predicate, Literal(value, "", XSD.date)
    if scheme.version:
        yield OWL.versionInfo, Literal(scheme.version)
