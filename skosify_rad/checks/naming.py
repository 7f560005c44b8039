"""Names: overlapping labels, homographs, ambiguous notations, spelling variants, bare qualifiers."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import TYPE_CHECKING, Final

from skosify_rad.checks.duplicates import find_duplicates
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.view import View
from skosify_rad.language.english import is_qualifier
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import fold
from skosify_rad.model.namespaces import OWL, SKOS, XSD
from skosify_rad.model.statements import Literal, Triple

if TYPE_CHECKING:
    from skosify_rad.graph.columns import Text

_Row = tuple[str, Literal, str]
"""Subject, label and label property."""

_REGULAR: Final = (("\nthe ", "\n"), ("sulph", "sulf"), ("omata", "oma"), ("ical", "ic"), ("ll", "l"), ("um", ""))
"""Cheap stand-ins for the rules of `spelling.fold`."""
_VARYING: Final = str.maketrans("", "", "aeiouyszæœ -'’()")
"""Removes every character in which spellings may differ."""
_PREPOSITIONS: Final = frozenset(
    "secondary due caused related associated of in with without from after following".split()
)
"""First words of labels that need a noun before them: `Secondary to trauma`."""
_MAX_LOWER_CODE: Final = 2
"""Letters of a lower-case code; longer codes contain capitals or digits."""


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
    """Tell whether a concept is owl:deprecated true."""
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
        for scheme in sorted(view.find_schemes(subject) or ("",)):
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


def find_twins(view: View) -> Iterator[Finding]:
    """Yield concepts whose preferred labels differ only in spelling, such as British and American."""
    labels = view.labels[SKOS.prefLabel]
    is_english = {tag: tag.partition("-")[0] == "en" for tag in set(labels.languages)}
    chosen = list(map(is_english.__getitem__, labels.languages))
    rows = list(compress(count(), chosen))
    groups: dict[str, list[Text]] = {}
    for row in find_duplicates(_reduce(compress(labels.values, chosen)), rows):
        number, label = labels.subjects[row], labels.texts[row]
        iri = view.index.iris[number]
        if number in view.concepts.numbers and not is_deprecated(view, iri):
            groups.setdefault(fold(label.value), []).append((iri, label))  # en-GB and en-US together
    for (known, label), *others in groups.values():
        seen = {known}
        for subject, other in others:
            if subject not in seen and label.value.casefold() != other.value.casefold():
                seen.add(subject)
                message = f"“{label.value}” and “{other.value}” are spellings of the same name but two concepts"
                hint = "Merge them: keep one spelling as the title and make the other an alias."
                pairs = (subject, other), (known, label)
                triple, second = (view.find_label(one, SKOS.prefLabel, text) for one, text in pairs)
                yield Finding("spelling-twins", subject, message, hint, triple, second)


def _reduce(labels: Iterable[str]) -> Sequence[str]:
    """Return keys that are equal for all labels that `spelling.fold` makes equal, and for some others.

    One pass over all labels is much cheaper than `fold`, which then only sees labels with equal keys.
    """
    values = list(labels)
    text = "\n" + "\n".join(values).casefold()
    if text.count("\n") > len(values):
        text = "".join(["\n" + value.replace("\n", " ") for value in values]).casefold()
    for written, reduced in _REGULAR:
        text = text.replace(written, reduced)
    return text.translate(_VARYING).split("\n")[1:]


def find_bare_qualifiers(view: View) -> Iterator[Finding]:
    """Yield preferred labels that are only a qualifier: “Generalised”, “Type I”."""
    candidates: dict[str, bool] = {}
    labels = view.labels[SKOS.prefLabel]
    for row, value in enumerate(labels.values):
        words = value.partition(" (")[0].split() or [""]
        if words[-1] not in candidates:  # words repeat, and the full test is expensive
            candidates[words[-1]] = _may_end_qualifier(words[-1])
        if not candidates[words[-1]] and words[0].lower() not in _PREPOSITIONS:
            continue
        subject, label = view.index.iris[labels.subjects[row]], labels.texts[row]
        if label.language.startswith("en") and _is_bare(value) and subject in view.concepts:
            message = f"“{label.value}” is only a qualifier and unclear on its own"
            hint = "Write the full name, such as “Generalised osteoporosis” or “Choledochal cyst type I”."
            triple = view.find_label(subject, SKOS.prefLabel, label)
            yield Finding("bare-qualifier", subject, message, hint, triple)


def _may_end_qualifier(word: str) -> bool:
    """Tell whether a label that ends in this word may be a qualifier: the word is an adjective, a code or a symbol."""
    plain = word.isalpha() and word[1:].islower() and len(word) > _MAX_LOWER_CODE
    return not plain or is_qualifier(word)


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
