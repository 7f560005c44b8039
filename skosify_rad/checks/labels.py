"""Labels and languages: SKOS S13, S14, S58 and the labelling rules of qSKOS."""

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Final

from skosify_rad.checks.duplicates import find_duplicates
from skosify_rad.checks.entailment import LABELS, XL_LABELS
from skosify_rad.checks.finding import Check, Finding, sum_up
from skosify_rad.checks.language_tags import is_language_tag
from skosify_rad.checks.naming import find_deprecated
from skosify_rad.checks.view import View
from skosify_rad.graph.columns import SECOND
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import ADMS, DCT, RDF, RDFS, SKOS, XSD, curie
from skosify_rad.model.statements import Literal, Triple

NOTES: Final = (
    *(SKOS.definition, SKOS.scopeNote, SKOS.example, SKOS.note),
    *(SKOS.changeNote, SKOS.editorialNote, SKOS.historyNote),
)
"""SKOS documentation properties."""
TITLES: Final = (DCT.title, RDFS.label, SKOS.prefLabel, "http://purl.org/dc/elements/1.1/title")
"""Properties that may hold a scheme's title."""

_UNPRINTABLE: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
"""Unicode categories of invisible characters, line and paragraph separators included."""
_JOINERS: Final = "\u200c\u200d"
"""Invisible but legitimate: Persian, Indic scripts and emoji need these joiners."""
_MAX_SHOWN: Final = 60
"""Characters of a text shown in a message."""
_ABBREVIATION: Final = lazy_pattern("[ -`{-~]*[A-Z][ -`{-~]*")
"""ASCII without small letters: as another label it may belong to no language."""
_ROLES: Final = {SKOS.prefLabel: "a preferred", SKOS.altLabel: "an alternative", SKOS.hiddenLabel: "a hidden"}


def _key(label: Literal) -> tuple[str, str]:
    return label.value, label.language.lower()


def find_second_preferred(view: View) -> Iterator[Finding]:
    """Yield resources with two preferred labels in one language, or two without a language (S14).

    Language tags are compared without case: `en` and `EN` are the same.
    """
    labels = view.labels[SKOS.prefLabel]
    first: dict[tuple[str, str], Literal] = {}
    for row in find_duplicates(labels.subjects, range(len(labels.subjects))):  # most have one
        subject, label = view.index.iris[labels.subjects[row]], labels.texts[row]
        slot = (subject, label.language.lower())
        known = first.setdefault(slot, label)
        if _key(known) != _key(label):
            which = f"in “{slot[1]}”" if slot[1] else "without a language"
            message = f"Two preferred labels {which}: “{known.value}” and “{label.value}”"
            hint = "Keep the one your readers use, and make the other an alternative label."
            triple, second = (view.find_label(subject, SKOS.prefLabel, text) for text in (label, known))
            yield Finding("second-preferred-label", subject, message, hint, triple, second)


def find_labels_in_two_roles(view: View) -> Iterator[Finding]:
    """Yield labels that have two roles (preferred, alternative, hidden) for one resource (S13)."""
    for (subject, label, predicate), known in list_second_roles(view).items():
        both = f"both {_ROLES[known]} and {_ROLES[predicate]} label"
        message = f"“{label.value}” is {both} of {view.name(subject)}"
        hint = f"Keep it only as {_ROLES[known]} label."
        triple, second = (view.find_label(subject, name, label) for name in (predicate, known))
        yield Finding("label-in-two-roles", subject, message, hint, triple, second)


def list_second_roles(view: View) -> dict[tuple[str, Literal, str], str]:
    """Return (resource, label, weaker role) -> stronger role, for labels with two roles."""
    roles: dict[tuple[str, Literal], str] = {}
    found: dict[tuple[str, Literal, str], str] = {}
    for subject, label, predicate in view.shared_labels:
        known = roles.setdefault((subject, label), predicate)
        if known != predicate:
            found[subject, label, predicate] = known
    return found


def find_xl_labels_in_two_roles(view: View) -> Iterator[Finding]:
    """Yield SKOS-XL labels that have two roles (preferred, alternative, hidden) for one resource (S58)."""
    roles: dict[tuple[str, str], str] = {}
    for predicate in XL_LABELS:
        for subject, label in view.links(predicate):
            known = roles.setdefault((subject, label), predicate)
            if known != predicate:
                both = f"both {curie(known)} and {curie(predicate)}"
                message = f"The SKOS-XL label {view.name(label)} is {both} of {view.name(subject)}"
                triple, second = Triple(subject, predicate, label), Triple(subject, known, label)
                yield Finding("xl-label-in-two-roles", subject, message, "Keep one of the two.", triple, second)


def find_missing_labels(view: View) -> Iterator[Finding]:
    """Yield concepts and collections described here that have no preferred label.

    An rdfs:label is enough for collections, deprecated concepts, and what is only entailed to be a concept.
    """
    named = view.owners(RDFS.label) - (view.stated - find_deprecated(view))
    described = {c for c in view.collections.numbers if c < len(view.graph.subjects)}
    found = []
    for resource in view.index.sort_iris((view.own | described) - view.labelled - named):
        triple = view.concepts.get(resource) or view.collections[resource]
        message = f"{view.name(resource)} has no preferred label"
        found.append(Finding("missing-label", resource, message, "Add one skos:prefLabel per language.", triple))
    yield from sum_up(found, len(view.own | described))


def list_own_schemes(view: View) -> list[tuple[str, Triple]]:
    """Return the schemes described here, sorted, each with the triple that makes it one.

    A concept that is only the object of skos:inScheme or skos:topConceptOf does not count as a scheme.
    """
    subjects, concepts = view.graph.subjects, view.concepts
    return [
        (scheme, witness)
        for scheme, witness in sorted(view.schemes.items())
        if scheme in subjects and (witness.predicate in (RDF.type, SKOS.hasTopConcept) or scheme not in concepts)
    ]


def find_untitled_schemes(view: View) -> Iterator[Finding]:
    """Yield schemes described here that have no title."""
    for scheme, witness in list_own_schemes(view):
        properties = view.graph.subjects[scheme]
        titles = (term for name in TITLES for term in properties.get(name, ()))
        if not any(isinstance(term, str) or term.value.strip() for term in titles):
            hint = "Add a dcterms:title (for a vault: title under [scheme] in rad2skos.toml)."
            message = f"The concept scheme {view.name(scheme)} has no title"
            yield Finding("untitled-scheme", scheme, message, hint, witness)


def find_unreadable_labels(view: View) -> Iterator[Finding]:
    """Yield labels that are empty, contain unprintable characters, or begin or end with a blank."""
    for predicate in LABELS:
        values = view.labels[predicate].values
        if "".join(values).isprintable() and all(values) and values == list(map(str.strip, values)):
            continue  # the usual case, decided in C
        for subject, label in view.list_labels(predicate):
            if not label.value.strip() or _is_invisible(label.value):
                message = f"{view.name(subject)} has {_ROLES[predicate]} label that is empty"
                triple = view.find_label(subject, predicate, label)
                yield Finding("empty-label", subject, message, "Write a label, or remove it.", triple)
                continue
            if label.value != label.value.strip():
                message = f"“{label.value}” begins or ends with a blank"
                triple = view.find_label(subject, predicate, label)
                yield Finding("untrimmed-label", subject, message, "Remove the blank.", triple)
            if not label.value.isprintable() and (odd := _find_unprintable(label.value)):
                message = f"“{label.value.replace(odd, '?')}” contains the unprintable character U+{ord(odd):04X}"
                triple = view.find_label(subject, predicate, label)
                yield Finding("unprintable-label", subject, message, "Retype the label.", triple)


def _is_invisible(text: str) -> bool:
    """Return whether a text consists of spaces and format characters (zero-width spaces, byte order marks) only."""
    return all(c.isspace() or unicodedata.category(c) in ("Cc", "Cf") for c in text)


def _find_unprintable(text: str) -> str:
    return next((c for c in text if unicodedata.category(c) in _UNPRINTABLE and c not in _JOINERS), "")


def find_language_faults(view: View) -> Iterator[Finding]:
    """Yield labels and notes whose language tag is missing or invalid."""
    for predicate in (*LABELS, *NOTES):
        label = predicate in LABELS
        tags = view.labels[predicate].languages if label else map(SECOND, view.column(predicate).texts)
        odd = {tag for tag in set(tags) if not tag or not is_language_tag(tag)}
        if not odd:
            continue
        found: list[Finding] = []
        for subject, text in view.list_labels(predicate) if label else view.texts(predicate):
            tag = text.language
            if tag not in odd or (not tag and text.datatype not in ("", XSD.string)):
                continue
            if not tag and predicate in LABELS[1:] and _ABBREVIATION.fullmatch(text.value):
                continue
            triple = view.find_label(subject, predicate, text) if label else Triple(subject, predicate, text)
            if tag:
                message = f"“{_shorten(text.value)}” has the invalid language tag “{tag}”"
                hint = "Use a BCP 47 tag such as en or en-GB."
                yield Finding("invalid-language-tag", subject, message, hint, triple)
            else:
                message = f"“{_shorten(text.value)}” has no language tag"
                found.append(Finding("missing-language-tag", subject, message, 'Add one: "..."@en.', triple))
        yield from sum_up(found, len(view.column(predicate).texts))


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _find_languages(view: View) -> Mapping[str, AbstractSet[int]]:
    """Return language -> the concepts described here that have a label in it."""
    found: dict[str, set[int]] = {}
    for predicate in LABELS:
        labels = view.labels[predicate]
        tags = set(labels.languages)
        for tag in tags - {""}:
            chosen = map(tag.__eq__, labels.languages)
            found.setdefault(tag.lower(), set()).update(
                compress(labels.subjects, chosen) if len(tags) > 1 else labels.subjects
            )
    inside = {tag: subjects & view.own for tag, subjects in found.items()}
    return {tag: subjects for tag, subjects in inside.items() if subjects}


def find_language_gaps(view: View) -> Iterator[Finding]:
    """Yield concepts without a label in a language that others have, and the lack of a language common to all."""
    languages = _find_languages(view)
    counts = {tag: len(subjects) for tag, subjects in languages.items()}
    total = len(view.own)
    if counts and max(counts.values()) < total:
        subject = view.graph.scheme or min(view.schemes, default="") or view.own_concepts[0]
        best = min(counts, key=lambda tag: (-counts[tag], tag))
        message = f"No language has labels for all {total} concepts; “{best}” has {counts[best]}"
        hint = "Label every concept in one language."
        witness = view.schemes.get(subject) or view.concepts.get(subject)
        yield Finding("no-common-language", subject, message, hint, witness)
    numbers = view.index.numbers
    for concept in view.index.sort_iris(_find_incomplete(view, languages)):
        missing = ", ".join(sorted(tag for tag, subjects in languages.items() if numbers[concept] not in subjects))
        message = f"{view.name(concept)} has no label in {missing}"
        yield Finding("incomplete-languages", concept, message, "Translate the label.", view.concepts[concept])


def _find_incomplete(view: View, languages: Mapping[str, AbstractSet[int]]) -> AbstractSet[int]:
    lacking = [view.own - subjects for subjects in languages.values()]
    return set().union(*lacking) if len(lacking) > 1 else set()


def count_language_gaps(view: View) -> dict[str, int]:
    """Return the number of findings of `find_language_gaps` by rule."""
    languages = _find_languages(view)
    lacking = languages and max(map(len, languages.values())) < len(view.own)
    return {"incomplete-languages": len(_find_incomplete(view, languages)), "no-common-language": int(bool(lacking))}


def find_undocumented(view: View) -> Iterator[Finding]:
    """Yield concepts without any documentation property, unless they are open work: deprecated or without a note."""
    hint = "Define it in one sentence."
    for concept in view.index.sort_iris(_find_without_notes(view)):
        message = f"{view.name(concept)} has no definition or other documentation"
        yield Finding("undocumented-concept", concept, message, hint, view.concepts[concept])


def find_stubs(view: View) -> set[int]:
    """Return the numbers of the concepts that are named but have no note."""
    status = view.column(ADMS.status)
    rows = zip(status.link_subjects, status.links, strict=True)
    return {number for number, term in rows if term in ADMS.WITHOUT_NOTE}


def _find_without_notes(view: View) -> AbstractSet[int]:
    if view.sources and not view.language.startswith("en"):
        return frozenset()  # only English definitions are recognised in notes
    return view.own - view.owners(*NOTES) - find_deprecated(view) - find_stubs(view)


def count_undocumented(view: View) -> dict[str, int]:
    """Return the number of findings of `find_undocumented` by rule."""
    return {"undocumented-concept": len(_find_without_notes(view))}


CHECKS: Final = (
    Check(find_labels_in_two_roles, ("label-in-two-roles",)),
    Check(find_second_preferred, ("second-preferred-label",)),
    Check(find_xl_labels_in_two_roles, ("xl-label-in-two-roles",)),
    Check(find_missing_labels, ("missing-label",)),
    Check(find_untitled_schemes, ("untitled-scheme",)),
    Check(find_unreadable_labels, ("empty-label", "untrimmed-label", "unprintable-label")),
    Check(find_language_faults, ("missing-language-tag", "invalid-language-tag")),
    Check(find_language_gaps, ("incomplete-languages", "no-common-language"), count_language_gaps),
    Check(find_undocumented, ("undocumented-concept",), count_undocumented),
)
"""In the order of the catalogue."""
