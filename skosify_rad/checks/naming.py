"""Names that meet: overlapping labels, homographs, ambiguous notations, spelling twins, bare qualifiers."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import TYPE_CHECKING, Final

from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.repeated import find_repeated
from skosify_rad.checks.view import View
from skosify_rad.language.english import is_qualifier
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import fold
from skosify_rad.model.namespaces import OWL, SKOS
from skosify_rad.model.statements import Literal, Triple

if TYPE_CHECKING:
    from skosify_rad.graph.columns import Text

_Row = tuple[str, Literal, str]
"""Subject, label and the label's property."""

_REGULAR: Final = (("\nthe ", "\n"), ("sulph", "sulf"), ("omata", "oma"), ("ical", "ic"), ("ll", "l"), ("um", ""))
_SKELETON: Final = str.maketrans("", "", "aeiouyszæœ -'’()")
"""Leave out all that spellings differ in, as `names.fold` has it, so that only labels that may be twins are folded."""
_PREPOSITIONS: Final = frozenset(
    "secondary due caused related associated of in with without from after following".split()
)
"""First words of labels that hang on another: `Secondary to trauma`."""
_LONGEST_CODE: Final = 2
"""Letters of a code in lower case: the longer ones hold capitals or digits."""


def find_overlaps(view: View) -> Iterator[Finding]:
    """Yield labels shared by two concepts; two equal preferred labels in one scheme are homographs."""
    groups: dict[Hashable, list[_Row]] = {}
    for row in view.namesakes:
        subject, label, predicate = row
        is_meant = predicate != SKOS.hiddenLabel and subject in view.concepts
        if is_meant and not is_deprecated(view, subject):  # their names are free again
            groups.setdefault((label.value.casefold().strip(), label.language), []).append(row)
    first_names = {row[:2] for row in view.namesakes if row[2] == SKOS.prefLabel}
    for shared in groups.values():
        first = shared[0]
        seen = {first[0]}
        for row in shared[1:]:
            if row[0] not in seen:
                seen.add(row[0])
                both = {first[:2], row[:2]} <= first_names
                is_homograph = both and _share(view, first, row)
                yield _as_overlap(
                    view, first, row, "homograph-without-qualifier" if is_homograph else "overlapping-labels"
                )


def is_deprecated(view: View, concept: str) -> bool:
    """Tell whether a concept is said to be deprecated; `false` says that it is not."""
    said = view.graph.objects(concept, OWL.deprecated)
    return any(isinstance(term, Literal) and term.value in ("true", "1") for term in said)


def list_deprecated(view: View) -> set[int]:
    """Return the numbers of the deprecated concepts: nobody is asked to mend them."""
    names = view.names.names
    return {number for number in view.owners(OWL.deprecated) if is_deprecated(view, names[number])}


def _share(view: View, one: _Row, other: _Row) -> bool:
    return not view.find_schemes(one[0]).isdisjoint(view.find_schemes(other[0]))


def _as_overlap(view: View, one: _Row, other: _Row, slug: str) -> Finding:
    if slug == "homograph-without-qualifier":
        message = f"Two concepts of one scheme are called “{other[1].value}”: {one[0]} and {other[0]}"
        hint = "Add a qualifier to each, “Myelolipoma (adrenal)”, or merge them."
    else:
        message = f"“{other[1].value}” names {view.name(one[0])} and {view.name(other[0])}"
        hint = "Keep the label at one of them, or merge the two if they are the same thing."
    triple, second = (view.find_label(subject, predicate, label) for subject, label, predicate in (other, one))
    return Finding(slug, other[0], message, hint, triple, second)


def find_ambiguous_notations(view: View) -> Iterator[Finding]:
    """Yield notations that two concepts of one scheme share."""
    rows = view.texts(SKOS.notation)
    first: dict[tuple[Literal, str], str] = {}
    for subject, term in find_repeated([term for _, term in rows], rows):
        for scheme in sorted(view.find_schemes(subject) or ("",)):
            known = first.setdefault((term, scheme), subject)
            if known != subject:
                message = f"The notation “{term.value}” stands for {view.name(known)} and {view.name(subject)}"
                triple, second = Triple(subject, SKOS.notation, term), Triple(known, SKOS.notation, term)
                hint = "A notation names one concept of its scheme."
                yield Finding("ambiguous-notation", subject, message, hint, triple, second)


def find_tagged_notations(view: View) -> Iterator[Finding]:
    """Yield notations with a language tag."""
    for subject, term in view.texts(SKOS.notation):
        if term.language:
            message = f"The notation “{term.value}” of {view.name(subject)} is tagged as {term.language}"
            hint = "A notation is a code in no language: use a datatype, or make it a label."
            yield Finding("notation-with-language", subject, message, hint, Triple(subject, SKOS.notation, term))


def find_twins(view: View) -> Iterator[Finding]:
    """Yield concepts whose preferred labels differ only in British and American spelling."""
    labels = view.labels[SKOS.prefLabel]
    is_english = {tag: tag.partition("-")[0] == "en" for tag in set(labels.languages)}
    chosen = list(map(is_english.__getitem__, labels.languages))
    rows = list(compress(count(), chosen))
    groups: dict[str, list[Text]] = {}
    for row in find_repeated(_reduce(compress(labels.values, chosen)), rows):
        number, label = labels.subjects[row], labels.texts[row]
        name = view.names.names[number]
        if number in view.concepts.numbers and not is_deprecated(view, name):
            groups.setdefault(fold(label.value), []).append((name, label))  # be it en-GB or en-US
    for (known, label), *others in groups.values():
        told = {known}
        for subject, other in others:
            if subject not in told and label.value.casefold() != other.value.casefold():
                told.add(subject)
                message = f"“{label.value}” and “{other.value}” are two spellings of one name and two concepts"
                hint = "Merge them: keep one spelling as the title and make the other an alias."
                triple, second = (
                    view.find_label(subject, SKOS.prefLabel, other),
                    view.find_label(known, SKOS.prefLabel, label),
                )
                yield Finding("spelling-twins", subject, message, hint, triple, second)


def _reduce(labels: Iterable[str]) -> Sequence[str]:
    """Return what spellings of a label have in common; of all labels at once, at the speed of C."""
    values = list(labels)
    text = "\n" + "\n".join(values).casefold()
    if text.count("\n") > len(values):
        text = "".join(["\n" + value.replace("\n", " ") for value in values]).casefold()
    for written, reduced in _REGULAR:
        text = text.replace(written, reduced)
    return text.translate(_SKELETON).split("\n")[1:]


def find_bare_qualifiers(view: View) -> Iterator[Finding]:
    """Yield preferred labels that are only a qualifier: “Generalised”, “Type I”."""
    odd: dict[str, bool] = {}
    labels = view.labels[SKOS.prefLabel]
    for row, value in enumerate(labels.values):
        words = value.partition(" (")[0].split() or [""]
        if words[-1] not in odd:  # asked of each last word once: words repeat, and the whole answer is dear
            odd[words[-1]] = _may_end_qualifier(words[-1])
        if not odd[words[-1]] and words[0].lower() not in _PREPOSITIONS:
            continue
        subject, label = view.names.names[labels.subjects[row]], labels.texts[row]
        if label.language.startswith("en") and _is_bare(value) and subject in view.concepts:
            message = f"“{label.value}” says nothing alone"
            hint = "Write the whole name: “Generalised osteoporosis”, “Choledochal cyst type I”."
            triple = view.find_label(subject, SKOS.prefLabel, label)
            yield Finding("bare-qualifier", subject, message, hint, triple)


def _may_end_qualifier(word: str) -> bool:
    """Tell whether a label that ends so may be a qualifier: an adjective, a code, or no plain word at all."""
    plain = word.isalpha() and word[1:].islower() and len(word) > _LONGEST_CODE
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
