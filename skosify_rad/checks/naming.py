"""Names: overlapping labels, homographs and ambiguous notations."""

from collections.abc import Hashable, Iterator
from typing import Final

from skosify_rad.checks.duplicates import find_duplicates
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.model.namespaces import OWL, SKOS, XSD
from skosify_rad.model.statements import Literal, Triple

_Row = tuple[str, Literal, str]
"""Subject, label and label property."""


def find_overlaps(view: View) -> Iterator[Finding]:
    """Yield labels shared by two concepts; equal preferred labels in one scheme are homographs."""
    groups: dict[Hashable, list[_Row]] = {}
    for row in view.shared_labels:
        subject, label, predicate = row
        is_name = predicate != SKOS.hiddenLabel and subject in view.concepts
        if is_name and not is_deprecated(view, subject):  # the label of a deprecated concept may be reused
            groups.setdefault((label.value.casefold().strip(), label.language), []).append(row)
    preferred = {row[:2] for row in view.shared_labels if row[2] == SKOS.prefLabel}
    for shared in groups.values():
        first = shared[0]
        seen = {first[0]}
        for row in shared[1:]:
            if row[0] not in seen:
                seen.add(row[0])
                schemes = view.find_schemes(first[0]) & view.find_schemes(row[0])
                is_homograph = bool(schemes) and {first[:2], row[:2]} <= preferred
                slug = "homograph-without-qualifier" if is_homograph else "overlapping-labels"
                yield _report_overlap(view, first, row, slug)


def is_deprecated(view: View, concept: str) -> bool:
    """Return whether a concept is owl:deprecated true."""
    values = view.graph.objects(concept, OWL.deprecated)
    return any(isinstance(term, Literal) and term.value in ("true", "1") for term in values)


def find_deprecated(view: View) -> set[int]:
    """Return the numbers of the deprecated concepts, which some rules exempt."""
    iris = view.index.iris
    return {number for number in view.owners(OWL.deprecated) if is_deprecated(view, iris[number])}


def _report_overlap(view: View, one: _Row, other: _Row, slug: str) -> Finding:
    if slug == "homograph-without-qualifier":
        message = f"Two concepts have the same preferred label “{other[1].value}”: {one[0]} and {other[0]}"
        hint = "Add a qualifier to each, such as “Myelolipoma (adrenal)”, or merge them."
    else:
        message = f"“{other[1].value}” is a label of both {view.name(one[0])} and {view.name(other[0])}"
        hint = "Keep the label for one of them, or merge the two if they are the same."
    triple, second = (view.find_label(subject, predicate, label) for subject, label, predicate in (other, one))
    return Finding(slug, other[0], message, hint, triple, second)


def find_ambiguous_notations(view: View) -> Iterator[Finding]:
    """Yield notations shared by two concepts of one scheme.

    A plain notation beside a typed one of the same code is for searching only: the datatype names the code's system.
    """
    rows = view.texts(SKOS.notation)
    typed = {(subject, term.value) for subject, term in rows if _is_typed(term)}
    if typed:
        rows = [row for row in rows if _is_typed(row[1]) or (row[0], row[1].value) not in typed]
    first: dict[tuple[Literal, str], str] = {}
    for subject, term in find_duplicates([term for _, term in rows], rows):
        for scheme in sorted(view.find_schemes(subject)):
            known = first.setdefault((term, scheme), subject)
            if known != subject:
                message = f"{view.name(known)} and {view.name(subject)} have the same notation “{term.value}”"
                triple, second = Triple(subject, SKOS.notation, term), Triple(known, SKOS.notation, term)
                hint = "Give each concept its own notation."
                yield Finding("ambiguous-notation", subject, message, hint, triple, second)


def _is_typed(term: Literal) -> bool:
    return term.datatype not in ("", XSD.string)


def find_tagged_notations(view: View) -> Iterator[Finding]:
    """Yield notations with a language tag."""
    for subject, term in view.texts(SKOS.notation):
        if term.language:
            message = f"The notation “{term.value}” of {view.name(subject)} has the language tag {term.language}"
            hint = "Remove the tag, or make the notation a label: a code belongs to no language."
            yield Finding("notation-with-language", subject, message, hint, Triple(subject, SKOS.notation, term))


CHECKS: Final = (
    Check(find_overlaps, ("overlapping-labels", "homograph-without-qualifier")),
    Check(find_ambiguous_notations, ("ambiguous-notation",)),
    Check(find_tagged_notations, ("notation-with-language",)),
)
"""In the order of the catalogue."""
