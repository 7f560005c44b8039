"""Pre-flight checks for those who read the vocabulary: what each demands, and its own rules.

Source: the consumers' documentation and code, as measured in `pages/rules/` at each rule.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.naming import is_deprecated
from skosify_rad.checks.view import View
from skosify_rad.model.catalogue.outputs import FHIR_RULES
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Triple

RESOURCE_SLUGS: Final = frozenset(rule.slug for rule in FHIR_RULES)
"""Rules about the FHIR resources that an export becomes."""

CONSUMERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "annif": ("missing-label", "missing-language-tag", "untyped-concept", "deprecated-concept"),
        "atramhasis": ("several-schemes", "identifier-not-numeric", "concept-without-scheme", "missing-label"),
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
        "skosprovider": ("several-schemes", "identifier-not-numeric", "concept-without-scheme"),
    }
)
"""Consumer -> the rules it depends on; `--for` makes each of them an error."""
KEPT_SEVERITY: Final = frozenset({"deprecated-concept"})
"""Rules that stay what they are under `--for`: the consumer copes, its user should know."""

_MOST_LEVELS: Final = 9
_CODE: Final = re.compile(r"[^\s]+( [^\s]+)*")
"""FHIR R4's `code`: no white space at the ends, single blanks inside."""


def find_deep_levels(view: View) -> Iterator[Finding]:
    """Yield concepts below SkoHub's ninth level whose parents are still above it."""
    levels, numbers = view.reach.levels, view.names.numbers
    for concept in view.names.sort(c for c, level in levels.items() if level == _MOST_LEVELS + 1):
        message = f"{view.name(concept)} lies on level {_MOST_LEVELS + 1}; SkoHub shows {_MOST_LEVELS}"
        deepest = max(sorted(view.parents.get(concept, ())), key=lambda p: levels.get(numbers[p], 0), default=concept)
        hint = "Flatten the hierarchy above it."
        yield Finding("hierarchy-too-deep", concept, message, hint, view.find_broader(concept, deepest))


def find_ontology_schemes(view: View) -> Iterator[Finding]:
    """Yield schemes that are also ontologies."""
    for scheme in sorted(view.schemes):
        if OWL.Ontology in view.graph.objects(scheme, RDF.type):
            message = f"The scheme {view.name(scheme)} is also an owl:Ontology"
            triple = Triple(scheme, RDF.type, OWL.Ontology)
            yield Finding(
                "scheme-is-ontology", scheme, message, "Leave the type owl:Ontology out.", triple, view.schemes[scheme]
            )


def find_several_schemes(view: View) -> Iterator[Finding]:
    """Yield the second and later scheme described in one file."""
    described = sorted(s for s in view.schemes if s in view.graph.subjects)
    for scheme in described[1:]:
        message = f"{view.name(scheme)} is a second scheme beside {view.name(described[0])}"
        second = view.schemes[described[0]]
        yield Finding(
            "several-schemes", scheme, message, "Give each scheme a file of its own.", view.schemes[scheme], second
        )


def find_identifiers(view: View) -> Iterator[Finding]:
    """Yield concepts and collections without a numeric dcterms:identifier."""
    for resource in sorted({*view.own_concepts, *(c for c in view.collections if c in view.graph.subjects)}):
        values = [o.value for o in view.graph.objects(resource, DCT.identifier) if isinstance(o, Literal)]
        if not any(value.isascii() and value.isdigit() for value in values):
            message = f"{view.name(resource)} has no numeric dcterms:identifier"
            witness = view.concepts.get(resource) or view.collections[resource]
            yield Finding("identifier-not-numeric", resource, message, "Number the concepts of the export.", witness)


def find_untyped(view: View) -> Iterator[Finding]:
    """Yield concepts described here that are concepts by entailment only."""
    for concept in view.own_concepts:
        if SKOS.Concept not in view.graph.objects(concept, RDF.type):
            message = f"{view.name(concept)} is nowhere said to be a skos:Concept"
            yield Finding("untyped-concept", concept, message, "State its type.", view.concepts[concept])


def find_deprecated(view: View) -> Iterator[Finding]:
    """Yield deprecated concepts."""
    for concept in view.own_concepts:
        if is_deprecated(view, concept):
            message = f"{view.name(concept)} is deprecated and will not be offered"
            triple = Triple(concept, OWL.deprecated, view.graph.objects(concept, OWL.deprecated)[0])
            yield Finding("deprecated-concept", concept, message, "", triple)


def find_codes(view: View) -> Iterator[Finding]:
    """Yield concepts whose code, the notation or else the end of the IRI, does not fit or is taken."""
    first: dict[str, tuple[str, Triple]] = {}
    for concept in view.own_concepts:
        notations = [o for o in view.graph.objects(concept, SKOS.notation) if isinstance(o, Literal)]
        code = notations[0].value if notations else concept.rstrip("/#").replace("#", "/").rpartition("/")[2]
        witness = Triple(concept, SKOS.notation, notations[0]) if notations else view.concepts[concept]
        if not _CODE.fullmatch(code):
            message = f"The code “{code}” of {view.name(concept)} holds blanks at an end or doubled"
            yield Finding("invalid-code", concept, message, "Write the code without them.", witness)
        known = first.setdefault(code, (concept, witness))
        if known[0] != concept:
            message = f"The code “{code}” stands for {view.name(known[0])} and {view.name(concept)}"
            yield Finding("duplicate-code", concept, message, "Give each concept a code of its own.", witness, known[1])


def find_unknown_schemes(view: View) -> Iterator[Finding]:
    """Yield the first concept in each scheme of which nothing is said."""
    seen: set[str] = set()
    for concept in view.own_concepts:
        for scheme in sorted(view.find_schemes(concept)):
            if scheme not in view.graph.subjects and scheme not in seen:
                seen.add(scheme)
                message = f"{view.name(concept)} is in the scheme <{scheme}>, of which nothing is said"
                hint = "Describe the scheme in the same file."
                yield Finding("unknown-scheme", concept, message, hint, Triple(concept, SKOS.inScheme, scheme))


CHECKS: Final = (
    Check(find_deep_levels, ("hierarchy-too-deep",)),
    Check(find_ontology_schemes, ("scheme-is-ontology",)),
    Check(find_several_schemes, ("several-schemes",)),
    Check(find_identifiers, ("identifier-not-numeric",)),
    Check(find_untyped, ("untyped-concept",)),
    Check(find_deprecated, ("deprecated-concept",)),
    Check(find_codes, ("invalid-code", "duplicate-code")),
    Check(find_unknown_schemes, ("unknown-scheme",)),
)
"""In the order of the catalogue; run only with `--for`."""
