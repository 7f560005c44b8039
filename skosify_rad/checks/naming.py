"""Names that meet: overlapping labels, homographs, ambiguous notations, spelling twins, bare qualifiers."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import LABELS, View
from skosify_rad.english import is_qualifier
from skosify_rad.grades import grade_code
from skosify_rad.names import fold
from skosify_rad.statements import Literal, Triple
from skosify_rad.vocab import OWL, SKOS

_Row = tuple[str, Literal, Triple]

_SKELETON: Final = str.maketrans("", "", "aeioucfghlmpstyz -'’()")
"""Leaves out every letter that spellings differ in, so that only labels that may be twins are folded."""


def find_overlaps(view: View) -> Iterator[Finding]:
    """Yield labels shared by two concepts; two equal preferred labels in one scheme are homographs."""
    rows: dict[tuple[str, str], list[_Row]] = {}
    for predicate in LABELS[:2]:
        for row in view.labels[predicate]:
            if row[0] in view.concepts and not view.graph.objects(row[0], OWL.deprecated):  # their names are free again
                rows.setdefault((row[1].value.casefold().strip(), row[1].language.lower()), []).append(row)
    preferred = {(s, o) for s, o, _ in view.labels[SKOS.prefLabel]}
    for shared in rows.values():
        if len(shared) == 1:
            continue
        first = shared[0]
        seen = {first[0]}
        for row in shared[1:]:
            if row[0] not in seen:
                seen.add(row[0])
                both = {(first[0], first[1]), (row[0], row[1])} <= preferred
                yield _as_overlap(
                    view,
                    first,
                    row,
                    "homograph-without-qualifier" if both and _share(view, first, row) else "overlapping-labels",
                )


def _share(view: View, one: _Row, other: _Row) -> bool:
    nothing: frozenset[str] = frozenset()
    return bool(view.scheme_of.get(one[0], nothing) & view.scheme_of.get(other[0], nothing))


def _as_overlap(view: View, one: _Row, other: _Row, slug: str) -> Finding:
    if slug == "homograph-without-qualifier":
        message = f"Two concepts of one scheme are called “{other[1].value}”: {one[0]} and {other[0]}"
        hint = "Add a qualifier to each, “Myelolipoma (adrenal)”, or merge them."
    else:
        message = f"“{other[1].value}” names {view.name(one[0])} and {view.name(other[0])}"
        hint = "Keep the label at one of them, or merge the two if they are the same thing."
    return Finding(slug, other[0], message, hint, other[2], one[2])


def find_ambiguous_notations(view: View) -> Iterator[Finding]:
    """Yield notations that two concepts of one scheme share."""
    first: dict[tuple[Literal, str], str] = {}
    for subject, term in view.pairs[SKOS.notation]:
        if not isinstance(term, Literal):
            continue
        for scheme in sorted(view.scheme_of.get(subject, ("",))):
            known = first.setdefault((term, scheme), subject)
            if known != subject:
                message = f"The notation “{term.value}” stands for {view.name(known)} and {view.name(subject)}"
                second = Triple(known, SKOS.notation, term)
                hint = "A notation names one concept of its scheme."
                yield Finding(
                    "ambiguous-notation", subject, message, hint, Triple(subject, SKOS.notation, term), second
                )


def find_tagged_notations(view: View) -> Iterator[Finding]:
    """Yield notations with a language tag."""
    for subject, term in view.pairs[SKOS.notation]:
        if isinstance(term, Literal) and term.language:
            message = f"The notation “{term.value}” of {view.name(subject)} is tagged as {term.language}"
            hint = "A notation is a code in no language: use a datatype, or make it a label."
            yield Finding("notation-with-language", subject, message, hint, Triple(subject, SKOS.notation, term))


def find_twins(view: View) -> Iterator[Finding]:
    """Yield concepts whose preferred labels differ only in British and American spelling."""
    groups: dict[tuple[str, str], list[_Row]] = {}
    for row in view.labels[SKOS.prefLabel]:
        if row[1].language.partition("-")[0] == "en" and row[0] in view.concepts:
            groups.setdefault((row[1].value.casefold().translate(_SKELETON), row[1].language), []).append(row)
    for group in groups.values():
        first: dict[str, _Row] = {}
        for row in group if len(group) > 1 else ():
            known = first.setdefault(fold(row[1].value), row)
            if known[0] != row[0] and known[1].value.casefold() != row[1].value.casefold():
                message = f"“{known[1].value}” and “{row[1].value}” are two spellings of one name and two concepts"
                hint = "Merge them: keep one spelling as the title and make the other an alias."
                yield Finding("spelling-twins", row[0], message, hint, row[2], known[2])


def find_bare_qualifiers(view: View) -> Iterator[Finding]:
    """Yield preferred labels that are only a qualifier: “Generalised”, “Type I”."""
    for subject, label, triple in view.labels[SKOS.prefLabel]:
        if subject in view.concepts and label.language.startswith("en") and _is_bare(label.value):
            message = f"“{label.value}” says nothing alone"
            hint = "Write the whole name: “Generalised osteoporosis”, “Choledochal cyst type I”."
            yield Finding("bare-qualifier", subject, message, hint, triple)


def _is_bare(label: str) -> bool:
    core = label.partition(" (")[0]
    return is_qualifier(core) or grade_code(core)[0] != ""


CHECKS: Final = (
    Check(find_overlaps, ("overlapping-labels", "homograph-without-qualifier")),
    Check(find_ambiguous_notations, ("ambiguous-notation",)),
    Check(find_tagged_notations, ("notation-with-language",)),
    Check(find_twins, ("spelling-twins",)),
    Check(find_bare_qualifiers, ("bare-qualifier",)),
)
"""In the order of the catalogue."""
