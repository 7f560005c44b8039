"""Changes of the statements about a concept that stays: names, definitions, place in the hierarchy, mappings."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.graph.changes.differences import Differences
from skosify_rad.graph.changes.kinds import Change, make_change
from skosify_rad.graph.changes.side import LABELS, XL_LABELS, Side
from skosify_rad.language.spelling import fold
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import ADMS, DCT, INVERSES, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Term, Triple

Sides = tuple[Side, Side]
"""The old and the new graph."""
Terms = tuple[list[Term], list[Term]]
"""Objects lost and gained."""
Grouped = Mapping[str, Mapping[str, Terms]]
"""Subject -> property -> objects lost and gained."""

_TURNED: Final = frozenset({SKOS.narrower, SKOS.hasTopConcept, SKOS.narrowerTransitive})
"""Properties that are compared as their inverses."""
BOOKKEEPING: Final = frozenset(
    (DCT.created, DCT.modified, SKOS.changeNote, OWL.versionInfo, OWL.versionIRI, OWL.priorVersion)
)
"""Properties that tell of a version and not of what the concepts mean."""
_ELSEWHERE: Final = frozenset(
    (*BOOKKEEPING, OWL.deprecated, DCT.isReplacedBy, SKOS.related, SKOS.topConceptOf)
    + (SKOS.member, SKOS.memberList, RDF.first, RDF.rest)
)
"""Properties that other changes tell of."""
_MAPPINGS: Final = (*(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch), OWL.sameAs)
_NOTES: Final = (SKOS.scopeNote, SKOS.example, SKOS.note, SKOS.editorialNote, SKOS.historyNote)
_NOT_WORD: Final = lazy_pattern(r"\W+")


def group_statements(differences: Differences, old: Side, new: Side) -> Grouped:
    """Return what was lost and gained, each relation from one end and SKOS-XL labels as plain ones.

    What the other graph states in another form counts as neither.
    """
    found: dict[str, dict[str, Terms]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for number, triples, side, other in ((0, differences.removed, old, new), (1, differences.added, new, old)):
        for subject, predicate, term in dict.fromkeys(t for triple in triples for t in _normalise(triple, side)):
            if not other.holds(Triple(subject, predicate, term)):
                found[subject][predicate][number].append(term)
    return found


def _normalise(triple: Triple, side: Side) -> Iterator[Triple]:
    subject, predicate, term = triple
    if predicate in XL_LABELS and isinstance(term, str):
        plain = XL_LABELS[predicate]
        yield from (Triple(subject, plain, text) for text in side.texts(subject, plain))
    elif isinstance(term, str) and (predicate in _TURNED or (predicate == SKOS.related and term < subject)):
        yield Triple(term, INVERSES[predicate], subject)
    else:
        yield triple


def compare_statements(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield the changes of resources that are not `settled`, that is, added, removed or deprecated as a whole."""
    for subject, properties in grouped.items():
        role = sides[1].role(subject)
        if subject in settled or role in ("", "differential"):
            continue
        if role == "scheme":
            yield from _compare_plainly("scheme-changed", subject, properties, BOOKKEEPING)
            continue
        for predicate, terms in properties.items():
            handler = _HANDLERS.get(predicate)
            if handler:
                yield from (change._replace(predicate=predicate) for change in handler(subject, terms, sides))
        yield from _find_new_tops(subject, properties)
        yield from _compare_plainly("other", subject, properties, _ELSEWHERE | _HANDLERS.keys())


def _compare_plainly(
    slug: str, subject: str, properties: Mapping[str, Terms], left_out: Collection[str]
) -> Iterator[Change]:
    for predicate, (lost, gained) in properties.items():
        if predicate not in left_out:
            yield make_change(slug, subject, lost, gained)._replace(predicate=predicate)


def _compare_names(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    """Yield changes of preferred labels; a name that became an alternative label is not told again."""
    for old, new in _pair_by_language(*terms):
        if not old or not new:
            yield make_change("label-added" if new else "label-removed", subject, old, new)
        elif {fold(text.value) for text in old} == {fold(text.value) for text in new}:
            yield make_change("respelled", subject, old, new)
        elif sides[0].find_signs(subject).isdisjoint(sides[1].find_signs(subject)):
            yield make_change("identifier-reused", subject, old, new)
        else:
            yield make_change("concept-renamed", subject, old, new)


def _compare_labels(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    """Yield changes of alternative and hidden labels, without those that are or were the preferred one."""
    old, new = (
        [text for text in _literals(side) if text not in set(other.texts(subject, SKOS.prefLabel))]
        for side, other in ((terms[0], sides[1]), (terms[1], sides[0]))
    )
    for text in list(old):
        twin = next((t for t in new if fold(t.value) == fold(text.value) and t.language == text.language), None)
        if twin:
            yield make_change("respelled", subject, (text,), (twin,))
            old.remove(text)
            new.remove(twin)
    if new:
        yield make_change("label-added", subject, (), new)
    if old:
        yield make_change("label-removed", subject, old)


def _compare_definitions(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    lost, gained = (_read_texts(side, objects) for side, objects in zip(sides, terms, strict=True))
    for old, new in _pair_by_language(lost, gained):
        same = [_letters(text.value) for text in old] == [_letters(text.value) for text in new]
        yield make_change("definition-respelled" if same else "definition-changed", subject, old, new)


def _read_texts(side: Side, terms: list[Term]) -> list[Term]:
    """Return the literals, and the texts of notes that are resources."""
    return [text for term in terms for text in ((term,) if isinstance(term, Literal) else side.objects(term, RDF.value))]


def _letters(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def _compare_parents(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    del sides
    yield make_change("concept-moved", subject, *terms)


def _find_new_tops(subject: str, properties: Mapping[str, Terms]) -> Iterator[Change]:
    """Yield a change of the top concepts that does not follow from a change of parents."""
    if SKOS.topConceptOf in properties and SKOS.broader not in properties:
        yield make_change("concept-moved", subject, *properties[SKOS.topConceptOf])._replace(predicate=SKOS.topConceptOf)


def _compare_mappings(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    del sides
    if terms[1]:
        yield make_change("mapping-added", subject, (), terms[1])
    if terms[0]:
        yield make_change("mapping-removed", subject, terms[0])


def _compare_notations(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    del sides
    old, new = ({text.value: text for text in _literals(side)} for side in terms)
    if old.keys() != new.keys():
        kept = old.keys() & new.keys()
        yield make_change(
            "notation-changed", subject, *([t for v, t in side.items() if v not in kept] for side in (old, new))
        )


def _compare_status(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    del sides
    yield make_change("status-changed", subject, *terms)


def _compare_notes(subject: str, terms: Terms, sides: Sides) -> Iterator[Change]:
    lost, gained = (_read_texts(side, objects) for side, objects in zip(sides, terms, strict=True))
    yield make_change("note-changed", subject, lost, gained)


_Handler = Callable[[str, Terms, Sides], Iterator[Change]]
_HANDLERS: Final[Mapping[str, _Handler]] = {
    SKOS.prefLabel: _compare_names,
    **dict.fromkeys(LABELS[1:], _compare_labels),
    SKOS.definition: _compare_definitions,
    SKOS.broader: _compare_parents,
    **dict.fromkeys(_MAPPINGS, _compare_mappings),
    SKOS.notation: _compare_notations,
    ADMS.status: _compare_status,
    **dict.fromkeys(_NOTES, _compare_notes),
}


def find_moved_notations(grouped: Grouped, resources: Iterable[Change], sides: Sides) -> Iterator[Change]:
    """Yield notations that identified one concept and now stand on another."""
    heirs = {c.subject: {str(t) for t in c.new} for c in resources if c.kind.slug == "identifier-changed"}
    lost = {term: subject for subject, found in grouped.items() for term in _notations(found, 0)}
    moved = [
        (term, lost[term], subject)
        for subject, found in grouped.items()
        for term in _notations(found, 1)
        if term in lost and subject not in heirs.get(lost[term], ()) and sides[1].role(subject) == "concept"
    ]
    if not moved:
        return
    owners = Counter(term for properties in sides[0].subjects.values() for term in properties.get(SKOS.notation, ()))
    for term, before, subject in moved:
        if owners[term] == 1:
            yield make_change("notation-reused", subject, (), (term,))._replace(predicate=SKOS.notation, other=before)


def _notations(properties: Mapping[str, Terms], number: int) -> Iterable[Term]:
    return properties[SKOS.notation][number] if SKOS.notation in properties else ()


def _literals(terms: Iterable[Term]) -> list[Literal]:
    return sorted(term for term in terms if isinstance(term, Literal))


def _pair_by_language(lost: Iterable[Term], gained: Iterable[Term]) -> Iterator[tuple[list[Literal], list[Literal]]]:
    """Yield, for each language, the texts lost and gained."""
    old, new = _literals(lost), _literals(gained)
    for language in sorted({text.language for text in (*old, *new)}):
        yield [t for t in old if t.language == language], [t for t in new if t.language == language]
