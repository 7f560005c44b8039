"""Rules about the graph (RAD5xx) and its consumers (RAD60x).

RAD50x are found and resolved while the graph is built, the others are found in the finished graph.
"""

from typing import Final

from skosify_rad.model.diagnostics import Rule, RuleClass, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
_EDITORIAL, _PRACTICE, _STANDARD = RuleClass.EDITORIAL, RuleClass.PRACTICE, RuleClass.STANDARD

_BUILD: Final = (
    Rule("RAD501", "hierarchy-cycle", _WARNING, _PRACTICE, "Notes list each other as subtypes; the statement with the weakest evidence was left out.", "qSKOS chr"),
    Rule("RAD502", "related-in-hierarchy", _WARNING, _STANDARD, "A differential is also a subtype (or the reverse); the differential was left out.", "SKOS S27"),
)

_STANDARD_RULES: Final = (
    Rule("RAD510", "scheme-is-concept", _ERROR, _STANDARD, "A resource is both a concept and a concept scheme.", "SKOS S9"),
    Rule("RAD511", "label-in-two-roles", _ERROR, _STANDARD, "A label has more than one role (preferred, alternative, hidden).", "SKOS S13"),
    Rule("RAD512", "second-preferred-label", _ERROR, _STANDARD, "A resource has two preferred labels in one language.", "SKOS S14"),
    Rule("RAD513", "related-and-broader", _ERROR, _STANDARD, "Two concepts are related, but one is an ancestor of the other.", "SKOS S27"),
    Rule("RAD514", "collection-is-concept", _ERROR, _STANDARD, "A collection is also a concept or a concept scheme.", "SKOS S37"),
    Rule("RAD515", "conflicting-mappings", _ERROR, _STANDARD, "Two concepts are exact matches and also broader, narrower or related matches.", "SKOS S46"),
    Rule("RAD516", "label-not-text", _ERROR, _STANDARD, "A label is an IRI, a number or a date, not text.", "SKOS S12"),
    Rule("RAD517", "text-as-resource", _ERROR, _STANDARD, "The object of a relation is text, not a resource.", "SKOS S3, S18, S30, S36, S38, S53, S59"),
    Rule("RAD518", "invalid-member-list", _ERROR, _STANDARD, "A member list is malformed, or a collection has two.", "SKOS S34, S35"),
    Rule("RAD519", "member-is-scheme", _ERROR, _STANDARD, "A member of a collection is a concept scheme.", "SKOS S32, S36 with S9, S37"),
    Rule("RAD520", "notation-not-literal", _ERROR, _STANDARD, "A notation is an IRI.", "SKOS S15"),
    Rule("RAD521", "xl-label-is-concept", _ERROR, _STANDARD, "A SKOS-XL label is also a concept, a scheme or a collection.", "SKOS S48, with S32 and S36"),
    Rule("RAD522", "xl-literal-form", _ERROR, _STANDARD, "A SKOS-XL label has no literal form, several, or one that is not text.", "SKOS S49, S51, S52"),
    Rule("RAD523", "xl-label-in-two-roles", _ERROR, _STANDARD, "A SKOS-XL label has more than one role (preferred, alternative, hidden).", "SKOS S58"),
)

_LABEL_RULES: Final = (
    Rule("RAD530", "missing-label", _ERROR, _PRACTICE, "A concept or collection has no preferred label.", "qSKOS ml"),
    Rule("RAD531", "untitled-scheme", _WARNING, _PRACTICE, "A concept scheme has no title.", "qSKOS ml"),
    Rule("RAD532", "empty-label", _ERROR, _PRACTICE, "A label has no visible character.", "qSKOS el"),
    Rule("RAD533", "unprintable-label", _WARNING, _PRACTICE, "A label contains a control character or another unprintable character.", "qSKOS ucil"),
    Rule("RAD534", "missing-language-tag", _WARNING, _PRACTICE, "A label or note has no language tag.", "qSKOS oilt"),
    Rule("RAD535", "invalid-language-tag", _WARNING, _PRACTICE, "A language tag is malformed, or its language or country does not exist.", "qSKOS oilt; BCP 47"),
    Rule("RAD536", "incomplete-languages", _INFO, _PRACTICE, "A concept has no label in a language that other concepts have.", "qSKOS ilc"),
    Rule("RAD537", "no-common-language", _INFO, _PRACTICE, "No language has labels for all concepts.", "qSKOS ncl"),
    Rule("RAD538", "overlapping-labels", _WARNING, _PRACTICE, "Two concepts share a label.", "qSKOS ol"),
    Rule("RAD539", "homograph-without-qualifier", _WARNING, _PRACTICE, "Two concepts of a scheme have the same preferred label.", "ISO 25964-1, 6.2.2"),
    Rule("RAD540", "ambiguous-notation", _WARNING, _PRACTICE, "Two concepts of a scheme have the same notation.", "qSKOS anr"),
    Rule("RAD541", "notation-with-language", _WARNING, _PRACTICE, "A notation has a language tag.", "SKOS Reference, 6.5.1"),
    Rule("RAD542", "undocumented-concept", _INFO, _PRACTICE, "A concept has no definition, scope note or other documentation.", "qSKOS uc"),
    Rule("RAD543", "untrimmed-label", _WARNING, _PRACTICE, "A label begins or ends with a blank.", "Skosify"),
)

_STRUCTURE_RULES: Final = (
    Rule("RAD550", "cyclic-hierarchy", _WARNING, _PRACTICE, "A concept is broader than itself, through other concepts.", "qSKOS chr"),
    Rule("RAD551", "reflexive-relation", _WARNING, _PRACTICE, "A concept is related to itself.", "qSKOS rrc"),
    Rule("RAD552", "redundant-broader", _WARNING, _PRACTICE, "A broader concept is also an ancestor by a longer path.", "qSKOS hr"),
    Rule("RAD553", "related-siblings", _INFO, _PRACTICE, "Two related concepts have the same broader or narrower concept.", "qSKOS var"),
    Rule("RAD554", "only-transitive", _WARNING, _PRACTICE, "An ancestor is stated only by a transitive property.", "qSKOS strc"),
    Rule("RAD555", "one-way-relation", _INFO, _PRACTICE, "A relation is stated without its inverse.", "qSKOS urc"),
    Rule("RAD556", "dangling-relation", _WARNING, _PRACTICE, "The object of a relation has neither a type nor a label.", "Linked Data principles, 3"),
    Rule("RAD557", "orphan-concept", _INFO, _PRACTICE, "A concept is not related to any other.", "qSKOS oc"),
    Rule("RAD558", "disconnected-cluster", _INFO, _PRACTICE, "A group of concepts is not connected to the others.", "qSKOS dcc"),
    Rule("RAD559", "concept-without-scheme", _WARNING, _PRACTICE, "A concept belongs to no concept scheme.", "SKOS Primer, 2.6"),
    Rule("RAD560", "no-top-concept", _WARNING, _PRACTICE, "A concept scheme has no top concept.", "qSKOS otc"),
    Rule("RAD561", "top-concept-with-broader", _WARNING, _PRACTICE, "A top concept has a broader concept in its scheme.", "qSKOS tchbc"),
    Rule("RAD562", "unlisted-top-concept", _WARNING, _PRACTICE, "A concept without a broader concept is not listed as a top concept.", "SKOS Primer, 2.6"),
    Rule("RAD563", "mapping-inside-scheme", _WARNING, _PRACTICE, "A mapping property relates two concepts of one scheme.", "qSKOS mri"),
    Rule("RAD564", "no-outward-link", _INFO, _PRACTICE, "No concept is linked to another vocabulary.", "qSKOS mol"),
    Rule("RAD565", "unknown-skos-term", _WARNING, _PRACTICE, "A term does not exist in SKOS, or is deprecated.", "qSKOS usr"),
    Rule("RAD566", "iri-not-http", _WARNING, _PRACTICE, "The IRI of a concept, collection or scheme is not http(s).", "qSKOS husv"),
    Rule("RAD567", "blank-node", _INFO, _PRACTICE, "A concept, collection or scheme has no IRI.", "Best Practice Recipes for Publishing RDF Vocabularies"),
    Rule("RAD568", "broken-outward-link", _WARNING, _PRACTICE, "An outward link does not work.", "qSKOS bl"),
    Rule("RAD569", "missing-in-links", _INFO, _PRACTICE, "No other vocabulary links here.", "qSKOS mil"),
    Rule("RAD570", "unreadable-file", _ERROR, _PRACTICE, "A vocabulary file has a syntax error; nothing after it was checked.", "RDF 1.1 Turtle; RDF/XML; JSON-LD 1.1"),
    Rule("RAD571", "no-skos", _ERROR, _PRACTICE, "The input contains no SKOS; there was nothing to check.", "SKOS Reference, 2"),
    Rule("RAD572", "unknown-scheme", _INFO, _PRACTICE, "A concept is in a scheme that is not described.", "Linked Data principles, 3"),
)

_EDITORIAL_RULES: Final = (
    Rule("RAD582", "wanted-note", _INFO, _EDITORIAL, "Several notes mention a concept that has no note."),
    Rule("RAD583", "one-sided-differential", _INFO, _EDITORIAL, "A note lists a differential, but not the other way round."),
    Rule("RAD590", "house-shape", _ERROR, _PRACTICE, "A SHACL shape of your own is violated.", "SHACL"),
)

_CONSUMER_RULES: Final = (
    Rule("RAD601", "hierarchy-too-deep", _ERROR, _PRACTICE, "The hierarchy has more levels than SkoHub shows.", "SkoHub"),
    Rule("RAD602", "scheme-is-ontology", _ERROR, _PRACTICE, "A concept scheme is also an owl:Ontology.", "SkoHub"),
    Rule("RAD603", "several-schemes", _ERROR, _PRACTICE, "There is more than one concept scheme.", "Atramhasis, skosprovider_rdf"),
    Rule("RAD605", "untyped-concept", _ERROR, _PRACTICE, "A concept is not stated to be a skos:Concept.", "Skosmos"),
    Rule("RAD606", "deprecated-concept", _INFO, _PRACTICE, "A concept is deprecated and will be left out.", "Annif"),
    Rule("RAD607", "invalid-code", _ERROR, _PRACTICE, "A concept's code is not a valid FHIR code.", "FHIR R4, code"),
    Rule("RAD608", "duplicate-code", _ERROR, _PRACTICE, "Two concepts have the same code.", "FHIR R4, csd-1"),
)

GRAPH_RULES: Final[tuple[Rule, ...]] = (
    *_BUILD,
    *_STANDARD_RULES,
    *_LABEL_RULES,
    *_STRUCTURE_RULES,
    *_EDITORIAL_RULES,
    *_CONSUMER_RULES,
)
"""Ordered by code."""
