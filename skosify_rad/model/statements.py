"""Values passed between the stages: Mention and Statement before names are resolved, Triple and Evidence after.

All are NamedTuples, not dataclasses: a large vault makes millions, and they cost half as much.
"""

from typing import Final, NamedTuple

from skosify_rad.model.diagnostics import Place

REVIEWED: Final = 10
"""Strength of a statement that a person accepted or corrected: it outweighs all others."""


def find_maker(weight: int, reasons: tuple[str, ...]) -> str:
    """Return who made a statement: `author`, if nothing was weighed; `inferred` from the form of a note; `reviewed`."""
    return "reviewed" if weight == REVIEWED else "inferred" if reasons else "author"


class Mention(NamedTuple):
    """A name in a note, as written; `resolve` turns it into a concept."""

    words: str
    """The name as written, without markup: `Generalised`."""
    place: Place
    """Where it is written."""
    link: str = ""
    """Target of the link that is the name, as written; empty if the name is plain text."""
    note: str = ""
    """Vault path of the note, if this is the note's own subject; else empty."""
    parent: "Mention | None" = None
    """The mention it is a subtype of, which completes a bare qualifier."""
    kind: str = "kind"
    """`kind`, `facet` (a principle of division, which becomes a collection) or `grade` (of a scale)."""
    other_names: tuple[str, ...] = ()
    """Abbreviations and synonyms beside the name."""
    notation: str = ""
    """Code within a scale: `IA`."""


class Statement(NamedTuple):
    """A statement of a note, in the note's words."""

    subject: Mention
    """The subject."""
    predicate: str
    """IRI of the property: `SKOS.narrower`, `SKOS.related`, `SKOS.altLabel`, `SKOS.definition` ..."""
    object: Mention | str
    """Another mention, or the text of a literal."""
    place: Place
    """Where it is stated."""
    section: tuple[str, ...]
    """Headings above it, outermost first."""
    rule: str
    """Name of the recogniser that read it."""
    written: str
    """The words as written, without markup."""
    weight: int = 5
    """Strength of the evidence, 1 to 9: of contradicting statements the weakest is dropped."""
    remark: str = ""
    """Where a point distinguishes a differential, that point: the rest of the item, a cell."""
    reasons: tuple[str, ...] = ()
    """The signals in favour, of the list and of the item."""
    confidence: float = 0.0
    """Confidence, 0 to 1; 0 if it was not estimated."""


class Literal(NamedTuple):
    """An RDF literal. `language` and `datatype` exclude each other; neither means xsd:string."""

    value: str
    """Lexical form, free of lone surrogates and of characters XML cannot hold."""
    language: str = ""
    """BCP 47 tag, lower case."""
    datatype: str = ""
    """Datatype IRI."""


Term = str | Literal
"""The object of a triple: an IRI is a plain str."""


class Triple(NamedTuple):
    """An RDF triple; no blank nodes anywhere."""

    subject: str
    """IRI."""
    predicate: str
    """IRI."""
    object: Term
    """IRI or literal."""


class Evidence(NamedTuple):
    """The source of a triple: one line of `evidence.jsonl`."""

    place: Place
    """Note, line and column."""
    section: tuple[str, ...]
    """Headings above it, outermost first."""
    written: str
    """The words as written, without markup."""
    rule: str
    """Name of the recogniser that read it."""
    weight: int = 5
    """Strength, 1 to 9, or REVIEWED."""
    reasons: tuple[str, ...] = ()
    """The signals in favour."""
    confidence: float = 0.0
    """Confidence, 0 to 1; 0 if it was not estimated."""


class Stated(NamedTuple):
    """A triple with one piece of its evidence."""

    triple: Triple
    """The triple."""
    evidence: Evidence
    """Its source."""
