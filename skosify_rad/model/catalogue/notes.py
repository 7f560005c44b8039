"""Rules about notes: reading them (RAD1xx), their blocks (RAD2xx), sections (RAD3xx) and names (RAD4xx)."""

from typing import Final

from skosify_rad.model.diagnostics import Rule, RuleClass, Severity

_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR
_EDITORIAL, _PRACTICE = RuleClass.EDITORIAL, RuleClass.PRACTICE

NOTE_RULES: Final[tuple[Rule, ...]] = (
    Rule("RAD101", "note-unreadable", _ERROR, _EDITORIAL, "A note cannot be read; it is skipped."),
    Rule("RAD102", "note-not-utf8", _WARNING, _EDITORIAL, "A note is not UTF-8; it was read as Latin-1."),
    Rule("RAD103", "note-too-large", _ERROR, _EDITORIAL, "A note is larger than the limit; it is skipped."),
    Rule(
        "RAD104", "invalid-front-matter", _WARNING, _EDITORIAL, "Front matter is neither valid YAML nor a JSON object."
    ),
    Rule("RAD105", "empty-note", _INFO, _EDITORIAL, "A note holds no text; its concept has nothing but a label."),
    Rule(
        "RAD106",
        "link-outside-vault",
        _WARNING,
        _EDITORIAL,
        "A symbolic link leads out of the vault; it is not followed.",
    ),
    Rule("RAD107", "duplicate-note-name", _WARNING, _EDITORIAL, "Two notes share a name; links to it are ambiguous."),
    Rule("RAD108", "note-unpublished", _INFO, _EDITORIAL, "A note is not published; it is skipped."),
    Rule("RAD201", "nesting-too-deep", _WARNING, _EDITORIAL, "A list or quote nests deeper than is read."),
    Rule(
        "RAD202",
        "ragged-table",
        _INFO,
        _EDITORIAL,
        "A table row has more cells than its header; an unescaped | splits cells.",
    ),
    Rule("RAD301", "empty-section", _INFO, _EDITORIAL, "A classification or differential section names nothing."),
    Rule(
        "RAD302",
        "unread-section",
        _INFO,
        _EDITORIAL,
        "A heading looks like a classification or differential but was not read as one.",
    ),
    Rule(
        "RAD303",
        "item-not-a-kind",
        _INFO,
        _EDITORIAL,
        "An item of a classification looks like a cause, a site or a remark; it was left out.",
    ),
    Rule("RAD304", "unknown-directive", _WARNING, _EDITORIAL, "A rad2skos comment is not understood."),
    Rule("RAD401", "broken-link", _WARNING, _EDITORIAL, "A link leads to no note.", "qSKOS bl"),
    Rule("RAD402", "ambiguous-link", _WARNING, _EDITORIAL, "A link fits several notes; the nearest was taken."),
    Rule("RAD403", "link-to-unpublished", _INFO, _EDITORIAL, "A link leads to a note that is not published."),
    Rule("RAD404", "ambiguous-name", _WARNING, _PRACTICE, "A name fits several concepts; none was taken."),
    Rule("RAD405", "shared-label", _WARNING, _PRACTICE, "Two concepts claim the same label.", "qSKOS ol"),
    Rule("RAD406", "invalid-mapping", _WARNING, _PRACTICE, "A mapping in the front matter is not an IRI.", "SKOS S38"),
    Rule(
        "RAD407",
        "title-lost-in-slug",
        _INFO,
        _PRACTICE,
        "A title holds no letter an IRI can keep; a hash stands for it.", "Cool URIs for the Semantic Web"),
)
"""By code."""
