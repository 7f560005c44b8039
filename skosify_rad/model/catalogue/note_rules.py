"""Rules about notes: reading them (RAD1xx), their blocks (RAD2xx), sections (RAD3xx) and names (RAD4xx)."""

from typing import Final

from skosify_rad.model.diagnostics import Rule, RuleClass, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
_EDITORIAL, _PRACTICE = RuleClass.EDITORIAL, RuleClass.PRACTICE

NOTE_RULES: Final[tuple[Rule, ...]] = (
    Rule("RAD101", "note-unreadable", _ERROR, _EDITORIAL, "A note cannot be read; it was skipped."),
    Rule("RAD102", "note-not-utf8", _WARNING, _EDITORIAL, "A note is not UTF-8; it was read as Latin-1."),
    Rule("RAD103", "note-too-large", _ERROR, _EDITORIAL, "A note is larger than the limit; it was skipped."),
    Rule("RAD104", "invalid-front-matter", _WARNING, _EDITORIAL, "The front matter is neither valid YAML nor a JSON object."),
    Rule("RAD105", "empty-note", _INFO, _EDITORIAL, "A note has no text; its concept has only a label."),
    Rule("RAD106", "link-outside-vault", _WARNING, _EDITORIAL, "A symbolic link points outside the vault; it was not followed."),
    Rule("RAD107", "duplicate-note-name", _WARNING, _EDITORIAL, "Two notes have the same name; links to that name are ambiguous."),
    Rule("RAD108", "note-unpublished", _INFO, _EDITORIAL, "A note is not published; it was skipped."),
    Rule("RAD201", "nesting-too-deep", _WARNING, _EDITORIAL, "A list or quote is nested too deeply."),
    Rule("RAD202", "ragged-table", _INFO, _EDITORIAL, "A table row has more cells than its header."),
    Rule("RAD301", "empty-section", _INFO, _EDITORIAL, "A classification or differential section contains no subtype or differential."),
    Rule("RAD302", "unread-section", _INFO, _EDITORIAL, "A heading looks like a classification or differential, but its content does not."),
    Rule("RAD303", "item-not-a-kind", _INFO, _EDITORIAL, "An item of a classification is not a subtype; it was left out."),
    Rule("RAD304", "unknown-directive", _WARNING, _EDITORIAL, "A rad2skos comment is not valid."),
    Rule("RAD401", "broken-link", _INFO, _EDITORIAL, "A link points to no note.", "qSKOS bl"),
    Rule("RAD402", "ambiguous-link", _WARNING, _EDITORIAL, "A link matches several notes; the nearest was used."),
    Rule("RAD403", "link-to-unpublished", _INFO, _EDITORIAL, "A link points to a note that is not published."),
    Rule("RAD404", "ambiguous-name", _WARNING, _PRACTICE, "A name matches several concepts; none was used."),
    Rule("RAD405", "shared-label", _WARNING, _PRACTICE, "Two concepts have the same alias or abbreviation; it became a hidden label.", "qSKOS ol"),
    Rule("RAD406", "invalid-mapping", _WARNING, _PRACTICE, "A mapping is no concept of another vocabulary, or contradicts another mapping; it was left out.", "SKOS S38; SSSOM"),
    Rule("RAD407", "title-lost-in-slug", _INFO, _PRACTICE, "A title has no letter that an IRI can keep; a hash replaces it.", "Cool URIs for the Semantic Web"),
    Rule("RAD408", "possible-duplicate", _INFO, _EDITORIAL, "Two concepts may be the same; they were not merged."),
    Rule("RAD409", "possible-rename", _WARNING, _EDITORIAL, "A note has lines of a former note, which has another name."),
    Rule("RAD410", "unreviewed-mapping", _INFO, _EDITORIAL, "Proposed mappings wait for a person to accept or reject them."),
    Rule("RAD411", "unused-decision", _WARNING, _EDITORIAL, "A decision of a review no longer applies, or contradicts another; it was not used."),
)
"""Ordered by code."""
