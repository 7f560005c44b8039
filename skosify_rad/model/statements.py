"""The words the stages speak: Mention and Statement before names are resolved, Triple and Evidence after.

All are NamedTuples, not dataclasses: a large vault makes millions, and they cost half as much.
"""

from typing import NamedTuple

from skosify_rad.model.diagnostics import Place


class Mention(NamedTuple):
    """A thing named in a note, in the note's own words; `resolve` turns it into a concept."""

    words: str
    """The name as written, without markup: `Generalised`."""
    place: Place
    """Where it is written."""
    link: str = ""
    """Target of the link that *is* the name, as written; empty where the name is plain text."""
    note: str = ""
    """Vault path of the note whose own subject this is; empty for things merely named."""
    parent: "Mention | None" = None
    """The mention it is a kind of: what completes a bare qualifier."""
    kind: str = "kind"
    """`kind`, `facet` (a principle of division: a collection, no concept) or `grade` (of a scale)."""
    other_names: tuple[str, ...] = ()
    """Abbreviations and synonyms that stand beside the name."""
    notation: str = ""
    """Code within a scale: `IA`."""


class Statement(NamedTuple):
    """What a note says, in its own words."""

    subject: Mention
    """What it is said of."""
    predicate: str
    """IRI of the property: `SKOS.narrower`, `SKOS.related`, `SKOS.altLabel`, `SKOS.definition` ..."""
    object: Mention | str
    """Another thing named, or the words of a literal."""
    place: Place
    """Where it is said."""
    section: tuple[str, ...]
    """Headings above it, outermost first."""
    rule: str
    """Name of the recogniser that read it."""
    written: str
    """The words as written, without markup."""
    weight: int = 5
    """Strength of the evidence, 1 to 9: where statements contradict each other the weakest goes."""
    remark: str = ""
    """What distinguishes the two, for a differential: the rest of the bullet, the other columns."""
    reasons: tuple[str, ...] = ()
    """The signals that spoke for it, the set's and its own."""
    confidence: float = 0.0
    """How sure it is, 0 to 1; 0 where nothing was weighed."""


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
    """Where a triple comes from: one line of `evidence.jsonl`."""

    place: Place
    """Note, line and column."""
    section: tuple[str, ...]
    """Headings above it, outermost first."""
    written: str
    """The words as written, without markup."""
    rule: str
    """Name of the recogniser that read it."""
    weight: int = 5
    """Strength, 1 to 9."""
    reasons: tuple[str, ...] = ()
    """The signals that spoke for it."""
    confidence: float = 0.0
    """How sure it is, 0 to 1; 0 where nothing was weighed."""


class Stated(NamedTuple):
    """A triple together with one piece of its evidence: what `resolve` yields."""

    triple: Triple
    """What is said."""
    evidence: Evidence
    """Where."""
