"""Checks for consumers, the applications that read the vocabulary: which rules each needs, and its own rules.

Source: the consumers' documentation and code; see each rule's page.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.naming import is_deprecated
from skosify_rad.checks.view import View
from skosify_rad.graph.columns import ReadGraph
from skosify_rad.model.catalogue.output_rules import FHIR_RULES
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Triple

RESOURCE_SLUGS: Final = frozenset(rule.slug for rule in FHIR_RULES)
"""Rules about the FHIR resources that an export becomes."""

CONSUMERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "annif": ("missing-label", "missing-language-tag", "untyped-concept", "deprecated-concept"),
        "atramhasis": ("several-schemes", "concept-without-scheme", "missing-label"),
        "bioportal": (
            "missing-label",
            "no-top-concept",
            "unlisted-top-concept",
            "untyped-concept",
            "cyclic-hierarchy",
            "reflexive-relation",
        ),
        "fhir": (
            "invalid-code",
            "duplicate-code",
            "missing-label",
            "cyclic-hierarchy",
            "reflexive-relation",
            *RESOURCE_SLUGS,
        ),
        "jskos": ("unknown-scheme", "concept-without-scheme", "missing-label", "iri-not-http"),
        "skohub": ("hierarchy-too-deep", "scheme-is-ontology", "no-top-concept", "untitled-scheme", "one-way-relation"),
        "skosmos": (
            *(
                "cyclic-hierarchy",
                "reflexive-relation",
                "redundant-broader",
                "untyped-concept",
                "concept-without-scheme",
            ),
            *("missing-language-tag", "missing-label", "no-top-concept"),
        ),
        "skosprovider": ("several-schemes", "concept-without-scheme"),
    }
)
"""Consumer -> the rules it depends on; `--for` makes them errors."""
KEPT_SEVERITY: Final = frozenset({"deprecated-concept"})
"""Rules that keep their severity under `--for`, since the consumer handles the case."""

_MAX_LEVELS: Final = 9
"""Levels that SkoHub shows."""
_CODE: Final = lazy_pattern(r"[^\s]+( [^\s]+)*")
"""FHIR R4's `code`: no white space at either end, single spaces inside."""


def find_deep_levels(view: View) -> Iterator[Finding]:
    """Yield the concepts on the first level that SkoHub does not show."""
    levels, numbers = view.reach.levels, view.index.numbers
    for concept in view.index.sort_iris(c for c, level in levels.items() if level == _MAX_LEVELS + 1):
        message = f"{view.name(concept)} is on level {_MAX_LEVELS + 1} of the hierarchy; SkoHub shows {_MAX_LEVELS}"
        deepest = max(sorted(view.parents.get(concept, ())), key=lambda p: levels.get(numbers[p], 0), default=concept)
        hint = "Remove levels above it."
        yield Finding("hierarchy-too-deep", concept, message, hint, view.find_broader(concept, deepest))


def find_ontology_schemes(view: View) -> Iterator[Finding]:
    """Yield schemes that are also ontologies."""
    for scheme in sorted(view.schemes):
        if OWL.Ontology in view.graph.objects(scheme, RDF.type):
            message = f"The scheme {view.name(scheme)} is also an owl:Ontology"
            triple = Triple(scheme, RDF.type, OWL.Ontology)
            hint = "Remove the type owl:Ontology."
            yield Finding("scheme-is-ontology", scheme, message, hint, triple, view.schemes[scheme])


def find_several_schemes(view: View) -> Iterator[Finding]:
    """Yield every scheme described here except the first."""
    described = sorted(s for s in view.schemes if s in view.graph.subjects)
    for scheme in described[1:]:
        message = f"{view.name(scheme)} is another concept scheme besides {view.name(described[0])}"
        second = view.schemes[described[0]]
        yield Finding("several-schemes", scheme, message, "Write one file per scheme.", view.schemes[scheme], second)


def find_untyped(view: View) -> Iterator[Finding]:
    """Yield concepts described here whose type is entailed, not stated."""
    for concept in view.own_concepts:
        if SKOS.Concept not in view.graph.objects(concept, RDF.type):
            message = f"{view.name(concept)} is not stated to be a skos:Concept"
            yield Finding("untyped-concept", concept, message, "Add “a skos:Concept”.", view.concepts[concept])


def find_deprecated(view: View) -> Iterator[Finding]:
    """Yield deprecated concepts."""
    for concept in view.own_concepts:
        if is_deprecated(view, concept):
            message = f"{view.name(concept)} is deprecated and will be left out"
            triple = Triple(concept, OWL.deprecated, view.graph.objects(concept, OWL.deprecated)[0])
            yield Finding("deprecated-concept", concept, message, "", triple)


def find_codes(view: View) -> Iterator[Finding]:
    """Yield concepts whose code is invalid or taken.

    The code is the notation, else the last part of the IRI. For concepts from notes it is the identifier, as our FHIR
    output has it.
    """
    is_foreign = isinstance(view.graph, ReadGraph)
    first: dict[str, tuple[str, Triple]] = {}
    for concept in view.own_concepts:
        notations = [o for o in view.graph.objects(concept, SKOS.notation) if isinstance(o, Literal) and is_foreign]
        code = notations[0].value if notations else concept.rstrip("/#").replace("#", "/").rpartition("/")[2]
        witness = Triple(concept, SKOS.notation, notations[0]) if notations else view.concepts[concept]
        if not _CODE.fullmatch(code):
            message = f"The code “{code}” of {view.name(concept)} has leading, trailing or repeated spaces"
            yield Finding("invalid-code", concept, message, "Remove the spaces.", witness)
        known = first.setdefault(code, (concept, witness))
        if known[0] != concept:
            message = f"{view.name(known[0])} and {view.name(concept)} have the same code “{code}”"
            yield Finding("duplicate-code", concept, message, "Give each concept its own code.", witness, known[1])


CHECKS: Final = (
    Check(find_deep_levels, ("hierarchy-too-deep",)),
    Check(find_ontology_schemes, ("scheme-is-ontology",)),
    Check(find_several_schemes, ("several-schemes",)),
    Check(find_untyped, ("untyped-concept",)),
    Check(find_deprecated, ("deprecated-concept",)),
    Check(find_codes, ("invalid-code", "duplicate-code")),
)
"""In the order of the catalogue; only with `--for`."""
