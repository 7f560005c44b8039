"""The CodeSystem: every concept with its labels, its place and its properties.

Source: https://hl7.org/fhir/R4/codesystem.html, https://hl7.org/fhir/R4/codesystem-concept-properties.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, NamedTuple

from skosify_rad.model.namespaces import ADMS, DCT, OWL, RAD_NS, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.fhir.code_view import Resource, clean, find_copyright, make_head, write_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skosify_rad.outputs.fhir.code_view import Vocabulary

DEEPEST_NESTING: Final = 40
"""Levels written inside each other; what lies deeper stands at the top with its `parent`: parsers have their limits."""

_HL7: Final = "http://hl7.org/fhir/concept-properties#"


class ConceptProperty(NamedTuple):
    """A property of concepts as the code system declares it."""

    code: str
    """Its code: `parent`."""
    uri: str
    """What it means: servers go by this."""
    type: str
    """`code`, `string`, `boolean` or `dateTime`."""
    description: str
    """In one sentence."""


STATUS: Final = ConceptProperty("status", _HL7 + "status", "code", "active, draft (no note of its own) or deprecated.")
INACTIVE: Final = ConceptProperty("inactive", _HL7 + "inactive", "boolean", "The concept is no longer to be used.")
DEPRECATED_ON: Final = ConceptProperty(
    "deprecationDate", _HL7 + "deprecationDate", "dateTime", "When the concept was deprecated."
)
NOT_SELECTABLE: Final = ConceptProperty(
    "notSelectable", _HL7 + "notSelectable", "boolean", "The concept groups others and is not to be chosen itself."
)
REPLACED_BY: Final = ConceptProperty("replacedBy", DCT.isReplacedBy, "code", "The concept to use instead.")
PARENT: Final = ConceptProperty("parent", _HL7 + "parent", "code", "A concept directly above; all of them are named.")
CHILD: Final = ConceptProperty("child", _HL7 + "child", "code", "A concept directly below; all of them are named.")
RELATED: Final = ConceptProperty(
    "related", SKOS.related, "code", "A differential diagnosis, or a concept otherwise related."
)
DISTINGUISHED_BY: Final = ConceptProperty(
    "distinguishedBy", RAD.distinguishedBy, "string", "The code of a differential, a colon, and what distinguishes it."
)
NOTATION: Final = ConceptProperty("notation", SKOS.notation, "string", "The code within a scale: IA.")
COMMENT: Final = ConceptProperty("comment", _HL7 + "comment", "string", "A note on the meaning or the use.")
SOURCE: Final = ConceptProperty("source", DCT.source, "string", "Where the note is published.")
PROPERTIES: Final = (
    *(STATUS, INACTIVE, DEPRECATED_ON, NOT_SELECTABLE, REPLACED_BY, PARENT, CHILD, RELATED, DISTINGUISHED_BY),
    *(NOTATION, COMMENT, SOURCE),
)
"""Every property that is written, in this order; a code system declares those it uses."""

_STATES: Final = {
    ADMS.Completed: "active",
    ADMS.Accepted: "active",
    ADMS.UnderDevelopment: "draft",
    ADMS.Deprecated: "deprecated",
}
_SCALES: Final = frozenset("classification grading staging system score scale".split())
"""Last words of the labels of scales: their grades are chosen, never the scale."""

SYNONYM: Final = {"system": "http://snomed.info/sct", "code": "900000000000013009", "display": "Synonym"}
"""Use of an alternative label."""
PREFERRED: Final = {
    "system": "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra",
    "code": "preferredForLanguage",
    "display": "Preferred For Language",
}
"""Use of a preferred label in a further language."""
HIDDEN: Final = {"system": RAD_NS.rstrip("#"), "code": "hiddenLabel", "display": "Hidden label, for search only"}
"""Use of a hidden label, of our own so that it can be left out."""


def build_code_system(vocabulary: Vocabulary) -> Resource:
    """Return the CodeSystem of a scheme.

    A concept is nested in the deepest of its parents; `parent` and `child` name all of them.
    """
    concepts, used = _build_concepts(vocabulary)
    system = make_head(vocabulary, "CodeSystem", "", vocabulary.title)
    if vocabulary.settings.identifier:
        system["identifier"] = [{"system": "urn:ietf:rfc:3986", "value": vocabulary.settings.identifier}]
    scheme = vocabulary.graph.scheme
    system["description"] = vocabulary.text(scheme, DCT.description) or f"The concepts of {vocabulary.title}."
    if words := find_copyright(vocabulary):
        system["copyright"] = words
    system |= {"caseSensitive": True, "valueSet": f"{vocabulary.url}/ValueSet/all"}
    system |= {"hierarchyMeaning": vocabulary.settings.hierarchy_meaning, "compositional": False}
    system |= {"versionNeeded": vocabulary.settings.version_needed, "content": "complete"}
    system["count"] = len(vocabulary.codes)
    declared = [p._asdict() for p in PROPERTIES if p.code in used]
    if declared:
        system["property"] = declared
    if concepts:
        system["concept"] = concepts
    return system


def _build_concepts(vocabulary: Vocabulary) -> tuple[list[Resource], set[str]]:
    """Return the concepts, nested, and the codes of the properties that they use."""
    facts = _Facts(vocabulary)
    tops: list[Resource] = []
    placed: dict[str, tuple[Resource, int]] = {}
    used: set[str] = set()
    for iri in sorted(vocabulary.codes, key=lambda iri: (vocabulary.levels.get(iri, 1), vocabulary.codes[iri])):
        concept = facts.describe(iri)
        used.update(part["code"] for part in concept.get("property", ()))
        above, depth = placed[vocabulary.parents[iri][0]] if iri in vocabulary.parents else ({}, 0)
        if 0 < depth < DEEPEST_NESTING:
            above.setdefault("concept", []).append(concept)
        else:
            tops.append(concept)
            depth = 0
        placed[iri] = concept, depth + 1
    return tops, used


class _Facts:
    """What the graph says of each concept."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._children = vocabulary.children
        self._groups = find_groups(vocabulary)
        self._words = _find_differences(vocabulary)

    def describe(self, iri: str) -> Resource:
        """Return a concept without those below it."""
        vocabulary = self._vocabulary
        concept: Resource = {"code": vocabulary.codes[iri], "display": vocabulary.label(iri)}
        definition = "\n\n".join(text.value for text in _of_first_language(vocabulary.texts(iri, SKOS.definition)))
        if definition:
            concept["definition"] = definition
        if designations := [*self._designate(iri)]:
            concept["designation"] = designations
        if said := [{"code": p.code, _VALUES[p.type]: value} for p, value in self._tell(iri)]:
            concept["property"] = said
        return concept

    def _designate(self, iri: str) -> Iterator[Resource]:
        uses = ((SKOS.prefLabel, PREFERRED), (SKOS.altLabel, SYNONYM), (SKOS.hiddenLabel, HIDDEN))
        for predicate, use in uses:
            for label in self._vocabulary.texts(iri, predicate)[predicate == SKOS.prefLabel :]:
                language = {"language": write_language(label.language)} if label.language else {}
                yield {**language, "use": use, "value": label.value}

    def _tell(self, iri: str) -> Iterator[tuple[ConceptProperty, str | bool]]:
        """Yield the properties, in the order of their declaration."""
        graph, codes = self._vocabulary.graph, self._vocabulary.codes
        deprecated = any(
            isinstance(t, Literal) and t.value in ("true", "1") for t in graph.objects(iri, OWL.deprecated)
        )
        state = next((_STATES[s] for s in graph.objects(iri, ADMS.status) if s in _STATES), "")
        if deprecated or state:
            yield STATUS, "deprecated" if deprecated else state
        if deprecated:
            yield INACTIVE, True
            dates = (t.value for t in graph.objects(iri, DCT.modified) if isinstance(t, Literal))
            yield from ((DEPRECATED_ON, date) for date in dates if _DATE.fullmatch(date))
        if iri in self._groups:
            yield NOT_SELECTABLE, True
        for known, found in (
            (REPLACED_BY, graph.objects(iri, DCT.isReplacedBy)),
            (PARENT, self._vocabulary.parents.get(iri, ())),
            (CHILD, self._children.get(iri, ())),
            (RELATED, graph.objects(iri, SKOS.related)),
        ):
            yield from ((known, codes[other]) for other in _in_scheme(found, codes) if other != iri)
        yield from ((DISTINGUISHED_BY, words) for words in self._words.get(iri, ()))
        for known, predicates in ((NOTATION, _NOTATIONS), (COMMENT, _NOTES)):
            texts = (text.value for p in predicates for text in self._vocabulary.texts(iri, p))
            yield from ((known, text) for text in dict.fromkeys(texts))  # a notation is written plain and typed
        yield from ((SOURCE, clean(term)) for term in sorted(map(str, _iris(graph.objects(iri, DCT.source)))))


_VALUES: Final = {"code": "valueCode", "string": "valueString", "boolean": "valueBoolean", "dateTime": "valueDateTime"}
_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NOTATIONS: Final = (SKOS.notation,)
_NOTES: Final = (SKOS.scopeNote, SKOS.note, SKOS.example)


def _iris(terms: tuple[str | Literal, ...]) -> list[str]:
    return [term for term in terms if isinstance(term, str)]


def _in_scheme(found: object, codes: object) -> list[str]:
    assert isinstance(codes, dict)
    return sorted({i for i in found if isinstance(i, str) and i in codes}, key=codes.__getitem__)  # type: ignore[attr-defined]


def _of_first_language(texts: list[Literal]) -> list[Literal]:
    return [text for text in texts if text.language == texts[0].language]


def find_groups(vocabulary: Vocabulary) -> set[str]:
    """Return the concepts that only group: those configured, and scales, which stand above a list in order."""
    graph, globs = vocabulary.graph, [glob.casefold() for glob in vocabulary.settings.not_selectable]
    ordered = {s for s, said in graph.subjects.items() if SKOS.OrderedCollection in said.get(RDF.type, ())}
    graded = {member for s in ordered for member in graph.objects(s, SKOS.member)}
    found = set()
    for iri, below in vocabulary.children.items():
        last = vocabulary.label(iri).casefold().rpartition(" ")[2]
        if last in _SCALES and any(child in graded for child in below):
            found.add(iri)
    for iri in vocabulary.codes if globs else ():
        label = vocabulary.label(iri).casefold()
        if any(fnmatchcase(label, glob) for glob in globs):
            found.add(iri)
    return found


def _find_differences(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return concept -> what distinguishes each differential from it, the code of that one in front."""
    codes = vocabulary.codes
    found: dict[str, list[str]] = defaultdict(list)
    for subject, said in vocabulary.graph.subjects.items():
        for one in _iris(said.get(RAD.differentialOf, ())):
            for other in _iris(said.get(RAD.differentialDiagnosis, ())):
                if one in codes and other in codes:
                    words = [text.value for text in vocabulary.texts(subject, RAD.distinguishedBy)]
                    found[one] += [f"{codes[other]}: {text}" for text in words]
    return {iri: sorted(words) for iri, words in found.items()}
